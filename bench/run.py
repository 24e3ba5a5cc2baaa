"""Measure everything, print it, and keep it in RESULTS.md: `make bench`, or `python bench/run.py --quick`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import crawling, goals, reading, sections
from bench.archive_folder import kept_in
from bench.children import ROOT
from bench.goals import Goal
from bench.machine import machine, software
from bench.pages import heavy_pages, short_pages
from bench.portal_process import PortalProcess
from bench.progress import say
from bench.scale import FULL, QUICK, Scale

RESULTS = ROOT / "bench" / "RESULTS.md"
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"


def options(arguments: Sequence[str] | None = None) -> Namespace:
    """The command line."""
    parser = ArgumentParser(prog="bench/run.py", description="Measure reading and crawling.")
    parser.add_argument("--quick", action="store_true", help="a few pages only, and RESULTS.md stays as it is")
    parser.add_argument("--no-peers", action="store_true", help="only our own reader")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the status tells nothing of speed."""
    asked = options(arguments)
    if not asked.no_peers and not PEERS_PYTHON.exists():
        say("The peers are not set up: `make bench` does that, --no-peers leaves them out.")
        return 2
    told = []
    with TemporaryDirectory(prefix="archiver-bench-") as folder:
        for text in report(Path(folder), QUICK if asked.quick else FULL, None if asked.no_peers else PEERS_PYTHON):
            print(f"{text}\n", flush=True)
            told.append(text)
    if not asked.quick:
        RESULTS.write_text("\n\n".join(told) + "\n", encoding="utf-8")
    return 0


def report(folder: Path, scale: Scale, peers_python: Path | None) -> Iterator[str]:
    """The whole report, part by part."""
    yield f"# What was measured\n\nBy `make bench`, in one run, on {machine()}.\n{software()}."
    reached = yield from read_all(folder, scale, peers_python)
    reached += yield from crawl_all(folder, scale)
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


if __name__ == "__main__":
    sys.exit(main())
