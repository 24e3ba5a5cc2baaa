"""/ : what is archived and how much, and what happened last."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.site.pages.answering import Row, page, recall, rows
from archiver.site.pages.formats import Form, data_of
from archiver.site.pages.plots import look_at_newest_year

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_LATEST = 8
# Each figure for itself, from the index that has it in order.
_PORTALS = """
SELECT portals.*,
  (SELECT count(*) FROM articles WHERE articles.portal = portals.portal) AS articles,
  (SELECT min(published_on) FROM articles WHERE articles.portal = portals.portal) AS first_day,
  (SELECT max(published_on) FROM articles WHERE articles.portal = portals.portal) AS last_day,
  (SELECT max(last_checked_at) FROM articles WHERE articles.portal = portals.portal) AS looked_at
FROM portals ORDER BY articles DESC
"""
# From year to year by the index, a tenth of the work of cutting the year out of every day; "~" sorts behind any day.
_YEARS = """
WITH RECURSIVE years (year) AS (
  SELECT substr(min(published_on), 1, 4) FROM articles
  UNION ALL
  SELECT (SELECT substr(min(published_on), 1, 4) FROM articles WHERE published_on > year || '~')
  FROM years WHERE year IS NOT NULL
)
SELECT year, (SELECT count(*) FROM articles WHERE published_on >= year AND published_on < year || '~') AS articles
FROM years WHERE year IS NOT NULL
"""


async def home(datasette: Datasette, request: Request) -> Response:
    """The home page."""
    facts = await recall(datasette, "home", _facts)
    values = facts | await look_at_newest_year(datasette, request) | {"data": _data()}
    return await page(datasette, request, "home.html", values)


def _data() -> list[Form]:
    own = [("JSON", "/articles.json"), ("Atom", "/articles.atom")]
    return data_of("articles", "published_per_month", own=own, key="article_key")


def _facts(db: sqlite3.Connection) -> dict[str, list[Row]]:
    return {
        "portals": rows(db, _PORTALS),
        "articles": rows(
            db,
            "SELECT article_key, title, lead, section, published_on FROM articles"
            " ORDER BY published_on DESC, published_at DESC LIMIT ?",
            _LATEST,
        ),
        "edits": rows(
            db,
            "SELECT article_key, title, number, first_seen_after_at, chars_added, chars_removed FROM edits"
            " ORDER BY first_seen_after_at DESC LIMIT ?",
            _LATEST,
        ),
        "missing": rows(
            db,
            # What moved is still there, and a portal that cannot be reached hides all: neither is news of an article.
            "SELECT article_key, title, web_status, first_missing_at FROM missing_articles"
            " WHERE web_status IN ('suspect', 'gone') ORDER BY first_missing_at DESC LIMIT ?",
            _LATEST,
        ),
        "years": rows(db, _YEARS),
        "sections": rows(
            db,
            "SELECT section, count(*) AS articles FROM articles WHERE section IS NOT NULL"
            " GROUP BY section ORDER BY articles DESC, section",
        ),
    }
