"""Pictures and documents of withheld articles: their addresses often spell what the article was about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from sqlite_utils import Database

from archiver.items import Article, Page
from archiver.portals import Portal
from archiver.store.captures import Capture, captures_of
from archiver.store.keys import request_key
from archiver.store.subjects import requests_for


def files_of_articles(
    captures: Database, portal: Portal, keys: Collection[str], page_of: Callable[[Capture], Page | None]
) -> set[str]:
    """The requests of all files that any capture of some articles ever named; `page_of` reads a capture."""
    if not keys:
        return set()
    articles = (
        article for key in requests_for(captures, portal, keys) for article in _articles(captures, key, page_of)
    )
    return {request for article in articles for request in requests_of_files(portal, article)}


def requests_of_files(portal: Portal, article: Article) -> Iterator[str]:
    """The requests of an article's pictures and documents."""
    yield from (request_key(portal, "GET", each.url) for each in article.images)
    yield from (request_key(portal, "GET", each.url) for each in article.attachments)


def _articles(captures: Database, request: str, page_of: Callable[[Capture], Page | None]) -> Iterator[Article]:
    read: set[str | None] = set()
    for capture in captures_of(captures, request):
        if capture.status == 200 and capture.sha256 not in read:
            read.add(capture.sha256)
            page = page_of(capture)
            if page is not None and page.article is not None:
                yield page.article
