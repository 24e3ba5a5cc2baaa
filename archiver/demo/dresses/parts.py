"""What several dresses write alike: links, menus, times of day, the steps of a pager."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape

from archiver.demo.dates import WEEKDAYS
from archiver.demo.dresses.dress import Row
from archiver.demo.list_rows import shortened
from archiver.demo.markup import words
from archiver.demo.sections import BY_KEY, SECTIONS, Section

WINDOW = 2  # numbers shown on either side of the current page
ABOUT = "/gioi-thieu"

Path = Callable[[Section, int], str]


def place(section: Section) -> int:
    """Where a section stands among the others, from 0: part of its number on many platforms."""
    return SECTIONS.index(section)


def slug(section: Section) -> str:
    """A section's name in addresses."""
    return section.key


def section_of(text: str) -> Section | None:
    """The section of that name in addresses."""
    return BY_KEY.get(text)


def menu(path: Path, item: str = "<li>{}</li>", home: str = "Trang chủ") -> str:
    """Links to the home page, every section, and a page without news."""
    links = [("/", home), *((path(section, 1), section.name) for section in SECTIONS), (ABOUT, "Giới thiệu")]
    return "".join(item.format(f'<a href="{escape(href)}">{name}</a>') for href, name in links)


def anchor(row: Row, attributes: str = "", title: str | None = None) -> str:
    """The link to an article; what it is called in full stands in its `title`."""
    shown = row.title if title is None else title
    return f'<a {attributes}href="{row.href}" title="{escape(row.title)}">{words(shown)}</a>'


def cut(row: Row) -> str:
    """A row's title as a narrow list shows it."""
    return shortened(row.title)


def summary(row: Row) -> str:
    """The beginning of a row's lead; "" where it has none."""
    return words(shortened(row.lead)) if row.lead else ""


def joined(rows: Iterable[Row], draw: Callable[[Row], str]) -> str:
    """Rows one below the other."""
    return "".join(map(draw, rows))


def half_day(at: datetime) -> str:
    """A time of day by the twelve-hour clock.

    >>> half_day(datetime(2020, 9, 9, 17, 7)), half_day(datetime(2020, 9, 9, 0, 15))
    ('05:07 PM', '12:15 AM')
    """
    return f"{(at.hour - 1) % 12 + 1:02d}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def weekday(at: datetime) -> str:
    """The day of the week.

    >>> weekday(datetime(2023, 6, 27))
    'Thứ ba'
    """
    return WEEKDAYS[at.weekday()]


def numbers(number: int, last: int) -> range:
    """The page numbers around the current one."""
    return range(max(1, number - WINDOW), min(last, number + WINDOW) + 1)
