"""A captured page with the numbers masked that name a person, in UTF-8.

Numbers are looked for in what a person sees: a number may stand in several elements, and the words that tell what it is
in others. Comments and scripts, in which nobody would look for one, are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from archiver.reading.lines import Element
from archiver.reading.markup import BLOCKS
from archiver.reading.tree import parse
from archiver.vietnamese.masking import blotted, found_again, found_in_address, masked

_LEFT_OUT = ("script", "noscript", "template", "iframe", "object", "embed")
_ADDRESSES = frozenset(("href", "src", "action", "data-src", "data-original", "longdesc", "background", "cite"))
_WORDS = frozenset(("alt", "aria-label", "content", "label", "placeholder", "summary", "title", "value"))
_CELLS = frozenset(("td", "th"))
_ROWS = frozenset(("tr", "tbody", "thead", "tfoot"))


def masked_page(body: bytes, content_type: str | None, known: Collection[str]) -> tuple[bytes, bool] | None:
    """The page masked, and whether anything had to be; null for what cannot be parsed.

    `known` are numbers that name a person in other texts.
    """
    root = parse(body, content_type).root
    if root is None:
        return None
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    places = list(_texts(root))
    text = "".join(_as_seen(each, part) for each, part in places)
    shown = _shown(text, known)
    _put_back(places, shown)
    has_attributes_masked = [_mask_attributes(element, known) for element in root.iter(etree.Element)]
    return etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>"), shown != text or any(
        has_attributes_masked
    )


Place = tuple[Element, str]  # an element, and which text of it: text, tail, or what parts two blocks


def _texts(root: Element) -> Iterator[Place]:
    """Every text in the order of the page, and what the eye sees between blocks and cells."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            yield element, _parting(element, event)
        elif element.tag == "br" and event == "end":
            yield element, "\n"
        if event == "start" and element.text:
            yield element, "text"
        if event == "end" and element.tail:
            yield element, "tail"


def _parting(element: Element, event: str) -> str:
    """As in the texts of articles: cells by |, rows by a line, everything else by a blank line."""
    if element.tag in _CELLS:
        return " | " if event == "end" else " "
    if element.tag in _ROWS:
        return "\n" if element.tag == "tr" and event == "start" else ""
    return "\n\n" if event == "start" else "\n"


def _as_seen(element: Element, part: str) -> str:
    """A text with spaces for its line breaks, which are none to the eye; as long as it is."""
    if part not in ("text", "tail"):
        return part
    return "".join(" " if char.isspace() else char for char in getattr(element, part))


def _put_back(places: list[Place], shown: str) -> None:
    """Masked texts are as long as they were: each piece is found by its length."""
    place = 0
    for element, part in places:
        if part not in ("text", "tail"):
            place += len(part)
            continue
        text = getattr(element, part)
        piece = shown[place : place + len(text)]
        setattr(element, part, "".join(old if old.isspace() else new for old, new in zip(text, piece, strict=True)))
        place += len(text)


def _mask_attributes(element: Element, known: Collection[str]) -> bool:
    has_changed = False
    for name, value in element.attrib.items():
        new = _masked_value(name, value, known)
        if new != value:
            element.set(name, new)
            has_changed = True
    return has_changed


def _masked_value(name: str, value: str, known: Collection[str]) -> str:
    if name in _ADDRESSES and not value.lower().startswith(("tel:", "sms:", "callto:")):
        return blotted(value, found_in_address(value, known))
    if name in _ADDRESSES or name in _WORDS:
        return _shown(value, known)
    return value


def _shown(text: str, known: Collection[str]) -> str:
    once = masked(text)
    return blotted(once, found_again(once, known))
