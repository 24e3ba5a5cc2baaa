"""/search : what was typed, understood as Vietnamese is typed; what it finds, ranked, with the words marked."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response
from markupsafe import Markup, escape

from archiver.site.figures.figure import Figure
from archiver.site.figures.years import years
from archiver.site.pages.answering import Row, ask, page, rows
from archiver.site.pages.formats import link_to, words_for
from archiver.site.pages.search_wanted import A_PAGE, FEEDS, LONGEST, Wanted, wanted
from archiver.site.wording import Words
from archiver.store.search.passages import MARK_BEGIN, MARK_END
from archiver.store.search.searching import Found, search

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


async def search_page(datasette: Datasette, request: Request) -> Response:
    """The page, or a page of it as JSON."""
    asks = wanted(request)
    found = await ask(datasette, partial(_found, asks=asks))
    if request.url_vars["format"] == ".json":
        return Response.json(_as_data(datasette, request, asks, found))
    words = words_for(request)
    watched = await ask(datasette, partial(_watched, portal=asks.filters["portal"]))
    values = {
        "wanted": asks,
        "found": found,
        "q": asks.typed,
        "marked": marked,
        "longest": LONGEST,
        "most_megabytes": datasette.setting("max_csv_mb"),
        "next_page": asks.page_after(found),
        "choices": await ask(datasette, _choices),
        "figure": _years(datasette, asks, found, watched, words),
        "feeds": [(name, asks.path(form)) for name, form in FEEDS.items()],
        "data": asks.data,
    }
    return await page(datasette, request, "search.html", values)


def marked(text: str | None) -> Markup:
    """A text in which what was found is marked; whatever else stands in it is shown as it is.

    >>> marked("Thị xã \\x02Mỹ Hào\\x03 <b>")
    Markup('Thị xã <mark>Mỹ Hào</mark> &lt;b&gt;')
    """
    return escape(text or "").replace(MARK_BEGIN, Markup("<mark>")).replace(MARK_END, Markup("</mark>"))


def _found(db: sqlite3.Connection, asks: Wanted) -> Found:
    return search(
        db, asks.typed, asks.narrowed, asks.sort, limit=A_PAGE, offset=asks.offset, abbreviations=asks.abbreviations
    )


def _years(datasette: Datasette, asks: Wanted, found: Found, watched: list[Row], words: Words) -> Figure:
    def address(year: int) -> str:
        return str(datasette.urls.path(asks.of_year(year)))

    return years(found.years, watched, words, address)


def _watched(db: sqlite3.Connection, portal: str) -> list[Row]:
    """How the days were covered; where several portals are meant, days on which not all fared alike are "partly"."""
    return rows(
        db,
        "SELECT day, CASE WHEN count(DISTINCT status) = 1 THEN min(status) ELSE 'partly' END AS coverage, 0 AS articles"
        " FROM coverage_days WHERE ? IN ('', portal) GROUP BY day ORDER BY day",
        portal,
    )


def _as_data(datasette: Datasette, request: Request, asks: Wanted, found: Found) -> dict[str, Any]:
    following = asks.page_after(found)
    return {
        "articles": [_plain(hit) for hit in map(asdict, found.hits)],
        "total": found.total,
        "only_newest_5000_are_ranked": found.is_cut,
        "more_without_marks": found.more_without_marks,
        "abbreviations": [asdict(each) for each in found.query.expansions],
        "years": [{"year": year, "articles": count} for year, count in found.years],
        "next": link_to(datasette, request, asks.path(".json", page=following)) if following else None,
    }


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
