"""Our crawl with everything on, and a bare one of Scrapy that asks for the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.children import Spent, spend
from bench.portal_process import Asked, PortalProcess
from bench.progress import say

EVERY = 500  # requests between two lines of progress
FEWEST_PAGES = 0.99  # of ours that bare must get: cookies that come a request too late make a redirect of a page
BARE_CONCURRENCIES = (8, 1)  # Scrapy's own limit for one site, and ours


@dataclass(frozen=True, slots=True)
class Crawl:
    """One process that crawls."""

    spent: Spent
    requests: list[Asked]


@dataclass(slots=True)
class Costs:
    """Processor time of a request in milliseconds, without that of starting up; round by round."""

    folder: Path  # of our latest crawl
    ours: list[float] = field(default_factory=list)
    bare: dict[int, list[float]] = field(default_factory=lambda: {each: [] for each in BARE_CONCURRENCIES})
    crawls: list[Crawl] = field(default_factory=list)  # ours
    start_ups: dict[str, float] = field(default_factory=dict)  # seconds of a processor
    elapsed: float = 0.0  # milliseconds on the wall for a request of our latest crawl

    def ratio(self, concurrency: int) -> float:
        """The median of bare / ours, round by round."""
        return median(bare / ours for bare, ours in zip(self.bare[concurrency], self.ours, strict=True))

    @property
    def latest(self) -> Crawl:
        """The last of ours."""
        return self.crawls[-1]

    @property
    def peak_mb(self) -> float:
        """Of our crawls, the median."""
        return median(each.spent.peak_mb for each in self.crawls)


def crawl(portal: PortalProcess, folder: Path, *options: str) -> Crawl:
    """`archiver crawl demo` as a person starts it, without its progress bar."""
    command = [sys.executable, "-m", "archiver", "crawl", "demo", "--base-url", portal.base_url, "--delay", "0"]
    command += ["--data", str(folder), "--recheck", "none", "--file-budget", "0", "--json", *options]
    watched = _Watched(portal)
    spent = spend(command, watched.look)
    return Crawl(spent, watched.all())


def compare(portal: PortalProcess, folder: Path, rounds: int) -> Costs:
    """Ours and bare in turn, ours with an empty data folder each time."""
    costs = Costs(folder)
    first = _median([crawl(portal, folder / f"start-up {number}", "--limit", "1") for number in range(rounds)])
    first_bare = _median([_bare_crawl(portal, folder, first.requests[:1], 1) for _ in range(rounds)])
    costs.start_ups = {"archiver": first.spent.seconds, "bare": first_bare.spent.seconds}
    for number in range(1, rounds + 1):
        say(f"crawling {portal.stories:,} stories, round {number} of {rounds}")
        costs.folder = folder / f"crawl {number}"
        costs.crawls.append(crawl(portal, costs.folder))
        costs.ours.append(_per_request(costs.latest, first))
        for concurrency in BARE_CONCURRENCIES:
            bare = _bare_crawl(portal, folder, costs.latest.requests, concurrency)
            costs.bare[concurrency].append(_per_request(bare, first_bare))
    costs.elapsed = _per_request(costs.latest, first, on_the_wall=True)
    return costs


def _median(crawls: Sequence[Crawl]) -> Crawl:
    """The crawl of median cost."""
    return sorted(crawls, key=lambda each: each.spent.seconds)[len(crawls) // 2]


def _bare_crawl(portal: PortalProcess, folder: Path, requests: Sequence[Asked], concurrency: int) -> Crawl:
    file = folder / "requests.json"
    file.write_text(json.dumps([(asked.method, asked.target) for asked in requests]), encoding="utf-8")
    watched = _Watched(portal)
    command = [sys.executable, "-m", "bench.bare_spider", str(file), portal.base_url, str(concurrency)]
    spent = spend(command, watched.look)
    made = watched.all()
    pages, wanted = (sum(asked.status == 200 for asked in each) for each in (made, requests))
    if len(made) != len(requests) or pages < FEWEST_PAGES * wanted:
        raise RuntimeError(f"bare: {len(made)} requests, {pages} pages; ours: {len(requests)}, {wanted}")
    return Crawl(spent, made)


def _per_request(whole: Crawl, first: Crawl, *, on_the_wall: bool = False) -> float:
    """Milliseconds, those of the shortest crawl left out."""
    spent = [each.spent.elapsed if on_the_wall else each.spent.seconds for each in (whole, first)]
    return 1000 * (spent[0] - spent[1]) / (len(whole.requests) - len(first.requests))


class _Watched:
    """The requests of one crawl, and a line of progress now and then."""

    def __init__(self, portal: PortalProcess) -> None:
        self.portal = portal
        self.requests: list[Asked] = []
        self.told = 0
        portal.new_requests()

    def look(self) -> None:
        """See what is new."""
        self.requests += self.portal.new_requests()
        if len(self.requests) - self.told >= EVERY:
            self.told = len(self.requests)
            say(f"  {self.told:,} requests")

    def all(self) -> list[Asked]:
        """All, once the crawl is over."""
        self.look()
        return self.requests
