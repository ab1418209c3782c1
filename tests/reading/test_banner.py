"""What marks a sample is told from what the paper says."""

from __future__ import annotations

import pytest

from indexer.reading.banner import drop_banners, is_banner

BANNERS = (
    "VĂN BẢN MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ",
    "*** VĂN BẢN MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ ***",
    "Văn bản mẫu, không có giá trị pháp lý",
    "TÀI LIỆU MINH HỌA",
    "[Trang mẫu]",
    "BẢN MẪU: KHÔNG PHẢI LÀ VĂN BẢN THẬT",
)
OTHERS = (
    "NGHỊ QUYẾT",
    "Bản chụp không có chứng thực thì không có giá trị thanh toán.",
    "Văn bản mẫu không có giá trị pháp lý;",
    "Ban hành văn bản mẫu về tiếp công dân",
    "Mẫu số 01",
    "",
)


@pytest.mark.parametrize("line", BANNERS)
def test_a_warning_of_a_sample_is_a_banner(line: str) -> None:
    """It says that what follows has no effect, and nothing else."""
    assert is_banner(line)


@pytest.mark.parametrize("line", OTHERS)
def test_what_a_paper_says_is_no_banner(line: str) -> None:
    """Rules speak of validity and of forms as well."""
    assert not is_banner(line)
    assert drop_banners(line) == line
