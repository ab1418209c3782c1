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
    "surname of a body": ("PHÓ CHỦ TỊCH\nĐoàn Văn Mẫu", "Đoàn Văn Mẫu"),
    "a body": ("TRƯỞNG ĐOÀN\nĐoàn Thư Ký", None),
    "an office in capitals": ("KT. TỔNG CỤC TRƯỞNG\nTỔNG CỤC MẪU", None),
    "stamp behind the office": ("PHÓ CHỦ TỊCH Ký bởi: Văn phòng\nLê Văn Mẫu", "Lê Văn Mẫu"),
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


OFFICES = {
    "chair": ("CHỦ TỊCH\nLê Văn Mẫu", "Chủ tịch"),
    "of the assembly": ("CHỦ TỊCH QUỐC HỘI\nLê Văn Mẫu", "Chủ tịch Quốc hội"),
    "of a council": ("CHỦ TỊCH HỘI ĐỒNG NHÂN DÂN\nLê Văn Mẫu", "Chủ tịch"),
    "deputy": ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Mẫu", "Phó Chủ tịch"),
    "standing deputy": (
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC\nLê Mẫu",
        "Phó Chủ tịch Thường trực",
    ),
    "deputy left out": ("KT. TRƯỞNG BAN\nLê Văn Mẫu", "Phó Trưởng ban"),
    "deputy minister left out": ("KT. BỘ TRƯỞNG\nLê Văn Mẫu", "Thứ trưởng"),
    "deputy in small letters": ("THỐNG ĐỐC\nPhó Thống đốc\nLê Văn Mẫu", "Phó Thống đốc"),
    "by order": ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Văn Mẫu", "Chánh Văn phòng"),
    "by order of nobody": ("TL. CHỦ TỊCH\nLê Văn Mẫu", None),
    "by proxy": ("TUQ. CHỦ TỊCH\nLê Văn Mẫu", None),
    "for a board": ("TM. BAN PHÁP CHẾ\nTRƯỞNG BAN\nLê Văn Mẫu", "Trưởng ban"),
    "OCR": ("KT. CHÙ TỊCH\nPHO CHỦ TỊCH\n[daky]\nLê Văn Mẫu", "Phó Chủ tịch"),
    "table": ("|Nơi nhận: |CHỦ TỊCH |\n|- Như trên; | |\n| |Lê Văn Mẫu |", "Chủ tịch"),
    "offices among recipients": (
        "Nơi nhận: CHỦ TỊCH\n- Bí thư;\n- VĂN PHÒNG TỈNH;\n- Các Phó Chủ tịch.\nLê Văn Mẫu",
        "Chủ tịch",
    ),
    "two signers": (
        "CHỦ TỊCH\nLê Văn Mẫu\nTM. ỦY BAN MẶT TRẬN\nTRƯỞNG BAN\nTrần Thị Ví Dụ",
        "Chủ tịch",
    ),
}


@pytest.mark.parametrize(("block", "title"), OFFICES.values(), ids=OFFICES)
def test_the_office_is_the_one_nearest_above_the_name(block: str, title: str | None) -> None:
    """Who signs for another has an office of his own; a deputy's may be left unsaid."""
    body = "Căn cứ Luật Mẫu;\nĐiều 1. Thông qua bảng giá.\n" + "Các ban giám sát.\n" * 20
    found = describe(paper(body=body, end=block))
    assert found.signer_title == title
    assert found.signer in ("Lê Văn Mẫu", "Lê Mẫu")


def test_an_office_that_is_left_unsaid_is_concluded() -> None:
    """The sign "KT." without a second office tells of a deputy, less surely than words would."""
    end = "Các ban giám sát việc thi hành. " * 9 + "\nKT. CHỦ TỊCH\nLê Văn Mẫu"
    why = describe(paper(end=end)).evidence["signer_title"]
    assert why.how == "inferred"
    assert why.confidence < 0.9


def test_a_portal_names_signer_and_office_together() -> None:
    """The manifest wins; a table of the page beats the text of a web page."""
    table = "Số hiệu: 5/NQ-HĐND\nNgười ký: Lê Văn Mẫu\nChức danh: Phó Chủ tịch\nTrích yếu: Giá"
    found = describe(f"{table}\nBảng giá đất", media_type="text/html")
    assert (found.signer, found.signer_title) == ("Lê Văn Mẫu", "Phó Chủ tịch")
    told = describe(paper(), facts={"signer_title": "Trưởng ban"})
    assert (told.signer, told.signer_title) == (None, "Trưởng ban")


def test_manifest_and_metadata_may_name_the_signer() -> None:
    """The manifest wins; a page's metadata count where the text names nobody."""
    assert describe(paper(), facts={"signer": "Lê Văn Mẫu"}).signer == "Lê Văn Mẫu"
    assert describe(paper(), hints={"signer": "Lê Văn Mẫu"}).signer == "Lê Văn Mẫu"


BODY = "Các ban giám sát việc thi hành.\n" * 20
TWO = {
    "small letters": "Lê Văn Mẫu Trần Thị Thử",
    "capitals": "LÊ VĂN MẪU TRẦN THỊ THỬ",
}


@pytest.mark.parametrize("line", TWO.values(), ids=TWO)
def test_two_signers_in_a_line_are_two(line: str) -> None:
    """Joint papers and minutes have two; nobody can tell whose office is whose."""
    record = describe(paper(end=f"{BODY}THƯ KÝ CHỦ TỌA\n{line}"))
    assert record.signer == "Lê Văn Mẫu, Trần Thị Thử"
    assert record.signer_title is None


def test_a_long_name_is_one_signer() -> None:
    """Only where a surname opens its second half are six syllables two names."""
    record = describe(paper(end=f"{BODY}CHỦ TỊCH\nTôn Nữ Thị Mẫu Đơn Sa"))
    assert record.signer == "Tôn Nữ Thị Mẫu Đơn Sa"


HIGHLANDS = {
    "mark and gap": ("K' Mẫu", "K' Mẫu"),
    "curly mark": ("K’ Mẫu", "K' Mẫu"),
    "one word": ("K'Mẫu", "K'Mẫu"),
    "one word in capitals": ("K'MẪU", "K'Mẫu"),
    "single letter": ("Y Mẫu Niê", "Y Mẫu Niê"),
    "single letter in capitals": ("Y MẪU NIÊ", "Y Mẫu Niê"),
    "mark inside": ("H'Mẫu Kđoh", "H'Mẫu Kđoh"),
    "mark inside, in capitals": ("H'MẪU KĐOH", "H'Mẫu Kđoh"),
    "clan first": ("KSOR MẪU", "Ksor Mẫu"),
}


@pytest.mark.parametrize(("written", "name"), HIGHLANDS.values(), ids=HIGHLANDS)
def test_names_of_the_highlands_are_names(written: str, name: str) -> None:
    """Apostrophes and single letters belong to them."""
    assert describe(paper(end=f"{BODY}PHÓ CHỦ TỊCH\n{written}")).signer == name


MINUTES = {
    "secretary first": ("THƯ KÝ\nLê Thị Thử\nCHỦ TRÌ\nTrần Văn Mẫu", "Trần Văn Mẫu", "Chủ trì"),
    "chair first": ("CHỦ TOẠ\nTrần Văn Mẫu\nTHƯ KÝ\nLê Thị Thử", "Trần Văn Mẫu", "Chủ tọa"),
    "of the session": (
        "THƯ KÝ KỲ HỌP\nLê Thị Thử\nCHỦ TỌA KỲ HỌP\nTRẦN VĂN MẪU",
        "Trần Văn Mẫu",
        "Chủ tọa",
    ),
    "secretary and chairman": (
        "THƯ KÝ\n(Đã ký)\nLê Thị Thử\nTM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH\nTrần Văn Mẫu",
        "Trần Văn Mẫu",
        "Chủ tịch",
    ),
    "secretary alone": ("THƯ KÝ\nLê Thị Thử", "Lê Thị Thử", "Thư ký"),
    "a column's name": ("CƠ QUAN CHỦ TRÌ\nTrung Tâm Mẫu", None, None),
}


@pytest.mark.parametrize(("end", "signer", "office"), MINUTES.values(), ids=MINUTES)
def test_minutes_are_their_chairs(end: str, signer: str | None, office: str | None) -> None:
    """The secretary's name stands beside it and counts where nobody else signs."""
    found = describe(paper(name="BIÊN BẢN", end=f"{BODY}{end}"))
    assert (found.signer, found.signer_title) == (signer, office)
