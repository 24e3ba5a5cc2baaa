"""List boxes: rows that stand together under one heading, on list pages and beside articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from archiver.portals import Portal
from archiver.reading.lines import Element, Outline
from archiver.reading.nearby import SHORTEST_PROSE, names_a_section
from archiver.reading.rows import Row, RowFinder
from archiver.reading.words import crumbs, is_furniture, list_heading
from archiver.vietnamese.dates import IMPOSSIBLE_TIME, DateReading, read_date_line
from archiver.vietnamese.relative_dates import COUNTED_DAYS, read_relative_date
from archiver.vietnamese.titles import is_site_name

_BEGINNING = 15  # characters of a title


@dataclass(slots=True)
class Box:
    """Rows that stand together, under one heading."""

    heading: str | None
    heading_line: int | None
    rows: list[Row] = field(default_factory=list)
    may_be_chance: bool = False  # a single row below its day: on the page of an article that is none

    @property
    def lines(self) -> tuple[int, int]:
        """From the heading, or the first row, to behind the last row."""
        first = self.rows[0].lines[0] if self.heading_line is None else self.heading_line
        return first, max(row.lines[1] for row in self.rows)


def boxes(page: Outline, portal: Portal, taken: Iterable[int] = (), captured_at: datetime | None = None) -> list[Box]:
    """The list boxes of a page in reading order. `taken` are date lines that belong to something else."""
    finder = RowFinder(page, portal, set(taken), captured_at)
    rows = finder.dated_rows()
    known = _by_parent_and_tag(rows)
    rows += [row for row in finder.undated_rows() if row.of_platform or _has_dated_sibling(row, known)]
    trails = {index for index in {row.anchor.first_line for row in rows} if crumbs(page.lines[index].text)}
    rows = [row for row in rows if row.anchor.first_line not in trails]
    found = list(_grouped(page, sorted(rows, key=lambda row: row.anchor.first_line)))
    for box in found:
        box.may_be_chance = _is_below_its_day(page, box)
    return [box for box in found if not box.may_be_chance or _is_list_of_one(page, box, portal)]


def listed_at(date: DateReading | None) -> str | None:
    """The moment of a row: the minute where one is printed, else the day; null where either was refused.

    Hours counted backwards give the day. Days counted so give nothing: a list that counts in full 24 hours is one
    behind the calendar, and a day that is one off would look like two dates of one article.
    """
    if date is None or date.on is None or IMPOSSIBLE_TIME in date.flags or COUNTED_DAYS in date.flags:
        return None
    return date.at.isoformat() if date.at and date.precision != "hour" else date.on.isoformat()


def _by_parent_and_tag(rows: list[Row]) -> dict[tuple[Element | None, str], set[Element]]:
    """The items of rows, so that their siblings need not be gone through for each: there may be thousands."""
    found: dict[tuple[Element | None, str], set[Element]] = {}
    for row in rows:
        if row.item is not None:
            found.setdefault((row.item.getparent(), str(row.item.tag)), set()).add(row.item)
    return found


def _has_dated_sibling(row: Row, dated: dict[tuple[Element | None, str], set[Element]]) -> bool:
    if row.item is None or row.item.getparent() is None:
        return False
    return bool(dated.get((row.item.getparent(), str(row.item.tag)), set()) - {row.item})


def _grouped(page: Outline, rows: list[Row]) -> Iterator[Box]:
    box: Box | None = None
    for row in rows:
        if box is None or not _continues(page, box.rows[-1], row):
            if box is not None:
                yield box
            heading_line = _heading_line(page, row, box)
            box = Box(page.lines[heading_line].text if heading_line is not None else None, heading_line)
        box.rows.append(row)
    if box is not None:
        yield box


def _continues(page: Outline, previous: Row, row: Row) -> bool:
    between = page.lines[previous.lines[1] : row.lines[0]]
    if any(list_heading(line.text) for line in between):
        return False
    if _container(previous) is _container(row):
        return True
    dates_only = all(_is_date(line.text) or is_furniture(line.text) for line in between)
    return dates_only and _tag(previous) == _tag(row)


def _is_date(text: str) -> bool:
    return read_date_line(text) is not None or read_relative_date(text, None) is not None


def _is_below_its_day(page: Outline, box: Box) -> bool:
    """Whether a box is a lone link behind a date: it may be today's, and a link beside it, in the head of a page."""
    row = box.rows[0]
    if len(box.rows) > 1 or row.of_platform or row.date is None or list_heading(box.heading or ""):
        return False
    text = " ".join(line.text for line in page.lines[row.anchor.first_line : row.lines[1]])
    shown = row.title if row.title in text else row.title[:_BEGINNING]  # a list may cut its titles short
    return row.date.raw not in text[text.find(shown) + len(shown) :]


def _is_list_of_one(page: Outline, box: Box, portal: Portal) -> bool:
    """Whether a lone link behind a date has a heading above and is one, or has an excerpt below."""
    row, names = box.rows[0], (portal.name, *portal.site_names)
    if box.heading is None or is_site_name(box.heading, names) or is_site_name(row.title, names):
        return False
    title, below = page.lines[row.anchor.first_line], page.lines[row.anchor.last_line + 1 : row.lines[1]]
    if names_a_section(page, title):
        return False
    return bool(title.heading) or any(len(line.text) >= SHORTEST_PROSE and not line.is_link for line in below)


def _container(row: Row) -> Element | None:
    return row.item.getparent() if row.item is not None else row.anchor.element.getparent()


def _tag(row: Row) -> str | None:
    return str(row.item.tag) if row.item is not None else None


def _heading_line(page: Outline, row: Row, previous: Box | None) -> int | None:
    """The nearest heading above a row: one of the known ones, a heading element, or a short bold line."""
    earliest = max(row.anchor.first_line - 4, previous.lines[1] if previous else 0, 0)
    for line in reversed(page.lines[earliest : row.anchor.first_line]):
        if list_heading(line.text) or line.heading or (line.bold and len(line.text) <= 80 and not line.is_link):
            return line.index
    return None
