"""What a golden page's JSON says: what a person reads on it, in the form of `archiver parse`, and whether one did."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from archiver.items import Page

CHECKED = "checked"
_NOT_TOLD = {"box", "heading"}  # of rows: which box it was, and what stands above it


def golden(page: Page) -> dict[str, Any]:
    """A page as its JSON says it, but for whether a person checked that."""
    article = asdict(page.article) if page.article else None
    if article is not None:
        del article["published_precision"]
    listed = [{name: told for name, told in asdict(row).items() if name not in _NOT_TOLD} for row in page.listed]
    told: dict[str, Any] = json.loads(
        json.dumps({"url": page.url, "kind": page.kind, "article": article, "listed": listed})
    )
    return told


def written(told: dict[str, Any], *, checked: bool) -> str:
    """The JSON as it stands beside its page."""
    return json.dumps({CHECKED: checked, **told}, ensure_ascii=False, indent=1) + "\n"
