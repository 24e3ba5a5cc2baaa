"""Tỉnh Hưng Yên, which Thái Bình joined in 2025: old ciphers, and a certificate that does not hold."""

from archiver.portals.known.provinces import FIRST_DAY, HUNG_YEN, HUNG_YEN_UNTIL_2025, LAST_DAY
from archiver.portals.model import Portal, Tenure
from archiver.portals.platforms.hungyen import HUNGYEN as PLATFORM

HUNGYEN = Portal(
    key="hungyen",
    name="Cổng thông tin điện tử tỉnh Hưng Yên",
    url="https://hungyen.gov.vn/",
    province="Hưng Yên",
    unit_type="tỉnh",
    platform=PLATFORM,
    hosts=("hungyen.gov.vn", "www.hungyen.gov.vn"),
    tls="unverified",
    tenures=(
        Tenure(HUNG_YEN_UNTIL_2025, "the host's name", valid_to=LAST_DAY),
        Tenure(HUNG_YEN, "the host's name", valid_from=FIRST_DAY),
    ),
    on_request=True,
)
