"""Xã Sơn Linh, tỉnh Hà Tĩnh: the folder's month and day are padded, a number ends the address."""

from archiver.portals.model import Portal
from archiver.portals.platforms.tandan import TANDAN

XASONLINH = Portal(
    key="xasonlinh",
    name="Cổng thông tin điện tử xã Sơn Linh",
    url="https://xasonlinh.hatinh.gov.vn/",
    province="Hà Tĩnh",
    unit_type="xã",
    platform=TANDAN,
    hosts=("xasonlinh.hatinh.gov.vn",),
    on_request=True,
)
