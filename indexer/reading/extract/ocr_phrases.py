"""Words of official prose that no dictionary of compounds lists; only `ocr_repair` asks."""

from __future__ import annotations

from itertools import pairwise

from indexer.language.text import unify_tone_style
from indexer.reading.metadata.tables import read_table

_PAIRS = """
kể từ, từ khi, trước khi, sau khi, về việc, gửi về, về các, cấp có, để thực, để theo, để kiểm,
để có, để tổ, để bảo, để phục, để đảm, các tổ, số điều, số lượng, nếu có, đến khi, đến điểm,
đến năm, đến ngày, đến hết, đến từ, từ điểm, điểm đ, số nghị, số quyết, tại khoản, tại điều,
theo khoản, khoản điều, có hiệu, này có, tờ trình, kỳ họp, báo cáo, thẩm tra, của bộ, các bộ,
của sở, các sở, và đào, chi nhánh, chi cục, chi phí, chi trả,
nhiệm kỳ, họp thứ, khoá x, thứ nhất, nhất trí, biểu quyết, thông qua, điều này, luật này,
phê chuẩn, bầu cử, miễn nhiệm, bổ nhiệm, tổng số, số tiền, mức thu, mức phí, tỷ lệ, tỷ đồng,
triệu đồng, nghìn đồng, đồng việt, mỗi năm, hằng năm, hàng năm, dân số, vốn đầu, nguồn vốn,
đất ở, đất đai, dự án, đề án, quỹ đất, tại phần, tại mục, phần đất, đối với, các đối, dự toán
"""
_EVERYWHERE = """
của và các có trong được cho theo với về tại từ đến để khi không này người những một đã do trên bị
dưới ra vào số điều khoản điểm ngày tháng năm bộ cấp tỉnh xã huyện thành phố nước nhà dân ban hội
đồng việc phải thì đó như hoặc nếu sau trước hai ba bốn sáu bảy tám chín mười thuế phí đất vốn nguồn
bằng giữa ngoài mới nhất lại còn cả mỗi từng đều rất hơn quá cũng vẫn sẽ thu chi bán mua giao nộp
đơn mức lần đường nghề giấy tiền bản kể đối cần thuộc phần mục chương cùng tổ chức gồm sở bố
"""
_LIKE_DAMAGED = """
là tỉnh bị đây nêu nhận hưởng nghỉ kể thì ra mà thuê phân đông giây tô tiên viên không bên trên quân
công tâm nhân cân dân năm hôm hôn môn thôn thân sân lên nên tên rên đêm thêm ông bà cô ô ê
"""

_SPECIAL_ZONE = "Đặc khu "


def _unit_pairs() -> frozenset[str]:
    """Return the neighbours within the names of provinces, districts and special zones.

    Those of communes are too many: among ten thousand, some is like any misread pair.
    """
    names: set[str] = set()
    for _, province, district, communes in read_table("units.tsv"):
        zones = (name for name in communes.split("; ") if name.startswith(_SPECIAL_ZONE))
        names.update((province, district, *zones))
    words = (unify_tone_style(name.lower()).split() for name in names)
    return frozenset(" ".join(pair) for name in words for pair in pairwise(name))


KNOWN_PAIRS = _unit_pairs().union(" ".join(pair.split()) for pair in _PAIRS.split(","))
"""Neighbours, in lower case and pyvi's tone style."""

COMMON = frozenset(_EVERYWHERE.split())
"""Syllables that stand on every page."""

TOUCHY = COMMON | frozenset(_LIKE_DAMAGED.split())
"""Common syllables, also those that look like the damaged form of a commoner one."""
