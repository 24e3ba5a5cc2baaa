"""Where to go from a page: the rows of its lists, the next page of a list, and the site's own navigation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from archiver.items import Page, PagerStep
from archiver.portals import Portal
from archiver.portals.addresses import canonical, is_on, is_page, is_trap, tidy
from archiver.reading.paging import place_in_list
from archiver.store.evidence.frontier import REPEATS_ITSELF, TOO_FAR, Found, Role, Wanted

ROLES_IN_WALK = frozenset(("page", "posted page"))
_MOST_FILES = 200  # of one article: an album of more is cut short
_FARTHEST = 3  # pages in a row that are no article and list nothing new: an endless calendar ends here
_PAGE_ARGUMENT = re.compile(r"(?:Page\$)?(\d{1,5})", re.IGNORECASE)


def rows_of(page: Page, portal: Portal) -> list[Found]:
    """The rows of a page's lists."""
    return [_found(row.url, "row", 0) for row in page.listed if is_page(portal, row.url)]


def files_of(page: Page, portal: Portal) -> list[Found]:
    """The pictures and documents of an article, as far as they are on the portal: no other host is contacted."""
    if page.article is None:
        return []
    urls = [each.url for each in page.article.attachments] + [each.url for each in page.article.images]
    return files_at(wanted_of(urls, portal), portal)


def wanted_of(urls: Iterable[str], portal: Portal) -> list[str]:
    """Of the addresses of one article's files those that are asked for: on the portal, and not too many."""
    return list(islice((url for url in urls if is_on(portal, url)), _MOST_FILES))


def files_at(urls: Iterable[str], portal: Portal) -> list[Found]:
    """Pictures and documents by their addresses."""
    return [_found(tidy(portal, url), "file", 0) for url in urls]


def is_first(page: Page, portal: Portal) -> bool:
    """Whether a list page is where its list begins, as far as its pager tells."""
    return page.page_number in (None, 0, 1) or canonical(portal, page.list_url or page.url) == canonical(
        portal, page.url
    )


def links_of(page: Page, wanted: Wanted, portal: Portal, *, brings_news: bool) -> Iterator[Found]:
    """The plain links of a page. From one that brings no news only a few lead on in a row.

    The pager is left to the walk through the list, which begins at its first page; on a page that was met without a
    walk it is followed too: the first page may be none, or not lead here.

    `brings_news` says whether a list shows a row that was not known: the months of a calendar without end may all show
    the same "Tin mới nhất" beside them.
    """
    is_walked = wanted.role in ROLES_IN_WALK or is_first(page, portal)
    steps = {canonical(portal, step.url) for step in page.pager if step.form is None and is_walked}
    leads_on = page.kind == "article" or brings_news or wanted.role == "home"
    depth = 0 if leads_on else wanted.depth + 1
    for link in page.links:
        if canonical(portal, link.url) not in steps:
            yield _found(link.url, "navigation", depth)


def next_step(page: Page, number: int) -> PagerStep | None:
    """The step of the pager from page `number` to the one behind it: by its number, or else by its words.

    A pager that shows ten pages at a time has "..." at both ends, and the first of them leads back: of steps that tell
    where they lead, only those that lead forward count, the shortest first.
    """
    numbered = (step for step in page.pager if step.number == number + 1)
    worded = [(_distance(step, page, number), step) for step in page.pager if step.is_next]
    nearest = min((pair for pair in worded if pair[0] > 0), key=lambda pair: pair[0], default=(0, None))
    return next(numbered, None) or nearest[1]


def _distance(step: PagerStep, page: Page, number: int) -> int:
    """How far a step leads on from page `number`, as its form or its address tells; 1 where it does not.

    Numbers in addresses may begin with 0, or count rows: they are compared with the number in the page's own.
    """
    if step.form is not None:
        argument = _PAGE_ARGUMENT.fullmatch(dict(step.form).get("__EVENTARGUMENT", ""))
        return int(argument[1]) - number if argument else 1
    first, there = place_in_list(step.url, [PagerStep(None, False, page.url)])
    if there is None or first != page.list_url:
        return 1
    here = 0 if page.url == page.list_url else page.page_number
    return there - (here or 0)


def _found(url: str, role: Role, depth: int) -> Found:
    refusal = REPEATS_ITSELF if is_trap(url) else TOO_FAR if depth > _FARTHEST else None
    return Found(url, role, depth, refusal=refusal)
