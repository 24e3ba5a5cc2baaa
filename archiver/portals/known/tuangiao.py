"""Tuần Giáo, tỉnh Điện Biên."""

from archiver.portals.model import Portal
from archiver.portals.platforms.nukeviet import NUKEVIET

TUANGIAO = Portal(
    key="tuangiao",
    name="Tuần Giáo",
    url="https://tuangiao.gov.vn/",
    province="Điện Biên",
    unit_type=None,
    platform=NUKEVIET,
    hosts=("tuangiao.gov.vn",),
    on_request=True,
)
