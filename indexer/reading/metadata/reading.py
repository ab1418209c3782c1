"""All that is known of one source before its fields are decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.language.text import clean_text
from indexer.reading.banner import drop_banners
from indexer.reading.metadata.attributes import read_attributes, take_leading_table
from indexer.reading.metadata.consolidated import Certificate, find_certificate
from indexer.reading.metadata.layout import Layout, read_layout
from indexer.reading.metadata.news import Story, is_report, read_story
from indexer.reading.metadata.signer import is_signed_paper
from indexer.reading.metadata.site_marks import drop_site_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.records import CleanText


# Letterheads and openings lie in here; more would only cost time.
_TOP_CHARACTERS = 8000


@dataclass(frozen=True)
class Reading:
    """A source's clean text, what was said about it, and its parts."""

    text: CleanText
    title: str
    boilerplate: str
    facts: Mapping[str, str]
    """What a manifest or an export states: it wins."""
    hints: Mapping[str, str]
    """What the file's own metadata say."""
    attributes: Mapping[str, str]
    """What a portal's table of attributes beside the text says."""
    layout: Layout
    story: Story
    report: str
    """The words that show a news report; empty for none."""
    certificate: Certificate | None = None
    """What stands beside a consolidated text's certificate."""
    web_page: bool = False
    leading_table: bool = False
    """The table of attributes stands above the letterhead."""

    @property
    def titles(self) -> tuple[str, ...]:
        """Lines that may be an act's own title."""
        return tuple(line for line in (self.title, self.story.headline) if line)

    @property
    def portal_first(self) -> bool:
        """Whether a table of attributes is the page's own; a paper may print one as a form."""
        return self.web_page or self.leading_table or not self.layout.formal

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where a bare "HĐND tỉnh" may get its name from, the portal's own unit first."""
        publisher = self.facts.get("publisher") or self.hints.get("publisher") or ""
        return (publisher, self.boilerplate, f"{self.title}\n{self.text[:5000]}")


def read_source(  # noqa: PLR0913
    text: CleanText,
    title: str,
    facts: Mapping[str, str],
    *,
    hints: Mapping[str, str] | None = None,
    boilerplate: str = "",
    web_page: bool = False,
) -> Reading:
    """Return the reading of a source; blank facts and hints count as not stated."""
    top = drop_banners(text[:_TOP_CHARACTERS])
    leading, top = take_leading_table(top)
    top = drop_site_marks(top)
    layout = read_layout(top)
    story = read_story(title, top)
    report = is_report(story)
    if layout.formal and report and not (layout.head or is_signed_paper(text)):
        # A portal's column is headed "THÔNG BÁO" as a notice is; what follows tells them apart.
        layout = Layout()
    return Reading(
        text=text,
        title=title,
        boilerplate=boilerplate,
        facts=_filled(facts),
        hints=_filled(hints or {}),
        attributes=leading or read_attributes(text) or read_attributes(boilerplate),
        layout=layout,
        story=story,
        report="" if layout.formal else report,
        certificate=find_certificate(text),
        web_page=web_page,
        leading_table=bool(leading),
    )


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    cleaned = {name: clean_text(value) for name, value in values.items()}
    return {name: value for name, value in cleaned.items() if value}
