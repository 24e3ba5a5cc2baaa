"""Coverage: on which days the portal was seen, was blind, was not asked."""

from __future__ import annotations

from datetime import timedelta

from archiver.site.figures.figure import Figure, Piece, Story, Table, caption, kinds_of
from archiver.site.plots.timeline import Axis, strip
from archiver.site.wording import Words

NAME = "coverage"


def coverage(story: Story, words: Words, number: str = "") -> Figure:
    """A band from the first look to the last; `number` tells several portals of one page apart."""
    spans = story.spans
    pieces = []
    if spans:
        axis = Axis(spans[0].begin, spans[-1].end)
        pieces = [
            Piece(strip(caption(words, NAME, number, seen=_days(story, "seen"), days=len(story.watched)), axis, spans))
        ]
    table = Table(
        [words.t("plot.from"), words.t("plot.to"), words.t("plot.days"), words.t("plot.coverage")],
        [
            [
                words.day(span.begin),
                words.day(span.end - timedelta(days=1)),
                (span.end - span.begin).days,
                words.kind(span.kind),
            ]
            for span in reversed(spans)
        ],
    )
    return Figure(NAME, pieces, [("seen", words.kind("seen")), *kinds_of(story.watched, words)], table)


def _days(story: Story, kind: str) -> int:
    return sum(day.kind == kind for day in story.watched)
