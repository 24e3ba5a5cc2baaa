"""Menus: lists that are nothing but links. A portal prints the same ones on every page, where they are half of it."""

from __future__ import annotations

import re

from lxml import etree

from archiver.reading.lines import Element, Menu
from archiver.vietnamese.text import clean

_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST_LINKS = 6
_MOST_REMEMBERED = 128
_LARGEST = 200_000  # bytes of markup
_STRING = etree.XPath("string()")

_KNOWN: dict[bytes, Menu | None] = {}  # what was read, by markup


def menu_of(element: Element) -> Menu | None:
    """The links of a list that is a menu; null for any other list."""
    markup = etree.tostring(element, encoding="utf-8", with_tail=False)
    if len(markup) > _LARGEST:
        return None
    if markup not in _KNOWN:
        if len(_KNOWN) >= _MOST_REMEMBERED:
            _KNOWN.clear()
        _KNOWN[markup] = _read_menu(element)
    return _KNOWN[markup]


def _read_menu(element: Element) -> Menu | None:
    """A menu is nothing but links, none of them a number (those are a pager's), with no year in it (dates have one)."""
    links = list(element.iter("a"))
    if len(links) < _FEWEST_LINKS:
        return None
    names = [clean(_STRING(each)) for each in links]
    text = clean(_STRING(element))
    if _YEAR.search(text) or len("".join(names).replace(" ", "")) != len(text.replace(" ", "")):
        return None
    if any(name.isdigit() for name in names):
        return None
    return tuple((each.get("href", ""), name) for each, name in zip(links, names, strict=True))
