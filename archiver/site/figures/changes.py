"""Edits and disappearances over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from archiver.site.figures.figure import Figure, Piece, Row, Story, Table, caption, kinds_of
from archiver.site.plots.days import month_after
from archiver.site.plots.timeline import Axis, Column, columns
from archiver.site.wording import Words

NAME = "changes"
_DAYS, _WEEKS = 62, 730  # up to so many days each has a column, or each week; above that, each month
Changes = dict[date, tuple[int, int]]


def changes(story: Story, rows: Iterable[Row], words: Words) -> Figure:
    """`rows` are those of the saved query "changes_by_day", of one portal."""
    found = {date.fromisoformat(row["day"]): (row["edits"], row["disappearances"]) for row in rows}
    own = list(_columns(found, words))
    pieces = [Piece(columns(caption(words, NAME), Axis(own[0].begin, own[-1].end), own, story.spans))] if own else []
    legend = [("part-1", words.t("plot.edits")), ("part-2", words.t("plot.disappearances"))]
    table = Table(
        [words.t("plot.day"), words.t("plot.edits"), words.t("plot.disappearances")],
        [[_name(column, words), *column.parts] for column in reversed(own) if any(column.parts)],
    )
    return Figure(NAME, pieces, legend + kinds_of(story.watched, words), table)


def _columns(found: Changes, words: Words) -> Iterator[Column]:
    if not found:
        return
    first, last = min(found), max(found)
    begin = _begin(first, (last - first).days)
    while begin <= last:
        end = _next(begin, (last - first).days)
        own = [parts for day, parts in found.items() if begin <= day < end]
        parts = (sum(each[0] for each in own), sum(each[1] for each in own))
        yield Column(begin, end, parts, _says(begin, end, parts, words))
        begin = end


def _begin(first: date, length: int) -> date:
    """The first day of the day, the week or the month of a day.

    >>> [_begin(date(2025, 7, 4), length).isoformat() for length in (30, 300, 3000)]
    ['2025-07-04', '2025-06-30', '2025-07-01']
    """
    if length < _DAYS:
        return first
    return first - timedelta(days=first.weekday()) if length < _WEEKS else first.replace(day=1)


def _next(begin: date, length: int) -> date:
    return begin + timedelta(days=1 if length < _DAYS else 7) if length < _WEEKS else month_after(begin)


def _says(begin: date, end: date, parts: tuple[int, int], words: Words) -> str:
    edits, gone = parts
    return f"{_span(begin, end, words)}: {words.t('plot.changes.says', edits=edits, gone=gone)}"


def _name(column: Column, words: Words) -> str:
    return _span(column.begin, column.end, words)


def _span(begin: date, end: date, words: Words) -> str:
    return words.days(begin, end - timedelta(days=1))
