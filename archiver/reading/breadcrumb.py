"""The breadcrumb: which section of the portal a page belongs to."""

from __future__ import annotations

import re

from archiver.reading.lines import Element, Outline
from archiver.reading.words import crumbs, is_home, key

_NAMED = re.compile(r"bread-?crumb|duong-?dan|sitemap-?path|dd_chuyenmuc", re.IGNORECASE)
_SEPARATOR_AT_END = re.compile(r"[»›→>/]\s*$")
_SEPARATOR_AT_START = re.compile(r"^\s*[»›→>/]")
_MOST_STEPS = 7
_LONGEST_STEP = 120
_NOT_SECTIONS = frozenset(("chi tiet", "chi tiet tin", "chi tiet bai viet", "chi tiet tin tuc", "noi dung", "bai viet"))


def steps(page: Outline, before: int | None) -> list[str]:
    """The steps of the breadcrumb nearest above a line (anywhere for null), the home page first; empty without one."""
    homes = {}  # by line: a breadcrumb names the home page once
    for anchor in reversed(page.anchors):
        if is_home(anchor.text) and anchor.first_line >= 0 and (before is None or anchor.first_line < before):
            homes[anchor.first_line] = anchor
    found = (_in_line(page, line) or _in_named_block(page, home.element) for line, home in homes.items())
    return next((each for each in found if each), [])


def section(found: list[str], title: str | None) -> str | None:
    """The last step that is not the article itself.

    >>> section(["Trang chủ", "Văn bản", "Kế hoạch", "Kế hoạch số 5"], "Kế hoạch số 5")
    'Kế hoạch'
    """
    own = key(title or "")
    for step in reversed(found[1:]):
        name = key(step).rstrip(" .…")
        if name in _NOT_SECTIONS or (own and (name == own or (len(name) > 20 and own.startswith(name)))):
            continue
        return step
    return None


def _in_line(page: Outline, index: int) -> list[str]:
    """A breadcrumb written in one line with separators, or in lines that end or begin with one."""
    text = page.lines[index].text
    behind = index + 1
    while behind < len(page.lines) and behind - index < _MOST_STEPS:
        follows = page.lines[behind].text
        if not (_SEPARATOR_AT_END.search(text) or _SEPARATOR_AT_START.match(follows)):
            break
        text = f"{text} {follows}"
        behind += 1
    found = crumbs(text)
    return found if 2 <= len(found) <= _MOST_STEPS and all(len(step) <= _LONGEST_STEP * 2 for step in found) else []


def _in_named_block(page: Outline, element: Element) -> list[str]:
    """A breadcrumb whose separators are drawn by the style sheet; its class, id or label says what it is."""
    for block in page.ancestors(element)[:4]:
        names = " ".join(block.get(name, "") for name in ("class", "id", "aria-label"))
        first, behind = page.spans[block]
        if _NAMED.search(names) and behind - first <= _MOST_STEPS:
            return [line.text for line in page.lines[first:behind]]
    return []
