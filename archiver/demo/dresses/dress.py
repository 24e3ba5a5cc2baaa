"""What a dress is: how one platform addresses, writes and pages the same news. And what it is given to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from archiver.demo.responses import Request
from archiver.demo.sections import Section
from archiver.demo.story import Story


@dataclass(frozen=True, slots=True)
class Row:
    """An article as lists speak of it."""

    number: int  # the story's, oldest first; those of rows that lead nowhere good begin at 9001
    href: str  # ready for an attribute
    title: str
    lead: str | None
    section: Section
    listed_at: datetime


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """A story that is to be dressed."""

    row: Row
    story: Story
    lead: str | None  # HTML
    body: str  # HTML: blocks, documents, and the sign-off where the dress has it there
    newer: tuple[Row, ...]  # of its section, the next newer ones, the oldest first
    older: tuple[Row, ...]  # and the next older ones, the newest first


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A page of a section's list."""

    section: Section
    rows: tuple[Row, ...]
    number: int  # from 1
    last: int


@dataclass(frozen=True, slots=True)
class HomeSheet:
    """The lists of the home page."""

    newest: tuple[Row, ...]
    blocks: tuple[tuple[Section, tuple[Row, ...]], ...]


class Named(NamedTuple):
    """What an article's address may be made of."""

    slug: str
    section: Section
    number: int


ListAsked = tuple[str, int]
"""A section's key, and a page of its list."""


@dataclass(frozen=True, slots=True)
class Fragments:
    """Further pages of lists, as a page's script fetches them: a piece of HTML for a posted wish."""

    path: str
    asked: Callable[[Request], tuple[str, int, int] | None]  # a section's key, a page, how many rows to a page
    draw: Callable[[tuple[Row, ...]], str]


def in_full(_: int) -> bool:
    """Every story's minute is printed."""
    return True


def no_minute(_: int) -> bool:
    """No story's minute is."""
    return False


def as_it_is(sign_off: str) -> str:
    """A sign-off as its editor wrote it."""
    return sign_off


@dataclass(frozen=True, slots=True)
class Dress:
    """A platform's way with the news: addresses and markup, and what it prints of times.

    Functions that take a number take the story's: a platform need not print the same of all.
    """

    key: str  # as in `--dress`, and behind `demo-` in the portal's key
    name: str
    host: str  # "https://anthuan-nukeviet.example"
    article_path: Callable[[Named], str]
    list_path: Callable[[Section, int], str]
    list_asked: Callable[[Request], ListAsked | None]
    article: Callable[[ArticleSheet], str]
    listing: Callable[[ListSheet], str]
    home: Callable[[HomeSheet], str]
    plain: Callable[[str, str], str]  # a page without news: its title, and what stands below it
    page_date: Callable[[datetime, int], str]  # the article's date line, without counters
    row_date: Callable[[datetime, int], str]
    heading: str  # above what is next older, on an article's page
    page_minutes: Callable[[int], bool] = in_full  # whether the date line has a minute
    row_minutes: Callable[[int], bool] = in_full
    beside_date: Callable[[datetime, int], str] | None = None  # below that heading, where rows there differ
    beside_minutes: Callable[[int], bool] | None = None
    signed: Callable[[str], str] = as_it_is  # the sign-off as it is printed
    signs_in_body: bool = True
    naming_parameter: str = ""  # the query parameter that names an article, where its path does not
    posts_pages: bool = False  # lists go on by posting their own form
    fragments: Fragments | None = None
    feed_page: str = ""  # where feeds are listed
    feed_path: Callable[[Section | None], str] | None = None  # of a section; of all for null
    sitemap_path: str = ""
    sitemap_index: str = ""  # what names the sitemap, where it is parted
    in_robots: bool = False  # robots.txt names the sitemap
