"""One of the peers, timed: `python -m bench.peers TOOL FOLDER [--undated]`, in the peers' own environment.

Each is called as its documentation says, with what ours is given: the page's bytes and its address.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from bench.timing import Found, Page, measure

Read = Callable[[Page], Found]


def trafilatura(*, fast: bool = False) -> Read:
    """Text and metadata in one call."""
    from trafilatura import bare_extraction

    def read(page: Page) -> Found:
        found = bare_extraction(page.body, url=page.url, with_metadata=True, fast=fast)
        return {"title": found.title, "day": found.date, "body": found.text} if found else {}

    return read


def newspaper4k() -> Read:
    """An article that was downloaded by other means."""
    from newspaper import Article

    def read(page: Page) -> Found:
        article = Article(page.url, language="vi")
        article.download(input_html=page.body)
        article.parse()
        day = article.publish_date.date().isoformat() if article.publish_date else None
        return {"title": article.title, "day": day, "body": article.text}

    return read


def readability() -> Read:
    """Title and the part of the page that holds the text, as HTML; it knows no date."""
    from readability import Document

    def read(page: Page) -> Found:
        document = Document(page.body, url=page.url)
        return {"title": document.short_title(), "html": document.summary()}

    return read


TOOLS: dict[str, tuple[str, Callable[[], Read]]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "trafilatura, fast": ("trafilatura", lambda: trafilatura(fast=True)),
    "newspaper4k": ("newspaper4k", newspaper4k),
    "readability-lxml": ("readability-lxml", readability),
}


def main(tool: str, folder: str, *options: str) -> None:
    """Measure one tool."""
    package, make = TOOLS[tool]
    measure(Path(folder), version(package), make(), undated="--undated" in options)


if __name__ == "__main__":
    main(*sys.argv[1:])
