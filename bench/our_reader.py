"""Our reader, timed: `python -m bench.our_reader FOLDER [--cold] [--undated] [--portal=KEY]`."""

from __future__ import annotations

import gc
import sys
from functools import _lru_cache_wrapper, partial
from pathlib import Path

from archiver import __version__
from archiver.items import Page as ReadPage
from archiver.portals import PORTALS, Portal
from archiver.reading.menus import _KNOWN as KNOWN_MENUS
from archiver.reading.page import read
from bench.timing import Found, Page, measure

HTML = "text/html; charset=utf-8"


def read_ours(page: Page, portal: Portal) -> Found:
    """What our reader finds."""
    return as_found(read(page.body, portal, page.url, HTML))


def as_found(page: ReadPage) -> Found:
    """The fields that are compared."""
    article = page.article
    rows = [(row.url, row.title, row.listed_at) for row in page.listed if row.list_kind == "latest"]
    if article is None:
        return {"list rows": rows}
    return {
        "title": article.title,
        "day": article.published_on,
        "body": article.body,
        "lead": article.lead,
        "section": article.section,
        "author": article.author,
        "images, captions": [(image.url, image.caption) for image in article.images],
        "attachments": [(each.url, each.label) for each in article.attachments],
        "list rows": rows,
    }


def forget() -> None:
    """Empty every cache of the reader: what one page teaches about the next."""
    KNOWN_MENUS.clear()
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith("archiver."):
            each.cache_clear()


def main(folder: str, *options: str) -> None:
    """Measure."""
    before_each = forget if "--cold" in options else lambda: None
    keys = [option.removeprefix("--portal=") for option in options if option.startswith("--portal=")]
    portal = PORTALS[keys[0] if keys else "demo"]
    measure(Path(folder), __version__, partial(read_ours, portal=portal), before_each, undated="--undated" in options)


if __name__ == "__main__":
    main(*sys.argv[1:])
