"""From the tree that lxml found to the soup that is read: only what can be seen, each style by one name.

Word and old editors wrap every few letters in spans and fonts. They are left out here, and what they do to the eye is
kept: bold is `<b>`, italic `<i>`, alignment an `align` attribute. Serializing a fragment and parsing it anew for
BeautifulSoup would cost several times as much, and would lose whatever is nested deeper than 256 elements.
"""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.builder import TreeBuilder
from lxml import etree

from archiver.reading.lines import Element, Place
from archiver.reading.markup import BLOCKS, BOLD, HEADINGS, ITALIC, UNSEEN, Look, look

_PICTURE_ATTRIBUTES = frozenset(("src", "data-src", "data-original", "data-lazy-src", "width", "height", "style"))
_ALIGNED_BY_PARENT = frozenset(("table", "tbody", "thead", "tfoot", "tr"))


@dataclass(frozen=True, slots=True)
class Cutting:
    """A part of a tree: an element, or what stands in it behind one text and before another text or element."""

    top: Element
    behind: Place | None = None
    before_text: Place | None = None
    before_element: Element | None = None


def soup_of(cuttings: list[Cutting]) -> BeautifulSoup:
    """The visible content of parts of a tree, one after the other."""
    return BeautifulSoup("", builder=_Builder(cuttings))


class _Builder(TreeBuilder):
    """Hands BeautifulSoup the elements of cuttings instead of parsing text."""

    NAME = "cuttings"

    def __init__(self, cuttings: list[Cutting]) -> None:
        super().__init__(multi_valued_attributes={})
        self.cuttings = cuttings
        self.after_text = False

    def feed(self, markup: object) -> None:  # noqa: ARG002  there is no markup, but a tree
        for cutting in self.cuttings:
            if cutting.behind or cutting.before_text or cutting.before_element is not None:
                self.hand_over_part(cutting)
            else:
                self.hand_over(cutting.top)

    def hand_over(self, top: Element) -> None:
        """Run through a whole element. Its spans and fonts go first, in one call: half of all elements are such."""
        _dissolve_wrappers(top)
        tags = _tags(top) or ()
        self.start(tags)
        self.add(top.text)
        stack = [(iter(top), tags, top)]
        while stack:
            children, tags, parent = stack[-1]
            for child in children:
                inner = _tags(child)
                if inner is None:
                    self.add(child.tail)
                    continue
                self.start(inner)
                self.add(child.text)
                if len(child):
                    stack.append((iter(child), inner, child))
                    break
                self.end(inner)
                self.add(child.tail)
            else:
                stack.pop()
                self.end(tags)
                if stack:
                    self.add(parent.tail)

    def hand_over_part(self, cutting: Cutting) -> None:
        """Run through what stands between the marks; tags opened before the first text count, for their styles."""
        active = cutting.behind is None
        opened: list[_Tags] = []
        walker = etree.iterwalk(cutting.top, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if element is cutting.before_element:
                    break
                tags = _tags(element)
                opened.append(tags or ())
                if tags is None:
                    walker.skip_subtree()
                    continue
                if active:
                    self.start(tags)
                text, is_tail = element.text, False
            else:
                tags = opened.pop()
                if active:
                    self.end(tags)
                if not opened:
                    break
                text, is_tail = element.tail, True
            if text and (element, is_tail) == cutting.before_text:
                break
            if active:
                self.add(text)
            elif (element, is_tail) == cutting.behind:
                active = True
                for tags in opened:
                    self.start(tags)
        for tags in reversed(opened):
            self.end(tags if active else ())

    def start(self, tags: _Tags) -> None:
        for name, attributes in tags:
            if name in BLOCKS:
                self.after_text = False
            self.taker.handle_starttag(name, None, None, dict(attributes))

    def end(self, tags: _Tags) -> None:
        for name, _ in reversed(tags):
            if name in BLOCKS:
                self.after_text = False
            self.taker.handle_endtag(name)

    def add(self, text: str | None) -> None:
        """Hand over a text; white space between blocks is layout of the markup."""
        if text and (self.after_text or not text.isspace()):
            self.after_text = True
            self.taker.handle_data(text)

    @property
    def taker(self) -> BeautifulSoup:
        if self.soup is None:
            raise RuntimeError("BeautifulSoup feeds its builder only once it has one")
        return self.soup


_WRAPPERS = (
    "span",
    "font",
    "u",
    "ins",
    "small",
    "big",
    "sub",
    "sup",
    "label",
    "abbr",
    "strike",
    "tt",
    "o:p",
    "bdo",
    "bdi",
)


def _dissolve_wrappers(top: Element) -> None:
    """Take inline wrappers out of an element, those that do something to the eye becoming `<b>` or `<i>`."""
    for element in list(top.iter("span", "font", "label")):
        style = element.get("style")
        shown = look(style) if style else _PLAIN
        if shown.hidden or element.get("hidden") is not None:
            element.tag = "template"
        elif shown.bold or shown.italic:
            element.tag = "b" if shown.bold else "i"
    etree.strip_tags(top, *_WRAPPERS)


_Tags = tuple[tuple[str, dict[str, str]], ...]
_NO_ATTRIBUTES: dict[str, str] = {}
_BOLD_TAG = ("b", _NO_ATTRIBUTES)
_ITALIC_TAG = ("i", _NO_ATTRIBUTES)
_PLAIN = Look()


def _tags(element: Element) -> _Tags | None:
    """What an element is to the eye: no tag, one, or a block with a style in it; null for what is not seen."""
    name = str(element.tag)
    if name in UNSEEN or element.get("hidden") is not None:
        return None
    style = element.get("style")
    shown = look(style) if style else _PLAIN
    if shown.hidden:
        return None
    first = _first_tag(element, name, shown)
    bold = shown.bold or (name in BOLD and name not in HEADINGS)
    italic = shown.italic or name in ITALIC
    if not (bold or italic):
        return (first,) if first else ()
    return tuple(each for each in (first, bold and _BOLD_TAG, italic and _ITALIC_TAG) if each)


def _first_tag(element: Element, name: str, shown: Look) -> tuple[str, dict[str, str]] | None:
    if name in BLOCKS:
        align = shown.align or ("center" if name == "center" else (element.get("align") or "").lower())
        return name, {"align": align} if align and name not in _ALIGNED_BY_PARENT else _NO_ATTRIBUTES
    if name == "a":
        href = element.get("href")
        return ("a", {"href": href}) if href else None
    if name == "br":
        return name, _NO_ATTRIBUTES
    if name == "img":
        return name, {each: value for each, value in element.items() if each in _PICTURE_ATTRIBUTES}
    return None
