"""When feeds and sitemaps are asked for again: once a day, so that a second route costs each run little."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import Portal
from archiver.store.ground.timeline import CLOCK_TOLERANCE
from archiver.store.runs.rechecks import is_due

FEEDS_EVERY = timedelta(hours=20)  # so that runs once a day, which never begin quite on time, find them due


def feeds_to_ask_again(captures: Database, archive: Database, portal: Portal, now: datetime, which: str) -> list[str]:
    """Feeds and sitemaps (request keys) that are due; with "all", all of them.

    Where one was looked for and something else was found (nothing, a page that lists feeds), it is looked for again by
    the steps of articles, and not with "none".
    """
    told = {key for (key,) in archive.execute("SELECT request_key FROM feeds WHERE portal = ?", (portal.key,))}
    rows = captures.execute(
        f"""
        SELECT frontier.request_key, frontier.found_at, captures.captured_at
        FROM frontier JOIN captures ON captures.capture_key = frontier.capture_key
        WHERE frontier.portal = ? AND state = 'done'
          AND (role = 'feed' OR frontier.request_key IN ({", ".join("?" * len(told))}))
        ORDER BY frontier.rowid
        """,
        (portal.key, *told),
    ).fetchall()
    if which == "all":
        return [key for key, *_ in rows]
    others_count = which != "none"
    return [
        key
        for key, found, asked in rows
        if (_is_day_over(asked, now) if key in told else others_count and is_due(now, found, asked))
    ]


def _is_day_over(asked: str, now: datetime) -> bool:
    """Whether a look is long enough ago, or was noted by a clock that was set back since."""
    ago = now - moment(asked)
    return ago >= FEEDS_EVERY or ago < -CLOCK_TOLERANCE
