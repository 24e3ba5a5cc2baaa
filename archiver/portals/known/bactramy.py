"""Bắc Trà My, tỉnh Quảng Nam."""

from archiver.portals.model import Portal
from archiver.portals.platforms.webcenter import WEBCENTER

BACTRAMY = Portal(
    key="bactramy",
    name="Bắc Trà My",
    url="https://bactramy.quangnam.gov.vn/",
    province="Quảng Nam",
    unit_type=None,
    platform=WEBCENTER,
    hosts=("bactramy.quangnam.gov.vn",),
    on_request=True,
)
