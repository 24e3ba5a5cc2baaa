"""What can only be said once a run is over: sections that lists tell, what was not followed, the runs themselves."""

from __future__ import annotations

import json

from sqlite_utils import Database

from archiver.items import Problem
from archiver.portals import Portal
from archiver.portals.addresses import canonical
from archiver.store.batches.held_changes import settle_held_changes
from archiver.store.databases.opening import checkpoint, writing
from archiver.store.evidence.frontier import FORBIDDEN, TOO_FAR
from archiver.store.evidence.withholding import save_tombstones, withheld_articles
from archiver.store.fates.coverage import settle_coverage
from archiver.store.fates.disappearances import settle_articles
from archiver.store.fates.portal_checks import home_looks, portal_checks
from archiver.store.fates.portal_fates import settle_portal
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.file_texts import FileTexts
from archiver.store.interpretation.list_pieces import settle_pieces
from archiver.store.interpretation.problems import Subject, is_open, note_problems
from archiver.store.interpretation.settling_files import settle_files
from archiver.store.lists.ledger import settle_ledger
from archiver.store.lists.scopes import settle_scopes

NOT_TO_THE_END = "the list was not walked to its end"
_RUNS = (
    "crawl_key, portal, kind, started_at, finished_at, status, finish_reason, settings, versions, counts,"
    " peak_memory_mb, captures_bytes, archive_bytes, free_bytes"
)


def settle(archive: Database, captures: Database, portal: Portal, texts: FileTexts | None = None) -> None:
    """Bring the archive of a portal into its final state. Doing it twice changes nothing."""
    with writing(archive):
        save_tombstones(archive, portal, withheld_articles(captures, portal).values())
        settle_pieces(archive, portal)
        _sections_from_lists(archive, portal)
        _last_listed(archive, portal)
        _problems_of_the_frontier(archive, captures, portal)
        _walks_that_were_cut_short(archive, captures, portal)
        looks = home_looks(archive, portal)
        checks = portal_checks(archive, portal, looks)
        settle_articles(archive, portal, looks)
        settle_portal(archive, portal, checks)
        settle_held_changes(archive, portal)
        settle_coverage(archive, portal, checks)
        settle_scopes(archive, portal)
        settle_ledger(archive, portal)
        settle_files(archive, portal, texts or FileTexts(captures))


def publish_runs(archive: Database, captures: Database, portal: Portal) -> None:
    """Copy what is to be known of a portal's runs, and leave both files folded up."""
    with writing(archive):
        copy_runs(archive, captures, portal)
    archive.execute("PRAGMA optimize")
    checkpoint(archive)
    checkpoint(captures)


def _sections_from_lists(archive: Database, portal: Portal) -> None:
    """An article whose page names no section has that of the smallest section list which shows it."""
    archive.execute(
        """
        WITH sizes AS (
          SELECT list_url, max(list_title) AS title, count(DISTINCT article_key) AS size
          FROM list_snapshots JOIN list_rows USING (snapshot)
          WHERE list_kind = 'section' AND portal = :portal AND list_title IS NOT NULL GROUP BY list_url
        ),
        shown AS (
          SELECT article_key, sizes.title,
                 row_number() OVER (PARTITION BY article_key ORDER BY size, list_url) AS place
          FROM list_rows JOIN list_snapshots USING (snapshot) JOIN sizes USING (list_url)
          WHERE list_kind = 'section'
        )
        UPDATE articles SET
          section = (SELECT title FROM shown WHERE shown.article_key = articles.article_key AND place = 1),
          section_from = CASE WHEN EXISTS (SELECT 1 FROM shown WHERE shown.article_key = articles.article_key)
                         THEN 'list' END
        WHERE portal = :portal AND section_from IS NOT 'breadcrumb'
          AND section IS NOT (SELECT title FROM shown WHERE shown.article_key = articles.article_key AND place = 1)
        """,
        {"portal": portal.key},
    )


def _last_listed(archive: Database, portal: Portal) -> None:
    """When any list was last seen to show each article; lists are mostly read before the articles they name."""
    archive.execute(
        """
        WITH shown AS (
          SELECT article_key, max(seen_to) AS at FROM list_rows JOIN list_snapshots USING (snapshot)
          WHERE portal = :portal GROUP BY article_key
        )
        UPDATE articles SET last_listed_at = shown.at FROM shown
        WHERE shown.article_key = articles.article_key AND last_listed_at IS NOT shown.at
        """,
        {"portal": portal.key},
    )


def _problems_of_the_frontier(archive: Database, captures: Database, portal: Portal) -> None:
    """What was not followed. The ends of what has none (calendars, circles of links) are none."""
    rows = captures.execute(
        "SELECT request_key, url, reason, found_at,"
        " CASE role WHEN 'file' THEN found_on END FROM frontier"
        " WHERE portal = ? AND state = 'refused' AND reason != ?",
        (portal.key, TOO_FAR),
    ).fetchall()
    withheld = withheld_articles(captures, portal)
    for key, url, reason, at, shown_on in rows:
        if not withheld.keys().isdisjoint({article_key(portal, url), article_key(portal, shown_on or "")}):
            continue
        subject, problem = Subject(portal.key, key, canonical(portal, url)), Problem("follow", reason)
        if not is_open(archive, subject, problem):
            note_problems(archive, subject, [problem], at)
    _close_what_is_allowed_now(archive, portal, {key for key, *_ in rows})


def _close_what_is_allowed_now(archive: Database, portal: Portal, refused: set[str]) -> None:
    forbidden = archive.execute(
        "SELECT request_key FROM problems WHERE portal = ? AND reason = ? AND NOT resolved", (portal.key, FORBIDDEN)
    ).fetchall()
    archive.conn.executemany(
        "UPDATE problems SET resolved = 1 WHERE request_key = ? AND reason = ?",
        [(key, FORBIDDEN) for (key,) in forbidden if key not in refused],
    )


def _walks_that_were_cut_short(archive: Database, captures: Database, portal: Portal) -> None:
    """Lists whose script was not given all the pages that there are, as far as a walk could tell."""
    withheld = withheld_articles(captures, portal)
    rows = captures.execute(
        "SELECT list_key, url, cut_short, (SELECT max(captured_at) FROM captures WHERE request_key = list_key)"
        " FROM lists WHERE portal = ? AND cut_short IS NOT NULL",
        (portal.key,),
    ).fetchall()
    known = [row for row in rows if article_key(portal, row[1]) not in withheld]
    for key, url, why, at in known:
        subject, problem = Subject(portal.key, key, canonical(portal, url)), Problem("follow", NOT_TO_THE_END, why)
        if not is_open(archive, subject, problem):
            note_problems(archive, subject, [problem], at)
    _close_others(archive, portal, {(key, why) for key, _, why, _ in known})


def _close_others(archive: Database, portal: Portal, cut_short: set[tuple[str, str]]) -> None:
    noted = archive.execute(
        "SELECT problem_key, request_key, raw FROM problems WHERE portal = ? AND reason = ? AND NOT resolved",
        (portal.key, NOT_TO_THE_END),
    ).fetchall()
    archive.conn.executemany(
        "UPDATE problems SET resolved = 1 WHERE problem_key = ?",
        [(key,) for key, request, raw in noted if (request, raw) not in cut_short],
    )


def copy_runs(archive: Database, captures: Database, portal: Portal) -> None:
    """Copy what is to be known of a portal's runs; of one that goes on, that it does. Belongs into a transaction.

    A run that stands there as it is now is left: its checks are written down with its end, and runs become many.
    """
    rows = captures.execute(f"SELECT {_RUNS}, checks FROM crawls WHERE portal = ?", (portal.key,)).fetchall()
    copied = set(archive.execute(f"SELECT {_RUNS} FROM crawls WHERE portal = ?", (portal.key,)).fetchall())
    marks = ", ".join("?" * (_RUNS.count(",") + 1))
    for row in (row for row in rows if row[:-1] not in copied):
        archive.execute(f"INSERT OR REPLACE INTO crawls ({_RUNS}) VALUES ({marks})", row[:-1])
        for check in json.loads(row[-1] or "[]"):
            archive.execute(
                "INSERT OR REPLACE INTO crawl_checks (crawl_key, name, value, floor, passed) VALUES (?, ?, ?, ?, ?)",
                (row[0], check["name"], check["value"], check["floor"], check["passed"]),
            )
