"""The header where the platform's selectors put it."""

from __future__ import annotations

import re
from datetime import datetime

from archiver.portals import Portal
from archiver.reading.header import Header, behind_tools, whole_title
from archiver.reading.lines import Element, Outline
from archiver.reading.machine_times import read_counted
from archiver.reading.nearby import leads_elsewhere
from archiver.reading.row_dates import is_of_row
from archiver.reading.words import is_furniture
from archiver.vietnamese.dates import DateReading, read_date_line
from archiver.vietnamese.text import clean

_COUNTS = re.compile(r"[\d\s]{0,12}")  # NukeViet: "35 0", views and comments


def by_selectors(page: Outline, portal: Portal, url: str, captured_at: datetime | None = None) -> Header | None:
    """The header where the platform's selectors put it; null where they find neither title nor date.

    Where lists mark the titles of rows as articles do theirs, one that leads to another page is none of this one. A
    date that counts backwards is believed only here: beside a text that the platform does not call one, anything may.
    """
    title_element, date_element = _selected(page, portal, url)
    title_lines = _lines_of(page, title_element) if title_element is not None else None
    if title_element is None and date_element is None:
        return None
    title = whole_title(page, _text(page, title_element)) if title_element is not None else None
    raw = _text(page, date_element) if date_element is not None else None
    date_lines = _lines_of(page, date_element) if date_element is not None else None
    reading = _reading(page, date_lines[0], raw, portal, captured_at) if raw and date_lines else None
    ends = [lines[1] for lines in (title_lines, date_lines) if lines]
    return Header(
        title or None,
        title_lines,
        reading,
        reading.raw if reading else None if is_furniture(raw or "") or _COUNTS.fullmatch(raw or "") else raw,
        date_lines[0] if date_lines else None,
        behind_tools(page, max(ends, default=0)),
    )


def _reading(page: Outline, index: int, raw: str, portal: Portal, captured_at: datetime | None) -> DateReading | None:
    """The date that an element shows, whose text begins in a line."""
    if index >= len(page.lines):
        return None
    order = portal.platform.date_order
    return read_date_line(raw, order) or read_counted(page, page.lines[index], raw, order, captured_at)


def _selected(page: Outline, portal: Portal, url: str) -> tuple[Element | None, Element | None]:
    """The elements of title and date; neither a row's, where the platform's lists mark those alike."""
    title = _first(page, "title", 0)
    date = _first(page, "date", _lines_of(page, title)[0] if title is not None else 0)
    if not portal.platform.selectors.only_articles or "only_articles" in page.parts:
        return title, date
    if title is not None and _leads_elsewhere(page, title, portal, url):
        title = None
    if date is not None and is_of_row(page, _lines_of(page, date)[0], portal, url):
        date = None
    return title, date


def _leads_elsewhere(page: Outline, title: Element, portal: Portal, url: str) -> bool:
    return all(leads_elsewhere(line, portal, url) for line in page.lines[slice(*_lines_of(page, title))])


def _first(page: Outline, part: str, from_line: int) -> Element | None:
    """The first element of a part that shows text, at or behind a line if there is one there."""
    elements = [each for each in page.parts.get(part, ()) if _shows_text(page, each)]
    later = (each for each in elements if _lines_of(page, each)[0] >= from_line)
    return next(later, elements[0] if elements else None)


def _shows_text(page: Outline, element: Element) -> bool:
    if element in page.spans:
        first, behind = page.spans[element]
        return first < behind
    return any(clean(text) for text in element.itertext("*"))


def _lines_of(page: Outline, element: Element) -> tuple[int, int]:
    """The lines that an element stands in; for an inline one, the first line of its block that holds its text."""
    if element in page.spans:
        return page.spans[element]
    block = next((each for each in element.iterancestors() if each in page.spans), page.root)
    first, behind = page.spans[block]
    text = _text(page, element)
    index = next((line.index for line in page.lines[first:behind] if text in line.text), first)
    return index, index + 1


def _text(page: Outline, element: Element) -> str:
    """What an element shows, in one line."""
    if element in page.spans:
        first, behind = page.spans[element]
        return " ".join(line.text for line in page.lines[first:behind])
    return clean("".join(element.itertext("*")))
