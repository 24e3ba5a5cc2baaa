"""What finding the same news twice costs, in a large archive of made-up articles; prints a table.

    python -m bench.twice [ARTICLES] [FOLDER]       100,000 articles by default

Of ten articles two are notices on one of three templates (power cuts, receptions, weather), one in forty is a copy of
an earlier article under another lead; all others are made of syllables as often as in real texts. They come in no order
of days. Processor time, of the comparison alone. It takes a quarter of an hour and 0.5 GB of disk, and is no part of
`make bench`; its last figures are in TWICE.md.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from sqlite_utils import Database

from archiver.store.databases.opening import insert, open_archive_file, writing
from archiver.store.search.index import take_down
from archiver.store.twice.linking import link, link_anew
from bench.search_corpus import sentences
from bench.table import table
from tests.store.twice.labelled import notice

_FIRST_DAY, _DAYS = date(2013, 1, 1), 4_000
_AT_ONCE = 500  # articles in a transaction
_TABLES = ("same_news", "same_news_places", "same_news_marks")


class _Article(NamedTuple):
    key: str
    what: str  # "other news", "notice", "copy"
    day: str
    title: str
    body: str


def main(count: int, folder: Path) -> None:
    """Put articles into an archive one by one and compare each with those before it."""
    db = open_archive_file(folder / "archive.db")
    with writing(db):
        take_down(db)
        insert(db, "portals", {"portal": "mot", "name": "mot"})
    articles = list(_articles(count))
    spent = _put(db, articles)
    steps = [size for size in (1_000, 10_000, 30_000, count) if size <= count]
    rows = [(f"{size:,}", *_cost(articles, spent, size)) for size in dict.fromkeys(steps)]
    print(table(("articles", "all", "other news", "notices", "copies", "slowest 1 %"), rows))
    print(_sizes(db, count))
    print(_kinds(db, articles))
    start = time.process_time()
    with writing(db):
        link_anew(db)
    print(f"all anew: {(time.process_time() - start) / count * 1000:.2f} ms an article")


def _put(db: Database, articles: list[_Article]) -> list[float]:
    """Milliseconds of a processor that comparing each article took."""
    spent = []
    for start in range(0, len(articles), _AT_ONCE):
        with writing(db):
            for article in articles[start : start + _AT_ONCE]:
                shared = {"article_key": article.key, "title": article.title}
                insert(db, "revisions", shared | {"number": 1, "cause": "first", "body": article.body})
                insert(db, "articles", shared | {"portal": "mot", "published_on": article.day, "revision_count": 1})
                begun = time.process_time()
                link(db, article.key)
                spent.append((time.process_time() - begun) * 1000)
    return spent


def _cost(articles: list[_Article], spent: list[float], size: int) -> Iterator[str]:
    """Of the last thousand articles before a size: the mean of all, and the median by what they are."""
    last = list(zip(articles, spent, strict=True))[max(0, size - 1_000) : size]
    yield f"{sum(took for _, took in last) / len(last):.2f} ms"
    for what in ("other news", "notice", "copy"):
        yield f"{median(took for article, took in last if article.what == what):.2f} ms"
    yield f"{quantiles([took for _, took in last], n=100)[-1]:.2f} ms"


def _sizes(db: Database, count: int) -> str:
    sizes = dict(
        db.execute(
            "SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_master USING (name) GROUP BY tbl_name"
        ).fetchall()
    )
    parts = ", ".join(f"{name} {sizes[name] / count:,.0f}" for name in _TABLES)
    return f"bytes an article: {parts}; revisions {sizes['revisions'] / count:,.0f}"


def _kinds(db: Database, articles: list[_Article]) -> str:
    what = {article.key: article.what for article in articles}
    links = db.execute("SELECT article_key, other_key FROM same_news WHERE article_key < other_key").fetchall()
    of_copies = {key for pair in links for key in pair if what[key] == "copy"}
    wrong = sum("copy" not in {what[key] for key in pair} for pair in links)
    copies = sum(kind == "copy" for kind in what.values())
    return f"links: {len(links):,}; of {copies:,} copies {len(of_copies):,} are linked; links between others: {wrong:,}"


def _articles(count: int) -> Iterator[_Article]:
    dice, text = random.Random(7), sentences(random.Random(8))
    kept: list[str] = []
    for number in range(count):
        chance = dice.random()
        if chance < 0.2:
            what, body = "notice", notice(dice)
        elif chance < 0.225 and kept:
            what, body = "copy", f"{text(40)}\n\n{dice.choice(kept)}"
        else:
            what, body = "other news", text(max(80, round(dice.gauss(400, 150))))
            kept.append(body)
        day = _FIRST_DAY + timedelta(days=dice.randrange(_DAYS))
        yield _Article(f"k{number:09d}", what, day.isoformat(), text(9).capitalize(), body)


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as place:
        main(size, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(place))
