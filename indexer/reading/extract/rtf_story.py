"""One stream of text in an RTF file: its runs become paragraphs, its cells tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.language.legacy import decode_runs
from indexer.reading.extract.letterhead import table_lines
from indexer.reading.extract.page_marks import PAGE, join_row_marks, place_marks
from indexer.reading.extract.symbols import read_symbols


@dataclass
class _Table:
    """A table that is being read, and what stands in the cell that is open."""

    cell: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append("\n".join(self.cell))
        self.cell = []

    def end_row(self) -> list[str]:
        """Return the lines of what is complete; a page that begins in the row comes before it."""
        pages, cells = join_row_marks(self.cells)
        self.cells = []
        lines = [*self.end(), *[PAGE] * pages] if pages else []
        self.rows.append(cells)
        return lines

    def end(self) -> list[str]:
        """Return the lines of the rows so far, which are then forgotten."""
        rows, self.rows = self.rows, []
        return table_lines(rows) if rows else []


class Story:
    """The body, a header, a note or a text box."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, str]] = []
        self._lines: list[str] = []
        self._after: list[str] = []
        self._table, self._nested = _Table(), _Table()

    def add(self, text: str, font: str) -> None:
        """Add text in that font to the open paragraph."""
        self._runs.append((read_symbols(text, font), font))

    def add_after(self, lines: list[str]) -> None:
        """Add the lines of a text box behind the paragraph that it hangs on."""
        self._after += lines

    def end_paragraph(self, depth: int) -> None:
        """End the paragraph, which stands in so many tables."""
        lines = self._take_paragraph()
        if depth:
            (self._table if depth == 1 else self._nested).cell += lines
        else:
            self._end_table()
            self._lines += lines

    def end_cell(self) -> None:
        """End a cell with the paragraph that is open in it."""
        self._table.cell += [*self._nested.end(), *self._take_paragraph()]
        self._table.end_cell()

    def end_row(self) -> None:
        """End a row of a table; the next may belong to the same."""
        self._lines += self._table.end_row()

    def end_nested_cell(self) -> None:
        """End a cell of a table in a cell."""
        self._nested.cell += self._take_paragraph()
        self._nested.end_cell()

    def end_nested_row(self) -> None:
        """End a row of a table in a cell."""
        self._table.cell += self._nested.end_row()

    def finish(self) -> list[str]:
        """Return all lines."""
        if self._runs or self._after:
            self.end_paragraph(0)
        self._end_table()
        return self._lines

    def _end_table(self) -> None:
        # Cells without the end of their row: the file was cut short.
        loose = [*self._nested.end(), *self._table.cells, *self._table.cell]
        self._lines += [*self._table.end(), *loose]
        self._table, self._nested = _Table(), _Table()

    def _take_paragraph(self) -> list[str]:
        lines = [*place_marks(decode_runs(self._runs)), *self._after]
        self._runs, self._after = [], []
        return lines
