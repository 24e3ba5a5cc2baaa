"""Feeds and sitemaps: what a portal tells machines of its pages, a second route to them beside its lists."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime, time
from email.utils import parsedate_to_datetime
from itertools import islice

from archiver.items import Feed, FeedEntry, FeedKind, Problem
from archiver.portals import Portal
from archiver.portals.addresses import absolute, tidy
from archiver.reading.lines import Element
from archiver.reading.xml_records import Document, document, name_of, records, root_name, words_of
from archiver.vietnamese.dates import FIRST_YEAR, INDOCHINA_TIME, Order
from archiver.vietnamese.machine_dates import read_told_date
from archiver.vietnamese.text import clean

MOST_ENTRIES = 20_000  # of one feed or sitemap
_MOST_SITEMAPS = 1000  # that one index names
_MOST_RECORDS = 50_000  # that are gone through, empty ones and repetitions too; no sitemap may have more

_KINDS: dict[str, FeedKind] = {
    "rss": "rss", "RDF": "rss", "feed": "atom", "urlset": "sitemap", "sitemapindex": "sitemap index",
}  # fmt: skip
_RECORDS = {"rss": "item", "atom": "entry", "sitemap": "url", "sitemap index": "sitemap"}
_DATES = {"rss": ("pubDate", "date"), "atom": ("published", "updated"), "sitemap": ("lastmod",)}
_RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+(?P<year>\d{2,4})\b.*", re.DOTALL)
_OFFSET_BY_NAME = re.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?(\d\d))?\s*$", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)

Said = tuple[str, str | None, str | None]  # a record's address, title and date, as they stand there


def is_feed(body: bytes) -> bool:
    """Whether bytes are a feed or a sitemap, packed or not, whatever their address and type are.

    >>> is_feed(b"<?xml version='1.0'?><rss version='2.0'>"), is_feed(b"<!DOCTYPE html><html>")
    (True, False)
    """
    return kind_of(body) is not None


def kind_of(body: bytes) -> FeedKind | None:
    """By the name of its root; null for what is no feed: a page of HTML that stands in its place."""
    return _KINDS.get(root_name(body) or "")


def read_feed(body: bytes, portal: Portal, url: str, content_type: str | None = None) -> Feed | None:
    """Everything that a feed or a sitemap says, whatever bytes arrive; null for what is none.

    `url` is its own address, `content_type` the header as received. What cannot be read is null, and a problem says so.
    """
    kind = kind_of(body)
    if kind is None:
        return None
    url = tidy(portal, url)
    found = document(body, content_type)
    title = _title_of_feed(found, kind)
    said = _so_many(map(_SAYING[kind], records(found, _RECORDS[kind])), found)
    if kind == "sitemap index":
        addresses = list(islice(_addresses(said, portal, url), _MOST_SITEMAPS))
        return Feed(kind, url, None, (), tuple(addresses), found.is_cut_off, tuple(found.problems))
    entries = _entries(said, portal, url)
    read = tuple(islice(entries, MOST_ENTRIES))
    if next(entries, None) is not None:
        _leave_the_rest(found, MOST_ENTRIES)
    return Feed(kind, url, title, read, (), found.is_cut_off, tuple(dict.fromkeys(found.problems)))


def _so_many(said: Iterator[Said], found: Document) -> Iterator[Said]:
    yield from islice(said, _MOST_RECORDS)
    if next(said, None) is not None:
        _leave_the_rest(found, _MOST_RECORDS)


def _leave_the_rest(found: Document, read: int) -> None:
    found.is_cut_off = True
    found.problems.append(Problem("feed", "it has more entries than are read", str(read)))


def _title_of_feed(found: Document, kind: FeedKind) -> str | None:
    """What stands above the first record: in the channel around it, or, in RSS of old, in the channel before it."""
    first = next(records(found, _RECORDS[kind]), None)
    around = first.getparent() if first is not None else None
    if around is None:
        return None
    parts = _parts(around)
    return _title(_parts(parts.get("channel", around)).get("title"))


def _entries(said: Iterator[Said], portal: Portal, base: str) -> Iterator[FeedEntry]:
    met: set[str] = set()
    for href, title, raw in said:
        url = _address(portal, base, href)
        if url and url not in met:
            met.add(url)
            yield FeedEntry(url, title, _moment(raw, portal.platform.date_order), raw)


def _addresses(said: Iterator[Said], portal: Portal, base: str) -> Iterator[str]:
    met: set[str] = set()
    for href, *_ in said:
        url = _address(portal, base, href)
        if url and url not in met:
            met.add(url)
            yield url


def _address(portal: Portal, base: str, href: str) -> str:
    """An address of the web; "" for what is none."""
    url = absolute(base, href.strip()) if href.strip() else ""
    return tidy(portal, url) if re.match(r"https?://[^/\[\]]", url, re.IGNORECASE) else ""


def _in_rss(item: Element) -> Said:
    parts = _parts(item)
    guid = parts.get("guid")
    named = guid is not None and guid.get("isPermaLink", "true").strip().lower() != "false"
    about = next((value for name, value in item.items() if name.endswith("}about")), "")
    href = words_of(parts.get("link")).strip() or (words_of(guid) if named else "") or about
    return href, _title(parts.get("title")), _date(parts, "rss")


def _in_atom(entry: Element) -> Said:
    links = [each for each in entry if name_of(each) == "link" and each.get("rel", "alternate") == "alternate"]
    parts = _parts(entry)
    return (links[0].get("href", "") if links else ""), _title(parts.get("title")), _date(parts, "atom")


def _in_sitemap(record: Element) -> Said:
    parts = _parts(record)
    return words_of(parts.get("loc")), None, _date(parts, "sitemap")


_SAYING: dict[FeedKind, Callable[[Element], Said]] = {
    "rss": _in_rss, "atom": _in_atom, "sitemap": _in_sitemap, "sitemap index": _in_sitemap,
}  # fmt: skip


def _parts(record: Element) -> dict[str, Element]:
    """The first child of each name."""
    return {name_of(child): child for child in reversed(record)}


def _title(element: Element | None) -> str | None:
    """As a person reads it: many systems escape twice."""
    text = words_of(element)
    return clean(html.unescape(text) if _ESCAPED.search(text) else text) or None


def _date(parts: dict[str, Element], kind: str) -> str | None:
    found = (clean(words_of(parts.get(name))) for name in _DATES[kind])
    return next(filter(None, found), None)


def _moment(raw: str | None, order: Order) -> str | None:
    """ISO 8601 with +07:00, or the day alone; a time without an offset is the portal's."""
    if raw is None:
        return None
    if mail := _RFC_822.fullmatch(raw):
        at = _mail_date(raw)
        if at is None or at.year < FIRST_YEAR or mail["year"].startswith("000"):  # 0001 is taken for 2001 there
            return None
        return at.date().isoformat() if at.time() == time(0) else at.isoformat()
    date = read_told_date(raw, order)
    if date is None or date.on is None:
        return None
    return date.at.isoformat() if date.at is not None else date.on.isoformat()


def _mail_date(raw: str) -> datetime | None:
    """A date as mails have it, in the portal's zone: "Tue, 27 Jun 2023 10:14:00 +0700"."""
    plain = _OFFSET_BY_NAME.sub(lambda match: f"{match[1]}{int(match[2]):02}{match[3] or '00'}", raw)
    try:
        at = parsedate_to_datetime(plain)
        return at.astimezone(INDOCHINA_TIME) if at.tzinfo else at.replace(tzinfo=INDOCHINA_TIME)
    except (ValueError, OverflowError, TypeError):  # an impossible day, offset or year
        return None
