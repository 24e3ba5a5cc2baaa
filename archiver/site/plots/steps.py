"""How something sank in a list: its place along time, the first on top, over hatched spells in which nobody looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archiver.site.plots.days import Span
from archiver.site.plots.svg import Caption, figure, percent, tag, text
from archiver.site.plots.timeline import Axis, hatches, kinds, labels, names

_TOP, _ROW, _BAR, _FOOT = 8, 14, 9, 20  # pixels
_SHORTEST = 0.004  # of the width: a look is a moment, and has to be seen


@dataclass(frozen=True, slots=True)
class Step:
    """A place in the list, from the first look that showed it there to the last."""

    position: int
    begin: date
    end: date
    says: str


def steps(caption: Caption, axis: Axis, own: Sequence[Step], spans: Sequence[Span]) -> str:
    """A bar for each place, on the line of that place."""
    lowest = max((step.position for step in own), default=1)
    height = _TOP + _ROW * lowest
    lines = [(place, _middle(place)) for place in sorted({step.position for step in own})]
    content = [
        *(tag("line", class_="grid", x1=0, x2="100%", y1=y, y2=y) for _, y in lines),
        *hatches(caption, axis, spans, _TOP, height - _TOP),
        *(_step(axis, step) for step in own),
        *labels(lines),
        *names(axis, height + _FOOT - 5),
    ]
    return figure(
        caption, content, kinds(spans), class_="timeline steps with-labels", width="100%", height=height + _FOOT
    )


def _middle(place: int) -> float:
    return _TOP + _ROW * (place - 0.5)


def _step(axis: Axis, step: Step) -> str:
    left, right = axis.at(step.begin), axis.at(step.end)
    width = percent(max(right - left, _SHORTEST), 1)
    top = _middle(step.position) - _BAR / 2
    says = tag("title", text(step.says))
    return tag("rect", says, class_="part-1", x=percent(left, 1), y=top, width=width, height=_BAR)
