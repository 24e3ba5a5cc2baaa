"""Which part of a page is the article's: where it ends, and what stands between header and end."""

from __future__ import annotations

from archiver.reading.header import Header
from archiver.reading.lines import Element, Line, Outline
from archiver.reading.lists import Box
from archiver.reading.soup import Cutting
from archiver.reading.words import crumbs, ends_article, is_furniture, is_page_foot, list_heading, sign_off

_WHOLE_COLUMNS = frozenset(("td", "article", "main", "section"))
_SHORTEST_PROSE = 40  # characters


def last_line(page: Outline, header: Header, boxes: list[Box]) -> int:
    """The line behind the article: where lists, comments, or the foot of the page begin, or its column ends."""
    limit = first_foreign_line(page, header.end, boxes)
    if header.title_lines is None and header.date_line is None:
        return limit
    return min(limit, _end_of_column(page, header, limit))


def first_foreign_line(page: Outline, start: int, boxes: list[Box]) -> int:
    """The first line at or below `start` that begins a list, a comment form, or the foot of the page."""
    limit = len(page.lines)
    for box in boxes:
        first, behind = box.lines
        if behind > start and _is_certain(box):
            limit = min(limit, max(first, start))
    limit = min([limit, *(field for field in page.fields if field > start)])
    for line in page.lines[start:limit]:
        if ends_article(line.text) or (list_heading(line.text) and _leads_a_list(page, line)):
            return line.index
    return limit


def body_elements(page: Outline, start: int) -> list[Element]:
    """Where the platform's selectors put the body, below a line; several fields count if they stand side by side."""
    found: list[Element] = []
    for element in page.parts.get("body", ()):
        first, behind = page.spans.get(element, (0, 0))
        shown = first < behind or element.find(".//img") is not None
        if first < start or not shown or _in_list_box(page, element):
            continue
        if not found or element.getparent() is found[0].getparent():
            found.append(element)
    return found


def body_container(page: Outline, start: int) -> Element | None:
    """The innermost element that the platform's selectors take for the body although the header stands in it."""
    holding = [each for each in page.parts.get("body", ()) if each in page.spans]
    holding = [each for each in holding if page.spans[each][0] < start < page.spans[each][1]]
    return holding[-1] if holding else None


def cutting_between(page: Outline, start: int, end: int) -> Cutting:
    """What stands on the page from line `start` to before line `end`, pictures among the lines included."""
    behind = page.lines[start - 1].last if start else None
    around = [line.first[0] for line in page.lines[start : end if end > start else end + 1]]
    around += [behind[0]] if behind else []
    top = _common_ancestor(page, around)
    if end >= len(page.lines):
        return Cutting(top, behind)
    following, is_tail = page.lines[end].first
    outside = _outermost_without(following.getparent() if is_tail else following, page.lines[end - 1])
    return Cutting(top, behind, None if outside is not None else (following, is_tail), outside)


def _is_certain(box: Box) -> bool:
    """A lone dated link amid the text is a sentence's, not a list."""
    return len(box.rows) > 1 or box.heading is not None or any(row.of_platform for row in box.rows)


def _leads_a_list(page: Outline, line: Line) -> bool:
    behind = page.lines[line.index + 1 : line.index + 3]
    return any(each.is_link for each in behind)


def _end_of_column(page: Outline, header: Header, limit: int) -> int:
    """The line behind the smallest block around the header that holds the article's text.

    A block with a single line of it may hold the lead alone: then the block around it counts, if prose follows there.
    """
    lines = [index for index in (header.date_line, (header.title_lines or (None,))[0]) if index is not None]
    end = None
    for block in _shared_blocks(page, [page.lines[index] for index in lines]):
        wider = min(page.spans[block][1], limit)
        if end is not None and not _goes_on(page, end, wider):
            return end
        content = [line for line in page.lines[header.end : wider] if _is_content(line)]
        if len(content) > 1 or (content and block.tag in _WHOLE_COLUMNS):
            return wider
        end = wider if content else None
    return limit if end is None else end


def _goes_on(page: Outline, end: int, wider: int) -> bool:
    content = [line for line in page.lines[end:wider] if _is_content(line)]
    return wider == end or bool(
        content and len(content[0].text) >= _SHORTEST_PROSE and not is_page_foot(content[0].text)
    )


def _in_list_box(page: Outline, element: Element) -> bool:
    around = set(element.iterancestors())
    return any(box in around for box in page.parts.get("list_box", ()))


def _shared_blocks(page: Outline, lines: list[Line]) -> list[Element]:
    chains = [page.ancestors(line.block) for line in lines]
    return [block for block in chains[0] if all(block in chain for chain in chains[1:])]


def _is_content(line: Line) -> bool:
    return not (is_furniture(line.text) or sign_off(line.text) or crumbs(line.text))


def _common_ancestor(page: Outline, elements: list[Element]) -> Element:
    """The innermost element around all of these, none of them itself: a text may be the tail of one."""
    shared = list(elements[0].iterancestors())
    for element in elements[1:]:
        around = set(element.iterancestors())
        shared = [each for each in shared if each in around]
    return shared[0] if shared else page.root


def _outermost_without(element: Element | None, line: Line) -> Element | None:
    """The outermost element around a text that does not hold a line before it; null if the innermost one does."""
    node, is_tail = line.last
    holding = set(node.iterancestors()) if is_tail else {node, *node.iterancestors()}
    outermost = None
    while element is not None and element not in holding:
        outermost = element
        element = element.getparent()
    return outermost
