"""A package that brings towns: portals like the made-up one, as many as a test needs, each under a key of its own."""

from __future__ import annotations

import os
from pathlib import Path

_MODULE = """
from dataclasses import replace

from archiver.portals.known.demo import DEMO

TOWNS = [replace(DEMO, key=f"town-{{number}}") for number in range(1, {count} + 1)]
"""


def install_towns(folder: Path, count: int, besides: str = "") -> dict[str, str]:
    """Install it into a folder of its own; returns the environment in which it is found.

    What its module does `besides`, it does in every process of the program, before anything else happens there.
    """
    place = folder / "packages"
    metadata = place / "towns-1.dist-info"
    metadata.mkdir(parents=True)
    (place / "towns.py").write_text(_MODULE.format(count=count) + besides, encoding="utf-8")
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: towns\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[archiver.portals]\ntowns = towns:TOWNS\n")
    known = os.environ.get("PYTHONPATH")
    return dict(os.environ) | {"PYTHONPATH": os.pathsep.join(filter(None, (str(place), known)))}
