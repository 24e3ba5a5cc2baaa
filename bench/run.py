"""Measure everything, print it, and keep it in RESULTS.md: `make bench`, or `python bench/run.py --quick`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from random import randrange
from tempfile import TemporaryDirectory

from bench import crawling, goals, reading, sections, serving, serving_in_words, towns, verifying
from bench.archive_folder import kept_in
from bench.children import ROOT
from bench.faults import course as faults
from bench.faults import sections as faults_in_words
from bench.goals import Goal
from bench.hour import course as hour
from bench.hour import sections as hour_in_words
from bench.machine import machine, software
from bench.pages import heavy_pages, short_pages
from bench.portal_process import PortalProcess
from bench.progress import say
from bench.results import replaced
from bench.scale import FULL, QUICK, Scale
from bench.year import course as year
from bench.year import sections as year_in_words

RESULTS = ROOT / "bench" / "RESULTS.md"
PARTS = ("reading", "crawling", "verifying", "faults", "year", "towns", "hour", "serving")
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"


def options(arguments: Sequence[str] | None = None) -> Namespace:
    """The command line."""
    parser = ArgumentParser(
        prog="bench/run.py",
        description="Measure reading, crawling, verifying, serving, a year, twenty portals for an hour, and faults.",
    )
    parser.add_argument("--quick", action="store_true", help="a few pages only, and RESULTS.md stays as it is")
    parser.add_argument("--no-peers", action="store_true", help="only our own reader")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; RESULTS.md keeps all others")
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="for the moments at which faults come")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the status tells nothing of speed."""
    asked = options(arguments)
    parts = asked.only or PARTS
    if "reading" in parts and not asked.no_peers and not PEERS_PYTHON.exists():
        say("The peers are not set up: `make bench` does that, --no-peers leaves them out.")
        return 2
    told = []
    with TemporaryDirectory(prefix="archiver-bench-") as folder:
        for text in report(Path(folder), asked, parts):
            print(f"{text}\n", flush=True)
            told.append(text)
    if not asked.quick:
        _keep("\n\n".join(told) + "\n", is_whole=asked.only is None)
    return 0


def _keep(told: str, *, is_whole: bool) -> None:
    remark = f"Measured apart from the other parts, on {machine()}."
    RESULTS.write_text(told if is_whole else replaced(RESULTS.read_text("utf-8"), told, remark), encoding="utf-8")


def report(folder: Path, asked: Namespace, parts: Sequence[str]) -> Iterator[str]:
    """The whole report, or some parts of it."""
    scale = QUICK if asked.quick else FULL
    yield f"# What was measured\n\nBy `make bench` on {machine()}.\n{software()}."
    reached = []
    if "reading" in parts:
        reached += yield from read_all(folder, scale, None if asked.no_peers else PEERS_PYTHON)
    if "crawling" in parts:
        reached += yield from crawl_all(folder, scale)
    if "verifying" in parts:
        reached += yield from verify_all(folder, scale)
    if "towns" in parts:
        reached += yield from twenty_portals(folder, scale)
    if "hour" in parts:
        reached += yield from an_hour(folder, scale)
    if "serving" in parts:
        reached += yield from serve_all(folder, scale)
    if "faults" in parts:
        reached += yield from all_faults(folder, scale, asked.seed)
    if "year" in parts:
        reached += yield from a_year(folder, scale, asked.seed)
    yield sections.goals(reached)


def read_all(folder: Path, scale: Scale, peers_python: Path | None) -> Generator[str, None, list[Goal]]:
    """Our reader and its peers; returns the goals."""
    heavy, short = heavy_pages(scale.pages, folder / "heavy"), short_pages(scale.pages, folder / "short")
    of_heavy = reading.compare(heavy, scale.reading_rounds, peers_python)
    yield sections.reading(heavy, of_heavy)
    of_short = reading.compare(short, scale.reading_rounds, peers_python)
    yield sections.reading(short, of_short)
    yield sections.how_reading_is_measured()
    return [goals.of_fields([*of_heavy, *of_short], scale.pages), *goals.of_reading(of_heavy)]


def crawl_all(folder: Path, scale: Scale) -> Generator[str, None, list[Goal]]:
    """Our crawl, a bare one, a second one, and a long one; returns the goals."""
    with PortalProcess(scale.stories) as portal:
        costs = crawling.compare(portal, folder, scale.crawling_rounds)
        yield sections.crawling(costs)
        kept = kept_in(costs.folder)
        again = crawling.crawl(portal, costs.folder)
    with PortalProcess(scale.many_stories) as portal:
        say(f"crawling {scale.many_stories:,} stories")
        many = crawling.crawl(portal, folder / "many")
    yield sections.kept([kept, kept_in(folder / "many")])
    yield sections.nothing_new(again)
    yield sections.memory(costs, many)
    found = goals.of_memory(costs.peak_mb, many.spent.peak_mb)
    return [goals.of_crawling(costs), goals.of_size(kept), *found]


def verify_all(folder: Path, scale: Scale) -> Generator[str, None, list[Goal]]:
    """`archiver verify` and hashing alone; returns the goal."""
    (folder / "verifying").mkdir()
    verified = verifying.measure(folder / "verifying", scale.verified_stories, scale.crawling_rounds)
    yield sections.verifying(verified)
    return [goals.of_verifying(verified)]


def serve_all(folder: Path, scale: Scale) -> Generator[str, None, list[Goal]]:
    """Two archives, one thrice as large, against plain Datasette; returns the goals."""
    found = []
    for articles in scale.served:
        with TemporaryDirectory(prefix="serving-", dir=folder) as place:
            found.append(serving.measure(Path(place), articles, scale.serving_rounds))
        yield serving_in_words.section(found[-1])
    yield serving_in_words.growth(found)
    return serving_in_words.goals(found)


def a_year(folder: Path, scale: Scale, seed: int) -> Generator[str, None, list[Goal]]:
    """A portal's life, and an archive of it beside the truth; returns the goals."""
    lived = year.live(folder, scale.life, seed, say)
    yield year_in_words.section(lived)
    return year_in_words.goals(lived)


def twenty_portals(folder: Path, scale: Scale) -> Generator[str, None, list[Goal]]:
    """Many portals side by side, two of them ill; returns the goals."""
    say(f"crawling {scale.towns} portals at once")
    (folder / "towns").mkdir()
    turn = towns.measure(folder / "towns", scale.towns, scale.stories_of_a_town)
    yield towns.section(turn)
    return towns.goals(turn)


def an_hour(folder: Path, scale: Scale) -> Generator[str, None, list[Goal]]:
    """The same for an hour, on a clock that runs fast; returns the goals."""
    (folder / "hour").mkdir()
    lived = hour.live(folder / "hour", scale.hour, say)
    yield hour_in_words.section(lived)
    return hour_in_words.goals(lived)


def all_faults(folder: Path, scale: Scale, seed: int) -> Generator[str, None, list[Goal]]:
    """Kills, a full disk, locks, flipped bits, a clock set back; returns the goals."""
    found = faults.find(folder / "faults", scale.faults, seed, say)
    yield faults_in_words.section(found)
    return faults_in_words.goals(found)


if __name__ == "__main__":
    sys.exit(main())
