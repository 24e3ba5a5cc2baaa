"""How well each platform and each portal reads, as it was counted last: `make portals` counts and writes the file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archiver.portals import PORTALS
from archiver.portals.platforms import PLATFORMS
from archiver.portals.registry import is_made_up

FILE = Path(__file__).with_name("measured.json")
_NONE = "–"

Figures = dict[str, Any]
"""Of some pages: `pages`, `fields`, `right`, and `wrong`, by the fields' names."""


def measured() -> dict[str, dict[str, Any]]:
    """The figures: `platforms`, each with its `dress`, `golden` and `real` pages, and `portals`."""
    told: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def in_words(figures: Figures | None) -> str:
    """Fields right, of how many, on how many pages, and which are wrong.

    >>> in_words({"pages": 2, "fields": 1020, "right": 1018, "wrong": {"lead": 2}}), in_words(None)
    ('1,018 of 1,020 (2 pages; wrong: lead 2)', '–')
    """
    if figures is None:
        return _NONE
    pages = f"{figures['pages']} page{'' if figures['pages'] == 1 else 's'}"
    wrong = ", ".join(f"{name} {count}" for name, count in figures["wrong"].items())
    return f"{figures['right']:,} of {figures['fields']:,} ({pages}{'; wrong: ' if wrong else ''}{wrong})"


def markdown_table(told: dict[str, dict[str, Any]]) -> str:
    """The README's table: platforms, their portals, and the fields that are read right."""
    rows = [
        ("platform", "portals", "fields right in its dress", "on golden pages", "on the real pages given"),
        ("---",) * 5,
        *(_row(key, figures) for key, figures in told["platforms"].items()),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows).replace("| --- ", "|---").replace("|--- |", "|---|")


def _row(key: str, figures: dict[str, Figures | None]) -> Iterable[str]:
    places = (in_words(figures[place]) for place in ("dress", "golden", "real"))
    return (PLATFORMS[key].name, str(portals_on(key)), *places)


def portals_on(platform: str) -> int:
    """How many portals of a platform are known, but for made-up ones."""
    return sum(each.platform.key == platform and not is_made_up(each) for each in PORTALS.values())
