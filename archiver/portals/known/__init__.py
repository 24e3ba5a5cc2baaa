"""The portals that come with the program, one file each; every one is a value."""

from __future__ import annotations

from archiver.portals.known.demo import DEMO
from archiver.portals.known.dressed import DRESSED
from archiver.portals.known.myhao import MYHAO
from archiver.portals.model import Portal

__all__ = ["KNOWN"]

KNOWN: tuple[Portal, ...] = (MYHAO, DEMO, *DRESSED)
