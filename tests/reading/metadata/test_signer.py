"""Signers: the name under the office, whatever stands between."""

from __future__ import annotations

import pytest

from tests.reading.metadata.papers import describe, paper

BLOCKS = {
    "plain": ("CHỦ TỊCH\n\nNguyễn Văn Mẫu", "Nguyễn Văn Mẫu"),
    "deputy": (
        "TM. HỘI ĐỒNG NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Thị Ví Dụ",
        "Trần Thị Ví Dụ",
    ),
    "stamp": (
        "CHỦ TỊCH\nKý bởi: Hội đồng nhân dân tỉnh\nThời gian ký: 10/7/2023\nNguyễn Văn Mẫu",
        "Nguyễn Văn Mẫu",
    ),
    "glued": ("KT. BỘ TRƯỞNGTHỨ TRƯỞNGĐỗ Thành Mẫu", "Đỗ Thành Mẫu"),
    "glued stamp": ("PHÓ THỦ TƯỚNG(Đã ký) Hồ Đức Mẫu", "Hồ Đức Mẫu"),
    "other column between": (
        "Nơi nhận: CHỦ TỊCH\n- Như Điều 3;\n- Lưu: VT.\nNguyễn Văn Mẫu",
        "Nguyễn Văn Mẫu",
    ),
    "beside the last recipient": (
        "Nơi nhận: CHỦ TỊCH\n- Như Điều 3;\n- Lưu: VT. Nguyễn Văn Mẫu",
        "Nguyễn Văn Mẫu",
    ),
    "one-letter name": ("TRƯỞNG BAN\nY Biêr Mẫu", "Y Biêr Mẫu"),
    "capitals": ("CHỦ TỊCH\nNGUYỄN VĂN MẪU", "Nguyễn Văn Mẫu"),
    "degree": ("GIÁM ĐỐC\nPGS.TS. Lê Thị Mẫu", "Lê Thị Mẫu"),
    "rank": ("GIÁM ĐỐC\nThượng tá Lê Văn Mẫu", "Lê Văn Mẫu"),
    "office on two lines": ("CHỦ TỊCH\nHỘI ĐỒNG NHÂN DÂN TỈNH\nNguyễn Văn Mẫu", "Nguyễn Văn Mẫu"),
    "nobody": ("CHỦ TỊCH\n\n", None),
    "only an office": ("CHỦ TỊCH\nHỘI ĐỒNG NHÂN DÂN\nTỈNH PHÚ YÊN", None),
    "running text": (
        "Giao CHỦ TỊCH, các phó chủ tịch thi hành nghị quyết này.\nĐiều khoản khác nữa",
        None,
    ),
    "sentence below": ("CHỦ TỊCH\nĐã thông qua toàn bộ nội dung trên, giao các ban thi hành", None),
}


@pytest.mark.parametrize(("block", "name"), BLOCKS.values(), ids=BLOCKS)
def test_the_signer_stands_below_the_office(block: str, name: str | None) -> None:
    """Stamps, recipients and glued lines between office and name are passed over."""
    body = (
        "Căn cứ Luật Đất đai;\nĐiều 1. Thông qua bảng giá đất.\n"
        + "Các ban giám sát việc thi hành.\n" * 10
    )
    assert describe(paper(body=body, end=block)).signer == name


def test_manifest_and_metadata_may_name_the_signer() -> None:
    """The manifest wins; a page's metadata count where the text names nobody."""
    assert describe(paper(), facts={"signer": "Lê Văn Mẫu"}).signer == "Lê Văn Mẫu"
    assert describe(paper(), hints={"signer": "Lê Văn Mẫu"}).signer == "Lê Văn Mẫu"
