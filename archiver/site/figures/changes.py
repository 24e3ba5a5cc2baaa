"""Edits and disappearances over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from archiver.site.figures.figure import Figure, Piece, Row, Story, Table, caption, kinds_of
from archiver.site.figures.periods import period_name, periods
from archiver.site.plots.timeline import Axis, Column, columns
from archiver.site.wording import Words

NAME = "changes"
Changes = dict[date, tuple[int, int]]


def changes(story: Story, rows: Iterable[Row], words: Words) -> Figure:
    """`rows` are those of the saved query "changes_by_day", of one portal."""
    found = {date.fromisoformat(row["day"]): (row["edits"], row["disappearances"]) for row in rows}
    own = list(_columns(found, words))
    pieces = [Piece(columns(caption(words, NAME), Axis(own[0].begin, own[-1].end), own, story.spans))] if own else []
    legend = [("part-1", words.t("plot.edits")), ("part-2", words.t("plot.disappearances"))]
    table = Table(
        [words.t("plot.day"), words.t("plot.edits"), words.t("plot.disappearances")],
        [
            [period_name(column.begin, column.end, words), *column.parts]
            for column in reversed(own)
            if any(column.parts)
        ],
    )
    return Figure(NAME, pieces, legend + kinds_of(story.watched, words), table)


def _columns(found: Changes, words: Words) -> Iterator[Column]:
    if not found:
        return
    first, last = min(found), max(found)
    for begin, end in periods(first, last):
        own = [parts for day, parts in found.items() if begin <= day < end]
        parts = (sum(each[0] for each in own), sum(each[1] for each in own))
        yield Column(begin, end, parts, _says(begin, end, parts, words))


def _says(begin: date, end: date, parts: tuple[int, int], words: Words) -> str:
    edits, gone = parts
    return f"{period_name(begin, end, words)}: {words.t('plot.changes.says', edits=edits, gone=gone)}"
