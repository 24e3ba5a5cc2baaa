"""How many articles a search finds by year, over the days on which nobody saw the portal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from archiver.site.figures.figure import Figure, Piece, Row, Story, Table, caption, kinds_of
from archiver.site.plots.timeline import Axis, Column, columns
from archiver.site.wording import Words

NAME = "years"
_FIRST_WEBSITES = 1997  # the country went online that year; an earlier day is a slip
_FEW = 2  # years that are each named, in their middle: months would be no help
_SLACK = timedelta(days=31)  # a day so far ahead of the last look may still be meant
Counts = Sequence[tuple[int | None, int]]


def years(found: Counts, watched: Iterable[Row], words: Words, address: Callable[[int], str]) -> Figure:
    """`found` are years and their articles, `watched` days and their coverage; a click on a year leads somewhere."""
    story = Story(list(watched))
    last = (story.watched[-1].day + _SLACK).year if story.watched else None
    own = [_column(year, count, words, address) for year, count in sorted(_likely(found, last))]
    pieces = [Piece(columns(caption(words, NAME), _axis(own, story, words), own, story.spans))] if own else []
    return Figure(
        NAME, pieces, kinds_of(story.watched, words), _table(found, story, words, address), _remark(found, last, words)
    )


def _likely(found: Counts, last: int | None) -> list[tuple[int, int]]:
    """The years that can be: none before there were portals, none after the last that can be known."""
    end = last or date.max.year - 1
    return [(year, count) for year, count in found if year and _FIRST_WEBSITES <= year <= end]


def _column(year: int, count: int, words: Words, address: Callable[[int], str]) -> Column:
    says = f"{year}: {words.t('plot.articles', count=count)}"
    return Column(date(year, 1, 1), date(year + 1, 1, 1), (count,), says, address(year))


def _axis(own: Sequence[Column], story: Story, words: Words) -> Axis:
    """From the first year with articles to the last, or to the last look if that is later."""
    first, last = own[0].begin.year, own[-1].begin.year
    mark = None
    if story.watched:
        last = max(last, story.watched[-1].day.year)
        mark = story.watched[0].day, words.t("plot.first_look")
    named = tuple((date(year, 7, 1), str(year)) for year in range(first, last + 1)) if last - first < _FEW else ()
    return Axis(date(first, 1, 1), date(last, 12, 31), mark, named)


def _table(found: Counts, story: Story, words: Words, address: Callable[[int], str]) -> Table:
    """Each year, the newest first, with a link to it; and on how many of its days nobody saw the portal."""
    unseen = Counter(day.day.year for day in story.watched if day.kind != "seen")
    rows = [
        [_linked(year, address) if year else words.t("search.undated"), count, unseen[year] if year else ""]
        for year, count in found
    ]
    return Table([words.t("plot.year"), words.t("search.articles"), words.t("plot.days_unseen")], rows)


def _linked(year: int, address: Callable[[int], str]) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address(year), year)


def _remark(found: Counts, last: int | None, words: Words) -> str | None:
    undated = sum(count for year, count in found if not year)
    beyond = sum(count for _, count in found) - undated - sum(count for _, count in _likely(found, last))
    told = {"search.without_day": undated, "plot.beyond": beyond}
    return " ".join(words.t(text, count=count) for text, count in told.items() if count) or None
