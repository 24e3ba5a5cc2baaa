"""The portals that come with the program, one file each; every one is a value.

A file that is put here is known: nothing else needs to be told of it.
"""

from __future__ import annotations

from archiver.portals.model import Portal
from archiver.portals.registry import portals_in

__all__ = ["KNOWN"]

_FIRST = ("myhao", "demo")
KNOWN: tuple[Portal, ...] = portals_in(__name__, __path__, _FIRST)
