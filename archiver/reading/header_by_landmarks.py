"""The header that a person would find: a title with a date line beside it, followed by text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from archiver.portals import Portal
from archiver.reading.header import Header, behind_tools, whole_title, window_title
from archiver.reading.lines import Line, Outline
from archiver.reading.machine_times import read_counted
from archiver.reading.nearby import (
    LOOK_AROUND,
    SHORTEST_PROSE,
    is_beside_header,
    is_row_title,
    leads_elsewhere,
    next_content,
    steps_to_share,
)
from archiver.reading.row_dates import is_of_row
from archiver.reading.words import ends_article, is_furniture, key, list_heading
from archiver.vietnamese.changed_dates import tells_change
from archiver.vietnamese.dates import INDOCHINA_TIME, DateReading, find_date, read_date_line
from archiver.vietnamese.relative_dates import CONFIRMED
from archiver.vietnamese.text import clean
from archiver.vietnamese.titles import is_site_name, without_site

_LABELLED = re.compile(
    r"[(\[]?\s*(?:(?:ngày|giờ|thời gian|được|lần)\s+)?(?:[đðɖ]ăng|gửi|cập nhật|xuất bản|tạo|viết|publish|posted)",
    re.IGNORECASE,
)
_ZOOM = re.compile(r"\d{2,3}\s?%")
_SENTENCE_END = re.compile(r"[.;:…]$|\.[”\"]$")
_NOT_AROUND_ARTICLES = ("aside", "nav", "footer")
_LOOK_FOR_WINDOW_TITLE = 14
_FARTHEST_PROSE = 40  # lines behind a header
_ENOUGH = 4  # of the points below: a title and a date side by side, and one thing more that speaks for them


def by_landmarks(page: Outline, portal: Portal, url: str, captured_at: datetime | None = None) -> Header | None:
    """The header that most speaks for; null where nothing looks like one."""
    names = _names(page, portal)
    scored = [
        (_score(page, pair, portal, names), -pair.date_line, pair)
        for date in _date_lines(page, portal, captured_at)
        for pair in _pairs(page, date, portal, url, names)
        if not _is_clock(page, pair, captured_at)
    ]
    if not scored:
        return None
    points, _, pair = max(scored, key=lambda each: each[:2])
    if points < _ENOUGH:
        return None
    first, behind = _title_lines(page, pair.title_line)
    title = whole_title(page, clean(" ".join(line.text for line in page.lines[first:behind])))
    pair, last = _with_change(page, pair, portal)
    end = behind_tools(page, max(behind, last + 1))
    return Header(title, (first, behind), pair.reading, pair.reading.raw, pair.date_line, end)


def agrees_with_landmarks(page: Outline, header: Header, portal: Portal, url: str) -> bool:
    """Whether a person would find the same header: a labelled date line that reads well, the title right above it."""
    if header.date is None or header.title_lines is None or header.date_line is None:
        return False
    above = next_content(page, header.date_line, -1)
    labelled = _LABELLED.match(header.date.raw) is not None
    return (
        labelled
        and above is not None
        and header.title_lines[0] <= above.index < header.title_lines[1]
        and not leads_elsewhere(above, portal, url)
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """What a page calls itself, as words are compared: its window's title, and the one for machines; "" for none."""

    window: str
    machines: str

    def include(self, text: str) -> bool:
        return _same_title(text, self.window) or _same_title(text, self.machines)


def _names(page: Outline, portal: Portal) -> _Names:
    names = (portal.name, *portal.site_names)
    title = without_site(page.title_for_machines, names)
    return _Names(key(window_title(page, portal)), "" if is_site_name(title, names) else key(title))


@dataclass(frozen=True, slots=True)
class _Pair:
    title_line: int
    date_line: int
    reading: DateReading


def _date_lines(page: Outline, portal: Portal, captured_at: datetime | None) -> Iterator[tuple[Line, DateReading]]:
    """The lines that are dates; of those that count backwards, the ones of which machines are told the same."""
    order = portal.platform.date_order
    for index in page.dated:
        line = page.lines[index]
        if line.is_link:
            continue
        reading = read_date_line(line.text, order)
        counted = None if reading else read_counted(page, line, line.text, order, captured_at)
        if reading is not None:
            yield line, reading
        elif counted is not None and CONFIRMED in counted.flags:
            yield line, counted


def _pairs(page: Outline, date: tuple[Line, DateReading], portal: Portal, url: str, names: _Names) -> Iterator[_Pair]:
    """The titles that a date line may belong to: the line above it, a heading below it, the window's title nearby."""
    line, reading = date
    above = next_content(page, line.index, -1)
    if is_of_row(page, line.index, portal, url):
        return
    nearer = partial(_is_nearer, page, line, above)
    if above is not None and not leads_elsewhere(above, portal, url):
        yield _Pair(above.index, line.index, reading)
    below = next_content(page, line.index, 1)
    if below is not None and below.heading and not leads_elsewhere(below, portal, url) and not nearer(below):
        yield _Pair(below.index, line.index, reading)
    for near in page.lines[max(0, line.index - _LOOK_FOR_WINDOW_TITLE) : line.index + LOOK_AROUND]:
        if near in (above, line) or near.is_link or not names.include(near.text) or nearer(near):
            continue
        if not _are_parted(page, line, near):
            yield _Pair(near.index, line.index, reading)


def _with_change(page: Outline, pair: _Pair, portal: Portal) -> tuple[_Pair, int]:
    """The pair dated by its publishing, where a line says so next to one of a change; and the lower of those lines."""
    below = next_content(page, pair.date_line, 1)
    other = read_date_line(below.text, portal.platform.date_order) if below is not None else None
    if below is None or other is None or tells_change(other.raw) == tells_change(pair.reading.raw):
        return pair, pair.date_line
    if tells_change(other.raw):
        return pair, below.index
    if not (other.at or _LABELLED.match(other.raw)):
        return pair, pair.date_line
    return replace(pair, date_line=below.index, reading=other), below.index


def _is_clock(page: Outline, pair: _Pair, captured_at: datetime | None) -> bool:
    """Whether a date is that of the day of the capture, in the head of a page whose text has none of its own.

    It stands above the title, without a label, and shares no less than the whole page with it.
    """
    if captured_at is None or pair.date_line > pair.title_line or _LABELLED.match(pair.reading.raw):
        return False
    if pair.reading.on != captured_at.astimezone(INDOCHINA_TIME).date():
        return False
    around = page.ancestors(page.lines[pair.date_line].block)
    steps = steps_to_share(page, around, page.lines[pair.title_line])
    return steps == len(around) or page.spans[around[steps]][1] == len(page.lines)


def _are_parted(page: Outline, date: Line, title: Line) -> bool:
    """Whether what stands between a title and a date line parts them.

    Below a title that is a row of a list. Above it that is all but tools and a breadcrumb: the date at the head of a
    page is today's.
    """
    if title.index < date.index:
        return any(is_row_title(line) for line in page.lines[title.index + 1 : date.index])
    return not all(is_beside_header(line) for line in page.lines[date.index + 1 : title.index])


def _is_nearer(page: Outline, date: Line, above: Line | None, title: Line) -> bool:
    """Whether a date belongs to the text above it rather than to a title elsewhere: the two share a smaller block."""
    if above is None or above.is_link:
        return False
    around = page.ancestors(date.block)
    return steps_to_share(page, around, above) < steps_to_share(page, around, title)


def _same_title(text: str, name: str) -> bool:
    if len(name) < 8 or len(text) < 8:
        return False
    folded = key(text)
    return folded == name or (len(folded) > 20 and name.startswith(folded)) or (len(name) > 20 and folded == name)


def _score(page: Outline, pair: _Pair, portal: Portal, names: _Names) -> int:
    """How much speaks for a title and a date line being the header. What the page calls itself weighs most."""
    title, date = page.lines[pair.title_line], page.lines[pair.date_line]
    behind = max(pair.title_line, pair.date_line) + 1
    is_named = names.include(title.text)
    zoomed = any(_ZOOM.search(line.text) and is_furniture(line.text) for line in page.lines[behind : behind + 4])
    prose = _prose_in_column(page, title, date, behind)
    points = 6 if is_named else -3 if names.window else 0
    points += (title.heading in (1, 2, 3)) + (title.heading == 1) + (title.bold and not title.heading)
    points += 2 * (_LABELLED.match(pair.reading.raw) is not None) + 2 * zoomed + min(prose // 150, 4)
    points += 2 if pair.title_line < pair.date_line else 1
    points += 1 if 15 <= len(title.text) <= 300 else -2
    points -= 2 * bool(_SENTENCE_END.search(title.text))
    points -= 2 * (not (is_named or zoomed or title.heading or prose))
    points -= 4 * (list_heading(title.text) is not None)
    points -= 6 * (not is_named and is_site_name(title.text, (portal.name, *portal.site_names)))
    points -= 4 * any(each.tag in _NOT_AROUND_ARTICLES for each in date.block.iterancestors())
    return points


def _prose_in_column(page: Outline, title: Line, date: Line, start: int) -> int:
    """Characters of prose behind a header, in the block that holds both its parts or the one around that.

    A notice in a sidebar has a title and a date too, but its column ends with it.
    """
    around_date = set(page.ancestors(date.block))
    around = [block for block in page.ancestors(title.block) if block in around_date]
    end = page.spans[around[min(1, len(around) - 1)]][1] if around else start
    total = 0
    for line in page.lines[start : min(end, start + _FARTHEST_PROSE)]:
        if list_heading(line.text) or ends_article(line.text):
            break
        if len(line.text) >= SHORTEST_PROSE and not line.is_link:
            total += len(line.text)
    return total


def _title_lines(page: Outline, index: int) -> tuple[int, int]:
    """The lines of a title: all of its block, if that holds nothing else; a title may be broken by `<br>`."""
    block = page.lines[index].block
    first, behind = page.spans.get(block, (index, index + 1))
    lines = page.lines[first:behind]
    if 1 < len(lines) <= 3 and all(line.block is block and not find_date(line.text) for line in lines):
        return first, behind
    return index, index + 1
