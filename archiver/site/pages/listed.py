"""/a/KEY/listed : when an article entered lists, how it sank, when it left; and the lists' days beside its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Request, Response

from archiver.clock import local_day
from archiver.site.figures.figure import Piece, Story, caption
from archiver.site.pages.answering import Row, ask, page, rows
from archiver.site.pages.formats import words_for
from archiver.site.plots.steps import Step, steps
from archiver.site.plots.timeline import Axis
from archiver.site.wording import Words

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


async def listed(datasette: Datasette, request: Request) -> Response:
    """The ledger of one article."""
    key, words = request.url_vars["key"], words_for(request)
    facts = await ask(datasette, lambda db: _facts(db, key))
    if facts["article"] is None and not facts["stays"] and not facts["boxes"]:
        raise NotFound(f"no list and no capture shows an article {key}")
    if request.url_vars["format"] == ".json":
        return Response.json({name: facts[name] for name in ("article", "stays", "places", "boxes")})
    values = {"key": key, "words": words, "data": _data(key), "pieces": list(_pieces(facts, words))}
    return await page(datasette, request, "listed.html", facts | values)


def _facts(db: sqlite3.Connection, key: str) -> dict[str, Any]:
    article = rows(
        db,
        "SELECT article_key, portal, title, url, published_on, published_raw, listed_at, date_conflict_days,"
        " first_captured_at, web_status FROM articles WHERE article_key = ?",
        key,
    )
    places = _places(db, key)
    return {
        "article": article[0] if article else None,
        "stays": _stays(db, key),
        "places": places,
        "boxes": _boxes(db, key),
        "days": _days(db, places),
    }


def _stays(db: sqlite3.Connection, key: str) -> list[Row]:
    """Each time that the first page of a list showed the article; and how late after its own day, as far as is certain.

    Late is what a look after that day did not show, and no list had shown before (as in the query "late_in_lists").
    """
    return rows(
        db,
        """
        SELECT list_stays.*, lists.portal, list_title, list_kind, list_url, scope,
          CASE WHEN published_on < date(entered_after, '+7 hours') AND first_captured_at > entered_after
            AND NOT EXISTS (SELECT 1 FROM list_rows JOIN list_snapshots USING (snapshot)
              WHERE list_rows.article_key = list_stays.article_key AND seen_from <= entered_after)
          THEN CAST(julianday(date(entered_after, '+7 hours')) - julianday(published_on) AS INTEGER) END AS days_late
        FROM list_stays JOIN lists USING (list_key) LEFT JOIN articles ON articles.article_key = list_stays.article_key
        WHERE list_stays.article_key = ? ORDER BY list_stays.first_seen_at, list_title
        """,
        key,
    )


def _places(db: sqlite3.Connection, key: str) -> list[Row]:
    """Where in each list it stood: page and place, and the time in which it was seen there."""
    return rows(
        db,
        """
        SELECT list_snapshots.list_key, lists.list_title, lists.list_kind, lists.list_url,
          lists.portal, coalesce(list_rows.page, 1) AS page, position,
          min(seen_from) AS seen_from, max(seen_to) AS seen_to
        FROM list_rows JOIN list_snapshots USING (snapshot) JOIN lists USING (list_key)
        WHERE list_rows.article_key = ?
        GROUP BY list_snapshots.list_key, coalesce(list_rows.page, 1), position
        ORDER BY lists.list_title, list_snapshots.list_key, min(seen_from), page, position
        """,
        key,
    )


def _boxes(db: sqlite3.Connection, key: str) -> int:
    """In how many states of boxes beside single articles it stood."""
    query = (
        "SELECT count(*) AS boxes FROM list_rows JOIN list_snapshots USING (snapshot)"
        " WHERE list_rows.article_key = ? AND list_key IS NULL AND context_article_key IS NOT NULL"
    )
    return int(rows(db, query, key)[0]["boxes"])


def _days(db: sqlite3.Connection, places: Sequence[Row]) -> list[Row]:
    if not places:
        return []
    first, last = min(row["seen_from"] for row in places)[:10], max(row["seen_to"] for row in places)[:10]
    query = (
        "SELECT portal, day, status AS coverage, 0 AS articles FROM coverage_days"
        " WHERE portal = ? AND day BETWEEN date(?, '-1 day') AND date(?, '+1 day') ORDER BY day"
    )
    return rows(db, query, places[0]["portal"], first, last)


def _pieces(facts: dict[str, Any], words: Words) -> Iterator[Piece]:
    """A drawing for each list in which its place changed."""
    spans = Story(facts["days"]).spans
    for number, (_, group) in enumerate(groupby(facts["places"], key=lambda row: row["list_key"])):
        own = [row for row in group if row["page"] == 1]
        if len(own) > 1:
            drawn = [_step(row, words) for row in own]
            axis = Axis(min(step.begin for step in drawn), max(step.end for step in drawn))
            name = f"{own[0]['list_title'] or own[0]['list_url']} ({words.t('ledger.kind.' + own[0]['list_kind'])})"
            yield Piece(steps(caption(words, "sinking", f"-{number}", list=name), axis, drawn, spans), name)


def _step(row: Row, words: Words) -> Step:
    says = f"{row['position']}: {words.moment(row['seen_from'])} – {words.moment(row['seen_to'])}"
    begin, last = (date.fromisoformat(local_day(row[name])) for name in ("seen_from", "seen_to"))
    return Step(row["position"], begin, last + timedelta(days=1), says)


def _data(key: str) -> list[tuple[str, str]]:
    return [
        ("JSON", f"/a/{key}/listed.json"),
        ("CSV", f"/archive/list_presence.csv?article_key={key}&_stream=on"),
        ("JSON lines", f"/archive/list_presence.jsonl?article_key={key}"),
        ("Parquet", f"/archive/list_presence.parquet?article_key={key}"),
        ("Jupyter", f"/archive/list_presence.ipynb?article_key={key}"),
        ("SQL", f"/archive/shown_in_lists?article_key={key}"),
    ]
