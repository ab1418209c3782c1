"""The table of attributes that law portals print beside a text ("Số hiệu 98/2025/TT-BTC")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELD_OF_LABEL = {
    "số hiệu": "number",
    "số ký hiệu": "number",
    "số/ký hiệu": "number",
    "số, ký hiệu": "number",
    "số kí hiệu": "number",
    "loại văn bản": "kind",
    "ngày ban hành": "issued_on",
    "ngày ký xác thực": "issued_on",
    "ngày thông qua": "adopted_on",
    "ngày có hiệu lực": "effective_on",
    "ngày hiệu lực": "effective_on",
    "ngày hết hiệu lực": "expires_on",
    "cơ quan ban hành": "issuer",
    "người ký": "signer",
    "chức danh": "signer_title",
    "trích yếu": "abstract",
}
# Where a portal's table stands no sentence stands: a label opens its line, the value follows
# at once, behind a colon, or on the next line.
_LINE = re.compile(
    r"^(?:[-•*]\s*)?(?P<label>"
    + "|".join(sorted(_FIELD_OF_LABEL, key=len, reverse=True))
    + r")\s*[:|]?[ \t]*\n?(?P<value>[^\n]{2,500})$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 3


def read_attributes(text: str) -> Mapping[str, str]:
    r"""Return what a portal's table of attributes states, keyed by KNOWN_FIELDS.

    Fewer than three labels make no table, so that "Người ký" over a signature is none.

    >>> read_attributes("Số hiệu98/2025/TT-BTC\nLoại văn bản: Thông tư\nNgày ban hành\n31/12/2025")
    {'number': '98/2025/TT-BTC', 'kind': 'Thông tư', 'issued_on': '31/12/2025'}
    """
    found: dict[str, str] = {}
    for match in _LINE.finditer(text):
        value = match["value"].strip(" :|")
        if value.strip("-. "):
            found.setdefault(_FIELD_OF_LABEL[match["label"].lower()], value)
    return found if len(found) >= _FEWEST else {}
