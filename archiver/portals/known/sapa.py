"""Sa Pa, tỉnh Lào Cai: one article stands under two addresses."""

from archiver.portals.model import Portal
from archiver.portals.platforms.uiarticle import UIARTICLE

SAPA = Portal(
    key="sapa",
    name="Sa Pa",
    url="https://sapa.laocai.gov.vn/",
    province="Lào Cai",
    unit_type=None,
    platform=UIARTICLE,
    hosts=("sapa.laocai.gov.vn",),
    on_request=True,
)
