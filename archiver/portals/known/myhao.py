"""Thị xã Mỹ Hào, tỉnh Hưng Yên: a huyện until April 2019; it ended with the districts on 30 June 2025."""

from archiver.portals.known.provinces import DISTRICTS_ENDED, LAST_DAY
from archiver.portals.model import Authority, Portal, Tenure
from archiver.portals.platforms.tandan import TANDAN

_TOWN_FOUNDED = (
    "Nghị quyết 656/NQ-UBTVQH14; "
    "https://bnews.vn/thanh-lap-thi-tran-vinh-vien-hau-giang-va-thi-xa-my-hao-hung-yen/116820.html; "
    "in force since 1 May 2019, code 328: https://vi.wikipedia.org/wiki/Mỹ_Hào"
)
THI_XA_MY_HAO = Authority(
    key="thi-xa-my-hao",
    name="Thị xã Mỹ Hào",
    source=f"{_TOWN_FOUNDED}; {DISTRICTS_ENDED}",
    unit_type="thị xã",
    code="328",
    province="Hưng Yên",
    valid_from="2019-05-01",
    valid_to=LAST_DAY,
)
HUYEN_MY_HAO = Authority(
    key="huyen-my-hao",
    name="Huyện Mỹ Hào",
    source=_TOWN_FOUNDED,
    unit_type="huyện",
    province="Hưng Yên",
    valid_to="2019-04-30",
    successor=THI_XA_MY_HAO,
)

MYHAO = Portal(
    key="myhao",
    name="Cổng thông tin điện tử thị xã Mỹ Hào",
    url="https://myhao.hungyen.gov.vn/",
    province="Hưng Yên",
    unit_type="thị xã",
    platform=TANDAN,
    hosts=("myhao.hungyen.gov.vn", "www.myhao.hungyen.gov.vn"),
    tenures=(
        Tenure(HUYEN_MY_HAO, "the host's name; the authority's own days", valid_to="2019-04-30"),
        Tenure(
            THI_XA_MY_HAO, "the portal's name; the authority's own days", valid_from="2019-05-01", valid_to=LAST_DAY
        ),
    ),
)
