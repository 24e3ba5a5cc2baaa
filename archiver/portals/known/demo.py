"""The bundled made-up portal (`archiver.demo` serves it on loopback; no such host exists)."""

from archiver.portals.model import Authority, Portal, Tenure
from archiver.portals.platforms.tandan import TANDAN

_MADE_UP = "made up, as all of this portal"
THI_XA_AN_THUAN = Authority(
    key="thi-xa-an-thuan",
    name="Thị xã An Thuận",
    source=_MADE_UP,
    unit_type="thị xã",
    province="(made up)",
    valid_from="2021-04-01",
)
HUYEN_AN_THUAN = Authority(
    key="huyen-an-thuan",
    name="Huyện An Thuận",
    source=_MADE_UP,
    unit_type="huyện",
    province="(made up)",
    valid_to="2021-03-31",
    successor=THI_XA_AN_THUAN,
)

DEMO = Portal(
    key="demo",
    name="Cổng thông tin điện tử thị xã An Thuận",
    url="https://anthuan.example/",
    province="(made up)",
    unit_type="thị xã",
    platform=TANDAN,
    hosts=("anthuan.example", "www.anthuan.example"),
    tenures=(
        Tenure(HUYEN_AN_THUAN, _MADE_UP, valid_to="2021-03-31"),
        Tenure(THI_XA_AN_THUAN, _MADE_UP, valid_from="2021-04-01"),
    ),
)
