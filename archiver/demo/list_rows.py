"""Rows and boxes of lists: the platform's own, and those of two other developers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from archiver.demo.addresses import Place, link
from archiver.demo.catalogue import Entry
from archiver.demo.dates import list_date
from archiver.demo.markup import words
from archiver.demo.sections import Section
from archiver.demo.story import Story

LONGEST_TITLE = 72

NumberOf = Callable[[Entry], int]


def shortened(title: str) -> str:
    """A title as lists show it.

    >>> shortened("Hội nghị " * 10)
    'Hội nghị Hội nghị Hội nghị Hội nghị Hội nghị Hội nghị Hội nghị Hội ng...'
    """
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 3].rstrip() + "..."


def href(entry: Entry, number_of: NumberOf, place: Place) -> str:
    """The link's address, ready for an attribute."""
    return escape(link(entry.path, number_of(entry), place))


def platform_row(entry: Entry, address: str, title: str) -> str:
    """The platform's row: the date right behind the link, no space between."""
    anchor = f'<a href="{address}" title="{escape(entry.title)}">{words(title)}</a>'
    return f'<li><label class="channel-news-title">{anchor}</label>{list_date(entry.listed_at)}</li>\n'


def picture_row(entry: Entry, address: str, title: str) -> str:
    """A block with a picture link before the title link, and a summary."""
    lead = entry.lead if isinstance(entry, Story) else None
    summary = f'<div class="td-item-summary">{words(shortened(lead))}</div>' if lead else ""
    return (
        f'<div class="td-item"><a href="{address}"><img alt="" src="/portal/Photos/anh-dai-dien.png"></a>'
        f'<a class="td-item-title" href="{address}" title="{escape(entry.title)}">{words(title)}</a> '
        f'<span class="td-item-date">{list_date(entry.listed_at)}</span>{summary}</div>\n'
    )


def dated_link_row(entry: Entry, address: str, title: str) -> str:
    """The older theme's row: the date inside the link."""
    inside = f"{words(title)} <i>{list_date(entry.listed_at)}</i>"
    return f'<div class="tandan-item-view"><a href="{address}" title="{escape(entry.title)}">{inside}</a></div>\n'


ROWS = {"platform": platform_row, "pictures": picture_row, "dated_links": dated_link_row}


def section_rows(section: Section, entries: Sequence[Entry], number_of: NumberOf) -> str:
    """A page of a section's list: long titles are cut, the full one stands in `title=`."""
    row = ROWS[section.rows]
    rows = "".join(row(entry, href(entry, number_of, "list"), shortened(entry.title)) for entry in entries)
    tag = "ul" if section.rows == "platform" else "div"
    return f'<{tag} class="td-list">\n{rows}</{tag}>\n' if rows else "<p>Dữ liệu đang được cập nhật</p>\n"


def latest_box(entries: Sequence[Entry], number_of: NumberOf, place: Place) -> str:
    """The platform's box “Tin mới nhất”."""
    rows = "".join(platform_row(entry, href(entry, number_of, place), entry.title) for entry in entries)
    heading = '<p class="tandan-p-article-other">Tin mới nhất</p>'
    return f'<div class="tandan-div-article-other">{heading}<ul>\n{rows}</ul></div>\n'


def older_latest_box(entries: Sequence[Entry], number_of: NumberOf) -> str:
    """The same box in the older theme."""
    rows = "".join(dated_link_row(entry, href(entry, number_of, "box"), entry.title) for entry in entries)
    return f'<div class="tandan-other-view"><h3>Tin mới nhất</h3>\n{rows}</div>\n'


def home_block(section: Section, entries: Sequence[Entry], number_of: NumberOf) -> str:
    """A section's newest on the home page."""
    rows = "".join(platform_row(entry, href(entry, number_of, "home"), entry.title) for entry in entries)
    heading = f'<h3 class="td-channel"><a href="{section.path}">{section.name}</a></h3>'
    return f'<div class="td-block">{heading}<ul>\n{rows}</ul></div>\n'
