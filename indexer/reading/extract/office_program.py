"""Programs from outside that open what no library here can: LibreOffice and antiword.

They run as children of the limited process that reads the file, with a folder and settings of
their own, and end with it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from indexer.errors import UnreadableSourceError

OFFICE_PACKAGE = "libreoffice-writer-nogui"
"""Debian's name of the smallest part of LibreOffice that is enough."""

# No macros, no linked documents, no look at the network: a hostile file may ask for all three.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled",
     "false"),
)  # fmt: skip
_XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items'
    ' xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)


def find_office() -> str | None:
    """Return the path of LibreOffice's program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def find_antiword() -> str | None:
    """Return the path of antiword; None where it is not installed."""
    return shutil.which("antiword")


def convert_to_docx(data: bytes, office: str, ending: str) -> bytes:
    """Return the document as LibreOffice saves it in .docx; `ending` is that of its own type.

    UnreadableSourceError when LibreOffice can't open it. About 1.3 s and 210 MB.
    """
    with tempfile.TemporaryDirectory(prefix="office-") as name:
        folder = Path(name)
        _write_settings(folder / "profile" / "user")
        source = folder / f"source{ending}"
        source.write_bytes(data)
        command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += [
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
        ]
        run_program([*command, "--outdir", str(folder / "out"), str(source)], folder)
        try:
            return (folder / "out" / "source.docx").read_bytes()
        except FileNotFoundError as error:
            raise UnreadableSourceError(
                "LibreOffice can't open it: broken or locked; open it and save it anew as .docx"
            ) from error


def run_program(command: list[str], folder: Path) -> bytes:
    """Return what the program wrote; UnreadableSourceError when it failed."""
    known = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    told = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - no shell, and the file's name is ours
        command,
        cwd=folder,
        env=known | told,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").replace(f"{folder}/", "")
        reason = re.sub(r"\s+", " ", said).strip()[:120] or f"exit code {done.returncode}"
        raise UnreadableSourceError(
            f"{Path(command[0]).name} can't read it ({reason}); open it and save it anew as .docx"
        )
    return done.stdout


def _write_settings(user: Path) -> None:
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_XML.format(items), encoding="utf-8")
