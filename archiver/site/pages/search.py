"""/search : what was typed, understood as Vietnamese is typed; what it finds, ranked, with the words marked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response
from markupsafe import Markup, escape

from archiver.site.feeds.entries import article_entries
from archiver.site.pages.answering import Row, ask, page, rows
from archiver.site.pages.formats import Asked, as_feed, as_json, asked, link_to, words_for
from archiver.store.search.filters import Filters
from archiver.store.search.hits import MARK_BEGIN, MARK_END
from archiver.store.search.searching import Found, Sort, search

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_A_PAGE = 20
_LONGEST = 500  # characters that are taken of what was typed
_FILTERS = ("portal", "section", "status", "from", "to")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for."""

    typed: str
    filters: Mapping[str, str]
    sort: Sort
    abbreviations: bool
    page: int

    def path(self, **changes: object) -> str:
        """The address of the same search with something else asked for; what is empty is left out."""
        asks = {
            "q": self.typed,
            **self.filters,
            "sort": "newest" if self.sort == "newest" else "",
            "abbreviations": "" if self.abbreviations else "off",
        }
        return "/search?" + urlencode({name: value for name, value in (asks | changes).items() if value})


async def search_page(datasette: Datasette, request: Request) -> Response:
    """The page, its JSON, or a feed of the newest that a search finds."""
    form = request.url_vars["format"]
    wanted = _wanted(request, asked(request), newest=form == ".atom")
    found = await ask(datasette, partial(_found, wanted=wanted))
    following = wanted.page + 1 if found.total > wanted.page * _A_PAGE else None
    if form == ".json":
        return as_json(datasette, request, "articles", [_plain(hit) for hit in map(asdict, found.hits)], following)
    if form == ".atom":
        shown = await ask(datasette, partial(_captured, found=found))
        entries = article_entries(shown, words_for(request), partial(link_to, datasette, request))
        return as_feed(datasette, request, "search", entries)
    values = {
        "wanted": wanted,
        "found": found,
        "q": wanted.typed,
        "marked": marked,
        "next_page": following,
        "choices": await ask(datasette, _choices),
        "most": max((count for _, count in found.years), default=1),
        "data": [(name, wanted.path().replace("/search?", f"/search{end}?")) for name, end in _FORMS],
    }
    return await page(datasette, request, "search.html", values)


def marked(text: str | None) -> Markup:
    """A text in which what was found is marked; whatever else stands in it is shown as it is.

    >>> marked("Thị xã \\x02Mỹ Hào\\x03 <b>")
    Markup('Thị xã <mark>Mỹ Hào</mark> &lt;b&gt;')
    """
    return escape(text or "").replace(MARK_BEGIN, Markup("<mark>")).replace(MARK_END, Markup("</mark>"))


_FORMS = (("JSON", ".json"), ("Atom", ".atom"))


def _wanted(request: Request, where: Asked, *, newest: bool) -> Wanted:
    filters = {name: (request.args.get(name) or "").strip()[:_LONGEST] for name in _FILTERS}
    sort: Sort = "newest" if newest or request.args.get("sort") == "newest" else "rank"
    typed = (request.args.get("q") or "")[:_LONGEST]
    return Wanted(typed, filters, sort, request.args.get("abbreviations") != "off", where.page)


def _found(db: sqlite3.Connection, wanted: Wanted) -> Found:
    asks = {name: value or None for name, value in wanted.filters.items()}
    filters = Filters(asks["portal"], asks["section"], asks["status"], asks["from"], asks["to"])
    return search(
        db, wanted.typed, filters, wanted.sort,
        limit=_A_PAGE, offset=(wanted.page - 1) * _A_PAGE, abbreviations=wanted.abbreviations,
    )  # fmt: skip


def _captured(db: sqlite3.Connection, found: Found) -> list[Row]:
    """What a feed says of the articles that were found."""
    return rows(
        db,
        "SELECT article_key, portal, url, title, lead, section, author, published_on, published_at, first_captured_at"
        " FROM articles WHERE article_key IN (SELECT value FROM json_each(?))"
        " ORDER BY first_captured_at DESC, article_key",
        json.dumps([hit.article_key for hit in found.hits]),
    )


def _plain(hit: Row) -> Row:
    """A hit for programs: the signs around what was found are brackets that a text does not hold."""
    return {name: _bracketed(value) if name in ("marked_title", "snippet") else value for name, value in hit.items()}


def _bracketed(text: str | None) -> str | None:
    return text.replace(MARK_BEGIN, "⟦").replace(MARK_END, "⟧") if text else text


def _choices(db: sqlite3.Connection) -> dict[str, list[Row]]:
    """What can be filtered by."""
    return {
        "portal": rows(db, "SELECT portal AS value, name AS label FROM portals ORDER BY name"),
        "section": rows(
            db, "SELECT DISTINCT section AS value, section AS label FROM articles WHERE section > '' ORDER BY section"
        ),
    }
