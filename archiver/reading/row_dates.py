"""Whether a date is a row's: lists that print the day above each title begin as articles do, with a heading and a date.

Where another row is dated alike nearby, that tells. A list may have a single row: then it is the title that leads to
another page, and that nothing follows but the excerpt of a text.
"""

from __future__ import annotations

from bisect import bisect_left

from archiver.portals import Portal
from archiver.reading.lines import Anchor, Element, Line, Outline
from archiver.reading.nearby import (
    SHORTEST_PROSE,
    is_row_title,
    leads_elsewhere,
    names_a_section,
    next_content,
    steps_to_share,
)
from archiver.reading.words import ends_article, is_page_foot, list_heading

_DATES_AROUND = 4  # lines that may print a date, titles and summaries of rows among them
_LONGEST_LIST_OF_ONE = 12  # lines behind the title of its row
_CUT_SHORT = ("...", "…")


def is_of_row(page: Outline, index: int, portal: Portal, url: str) -> bool:
    """Whether the date of a line is that of a row: of the title above it, or of the one below."""
    above, below = next_content(page, index, -1), next_content(page, index, 1)
    if above is not None and _is_of_row(above, portal, url):
        return True
    if above is None or below is None or not _is_of_row(below, portal, url):
        return False
    item = _item(page, index, above, below)
    return (item is not None and _has_sibling(page, index, item, portal, url)) or _is_only_row(page, item, below)


def _is_of_row(title: Line, portal: Portal, url: str) -> bool:
    return is_row_title(title) and leads_elsewhere(title, portal, url)


def _row_below(page: Outline, index: int, portal: Portal, url: str) -> Element | None:
    above, below = next_content(page, index, -1), next_content(page, index, 1)
    if above is None or below is None or not _is_of_row(below, portal, url):
        return None
    return _item(page, index, above, below)


def _item(page: Outline, index: int, above: Line, below: Line) -> Element | None:
    """The block that holds a date and the title of a row below it, but not what stands above the date."""
    around = page.ancestors(page.lines[index].block)
    steps = steps_to_share(page, around, below)
    return around[steps] if steps < steps_to_share(page, around, above) else None


def _has_sibling(page: Outline, index: int, item: Element, portal: Portal, url: str) -> bool:
    place = bisect_left(page.dated, index)
    beside = page.dated[max(0, place - _DATES_AROUND) : place + _DATES_AROUND + 1]
    others = (_row_below(page, each, portal, url) for each in beside if each != index)
    return any(
        other is not None and other.tag == item.tag and other.getparent() is item.getparent() for other in others
    )


def _is_only_row(page: Outline, item: Element | None, title: Line) -> bool:
    """Whether nothing follows a row's title but its excerpt, and the title is none of a section."""
    behind = _behind(page, title)
    prose = [line for line in behind if len(line.text) >= SHORTEST_PROSE and not line.is_link]
    if len(prose) > 1 or names_a_section(page, title):
        return False
    if any(line.text.endswith(_CUT_SHORT) for line in prose) or _is_linked_again(behind, title):
        return True
    if not title.heading:
        return False
    return item is None or not prose or prose[0].index < page.spans[item][1]


def _behind(page: Outline, title: Line) -> list[Line]:
    """The lines of the list behind its row's title: up to what stands below every list, or the end of the column."""
    found: list[Line] = []
    for line in page.lines[title.index + 1 : title.index + 1 + _LONGEST_LIST_OF_ONE]:
        if list_heading(line.text) or ends_article(line.text) or is_page_foot(line.text):
            break
        found.append(line)
    return found


def _is_linked_again(behind: list[Line], title: Line) -> bool:
    """Whether the row's address is linked below its title once more: "Xem tiếp"."""
    return bool(_addresses(title) & {url for line in behind for url in _addresses(line)})


def _addresses(line: Line) -> set[str]:
    anchors: set[Anchor] = {inside for _, inside in line.pieces if inside is not None}
    return {each.url for each in anchors}
