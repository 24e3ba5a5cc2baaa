"""Processor time of reading, page by page. Runs in every tool's own environment: nothing but the standard library."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time_ns
from typing import NamedTuple

Found = dict[str, object]

UNDATED = "https://anthuan.example/portal/Pages/bai-viet.aspx"  # the platform's own addresses hold the day


class Page(NamedTuple):
    """One saved page."""

    url: str
    body: bytes
    is_measured: bool


def pages_in(folder: Path, *, undated: bool) -> list[Page]:
    """All pages of a set, in order; `undated` puts one address without a day in place of every page's own."""
    listed = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
    return [
        Page(UNDATED if undated else each["url"], (folder / each["file"]).read_bytes(), each["is_measured"])
        for each in listed
    ]


def measure(
    folder: Path,
    version: str,
    read: Callable[[Page], Found],
    before_each: Callable[[], None] = lambda: None,
    *,
    undated: bool = False,
) -> None:
    """Warm up, read each measured page once, and print what it cost (user and system time) and what was found."""
    pages = pages_in(folder, undated=undated)
    for page in pages:
        if not page.is_measured:
            read(page)
    milliseconds, found = [], []
    for page in pages:
        if page.is_measured:
            before_each()
            started = process_time_ns()
            found.append(read(page))
            milliseconds.append((process_time_ns() - started) / 1e6)
    json.dump({"version": version, "milliseconds": milliseconds, "found": found}, sys.stdout)
