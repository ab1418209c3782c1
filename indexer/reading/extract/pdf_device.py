"""What a PDF draws on a page is gathered: letters, stamps, how much of it is pictures.

The page is turned so that most of its letters stand upright; slanting ones are watermarks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTImage, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import apply_matrix_rect, mult_matrix

from indexer.reading.extract.pdf_fonts import LOST, MendingFonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pdfminer.layout import LTFigure
    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.utils import Matrix

Letters = list[LTChar]

_HIDDEN_ANNOTATION = 2
_STAMPING = frozenset({"Widget", "FreeText", "Stamp"})
# Text rendering modes that paint nothing: an OCR layer, or what nobody is meant to see.
_INVISIBLE = frozenset({3, 7})
# What no page that people wrote has; a drawing of so many lines may take minutes.
_MOST_LETTERS = 20_000
_MOST_SHAPES = 200_000
# Of a letter's height: two prints of one letter are closer than the narrowest two letters.
_HAIR = 0.08
_UPRIGHT = 0
_UPSIDE_DOWN = 2
_TURNS = 4


class OverfullPageError(PSException):
    """A page draws more than any page people wrote; another reader is faster."""


@dataclass(slots=True)
class Drawing:
    """What a page draws."""

    width: float = 0.0
    height: float = 0.0
    letters: Letters = field(default_factory=list)
    """Upright ones, in the order in which they are drawn."""
    turned: Letters = field(default_factory=list)
    """Those that run up or down beside the upright ones, turned to be upright."""
    stamps: list[Letters] = field(default_factory=list)
    pictures: float = 0.0
    """Share of the page that pictures cover; strips of one scan add up."""
    shapes: int = 0
    """Lines and outlines drawn; letters may be among them."""


class PageReader:
    """Gathers what the pages of one document draw, one after the other."""

    def __init__(self) -> None:
        fonts = MendingFonts(caching=True)
        self._device = _DrawingDevice(fonts)
        self._interpreter = PDFPageInterpreter(fonts, self._device)

    def read_page(self, page: PDFPage) -> Drawing:
        """Return what the page draws; pdfminer's errors pass through."""
        self._device.start()
        self._interpreter.process_page(page)
        return self._device.finish()


class _DrawingDevice(PDFPageAggregator):
    """Puts what stands in a form on the page itself and draws stamps, which pdfminer leaves out.

    Vietnamese offices sign numbers and dates into the blanks of a finished PDF as stamps.
    """

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self._page_matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.start()

    def start(self) -> None:
        """Forget the last page."""
        self._visible: Letters = []
        self._invisible: Letters = []
        self._stamps: list[Letters] = []
        self._into = self._visible
        self._letters = self._shapes = 0

    def finish(self) -> Drawing:
        """Return what was drawn since the start."""
        page = self.get_result()
        # An OCR layer is invisible and has the whole text; a few hidden words are not for readers.
        hidden = len(self._invisible) > len(self._visible)
        letters = [*self._visible, *self._invisible] if hidden else self._visible
        letters = [letter for letter in letters if _is_on_page(letter, page)]
        images = sum(item.width * item.height for item in page if isinstance(item, LTImage))
        drawing = Drawing(
            page.width,
            page.height,
            stamps=[_keep_straight(stamp) for stamp in self._stamps],
            pictures=images / max(page.width * page.height, 1),
            shapes=self._shapes,
        )
        _set_upright(drawing, _drop_doubles(_keep_straight(letters)))
        return drawing

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        self._page_matrix = ctm
        super().begin_page(page, ctm)

    def end_figure(self, _: str) -> None:
        figure: LTFigure = self.cur_item  # type: ignore[assignment]
        self.cur_item = self._stack.pop()
        for item in figure:
            self.cur_item.add(item)

    def end_page(self, page: PDFPage) -> None:
        content = self.cur_item
        for stream, rectangle in _find_appearances(page):
            stamp: Letters = []
            self._into, self.cur_item = stamp, LTPage(self.pageno, content.bbox)
            self._draw(stream, rectangle)
            self._stamps.append(stamp)
        self._into, self.cur_item = self._visible, content
        super().end_page(page)

    def _draw(self, stream: PDFStream, rectangle: list[float]) -> None:
        matrix = tuple(list_value(stream.get("Matrix", [1, 0, 0, 1, 0, 0])))
        place = (1, 0, 0, 1, rectangle[0], rectangle[1])
        ctm = mult_matrix(mult_matrix(matrix, place), self._page_matrix)
        resources = dict_value(stream.get("Resources", {}))
        PDFPageInterpreter(self.rsrcmgr, self).render_contents(resources, [stream], ctm=ctm)

    def render_string(self, textstate: Any, *rest: Any) -> None:
        if self._into is self._visible and textstate.render in _INVISIBLE:
            self._into = self._invisible
        try:
            super().render_string(textstate, *rest)
        finally:
            if self._into is self._invisible:
                self._into = self._visible

    def render_char(self, matrix: Matrix, *rest: Any) -> float:
        self._letters += 1
        if self._letters > _MOST_LETTERS:
            raise OverfullPageError(f"more than {_MOST_LETTERS} letters on a page")
        advance = super().render_char(matrix, *rest)
        # pdfminer puts it among the rest of the page and has no other way to tell which it was.
        self._into.append(cast("LTChar", self.cur_item._objs.pop()))  # noqa: SLF001
        return advance

    def handle_undefined_char(self, font: object, cid: int) -> str:  # noqa: ARG002
        return LOST

    def paint_path(self, *_: Any) -> None:
        # Lines and fills say nothing; to place them took a tenth of the time.
        self._shapes += 1
        if self._shapes > _MOST_SHAPES:
            raise OverfullPageError(f"more than {_MOST_SHAPES} shapes on a page")


def _find_appearances(page: PDFPage) -> Iterator[tuple[PDFStream, list[float]]]:
    """Yield what each visible stamp, signature and filled field shows, and where."""
    for reference in list_value(page.annots or []):
        annotation: Any = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        subtype = getattr(annotation.get("Subtype"), "name", "")
        states: Any = resolve1(annotation.get("AP"))
        normal = resolve1(states.get("N")) if isinstance(states, dict) else None
        hidden = int(resolve1(annotation.get("F")) or 0) & _HIDDEN_ANNOTATION
        if subtype in _STAMPING and not hidden and isinstance(normal, PDFStream):
            rectangle = [float(resolve1(side)) for side in list_value(annotation.get("Rect"))]
            yield normal, rectangle


def _is_on_page(letter: LTChar, page: LTPage) -> bool:
    x, y = (letter.x0 + letter.x1) / 2, (letter.y0 + letter.y1) / 2
    return 0 <= x <= page.width and 0 <= y <= page.height


def _keep_straight(letters: Iterable[LTChar]) -> Letters:
    """Return the letters without those of a slanting watermark."""
    return [letter for letter in letters if not (letter.matrix[0] and letter.matrix[1])]


def _drop_doubles(letters: Letters) -> Letters:
    """Return the letters without those printed again, a hair aside, to look bold."""
    kept: Letters = []
    seen: set[tuple[str, float, int, int]] = set()
    for letter in letters:
        text, size = letter.get_text(), letter.size
        hair = max(size, _HAIR) * _HAIR
        x, y = round(letter.x0 / hair), round(letter.y0 / hair)
        if text.isspace() or not any((text, size, x + step, y) in seen for step in (-1, 0, 1)):
            kept.append(letter)
        seen.add((text, size, x, y))
    return kept


def _set_upright(drawing: Drawing, letters: Letters) -> None:
    """Turn the page so that most letters are upright; those beside them are turned as well."""
    counts = Counter(_quarter_turns(letter) for letter in letters if letter.get_text().strip())
    main = max(sorted(counts), key=counts.__getitem__, default=_UPRIGHT)
    size = drawing.width, drawing.height
    for letter in letters:
        turns = _quarter_turns(letter)
        _turn_back(letter, turns, size)
        (drawing.letters if turns == main else drawing.turned).append(letter)
    if main % _UPSIDE_DOWN:
        drawing.width, drawing.height = drawing.height, drawing.width


def _quarter_turns(letter: LTChar) -> int:
    """Return how many quarters the letter's foot is turned against the clock."""
    across, up, *_ = letter.matrix
    if abs(across) >= abs(up):
        return _UPRIGHT if across >= 0 else _UPSIDE_DOWN
    return 1 if up > 0 else _TURNS - 1


def _turn_back(letter: LTChar, turns: int, size: tuple[float, float]) -> None:
    width, height = size
    matrix: Matrix = (
        (1, 0, 0, 1, 0, 0),
        (0, -1, 1, 0, 0, width),
        (-1, 0, 0, -1, width, height),
        (0, 1, -1, 0, height, 0),
    )[turns]
    if turns:
        letter.set_bbox(apply_matrix_rect(matrix, letter.bbox))
