"""/search.atom, /search/edits.atom, /search/missing.atom : what is new, changed or gone among what a search finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from archiver.site.feeds.atom import Entry, Feed, atom, name_of
from archiver.site.feeds.entries import article_entries, edit_entries, missing_entries
from archiver.site.pages.answering import Row, ask
from archiver.site.pages.formats import PAGE_SIZE, link_to, own_link, words_for
from archiver.site.pages.search_wanted import Wanted, wanted
from archiver.store.search.searching import all_found

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

_ROWS = {
    "articles": """
        SELECT article_key, portal, url, title, lead, section, author, published_on, published_at, first_captured_at
        FROM articles WHERE first_captured_at IS NOT NULL AND search_number IN ({found})
        ORDER BY first_captured_at DESC, article_key""",
    "edits": """
        SELECT * FROM edits
        WHERE article_key IN (SELECT article_key FROM articles WHERE search_number IN ({found}))
        ORDER BY first_seen_after_at DESC, article_key""",
    "missing": """
        SELECT missing_articles.*, (SELECT max(at) FROM article_events
          WHERE article_events.article_key = missing_articles.article_key) AS changed_at
        FROM missing_articles WHERE web_status != 'unreachable'
          AND article_key IN (SELECT article_key FROM articles WHERE search_number IN ({found}))
        ORDER BY first_missing_at DESC, article_key""",
}
_ENTRIES: dict[str, Callable[..., list[Entry]]] = {
    "articles": article_entries,
    "edits": edit_entries,
    "missing": missing_entries,
}


async def search_feed(datasette: Datasette, request: Request) -> Response:
    """The feed: the latest 50, whatever their order on the page. It has a name of its own for each search."""
    of, asks, words = request.url_vars["of"] or "articles", wanted(request), words_for(request)
    found = await ask(datasette, partial(_latest, of=of, asks=asks))
    narrowed = {name: value for name, value in sorted(asks.asks.items()) if name != "sort"}
    says = ", ".join(narrowed.values())
    feed = Feed(
        id=name_of("feed", "search", of, *(part for pair in narrowed.items() for part in pair)),
        title=f"{words.t(f'{of}.page')} – {says or words.t('site.name')}",
        subtitle=words.t(f"search.feed_{of}"),
        link=link_to(datasette, request, asks.path()),
        own_link=own_link(datasette, request),
        author=words.t("site.name"),
        language=words.language,
        entries=_ENTRIES[of](found, words, partial(link_to, datasette, request)),
    )
    return Response(atom(feed), content_type="application/atom+xml; charset=utf-8")


def _latest(db: sqlite3.Connection, of: str, asks: Wanted) -> list[Row]:
    found, values = all_found(db, asks.typed, asks.narrowed, abbreviations=asks.abbreviations)
    return _named(db, f"{_ROWS[of].format(found=found)} LIMIT {PAGE_SIZE}", values)


def _named(db: sqlite3.Connection, query: str, values: dict[str, Any]) -> list[Row]:
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
