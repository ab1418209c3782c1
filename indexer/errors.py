"""Every deliberate error of the project.

::

    HdndError                        what went wrong, where, and the next step
    ├── ReaderError                  a reader of the site asked for something impossible
    │   ├── QueryError               the query can't be understood; points at the fault
    │   ├── UnknownFacetError        no such facet
    │   ├── UnknownFacetValueError   no document and no list has that facet value
    │   ├── BadPageError             page, page size or order is not one we know
    │   └── DocumentNotFoundError    no document has that id
    ├── EvaluationFileError          queries or judgements can't be read; names the line
    ├── SynonymFileError             the table of synonyms can't be read; names the line
    ├── RankingModelError            the ranking model was trained on other features
    ├── MissingKernelsError          numba was asked for and can't be used
    ├── SourceError                  the source to index can't be used at all
    │   └── ManifestError            a manifest can't be used; names the line
    ├── UnreadableSourceError        one source could not be read: a failure in the report
    ├── SkippedSourceError           one source is left aside on purpose: no failure
    ├── WorkerLostError              a process that worked for us was killed from outside
    └── IndexStateError              the index can't serve
        ├── NoIndexError             nothing was built there yet
        ├── StaleIndexError          built by another schema version
        ├── DamagedIndexError        files are missing or differ from their checksums
        └── LockedIndexError         another process is writing

The command line prints `str(error)`, in English, on one line. Pages print `error.vietnamese`.
"""

from __future__ import annotations


class HdndError(Exception):
    """Base of every deliberate error."""


class ReaderError(HdndError):
    """A reader asked for something impossible; `vietnamese` says so on a page."""

    def __init__(self, english: str, vietnamese: str) -> None:
        super().__init__(english)
        self.vietnamese = vietnamese


class QueryError(ReaderError):
    """The query can't be understood. `position` counts characters from 0."""

    def __init__(
        self, english: str, vietnamese: str, *, position: int = 0, suggestion: str = ""
    ) -> None:
        super().__init__(english, vietnamese)
        self.position = position
        self.suggestion = suggestion
        """The corrected query, where one can be offered."""


class UnknownFacetError(ReaderError):
    """No such facet."""

    def __init__(self, facet: str, known: tuple[str, ...]) -> None:
        names = ", ".join(known)
        super().__init__(
            f"unknown facet {facet!r}; choose one of {names}",
            f"Không có bộ lọc “{facet}”. Các bộ lọc: {names}.",
        )
        self.facet = facet


class UnknownFacetValueError(ReaderError):
    """No document and no list has that facet value."""

    def __init__(self, facet: str, value: str) -> None:
        super().__init__(
            f"unknown value {value!r} of facet {facet!r}; search without it to see the values",
            f"Bộ lọc “{facet}” không có giá trị “{value}”.",
        )
        self.facet = facet
        self.value = value


class BadPageError(ReaderError):
    """Page, page size or order is not one we know."""


class DocumentNotFoundError(ReaderError):
    """No document has that id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(
            f"no document has the id {document_id!r}",
            f"Không tìm thấy văn bản có mã “{document_id}”.",
        )
        self.document_id = document_id


class EvaluationFileError(HdndError):
    """Queries or judgements can't be read; the message names file and line."""


class SynonymFileError(HdndError):
    """The table of synonyms can't be read; the message names file and line."""


class RankingModelError(HdndError):
    """The ranking model was trained on other features than the code measures."""


class MissingKernelsError(HdndError):
    """Numba was asked for and can't be used; the message says why."""


class SourceError(HdndError):
    """The source to index can't be used at all."""


class ManifestError(SourceError):
    """A manifest can't be used; the message names its line."""


class UnreadableSourceError(HdndError):
    """One source could not be read."""


class SkippedSourceError(HdndError):
    """One source is left aside on purpose, with the reason."""


class WorkerLostError(HdndError):
    """A process that worked for us was killed from outside."""


class IndexStateError(HdndError):
    """The index can't serve."""


class NoIndexError(IndexStateError):
    """Nothing was built there yet."""


class StaleIndexError(IndexStateError):
    """Built by another schema version."""


class DamagedIndexError(IndexStateError):
    """Files are missing or differ from their checksums."""


class LockedIndexError(IndexStateError):
    """Another process is writing."""
