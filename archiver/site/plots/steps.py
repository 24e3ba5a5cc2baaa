"""How something sank in a list: its place along time, the first on top, over hatched spells in which nobody looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archiver.site.plots.days import Span
from archiver.site.plots.svg import Caption, figure, percent, tag, text
from archiver.site.plots.timeline import Axis, hatches, kinds, names

_TOP, _ROW, _FOOT = 8, 14, 20  # pixels
_SHORTEST = 0.004  # of the width: a look is a moment, and has to be seen


@dataclass(frozen=True, slots=True)
class Step:
    """A place in the list, from the first look that showed it there to the last."""

    position: int
    begin: date
    end: date
    says: str


def steps(caption: Caption, axis: Axis, own: Sequence[Step], spans: Sequence[Span]) -> str:
    """A line for each place; its number stands before it."""
    lowest = max((step.position for step in own), default=1)
    height = _TOP + _ROW * lowest
    content = [
        *hatches(caption, axis, spans, _TOP, height - _TOP),
        *(piece for step in own for piece in _step(axis, step)),
        *names(axis, height + _FOOT - 5),
    ]
    return figure(caption, content, kinds(spans), class_="timeline steps", width="100%", height=height + _FOOT)


def _step(axis: Axis, step: Step) -> Iterator[str]:
    left, right = axis.at(step.begin), axis.at(step.end)
    y = _TOP + _ROW * (step.position - 1)
    says = tag("title", text(step.says))
    width = percent(max(right - left, _SHORTEST), 1)
    yield tag("rect", says, class_="part-1", x=percent(left, 1), y=y + 3, width=width, height=_ROW - 5)
    place = text(step.position)
    yield tag("text", place, class_="amount", x=percent(left, 1), dx=-3, y=y + _ROW - 3, text_anchor="end")
