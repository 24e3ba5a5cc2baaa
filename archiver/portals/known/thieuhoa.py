"""Huyện Thiệu Hóa, tỉnh Thanh Hóa: the portal moved from a name of its own to the province's."""

from archiver.portals.known.provinces import DISTRICTS_ENDED, LAST_DAY
from archiver.portals.model import Authority, Portal, Tenure
from archiver.portals.platforms.tandan import TANDAN

HUYEN_THIEU_HOA = Authority(
    key="huyen-thieu-hoa",
    name="Huyện Thiệu Hóa",
    source=f"the portal's host; {DISTRICTS_ENDED}",
    unit_type="huyện",
    province="Thanh Hóa",
    valid_to=LAST_DAY,
)

THIEUHOA = Portal(
    key="thieuhoa",
    name="Cổng thông tin điện tử huyện Thiệu Hóa",
    url="https://thieuhoa.thanhhoa.gov.vn/",
    province="Thanh Hóa",
    unit_type="huyện",
    platform=TANDAN,
    hosts=(
        "thieuhoa.thanhhoa.gov.vn",
        "thieuhoa.gov.vn",
        "www.thieuhoa.gov.vn",
    ),
    tenures=(Tenure(HUYEN_THIEU_HOA, "the host's name", valid_to=LAST_DAY),),
    on_request=True,
)
