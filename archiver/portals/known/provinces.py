"""Provinces that known portals belong to, before and after their merger of 1 July 2025."""

from __future__ import annotations

from archiver.portals.model import Authority

MERGER = (
    "Nghị quyết 202/2025/QH15; https://www.vietnamplus.vn/"
    "thong-tin-chi-tiet-ve-34-tinh-thanh-pho-tren-ca-nuoc-tu-ngay-17-post1047526.amp"
)
"""34 provinces and cities work from that day on."""
MERGED_WITH = "https://nghean24h.vn/34-tinh-thanh-du-kien-hoat-dong-ngay-tu-ngay-172025-a753727.html"
"""Which provinces became which."""
DISTRICTS_ENDED = "districts were abolished on 1 July 2025 (Luật Tổ chức chính quyền địa phương 72/2025/QH15)"
LAST_DAY = "2025-06-30"
FIRST_DAY = "2025-07-01"

HUNG_YEN = Authority(
    key="tinh-hung-yen",
    name="Tỉnh Hưng Yên",
    source=f"{MERGER}; {MERGED_WITH}",
    unit_type="tỉnh",
    code="33",
    province="Hưng Yên",
    valid_from=FIRST_DAY,
)
HUNG_YEN_UNTIL_2025 = Authority(
    key="tinh-hung-yen-2025",
    name="Tỉnh Hưng Yên",
    source=f"{MERGER}; {MERGED_WITH}",
    unit_type="tỉnh",
    code="33",
    province="Hưng Yên",
    valid_to=LAST_DAY,
    successor=HUNG_YEN,
)
