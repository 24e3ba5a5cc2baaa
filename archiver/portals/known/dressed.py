"""The bundled made-up portal in the dress of each platform; no such host exists."""

from archiver.portals.model import Platform, Portal
from archiver.portals.platforms import PLATFORMS
from archiver.portals.platforms.tandan import TANDAN


def _dressed(platform: Platform) -> Portal:
    host = f"anthuan-{platform.key}.example"
    return Portal(
        key=f"demo-{platform.key}",
        name="Cổng thông tin điện tử thị xã An Thuận",
        url=f"https://{host}/",
        province="(made up)",
        unit_type="thị xã",
        platform=platform,
        hosts=(host,),
    )


DRESSED: tuple[Portal, ...] = tuple(_dressed(platform) for platform in PLATFORMS.values() if platform is not TANDAN)
