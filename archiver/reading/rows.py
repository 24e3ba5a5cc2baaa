"""Rows of lists: links with their dates, each bound to the other by the markup.

A row is a link that has a line (or an item) of its own, with a date bound to it by the markup: in the link, beside it,
or in the same item. Where nothing wraps link and date together, they take turns, and the turn decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archiver.portals import Portal
from archiver.portals.addresses import tidy
from archiver.reading.lines import Anchor, Element, Line, Outline
from archiver.reading.machine_times import read_counted
from archiver.reading.words import is_furniture, list_heading
from archiver.vietnamese.dates import DateReading, Order, find_date_at_end, read_date_line
from archiver.vietnamese.relative_dates import read_relative_date
from archiver.vietnamese.text import clean
from archiver.vietnamese.titles import full_title

_SHORTEST_TITLE = 3  # words; "Xem tiếp" and the names of most sections are shorter
_LARGEST_ITEM = 12  # lines: picture, title, date, summary
_MOST_LINKS = 24  # in an item, to its own page and elsewhere
_FEWEST_TURNS = 2  # a single link beside a date line may stand there by chance
_MOST_OTHER_LINKS = 1  # in an item: its section
_ITEM_TAGS = frozenset(("li", "tr", "dt", "article"))
_IN_SENTENCE = re.compile(r"\b(?:ngày|từ|đến|năm|hết)$", re.IGNORECASE)  # and a date behind it
_NUMBERING = " .,:;-–|•·*»›>°+()[]0123456789"


@dataclass(slots=True, eq=False)
class Row:
    """A link with its date, before it is known what kind of list it stands in."""

    anchor: Anchor
    item: Element | None  # the largest element that belongs to this row alone; null in a flat list
    lines: tuple[int, int]
    title: str
    date: DateReading | None
    of_platform: bool


class RowFinder:
    """The titles and dates of one page, each title knowing which lines are its own."""

    def __init__(self, page: Outline, portal: Portal, taken: set[int], captured_at: datetime | None = None) -> None:
        self.page = page
        self.portal = portal
        self.order: Order = portal.platform.date_order
        self.captured_at = captured_at
        self.taken_by_header = frozenset(taken)
        self.taken = taken
        of_platform = {link for each in page.parts.get("list_item", ()) for link in each.iter("a")}
        self.of_platform = of_platform
        self.near = _near(page)
        self.titles = [each for each in page.anchors if self.is_title(each)]
        self.first_lines = [each.first_line for each in self.titles]
        self.urls = {id(each): tidy(portal, each.url) for each in self.titles}
        self.shown = [each for each in page.anchors if each.first_line >= 0]
        self.shown_lines = [each.first_line for each in self.shown]
        self.dates: dict[int, DateReading | None] = {}

    def is_title(self, anchor: Anchor) -> bool:
        """Whether a link may be the title of a row: it leads to a page and fills its line but for a date."""
        if anchor.in_body or anchor.first_line < 0:
            return False
        if not self.near[anchor.first_line] and anchor.element not in self.of_platform:
            return False
        if not anchor.url.startswith(("http:", "https:")) or anchor.href.startswith("#"):
            return False
        if anchor.element in self.of_platform:
            return True
        words = sum(word[:1].isalnum() for word in anchor.text.split())
        if words < _SHORTEST_TITLE and not (words == _SHORTEST_TITLE - 1 and self.is_before_bracketed_date(anchor)):
            return False
        if anchor.first_line != anchor.last_line:
            return True
        line = self.page.lines[anchor.first_line]
        return len(line.text) <= len(anchor.text) + 1 or all(map(self.is_beside_title, line.outside(anchor)))

    def is_before_bracketed_date(self, anchor: Anchor) -> bool:
        """Whether a date in brackets follows in the line, as in `Thư khen (08/12/2021 9:24 SA)`.

        A date without them follows the link to a section too.
        """
        before, after = self.page.lines[anchor.last_line].outside(anchor)
        return not before.strip(_NUMBERING) and after.startswith("(") and self.is_beside_title(after)

    def is_beside_title(self, text: str) -> bool:
        return not text.strip(_NUMBERING) or is_furniture(text) or self.read(text) is not None

    def read(self, text: str) -> DateReading | None:
        """A text that is a date and nothing else."""
        return read_date_line(text, self.order) or read_relative_date(text, self.captured_at)

    def read_in(self, line: Line, text: str) -> DateReading | None:
        """The same of a text in a line, completed by what its markup tells machines."""
        return read_date_line(text, self.order) or read_counted(self.page, line, text, self.order, self.captured_at)

    def dated_rows(self) -> list[Row]:
        rows, waiting, seen = [], [], set[tuple[int, str]]()
        for anchor in self.titles:
            item, lines = self.item(anchor)
            mark = (id(item) if item is not None else id(anchor), self.urls[id(anchor)])
            if mark in seen:
                continue
            title, date = self.title_and_date(anchor, lines)
            row = Row(anchor, item, lines, title, date, anchor.element in self.of_platform)
            if date is not None:
                seen.add(mark)
                rows.append(row)
            else:
                waiting.append(row)
        self.waiting = waiting
        self.taken |= {index for row in rows for index in range(*row.lines)}
        return rows + self.taking_turns()

    def undated_rows(self) -> Iterator[Row]:
        return (row for row in self.waiting if row.date is None)

    def item(self, anchor: Anchor) -> tuple[Element | None, tuple[int, int]]:
        """The largest element around a link that holds no other row's title, and its lines."""
        item, lines = None, (anchor.first_line, anchor.last_line + 1)
        for element in anchor.element.iterancestors():
            span = self.page.spans.get(element)
            if span is None:
                continue
            if span[1] - span[0] > _LARGEST_ITEM or not self.is_alone(anchor, span):
                break
            item, lines = element, span
            if element.tag in _ITEM_TAGS:
                break
        return item, lines

    def is_alone(self, anchor: Anchor, span: tuple[int, int]) -> bool:
        if any(list_heading(line.text) for line in self.page.lines[span[0] : span[1]]):
            return False
        first, behind = bisect_left(self.shown_lines, span[0]), bisect_left(self.shown_lines, span[1])
        if behind - first > _MOST_LINKS:  # counted before they are taken out: a single line may hold thousands
            return False
        links = self.shown[first:behind]
        url = self.urls[id(anchor)]
        titles = self.titles[bisect_left(self.first_lines, span[0]) : bisect_left(self.first_lines, span[1])]
        if any(self.urls[id(each)] != url for each in titles):
            return False
        return len({each.url for each in links} - {anchor.url}) <= _MOST_OTHER_LINKS

    def title_and_date(self, anchor: Anchor, lines: tuple[int, int]) -> tuple[str, DateReading | None]:
        if not self.has_date(lines):
            return full_title(anchor.text, anchor.element.get("title")), None
        shown, inside = self.inside(anchor)
        title = full_title(shown, anchor.element.get("title"))
        line = self.page.lines[anchor.last_line]
        before, after = line.outside(anchor)
        beside = (self.read_in(line, text) for text in (after, before) if text)
        date = next((each for each in beside if each), None) or self.date_in(lines, anchor)
        if date is not None and inside is not None and shown != anchor.text:
            return full_title(anchor.text, anchor.element.get("title")), date
        return title, date or inside

    def has_date(self, lines: tuple[int, int]) -> bool:
        return bisect_left(self.page.dated, lines[0]) < bisect_left(self.page.dated, lines[1])

    def inside(self, anchor: Anchor) -> tuple[str, DateReading | None]:
        """A link's title and the date at its end, if it carries one."""
        if anchor.first_line != anchor.last_line:
            return self.inside_lines(anchor)
        date = find_date_at_end(anchor.text, self.order)
        if date is None or not date.raw.startswith(("(", "[")):
            return self.inside_parts(anchor)
        if not anchor.text[: date.start].strip(_NUMBERING):
            return anchor.text, None
        return anchor.text[: date.start].strip(), date

    def inside_parts(self, anchor: Anchor) -> tuple[str, DateReading | None]:
        """Of a link in one line: the rest, and the date, if one stands first or last in an element of its own."""
        line = self.page.lines[anchor.first_line]
        parts = [text for text in line.place(anchor).parts if not text.isspace()]
        for date_part, others in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
            shown = clean("".join(others))
            date = self.read_in(line, date_part) if shown.strip(_NUMBERING) else None
            if date is not None and not _IN_SENTENCE.search(shown):
                return shown, date
        return anchor.text, None

    def inside_lines(self, anchor: Anchor) -> tuple[str, DateReading | None]:
        """Of a link that holds blocks: the heading in it, or else its first line that is no date, and its date line."""
        parts = self.page.lines[anchor.first_line : anchor.last_line + 1]
        dates = {line.index: self.date_line(line) for line in parts}
        texts = [line for line in parts if dates[line.index] is None and not is_furniture(line.text)]
        title = next((line for line in texts if line.heading), texts[0] if texts else parts[0])
        shown = clean("".join(text for text, inside in title.pieces if inside is anchor))
        return shown, next((date for date in dates.values() if date), None)

    def date_in(self, lines: tuple[int, int], anchor: Anchor) -> DateReading | None:
        own = range(anchor.first_line, anchor.last_line + 1)
        others = (line for line in self.page.lines[lines[0] : lines[1]] if line.index not in own)
        return next((date for date in map(self.date_line, others) if date), None)

    def date_line(self, line: Line) -> DateReading | None:
        if line.index in self.taken_by_header:
            return None
        if line.index not in self.dates:
            self.dates[line.index] = self.read_in(line, line.text) or self.glued(line)
        return self.dates[line.index]

    def glued(self, line: Line) -> DateReading | None:
        """The date in an element of its own that a text follows without even a space: `18:36Sáng 26-12, …`."""
        if len(line.pieces) < 2 or len(line.text) <= len(line.pieces[0][0]):
            return None
        first, second = line.pieces[0][0], line.pieces[1][0]
        is_parted = first[-1:].isspace() or not second[:1].isupper()
        return None if is_parted else self.read_in(line, clean(first))

    def taking_turns(self) -> list[Row]:
        """Rows whose date is the line behind each title, or before each: whichever only one of the two can explain."""
        behind, before = {}, {}
        for row in self.waiting:
            behind[id(row)] = self.free_date(row.lines[1])
            before[id(row)] = self.free_date(row.lines[0] - 1)
        turns = Counter(
            "behind" if behind[id(row)] else "before"
            for row in self.waiting
            if (behind[id(row)] is None) != (before[id(row)] is None)
        )
        if not turns:
            return []
        dates = behind if turns["behind"] >= turns["before"] else before
        shared = Counter(row.lines for row in self.waiting)  # a menu in one line below today's date: nobody's turn
        dated = [row for row in self.waiting if dates[id(row)] is not None and shared[row.lines] == 1]
        if len(dated) < _FEWEST_TURNS:
            return []
        for row in dated:
            row.date = dates[id(row)]
        return dated

    def free_date(self, index: int) -> DateReading | None:
        if not self.has_date((index, index + 1)):
            return None
        line = self.page.lines[index]
        return None if line.is_link or index in self.taken else self.date_line(line)


def _near(page: Outline) -> bytearray:
    """For each line, whether a date may stand in one item with it; nothing else needs to be looked at closely."""
    near = bytearray(len(page.lines))
    for index in page.dated:
        first, behind = max(0, index - _LARGEST_ITEM), min(len(near), index + _LARGEST_ITEM + 1)
        near[first:behind] = b"\x01" * (behind - first)
    return near
