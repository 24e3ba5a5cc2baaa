"""Bars that lie: a name, and under it a bar for each of a few amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.site.plots.svg import Caption, figure, percent, tag, text

_NAME, _BAR, _SPACE = 16, 13, 8  # pixels; a bar is as high as the figure beside it
_WIDEST = 85  # per cent; the rest is for the figure at the bar's end


@dataclass(frozen=True, slots=True)
class Bar:
    """What is counted, and its amounts."""

    name: str
    parts: tuple[int, ...]


def bars(caption: Caption, own: Sequence[Bar]) -> str:
    """Bars below one another, as high as they are many."""
    most = max((part for bar in own for part in bar.parts), default=0)
    each = _NAME + _SPACE + _BAR * max((len(bar.parts) for bar in own), default=0)
    content = [piece for number, bar in enumerate(own) for piece in _bar(bar, number * each, most)]
    return figure(caption, content, class_="bars", width="100%", height=each * len(own))


def _bar(bar: Bar, top: int, most: int) -> Iterator[str]:
    yield tag("text", text(bar.name), x=0, y=top + _NAME - 4)
    for number, part in enumerate(bar.parts, 1):
        y = top + _NAME + (number - 1) * _BAR
        width = percent(_WIDEST * part / most if most else 0, 100)
        yield tag("rect", class_=f"part-{number}", x=0, y=y, width=width, height=_BAR - 1)
        yield tag("text", text(part), class_="amount", x=width, dx=4, y=y + _BAR - 3)
