"""Huyện Tủa Chùa, tỉnh Điện Biên."""

from archiver.portals.known.provinces import DISTRICTS_ENDED, LAST_DAY
from archiver.portals.model import Authority, Portal, Tenure
from archiver.portals.platforms.tandan import TANDAN

HUYEN_TUA_CHUA = Authority(
    key="huyen-tua-chua",
    name="Huyện Tủa Chùa",
    source=f"the portal's host; {DISTRICTS_ENDED}",
    unit_type="huyện",
    province="Điện Biên",
    valid_to=LAST_DAY,
)

TUACHUA = Portal(
    key="tuachua",
    name="Cổng thông tin điện tử huyện Tủa Chùa",
    url="https://huyentuachua.dienbien.gov.vn/",
    province="Điện Biên",
    unit_type="huyện",
    platform=TANDAN,
    hosts=("huyentuachua.dienbien.gov.vn",),
    site_names=("huyện Tủa Chùa",),
    tenures=(Tenure(HUYEN_TUA_CHUA, "the host's name", valid_to=LAST_DAY),),
    on_request=True,
)
