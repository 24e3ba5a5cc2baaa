"""Tỉnh Khánh Hòa."""

from archiver.portals.model import Portal
from archiver.portals.platforms.webforms import WEBFORMS

KHANHHOA = Portal(
    key="khanhhoa",
    name="Cổng thông tin điện tử tỉnh Khánh Hòa",
    url="https://khanhhoa.gov.vn/",
    province="Khánh Hòa",
    unit_type="tỉnh",
    platform=WEBFORMS,
    hosts=(
        "khanhhoa.gov.vn",
        "www.khanhhoa.gov.vn",
    ),
    on_request=True,
)
