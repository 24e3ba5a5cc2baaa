"""The text of an article: where it stands on the page, by selectors or by landmarks, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.portals import Portal
from archiver.portals.addresses import is_document
from archiver.reading import region
from archiver.reading.article import Content, add_attachments, add_sign_off, compose
from archiver.reading.fragment import Block, blocks
from archiver.reading.header import Header
from archiver.reading.lines import Outline
from archiver.reading.lists import Box
from archiver.reading.other_news import without_other_news
from archiver.reading.selecting import furniture_of
from archiver.reading.soup import Cutting, soup_of
from archiver.reading.words import crumbs, is_furniture, sign_off

_SHORTEST_LEAD = 40  # characters
_FEWEST_WORDS = 4
_NO_HEADER = Header(None, None, None, None, None, 0)


@dataclass(frozen=True, slots=True)
class BodyText:
    """What an article says, and the lines that say it."""

    content: Content
    lines: list[tuple[int, int]]

    def holds(self, lines: tuple[int, int]) -> bool:
        """Whether other lines lie within the article's own."""
        return any(first <= lines[0] and lines[1] <= behind for first, behind in self.lines)


def read_body(
    page: Outline, portal: Portal, head: Header | None, found: list[Box], *, cut_off: bool
) -> BodyText | None:
    """The article's content; null on a page that is none.

    An article has a title, something in its body, and a date line in its header or an element that only articles have
    on this platform. A fragment without a header counts if it holds such an element.
    """
    lead_lines = _lead_lines(page)
    if not _may_be_article(page, portal, head, lead_lines):
        return None
    start = max(head.end if head else 0, lead_lines[1] if lead_lines else 0)
    head = head or _NO_HEADER
    text = _by_selectors(page, portal, start, head, found, cut_off) or _by_landmarks(
        page, portal, start, head, found, cut_off
    )
    content = text.content
    return text if content.body or content.images or content.attachments else None


def _may_be_article(page: Outline, portal: Portal, head: Header | None, lead_lines: tuple[int, int] | None) -> bool:
    """Whether a page has the header of an article: a title, and a date or what only articles have and are called.

    Where other pages of the platform show titles too, so may they show anything in the place of the date.
    """
    is_marked = bool(page.parts.keys() & _marks_of_articles(portal))
    if head is None:
        return lead_lines is not None and is_marked
    return head.title is not None and (is_marked or head.is_told or head.date is not None)


def _marks_of_articles(portal: Portal) -> set[str]:
    return {"only_articles"} if portal.platform.selectors.only_articles else {"title", "lead"}


def _lead_lines(page: Outline) -> tuple[int, int] | None:
    """Where the platform puts the lead, if it says anything there."""
    spans = (page.spans.get(element, (0, 0)) for element in page.parts.get("lead", ()))
    return next((span for span in spans if span[1] > span[0]), None)


def _lead(page: Outline) -> str | None:
    lines = _lead_lines(page)
    return " ".join(line.text for line in page.lines[lines[0] : lines[1]]) if lines else None


def _by_selectors(
    page: Outline, portal: Portal, start: int, head: Header, found: list[Box], cut_off: bool
) -> BodyText | None:
    elements = region.body_elements(page, start)
    if not elements:
        return _in_container(page, portal, start, found, cut_off)
    spans = [page.spans[element] for element in elements]
    first, behind = spans[0][0], spans[-1][1]
    lead = _lead(page) or _lead_above(page, start, first)
    complete = not cut_off or behind < len(page.lines)
    cuttings = [Cutting(element) for element in elements]
    _take_out_furniture(cuttings, portal)
    content = compose(without_other_news(blocks(soup_of(cuttings))), portal, page.base, lead, complete=complete)
    around = [*range(head.end, first), *range(behind, region.first_foreign_line(page, behind, found))]
    add_sign_off(content, (page.lines[index].text for index in around))
    add_attachments(content, _links_in(page, set(around)), portal)
    return BodyText(content, spans)


def _in_container(page: Outline, portal: Portal, start: int, found: list[Box], cut_off: bool) -> BodyText | None:
    """The body out of an element that holds the header as well, behind it."""
    container = region.body_container(page, start)
    if container is None:
        return None
    end = min(page.spans[container][1], region.first_foreign_line(page, start, found))
    cutting = region.cutting_between(page, start, end)
    _take_out_furniture([cutting], portal)
    complete = not cut_off or end < len(page.lines)
    shown = _without_menus(blocks(soup_of([cutting])))
    if not shown:
        return None
    return BodyText(compose(shown, portal, page.base, _lead(page), complete=complete), [(start, end)])


def _take_out_furniture(cuttings: Iterable[Cutting], portal: Portal) -> None:
    """Hide what a platform prints within the body's element; never what holds the mark that a cutting begins at."""
    furniture = furniture_of(portal.platform.selectors)
    if furniture is None:
        return
    for cutting in cuttings:
        mark = cutting.behind[0] if cutting.behind else cutting.top
        holding = {mark, *mark.iterancestors()}
        for element in furniture(cutting.top):
            if element not in holding and element is not cutting.before_element:
                element.tag = "template"


def _by_landmarks(page: Outline, portal: Portal, start: int, head: Header, found: list[Box], cut_off: bool) -> BodyText:
    end = region.last_line(page, head, found)
    lead = _lead(page)
    if end < start:
        return BodyText(Content(lead), [])
    complete = not cut_off or end < len(page.lines)
    shown = _without_menus(blocks(soup_of([region.cutting_between(page, start, end)])))
    if not any(block.pictures or _is_prose(block.text) for block in shown):
        return BodyText(Content(lead), [])
    return BodyText(compose(shown, portal, page.base, lead, complete=complete), [(start, end)])


def _is_prose(text: str) -> bool:
    """Whether a text has a few words in a row; dates and numbers alone are no article."""
    return sum(word[:1].isalpha() for word in text.split()) >= _FEWEST_WORDS


def _without_menus(found: list[Block]) -> list[Block]:
    """Without tools, counters, breadcrumbs, and the links that stand alone around the text: menus, social networks."""
    shown = [block for block in found if not (block.text and (is_furniture(block.text) or crumbs(block.text)))]
    own = [place for place, block in enumerate(shown) if not _is_menu(block)]
    return shown[own[0] : own[-1] + 1] if own else []


def _is_menu(block: Block) -> bool:
    visible = len(block.text.replace(" ", ""))
    return bool(visible) and block.linked_text >= visible and not any(is_document(link.href) for link in block.links)


def _lead_above(page: Outline, start: int, first: int) -> str | None:
    """A single line of prose between the header and the body's own container."""
    lines = [line.text for line in page.lines[start:first] if not is_furniture(line.text) and not sign_off(line.text)]
    return lines[0] if len(lines) == 1 and len(lines[0]) >= _SHORTEST_LEAD else None


def _links_in(page: Outline, lines: set[int]) -> Iterator[tuple[str, str]]:
    for anchor in page.anchors:
        if anchor.first_line in lines:
            yield anchor.url, anchor.text
