"""More documents of the same kind, for scale: `python -m tests.samples.generate 100000 --out F`.

The lines of the export hold id, title, text, number, kind, category, issuer, level, issued_on.
Councils, subjects and paragraphs are drawn at random and every amount is drawn anew, so that the
vocabulary grows with the count as it does in real collections. The same count and seed give the
same lines; a longer run begins with the lines of a shorter one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.samples.phrases import (
    LAST_DAY_OF_DISTRICTS,
    Seat,
    Template,
    read_phrases,
    read_seats,
    read_templates,
)
from tests.samples.sheet import MOTTO, SAMPLE_MARK, STATE, write_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST_DAY = date(2019, 1, 2)
_LAST_DAY = date(2026, 10, 30)
_CATEGORIES = (
    "Văn bản HĐND",
    "Nghị quyết HĐND",
    "Kỳ họp",
    "Ý kiến cử tri",
    "Tin tức - Sự kiện",
    "",
)
_SHORT = {
    "nghị quyết": "NQ-HĐND",
    "tờ trình": "TTr-UBND",
    "báo cáo thẩm tra": "BC-BKTNS",
    "báo cáo giám sát": "BC-HĐND",
    "thông báo kết luận": "TB-HĐND",
    "kiến nghị cử tri": "BC-HĐND",
    "trả lời kiến nghị": "BC-UBND",
    "kế hoạch": "KH-HĐND",
}


class _Stock(NamedTuple):
    """What to draw from, as tuples: random.choice needs an index."""

    by_era: dict[str, dict[str, tuple[Seat, ...]]]
    kinds: tuple[str, ...]
    patterns: dict[str, tuple[str, ...]]
    subjects: tuple[str, ...]
    templates: tuple[Template, ...]


def generate_documents(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield `count` export lines, always the same for the same seed."""
    # Samples, no secrets: a seeded generator is the point.
    chance = random.Random(seed)  # noqa: S311
    stock = _load_stock()
    for place in range(count):
        yield _make_document(place, chance, stock)


def write_export(target: Path, count: int, seed: int = 1) -> None:
    """Write the documents as JSON lines, gzipped where the name ends in .gz."""
    lines = (
        json.dumps(document, ensure_ascii=False) + "\n"
        for document in generate_documents(count, seed)
    )
    if target.suffix != ".gz":
        target.write_text("".join(lines), encoding="utf-8")
        return
    # Without name and time in its head, the same lines give the same file.
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 4, raw, mtime=0) as packed:
        packed.writelines(line.encode() for line in lines)


def _load_stock() -> _Stock:
    patterns = dict(read_phrases())
    subjects = patterns.pop("subject")
    by_era = {
        era: {
            level: tuple(s for s in read_seats() if s.era == era and s.level == level)
            for level in levels
        }
        for era, levels in (("before", ("tỉnh", "huyện", "xã")), ("from", ("tỉnh", "xã")))
    }
    return _Stock(by_era, tuple(patterns), patterns, subjects, read_templates())


def _make_document(place: int, chance: random.Random, stock: _Stock) -> dict[str, str]:
    day = _FIRST_DAY + timedelta(days=chance.randrange((_LAST_DAY - _FIRST_DAY).days + 1))
    seat = _draw_seat(day, chance, stock)
    kind = chance.choice(stock.kinds)
    subject = chance.choice(stock.subjects)
    title = (
        f"{chance.choice(stock.patterns[kind]).format(subject=subject)} trên địa bàn {seat.unit}"
    )
    number = _draw_number(kind, day, chance)
    issuer = _name_issuer(kind, seat)
    facts = {
        "id": f"mau-{place + 1:06}",
        "title": title,
        "text": _write_text(title, number, issuer, day, _draw_body(chance, stock, subject)),
        "number": number,
        "kind": kind,
        "category": chance.choice(_CATEGORIES),
        "issuer": issuer,
        "level": seat.level,
        "issued_on": day.isoformat(),
    }
    return {name: value for name, value in facts.items() if value}


def _draw_seat(day: date, chance: random.Random, stock: _Stock) -> Seat:
    levels = stock.by_era["before" if day <= LAST_DAY_OF_DISTRICTS else "from"]
    return chance.choice(levels[chance.choice(tuple(levels))])


def _draw_number(kind: str, day: date, chance: random.Random) -> str:
    if kind not in _SHORT:
        return ""
    count = chance.randint(1, 480)
    legal = kind == "nghị quyết" and chance.random() < 0.5
    return f"{count:02}/{day.year}/{_SHORT[kind]}" if legal else f"{count:02}/{_SHORT[kind]}"


def _name_issuer(kind: str, seat: Seat) -> str:
    executive = kind in {"tờ trình", "trả lời kiến nghị"}
    return f"{'Ủy ban' if executive else 'Hội đồng'} nhân dân {seat.unit}"


def _draw_body(chance: random.Random, stock: _Stock, subject: str) -> list[str]:
    chosen = chance.sample(stock.templates, chance.randint(6, 16))
    paragraphs = [_fill_template(template, chance) for template in chosen]
    place = chance.randrange(len(paragraphs))
    paragraphs[place] = f"Về {subject}: {paragraphs[place]}"
    return paragraphs


def _fill_template(template: Template, chance: random.Random) -> str:
    filled = [template.pieces[0]]
    for length, piece in zip(template.digits, template.pieces[1:], strict=True):
        lowest = 10 ** (length - 1)
        amount = lowest + int(chance.random() * 9 * lowest)
        filled += (f"{amount:,}".replace(",", "."), piece)
    return "".join(filled)


def _write_text(title: str, number: str, issuer: str, day: date, body: list[str]) -> str:
    head = (SAMPLE_MARK, issuer.upper(), STATE, MOTTO, f"Số: {number}" if number else "")
    return "\n".join((*(line for line in head if line), write_day(day).capitalize(), title, *body))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the export that the command line asks for."""
    asked = _read_arguments(arguments)
    write_export(asked.out, asked.count, asked.seed)


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("count", type=int, help="how many documents")
    parser.add_argument("--out", type=Path, required=True, help="a .jsonl or .jsonl.gz file")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other documents")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
