"""/a/KEY.json : the article as data, with the names of the archive's columns, and where the rest of it stands."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils import add_cors_headers
from datasette.utils.asgi import Request, Response

from archiver.site.citing.csl import csl
from archiver.site.dossier import Dossier, dossier
from archiver.site.pages import files
from archiver.site.pages.absent import no_article
from archiver.site.pages.answering import ARCHIVE, Row, ask
from archiver.site.pages.citations import reference_to

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_AS_JSON = ("changed_fields", "text_problems")
_TABLES = (
    "versions", "images", "attachments", "captures", "article_events", "list_presence", "document_mentions",
    "texts_elsewhere",
)  # fmt: skip
Data = dict[str, Any]


async def article_data(datasette: Datasette, request: Request) -> Response:
    """One article as JSON."""
    key = request.url_vars["key"]
    known = await ask(datasette, partial(dossier, key=key))
    if known is None:
        return await no_article(datasette, request, key)
    headers: dict[str, str] = {}
    if datasette.cors:
        add_cors_headers(headers)
    body = json.dumps(_data(datasette, request, known), ensure_ascii=False, indent=1)
    return Response(body, headers=headers, content_type="application/json; charset=utf-8")


def _data(datasette: Datasette, request: Request, known: Dossier) -> Data:
    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    def kept(row: Row) -> Row:
        """A picture or document with its address here."""
        digest = row["sha256"]
        return _readable(row) | {"archived_url": absolute(files.address(digest)) if digest else None}

    key = known.article["article_key"]
    reference = reference_to(datasette, request, known.article, known.version)
    parts = {name: value for name, value in asdict(known).items() if name not in ("article", "version")}
    return {
        "ok": True,
        **known.article,
        "permalink": reference.permalink,
        "body": known.version["body"],
        **{name: [_readable(row) for row in value] for name, value in parts.items() if isinstance(value, list)},
        "images": [kept(row) for row in known.images],
        "attachments": [kept(row) for row in known.attachments],
        "capture_count": known.capture_count,
        "is_listed_further": known.is_listed_further,
        "neighbours": known.neighbours,
        "citation": csl(reference),
        "rows": {
            "articles": absolute(f"/{ARCHIVE}/articles/{key}.json"),
            **{name: absolute(f"/{ARCHIVE}/{name}.json?article_key={key}&_shape=objects") for name in _TABLES},
        },
    }


def _readable(row: Row) -> Row:
    """A row of which what is kept as JSON is no longer text."""
    return row | {name: json.loads(row[name]) for name in _AS_JSON if row.get(name)}
