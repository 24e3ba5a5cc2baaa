"""What a page is made of for whoever looks for landmarks: its visible lines, its links, and where each block stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from archiver.vietnamese.text import clean

Element = etree._Element  # noqa: SLF001  the name by which lxml's own documentation types it
Place = tuple[Element, bool]  # a text node: the element, and whether it is its tail
Menu = tuple[tuple[str, str], ...]  # the links of a menu: address as written, text


@dataclass(slots=True, eq=False)
class Anchor:
    """A visible link. `text` is "" for a link that is only a picture."""

    element: Element
    href: str  # as written
    url: str  # absolute
    text: str = ""
    first_line: int = -1
    last_line: int = -1
    in_body: bool = False  # of an article, where the platform's selectors put it

    def extend(self, text: str, line: int) -> None:
        """Add what the link shows in one more line."""
        if self.first_line < 0:
            self.first_line = line
            self.text = text
        else:
            self.text = f"{self.text} {text}"
        self.last_line = line


@dataclass(slots=True, eq=False)
class Line:
    """One visible line: what stands between two block borders or line breaks."""

    index: int
    text: str
    pieces: list[tuple[str, Anchor | None]]  # raw text, in order, with the link it stands in
    block: Element  # the innermost block element that holds the beginning of the line
    heading: int  # 1 to 6, 0 outside of headings
    bold: bool  # the whole line
    is_link: bool  # the whole line, whatever links it is made of
    first: Place  # of its first and its last visible text
    last: Place
    in_line: dict[Anchor, LinkInLine] | None = None  # once asked for

    def outside(self, anchor: Anchor) -> tuple[str, str]:
        """The cleaned text before and behind a link of this line, up to the links beside it."""
        place = self.place(anchor)
        return clean(place.before), clean(place.after)

    def place(self, anchor: Anchor) -> LinkInLine:
        """What stands in a link of this line and beside it. Found for all links at once: there may be thousands."""
        if self.in_line is None:
            self.in_line = _links_in_line(self.pieces)
        return self.in_line[anchor]


@dataclass(slots=True)
class LinkInLine:
    """The texts in a link, as the markup parts them, and the text on either side of it up to the links there."""

    before: str
    parts: list[str] = field(default_factory=list)
    after: str = ""


def _links_in_line(pieces: list[tuple[str, Anchor | None]]) -> dict[Anchor, LinkInLine]:
    places: dict[Anchor, LinkInLine] = {}
    between: list[str] = []
    last: LinkInLine | None = None
    for text, inside in pieces:
        if inside is None:
            between.append(text)
            continue
        place = places.setdefault(inside, LinkInLine("".join(between)))
        if last is not None and last is not place:
            last.after = "".join(between)
        place.parts.append(text)
        between, last = [], place
    if last is not None:
        last.after = "".join(between)
    return places


@dataclass(slots=True)
class Outline:
    """The lines and links of a page, and where each block and each part of the platform stands in them."""

    root: Element
    lines: list[Line] = field(default_factory=list)
    base: str = ""  # what addresses are relative to
    anchors: list[Anchor] = field(default_factory=list)  # but for those of menus
    menus: list[tuple[int, Menu]] = field(default_factory=list)  # how many anchors come before it, and its links
    spans: dict[Element, tuple[int, int]] = field(default_factory=dict)  # block element: first line, line behind
    parts: dict[str, list[Element]] = field(default_factory=dict)  # name in Selectors: elements, best selector first
    fields: list[int] = field(default_factory=list)  # the line before which a text field stands
    is_whole: bool = True  # no body counts as a single line
    window_title: str = ""
    title_for_machines: str = ""  # og:title
    dated: list[int] = field(default_factory=list)  # the lines that may print a date

    def ancestors(self, element: Element) -> list[Element]:
        """The block elements around an element, itself first if it is one, outermost last."""
        return [each for each in (element, *element.iterancestors()) if each in self.spans]
