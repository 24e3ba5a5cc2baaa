"""Nothing known but what a person goes by: title, date line, text, dated rows. For portals of unknown systems."""

from __future__ import annotations

from archiver.portals.model import Platform

LANDMARKS = Platform(key="landmarks", name="landmarks only")
