"""Section lists and their paging: numbered links, a form to be posted, a link to the next page only, none."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from archiver.demo.catalogue import Entry
from archiver.demo.list_rows import NumberOf, section_rows
from archiver.demo.sections import PAGE_SIZE, Section, shown
from archiver.demo.shell import breadcrumb, page

WINDOW = 2  # page numbers shown on either side of the current one
PAGER = "ctl00$PlaceHolderMain$ctl09$dsTin"


def list_page(section: Section, entries: Sequence[Entry], asked: int, number_of: NumberOf) -> str:
    """Page `asked` of a section's list, from 1."""
    last = page_count(section, entries)
    number = asked if section.beyond == "empty" else min(asked, last)
    rows = section_rows(section, page_entries(section, entries, number), number_of)
    main = f'{breadcrumb(section.path, section.name)}<h2 class="td-channel">{section.name}</h2>\n{rows}'
    return page(section.name, section.path.rpartition("/")[2], main + pager(section, number, last))


def page_count(section: Section, entries: Sequence[Entry]) -> int:
    """How many pages its list has; an empty list has one."""
    return max(1, ceil(len(entries) / PAGE_SIZE)) if shown(section) is None else 1


def page_entries(section: Section, entries: Sequence[Entry], number: int) -> Sequence[Entry]:
    """The rows of one page."""
    if (limit := shown(section)) is not None:
        return entries[:limit]
    return entries[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def pager(section: Section, number: int, last: int) -> str:
    """The way to the other pages."""
    match section.paging:
        case "numbered":
            return numbered(section, number, last)
        case "postback":
            return postback(number, last)
        case "next":
            return next_only(section, number, last)
    return ""


def window(number: int, last: int) -> range:
    """The page numbers that are shown.

    >>> list(window(1, 9)), list(window(5, 9))
    ([1, 2, 3], [3, 4, 5, 6, 7])
    """
    return range(max(1, number - WINDOW), min(last, number + WINDOW) + 1)


def query(section: Section, number: int) -> str:
    """The query that leads to a page of the list."""
    return f"?{section.parameter}={number}{section.more_query}".replace("&", "&amp;")


def numbered(section: Section, number: int, last: int) -> str:
    """Numbers around the current one; « and » lead one page on."""
    links = [step(section, number - 1, "«")] if number > 1 else []
    links += [current(i) if i == number else step(section, i, str(i)) for i in window(number, last)]
    links += [step(section, number + 1, "»")] if number < last else []
    return f'<div class="td-pager">{" ".join(links)}</div>\n'


def step(section: Section, number: int, text: str) -> str:
    """A link to a page; one section writes no more than the query."""
    path = "" if section.parameter == "Trang" else section.path
    return f'<a href="{path}{query(section, number)}">{text}</a>'


def current(number: int) -> str:
    """The page that one is on."""
    return f'<span class="current">{number}</span>'


def postback(number: int, last: int) -> str:
    """Numbers that post the page's form."""
    links = (current(i) if i == number else posting(i) for i in window(number, last))
    return f'<div class="td-pager">{" ".join(links)}</div>\n'


def posting(number: int) -> str:
    """A link that posts the form, its quotes as ASP.NET writes them."""
    return f'<a href="javascript:__doPostBack(&#39;{PAGER}&#39;,&#39;Page${number}&#39;)">{number}</a>'


def next_only(section: Section, number: int, last: int) -> str:
    """One link to what is older."""
    if number >= last:
        return ""
    return f'<div class="td-pager"><a href="{section.path}{query(section, number + 1)}">Trang sau »</a></div>\n'
