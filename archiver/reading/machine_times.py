"""What markup tells machines beside words like `2 giờ trước`: `<time datetime=…>`, `title="09/06/2023 04:12"`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from archiver.reading.lines import Element, Line, Outline
from archiver.vietnamese.dates import DateReading, Order
from archiver.vietnamese.machine_dates import read_told_date
from archiver.vietnamese.relative_dates import LONGEST_LINE, confirmed, read_relative_date
from archiver.vietnamese.text import clean

_ATTRIBUTES = ("datetime", "title")
_MOST_ELEMENTS = 12  # of a line
_MOST_TEXTS = 12  # of an element


def read_counted(
    page: Outline, line: Line, text: str, order: Order, captured_at: datetime | None
) -> DateReading | None:
    """A text in a line that counts backwards, by what its own element tells machines, where the two agree."""
    date = read_relative_date(text, captured_at)
    if date is None:
        return None
    told = {(each.on, each.at): each for each in _told(page, line, date.raw, order)}
    return confirmed(date, next(iter(told.values())), captured_at) if len(told) == 1 else date


def _told(page: Outline, line: Line, words: str, order: Order) -> Iterator[DateReading]:
    for element in _elements(page, line):
        for name in _ATTRIBUTES:
            date = read_told_date(element.get(name, ""), order)
            if date is not None and _holds(element, words):
                yield date


def _elements(page: Outline, line: Line) -> Iterator[Element]:
    """What a line stands in, up to a block that holds nothing else, and what stands in it, in reading order."""
    first, last = line.first[0], line.last[0]
    for each in (first, *first.iterancestors()):
        if each in page.spans and page.spans[each] != (line.index, line.index + 1):
            break
        yield each
    following = _next(first) if first is not last else None
    for _ in range(_MOST_ELEMENTS):
        if following is None:
            return
        yield following
        following = _next(following) if following is not last else None


def _next(element: Element) -> Element | None:
    """The element that begins next in the document."""
    if len(element):
        return element[0]
    around: Element | None = element
    while around is not None:
        if (behind := around.getnext()) is not None:
            return behind
        around = around.getparent()
    return None


def _holds(element: Element, words: str) -> bool:
    """Whether an element shows these words, or a part of them, or nothing."""
    text = clean("".join(islice(element.itertext("*"), _MOST_TEXTS)))
    return text in words or (len(text) <= LONGEST_LINE and words in text)
