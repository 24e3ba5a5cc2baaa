"""/plots : one portal to look at. /plots/NAME.csv : the numbers of a plot, all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Request, Response

from archiver.site.figures import growth
from archiver.site.figures.changes import changes
from archiver.site.figures.coverage import coverage
from archiver.site.figures.figure import Figure, Story
from archiver.site.figures.latest import latest
from archiver.site.figures.publications import FEW_YEARS, calendar
from archiver.site.figures.sections import sections
from archiver.site.pages.answering import Row, ask, page, recall, rows
from archiver.site.pages.formats import data_of, words_for
from archiver.site.saved_queries import rows_of, run
from archiver.site.wording import Words
from archiver.tabular.lines import csv_lines

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

QUERIES = {
    "calendar": "publications_by_day",
    "sections": "published_per_month",
    "changes": "changes_by_day",
    "coverage": "coverage_spells",
    "latest": "time_in_latest",
}
"""The plots, and the saved query whose rows each of them shows."""
_OF_ALL_PORTALS = {growth.NAME: growth.QUERY}  # the same of a plot that stands elsewhere


async def plots(datasette: Datasette, request: Request) -> Response:
    """Every plot of one portal: of the one that is asked for, or of the largest."""
    words = words_for(request)
    years = None if request.args.get("years") == "all" else FEW_YEARS
    known = await recall(datasette, "portals", portals)
    portal = chosen(request, known)
    what = ("plots", portal, words.language, years)
    figures = await recall(datasette, what, lambda db: _figures(db, portal, words, years)) if portal else []
    more_years = len({piece.name for figure in figures[:1] for piece in figure.pieces}) >= FEW_YEARS
    values = {"figures": figures, "portals": known, "portal": portal, "queries": QUERIES, "years": years}
    values["data"] = data_of("articles", QUERIES["calendar"], portal, key="article_key")
    return await page(datasette, request, "plots.html", values | {"more_years": more_years})


async def look_at_newest_year(datasette: Datasette, request: Request) -> dict[str, object]:
    """For the home page: the calendar of the largest portal's newest year; nothing if there is none."""
    known = await recall(datasette, "portals", portals)
    if not known:
        return {}
    portal = known[0]["portal"]
    words = words_for(request)
    what = ("newest year", portal, words.language)
    figure = await recall(datasette, what, lambda db: calendar(story_of(db, portal), words, years=1))
    return {"figure": figure, "portal": portal, "queries": QUERIES}


async def look_at_changes(datasette: Datasette, request: Request) -> dict[str, object]:
    """For pages of edits and disappearances: the portals, and a figure of the one asked for, or of the only one."""
    known = await recall(datasette, "portals", portals)
    portal = chosen(request, known) if request.args.get("portal") or len(known) == 1 else ""
    values: dict[str, object] = {"portals": known, "portal": portal, "queries": QUERIES, "figure": None}
    if portal:
        story = await ask(datasette, lambda db: story_of(db, portal))
        found = await ask(datasette, lambda db: rows_of(db, QUERIES["changes"], portal=portal))
        values["figure"] = changes(story, found, words_for(request))
    return values


async def numbers(datasette: Datasette, request: Request) -> Response:
    """The rows of a plot as CSV."""
    query = (QUERIES | _OF_ALL_PORTALS)[request.url_vars["name"]]
    portal = request.args.get("portal") or ""
    text = await ask(datasette, lambda db: "".join(csv_lines(*run(db, query, portal=portal))))
    name = f"{request.url_vars['name']}{f'-{portal}' if portal.isalnum() else ''}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, content_type="text/csv; charset=utf-8")


def portals(db: sqlite3.Connection) -> list[Row]:
    """The portals, the one with most articles first."""
    return rows(
        db,
        "SELECT portal, name, (SELECT count(*) FROM articles WHERE articles.portal = portals.portal) AS articles"
        " FROM portals ORDER BY articles DESC, portal",
    )


def chosen(request: Request, known: list[Row]) -> str:
    """The portal that is asked for, or the first; "" where none is known. Raises NotFound for another."""
    asked = request.args.get("portal")
    names = [row["portal"] for row in known]
    if asked and asked not in names:
        raise NotFound(f"no portal is called {asked} here")
    return asked or (names[0] if names else "")


def story_of(db: sqlite3.Connection, portal: str) -> Story:
    """What is known of a portal day by day."""
    return Story(rows_of(db, "publications_by_day", portal=portal))


def _figures(db: sqlite3.Connection, portal: str, words: Words, years: int | None) -> list[Figure]:
    story = story_of(db, portal)
    by_query: Callable[[str], list[Row]] = lambda name: rows_of(db, QUERIES[name], portal=portal)  # noqa: E731
    return [
        calendar(story, words, years),
        sections(story, by_query("sections"), words),
        changes(story, by_query("changes"), words),
        coverage(story, words),
        latest(by_query("latest"), words),
    ]
