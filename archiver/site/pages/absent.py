"""What stands where an article is not: a tombstone where it is withheld, a search box where it is unknown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.site.dossier import tombstone
from archiver.site.pages.answering import Row, ask, page
from archiver.site.pages.formats import Form, data_beside

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_GONE, _FOR_LEGAL_REASONS = 410, 451


async def no_article(datasette: Datasette, request: Request, key: str) -> Response:
    """The answer where no article of a key is shown, as data where data was asked for."""
    withheld = await ask(datasette, partial(tombstone, key=key))
    if withheld is None:
        return await nothing_here(datasette, request, "article.unknown")
    status = _status(withheld)
    if _wants_data(request):
        return Response.json({"ok": False, "error": "withheld", "status": status, **withheld}, status=status)
    return await page(datasette, request, "withheld.html", withheld | {"data": _data(key)}, status=status)


def _data(key: str) -> list[Form]:
    return data_beside(f"/archive/withheld{{}}?article_key={key}", [("JSON", f"/a/{key}.json")])


async def nothing_here(datasette: Datasette, request: Request, why: str) -> Response:
    """404, with the reason by its key among the texts, and a search box."""
    if _wants_data(request):
        return Response.json({"ok": False, "error": "not found", "status": 404}, status=404)
    return await page(datasette, request, "not_found.html", {"why": why}, status=404)


async def unknown(datasette: Datasette, request: Request) -> Response:
    """Any other address below /a."""
    return await nothing_here(datasette, request, "article.unknown")


def moved(datasette: Datasette, request: Request) -> Response:
    """An address with a slash at its end, or a key in capitals, leads to the one that is meant."""
    path = request.url_vars["path"].rstrip("/")
    key, slash, rest = path.partition("/")
    query = f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(datasette.urls.path(f"/a/{key.lower()}{slash}{rest}") + query, status=301)


def _status(withheld: Row) -> int:
    """451 only where the law demands it; else the article is gone."""
    return _FOR_LEGAL_REASONS if str(withheld["category"] or "").casefold().startswith("court") else _GONE


def _wants_data(request: Request) -> bool:
    return str(request.path).endswith((".json", ".bib", ".ris"))
