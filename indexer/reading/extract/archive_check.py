"""Whether a ZIP-based document may be unpacked: bombs are found out before anything is."""

from __future__ import annotations

import io
import zipfile

from indexer.errors import UnreadableSourceError

_MOST_ENTRIES = 5_000
_MOST_BYTES = 256 * 2**20
_MOST_RATIO = 200
# Small parts of blanks and repeats shrink a lot without any harm.
_RATIO_FROM = 8 * 2**20


def check_archive(data: bytes, what: str) -> None:
    """Return when the archive may be unpacked; UnreadableSourceError when it is a bomb.

    `what` names the type in the reason: ".docx". The sizes that an archive states for itself
    bind: zipfile stops reading an entry there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableSourceError(f"a broken {what} ({error}); save it again") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableSourceError(f"a {what} locked with a password; save it without one")
    if len(entries) > _MOST_ENTRIES:
        raise UnreadableSourceError(f"holds {len(entries)} parts, more than any real {what}")
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_BYTES:
        raise UnreadableSourceError(
            f"would unpack to {total // 2**20} MiB, more than {_MOST_BYTES // 2**20} MiB; "
            "save it without its pictures"
        )
    for entry in entries:
        if entry.file_size > max(_RATIO_FROM, _MOST_RATIO * entry.compress_size):
            raise UnreadableSourceError(
                f"its part {entry.filename!r} would unpack {entry.file_size // 2**20} MiB "
                f"from {entry.compress_size // 2**10} KiB, as no real {what} does"
            )
