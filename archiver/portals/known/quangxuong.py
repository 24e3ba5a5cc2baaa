"""Huyện Quảng Xương, tỉnh Thanh Hóa."""

from archiver.portals.known.provinces import DISTRICTS_ENDED, LAST_DAY
from archiver.portals.model import Authority, Portal, Tenure
from archiver.portals.platforms.tandan import TANDAN

HUYEN_QUANG_XUONG = Authority(
    key="huyen-quang-xuong",
    name="Huyện Quảng Xương",
    source=f"the portal's host; {DISTRICTS_ENDED}",
    unit_type="huyện",
    province="Thanh Hóa",
    valid_to=LAST_DAY,
)

QUANGXUONG = Portal(
    key="quangxuong",
    name="Cổng thông tin điện tử huyện Quảng Xương",
    url="https://quangxuong.thanhhoa.gov.vn/",
    province="Thanh Hóa",
    unit_type="huyện",
    platform=TANDAN,
    hosts=("quangxuong.thanhhoa.gov.vn",),
    tenures=(Tenure(HUYEN_QUANG_XUONG, "the host's name", valid_to=LAST_DAY),),
    on_request=True,
)
