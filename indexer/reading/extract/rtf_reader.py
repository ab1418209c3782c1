r"""The tokens of an RTF file become stories: its body, headers, notes and text boxes.

Groups in braces nest; a control word changes the group that it stands in. Fonts are told run by
run, which old Vietnamese letters need. What is no text is left out by the name of its group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from indexer.errors import UnreadableSourceError
from indexer.language.legacy import font_encoding
from indexer.reading.extract import rtf_words as words
from indexer.reading.extract.letterhead import heads_right_column
from indexer.reading.extract.rtf_story import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<word>[A-Za-z]{1,40})(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\(?P<sign>[^A-Za-z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n\x00]+)"
    rb"|[\r\n\x00]+|\\",
    re.DOTALL,
)
_DEEPEST = 5000
_WESTERN = 1252
_LONGEST_NAME = 100
_LETTER = re.compile(r"[^\W\d_]")

_Place = Literal["text", "skip", "fonts", "title", "shape"]
"""What the text of a group is; that of a shape is none, but a text box may stand in it."""
_Role = Literal["body", "header", "footer", "note", "box"]


class _Font(NamedTuple):
    name: str = ""
    charset: int = words.DEFAULT_CHARSET


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds up to the end of a group, for it and the groups in it."""

    story: Story
    role: _Role = "body"
    place: _Place = "text"
    font: int | None = None
    fallback: int = 1
    """Signs to pass over after a Unicode letter: they stand in for it in old programs."""
    hidden: bool = False
    depth: int = 0
    """How many tables the paragraph stands in."""
    in_label: bool = False
    starred: bool = False
    around: _Place = "text"
    """What the text is around a pair of spellings, one for old programs and one for new."""


class RtfReader:
    """Goes through a file once; afterwards its parts hold what was read."""

    def __init__(self) -> None:
        self.body = Story()
        self.letterhead: list[str] = []
        self.frame: list[str] = []
        self.notes: list[str] = []
        self.title = ""
        self.pages: int | None = None
        self._group = _Group(self.body)
        self._outer: list[_Group] = []
        self._fonts: dict[int, _Font] = {}
        self.default_font: int | None = None
        self.code_page = _WESTERN
        self._bytes = bytearray()
        self._pass_over = 0

    def read(self, data: bytes) -> None:
        """Read all tokens up to the end of the outermost group."""
        at = 0
        while found := _TOKEN.match(data, at):
            at = found.end()
            if found["word"]:
                number = int(found["number"]) if found["number"] else None
                if found["word"] == b"bin":
                    at += max(number or 0, 0)
                self._read_word(found["word"].decode("ascii"), number)
            elif found["brace"]:
                self._read_brace(found["brace"])
                if not self._outer:
                    return
            elif found["sign"]:
                self._read_sign(found["sign"].decode("latin-1"))
            elif found["hex"]:
                self._take(bytes.fromhex(found["hex"].decode("ascii")))
            elif found["text"]:
                self._take(found["text"])
        raise UnreadableSourceError("cut short: a group never ends; fetch it again or save it anew")

    def _read_brace(self, brace: bytes) -> None:
        self._flush()
        self._pass_over = 0
        if brace == b"{":
            if len(self._outer) >= _DEEPEST:
                raise UnreadableSourceError(
                    f"groups nested more than {_DEEPEST} deep; save it anew"
                )
            self._outer.append(self._group)
            self._group = replace(self._group, starred=False)
        elif self._outer:
            ended, self._group = self._group, self._outer.pop()
            if ended.story is not self._group.story:
                self._end_story(ended)

    def _end_story(self, ended: _Group) -> None:
        lines = ended.story.finish()
        if ended.role == "box":
            self._group.story.add_after(lines)
            return
        said = [line.strip() for line in lines if _LETTER.search(line)]
        if ended.role == "note":
            self.notes.append("\n".join(said))
        elif ended.role == "header" and not self.letterhead and any(map(heads_right_column, said)):
            self.letterhead = said
        else:
            self.frame += said

    def _read_sign(self, sign: str) -> None:
        self._flush()
        if sign == "*":
            self.change(starred=True)
        elif sign in "\r\n":
            self.end_paragraph()
        elif sign in "\\{}":
            self._take(sign.encode("ascii"))
        elif sign in words.SIGNS:
            self._add(words.SIGNS[sign])

    def _read_word(self, word: str, number: int | None) -> None:
        self._flush()
        unknown = self._group.starred and word not in words.KNOWN_STARRED
        if unknown or word in words.SKIPPED:
            self.change(place="skip", starred=False)
        elif self._group.place != "skip":
            if self._group.starred:
                self.change(starred=False)
            if word in words.SIGNS:
                self._add(words.SIGNS[word])
            elif word in _STORIES:
                self._begin_story(_STORIES[word])
            elif word in _TO_DO:
                _TO_DO[word](self, number)

    def change(self, **changed: object) -> None:
        """Change the properties of the group, up to its end."""
        self._group = replace(self._group, **changed)  # type: ignore[arg-type]

    def _begin_story(self, role: _Role) -> None:
        if role == "note":
            self._add(f"[{self._count_notes()}]")
        self.change(story=Story(), role=role, place="text", depth=0)

    def _count_notes(self) -> int:
        open_notes = {id(group.story) for group in self._outer if group.role == "note"}
        return len(self.notes) + len(open_notes) + 1

    def _take(self, raw: bytes) -> None:
        """Take bytes of text, less those that stand in for a Unicode letter."""
        passed = min(self._pass_over, len(raw))
        self._pass_over -= passed
        self._bytes += raw[passed:]

    def _flush(self) -> None:
        """Hand on the text taken so far, in the font's letters."""
        raw, self._bytes = bytes(self._bytes), bytearray()
        if not raw or self._group.place in ("skip", "shape"):
            return
        if self._group.place == "fonts":
            self._name_font(raw.decode("cp1252", "replace"))
        else:
            self._add(self._decode(raw))

    def _add(self, text: str) -> None:
        group = self._group
        if group.place == "title":
            self.title += text
        elif group.place == "text" and not group.hidden:
            shown = text.translate(words.IN_LABELS) if group.in_label else text
            group.story.add(shown, self._font.name)

    @property
    def _font(self) -> _Font:
        at = self.default_font if self._group.font is None else self._group.font
        return self._fonts.get(at, _Font()) if at is not None else _Font()

    def _decode(self, raw: bytes) -> str:
        font = self._font
        if font_encoding(font.name):
            encoding = "cp1252"
        elif font.charset == words.SYMBOLS:
            return "".join(chr(0xF000 + byte) for byte in raw)
        else:
            encoding = words.name_encoding(font.charset, self.code_page)
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            return raw.decode("latin-1")

    def _name_font(self, text: str) -> None:
        """Add to the name of the font that the table is at; a semicolon ends it."""
        at = self._group.font
        if at is not None:
            font = self._fonts.get(at, _Font())
            self._fonts[at] = font._replace(
                name=(font.name + text.partition(";")[0]).strip()[:_LONGEST_NAME]
            )

    def set_charset(self, number: int | None) -> None:
        """Note the charset of the font that the table is at."""
        at = self._group.font
        if self._group.place == "fonts" and at is not None:
            charset = words.DEFAULT_CHARSET if number is None else number
            self._fonts[at] = self._fonts.get(at, _Font())._replace(charset=charset)

    def add_letter(self, number: int | None) -> None:
        """Add a letter by its place in Unicode; large ones are written below zero."""
        self._add(chr((number or 0) % 0x10000))
        self._pass_over = self._group.fallback

    def end_part(self, end: Callable[[Story], None]) -> None:
        """End a cell or a row of the group's story."""
        if self._group.place == "text":
            end(self._group.story)

    def end_paragraph(self, _number: int | None = None) -> None:
        """End the paragraph of the group's story."""
        if self._group.place == "text":
            self._group.story.end_paragraph(self._group.depth)

    def begin_spellings(self, _number: int | None) -> None:
        """Pass over the spelling for old programs; the one in Unicode follows it."""
        self.change(place="shape", around=self._group.place)

    def take_unicode(self, _number: int | None) -> None:
        """Read the spelling in Unicode."""
        self.change(place=self._group.around)

    def set_table_depth(self, number: int | None) -> None:
        """Note how many tables the paragraph stands in."""
        self.change(depth=1 if number is None else number)


def _setting(name: str) -> Callable[[RtfReader, int | None], None]:
    """Return what sets a property of the file to the word's number."""
    return lambda reader, number: setattr(reader, name, number)


_STORIES: Mapping[str, _Role] = {
    **dict.fromkeys(words.HEADERS, "header"),
    **dict.fromkeys(words.FOOTERS, "footer"),
    "footnote": "note",
    "shptxt": "box",
}

_TO_DO: Mapping[str, Callable[[RtfReader, int | None], None]] = {
    "ansicpg": _setting("code_page"),
    "deff": _setting("default_font"),
    "nofpages": _setting("pages"),
    "fonttbl": lambda reader, _: reader.change(place="fonts"),
    "title": lambda reader, _: reader.change(place="title"),
    "shpinst": lambda reader, _: reader.change(place="shape"),
    "upr": RtfReader.begin_spellings,
    "ud": RtfReader.take_unicode,
    "listtext": lambda reader, _: reader.change(in_label=True),
    "pntext": lambda reader, _: reader.change(in_label=True),
    "f": lambda reader, number: reader.change(font=number),
    "fcharset": RtfReader.set_charset,
    "plain": lambda reader, _: reader.change(font=None, hidden=False),
    "v": lambda reader, number: reader.change(hidden=number != 0),
    "deleted": lambda reader, number: reader.change(hidden=number != 0),
    "uc": lambda reader, number: reader.change(fallback=max(number or 0, 0)),
    "u": RtfReader.add_letter,
    "pard": lambda reader, _: reader.change(depth=0),
    "intbl": RtfReader.set_table_depth,
    "itap": RtfReader.set_table_depth,
    "par": RtfReader.end_paragraph,
    "sect": RtfReader.end_paragraph,
    "cell": lambda reader, _: reader.end_part(Story.end_cell),
    "row": lambda reader, _: reader.end_part(Story.end_row),
    "nestcell": lambda reader, _: reader.end_part(Story.end_nested_cell),
    "nestrow": lambda reader, _: reader.end_part(Story.end_nested_row),
}
