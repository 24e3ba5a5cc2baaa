"""/lists : the lists of a portal. /lists/KEY : what one of them showed on a day. Both also as JSON."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import NotFound, Request, Response

from archiver.clock import local_day
from archiver.site.pages.answering import Row, ask, page, rows
from archiver.site.pages.formats import asked, data_of, words_for
from archiver.site.pages.plots import chosen, portals

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_AHEAD = timedelta(hours=7)  # a portal's day begins seven hours before UTC's


async def lists(datasette: Datasette, request: Request) -> Response:
    """Every list of a portal, and what is to be known of lists as such."""
    known = await ask(datasette, portals)
    portal = chosen(request, known)
    found = await ask(datasette, lambda db: _lists(db, portal))
    if request.url_vars["format"] == ".json":
        return Response.json({"lists": found})
    boxes = await ask(datasette, lambda db: _boxes(db, portal))
    values = {
        "lists": found,
        "namesakes": _namesakes(found),
        "boxes": boxes,
        "portals": known,
        "portal": portal,
        "words": words_for(request),
        "data": data_of(
            "lists", "list_on_day", portal if len(known) > 1 else "", [("JSON", "/lists.json")], "list_key"
        ),
    }
    return await page(datasette, request, "lists.html", values)


async def list_on_day(datasette: Datasette, request: Request) -> Response:
    """The states in which a list was seen on a day: on the last on which it was seen, if none is asked for."""
    key, wanted = request.url_vars["key"], asked(request)
    found = await ask(datasette, lambda db: rows(db, "SELECT * FROM lists WHERE list_key = ?", key))
    if not found:
        raise NotFound(f"no list is called {key} here")
    own = found[0]
    day = _day(request.args.get("day")) or date.fromisoformat(local_day(own["last_seen_at"]))
    states = await ask(datasette, lambda db: _states(db, key, day, wanted.page))
    if request.url_vars["format"] == ".json":
        return Response.json({"list": own, "day": day.isoformat(), "page": wanted.page, "states": states})
    values = {
        "list": own,
        "shown_day": day.isoformat(),
        "states": states,
        "wanted": wanted,
        "words": words_for(request),
        "data": _data(key, day),
        "last_page": await ask(datasette, lambda db: _last_page(db, key, day)),
        "around": await ask(datasette, lambda db: _around(db, own, day)),
    }
    return await page(datasette, request, "list_on_day.html", values)


def _lists(db: sqlite3.Connection, portal: str) -> list[Row]:
    """Those of a kind together."""
    return rows(
        db,
        "SELECT * FROM lists WHERE portal = ?"
        " ORDER BY list_kind = 'latest' DESC, list_kind = 'section' DESC, list_kind, list_title, list_key",
        portal,
    )


def _namesakes(found: list[Row]) -> set[tuple[str, str]]:
    """Kinds and titles that more than one list has."""
    counted = Counter((row["list_kind"], row["list_title"]) for row in found)
    return {each for each, count in counted.items() if count > 1}


def _boxes(db: sqlite3.Connection, portal: str) -> list[Row]:
    """Boxes "Tin mới nhất" beside articles, by what they are known to list."""
    return rows(
        db,
        "SELECT scope, count(*) AS states FROM list_snapshots"
        " WHERE portal = ? AND list_kind = 'latest' AND context_article_key IS NOT NULL GROUP BY scope",
        portal,
    )


def _states(db: sqlite3.Connection, key: str, day: date, number: int) -> list[dict[str, Any]]:
    """A page of the list as it was seen on a day: from when to when, and its rows.

    Boxes beside articles that show the same are one state. They count only at the ends of the time in which each was
    seen unchanged: what others showed meanwhile is for those to say.
    """
    begin, end = _moments(day)
    found = rows(
        db,
        """
        SELECT min(snapshot) AS snapshot, min(seen_from) AS seen_from, max(seen_to) AS seen_to,
          sum(observations) AS looks, count(*) AS boxes
        FROM list_snapshots
        WHERE list_key = ?1 AND coalesce(page, 1) = ?2 AND seen_from < ?4 AND seen_to >= ?3
          AND (context_article_key IS NULL OR seen_from >= ?3 OR seen_to < ?4)
        GROUP BY CASE WHEN context_article_key IS NULL THEN snapshot ELSE rows_sha256 END
        ORDER BY min(seen_from)
        """,
        key,
        number,
        begin,
        end,
    )
    return [state | {"rows": _rows(db, state.pop("snapshot"))} for state in found]


def _rows(db: sqlite3.Connection, snapshot: int) -> list[Row]:
    return rows(
        db,
        "SELECT position, list_rows.article_key, list_rows.title, list_rows.url, list_rows.listed_at, listed_raw,"
        " published_on, articles.article_key IS NOT NULL AS is_captured"
        " FROM list_rows LEFT JOIN articles ON articles.article_key = list_rows.article_key"
        " WHERE snapshot = ? ORDER BY position",
        snapshot,
    )


def _last_page(db: sqlite3.Connection, key: str, day: date) -> int:
    begin, end = _moments(day)
    query = "SELECT max(page) AS last FROM list_snapshots WHERE list_key = ? AND seen_from < ? AND seen_to >= ?"
    return rows(db, query, key, end, begin)[0]["last"] or 1


def _around(db: sqlite3.Connection, own: Row, day: date) -> dict[str, Any]:
    """How the day was covered, and the nearest days on which the list was seen, before and after."""
    begin, end = _moments(day)
    nearest = rows(
        db,
        """
        SELECT max(CASE WHEN at < ?2 THEN at END) AS before, min(CASE WHEN at >= ?3 THEN at END) AS after FROM (
          SELECT seen_from AS at FROM list_snapshots WHERE list_key = ?1
          UNION ALL SELECT seen_to FROM list_snapshots WHERE list_key = ?1)
        """,
        own["list_key"],
        begin,
        end,
    )[0]
    covered = rows(db, "SELECT status FROM coverage_days WHERE portal = ? AND day = ?", own["portal"], day.isoformat())
    return {
        "before": nearest["before"] and local_day(nearest["before"]),
        "after": nearest["after"] and local_day(nearest["after"]),
        "status": covered[0]["status"] if covered else "outside",
    }


def _data(key: str, day: date) -> list[tuple[str, str]]:
    query = f"?list={quote(key)}&day={day.isoformat()}"
    return [
        ("JSON", f"/lists/{key}.json?day={day.isoformat()}"),
        ("CSV", f"/archive/list_on_day.csv{query}"),
        ("JSON lines", f"/archive/list_on_day.jsonl{query}"),
        ("Parquet", f"/archive/list_on_day.parquet{query}"),
        ("Jupyter", f"/archive/list_on_day.ipynb{query}"),
        ("SQL", f"/archive/list_on_day{query}"),
    ]


def _day(text: str | None) -> date | None:
    """A day as it is typed; null for none, and for what is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _moments(day: date) -> tuple[str, str]:
    """Begin and end of a portal's day, in a form that sorts among our own times."""
    begin = datetime.combine(day, datetime.min.time()) - _AHEAD
    return begin.isoformat(), (begin + timedelta(days=1)).isoformat()
