"""Serving a large archive, against plain Datasette on the same articles: both asked in turn, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from sqlite_utils import Database

from archiver.store.databases.opening import open_archive
from bench import plain_datasette
from bench.progress import say
from bench.search_corpus import fill, index
from bench.served import Site, served
from bench.serving_corpus import tell_more

SEARCHES = {
    "common search": "my+hao",
    "rare search": "li%E1%BB%87t+s%C4%A9",
    "search for a name": "%C4%90%C3%A0o+Quang+Minh",
}
TABLE = "archive/articles"  # has these two facets by itself; asked for once more, Datasette would count them twice
PLAIN_TABLE = "plain/articles?_facet=section&_facet=web_status"
PAGES = {
    "home page": ("", ""),
    "table with two facets": (TABLE, PLAIN_TABLE),
    **{name: (f"{TABLE}?_search={words}", f"{PLAIN_TABLE}&_search={words}") for name, words in SEARCHES.items()},
    "article": ("a/{key}", "plain/articles/{key}"),
}
"""What both have, ours first; {key} is another article each time."""
ALONE = {
    "search page": f"search?q={SEARCHES['common search']}",
    "plots": "plots",
    "article as JSON": "a/{key}.json",
    "history of an article": "a/{key}/history",
    "edits": "edits",
    "disappearances": "missing",
    "coverage": "coverage",
    "lists": "lists",
}
_STEP = 7_919  # from one article to the next that is asked for: a prime, so that none comes twice
_TIMED_OUT = re.compile(rb"These facets timed out:[^<]*")
_ROWS = re.compile(rb"<h3>\s*([\d,]+)\s+rows?\b")


@dataclass(slots=True)
class Timed:
    """One page: milliseconds of every answer, of ours and, where it has the page, of plain Datasette."""

    page: str
    ours: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    first: float = 0.0  # milliseconds of ours when it was asked for first
    spent: float = 0.0  # seconds of a processor for all answers, of ours
    plain_spent: float = 0.0
    timed_out: int = 0  # of plain's answers, those that say so of a facet
    rows: int | None = None  # that ours says to have found, where the page says so
    plain_rows: int | None = None

    @property
    def ratio(self) -> float:
        """How many times as fast ours is, in the median."""
        return median(self.plain) / median(self.ours)


@dataclass(slots=True)
class Served:
    """All that was measured at one size; seconds, bytes, megabytes."""

    articles: int
    text: int
    index_seconds: float
    index_size: int
    plain_seconds: float
    plain_size: int
    pages: dict[str, Timed] = field(default_factory=dict)
    peak_mb: float = 0.0
    plain_peak_mb: float = 0.0


def measure(folder: Path, articles: int, rounds: int) -> Served:
    """Make both archives, serve both, and ask for every page as often as there are rounds, and once before."""
    found = _made(folder, articles)
    ask(folder, found, rounds)
    return found


def ask(folder: Path, found: Served, rounds: int) -> None:
    """Serve what was made, and note what the answers took."""
    with _ours(folder) as ours, plain_datasette.plain_site(folder / plain_datasette.FILE) as plain:
        for number in range(rounds + 1):
            say(f"asking {found.articles:,} articles, round {number} of {rounds}")
            for timed in _round(ours, plain, _key(number, found.articles)):
                _add(found.pages, timed, is_first=not number)
        found.peak_mb, found.plain_peak_mb = ours.peak_mb(), plain.peak_mb()


def _made(folder: Path, articles: int) -> Served:
    say(f"making {articles:,} articles")
    db = open_archive(folder)
    text = fill(db, articles)
    tell_more(db)
    before = _used(db)
    say(f"indexing {articles:,} articles")
    seconds = _seconds(lambda: index(db))
    size = _used(db) - before
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.close()
    say("making the same for plain Datasette")
    file = plain_datasette.copy(folder / "archive.db", folder)
    without = file.stat().st_size
    plain_seconds = _seconds(lambda: plain_datasette.index(file))
    return Served(articles, text, seconds, size, plain_seconds, file.stat().st_size - without)


@contextmanager
def _ours(folder: Path) -> Iterator[Site]:
    with served(["-m", "archiver", "serve", "--data", str(folder)]) as site:
        yield site


def _round(ours: Site, plain: Site, key: str) -> Iterator[Timed]:
    """Every page once, ours and plain's in turn."""
    for page, (own_path, plain_path) in PAGES.items():
        own, spent, shown = _asked(ours, own_path, key)
        other, plain_spent, answer = _asked(plain, plain_path, key)
        found = bool(_TIMED_OUT.search(answer)), _rows(shown), _rows(answer)
        yield Timed(page, [own], [other], own, spent, plain_spent, *found)
    for page, path in ALONE.items():
        own, spent, _ = _asked(ours, path, key)
        yield Timed(page, [own], [], own, spent)


def _asked(site: Site, path: str, key: str) -> tuple[float, float, bytes]:
    """Milliseconds, seconds of a processor, and what is answered."""
    before, started = site.processor_seconds(), perf_counter()
    answer = site.ask(path.format(key=key))
    return 1000 * (perf_counter() - started), site.processor_seconds() - before, answer


def _rows(answer: bytes) -> int | None:
    found = _ROWS.search(answer)
    return int(found[1].replace(b",", b"")) if found else None


def _add(pages: dict[str, Timed], timed: Timed, *, is_first: bool) -> None:
    whole = pages.setdefault(timed.page, Timed(timed.page))
    if is_first:
        whole.first = timed.first
        return
    whole.ours += timed.ours
    whole.plain += timed.plain
    whole.spent += timed.spent
    whole.plain_spent += timed.plain_spent
    whole.timed_out += timed.timed_out
    whole.rows, whole.plain_rows = timed.rows, timed.plain_rows


def _key(number: int, articles: int) -> str:
    return f"k{number * _STEP % articles:09d}"


def percentile(times: Sequence[float], percent: int) -> float:
    """Of a few measurements; the median is the 50th."""
    return quantiles(times, n=100, method="inclusive")[percent - 1] if len(times) > 1 else times[0]


def _used(db: Database) -> int:
    """Bytes of the file that hold something."""
    pages, free, size = (
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
