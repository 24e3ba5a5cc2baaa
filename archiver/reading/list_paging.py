"""How a list goes on from one of its pages: by links and forms on it, and by pieces that its script posts for."""

from __future__ import annotations

from typing import TypedDict

from archiver.items import PagerStep, Problem
from archiver.portals import Portal
from archiver.reading import navigation
from archiver.reading.fragment_forms import Further, further
from archiver.reading.lines import Outline
from archiver.reading.paging import place_in_list


class Paging(TypedDict, total=False):
    """What a page says of its place in a list, by the names of `Page`."""

    pager: tuple[PagerStep, ...]
    list_url: str
    page_number: int | None
    pages: int | None
    series: str | None


def paging_of_list(page: Outline, portal: Portal, url: str) -> tuple[Paging, tuple[Problem, ...]]:
    """The place of a list's page, and what keeps further pages from being asked for."""
    steps = navigation.pager(page, portal, url)
    list_url, number = place_in_list(url, steps)
    paging: Paging = {"pager": steps, "list_url": list_url, "page_number": number}
    if number not in (None, 0, 1):
        return paging, ()
    return _with_pieces(paging, further(page.root, portal))


def _with_pieces(paging: Paging, more: Further) -> tuple[Paging, tuple[Problem, ...]]:
    """What a list's first page says of pages that its script posts for. A link to the second page is preferred."""
    is_linked = any(step.number == 2 or step.is_next for step in paging["pager"])
    if more.step is not None and not is_linked:
        paging["pager"] = (*paging["pager"], more.step)
    paging["pages"], paging["series"] = more.pages, more.series
    return paging, () if is_linked else more.problems
