"""The portals that the archive knows, and the platforms they run on. Pure: every one is a value."""

from __future__ import annotations

from archiver.portals.known import KNOWN
from archiver.portals.model import Authority, Platform, Portal, Selectors, Tenure
from archiver.portals.registry import by_key, installed

__all__ = ["PORTALS", "Authority", "Platform", "Portal", "Selectors", "Tenure"]

PORTALS: dict[str, Portal] = by_key((*KNOWN, *installed()))
