"""Why nothing can be read on a page, by what a person would say of it."""

from __future__ import annotations

from lxml import etree

from archiver.items import Page
from archiver.portals.addresses import absolute
from archiver.probing.showing import shown
from archiver.reading.lines import Outline
from archiver.reading.navigation import refreshes
from archiver.vietnamese.text import clean

_PASSWORD = etree.XPath("boolean(//input[translate(@type, 'PASWORD', 'pasword') = 'password'])")
_SCRIPTS = etree.XPath("boolean(//script)")
_LITTLE_TEXT = 200  # characters; no page with news on it shows less


def refusal(body: bytes, page: Page, seen: Outline | None) -> str | None:
    """The reason, and what to do about it; null for a page on which something is read. `seen` is null of no HTML."""
    if not body.strip():
        return "The page is empty: there is nothing to read."
    if seen is None:
        return _no_html(page)
    return _nothing_read(page, seen) if page.kind == "other" else None


def _no_html(page: Page) -> str:
    problem = page.problems[0]
    what = f" ({problem.raw})" if problem.raw else ""
    return f"This is no page of HTML that can be read: {problem.reason}{what}. Give the address of an article's page."


def _nothing_read(page: Page, seen: Outline) -> str:
    if page.says_missing:
        return "The page says of itself that there is none: take an address from the portal's own lists."
    target = next((absolute(seen.base, each) for each in refreshes(seen)), page.url)
    if target != page.url:
        return f"The page sends a browser on by itself: give the address that it leads to, {shown(target)}"
    if _PASSWORD(seen.root):
        return "The page asks for a password: only what everybody may read is archived."
    text = " ".join(_visible(seen.root))
    if len(text) < _LITTLE_TEXT and _SCRIPTS(seen.root):
        return (
            "The page shows next to no text by itself: a script would have to fetch it in a browser, and no script is"
            " run here. Look for a page without, an RSS feed or a print view."
        )
    return (
        "The page is no article and no list: no title with a date line beside it and a text below it, no rows with"
        " dates. Without a date nothing is taken for an article. Give the address of an article."
    )


def _visible(root: etree._Element) -> list[str]:
    """The texts that a browser would show without any script."""
    unseen = ("script", "style", "noscript", "template", "head", "title")
    return [
        clean(text)
        for element in root.iter()
        if isinstance(element.tag, str)
        for text, holder in ((element.text, element), (element.tail, element.getparent()))
        if text and text.strip() and holder is not None and holder.tag not in unseen
    ]
