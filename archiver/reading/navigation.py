"""Where a page leads: the links of the site's own navigation, and how a list goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from archiver.items import Link, NextPage
from archiver.portals import Portal
from archiver.portals.addresses import absolute, is_page, tidy
from archiver.reading.lines import Anchor, Element, Menu, Outline
from archiver.reading.words import key

_POSTBACK = re.compile(
    r"""(?:__doPostBack|WebForm_PostBackOptions)\s*\(\s*["']([^"']*)["']\s*,\s*["']([^"']*)["']""", re.IGNORECASE
)
_NUMBER = re.compile(r"[\[(]?\s*(?:trang\s+)?(\d{1,5})\s*[\])]?", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:trang\s+)?(?:sau|tiep|tiep theo|ke tiep|ke|next|next page|cu hon|tin cu hon)|xem tiep|»|›|>|>>|\.\.\."
)
_LONGEST_LABEL = 20
_MOST_STEPS = 200  # in one pager; some print every page of a list
_DIGITS = re.compile(r"\d+")
_PRINT = frozenset(("in trang", "in trang nay", "in bai", "in bai viet", "ban in", "in", "print", "phien ban in"))


def links(page: Outline, portal: Portal) -> tuple[Link, ...]:
    """Every address of the portal that the page links to, each once, in reading order."""
    found: dict[str, Link] = {}
    done = 0
    for place, menu in [*page.menus, (len(page.anchors), ())]:
        for anchor in page.anchors[done:place]:
            link = _link(portal, anchor.url, anchor.href, anchor.text)
            if link is not None:
                found.setdefault(link.url, link)
        for link in _menu_links(portal, _common_base(page.base, menu), menu):
            found.setdefault(link.url, link)
        done = place
    return tuple(found.values())


@lru_cache(maxsize=512)
def _common_base(base: str, menu: Menu) -> str:
    """A base that the pages of a portal share, where a menu's addresses allow it."""
    return absolute(base, "/") if all(href.startswith(("/", "http:", "https:", "#")) for href, _ in menu) else base


@lru_cache(maxsize=512)
def _menu_links(portal: Portal, base: str, menu: Menu) -> tuple[Link, ...]:
    found = (_link(portal, absolute(base, href), href, name) for href, name in menu)
    return tuple(link for link in found if link is not None)


def _link(portal: Portal, url: str, href: str, text: str) -> Link | None:
    if href.startswith("#") or not url.startswith(("http:", "https:")):
        return None
    address = tidy(portal, url)
    return None if not is_page(portal, address) or _is_print(text) else Link(address, text)


def _is_print(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and key(text) in _PRINT


def next_pages(page: Outline, portal: Portal, url: str) -> tuple[NextPage, ...]:
    """The pager's links and forms, in reading order: numbered pages, and "Trang sau" or "»" without a number."""
    return tuple(_pager(page, portal, tidy(portal, url)))


def _pager(page: Outline, portal: Portal, here: str) -> Iterator[NextPage]:
    seen: set[tuple[int | None, str, str]] = set()
    forms: dict[Element, dict[str, str]] = {}
    for anchor in page.anchors:
        number, is_next = _label(anchor)
        if (number is None and not is_next) or len(seen) >= _MOST_STEPS:
            continue
        posted = _POSTBACK.search(anchor.href) or _POSTBACK.search(anchor.element.get("onclick", ""))
        if posted:
            name = (number, posted[1], posted[2])
            fields = _form_of(anchor.element, forms)
            step = None if fields is None else NextPage(number, here, _posted(fields, posted[1], posted[2]))
        else:
            address = tidy(portal, anchor.url)
            name = (number, address, "")
            step = NextPage(number, address) if _is_sibling(portal, here, address) else None
        if step is not None and name not in seen:
            seen.add(name)
            yield step


def _label(anchor: Anchor) -> tuple[int | None, bool]:
    text = anchor.text or anchor.element.get("title", "") or anchor.element.get("aria-label", "")
    if len(text) > _LONGEST_LABEL or anchor.in_body:
        return None, False
    number = _NUMBER.fullmatch(text)
    if number:
        return int(number[1]), False
    return None, _NEXT.fullmatch(key(text).strip(" |[]().»›>") or text.strip()) is not None


def _is_sibling(portal: Portal, here: str, address: str) -> bool:
    """Whether two addresses may be pages of one list: the same path and another query, or a path with other digits."""
    if address == here or not is_page(portal, address):
        return False
    own, other = urlsplit(here), urlsplit(address)
    own_path, other_path = own.path.lower(), other.path.lower()
    if own_path == other_path:
        return own.query != other.query
    if _DIGITS.sub("#", own_path) == _DIGITS.sub("#", other_path):
        return own.query == other.query
    own_stem, other_stem = own_path.rstrip("/"), other_path.rstrip("/")
    return re.fullmatch(re.escape(own_stem) + r"/(?:page|trang)[-/]?\d+", other_stem) is not None


def _form_of(element: Element, known: dict[Element, dict[str, str]]) -> dict[str, str] | None:
    """The fields of the form around an element, as a browser would send them; null outside of forms."""
    form = next((each for each in element.iterancestors("form")), None)
    if form is None:
        return None
    if form not in known:
        known[form] = dict(_fields(form))
    return known[form]


def _posted(fields: dict[str, str], target: str, argument: str) -> tuple[tuple[str, str], ...]:
    """What `__doPostBack` sends: every field of the form as it stands, with target and argument."""
    return tuple((fields | {"__EVENTTARGET": target, "__EVENTARGUMENT": argument}).items())


def _fields(form: Element) -> Iterator[tuple[str, str]]:
    for control in form.iter("input", "select", "textarea"):
        name = control.get("name")
        if not name or control.get("disabled") is not None:
            continue
        if control.tag == "select":
            options = list(control.iter("option"))
            chosen = next(
                (each for each in options if each.get("selected") is not None), options[0] if options else None
            )
            if chosen is not None:
                yield name, chosen.get("value", "".join(chosen.itertext()).strip())
        elif control.tag == "textarea":
            yield name, control.text or ""
        elif control.get("type", "text").lower() in ("checkbox", "radio"):
            if control.get("checked") is not None:
                yield name, control.get("value", "on")
        elif control.get("type", "text").lower() not in ("submit", "button", "image", "reset", "file"):
            yield name, control.get("value", "")
