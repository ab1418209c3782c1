"""Lines that mark a paper as a sample: they warn the reader and say nothing of the paper itself."""

from __future__ import annotations

import re

from indexer.language.text import clean_text, fold

_LONGEST = 160
_WARNING = re.compile(
    r"\bkhong (?:co gia tri|co hieu luc|phai (?:la )?van ban|dung lam can cu)\b"
    r"|^\W*(?:van ban|tai lieu|trang|bieu|du lieu|noi dung) (?:mau|minh hoa|thu nghiem|demo)\W*$"
)


def is_banner(line: str) -> bool:
    """Return whether the line only says that what follows is a sample without effect.

    >>> is_banner("*** VĂN BẢN MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ ***"), is_banner("NGHỊ QUYẾT")
    (True, False)
    """
    if len(line) > _LONGEST or line.rstrip().endswith((";", ",")):
        return False
    bare = fold(clean_text(line)).lower()
    warns = _WARNING.search(bare)
    # In running text the words may be a rule: "Văn bản sao không có giá trị pháp lý."
    return bool(warns) and (line.isupper() or bool(re.search(r"\bmau\b", bare)))


def drop_banners(text: str) -> str:
    r"""Return the text without such lines, the others as they were.

    >>> drop_banners("Văn bản mẫu, không có giá trị pháp lý\nNGHỊ QUYẾT")
    'NGHỊ QUYẾT'
    """
    return "\n".join(line for line in text.split("\n") if not is_banner(line))
