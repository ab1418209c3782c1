"""Plain text that hurts careless rules: what they look for, again and again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REPEATED: Mapping[str, str] = {
    "one-line.txt": "a",
    "one-word-lines.txt": "a\n",
    "dots.txt": "a.",
    "spaces.txt": " ",
    "directions.txt": "\u202eabc\u202c",
    "hidden.txt": "\u200b\u00ad",
    "numbers.txt": "12/2023/NQ-HĐND ",
    "number-lines.txt": "Số: 12/2023/NQ-HĐND\n",
    "digits.txt": "1",
    "slashes.txt": "1/",
    "days.txt": "ngày 12 tháng 3 năm 2023 ",
    "articles.txt": "Điều 1. ",
    "article-lines.txt": "Điều 1. a\n",
    "bases.txt": "Căn cứ ",
    "base-lines.txt": "Căn cứ Luật;\n",
    "quotes.txt": "“Điều 1. ",
    "capitals.txt": "NGHỊ QUYẾT ",
    "capital-lines.txt": "NGHỊ QUYẾT\n",
    "councils.txt": "Hội đồng nhân dân tỉnh ",
    "effects.txt": "có hiệu lực kể từ ngày ",
    "signers.txt": "TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n",
    "receivers.txt": "Nơi nhận:\n- Như trên;\n",
    "sessions.txt": "kỳ họp thứ 2 khóa XVI ",
    "motto.txt": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
    "tabs.txt": "a\t\tb\n",
    "letters-apart.txt": "N G H Ị Q U Y Ế T ",
    "brackets.txt": "([",
    "addresses.txt": "a@b.c/",
}
"""What each file repeats until it is as large as asked for."""
