"""The article's own part of a page, read with BeautifulSoup: its blocks in reading order, and what sets each apart.

A block is what the eye takes for one: a paragraph, a line of a list, a cell, a picture, or a whole table of data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from archiver.reading.markup import BLOCKS, HEADINGS
from archiver.vietnamese.text import clean, clean_lines

_LONGEST_INVISIBLE = 40  # characters; zero-width ones come in small numbers
_SMALLEST_PICTURE = 48  # pixels; icons and spacers are smaller
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")  # pages that load lazily put a placeholder into `src`
_OF_SYSTEM = re.compile(r"/_layouts/(?:\d+/)?images/", re.IGNORECASE)  # SharePoint's icons of file types
_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d{1,9})?\s*(?:px)?$")
_PIXELS_IN_STYLE = re.compile(r"(?<![-\w])(?:width|height)\s*:\s*(\d{1,5})(?:\.\d{1,9})?px", re.IGNORECASE)
_LONGEST_CELL = 240  # characters, on average; cells of a layout hold paragraphs


@dataclass(slots=True)
class DocumentLink:
    """A link inside a block."""

    href: str
    label: str


class Style(NamedTuple):
    """What is in force where a text stands."""

    bold: bool = False
    italic: bool = False
    align: str | None = None
    heading: bool = False
    table: int | None = None
    cell: int | None = None
    figure: int | None = None
    is_caption: bool = False
    link: DocumentLink | None = None


@dataclass(slots=True, eq=False)
class Block:
    """One block. A picture stands in a block of its own, without text."""

    text: str
    style: Style  # where its text begins
    path: tuple[int, ...]  # identities of the blocks around it, its own last
    path_tags: tuple[str, ...]
    bold: bool = False  # all of it
    italic: bool = False
    is_data: bool = False  # a table of data
    pictures: list[str] = field(default_factory=list)  # addresses as written
    links: list[DocumentLink] = field(default_factory=list)
    linked_text: int = 0  # characters of its text that stand in links, spaces not counted

    @property
    def align(self) -> str | None:
        return self.style.align


def blocks(soup: BeautifulSoup) -> list[Block]:
    """The visible blocks of a soup (`archiver.reading.soup`) in reading order. The soup is used up."""
    reader = _Reader()
    reader.read(soup)
    soup.decompose()  # its parts refer to each other, and would stay in memory until the collector comes
    return reader.done


class _Reader:
    """Gathers text into blocks while it runs through the soup once."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self.style = Style()
        self.path: tuple[int, ...] = ()
        self.path_tags: tuple[str, ...] = ()
        self.texts: list[tuple[str, Style]] = []
        self.pictures: list[str] = []
        self.breaks = 0

    def read(self, soup: BeautifulSoup) -> None:
        """Without recursion: a page may be nested thousands deep."""
        stack: list[tuple[Iterator[PageElement], Style, bool]] = [(iter(soup.contents), self.style, False)]
        while stack:
            children, style, is_block = stack[-1]
            for node in children:
                if isinstance(node, Tag):
                    stack.append((iter(node.contents), self.style, self.open(node)))
                    break
                self.add(str(node))
            else:
                stack.pop()
                if is_block:
                    self.flush()
                    self.path, self.path_tags = self.path[:-1], self.path_tags[:-1]
                self.style = style
        self.flush()

    def open(self, tag: Tag) -> bool:
        """Put the look of an element into force; whether it is a block."""
        name = tag.name
        if name == "br":
            self.breaks += 1
        elif name == "img":
            self.add_picture(tag)
        elif name == "b":
            self.style = self.style._replace(bold=True)
        elif name == "i":
            self.style = self.style._replace(italic=True)
        elif name == "a":
            self.style = self.style._replace(link=DocumentLink(str(tag.attrs["href"]), ""))
        else:
            self.flush()
            self.path, self.path_tags = (*self.path, id(tag)), (*self.path_tags, name)
            self.style = _block_style(self.style, tag)
            if name == "table" and (rows := _data_rows(tag)):
                self.add_table(tag, rows)
            return True
        return False

    def add(self, text: str) -> None:
        if text.isspace() or (len(text) < _LONGEST_INVISIBLE and not clean(text)):
            if self.texts:
                self.texts.append((" ", self.style))
            return
        if self.breaks >= 2:
            self.flush()
        elif self.breaks and self.texts:
            self.texts.append(("\n", self.style))
        self.breaks = 0
        self.texts.append((text.replace("\n", " ") if "\n" in text else text, self.style))
        if self.style.link is not None:
            self.style.link.label += text

    def add_picture(self, tag: Tag) -> None:
        source = _source(tag)
        if source and not _is_icon(tag):
            self.pictures.append(source)
            if not self.texts:
                self.flush()

    def add_table(self, tag: Tag, rows: list[list[str]]) -> None:
        self.flush()
        block = self.block("\n".join(clean(" | ".join(cells)) for cells in rows), self.style)
        block.is_data = True
        block.links = [DocumentLink(str(a["href"]), clean(a.get_text())) for a in tag.find_all("a")]
        self.done.append(block)
        tag.clear()

    def flush(self) -> None:
        """End the block being gathered. A picture ahead of its text comes before it, one within it behind it."""
        self.breaks = 0
        if self.texts:
            texts, self.texts = self.texts, []
            self.done.append(self.text_block(texts))
        if self.pictures:
            pictures, self.pictures = self.pictures, []
            for source in pictures:
                block = self.block("", self.style)
                block.pictures = [source]
                self.done.append(block)

    def text_block(self, texts: list[tuple[str, Style]]) -> Block:
        style = texts[0][1]
        if len(texts) == 1:
            block = self.block(clean(texts[0][0]), style)
            block.bold, block.italic = style.bold, style.italic
            shown = [style]
        else:
            block = self.block(clean_lines("".join([text for text, _ in texts])), style)
            shown = [style for text, style in texts if text not in (" ", "\n")]
            block.bold = all(style.bold for style in shown)
            block.italic = all(style.italic for style in shown)
        links = {id(style.link): style.link for style in shown if style.link is not None}
        if links:
            block.links = [DocumentLink(link.href, clean(link.label)) for link in links.values()]
            block.linked_text = sum(len(link.label.replace(" ", "")) for link in block.links)
        return block

    def block(self, text: str, style: Style) -> Block:
        return Block(text, style=style, path=self.path, path_tags=self.path_tags)


def _block_style(style: Style, tag: Tag) -> Style:
    name = tag.name
    if tag.attrs:
        style = style._replace(align=str(tag.attrs["align"]))
    if name in ("p", "div"):
        return style
    if name in HEADINGS:
        return style._replace(heading=True, bold=True)
    if name == "table":
        return style._replace(table=id(tag))
    if name in ("td", "th"):
        return style._replace(cell=id(tag))
    if name == "figure":
        return style._replace(figure=id(tag))
    return style._replace(is_caption=True) if name == "figcaption" else style


def _source(tag: Tag) -> str | None:
    """Where a picture comes from, if that is an address."""
    sources = [str(tag.get(name) or "").strip() for name in _SOURCES]
    return next(
        (each for each in sources if each and not each.startswith("data:") and not _OF_SYSTEM.search(each)), None
    )


def _is_icon(tag: Tag) -> bool:
    sizes = [_PIXELS.match(str(tag.get(name) or "").rstrip()) for name in ("width", "height")]
    pixels = [int(size[1]) for size in sizes if size]
    pixels += [int(size) for size in _PIXELS_IN_STYLE.findall(str(tag.get("style") or ""))]
    return any(size < _SMALLEST_PICTURE for size in pixels)


def _data_rows(table: Tag) -> list[list[str]]:
    """The cells of a table of data; empty for one that only lays out the page.

    Data has several rows of several short cells, and neither pictures nor tables in them.
    """
    if table.find(["img", "table"]) is not None:
        return []
    rows = [_cells(row) for row in table.find_all("tr")]
    if sum(sum(map(bool, cells)) >= 2 for cells in rows) < 2:
        return []
    texts = [cell for cells in rows for cell in cells if cell]
    if sum(map(len, texts)) > _LONGEST_CELL * len(texts):
        return []
    return [cells for cells in rows if any(cells)]


def _cells(row: Tag) -> list[str]:
    return [_cell_text(cell) for cell in row.find_all(["td", "th"])]


def _cell_text(cell: Tag) -> str:
    """A cell in one line: blocks and breaks in it part words, spans do not."""
    parts = []
    for node in cell.descendants:
        if isinstance(node, NavigableString):
            parts.append(str(node))
        elif isinstance(node, Tag) and (node.name == "br" or node.name in BLOCKS):
            parts.append(" ")
    return clean("".join(parts))
