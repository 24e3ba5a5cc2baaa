"""What stands near a line: the next that says anything, where a link leads, how far up two lines are together."""

from __future__ import annotations

from archiver.portals import Portal
from archiver.portals.addresses import canonical
from archiver.reading.lines import Element, Line, Outline
from archiver.reading.words import crumbs, is_furniture, key, sign_off

LOOK_AROUND = 6  # lines between a title and its date line: counters, tools, an author
SHORTEST_PROSE = 40  # characters


def next_content(page: Outline, index: int, step: int) -> Line | None:
    """The next line above (`step` is -1) or below (1) that is neither tool nor counter, sign-off nor breadcrumb."""
    for place in range(index + step, index + step * LOOK_AROUND, step):
        if not 0 <= place < len(page.lines):
            return None
        line = page.lines[place]
        if not is_beside_header(line):
            return line
    return None


def is_beside_header(line: Line) -> bool:
    """Whether a line may stand between a title and its date line."""
    return bool(is_furniture(line.text) or sign_off(line.text) or crumbs(line.text))


def leads_elsewhere(line: Line, portal: Portal, url: str) -> bool:
    """Whether a line is a link to another page: then it is a row of a list, not this article's title."""
    anchors = {inside for _, inside in line.pieces if inside is not None}
    if not anchors or not line.is_link:
        return False
    here = canonical(portal, url)
    return not all(each.href.startswith("#") or canonical(portal, each.url) == here for each in anchors)


def is_row_title(line: Line) -> bool:
    """Whether a line is a link of several words, as titles of rows are."""
    return line.is_link and line.text.count(" ") >= 2


def steps_to_share(page: Outline, around: list[Element], line: Line) -> int:
    """How many blocks up a date, of which `around` are the blocks, and a line are together."""
    holding = set(page.ancestors(line.block))
    return next((place for place, block in enumerate(around) if block in holding), len(around))


def names_a_section(page: Outline, link: Line) -> bool:
    """Whether a menu, a breadcrumb or a link above is called the same: then it leads from an article to its section."""
    name = key(link.text)
    menus = (key(text) for _, menu in page.menus for _, text in menu)
    above = (key(each.text) for each in page.anchors if 0 <= each.last_line < link.index)
    trails = (key(step) for line in page.lines[: link.index] for step in crumbs(line.text))
    return name in menus or name in above or name in trails
