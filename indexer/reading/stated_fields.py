"""What a manifest line or an export line states: names in two languages, values made plain."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.errors import UnreadableSourceError
from indexer.reading.dates import read_stated_date
from indexer.reading.metadata.letters import bare_letters
from indexer.reading.metadata.level_names import read_level
from indexer.records import DATE_FIELDS, KNOWN_FIELDS, LEVEL_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = {
    "path": "path, file, filename, đường dẫn, tệp, tệp tin, tập tin, tên tệp, tên tập tin",
    "id": "id, mã, mã văn bản, mã số",
    "sha256": "sha256, mã băm",
    "origin": "origin, url, link, nguồn, nguồn gốc, địa chỉ, liên kết",
    "sample": "sample, mẫu, văn bản mẫu",
    "title": "title, tiêu đề, tên gọi, tên văn bản",
    "number": "number, số hiệu, số ký hiệu, số kí hiệu, số văn bản",
    "kind": "kind, loại, loại văn bản",
    "category": "category, chuyên mục, mục, danh mục",
    "issuer": "issuer, cơ quan ban hành, nơi ban hành, đơn vị ban hành",
    "level": "level, cấp, cấp ban hành",
    "issued_on": "issued_on, issued, issue date, ngày ban hành, ngày ký, ngày văn bản",
    "place": "place, địa danh, nơi ký",
    "adopted_on": "adopted_on, adopted, ngày thông qua",
    "effective_on": "effective_on, effective, effective date, effFrom, ngày có hiệu lực, "
    "ngày hiệu lực",
    "expires_on": "expires_on, expired, expiry date, effTo, ngày hết hiệu lực",
    "term": "term, khóa",
    "session": "session, kỳ họp, kì họp",
    "session_type": "session_type, loại kỳ họp",
    "abstract": "abstract, trích yếu, trích yếu nội dung",
    "signer": "signer, người ký, người kí",
    "signer_title": "signer_title, chức vụ, chức danh, chức vụ người ký",
    "publisher": "publisher, nơi đăng, đơn vị đăng, trang đăng, cơ quan đăng",
}
_YES = frozenset({"co", "x", "true", "1", "yes", "y", "dung"})
_NO = frozenset({"khong", "false", "0", "no", "n", "sai"})
_CONTROL = re.compile(r"[\x00-\x1f]")
_LONGEST_KEPT = 256
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


_FIELD_OF = {bare_letters(name): to for to, names in _NAMES.items() for name in names.split(",")}


@dataclass(frozen=True, slots=True)
class StatedFields:
    """What one line states; blank where it states nothing."""

    id: str = ""
    path: str = ""
    sha256: str = ""
    origin: str = ""
    sample: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    """Keyed by KNOWN_FIELDS."""


def find_field(name: str) -> str | None:
    """Return the field that a column or a key names, in English or Vietnamese; None for others.

    >>> find_field("Ngày ban hành"), find_field("NGAY BAN HANH"), find_field("Ghi chú")
    ('issued_on', 'issued_on', None)
    """
    # An export names its few fields anew in every line; odd names may come without end.
    return _find_short_name(name) if len(name) <= _LONGEST_KEPT else None


@lru_cache(maxsize=1024)
def _find_short_name(name: str) -> str | None:
    return _FIELD_OF.get(bare_letters(name))


def read_stated_fields(raw: Mapping[str, object]) -> StatedFields:
    """Return the fields of one line, of which the keys may be any that `find_field` knows.

    UnreadableSourceError says which value can't be and how to write it.
    """
    values: dict[str, str] = {}
    for name, value in raw.items():
        to = find_field(name)
        text = _read_text(name, value) if to else ""
        if to and text.strip():
            values.setdefault(to, text if to in {"id", "path"} else text.strip())
    checked = {name: _check(name, text) for name, text in values.items()}
    return StatedFields(
        id=checked.get("id", ""),
        path=checked.get("path", ""),
        sha256=checked.get("sha256", ""),
        origin=checked.get("origin", ""),
        sample=checked.get("sample") == "1",
        facts={name: checked[name] for name in KNOWN_FIELDS if name in checked},
    )


def _read_text(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        value = str(value)
    if not isinstance(value, (str, int, float)):
        raise UnreadableSourceError(f"{name} is a list or an object; write it as text")
    # Half a surrogate pair can't be stored; its place shows as a question mark.
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return text if find_field(name) in {"id", "path"} else unicodedata.normalize("NFC", text)


def _check(name: str, text: str) -> str:
    if name == "id":
        return _check_id(text)
    if name in DATE_FIELDS:
        return _check_date(text)
    if name == "level":
        return _check_level(text)
    if name == "sample":
        return _check_yes_or_no(text)
    if name == "sha256":
        return _check_sha256(text)
    return text


def _check_id(text: str) -> str:
    if _CONTROL.search(text):
        raise UnreadableSourceError("its id holds a line break or a control character; mend it")
    return text


def _check_date(text: str) -> str:
    day = read_stated_date(text)
    if day is None:
        raise UnreadableSourceError(f"{text!r} is no possible date; write dd/mm/yyyy or yyyy-mm-dd")
    return day


def _check_level(text: str) -> str:
    level = read_level(text)
    if level is None:
        raise UnreadableSourceError(f"{text!r} is no level; write one of {', '.join(LEVEL_LABELS)}")
    return level


def _check_yes_or_no(text: str) -> str:
    word = bare_letters(text)
    if word not in _YES | _NO:
        raise UnreadableSourceError(f"{text!r} says neither yes nor no; write có or không")
    return "1" if word in _YES else "0"


def _check_sha256(text: str) -> str:
    if not _SHA256.fullmatch(text):
        raise UnreadableSourceError(f"{text[:70]!r} is no sha256; write its 64 digits or none")
    return text.lower()
