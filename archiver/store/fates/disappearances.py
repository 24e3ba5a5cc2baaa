"""Articles that went, came back or moved: told anew from all captures whenever a run is over."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.fates.article_checks import Address, checks_of
from archiver.store.fates.events import write_events
from archiver.store.fates.moves import with_moves
from archiver.store.fates.portal_checks import Health, HomeLook
from archiver.store.fates.telling import ArticleFate, Patience, article_fate


def settle_articles(db: Database, portal: Portal, looks: list[HomeLook]) -> None:
    """Say of a portal's articles how they stand, and what happened when. Belongs into a transaction."""
    patience = Patience(portal.gone_after_checks, portal.gone_after_days)
    health = Health(looks)
    _forget_fates(db, portal)
    for address in _articles_in_doubt(db, portal):
        checks = with_moves(db, portal, list(checks_of(db, portal, address, health)))
        _write_fate(db, address.article_key, article_fate(checks, patience))


def _forget_fates(db: Database, portal: Portal) -> None:
    own = "SELECT article_key FROM articles WHERE portal = ?"
    db.execute(f"DELETE FROM article_events WHERE article_key IN ({own})", (portal.key,))
    db.execute(
        "UPDATE articles SET web_status = 'live', first_missing_at = NULL WHERE portal = ? AND web_status != 'live'",
        (portal.key,),
    )


def _articles_in_doubt(db: Database, portal: Portal) -> list[Address]:
    """Articles whose address was once answered by something else than the article."""
    rows = db.execute(
        """
        SELECT DISTINCT shown.article_key, shown.request_key FROM captures AS shown
        WHERE shown.article_key IS NOT NULL AND shown.request_key IN (
          SELECT request_key FROM captures
          WHERE portal = ? AND answer IN ('missing', 'says missing', 'list', 'redirect'))
        ORDER BY shown.article_key
        """,
        (portal.key,),
    ).fetchall()
    return [Address(key, request) for key, request in rows]


def _write_fate(db: Database, key: str, fate: ArticleFate) -> None:
    db.execute(
        "UPDATE articles SET web_status = ?, first_missing_at = ? WHERE article_key = ?",
        (fate.status, fate.first_missing_at, key),
    )
    write_events(db, "article_events", key, fate.events)
