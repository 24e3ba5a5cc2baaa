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
    around: dict[Anchor, tuple[str, str]] | None = None  # by link: the text on either side of it, once asked for

    def outside(self, anchor: Anchor) -> tuple[str, str]:
        """The cleaned text before and behind a link of this line, up to the links beside it."""
        if self.around is None:
            self.around = _around_links(self.pieces)
        before, after = self.around[anchor]
        return clean(before), clean(after)


def _around_links(pieces: list[tuple[str, Anchor | None]]) -> dict[Anchor, tuple[str, str]]:
    """For each link of a line the text before and behind it, up to the links beside it; in one pass."""
    around: dict[Anchor, tuple[str, str]] = {}
    between: list[str] = []
    last: Anchor | None = None
    for text, inside in [*pieces, ("", None)]:
        if inside is None:
            between.append(text)
            continue
        if inside is not last:
            around.setdefault(inside, ("".join(between), ""))
            if last is not None:
                around[last] = (around[last][0], "".join(between))
        between, last = [], inside
    if last is not None:
        around[last] = (around[last][0], "".join(between))
    return around


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
    dated: list[int] = field(default_factory=list)  # the lines that print a year, as every date does

    def ancestors(self, element: Element) -> list[Element]:
        """The block elements around an element, itself first if it is one, outermost last."""
        return [each for each in (element, *element.iterancestors()) if each in self.spans]
