"""When an article that is known is asked for again: soon after it is new or changed, then ever more seldom."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import Portal

STEPS = tuple(timedelta(days=days) for days in (1, 3, 7, 14, 30, 90, 180))
"""After an article is first captured or changes; later, once a year."""
YEARLY = timedelta(days=365)


def next_check(changed_at: datetime, checked_at: datetime) -> datetime:
    """When an article is due: at the first step behind the last check.

    >>> from datetime import UTC
    >>> new = datetime(2025, 1, 1, tzinfo=UTC)
    >>> [next_check(new, new + timedelta(days=days)).timetuple().tm_yday for days in (0, 1, 5, 100)]
    [2, 4, 8, 181]
    """
    age = checked_at - changed_at
    step = next((step for step in STEPS if step > age), None)
    if step is not None:
        return changed_at + step
    return changed_at + YEARLY * (age // YEARLY + 1)


def articles_to_recheck(archive: Database, portal: Portal, now: datetime, which: str) -> list[str]:
    """The requests (keys) of articles that are to be asked for again: all, none, or those that are due."""
    if which == "none":
        return []
    rows = archive.execute(
        """
        SELECT captures.request_key, max(revisions.captured_at), articles.last_checked_at
        FROM articles
        JOIN revisions ON revisions.article_key = articles.article_key
        JOIN captures ON captures.capture_key = revisions.capture_key
        WHERE articles.portal = ? GROUP BY articles.article_key ORDER BY articles.last_checked_at
        """,
        (portal.key,),
    ).fetchall()
    return [
        key for key, changed, checked in rows if which == "all" or next_check(moment(changed), moment(checked)) <= now
    ]
