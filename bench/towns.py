"""Twenty portals on loopback, crawled by `archiver crawl` as a timer calls it; one hangs, one never ends."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from bench.goals import Goal
from bench.resident import Peak
from bench.table import table
from tests.driving.towns import Calm, Endless, Silent, Towns

NAME = "Twenty portals at once"
DELAY = 0.25  # seconds between two requests: four times as fast as a portal on a network is asked
_JOBS = 8
_DEADLINE_MINUTES = 0.75
_PAGE_BUDGET = 90
_NEARLY_ALL = 0.98  # of the requests: a busy machine notes some late, and the next ones then seem too soon
_LOOSE = 0.02  # seconds
_BETWEEN_LOOKS = 0.2  # seconds, at the memory
_HOW = (
    "Times between requests are those of the servers' own logs, robots.txt not counted. The portals are served by the"
    " process that measures, on the same two cores."
)


@dataclass(frozen=True, slots=True)
class Town:
    """How one portal fared."""

    kind: str
    status: str
    reason: str
    requests: int
    gaps: tuple[float, ...]  # seconds between two requests, as its server saw them; robots.txt is not counted
    began: float  # seconds after the command
    ended: float
    articles: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One `archiver crawl`."""

    towns: list[Town]
    seconds: float
    exit_status: int
    peak_mb: float  # of all its processes together
    peak_of_one_mb: float
    most_at_a_time: int
    again: str  # what the next turn says
    stories: int


def measure(folder: Path, count: int, stories: int) -> Turn:
    """Crawl so many towns once."""
    kinds = ["hangs", "never ends", *["well"] * (count - 2)]
    portals = [Silent(), Endless(), *(Calm(stories) for _ in range(count - 2))]
    towns = Towns(folder, portals)
    try:
        towns.configure(
            lambda _: f"delay = {DELAY}",
            f"jobs = {_JOBS}\ndeadline_minutes = {_DEADLINE_MINUTES}\npage_budget = {_PAGE_BUDGET}\nfile_budget = 0\n",
        )
        return _turn(towns, kinds, stories)
    finally:
        towns.end()


def _turn(towns: Towns, kinds: Sequence[str], stories: int) -> Turn:
    began = monotonic()
    with (towns.folder / "said").open("wb") as said:
        process = subprocess.Popen(towns.line("crawl", "--json"), env=towns.environment, stdout=said)
        peak = _watch(process)
    seconds = monotonic() - began
    values = {each["portal"]: each for each in map(json.loads, (towns.folder / "said").read_text().splitlines())}
    found = [_town(towns, number, kind, values, began) for number, kind in enumerate(kinds, 1)]
    again = towns.run("crawl").stdout.strip()
    return Turn(found, seconds, process.returncode, peak.together, peak.of_one, peak.children, again, stories)


def _town(towns: Towns, number: int, kind: str, values: dict[str, dict[str, object]], began: float) -> Town:
    said, name = values[f"town-{number}"], f"town-{number}"
    asked = [each.at for each in towns.served[number - 1].requests if each.target != "/robots.txt"]
    every = [each.at for each in towns.served[number - 1].requests]
    gaps = tuple(later - earlier for earlier, later in pairwise(asked))
    first, last = (every[0] - began, every[-1] - began) if every else (0.0, 0.0)
    return Town(kind, str(said["status"]), str(said["reason"]), len(every), gaps, first, last, towns.articles(name))


def _watch(process: subprocess.Popen[bytes]) -> Peak:
    """Until its end."""
    peak = Peak()
    while process.poll() is None:
        peak.look(process.pid)
        sleep(_BETWEEN_LOOKS)
    return peak


def section(turn: Turn) -> str:
    """In words and a table."""
    rows = [
        (
            kind,
            len(of_kind),
            ", ".join(sorted({town.status for town in of_kind})),
            f"{min(town.requests for town in of_kind)} – {max(town.requests for town in of_kind)}",
            _seconds(min, [gap for town in of_kind for gap in town.gaps]),
            _seconds(median, [gap for town in of_kind for gap in town.gaps]),
            f"{max(town.ended - town.began for town in of_kind):.0f}",
            f"{min(town.articles for town in of_kind)} – {max(town.articles for town in of_kind)}",
        )
        for kind in dict.fromkeys(town.kind for town in turn.towns)
        if (of_kind := [town for town in turn.towns if town.kind == kind])
    ]
    head = ("portals", "how many", "ended", "requests", "least s between two", "median", "longest s", "articles")
    why = "; ".join(f"one that {town.kind}: {town.reason}" for town in turn.towns if town.kind != "well")
    said = turn.again.splitlines()[0] if turn.again else "nothing"
    return "\n\n".join((f"## {NAME}", _asked(turn), table(head, rows), _came_to(turn, why, said), _HOW))


def _asked(turn: Turn) -> str:
    return (
        f"`archiver crawl` without a name, `jobs = {_JOBS}`, a request each {DELAY} s for each portal,"
        f" {_DEADLINE_MINUTES:g} minutes and {_PAGE_BUDGET} requests a run; {turn.stories} stories on each well one."
    )


def _came_to(turn: Turn, why: str, said: str) -> str:
    return (
        f"It took {turn.seconds:.0f} s and ended with {turn.exit_status}; {turn.most_at_a_time} crawled at a time."
        f" Together its processes held {turn.peak_mb:.0f} MB at the most, one of them {turn.peak_of_one_mb:.0f} MB."
        f" {why}. Asked again at once: “{said}”"
    )


def goals(turn: Turn) -> list[Goal]:
    """Those that are well are crawled to the end, politely, whatever the others do."""
    well = [town for town in turn.towns if town.kind == "well"]
    whole = sum(town.status == "finished" and town.articles == turn.stories for town in well)
    gaps = sorted(gap for town in turn.towns for gap in town.gaps)
    least = gaps[int(len(gaps) * (1 - _NEARLY_ALL))]
    ill = [town.status for town in turn.towns if town.kind != "well"]
    return [
        Goal("twenty portals: all that are well crawled whole", f"{whole} of {len(well)}", whole == len(well)),
        Goal(
            f"twenty portals: {DELAY} s between {_NEARLY_ALL:.0%} of the requests, as servers see it",
            f"{least:.3f} s",
            least >= DELAY - _LOOSE,
        ),
        Goal("twenty portals: ill ones end by themselves, and not well", ", ".join(ill), "finished" not in ill),
    ]


def _seconds(of, values: list[float]) -> str:  # type: ignore[no-untyped-def]
    return f"{of(values):.3f}" if values else "–"
