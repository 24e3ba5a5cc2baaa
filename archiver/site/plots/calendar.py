"""Days as squares: a column a week, Monday on top; half a year in a piece, so that two stand side by side, or below."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from archiver.site.plots.days import Day, month_after
from archiver.site.plots.svg import HATCHES, Caption, figure, tag, text

_PITCH, _SIDE = 11, 10
_HEAD = 14  # for the names of the months
_WEEKS = 28  # the most that half a year touches
_SHADES = 4  # where fewer are used, those in the middle


@dataclass(frozen=True, slots=True)
class Look:
    """How a calendar counts and speaks: from which count on each shade is used, and what a day says when pointed at."""

    shades: Sequence[int]
    says: Callable[[Day], str]
    month: Callable[[int], str]


def half_year(caption: Caption, first: date, days: Mapping[date, Day], look: Look) -> str:
    """The six months from a day on. Days that are not among `days` are left white: nothing is to be said of them yet.

    A day without publications that was seen is plain; one that nobody saw is hatched; one before the first look, or
    after the last, has an outline only.
    """
    own = list(_days(first, days))
    kinds = [kind for kind in HATCHES if any(day.kind == kind for day, _ in own)]
    months = [first]
    for _ in range(5):
        months.append(month_after(months[-1]))
    content = [
        *(_month(month, first, look) for month in months),
        *_squares([place for day, place in own if day.count == 0 and day.kind == "outside"], "outside"),
        *_squares([place for day, place in own if day.count == 0 and day.kind != "outside"], "quiet"),
        *(_counted(day, place, look) for day, place in own if day.count),
        *(veil for kind in kinds for veil in _veil(caption, kind, [place for day, place in own if day.kind == kind])),
    ]
    size = f"0 0 {_WEEKS * _PITCH} {_HEAD + 7 * _PITCH}"
    return figure(caption, content, kinds, class_="calendar", viewBox=size)


def shade(look: Look, count: int) -> str:
    """The class of a day that counts so many.

    >>> shade(Look([1, 2, 5], str, str), 4), shade(Look([1], str, str), 4)
    ('shade-2', 'shade-2')
    """
    return f"shade-{bisect_right(look.shades, count) + (_SHADES - len(look.shades)) // 2}"


def _days(first: date, days: Mapping[date, Day]) -> Iterator[tuple[Day, tuple[int, int]]]:
    last = month_after(month_after(month_after(month_after(month_after(month_after(first))))))
    for number in range(first.toordinal(), last.toordinal()):
        day = date.fromordinal(number)
        if day in days:
            yield days[day], _place(day, first)


def _place(day: date, first: date) -> tuple[int, int]:
    week = (day.toordinal() - first.toordinal() + first.weekday()) // 7
    return week * _PITCH, _HEAD + day.weekday() * _PITCH


def _month(month: date, first: date, look: Look) -> str:
    return tag("text", text(look.month(month.month)), x=_place(month, first)[0], y=10)


def _squares(places: Sequence[tuple[int, int]], name: str) -> Iterator[str]:
    """Many squares that need no words of their own, in one path."""
    if places:
        yield tag("path", class_=name, d=_path(places))


def _veil(caption: Caption, kind: str, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The hatch over days of a kind; what lies below it can be pointed at."""
    yield tag("path", class_="veil", fill=f"url(#{caption.name}-{kind})", d=_path(places))


def _path(places: Sequence[tuple[int, int]]) -> str:
    return "".join(f"M{x} {y}h{_SIDE}v{_SIDE}h-{_SIDE}z" for x, y in places)


def _counted(day: Day, place: tuple[int, int], look: Look) -> str:
    return _square(place, tag("title", text(look.says(day))), class_=shade(look, day.count))


def _square(place: tuple[int, int], *children: str, **more: object) -> str:
    return tag("rect", *children, x=place[0], y=place[1], width=_SIDE, height=_SIDE, **more)
