"""The control words of RTF that matter for its text (Rich Text Format specification 1.9.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SKIPPED = frozenset(
    {
        "stylesheet",
        "colortbl",
        "pict",
        "objdata",
        "fldinst",
        "datafield",
        "listtable",
        "listoverridetable",
        "revtbl",
        "rsidtbl",
        "generator",
        "themedata",
        "colorschememapping",
        "datastore",
        "latentstyles",
        "xmlnstbl",
        "pnseclvl",
        "bkmkstart",
        "bkmkend",
        "nonshppict",
        "nonesttables",
        "sp",
        "filetbl",
        "listpicture",
        "template",
        "operator",
        "company",
        "manager",
        "doccomm",
        "hlinkbase",
        "author",
        "category",
        "keywords",
        "subject",
        "comment",
        "creatim",
        "revtim",
        "printim",
        "buptim",
        "annotation",
        "atnid",
        "atnauthor",
        "atndate",
        "atnref",
        "atnparent",
        "atntime",
        "atnicn",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "private",
        "passwordhash",
        "protusertbl",
        "userprops",
        "wgrffmtfilter",
        "mmathPr",
        "fchars",
        "lchars",
        "xe",
        "tc",
        "rxe",
        "txe",
        "panose",
        "falt",
        "pgptbl",
        "background",
    }
)
"""Groups whose text is none of the document's."""

KNOWN_STARRED = frozenset({"shpinst", "shptxt", "ud", "nesttableprops"})
"""Groups marked as "skip me if unknown" that are known."""

HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
FOOTERS = frozenset({"footer", "footerl", "footerr", "footerf"})

SIGNS: Mapping[str, str] = {
    "tab": "\t",
    "line": "\n",
    "page": "\f",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "~": "\xa0",
    "-": "\xad",
    "_": "-",
}

IN_LABELS = str.maketrans({"\t": " ", "·": "•"})
"""Signs before the entries of a list: the dot is a bullet whose font was left out."""

_CHARSETS: Mapping[int, str] = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
SYMBOLS = 2
"""The charset of fonts without letters."""
DEFAULT_CHARSET = 1
_CODE_PAGES = {number: f"cp{number}" for number in (*range(1250, 1259), 437, 850, 874, 932, 936)}


def name_encoding(charset: int, code_page: int) -> str:
    """Return Python's name of the encoding of a font's charset; the file's own where it has none.

    >>> name_encoding(163, 1252), name_encoding(1, 1258)
    ('cp1258', 'cp1258')
    """
    return _CHARSETS.get(charset) or _CODE_PAGES.get(code_page, "cp1252")
