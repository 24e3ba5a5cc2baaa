"""What would be read on one page of a portal that nobody knows, by which signs, and what is doubtful of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from archiver.items import Article, Page
from archiver.portals.model import Platform, Portal, Tls
from archiver.portals.platforms.landmarks import LANDMARKS
from archiver.probing.places import parted
from archiver.probing.refusing import refusal
from archiver.probing.showing import shown
from archiver.reading.metadata import Stated, stated
from archiver.reading.outline import outline
from archiver.reading.page import read
from archiver.reading.recognising import Recognised, recognised
from archiver.reading.tree import parse
from archiver.vietnamese.date_forms import DayOrder, could_be_swapped, form_of, order_of
from archiver.vietnamese.dates import find_date
from archiver.vietnamese.text import clean

By = Literal["selectors and landmarks", "selectors", "landmarks", "selectors, landmarks otherwise", "nothing"]

FIELDS = ("title", "lead", "body", "section", "author", "published_on", "published_at", "images", "attachments")
_PARTS = {"section": "breadcrumb", "published_on": "date", "published_at": "date", "images": "body"}
_NAMED_BY_PAGE = etree.XPath("string((//link[@rel='canonical']/@href | //meta[@property='og:url']/@content)[1])")
_SITE_FOR_MACHINES = etree.XPath("string(//head/meta[@property='og:site_name']/@content)")
_LONGEST_NAME = 100  # characters; what is longer is no name
_ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FieldSeen:
    """One field of an article: what is read, and who finds it."""

    name: str
    value: object  # as in the article
    by: By
    landmarks: object = None  # what they alone would read, where that is something else


@dataclass(frozen=True, slots=True)
class DatesSeen:
    """The dates that a page prints, the header's first, and what they prove together."""

    header: str | None
    form: str | None  # of the header's, or of the first row's where there is no header
    order: DayOrder
    by_machines: bool  # the order is proven by the date that the page tells machines, and by no number on it
    is_ambiguous: bool  # nothing on the page tells whether the day or the month stands first


@dataclass(frozen=True, slots=True)
class Look:
    """One page."""

    url: str
    body: bytes
    recognised: Recognised
    page: Page
    fields: tuple[FieldSeen, ...]
    dates: DatesSeen
    site_name: str | None  # what the page calls the site
    refusal: str | None  # why nothing can be read here, in a sentence; null where something can
    doubts: tuple[str, ...]  # what is read and not certain, or missing


def look(body: bytes, content_type: str | None, url: str, captured_at: datetime | None = None) -> Look:
    """Read a page as its own platform's, and once more by landmarks alone, to compare.

    `captured_at` (aware) is what dates that count backwards are counted from; of a saved page nobody knows it.
    """
    found = recognised(body, content_type)
    portal = unknown(url, found.platform)
    root = parse(body, content_type).root
    seen = outline(root, portal, url) if root is not None else None
    page = read(body, portal, url, content_type, captured_at)
    bare = read(body, replace(portal, platform=LANDMARKS), url, content_type, captured_at)
    dates = _dates(page, stated(root, body, "dmy") if root is not None else ())
    return Look(
        page.url,
        body,
        found,
        page,
        _fields(page.article, bare.article, set(seen.parts if seen else ())),
        dates,
        _site_name(root, page),
        refusal(body, page, seen),
        _doubts(page, dates),
    )


def unknown(url: str, platform: Platform) -> Portal:
    """A portal of which no more is known than where a page of it stands."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return Portal("unknown", host, f"{parts.scheme}://{host}/", "", None, platform, (host,))


def portal_of(url: str, tls: Tls) -> Portal:
    """The same, and how its server is to be trusted."""
    return replace(unknown(url, LANDMARKS), tls=tls)


def address_in(body: bytes) -> str | None:
    """The address that a saved page gives as its own: its canonical link, or `og:url`; null where it gives none."""
    root = parse(body, None).root
    named = clean(str(_NAMED_BY_PAGE(root))) if root is not None else ""
    return named if _ADDRESS.match(named) else None


def _fields(article: Article | None, bare: Article | None, parts: set[str]) -> tuple[FieldSeen, ...]:
    if article is None:
        return ()
    return tuple(_field(name, article, bare, _PARTS.get(name, name) in parts) for name in FIELDS)


def _field(name: str, article: Article, bare: Article | None, selected: bool) -> FieldSeen:
    value, other = getattr(article, name), getattr(bare, name, None)
    if not value:
        return FieldSeen(name, value, "nothing", other or None)
    if not selected:
        return FieldSeen(name, value, "landmarks")
    if value == other:
        return FieldSeen(name, value, "selectors and landmarks")
    return FieldSeen(name, value, "selectors, landmarks otherwise" if other else "selectors", other or None)


def _dates(page: Page, said: tuple[Stated, ...]) -> DatesSeen:
    rows = [row.listed_raw for row in page.listed if row.listed_raw]
    header = page.article.published_raw if page.article else None
    raws = [header, *rows] if header else rows
    order, by_machines = order_of(raws), False
    if order == "not told" and header and (told := _order_told(header, said)):
        order, by_machines = told, True
    is_ambiguous = order == "not told" and any(map(could_be_swapped, raws))
    return DatesSeen(header, form_of(raws[0]) if raws else None, order, by_machines, is_ambiguous)


def _order_told(header: str, said: tuple[Stated, ...]) -> DayOrder | None:
    """The order in which a header's date is the one that the page tells machines."""
    day_first, month_first = find_date(header, "dmy"), find_date(header, "mdy")
    if day_first is None or month_first is None or day_first.on == month_first.on:
        return None
    days = {each.date.on for each in said}
    if day_first.on in days:
        return None if month_first.on in days else "day first"
    return "month first" if month_first.on in days else None


def _site_name(root: etree._Element | None, page: Page) -> str | None:
    if root is None:
        return None
    title = next(root.iter("title"), None)
    text = "".join(title.itertext()) if title is not None else ""
    _, site = parted(text, page.article.title if page.article else None)
    name = shown(site or clean(str(_SITE_FOR_MACHINES(root))))
    return name if 0 < len(name) <= _LONGEST_NAME else None


def _doubts(page: Page, dates: DatesSeen) -> tuple[str, ...]:
    told = [f"{problem.reason}{f': {shown(problem.raw)[:80]}' if problem.raw else ''}" for problem in page.problems]
    if dates.order == "month first":
        told.append("the month stands before the day, as in the USA: the platform needs date_order='mdy'")
    if dates.order == "both":
        told.append("some dates can only be read day first, others only month first")
    return tuple(dict.fromkeys(told))
