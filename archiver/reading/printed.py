"""A page as `archiver parse` prints it."""

from __future__ import annotations

from dataclasses import asdict

from archiver.items import Article, ListRow, Page


def printed(page: Page) -> dict[str, object]:
    """What is read in one page alone: kind, article, listed rows, problems. Keys are stable; more may come."""
    return {
        "kind": page.kind,
        "url": page.url,
        "heading": page.heading,
        "article": _article(page.article) if page.article else None,
        "listed": [_row(row) for row in page.listed],
        "problems": [asdict(problem) for problem in page.problems],
    }


def _article(article: Article) -> dict[str, object]:
    return {
        **asdict(article),
        "images": [asdict(image) for image in article.images],
        "attachments": [asdict(attachment) for attachment in article.attachments],
    }


def _row(row: ListRow) -> dict[str, object]:
    return asdict(row)
