"""Where a page leads: the links of the site's own navigation, and how a list goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from archiver.items import Link, PagerStep
from archiver.portals import Portal
from archiver.portals.addresses import absolute, is_page, tidy
from archiver.reading.lines import Anchor, Element, Menu, Outline
from archiver.reading.words import key

Fields = list[tuple[str, str]]

_POSTBACK = re.compile(
    r"""(?:__doPostBack|WebForm_PostBackOptions)\s*\(\s*["']([^"']*)["']\s*,\s*["']([^"']*)["']""", re.IGNORECASE
)
_NUMBER = re.compile(r"[\[(]?\s*(?:trang\s+)?(\d{1,5})\s*[\])]?", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:trang\s+)?(?:sau|tiep|tiep theo|ke tiep|ke|next|next page|cu hon|tin cu hon)|xem tiep|»|›|>|>>|\.\.\.|…"
)
_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_SAME_FROM_ANYWHERE = ("/", "http:", "https:", "#", "javascript:", "mailto:", "tel:")
_LONGEST_LABEL = 20
_MOST_STEPS = 200  # in one pager; some print every page of a list
_OTHER_STEPS = re.compile(
    r"(?:trang\s+)?(?:dau|dau tien|truoc|cuoi|cuoi cung|first|last|previous|prev)|moi hon|tin moi hon"
    r"|«|‹|<|<<|«««?|»»|>>\|"
)
_DIGITS = re.compile(r"\d+")
_PRINT = frozenset(("in trang", "in trang nay", "in bai", "in bai viet", "ban in", "in", "print", "phien ban in"))


def links(page: Outline, portal: Portal) -> tuple[Link, ...]:
    """Every address of the portal that the page links to, each once, in reading order."""
    found: dict[str, Link] = {}
    done = 0
    for target in refreshes(page):
        link = _link(portal, absolute(page.base, target), target, "")
        if link is not None:
            found[link.url] = link
    for place, menu in [*page.menus, (len(page.anchors), ())]:
        for anchor in page.anchors[done:place]:
            link = _link(portal, anchor.url, anchor.href, anchor.text)
            if link is not None:
                found.setdefault(link.url, link)
        for link in _menu_links(portal, _common_base(page.base, menu), menu):
            found.setdefault(link.url, link)
        done = place
    return tuple(found.values())


def refreshes(page: Outline) -> Iterator[str]:
    """Where `<meta http-equiv="refresh">` sends a browser."""
    for meta in page.root.iterfind("head/meta"):
        if meta.get("http-equiv", "").lower() == "refresh" and (target := _REFRESH.match(meta.get("content", ""))):
            yield target[1].strip()


@lru_cache(maxsize=512)
def _common_base(base: str, menu: Menu) -> str:
    """A base that the pages of a portal share, where a menu's addresses allow it."""
    return absolute(base, "/") if all(href.startswith(_SAME_FROM_ANYWHERE) for href, _ in menu) else base


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


def pager(page: Outline, portal: Portal, url: str) -> tuple[PagerStep, ...]:
    """The steps of the pager, in reading order: numbered pages, and words or arrows."""
    return tuple(_steps(page, portal, tidy(portal, url)))


def _steps(page: Outline, portal: Portal, here: str) -> Iterator[PagerStep]:
    seen: set[tuple[int | None, str, str]] = set()
    forms: dict[Element, Fields] = {}
    for anchor in page.anchors:
        label = _label(anchor)
        if label is None or len(seen) >= _MOST_STEPS:
            continue
        number, is_next = label
        posted = _POSTBACK.search(anchor.href) or _POSTBACK.search(anchor.element.get("onclick", ""))
        if posted:
            name = (number, posted[1], posted[2])
            form = next(anchor.element.iterancestors("form"), None)
            step = None
            if form is not None:
                fields = _posted(_fields_of(form, forms), posted[1], posted[2])
                step = PagerStep(number, is_next, _posted_to(form, page, portal, here), fields)
        else:
            address = tidy(portal, anchor.url)
            name = (number, address, "")
            step = PagerStep(number, is_next, address) if _is_sibling(portal, here, address) else None
        if step is not None and name not in seen:
            seen.add(name)
            yield step


def _label(anchor: Anchor) -> tuple[int | None, bool] | None:
    """The number on a link and whether it leads to the next page; null where it is no step of a pager."""
    text = anchor.text or anchor.element.get("title", "") or anchor.element.get("aria-label", "")
    if len(text) > _LONGEST_LABEL or anchor.in_body:
        return None
    number = _NUMBER.fullmatch(text)
    if number:
        return int(number[1]), False
    words = key(text).strip(" |[]().»›>«‹<") or text.strip()
    if _NEXT.fullmatch(words):
        return None, True
    return (None, False) if _OTHER_STEPS.fullmatch(words) else None


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


def _posted_to(form: Element, page: Outline, portal: Portal, here: str) -> str:
    """The address that a form is sent to: its action, or the page itself."""
    action = tidy(portal, absolute(page.base, form.get("action", "")))
    return action if is_page(portal, action) else here


def _fields_of(form: Element, known: dict[Element, Fields]) -> Fields:
    """The fields of a form, as a browser would send them."""
    if form not in known:
        known[form] = list(_fields(form))
    return known[form]


def _posted(fields: Fields, target: str, argument: str) -> tuple[tuple[str, str], ...]:
    """What `__doPostBack` sends: every field of the form as it stands, with target and argument."""
    others = (field for field in fields if field[0] not in ("__EVENTTARGET", "__EVENTARGUMENT"))
    return (*others, ("__EVENTTARGET", target), ("__EVENTARGUMENT", argument))


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
