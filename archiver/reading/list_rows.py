"""The rows of list boxes as a page shows them: where each stands, where it leads, and dates that were refused."""

from __future__ import annotations

from urllib.parse import urlsplit

from archiver.items import ListKind, ListRow, PageKind, Problem
from archiver.portals import Portal
from archiver.portals.addresses import canonical, tidy
from archiver.reading import lists
from archiver.reading.lines import Outline
from archiver.reading.lists import Box
from archiver.reading.words import LATEST, list_heading
from archiver.vietnamese.dates import MIDNIGHT_PLACEHOLDER
from archiver.vietnamese.relative_dates import CONFIRMED
from archiver.vietnamese.relative_dates import FLAGS as COUNTED_BACKWARDS

_HOME_PATHS = frozenset(("", "/", "/default.aspx", "/index.html", "/index.aspx", "/trang-chu.html", "/trang-chu"))
_UNREMARKABLE_IN_LISTS = frozenset((MIDNIGHT_PLACEHOLDER, CONFIRMED)) | COUNTED_BACKWARDS


def rows_of(found: list[Box], kind: PageKind, portal: Portal, url: str) -> tuple[ListRow, ...]:
    """The rows of the boxes of a page, in reading order."""
    elsewhere: ListKind = "related" if kind == "article" else "home" if is_home(portal, url) else "section"
    rows = []
    for number, box in enumerate(found, 1):
        list_kind: ListKind = "latest" if list_heading(box.heading or "") == LATEST else elsewhere
        for position, row in enumerate(box.rows, 1):
            raw = row.date.raw if row.date else None
            address = tidy(portal, row.anchor.url)
            when = lists.listed_at(row.date)
            rows.append(ListRow(list_kind, number, box.heading, position, address, row.title, when, raw))
    return tuple(rows)


def is_home(portal: Portal, url: str) -> bool:
    """Whether an address is the home page's."""
    return canonical(portal, url) == canonical(portal, portal.url) or (urlsplit(url).path.lower() in _HOME_PATHS)


def refused_dates(box: Box) -> list[Problem]:
    """The dates of a box that are not believed."""
    return [
        Problem("list", flag, row.date.raw)
        for row in box.rows
        if row.date is not None
        for flag in row.date.flags
        if flag not in _UNREMARKABLE_IN_LISTS
    ]


def without_last_row(page: Outline, found: list[Box]) -> list[Box]:
    """Of a page that is cut off in a list, the last row may lack its date or half its title."""
    if not found or max(box.lines[1] for box in found) < len(page.lines) - 1:
        return found
    last = max(found, key=lambda box: box.lines[1])
    last.rows.pop()
    return [box for box in found if box.rows]
