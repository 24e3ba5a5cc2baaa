"""What a withheld article takes with it: its pictures and documents, and the addresses that lead to it.

Their addresses often spell what the article was about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from sqlite_utils import Database

from archiver.items import Article, Page
from archiver.portals import Portal
from archiver.store.evidence.answers import redirect_target, request_of_target
from archiver.store.evidence.captures import COLUMNS, Capture, captures_of
from archiver.store.evidence.statuses import REDIRECTS, in_sql
from archiver.store.evidence.subjects import requests_for
from archiver.store.ground.keys import article_key, request_key


def files_of_articles(
    captures: Database, portal: Portal, keys: Collection[str], page_of: Callable[[Capture], Page | None]
) -> set[str]:
    """The requests of all files that any capture of some articles ever named; `page_of` reads a capture."""
    if not keys:
        return set()
    requests = requests_for(captures, portal, keys)
    articles = (article for request in requests for article in _articles(captures, request, page_of))
    named = {request for article in articles for request in requests_of_files(portal, article)}
    return _with_redirects(captures, portal, named)


def requests_leading_to(captures: Database, portal: Portal, keys: Collection[str]) -> set[str]:
    """The requests that were ever redirected to some articles, whether at once or by way of each other."""
    if not keys:
        return set()
    rows = captures.execute(
        f"SELECT {', '.join(COLUMNS)} FROM captures WHERE portal = ? AND status IN {in_sql(REDIRECTS)}", (portal.key,)
    ).fetchall()
    steps = [
        (each.request_key, redirect_target(portal, each), request_of_target(portal, each))
        for each in (Capture(*row) for row in rows)
    ]
    found: set[str] = set()
    new = {request for request, target, _ in steps if article_key(portal, target) in keys}
    while new:
        found |= new
        new = {request for request, _, leads_to in steps if leads_to in new} - found
    return found


def requests_of_files(portal: Portal, article: Article) -> Iterator[str]:
    """The requests of an article's pictures and documents."""
    yield from (request_key(portal, "GET", each.url) for each in article.images)
    yield from (request_key(portal, "GET", each.url) for each in article.attachments)


def _with_redirects(captures: Database, portal: Portal, requests: set[str]) -> set[str]:
    """Requests, and those that they were ever redirected to."""
    found, new = set(requests), requests
    while new:
        targets = (request_of_target(portal, each) for request in new for each in captures_of(captures, request))
        new = {target for target in targets if target is not None} - found
        found |= new
    return found


def _articles(captures: Database, request: str, page_of: Callable[[Capture], Page | None]) -> Iterator[Article]:
    read: set[str | None] = set()
    for capture in captures_of(captures, request):
        if capture.status == 200 and capture.sha256 not in read:
            read.add(capture.sha256)
            page = page_of(capture)
            if page is not None and page.article is not None:
                yield page.article
