"""Thị xã Mỹ Hào, tỉnh Hưng Yên: until 30 June 2025, when districts were abolished."""

from archiver.portals.model import Portal
from archiver.portals.platforms.tandan import TANDAN

MYHAO = Portal(
    key="myhao",
    name="Cổng thông tin điện tử thị xã Mỹ Hào",
    url="https://myhao.hungyen.gov.vn/",
    province="Hưng Yên",
    unit_type="thị xã",
    platform=TANDAN,
    hosts=("myhao.hungyen.gov.vn", "www.myhao.hungyen.gov.vn"),
)
