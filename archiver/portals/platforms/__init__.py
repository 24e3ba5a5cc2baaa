"""The platforms that portals run on, one file each; every one is a value."""

from __future__ import annotations

from archiver.portals.model import Platform
from archiver.portals.platforms.hungyen import HUNGYEN
from archiver.portals.platforms.landmarks import LANDMARKS
from archiver.portals.platforms.liferay import LIFERAY
from archiver.portals.platforms.nukeviet import NUKEVIET
from archiver.portals.platforms.tandan import TANDAN
from archiver.portals.platforms.uiarticle import UIARTICLE
from archiver.portals.platforms.webcenter import WEBCENTER
from archiver.portals.platforms.webforms import WEBFORMS

__all__ = ["PLATFORMS"]

PLATFORMS: dict[str, Platform] = {
    platform.key: platform
    for platform in (TANDAN, UIARTICLE, LIFERAY, NUKEVIET, WEBCENTER, HUNGYEN, WEBFORMS, LANDMARKS)
}
