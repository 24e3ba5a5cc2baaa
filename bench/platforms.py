"""Reading by platform: the same made-up news in each platform's markup, on pages of one weight."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from archiver.demo import DRESSES, DemoPortal, DressedPortal, StoryTruth, demo_clock, stories
from archiver.demo.weight import Weight
from archiver.portals import PORTALS
from bench.children import ROOT
from bench.goals import Goal
from bench.pages import HEAVY, WARM_UP
from bench.progress import say
from bench.table import table

FIRST = "demo"
MOST_OF_FIRST = 2.0  # times what the first platform's pages cost
JUDGED = ("title", "day", "body")


@dataclass(frozen=True, slots=True)
class Cost:
    """Reading one platform's pages."""

    name: str  # the platform's
    size: int  # bytes of a page, the median
    rounds: tuple[float, ...]  # of each round: milliseconds of a page, the median
    right: tuple[int, ...]  # how many titles, days, bodies
    pages: int

    @property
    def milliseconds(self) -> float:
        """Of a page: the median of the rounds."""
        return median(self.rounds)


def compare(folder: Path, pages: int, rounds: int) -> list[Cost]:
    """Every platform in turn, round after round, the first platform first."""
    keys = [FIRST, *(f"{FIRST}-{key}" for key in DRESSES)]
    saved = {key: _saved(key, folder / key, pages) for key in keys}
    runs: dict[str, list[dict[str, list[object]]]] = {key: [] for key in keys}
    for number in range(1, rounds + 1):
        for key in keys:
            say(f"reading platforms, round {number} of {rounds}: {key}")
            runs[key].append(_run(folder / key, key))
    return [_cost(key, folder / key, saved[key], runs[key]) for key in keys]


def section(costs: Sequence[Cost]) -> str:
    """In words and a table."""
    rows = [
        (
            each.name,
            f"{each.size:,}",
            f"{each.milliseconds:.2f}",
            f"{min(each.rounds):.2f} – {max(each.rounds):.2f}",
            f"{each.milliseconds / costs[0].milliseconds:.2f}",
            *each.right,
        )
        for each in costs
    ]
    head = ("platform", "bytes", "ms/page", "rounds from – to", "× the first", *JUDGED)
    return (
        f"## Reading by platform\n\n{costs[0].pages} articles, the same news in each platform's markup:\n\n"
        f"{table(head, rows)}\n\n"
        "Processor time as above, the platforms in turn in one run. Every page is brought to one weight by the same"
        " menus, scripts and hidden state at the same place. The last row is a portal of which nothing is known."
    )


def goals(costs: Sequence[Cost]) -> list[Goal]:
    """None much dearer than the first."""
    dearest = max(costs[1:], key=lambda each: each.milliseconds)
    factor = dearest.milliseconds / costs[0].milliseconds
    name = f"no platform's pages cost more than {MOST_OF_FIRST:g} times the first one's"
    return [Goal(name, f"{factor:.2f} times ({dearest.name})", factor <= MOST_OF_FIRST)]


def _saved(key: str, folder: Path, pages: int) -> tuple[StoryTruth, ...]:
    """Save a platform's pages, the oldest to warm up with; returns the truth of those that are measured."""
    portal = _portal(key, pages + WARM_UP)
    weight = Weight(len(DRESSES))
    truths = portal.truth().stories
    folder.mkdir(parents=True)
    for number, story in enumerate(truths):
        (folder / f"{number:04d}.html").write_bytes(weighted(portal.respond("GET", _target(story, key)).body, weight))
    listed = [
        {"file": f"{number:04d}.html", "url": story.url, "is_measured": number < pages}
        for number, story in enumerate(truths)
    ]
    (folder / "pages.json").write_text(json.dumps(listed), encoding="utf-8")
    return truths[:pages]


def _portal(key: str, count: int) -> DemoPortal | DressedPortal:
    if key == FIRST:
        return DemoPortal(stories(count), demo_clock(), faults=False)
    return DressedPortal(DRESSES[key.removeprefix(f"{FIRST}-")], stories(count), demo_clock(), faults=False)


def _target(story: StoryTruth, key: str) -> str:
    """`?v=2` spares the detour that some articles of the first platform send their reader on."""
    return f"{story.url}?v=2" if key == FIRST else story.url


def weighted(body: bytes, weight: Weight) -> bytes:
    """A page brought to the common weight: scripts end its head, menus and hidden state begin its body."""
    padding = weight.parts(HEAVY - len(body))
    head, _, rest = body.partition(b"</head>")
    opening, _, rest = rest.partition(b"<body")
    attributes, _, rest = rest.partition(b">")
    state = b'<input type="hidden" name="__STATE" value="' + padding["heavy_state"] + b'">'
    menus = b'<ul class="dynamic">' + padding["menus"] + b"</ul>"
    return b"".join((head, padding["scripts"], b"</head>", opening, b"<body", attributes, b">", state, menus, rest))


def _run(folder: Path, key: str) -> dict[str, list[object]]:
    command = [sys.executable, "-m", "bench.our_reader", str(folder), f"--portal={key}"]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    run: dict[str, list[object]] = json.loads(ran.stdout)
    return run


def _cost(key: str, folder: Path, truths: Sequence[StoryTruth], runs: Sequence[dict[str, list[object]]]) -> Cost:
    sizes = sorted((folder / f"{number:04d}.html").stat().st_size for number in range(len(truths)))
    return Cost(
        PORTALS[key].platform.name,
        sizes[len(sizes) // 2],
        tuple(median(run["milliseconds"]) for run in runs),  # type: ignore[type-var]
        tuple(_right(part, runs[-1]["found"], truths) for part in JUDGED),
        len(truths),
    )


def _right(part: str, found: Sequence[object], truths: Sequence[StoryTruth]) -> int:
    wanted = {"title": "title", "day": "published_on", "body": "body"}[part]
    return sum(
        isinstance(one, dict) and one.get(part) == getattr(truth, wanted)
        for one, truth in zip(found, truths, strict=True)
    )
