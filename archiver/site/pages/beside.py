"""/a/KEY/beside/OTHER : two articles that are the same news beside each other, word by word, the earlier one first."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archiver.site.comparing import Patience, compared, stretches
from archiver.site.dossier import article_row, linked, versions
from archiver.site.evidence import has_evidence
from archiver.site.pages.absent import no_article, nothing_here
from archiver.site.pages.answering import Row, ask, page
from archiver.site.pages.formats import data_beside

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

Beside = dict[str, Any]


async def beside(datasette: Datasette, request: Request) -> Response:
    """The versions of two articles by which they are linked."""
    key, other = request.url_vars["key"], request.url_vars["other"]
    told = await ask(datasette, partial(_told, key=key, other=other))
    if told is None:
        for each in (key, other):
            if await ask(datasette, partial(article_row, key=each)) is None:
                return await no_article(datasette, request, each)
        return await nothing_here(datasette, request, "beside.not_linked")
    values = told | {"has_evidence": has_evidence(datasette), "stretches": stretches, "data": _data(key, other)}
    return await page(datasette, request, "beside.html", values)


def _data(key: str, other: str) -> object:
    rows = f"/archive/texts_elsewhere{{}}?article_key={key}&other_key={other}"
    return data_beside(rows, [("JSON", f"/a/{key}.json")], f"/archive/how_a_text_travelled?article_key={key}")


def _told(db: sqlite3.Connection, key: str, other: str) -> Beside | None:
    link = linked(db, key, other)
    if link is None:
        return None
    pair = [_side(db, key, link["revision"]), _side(db, other, link["other_revision"])]
    earlier, later = sorted(pair, key=_published)
    patience = Patience()
    fields = ((name, compared(earlier[name], later[name], patience)) for name in ("title", "body"))
    return {
        "link": link,
        "earlier": earlier,
        "later": later,
        "fields": [(name, found) for name, found in fields if found],
    }


def _side(db: sqlite3.Connection, key: str, number: int) -> Row:
    """An article with a version of it; lead and text in one, as they were compared."""
    article, version = article_row(db, key), versions(db, key, [number])[number]
    if article is None:
        raise LookupError(key)  # a link names it
    text = "\n\n".join(filter(None, (version["lead"], version["body"])))
    return article | {"version": version, "title": version["title"], "body": text}


def _published(side: Row) -> tuple[str, str, str]:
    """The order of publication; by their keys where it is not known."""
    return side["published_on"] or "~", side["published_at"] or "", side["article_key"]
