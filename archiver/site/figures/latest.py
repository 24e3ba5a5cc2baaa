"""How long articles stood in "Tin mới nhất", where it is known of which articles it is a list."""

from __future__ import annotations

from collections.abc import Iterable

from archiver.site.figures.figure import Figure, Piece, Row, Table, caption
from archiver.site.plots.bars import Bar, bars
from archiver.site.wording import Words

NAME = "latest"
_BINS = ((0, 24), (24, 72), (72, 168), (168, 336), (336, 720), (720, 2160), (2160, None))  # hours


def latest(rows: Iterable[Row], words: Words) -> Figure:
    """`rows` are those of the saved query "time_in_latest", of one portal. Stays without a known end are left out."""
    everything = list(rows)
    bounded = [row for row in everything if row["at_most_hours"] is not None]
    own = [
        Bar(
            _name(least, most, words),
            (_count(bounded, "at_least_hours", least, most), _count(bounded, "at_most_hours", least, most)),
        )
        for least, most in _BINS
    ]
    pieces = [Piece(bars(caption(words, NAME), own))] if bounded else []
    legend = [("part-1", words.t("plot.latest.at_least")), ("part-2", words.t("plot.latest.at_most"))]
    table = Table(
        [words.t("plot.latest.time"), *(label for _, label in legend)], [[bar.name, *bar.parts] for bar in own]
    )
    return Figure(NAME, pieces, legend if pieces else [], table, _remark(everything, bounded, words))


def _count(rows: Iterable[Row], column: str, least: int, most: int | None) -> int:
    return sum(least <= row[column] and (most is None or row[column] < most) for row in rows)


def _name(least: int, most: int | None, words: Words) -> str:
    if most is None:
        return words.t("plot.latest.more", days=least // 24)
    if not least:
        return words.t("plot.latest.less")
    return words.t("plot.latest.between", least=least // 24, most=most // 24)


def _remark(everything: list[Row], bounded: list[Row], words: Words) -> str:
    if not everything:
        return words.t("plot.latest.unknown")
    return words.t("plot.latest.left_out", shown=len(bounded), left_out=len(everything) - len(bounded))
