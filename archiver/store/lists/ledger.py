"""The ledger of lists: which lists there are, and from when to when each of them showed an article.

A list is a box of a page that has an address of its own: a section's list, a block of the home page. "Tin mới nhất"
beside articles is one list as well, where its scope is measured; where it is not, each box is the article's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlite_utils import Database

from archiver.portals import Portal
from archiver.store.ground.keys import digest_of
from archiver.store.lists.scopes import SECTION, SITE
from archiver.store.lists.stays import Look, stays

_TOP = "(page = 1 OR context_article_key IS NOT NULL)"  # later pages are not asked for at every look


def settle_ledger(db: Database, portal: Portal) -> None:
    """Name the lists of a portal, and write down who stood in them. Belongs into a transaction."""
    _name_lists_of_pages(db, portal)
    _name_lists_beside_articles(db, portal)
    _write_lists(db, portal)
    _write_stays(db, portal)


@cache
def list_key(portal: str, kind: str, url: str | None, heading: str | None, place: int, section: str | None) -> str:
    """What names a list: where it stands and what stands above it. `place` counts boxes under the same heading.

    >>> len(list_key("demo", "section", "https://anthuan.example/portal/Pages/Kinh-te.aspx", "Kinh tế", 0, None))
    10
    """
    return digest_of("\n".join((portal, kind, url or "", heading or "", str(place), section or "")).encode())[:10]


def _name_lists_of_pages(db: Database, portal: Portal) -> None:
    """New snapshots of boxes on pages of their own. A box may move down: its heading names it, not its number."""
    rows = db.execute(
        """
        SELECT snapshot, list_kind, list_url, heading, (
          SELECT count(*) FROM list_snapshots AS above
          WHERE above.request_key = box.request_key AND above.list_kind = box.list_kind
            AND above.heading IS box.heading AND above.box < box.box
            AND box.seen_from BETWEEN above.seen_from AND above.seen_to)
        FROM list_snapshots AS box
        WHERE portal = ? AND context_article_key IS NULL AND list_key IS NULL AND list_url IS NOT NULL
        """,
        (portal.key,),
    ).fetchall()
    _set_keys(db, [(list_key(portal.key, *named, None), snapshot) for snapshot, *named in rows])


def _name_lists_beside_articles(db: Database, portal: Portal) -> None:
    rows = db.execute(
        """
        SELECT snapshot, list_key, heading, scope, section
        FROM list_snapshots JOIN articles ON articles.article_key = context_article_key
        WHERE list_snapshots.portal = ? AND list_kind = 'latest' AND (scope IS NOT NULL OR list_key IS NOT NULL)
        """,
        (portal.key,),
    ).fetchall()
    changed = []
    for snapshot, known, heading, scope, section in rows:
        part = section if scope == SECTION else None
        key = list_key(portal.key, "latest", None, heading, 0, part) if scope in (SITE, SECTION) else None
        if key != known:
            changed.append((key, snapshot))
    _set_keys(db, changed)


def _set_keys(db: Database, keys: list[tuple[str | None, int]]) -> None:
    db.conn.executemany("UPDATE list_snapshots SET list_key = ? WHERE snapshot = ?", keys)


def _write_lists(db: Database, portal: Portal) -> None:
    """One row for each list. One that stands beside articles has no address; its title is what stands above it."""
    db.execute("DELETE FROM lists WHERE portal = ?", (portal.key,))
    db.execute(
        f"""
        INSERT INTO lists (list_key, portal, list_kind, list_url, list_title, scope, section, first_seen_at,
          last_seen_at, states)
        SELECT list_key, list_snapshots.portal, list_kind,
          max(CASE WHEN context_article_key IS NULL THEN list_url END),
          coalesce(CASE WHEN list_kind NOT IN ('home', 'latest') THEN max(list_title) END, max(heading)), max(scope),
          max(CASE WHEN scope = '{SECTION}' THEN articles.section END), min(seen_from), max(seen_to),
          count(DISTINCT rows_sha256)
        FROM list_snapshots LEFT JOIN articles ON articles.article_key = context_article_key
        WHERE list_snapshots.portal = ? AND list_key IS NOT NULL GROUP BY list_key
        """,
        (portal.key,),
    )


def _write_stays(db: Database, portal: Portal) -> None:
    own = "SELECT list_key FROM lists WHERE portal = ?"
    db.execute(
        f"DELETE FROM list_stays WHERE list_key IN ({own}) OR list_key NOT IN (SELECT list_key FROM lists)",
        (portal.key,),
    )
    for (key,) in db.execute(own, (portal.key,)).fetchall():
        db.conn.executemany(
            "INSERT INTO list_stays (list_key, article_key, entered_after, first_seen_at, last_seen_at, left_before,"
            " looks, first_position, last_position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (key, each.article_key, each.entered_after, each.first_seen_at, each.last_seen_at, each.left_before,
                 each.looks, each.first_position, each.last_position)
                for each in stays(_looks(db, key))
            ],
        )  # fmt: skip


def _looks(db: Database, key: str) -> Iterator[Look]:
    """Both ends of each time in which the top of the list was seen unchanged."""
    rows = db.execute(
        f"""
        SELECT at, snapshot, rows_sha256, context_article_key FROM (
          SELECT seen_from AS at, * FROM list_snapshots WHERE list_key = :key AND {_TOP}
          UNION ALL
          SELECT seen_to, * FROM list_snapshots WHERE list_key = :key AND {_TOP} AND seen_to != seen_from)
        ORDER BY at, rows_sha256, context_article_key
        """,
        {"key": key},
    )
    shown: dict[str, tuple[str, ...]] = {}
    for at, snapshot, digest, context in rows.fetchall():
        if digest not in shown:
            shown[digest] = _articles(db, snapshot)
        yield Look(at, shown[digest], context)


def _articles(db: Database, snapshot: int) -> tuple[str, ...]:
    """The articles of a snapshot, each at its first place."""
    rows = db.execute("SELECT article_key FROM list_rows WHERE snapshot = ? ORDER BY position", (snapshot,)).fetchall()
    return tuple(dict.fromkeys(key for (key,) in rows))
