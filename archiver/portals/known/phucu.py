"""Huyện ủy Phù Cừ, tỉnh Hưng Yên: without TLS."""

from archiver.portals.model import Portal
from archiver.portals.platforms.hungyen import HUNGYEN

PHUCU = Portal(
    key="phucu",
    name="Huyện ủy Phù Cừ",
    url="http://huyenuyphucu.vn/",
    province="Hưng Yên",
    unit_type="huyện ủy",
    platform=HUNGYEN,
    hosts=("huyenuyphucu.vn",),
    on_request=True,
)
