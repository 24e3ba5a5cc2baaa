"""/a/KEY/history : two revisions of an article beside each other, word by word."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archiver.site.comparing import Pair, Patience, compared, stretches
from archiver.site.dossier import article_row, changed_fields, last_capture_of, revisions, versions
from archiver.site.evidence import has_evidence
from archiver.site.pages.absent import no_article
from archiver.site.pages.answering import Row, ask, page
from archiver.site.pages.formats import Form, data_beside

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_FIELDS = ("title", "lead", "body", "section", "author_raw", "published_raw", "images", "attachments")
_LISTS = ("images", "attachments")
History = dict[str, Any]


async def history(datasette: Datasette, request: Request) -> Response:
    """The revisions that are asked for; else the last change."""
    key = request.url_vars["key"]
    wanted = (request.args.get("from"), request.args.get("to"))
    told = await ask(datasette, partial(_told, key=key, wanted=wanted))
    if told is None:
        return await no_article(datasette, request, key)
    values = (
        told
        | {"has_evidence": has_evidence(datasette), "changed_fields": changed_fields, "data": _data(told)}
        | {"stretches": stretches}
    )
    return await page(datasette, request, "history.html", values)


def _data(told: History) -> list[Form]:
    key = told["article"]["article_key"]
    query = f"/archive/both_versions?article_key={key}&number={told['after']['number']}"
    return data_beside(f"/archive/versions{{}}?article_key={key}", [("JSON", f"/a/{key}.json")], query)


def _told(db: sqlite3.Connection, key: str, wanted: tuple[str | None, str | None]) -> History | None:
    article = article_row(db, key)
    if article is None:
        return None
    first, second = _numbers(article["revision_count"], wanted)
    texts = versions(db, key, {first, second})
    return {
        "article": article,
        "revisions": revisions(db, key),
        "before": texts[first] | {"last": last_capture_of(db, key, first)},
        "after": texts[second] | {"last": last_capture_of(db, key, second)},
        "fields": _fields(texts[first], texts[second]),
    }


def _numbers(count: int, wanted: tuple[str | None, str | None]) -> tuple[int, int]:
    """Which revisions to compare: as asked for where these exist, else the last two.

    >>> _numbers(3, (None, None)), _numbers(3, ("1", "3")), _numbers(1, ("x", "9")), _numbers(3, ("1", None))
    ((2, 3), (1, 3), (1, 1), (1, 3))
    """
    usual = (max(1, count - 1), count)
    first, second = (
        int(text) if text and text.isascii() and text.isdigit() and 1 <= int(text) <= count else fallback
        for text, fallback in zip(wanted, usual, strict=True)
    )
    return first, second


def _fields(before: Row, after: Row) -> list[tuple[str, list[Pair]]]:
    """Every part of the two versions that has anything in it."""
    patience = Patience()
    pairs = ((name, compared(_text(name, before), _text(name, after), patience)) for name in _FIELDS)
    return [(name, found) for name, found in pairs if found]


def _text(name: str, version: Row) -> str | None:
    """A part of a version as text; of pictures and files, a paragraph each."""
    value: str | None = version[name]
    if name not in _LISTS:
        return value
    listed = json.loads(value or "[]")
    named = ((each.get("caption") or each.get("label"), each["url"]) for each in listed)
    return "\n\n".join("\n".join(filter(None, pair)) for pair in named)
