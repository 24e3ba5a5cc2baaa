"""The bundled made-up portal (`archiver.demo` serves it on loopback; no such host exists)."""

from archiver.portals.model import Portal
from archiver.portals.platforms.tandan import TANDAN

DEMO = Portal(
    key="demo",
    name="Cổng thông tin điện tử thị xã An Thuận",
    url="https://anthuan.example/",
    province="(made up)",
    unit_type="thị xã",
    platform=TANDAN,
    hosts=("anthuan.example", "www.anthuan.example"),
)
