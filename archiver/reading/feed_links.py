"""Which feeds a page names: its head, or, of a page that lists feeds, its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from archiver.items import PageKind
from archiver.portals import Portal
from archiver.portals.addresses import absolute, is_on, tidy
from archiver.reading.lines import Element

_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_LIKE_A_FEED = re.compile(r"(?:/(?:rss|atom|feeds?)(?:/|$|\.)|\.(?:rss|atom)$)", re.IGNORECASE)


def feed_links(root: Element, base: str, portal: Portal, kind: PageKind) -> tuple[str, ...]:
    """The addresses of feeds on the portal that a page names, each once.

    An article names none: the feeds of the site are named elsewhere too, and its own are those of its comments. Plain
    links count on pages that are nothing else, as one that lists the feeds of all sections.
    """
    if kind == "article":
        return ()
    hrefs = [*_in_head(root), *(_in_links(root) if kind == "other" else ())]
    found = (tidy(portal, absolute(base, href)) for href in hrefs if href.strip())
    return tuple(dict.fromkeys(url for url in found if is_on(portal, url)))


def _in_head(root: Element) -> Iterator[str]:
    for link in root.iter("link"):
        is_alternate = "alternate" in link.get("rel", "").lower().split()
        if is_alternate and link.get("type", "").partition(";")[0].strip().lower() in _TYPES:
            yield link.get("href", "")


def _in_links(root: Element) -> Iterator[str]:
    for anchor in root.iter("a"):
        href = anchor.get("href", "")
        if not href.startswith("#") and _LIKE_A_FEED.search(_path(href)):
            yield href


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:
        return ""
