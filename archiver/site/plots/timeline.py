"""Columns along time, over hatched spells in which nobody saw the portal; and those spells alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archiver.site.plots.days import Span
from archiver.site.plots.scales import dates, ticks
from archiver.site.plots.svg import HATCHES, Caption, figure, hatched, percent, tag, text

_TOP, _HEIGHT, _FOOT = 16, 150, 20  # pixels: above the columns, the highest column, the names of the days
_STRIP = 26
_GAP = 0.12  # of a column's width
_WIDEST = 0.15  # of the plot: a single year is no wall


@dataclass(frozen=True, slots=True)
class Column:
    """What is counted from a day on, up to the day before `end`; in parts that stand one on the other."""

    begin: date
    end: date
    parts: tuple[int, ...]
    says: str
    link: str | None = None  # where a click on it leads


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from the left edge to the right one, and a day to be marked: the first look at the portal.

    `named` are the days that are named below; without them a few round ones are.
    """

    begin: date
    end: date
    mark: tuple[date, str] | None = None
    named: tuple[tuple[date, str], ...] = ()

    def at(self, day: date) -> float:
        """Where a day is, from 0 to 1."""
        inside = min(max(day, self.begin), self.end)
        return (inside - self.begin).days / max((self.end - self.begin).days, 1)


def columns(
    caption: Caption, axis: Axis, own: Sequence[Column], spans: Sequence[Span], said: Callable[[int], str] = str
) -> str:
    """Columns over time. The first part stands at the bottom, with the class part-1, the next is part-2.

    `said` is how the numbers of the axis are written.
    """
    marks = ticks(max((sum(column.parts) for column in own), default=0))
    height = _TOP + _HEIGHT + _FOOT
    role = {"role": "group"} if any(column.link for column in own) else {}  # within an image, links would be hidden
    content = [
        *hatches(caption, axis, spans, _TOP, _HEIGHT),
        *_grid(marks),
        *(part for column in own for part in _linked(column, list(_column(axis, column, marks[-1])))),
        *labels(((mark, _level(mark, marks)) for mark in marks), said),
        *_mark(axis),
        *names(axis, height - 5),
    ]
    return figure(caption, content, kinds(spans), class_="timeline with-labels", width="100%", height=height, **role)


def strip(caption: Caption, axis: Axis, spans: Sequence[Span]) -> str:
    """Only whether the portal was seen: a band, plain where it was, hatched where it was not."""
    seen = (
        tag("rect", class_="seen", y=0, height=_STRIP, **_across(axis, span.begin, span.end))
        for span in spans
        if span.kind == "seen"
    )
    content = [*seen, *hatches(caption, axis, spans, 0, _STRIP), *names(axis, _STRIP + 15)]
    return figure(caption, content, kinds(spans), class_="timeline strip", width="100%", height=_STRIP + _FOOT)


def kinds(spans: Sequence[Span]) -> list[str]:
    """The kinds of days that are hatched."""
    return [kind for kind in HATCHES if any(span.kind == kind for span in spans)]


def hatches(caption: Caption, axis: Axis, spans: Sequence[Span], top: int, height: int) -> Iterator[str]:
    """What was not seen, as far as it is within the axis."""
    for span in spans:
        if span.kind in HATCHES and span.end > axis.begin and span.begin < axis.end:
            yield hatched(caption, span.kind, y=top, height=height, **_across(axis, span.begin, span.end))


def _across(axis: Axis, begin: date, end: date) -> dict[str, str]:
    left, right = axis.at(begin), axis.at(end)
    return {"x": percent(left, 1), "width": percent(right - left, 1)}


def _grid(marks: Sequence[int]) -> Iterator[str]:
    for mark in marks:
        yield tag("line", class_="grid", x1=0, x2="100%", y1=_level(mark, marks), y2=_level(mark, marks))


def labels(own: Iterable[tuple[int, float]], said: Callable[[int], str] = str) -> Iterator[str]:
    """What the lines at these heights stand for, left of the plot: plots.css leaves room for it."""
    for mark, y in own:
        yield tag("text", text(said(mark)), class_="label", x=0, dx=-6, y=y + 4, text_anchor="end")


def _level(mark: int, marks: Sequence[int]) -> float:
    return _TOP + _HEIGHT * (1 - mark / marks[-1])


def _linked(column: Column, parts: Sequence[str]) -> Iterator[str]:
    if column.link and parts:
        yield tag("a", *parts, href=column.link, aria_label=column.says)
    else:
        yield from parts


def _column(axis: Axis, column: Column, most: int) -> Iterator[str]:
    """The parts of a column, each with the words of the whole; in the middle of its days where they are many."""
    left, right = axis.at(column.begin), axis.at(column.end)
    wide = min((1 - _GAP) * (right - left), _WIDEST)
    bottom = float(_TOP + _HEIGHT)
    for number, part in enumerate(column.parts, 1):
        tall = _HEIGHT * part / most
        bottom -= tall
        if part:
            place = {"x": percent((left + right - wide) / 2, 1), "width": percent(wide, 1)}
            says = tag("title", text(column.says))
            yield tag("rect", says, class_=f"part-{number}", y=bottom, height=tall, **place)


def _mark(axis: Axis) -> Iterator[str]:
    if axis.mark and axis.begin < axis.mark[0] <= axis.end:
        x = axis.at(axis.mark[0])
        yield tag("line", class_="mark", x1=percent(x, 1), x2=percent(x, 1), y1=_TOP - 12, y2=_TOP + _HEIGHT)
        anchor, beside = ("end", -4) if x > 0.5 else ("start", 4)  # the half with more room
        yield tag("text", text(axis.mark[1]), class_="mark", x=percent(x, 1), dx=beside, y=10, text_anchor=anchor)


def names(axis: Axis, y: int) -> Iterator[str]:
    """A few days below the plot."""
    for day, name in axis.named or dates(axis.begin, axis.end):
        x = axis.at(day)
        anchor = "start" if x < 0.04 else "end" if x > 0.96 else "middle"  # kept within the plot
        yield tag("text", text(name), class_="when", x=percent(x, 1), y=y, text_anchor=anchor)
