"""Thuận Châu, tỉnh Sơn La: articles without a date line."""

from archiver.portals.model import Portal
from archiver.portals.platforms.uiarticle import UIARTICLE

THUANCHAU = Portal(
    key="thuanchau",
    name="Thuận Châu",
    url="https://thuanchau.sonla.gov.vn/",
    province="Sơn La",
    unit_type=None,
    platform=UIARTICLE,
    hosts=("thuanchau.sonla.gov.vn",),
    on_request=True,
)
