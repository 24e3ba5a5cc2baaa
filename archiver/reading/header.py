"""The header of an article: its title and its date line, however it was found.

By the platform's selectors where they find both (`header_by_selectors`); else by what a person goes by: a title with a
date line beside it, followed by text (`header_by_landmarks`). The date is the one in the header, never today's in the
page head, one in the text, or a list's.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver.portals import Portal
from archiver.reading.lines import Outline
from archiver.reading.nearby import leads_elsewhere
from archiver.reading.words import is_furniture, key
from archiver.vietnamese.dates import DateReading
from archiver.vietnamese.titles import full_title, is_site_name, without_site


@dataclass(frozen=True, slots=True)
class Header:
    """Where an article's header stands, and what it says. Lines are indices into the outline."""

    title: str | None
    title_lines: tuple[int, int] | None  # first, behind the last
    date: DateReading | None
    date_raw: str | None
    date_line: int | None
    end: int  # the first line that may be lead or body
    is_told: bool = False  # no date is shown, but the page tells machines that this is news


def as_told(page: Outline, name: str, portal: Portal, url: str) -> Header | None:
    """The header of news that shows no date, if a heading is called as the page tells machines; else null."""
    found = (line for line in page.lines if line.heading and key(line.text) == key(name))
    title = next((line for line in found if not leads_elsewhere(line, portal, url)), None)
    if title is None:
        return None
    lines = (title.index, title.index + 1)
    return Header(title.text, lines, None, None, None, behind_tools(page, lines[1]), is_told=True)


def window_title(page: Outline, portal: Portal) -> str:
    """The page's `<title>` without the site's name; "" where it is nothing else."""
    names = (portal.name, *portal.site_names)
    title = without_site(page.window_title, names)
    return "" if is_site_name(title, names) else title


def whole_title(page: Outline, title: str) -> str:
    """A title that the page cuts short with dots, as it tells it to machines."""
    return full_title(title, page.title_for_machines)


def behind_tools(page: Outline, index: int) -> int:
    """The first line at or behind an index that is neither tool nor counter."""
    while index < len(page.lines) and is_furniture(page.lines[index].text):
        index += 1
    return index
