"""Searching an archive: the best articles for what was typed, how many there are, and in which years.

A word in the title counts for more than one in the lead, that for more than one in the text, and that for more than one
in an attached file. Of more than 5,000 articles only the newest 5,000 are ranked.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from archiver.store.search.columns import expression
from archiver.store.search.filters import Filters, year_of
from archiver.store.search.hits import Hit, first_lines, marked_hits
from archiver.store.search.schema import DAY_BITS
from archiver.vietnamese.search_query import Query, read_query
from archiver.vietnamese.search_typed import without_marks

Sort = Literal["rank", "newest"]

MOST_RANKED = 5_000

# A word in the title is worth ten times what it can be elsewhere, however long the article; in the lead, four times.
_SCORE = " + ".join(
    f"{factor} * bm25(articles_fts, {weights}, {weights})"
    for factor, weights in ((10, "1000, 0, 0, 0"), (4, "0, 1000, 0, 0"), (1, "3, 2, 1, 0.3"))
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    is_cut: bool  # more were found than are ranked: only the newest 5,000 are
    years: tuple[tuple[int | None, int], ...]  # newest first, whatever period was asked for; null: without a day
    more_without_marks: int  # how many more would be found if no mark had been typed
    without_marks: str  # the query as it is typed then
    not_understood: tuple[str, ...]  # what was given as a period and is none


def search(
    connection: sqlite3.Connection,
    typed: str,
    filters: Filters | None = None,
    sort: Sort = "rank",
    *,
    limit: int = 20,
    offset: int = 0,
    abbreviations: bool = True,
) -> Found:
    """Find articles in archive.db by what was typed, in the way of `search_query`; nothing that is typed is an error.

    Where nothing is typed, all articles that pass the filters are given, the newest first.
    """
    with _one_state(connection):
        return _search(connection, typed, filters or Filters(), sort, (max(0, limit), max(0, offset)), abbreviations)


def _search(
    connection: sqlite3.Connection,
    typed: str,
    filters: Filters,
    sort: Sort,
    window: tuple[int, int],
    abbreviations: bool,
) -> Found:
    query = read_query(typed, abbreviations=abbreviations)
    asked = _Asked(connection, filters, expression(query) if typed.strip() else None)
    days = asked.days()
    total = asked.within_period(days)
    is_ranked = sort == "rank" and asked.match is not None
    numbers = (asked.best if is_ranked else asked.newest)(*window)
    loose = read_query(typed, marks=False, abbreviations=abbreviations)
    return Found(
        query,
        first_lines(connection, numbers) if asked.match is None else marked_hits(connection, query, numbers),
        total,
        is_ranked and total > MOST_RANKED,
        _years(days),
        asked.more(loose) if query.is_marked else 0,
        without_marks(typed),
        filters.not_understood,
    )


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the file, although it is asked several times and others may write to it."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def _years(days: Mapping[int, int]) -> tuple[tuple[int | None, int], ...]:
    years = Counter[int | None]()
    for day, count in days.items():
        years[year_of(day << DAY_BITS)] += count
    return tuple(sorted(years.items(), key=lambda each: each[0] or 0, reverse=True))


@dataclass(slots=True)
class _Asked:
    """An expression and filters, asked of one archive. Without an expression: of all articles."""

    connection: sqlite3.Connection
    filters: Filters
    match: str | None
    values: dict[str, object] = field(init=False)

    def __post_init__(self) -> None:
        low, high = self.filters.numbers
        self.values = {"match": self.match, "low": low, "high": high, **self.filters.columns}

    @property
    def number(self) -> str:
        return "articles.search_number" if self.match is None else "articles_fts.rowid"

    @property
    def rows(self) -> str:
        """What to select from. The index comes first: it gives its articles in the order of their numbers."""
        conditions = [f"articles.{name} = :{name}" for name in self.filters.columns]
        if self.match is None:
            return f"FROM articles WHERE {' AND '.join(conditions or ['true'])}"
        joined = " CROSS JOIN articles ON articles.search_number = articles_fts.rowid" if conditions else ""
        return f"FROM articles_fts{joined} WHERE {' AND '.join(['articles_fts MATCH :match', *conditions])}"

    def days(self) -> dict[int, int]:
        """How many articles there are of each day (from 1970-01-01), whatever period is asked for."""
        query = f"SELECT {self.number} >> {DAY_BITS}, count(*) {self.rows} GROUP BY 1"
        return dict(self.connection.execute(query, self.values).fetchall())

    def within_period(self, days: Mapping[int, int]) -> int:
        """How many of them are of the period that is asked for."""
        low, high = self.filters.numbers
        return sum(count for day, count in days.items() if low >> DAY_BITS <= day <= high >> DAY_BITS)

    def more(self, loose: Query) -> int:
        """How many articles another reading of the query finds that this one does not."""
        other = _Asked(self.connection, self.filters, f"({expression(loose)}) NOT ({self.match})")
        return other.within_period(other.days())

    def newest(self, limit: int, offset: int) -> list[int]:
        """The numbers of the newest articles."""
        return self._numbers(
            f"SELECT {self.number} {self.rows} AND {self.number} BETWEEN :low AND :high"
            f" ORDER BY {self.number} DESC LIMIT :limit OFFSET :offset",
            limit,
            offset,
        )

    def best(self, limit: int, offset: int) -> list[int]:
        """The numbers of the best articles among the newest 5,000."""
        return self._numbers(
            f"""
            SELECT number FROM (
              SELECT articles_fts.rowid AS number, {_SCORE} AS score {self.rows}
                AND articles_fts.rowid BETWEEN :low AND :high ORDER BY articles_fts.rowid DESC LIMIT {MOST_RANKED})
            ORDER BY score, number DESC LIMIT :limit OFFSET :offset
            """,
            limit,
            offset,
        )

    def _numbers(self, query: str, limit: int, offset: int) -> list[int]:
        values = self.values | {"limit": limit, "offset": offset}
        return [number for (number,) in self.connection.execute(query, values).fetchall()]
