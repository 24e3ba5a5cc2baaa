"""Atom (RFC 4287) as text: values in, XML out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. Times are ISO 8601 with a zone, as captures give them; texts are plain."""

    id: str
    title: str
    link: str
    updated: str
    summary: str
    author: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, the newest entry first."""

    id: str
    title: str
    subtitle: str
    link: str  # the page that shows the same
    own_link: str
    author: str
    language: str
    entries: Sequence[Entry]


def name_of(*parts: object) -> str:
    """What names an entry or a feed for ever, wherever the archive is served: two mirrors give the same.

    >>> name_of("edit", "ljqvjwndfd", 2) == name_of("edit", "ljqvjwndfd", "2") != name_of("edit", "ljqvjwndfd", 3)
    True
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'archiver:' + '/'.join(map(str, parts)))}"


def atom(feed: Feed) -> str:
    """The feed as XML. It was updated when its newest entry was: a feed without any never was."""
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", max((entry.updated for entry in feed.entries), default=_NEVER))
    _add(root, "link", rel="alternate", type="text/html", href=feed.link)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.own_link)
    _add(_add(root, "author"), "name", feed.author)
    for entry in feed.entries:
        _add_entry(root, entry)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _add_entry(root: ElementTree.Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", entry.updated)
    _add(element, "link", rel="alternate", type="text/html", href=entry.link)
    if entry.author:
        _add(_add(element, "author"), "name", entry.author)
    if entry.category:
        _add(element, "category", term=entry.category)
    _add(element, "summary", entry.summary)


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = None if text is None else _NOT_IN_XML.sub("\ufffd", text)
    return element
