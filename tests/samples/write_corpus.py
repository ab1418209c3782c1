"""Write the sample corpus: `python -m tests.samples.write_corpus`.

The whole of `corpus/documents` and the manifest are made anew, and so is the truth beside this
file; the same content gives the same bytes. Only the first document, a real page, is kept as it
is.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.samples.forms import compose_sheet
from tests.samples.render_docx import render_docx
from tests.samples.render_html import render_html
from tests.samples.render_pdf import render_pdf
from tests.samples.render_scan import render_scan
from tests.samples.render_text import render_text
from tests.samples.spec import read_specs
from tests.samples.truth import state_truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.samples.spec import Spec

CORPUS = Path(__file__).parents[2] / "corpus"
TRUTH = Path(__file__).with_name("truth.jsonl")
FIRST = "documents/hoat-dong-hdnd-huyen/seed.txt"

_ORIGIN = "Văn bản mẫu do dự án Tra cứu HĐND soạn để thử nghiệm; không phải văn bản thật."
_FIRST_FACTS = {
    "origin": "Trang tin của cổng thông tin điện tử huyện Thường Tín, mục Hoạt động HĐND huyện.",
    "publisher": "huyện Thường Tín",
    "category": "Hoạt động HĐND huyện",
    "sample": False,
}
_STATED = ("title", "number", "issued_on", "kind", "issuer", "level")


def write_corpus(corpus: Path = CORPUS, truth: Path = TRUTH) -> int:
    """Return how many samples were written below `corpus`, their truth beside them."""
    specs = read_specs()
    first = (corpus / FIRST).read_bytes()
    shutil.rmtree(corpus / "documents")
    entries = [_write_file(corpus, FIRST, first, _FIRST_FACTS)]
    entries += [_write_file(corpus, s.path, render_spec(s), state_facts(s)) for s in specs]
    _write_lines(corpus / "manifest.jsonl", entries)
    _write_lines(truth, (state_truth(spec) for spec in specs))
    return len(specs)


def render_spec(spec: Spec) -> bytes:
    """Return the bytes of one sample in its own format."""
    sheet = compose_sheet(spec)
    if spec.format == "docx":
        return render_docx(sheet)
    if spec.format == "html":
        category = spec.head.get("category", "Văn bản")
        layout = spec.head.get("layout", "xa")
        return render_html(sheet, layout, spec.issued_on, category, name_publisher(spec))
    if spec.format == "txt":
        stacked = spec.head.get("letterhead") == "stacked"
        return render_text(sheet, spec.head.get("encoding", "utf-8"), columns=not stacked)
    pdf = render_pdf(sheet, size=float(spec.head.get("size", "12")))
    if spec.format == "scan":
        return render_scan(pdf, tilt=float(spec.head.get("tilt", "0")))
    return pdf


def state_facts(spec: Spec) -> dict[str, object]:
    """Return what the manifest says of a sample: as little as staff usually know.

    A spec's `stated` line lists the fields that its clerk typed in.
    """
    facts: dict[str, object] = {"origin": _ORIGIN, "publisher": name_publisher(spec)}
    if "category" in spec.head:
        facts["category"] = spec.head["category"]
    truth = state_truth(spec)
    stated = [name for name in spec.head.get("stated", "").split(", ") if name in _STATED]
    facts.update({name: truth[name] for name in stated})
    return {**facts, "sample": True}


def name_publisher(spec: Spec) -> str:
    """Return the portal the sample would have come from."""
    return spec.head.get("publisher", spec.council.unit)


def _write_file(
    corpus: Path, path: str, content: bytes, facts: dict[str, object]
) -> dict[str, object]:
    target = corpus / path
    if target.exists():
        raise FileExistsError(f"two samples want the path {path}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return {"path": path, "sha256": hashlib.sha256(content).hexdigest(), **facts}


def _write_lines(target: Path, entries: Iterable[dict[str, object]]) -> None:
    lines = (json.dumps(entry, ensure_ascii=False) for entry in entries)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_corpus()
