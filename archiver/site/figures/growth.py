"""How large the archive's two files were, along time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from archiver.site.figures.figure import Figure, Piece, Row, Table, caption
from archiver.site.figures.periods import period_name, periods
from archiver.site.plots.timeline import Axis, Column, columns
from archiver.site.wording import Words

NAME = "growth"
QUERY = "growth_by_day"
Sizes = tuple[int, int]  # bytes of captures.db and of archive.db


def growth(rows: Iterable[Row], words: Words) -> Figure:
    """`rows` are those of the saved query "growth_by_day", the earliest first."""
    found = {date.fromisoformat(row["day"]): (row["captures_bytes"], row["archive_bytes"]) for row in rows}
    own = list(_columns(found, words))
    pieces = []
    if own:
        axis = Axis(own[0].begin, own[-1].end)
        pieces = [Piece(columns(caption(words, NAME), axis, own, (), words.bytes))]
    table = Table(
        [words.t("plot.day"), "captures.db", "archive.db"],
        [
            [period_name(column.begin, column.end, words), *(words.bytes(part) for part in column.parts)]
            for column in reversed(own)
        ],
    )
    return Figure(NAME, pieces, [("part-1", "captures.db"), ("part-2", "archive.db")], table)


def _columns(found: Mapping[date, Sizes], words: Words) -> Iterator[Column]:
    """For each period how large they were at its end: as the last run before noted."""
    if not found:
        return
    days = sorted(found)
    for begin, end in periods(days[0], days[-1]):
        sizes = found[max(day for day in days if day < end)]
        yield Column(begin, end, sizes, _says(begin, end, sizes, words))


def _says(begin: date, end: date, sizes: Sizes, words: Words) -> str:
    captures, archive = (words.bytes(size) for size in sizes)
    return f"{period_name(begin, end, words)}: captures.db {captures}, archive.db {archive}"
