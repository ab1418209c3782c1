"""A .docx that names parts it does not hold is made one that python-docx opens.

Word and LibreOffice pass over such references: pictures that were never fetched ("NULL"), and
properties that a program left out. Some programs also write the names of parts for Windows.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Collection

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_RELATIONS = ".rels"


def drop_dangling(data: bytes) -> bytes:
    """Return the archive without references to missing parts, names with forward slashes.

    The archive's size must have been checked; errors of zipfile and lxml pass through.
    """
    repaired = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(repaired, "w") as new:
        parts = {info.filename.replace("\\", "/"): info for info in old.infolist()}
        for name, info in parts.items():
            part = old.read(info)
            if name.endswith(_RELATIONS):
                part = _keep_found(part, name, parts)
            new.writestr(name, part)
    return repaired.getvalue()


def _keep_found(relations: bytes, name: str, parts: Collection[str]) -> bytes:
    """Return a list of references without those to parts that are not among these."""
    root = etree.fromstring(relations, _PARSER)
    # "word/_rels/document.xml.rels" counts from "word".
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in list(root):
        target = posixpath.join("/", folder, relation.get("Target", ""))
        inside = relation.get("TargetMode") != "External"
        if inside and posixpath.normpath(target).lstrip("/") not in parts:
            root.remove(relation)
    kept: bytes = etree.tostring(root)
    return kept
