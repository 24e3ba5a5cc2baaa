"""A calendar of publications: which day carries how many articles, and which days nobody saw."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from archiver.site.figures.figure import Figure, Piece, Story, Table, caption, kinds_of, remark_of
from archiver.site.plots.calendar import Look, half_year, shade
from archiver.site.plots.days import Day
from archiver.site.plots.scales import shades
from archiver.site.wording import Words

NAME = "calendar"
FEW_YEARS = 6
_LONGEST_MONTH = range(1, 32)


def calendar(story: Story, words: Words, years: int | None = FEW_YEARS) -> Figure:
    """The newest years, each in two halves; all of them if `years` is null."""
    days = story.days
    shown = sorted({day.year for day in days}, reverse=True)[:years]
    look = Look(shades(day.count for day in days.values()), lambda day: _says(day, words), words.month)
    begun = {(day.year, 2 if day.month > 6 else 1) for day in days}
    pieces = [Piece("".join(_halves(year, days, look, words, begun)), str(year)) for year in shown]
    return Figure(NAME, pieces, _legend(look, days, words), _table(days, shown, words), remark_of(story, words))


def _halves(
    year: int, days: Mapping[date, Day], look: Look, words: Words, begun: Container[tuple[int, int]]
) -> Iterator[str]:
    for half in (1, 2):
        if (year, half) in begun:
            name = caption(words, NAME, f"-{year}-{half}", year=str(year), half=half)
            yield half_year(name, date(year, 6 * half - 5, 1), days, look)


def _says(day: Day, words: Words) -> str:
    count = words.t("plot.articles", count=day.count)
    return f"{words.day(day.day)}: {count}{'' if day.kind == 'seen' else f' ({words.kind(day.kind)})'}"


def _legend(look: Look, days: Mapping[date, Day], words: Words) -> list[tuple[str, str]]:
    ends = [*(least - 1 for least in look.shades[1:]), None]
    amounts = [
        (shade(look, least), words.t("plot.amount", amount=_range(least, most)))
        for least, most in zip(look.shades, ends, strict=True)
    ]
    return [("quiet", words.t("plot.quiet")), *amounts, *kinds_of(days.values(), words),
            ("outside", words.t("plot.outside"))]  # fmt: skip


def _range(least: int, most: int | None) -> str:
    """Amounts that have one shade.

    >>> _range(1, 1), _range(2, 4), _range(5, None)
    ('1', '2–4', '5+')
    """
    return f"{least}+" if most is None else str(least) if most == least else f"{least}–{most}"


def _table(days: Mapping[date, Day], years: Sequence[int], words: Words) -> Table:
    """A row a month, a column for each day of it."""
    months = [(year, month) for year in years for month in range(1, 13)]
    rows = [[f"{month:02}/{year}", *_cells(days, year, month)] for year, month in months]
    return Table([words.t("plot.month"), *map(str, _LONGEST_MONTH)], [row for row in rows if any(row[1:])])


def _cells(days: Mapping[date, Day], year: int, month: int) -> list[str]:
    """How many articles each day carries; 0 only where it was seen, × behind what was not."""
    own = [days.get(date(year, month, number)) for number in range(1, monthrange(year, month)[1] + 1)]
    cells = ["" if day is None else _cell(day) for day in own]
    return cells + [""] * (len(_LONGEST_MONTH) - len(cells))


def _cell(day: Day) -> str:
    amount = str(day.count) if day.count or day.kind == "seen" else ""
    return amount + ("" if day.kind in ("seen", "outside") else "×")
