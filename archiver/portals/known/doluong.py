"""Đô Lương, tỉnh Nghệ An: the portal moved from a name of its own to the province's."""

from archiver.portals.model import Portal
from archiver.portals.platforms.uiarticle import UIARTICLE

DOLUONG = Portal(
    key="doluong",
    name="Đô Lương",
    url="https://doluong.nghean.gov.vn/",
    province="Nghệ An",
    unit_type=None,
    platform=UIARTICLE,
    hosts=(
        "doluong.nghean.gov.vn",
        "doluong.gov.vn",
    ),
    on_request=True,
)
