"""Sở Thông tin và Truyền thông Hà Nội."""

from archiver.portals.model import Portal
from archiver.portals.platforms.liferay import LIFERAY

SOTTTT_HANOI = Portal(
    key="sotttt-hanoi",
    name="Sở Thông tin và Truyền thông Hà Nội",
    url="https://sotttt.hanoi.gov.vn/",
    province="Hà Nội",
    unit_type="sở",
    platform=LIFERAY,
    hosts=("sotttt.hanoi.gov.vn",),
    site_names=("Sở Thông Tin Và Truyền Thông", "Cổng thông tin điện tử Quận Ba Đình"),  # it prints both
    on_request=True,
)
