"""The bundled made-up portal in the dress of each platform; no such host exists."""

from archiver.portals.known.demo import DEMO
from archiver.portals.model import Platform, Portal
from archiver.portals.platforms import PLATFORMS
from archiver.portals.platforms.tandan import TANDAN


def _dressed(platform: Platform) -> Portal:
    host = f"anthuan-{platform.key}.example"
    return Portal(
        key=f"demo-{platform.key}",
        name=DEMO.name,
        url=f"https://{host}/",
        province=DEMO.province,
        unit_type=DEMO.unit_type,
        platform=platform,
        hosts=(host,),
        tenures=DEMO.tenures,
    )


DRESSED: tuple[Portal, ...] = tuple(_dressed(platform) for platform in PLATFORMS.values() if platform is not TANDAN)
