"""What a figure is, and what all of them are made with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from archiver.site.plots.days import KINDS, Day, Span, spans
from archiver.site.plots.svg import HATCHES, Caption
from archiver.site.wording import Words

Row = dict[str, Any]

_FIRST_WEBSITES = "1997-01-01"  # the country went online that year; an earlier day is a slip
_SLACK = timedelta(days=31)  # a day so far ahead of the last look may still be meant


@dataclass(frozen=True, slots=True)
class Piece:
    """One drawing of a figure, and what stands beside it."""

    svg: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a figure."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot of one portal. Its texts are "plot.NAME.title" and "plot.NAME.not" in the catalogue."""

    name: str
    pieces: Sequence[Piece]
    legend: Sequence[tuple[str, str]]  # class and words
    table: Table
    remark: str | None = None


@dataclass(frozen=True)
class Story:
    """What is known of a portal day by day: rows of the saved query "publications_by_day", of one portal."""

    rows: Sequence[Row]

    @cached_property
    def days(self) -> dict[date, Day]:
        """Every day from the first that is known to the last; of those between of which nobody knows, just that."""
        told = {date.fromisoformat(row["day"]): row for row in self.rows if self._is_likely(row)}
        found = {}
        for number in range(min(told).toordinal(), max(told).toordinal() + 1) if told else ():
            day = date.fromordinal(number)
            row = told.get(day, {})
            found[day] = Day(day, KINDS[row.get("coverage")], row.get("articles", 0))
        return found

    @cached_property
    def beyond(self) -> int:
        """How many articles carry a day that cannot be: of another century, or long after the last look."""
        return sum(row["articles"] for row in self.rows if not self._is_likely(row))

    @cached_property
    def watched(self) -> list[Day]:
        """The days from the first look to the last."""
        return [day for day in self.days.values() if day.kind != "outside"]

    @cached_property
    def spans(self) -> list[Span]:
        """The same, taken together."""
        return list(spans(self.watched))

    def _is_likely(self, row: Row) -> bool:
        return bool(_FIRST_WEBSITES <= row["day"] <= self._latest)

    @cached_property
    def _latest(self) -> str:
        last = max((row["day"] for row in self.rows if row["coverage"]), default=None)
        return (date.fromisoformat(last) + _SLACK).isoformat() if last else "9999"


def caption(words: Words, name: str, number: str = "", **values: object) -> Caption:
    """The caption of a figure's drawing; `number` tells several drawings of one figure apart."""
    return Caption(f"{name}{number}", words.t(f"plot.{name}.title"), words.t(f"plot.{name}.desc", **values))


def kinds_of(days: Iterable[Day], words: Words) -> list[tuple[str, str]]:
    """The part of a legend that explains the hatches which are met."""
    met = {day.kind for day in days}
    return [(kind, words.kind(kind)) for kind in HATCHES if kind in met]


def remark_of(story: Story, words: Words) -> str | None:
    """What a plot over the articles' own days leaves out."""
    return words.t("plot.beyond", count=story.beyond) if story.beyond else None
