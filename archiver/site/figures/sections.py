"""Articles per month by section."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from archiver.site.figures.figure import Figure, Piece, Row, Story, Table, caption, kinds_of, remark_of
from archiver.site.plots.days import month_after
from archiver.site.plots.timeline import Axis, Column, columns
from archiver.site.wording import Words

NAME = "sections"
MOST_SECTIONS = 7  # that have a colour; the rest is taken together
Months = Mapping[date, Counter[str]]


def sections(story: Story, rows: Iterable[Row], words: Words) -> Figure:
    """`rows` are those of the saved query "published_per_month", of one portal."""
    months = _months(story, rows, words)
    names = _largest(months, words)
    own = [
        Column(month, month_after(month), _parts(count, names), _says(month, count, words))
        for month, count in months.items()
    ]
    pieces = [Piece(columns(caption(words, NAME), axis_of(story, words), own, story.spans))] if own else []
    legend = [(f"part-{number}", name) for number, name in enumerate(names, 1)]
    table = Table(
        [words.t("plot.month"), *names, words.t("plot.sum")],
        [[f"{month:%m/%Y}", *_parts(count, names), count.total()] for month, count in reversed(list(months.items()))],
    )
    return Figure(NAME, pieces, legend + kinds_of(story.watched, words), table, remark_of(story, words))


def axis_of(story: Story, words: Words) -> Axis:
    """Whole months, from the first day that is known to the last, with a mark where somebody first looked."""
    days = list(story.days)
    mark = (story.watched[0].day, words.t("plot.first_look")) if story.watched else None
    return Axis(days[0].replace(day=1), month_after(days[-1]), mark)


def _months(story: Story, rows: Iterable[Row], words: Words) -> Months:
    """Months with articles, the earliest first."""
    found: dict[date, Counter[str]] = defaultdict(Counter)
    known = {(day.year, day.month) for day in story.days}
    for row in rows:
        month = date.fromisoformat(f"{row['month']}-01")
        if (month.year, month.month) in known:
            found[month][row["section"] or words.t("plot.no_section")] += row["articles"]
    return dict(sorted(found.items()))


def _largest(months: Months, words: Words) -> list[str]:
    """The sections that have a colour, the largest first, and "others" if there are more."""
    sums: Counter[str] = sum(months.values(), Counter())
    ordered = sorted(sums, key=lambda name: (-sums[name], name))
    return ordered if len(ordered) <= MOST_SECTIONS + 1 else [*ordered[:MOST_SECTIONS], words.t("plot.others")]


def _parts(count: Counter[str], names: Sequence[str]) -> tuple[int, ...]:
    parts = [count[name] for name in names]
    if parts:
        parts[-1] += count.total() - sum(parts)
    return tuple(parts)


def _says(month: date, count: Counter[str], words: Words) -> str:
    largest = ", ".join(f"{name} {amount}" for name, amount in count.most_common(3))
    return f"{month:%m/%Y}: {words.t('plot.articles', count=count.total())} ({largest})"
