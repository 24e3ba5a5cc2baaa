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

_KNOWN: dict[bytes, Menu] = {}  # the menus that were read, by markup


def menu_of(element: Element) -> Menu | None:
    """The links of a list that is a menu; null for any other list."""
    markup = etree.tostring(element, encoding="utf-8", with_tail=False)
    if len(markup) > _LARGEST:
        return None
    known = _KNOWN.get(markup)
    return known if known is not None else _remembered(markup, _read_menu(element))


def _remembered(markup: bytes, menu: Menu | None) -> Menu | None:
    """Other lists are not kept: every article's boxes are new ones, and would push the menus out."""
    if menu is not None:
        if len(_KNOWN) >= _MOST_REMEMBERED:
            _KNOWN.clear()
        _KNOWN[markup] = menu
    return menu


def _read_menu(element: Element) -> Menu | None:
    """A menu is nothing but links, none of them a number (those are a pager's), with no year in it (dates have one)."""
    text = _STRING(element)
    if _YEAR.search(text):
        return None
    links = list(element.iter("a"))
    if len(links) < _FEWEST_LINKS:
        return None
    names, text = [clean(_STRING(each)) for each in links], clean(text)
    if len("".join(names).replace(" ", "")) != len(text.replace(" ", "")):
        return None
    if any(name.isdigit() for name in names):
        return None
    return tuple((each.get("href", ""), name) for each, name in zip(links, names, strict=True))
