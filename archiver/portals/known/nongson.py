"""Nông Sơn, tỉnh Quảng Nam."""

from archiver.portals.model import Portal
from archiver.portals.platforms.webcenter import WEBCENTER

NONGSON = Portal(
    key="nongson",
    name="Nông Sơn",
    url="https://nongson.quangnam.gov.vn/",
    province="Quảng Nam",
    unit_type=None,
    platform=WEBCENTER,
    hosts=("nongson.quangnam.gov.vn",),
    on_request=True,
)
