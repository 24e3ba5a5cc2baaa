"""What the project wants to reach, and whether a run did. A goal that is missed is said, never an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bench.archive_folder import Kept
from bench.crawling import Costs
from bench.fields import OUR_FIELDS
from bench.reading import OURS, Figures
from bench.verifying import Verified

FASTER_THAN_TRAFILATURA, HOPED_FASTER = 15, 25
SHARE_OF_BARE, HOPED_SHARE = 0.35, 0.5
LARGEST_PAGE_KB = 25
LARGEST_PEAK_MB = 160
LARGEST_OF_SHA256 = 3  # times what hashing the same bytes costs
FLAT = 1.1  # times the peak of a crawl a tenth as long


class Goal(NamedTuple):
    """One thing to reach."""

    name: str
    measured: str
    is_reached: bool


def of_fields(figures: Sequence[Figures], pages: int) -> Goal:
    """Everything is read right."""
    ours = [each for each in figures if each.tool.startswith(OURS)]
    wrong = sum(pages - (each.right[name] or 0) for each in ours for name in OUR_FIELDS)
    return Goal("every field of every page right", f"{wrong} wrong", wrong == 0)


def of_reading(figures: Sequence[Figures]) -> list[Goal]:
    """Faster than the peer that is known best; nothing to say where it was not run."""
    by_tool = {each.tool: each.milliseconds for each in figures}
    if "trafilatura" not in by_tool:
        return []
    factor = by_tool["trafilatura"] / by_tool[OURS]
    name = f"67 KB pages {FASTER_THAN_TRAFILATURA} times as fast as trafilatura (hoped for: {HOPED_FASTER})"
    return [Goal(name, f"{factor:.1f} times", factor >= FASTER_THAN_TRAFILATURA)]


def of_crawling(costs: Costs) -> Goal:
    """Not much dearer than downloading alone."""
    ratio = costs.ratio(8)
    name = f"bare Scrapy / our crawl at least {SHARE_OF_BARE} (hoped for: {HOPED_SHARE})"
    return Goal(name, f"{ratio:.2f}", ratio >= SHARE_OF_BARE)


def of_size(kept: Kept) -> Goal:
    """Evidence and archive together."""
    kilobytes = kept.together / 1000
    name = f"at most {LARGEST_PAGE_KB} KB kept of a 67 KB page"
    return Goal(name, f"{kilobytes:.1f} KB", kilobytes <= LARGEST_PAGE_KB)


def of_memory(few: float, many: float) -> list[Goal]:
    """Peaks of a crawl and of one ten times as long."""
    peak = max(few, many)
    return [
        Goal(f"peak memory at most {LARGEST_PEAK_MB} MB", f"{peak:.0f} MB", peak <= LARGEST_PEAK_MB),
        Goal(f"peak memory at ten times the pages at most {FLAT} times", f"{many / few:.2f} times", many / few <= FLAT),
    ]


def of_verifying(verified: Verified) -> Goal:
    """Not much dearer than hashing alone."""
    name = f"archiver verify at most {LARGEST_OF_SHA256} times sha256 alone"
    return Goal(name, f"{verified.ratio:.1f} times", verified.ratio <= LARGEST_OF_SHA256)
