"""A page as the eye runs down it, read in one pass over the tree.

The pass serves everything that looks for landmarks: the date line, the title above it, list rows, pagers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from archiver.portals import Portal, Selectors
from archiver.portals.addresses import absolute
from archiver.reading.lines import Anchor, Element, Line, Outline, Place
from archiver.reading.markup import BLOCKS, BOLD, HEADINGS, UNSEEN, look
from archiver.reading.menus import menu_of
from archiver.reading.metadata import title_for_machines
from archiver.reading.selecting import Found, compiled
from archiver.vietnamese.relative_dates import LONGEST_LINE, MAY_BE
from archiver.vietnamese.text import clean

_YEAR = re.compile(r"(?:19|20|１９|２０)\d\d")
_CLASSES = etree.XPath("descendant-or-self::*/@class", smart_strings=False)
_STRING = etree.XPath("string()")
_MOST_MENUS_TRIED = 60  # of a page: lists may be nested in lists, thousands deep
_BODY_LINE = 200  # characters of a body that stand for it in the outline
_CONTROLS_OF_FORMS = frozenset(("text", "email", "tel", "password", "search", "number", "url", ""))


def outline(root: Element, portal: Portal, url: str, *, whole: bool = True) -> Outline:
    """Read the lines of a page in one pass.

    Unless the `whole` page is wanted, the body of an article counts as a single line where the platform's selectors
    find one below a title: its text is read elsewhere, and nothing in it is a landmark.
    """
    page = Outline(root, base=_base(root, url))
    walker = _Walker(page, portal.platform.selectors, page.base, whole)
    walker.walk(root)
    title = next(root.iter("title"), None)
    page.window_title = clean("".join(title.itertext())) if title is not None else ""
    page.title_for_machines = title_for_machines(root)
    page.parts = walker.parts()
    page.dated = list(_dated(page.lines))
    return page


def _dated(lines: Iterable[Line]) -> Iterator[int]:
    """The lines that print a year, as almost every date does, or count backwards, or print a day and a time."""
    year, other = _YEAR.search, MAY_BE.search
    for line in lines:
        text = line.text
        may_be = "trước" in text or "ôm " in text or "đây" in text or (":" in text and ("/" in text or "-" in text))
        if year(text) or (may_be and len(text) <= LONGEST_LINE and other(text)):
            yield line.index


def _base(root: Element, url: str) -> str:
    base = next(root.iter("base"), None)
    return absolute(url, base.get("href", "")) or url if base is not None else url


# What an element changes while it is open, as bits.
_BLOCK, _BOLD, _LINK, _HEADING, _UNSEEN, _BREAK, _BODY = 1, 2, 4, 8, 16, 32, 64
_CHANGES = (
    dict.fromkeys(BLOCKS, _BLOCK)
    | dict.fromkeys(BOLD, _BOLD)
    | dict.fromkeys(HEADINGS, _BLOCK | _BOLD | _HEADING)
    | dict.fromkeys(UNSEEN, _UNSEEN)
    | {"th": _BLOCK | _BOLD, "a": _LINK, "br": _BREAK}
)


class _Walker:
    """The state of the one pass: what is open, and the line being gathered."""

    def __init__(self, page: Outline, selectors: Selectors, base: str, whole: bool) -> None:
        self.page = page
        self.whole = whole
        self.base = base
        self.by_class, self.id_ends, self.by_id, self.by_itemprop = compiled(selectors)
        self.found: dict[tuple[str, int], list[Element]] = {}
        self.has_title = False
        self.pieces: list[tuple[str, Anchor | None]] = []
        self.blocks: list[Element] = [page.root]
        self.anchor: Anchor | None = None
        self.heading = 0
        self.bold = 0
        self.light = False  # something in the line is not bold
        self.unlinked = False  # something in it stands in no link
        self.line_anchors: list[Anchor] = []
        self.menus_tried = 0
        self.first_block: Element = page.root
        self.first: Place = (page.root, False)
        self.last: Place = (page.root, False)

    def walk(self, root: Element) -> None:
        """The pass. One loop, since this is where the time of reading goes: a call for each element would double it."""
        walker = etree.iterwalk(root, events=("start", "end"))
        opened: list[int] = []
        for event, element in walker:
            if event == "start":
                changes = _CHANGES.get(element.tag, 0)  # type: ignore[arg-type]
                if not changes & _UNSEEN:
                    for name, value in element.items():
                        if name == "class":
                            if parts := self.by_class(value):
                                changes |= self.note_parts(element, parts)
                        elif name == "style":
                            shown = look(value)
                            if shown.hidden:
                                changes = _UNSEEN
                            elif shown.bold:
                                changes |= _BOLD
                        elif name == "id":
                            if value.endswith(self.id_ends) and (parts := self.by_id(value)):
                                changes |= self.note_parts(element, parts)
                        elif name == "hidden":
                            changes = _UNSEEN
                        elif name == "itemprop" and (parts := self.by_itemprop(value)):
                            changes |= self.note_parts(element, parts)
                if changes:
                    changes = self.open(element, changes)
                opened.append(changes)
                if changes & _UNSEEN:
                    walker.skip_subtree()
                    continue
                text, is_tail = element.text, False
            else:
                changes = opened.pop()
                if changes:
                    self.close(element, changes)
                if not opened:
                    break
                text, is_tail = element.tail, True
            if text:
                if text.isspace():
                    if self.pieces:
                        self.pieces.append((" ", self.anchor))
                    continue
                self.last = (element, is_tail)
                anchor = self.anchor
                if not self.pieces:
                    self.first_block, self.first = self.blocks[-1], self.last
                self.pieces.append((text, anchor))
                if anchor is None:
                    self.unlinked = True
                elif not self.line_anchors or self.line_anchors[-1] is not anchor:
                    self.line_anchors.append(anchor)
                if not self.bold:
                    self.light = True
        if self.pieces:
            self.flush()

    def open(self, element: Element, changes: int) -> int:
        """Put the changes of an element into force; what is left of them to be taken back."""
        if changes & _UNSEEN:
            if element.tag in ("input", "textarea"):
                self.note_field(element)
            return _UNSEEN
        if changes & _BODY and self.add_body(element):
            return _UNSEEN
        if changes & _BREAK:
            if self.pieces:
                self.flush()
            return 0
        if changes & _BOLD:
            self.bold += 1
        if changes & _BLOCK:
            if self.pieces:
                self.flush()
            if element.tag == "ul" and self.add_menu(element):
                return _UNSEEN
            self.blocks.append(element)
            self.page.spans[element] = (len(self.page.lines), 0)
            if changes & _HEADING:
                self.heading = int(str(element.tag)[1])
        elif changes & _LINK:
            href = element.get("href")
            if not href or self.anchor is not None:
                return changes ^ _LINK
            self.anchor = Anchor(element, href, absolute(self.base, href))
            self.page.anchors.append(self.anchor)
        return changes

    def close(self, element: Element, changes: int) -> None:
        if changes & _BLOCK:
            if self.pieces:
                self.flush()
            self.blocks.pop()
            self.page.spans[element] = (self.page.spans[element][0], len(self.page.lines))
        if changes & _BOLD:
            self.bold -= 1
        if changes & _LINK:
            self.anchor = None
        if changes & _HEADING:
            self.heading = 0

    def flush(self) -> None:
        """End the line being gathered, and give its links their text."""
        pieces, anchors = self.pieces, self.line_anchors
        self.pieces, self.line_anchors = [], []
        light, self.light = self.light, False
        unlinked, self.unlinked = self.unlinked, False
        text = clean(pieces[0][0] if len(pieces) == 1 else "".join([piece for piece, _ in pieces]))
        if not text:
            return
        lines = self.page.lines
        index = len(lines)
        lines.append(
            Line(index, text, pieces, self.first_block, self.heading, not light, not unlinked, self.first, self.last)
        )
        if len(anchors) == 1 and not unlinked:
            anchors[0].extend(text, index)
        elif anchors:
            for anchor, part in _parts_by_link(pieces):
                anchor.extend(part, index)

    def note_parts(self, element: Element, parts: Found) -> int:
        """Remember an element of the platform, and what it changes."""
        changes = 0
        for part, rank, tag in parts:
            if tag is None or tag == element.tag:
                changes |= self.note_part(element, part, rank)
        return changes

    def note_part(self, element: Element, part: str, rank: int) -> int:
        """Remember it as one part; a body below a title need not be walked through, and what is hidden must not."""
        if part == "hidden":
            return _UNSEEN
        self.found.setdefault((part, rank), []).append(element)
        self.has_title = self.has_title or part == "title"
        return _BODY if part == "body" and self.has_title and not self.whole else 0

    def add_body(self, element: Element) -> bool:
        """The body as one line, and its links; false if it holds no text."""
        text = _beginning(element)
        if not text:
            return False
        if self.pieces:
            self.flush()
        self.page.is_whole = False
        index = self.add_line(element, text, is_link=False)
        for each in element.iter("a"):
            href = each.get("href")
            if href:
                url = absolute(self.base, href)
                self.page.anchors.append(Anchor(each, href, url, clean(_STRING(each)), index, index, in_body=True))
        return True

    def add_menu(self, element: Element) -> bool:
        """A list that is nothing but links, as one line; not one of rows, where the platform's selectors tell them."""
        menu = menu_of(element) if self.menus_tried < _MOST_MENUS_TRIED else None
        self.menus_tried += 1
        if menu is None or self.holds_rows(element):
            return False
        self.page.menus.append((len(self.page.anchors), menu))
        self.add_line(element, menu[0][1], is_link=True)
        return True

    def holds_rows(self, element: Element) -> bool:
        """Whether an item of the platform's lists is in an element: a list may print neither dates nor words."""
        # Classes first, all in one call: menus are long, and few hold such an item.
        found = {value: self.by_class(value) for value in set(_CLASSES(element))}
        wanted = {value: {tag for part, _, tag in parts if part == "list_item"} for value, parts in found.items()}
        if not any(wanted.values()):
            return False
        return any({None, each.tag} & wanted.get(each.get("class"), set()) for each in element.iter(etree.Element))

    def add_line(self, element: Element, text: str, *, is_link: bool) -> int:
        """A line that stands for all of an element."""
        index = len(self.page.lines)
        place = (element, False)
        self.page.lines.append(Line(index, text, [(text, None)], element, 0, False, is_link, place, place))
        self.page.spans[element] = (index, index + 1)
        return index

    def note_field(self, element: Element) -> None:
        if element.tag == "textarea" or element.get("type", "").lower() in _CONTROLS_OF_FORMS:
            self.page.fields.append(len(self.page.lines) + bool(self.pieces))

    def parts(self) -> dict[str, list[Element]]:
        """For each part of the platform, the elements of its first selector that found any."""
        best: dict[str, list[Element]] = {}
        for part, rank in sorted(self.found):
            best.setdefault(part, self.found[part, rank])
        return best


def _parts_by_link(pieces: list[tuple[str, Anchor | None]]) -> Iterator[tuple[Anchor, str]]:
    """What each link of a line shows in it, if it shows anything."""
    shown: dict[Anchor, list[str]] = {}
    for piece, inside in pieces:
        if inside is not None:
            shown.setdefault(inside, []).append(piece)
    for anchor, parts in shown.items():
        if text := clean("".join(parts)):
            yield anchor, text


def _beginning(element: Element) -> str:
    """The first words of an element, "" where it shows none."""
    found: list[str] = []
    for text in element.itertext():
        if not text.isspace():
            found.append(text)
            if len(text) > _BODY_LINE:
                break
    return clean("".join(found)[:_BODY_LINE])
