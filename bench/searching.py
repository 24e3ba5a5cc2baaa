"""How long a search takes in a large archive: `python -m bench.searching [--articles N] [--folder DIR]`.

It takes five minutes and 1.5 GB of disk, and is no part of `make bench`. Its last figures are in SEARCHING.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.parse
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from sqlite_utils import Database

from archiver.store.databases.opening import open_archive
from archiver.store.search.check import faults_of_every_word, faults_of_index
from archiver.store.search.filters import Filters
from archiver.store.search.searching import search
from bench.children import ROOT
from bench.machine import machine, software
from bench.progress import say
from bench.search_corpus import fill, index
from bench.table import table

LONGEST_MS = 400  # that a search may take, in 95 of 100 cases
ROUNDS = 9
TYPED = (
    "my hao", "Mỹ Hào", "thi xa", "thị xã Mỹ Hào", '"my hao"', "UBND", "ủy ban nhân dân", "duong", "hao -duong",
    "chuyển đổi số", "liet sy", "Đào Quang Minh", '"dao quang minh"', "khuyên nghĩnh", "khuy*",
)  # fmt: skip
FILTERED = {
    "my hao": Filters(portal="hai"),
    "Mỹ Hào": Filters(section="Y tế", first="2018"),
    "UBND": Filters(first="2018", last="2019"),
    "": Filters(portal="hai"),
}


class Measured(NamedTuple):
    """One search, asked several times."""

    name: str
    found: int
    milliseconds: list[float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the archive if it is not there, measure, and print a section of a report."""
    parser = ArgumentParser(prog="bench/searching.py", description="Measure searching.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keep the archive here, or take the one that is here")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="archiver-bench-") as place:
        print(report(asked.folder or Path(place), asked.articles))
    return 0


def report(folder: Path, articles: int) -> str:
    """All figures in words and tables."""
    made = "" if (folder / "archive.db").exists() else _make(folder, articles)
    db = open_archive(folder)
    functions = list(_functions(db))
    with _served(folder) as address:
        saved, box = list(_saved_queries(address)), list(_boxes(address))
    groups = {"`search()`": functions, "saved query over HTTP": saved, "Datasette's box over HTTP": box}
    head = ("what was typed", "found", "p50 ms", "p95 ms")
    tables = (f"{_together(name, group)}\n\n{table(head, _rows(group))}" for name, group in groups.items())
    title = f"# Searching {db.table('articles').count:,} articles\n\nOn {machine()}.\n{software()}."
    return "\n\n".join(filter(None, (title, made, _checks(db), *tables)))


def _make(folder: Path, articles: int) -> str:
    say(f"making {articles:,} articles")
    db = open_archive(folder)
    size = fill(db, articles)
    before = _used(db)
    seconds = _seconds(lambda: index(db))
    grown = _used(db) - before
    return (
        f"{size / 1e6:,.0f} MB of text. The index was made in {seconds:,.0f} s ({articles / seconds:,.0f} articles a"
        f" second) and takes {grown / 1e6:,.0f} MB, {grown / size:.2f} times the text."
    )


def _checks(db: Database) -> str:
    say("checking the index")
    faults = list[str]()
    light = _seconds(lambda: faults.extend(faults_of_index(db)))
    deep = _seconds(lambda: faults.extend(faults_of_every_word(db)))
    return f"The check of the index takes {light:.0f} s, that of every word {deep:.0f} s; faults: {faults or 'none'}."


def _functions(db: Database) -> Iterator[Measured]:
    for typed in TYPED:
        yield _repeated(f"`{typed}`", lambda typed=typed: search(db.conn, typed).total)
    for typed, filters in FILTERED.items():
        given = ", ".join(each for each in (*filters.columns.values(), filters.first, filters.last) if each)
        name = f"`{typed}`" if typed else "nothing"
        yield _repeated(f"{name}, {given}", lambda t=typed, f=filters: search(db.conn, t, f).total)


def _saved_queries(address: str) -> Iterator[Measured]:
    for typed in TYPED:
        asked = f"{address}archive/search.json?_shape=array&q={urllib.parse.quote(typed)}"
        yield _repeated(f"`{typed}`", lambda asked=asked: len(_json(asked)))


def _boxes(address: str) -> Iterator[Measured]:
    for typed in TYPED:
        asked = f"{address}archive/articles.json?_search={urllib.parse.quote(typed)}"
        yield _repeated(f"`{typed}`", lambda asked=asked: _json(asked)["filtered_table_rows_count"])


def _json(address: str):
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def _repeated(name: str, ask: Callable[[], int]) -> Measured:
    return Measured(name, ask(), [1000 * _seconds(ask) for _ in range(ROUNDS)])


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _rows(group: Sequence[Measured]) -> list[tuple[str, ...]]:
    return [
        (each.name, f"{each.found:,}", *(f"{_percentile(each.milliseconds, p):.0f}" for p in (50, 95)))
        for each in group
    ]


def _together(name: str, group: Sequence[Measured]) -> str:
    of_all = partial(_percentile, [each for measured in group for each in measured.milliseconds])
    verdict = "reached" if of_all(95) < LONGEST_MS else "missed"
    return f"{name}: p50 {of_all(50):.0f} ms, p95 {of_all(95):.0f} ms (goal: {LONGEST_MS} ms, {verdict})"


def _percentile(times: Sequence[float], percent: int) -> float:
    return quantiles(times, n=100, method="inclusive")[percent - 1]


def _used(db: Database) -> int:
    """Bytes of the file that hold something."""
    pages, free, size = (
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    line = [sys.executable, "-m", "archiver", "serve", "--data", str(folder), "--port", "0", "--json"]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield json.loads(server.stdout.readline())["url"]
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
