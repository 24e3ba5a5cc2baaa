"""Where to go from a page: the rows of its lists, the next page of a list, and the site's own navigation."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.items import Page, PagerStep
from archiver.portals import Portal
from archiver.portals.addresses import canonical, is_page, is_trap
from archiver.store.frontier import TOO_FAR, Found, Wanted

_FARTHEST = 3  # pages in a row that are neither article nor list: an endless calendar ends here
REPEATS_ITSELF = "the address repeats itself"


def leads(page: Page, wanted: Wanted, portal: Portal) -> Iterator[Found]:
    """Everything that a page leads to but its own next page: rows first, then plain links, the pager left out."""
    for row in page.listed:
        if is_page(portal, row.url):
            yield _found(row.url, "row", 0)
    steps = {canonical(portal, step.url) for step in page.pager if step.form is None}
    depth = wanted.depth + 1 if page.kind == "other" and wanted.role != "home" else 0
    for link in page.links:
        if canonical(portal, link.url) not in steps:
            yield _found(link.url, "navigation", depth)


def next_step(page: Page, number: int) -> PagerStep | None:
    """The step of the pager from page `number` to the one behind it: by its number, or else by its words."""
    numbered = (step for step in page.pager if step.number == number + 1)
    worded = (step for step in page.pager if step.is_next)
    return next(numbered, None) or next(worded, None)


def _found(url: str, role: str, depth: int) -> Found:
    refusal = REPEATS_ITSELF if is_trap(url) else TOO_FAR if depth > _FARTHEST else None
    return Found(url, "row" if role == "row" else "navigation", depth, refusal=refusal)
