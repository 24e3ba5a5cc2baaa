"""An Lão, tỉnh Bình Định: lists print `09/02/2023 07:31:00 AM`."""

from archiver.portals.model import Portal
from archiver.portals.platforms.nukeviet import NUKEVIET

ANLAO = Portal(
    key="anlao",
    name="An Lão",
    url="https://anlao.binhdinh.gov.vn/",
    province="Bình Định",
    unit_type=None,
    platform=NUKEVIET,
    hosts=("anlao.binhdinh.gov.vn",),
    on_request=True,
)
