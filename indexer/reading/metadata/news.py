"""What tells a news report from an act, and where its story begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.reading.metadata.day_patterns import DAY_WITHOUT_YEAR, FULL_DAY
from indexer.reading.metadata.letters import LOWER, UPPER, lower_letters

_LEAD_CHARACTERS = 3000
_LEAD_SENTENCES = 8
_EARLY = 160
_OPENING = 300
_WRAPPED_LINE = 70
_SHORTEST_SENTENCE = 40

_STOP = re.compile(rf"[.!?…][”\")]?\s+(?=[{UPPER}\d“\"(])|\n(?![{LOWER}])\n*")
_STOPS = (".", "!", "?", "…", "”", '"', ":", ";")
# A full stop ends no sentence behind an abbreviation or the number of a list's item.
_NO_STOP = re.compile(r"(?:(?<![^\W_])(?:TP|TX|TT|ThS|TS|PGS|GS|BS|Tp|tp)|(?<!\d)\d|\.)$")
_TIME = re.compile(
    r"(?:trong )?(?:\(?[a-zà-ỹ. ]{2,20}\)?\s?[-:]\s?)?(?:vào )?(?:(?:sáng|chiều|tối|trưa|hôm nay"
    r"|vừa qua|mới đây)\b"
    r"|(?:trong )?(?:hai |ba |\d{1,2} )?ngày \d|ngày (?:hôm nay|mồng)|từ ngày \d"
    r"|tiếp tục chương trình|thực hiện (?:chương trình|kế hoạch))"
)
# "Nghị quyết số 12/2024/NQ-HĐND ngày ... về ...": a line that ends where the subject does.
_ACT_TITLE = re.compile(
    r"(?:[^\W\d_]{2,8} ){1,5}số\s{0,2}:?\s{0,2}\d[^\n]{4,200}\b(?:về|quy định|thẩm tra|giám sát"
    r"|tổng hợp|kết quả|sửa đổi|ban hành|thông qua|phê|bãi bỏ|trả lời|kỳ họp) "
)
_REPORT = re.compile(
    r"\b(?:tổ chức|khai mạc|bế mạc|diễn ra|chủ trì|chủ toạ|tiếp xúc|làm việc|thăm|tham dự|dự"
    r"|giám sát|khảo sát"
    r"|thông qua|cho biết|trao đổi|kiểm tra|họp|phát biểu|trao tặng|trao|tặng|chúc mừng"
    r"|tiếp công dân|tiếp|đã có"
    r"|phát động|công bố|triển khai|kết luận|yêu cầu|ra quân|khánh thành|khởi công|đối thoại"
    r"|thẩm tra|xem xét|bầu"
    r"|phối hợp|ký kết|bàn giao|gặp mặt|tuyên dương|biểu dương|hội nghị|kỳ họp|phiên họp|lễ"
    r"|dâng hương|tập huấn)\b"
)
_COUNCIL_ACTS = re.compile(
    r"(?:(?:(?:các )?đồng chí|ông|bà) [^.;:]{2,120}?)?(?:hđnd|hội đồng nhân dân|ubnd"
    r"|uỷ ban nhân dân|mttq|đoàn đại biểu quốc hội|ban [a-zà-ỹ -]{3,30})"
    r"(?:[^.;:]|tp\.){0,80}?\b(?:đã|vừa|sẽ) (?:tổ chức|tiến hành|có|khai mạc|bế mạc|diễn ra"
    r"|làm việc|giám sát|khảo sát|họp|thông qua|chủ trì|tiếp|ban hành)"
)
_EVENT = re.compile(
    r"(?:hội nghị|kỳ họp|phiên họp|phiên giải trình|buổi|lễ) [^;:]{0,200}(?:hđnd|hội đồng nhân dân)"
)
# What may come before the council in a report's first sentence: occasion, place, purpose.
_OCCASION = re.compile(r"(?:tại|sau|trong|trước|nhân|dưới|nhằm|tiếp|để|với|kết thúc|qua) ")


@dataclass(frozen=True, slots=True)
class Story:
    """The opening of a text that reports something."""

    headline: str
    sentences: tuple[str, ...]
    """The first sentences of the running text; the first one opens the story."""

    @property
    def opening(self) -> str:
        """The first sentence."""
        return self.sentences[0] if self.sentences else ""

    @property
    def day_without_year(self) -> bool:
        """The opening names a day and leaves its year open."""
        return any(
            DAY_WITHOUT_YEAR.search(lower_letters(sentence)[:_EARLY])
            for sentence in self.sentences[:2]
        )


def read_story(title: str, text: str) -> Story:
    """Return headline and opening sentences; lines too short to be sentences are passed over."""
    pieces = split_sentences(text[:_LEAD_CHARACTERS])
    sentences = [piece for piece in pieces if _is_sentence(piece) and piece != title.strip()]
    # Crumbs and captions above the story have no stop at their end.
    sentences = [piece for piece in sentences if piece.endswith(_STOPS)] or sentences
    headline = title.strip() or _headline(pieces)
    kept = [sentence for sentence in sentences if sentence != headline]
    return Story(headline, tuple(kept[:_LEAD_SENTENCES]))


def split_sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text, each with its stop.

    >>> split_sentences("HĐND TP. Hà Nội họp quý I/2024. Đã có 30 quận dự.")
    ['HĐND TP. Hà Nội họp quý I/2024.', 'Đã có 30 quận dự.']
    """
    pieces, start = [], 0
    for stop in _STOP.finditer(text):
        if stop.group() == "\n" and _wraps(text, stop.start()):
            continue
        if not stop.group().isspace() and _NO_STOP.search(
            text[max(start, stop.start() - 4) : stop.start()]
        ):
            continue
        pieces.append(" ".join(text[start : stop.end()].split()))
        start = stop.end()
    pieces.append(" ".join(text[start:].split()))
    return [piece for piece in pieces if piece]


def _wraps(text: str, end: int) -> bool:
    """Say whether a long line only breaks at `end`: no stop before it, no story opening behind."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    behind = lower_letters(text[end + 1 : end + 60])
    titled = line.isupper() or _ACT_TITLE.match(lower_letters(line))
    whole = line.endswith(_STOPS) or titled or _TIME.match(behind) or behind[:1] in "-+*•"
    return len(line) >= _WRAPPED_LINE and not whole


def _is_sentence(piece: str) -> bool:
    return len(piece) >= _SHORTEST_SENTENCE and not piece.isupper()


def _headline(pieces: list[str]) -> str:
    """Return the first line when it stands there as a headline: no stop, not running text."""
    first = pieces[0] if pieces else ""
    return "" if first.endswith((".", ":", ";", ",", "…")) or len(pieces) == 1 else first


def is_report(story: Story) -> str:
    """Return the words that show a news report; empty where nothing does.

    >>> is_report(read_story("", "Sáng ngày 19/4, Thường trực HĐND tỉnh Phú Yên tổ chức hội nghị."))
    'Sáng ngày 19/4, Thường trực HĐND tỉnh Phú Yên tổ chức hội nghị.'
    """
    for sentence in story.sentences[:2]:
        lowered = lower_letters(sentence)
        if _TIME.match(lowered) and _REPORT.search(lowered):
            return sentence
        if _dated_early(lowered) and _REPORT.search(lowered):
            return sentence
        if _COUNCIL_ACTS.match(lowered) or _tells_of_occasion(lowered):
            return sentence
    return ""


def _tells_of_occasion(lowered: str) -> bool:
    """Say whether a council acts on an occasion of which the sentence gives the day."""
    opening = lowered[:_OPENING]
    day = DAY_WITHOUT_YEAR.search(opening) or FULL_DAY.search(opening)
    acts = _OCCASION.match(opening) and _COUNCIL_ACTS.search(opening)
    return bool(day and (acts or _EVENT.match(opening)))


def _dated_early(lowered: str) -> bool:
    """Say whether a sentence names its day in its first words, as reports do."""
    early = lowered[:80]
    day = DAY_WITHOUT_YEAR.search(early) or FULL_DAY.search(early)
    return bool(day) and early.startswith(("sáng", "chiều", "tối", "trưa", "ngày", "vào", "hôm"))
