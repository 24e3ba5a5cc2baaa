"""When an article that is known is asked for again: soon after it is new or changed, then ever more seldom."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import Portal
from archiver.portals.addresses import is_document
from archiver.store.answers import REDIRECTS

STEPS = tuple(timedelta(days=days) for days in (1, 3, 7, 14, 30, 90, 180))
"""After an article is first captured or changes; later, once a year."""
YEARLY = timedelta(days=365)


SUSPECT_STEPS = tuple(timedelta(days=days) for days in (1, 3, 7, 14))
"""After a page was first found missing; an article that is gone goes on as any other."""


def next_check(changed_at: datetime, checked_at: datetime, missing_since: datetime | None = None) -> datetime:
    """When an article is due: at the first step behind the last check.

    >>> from datetime import UTC
    >>> new = datetime(2025, 1, 1, tzinfo=UTC)
    >>> [next_check(new, new + timedelta(days=days)).timetuple().tm_yday for days in (0, 1, 5, 100)]
    [2, 4, 8, 181]
    >>> next_check(new, new + timedelta(days=101), new + timedelta(days=100)).timetuple().tm_yday
    104
    """
    if missing_since is not None:
        step = next((step for step in SUSPECT_STEPS if step > checked_at - missing_since), None)
        if step is not None:
            return missing_since + step
    age = checked_at - changed_at
    step = next((step for step in STEPS if step > age), None)
    if step is not None:
        return changed_at + step
    return changed_at + YEARLY * (age // YEARLY + 1)


def articles_to_recheck(
    archive: Database, portal: Portal, now: datetime, which: str, budget: int | None = None
) -> list[str]:
    """The requests (keys) of articles that are to be asked for again: all, none, or those that are due.

    Suspects come first, then what was not looked at for longest; no more than the budget. A text that came back, and a
    change that is the template's, do not begin the steps anew: a page that flips would be asked for daily, for ever.
    """
    if which == "none":
        return []
    rows = archive.execute(
        """
        SELECT captures.request_key,
          max(CASE WHEN revisions.same_as IS NULL AND NOT coalesce(revisions.batch_flag, 0)
              THEN revisions.captured_at END),
          articles.last_checked_at, CASE WHEN web_status = 'suspect' THEN first_missing_at END AS missing_since
        FROM articles
        JOIN revisions ON revisions.article_key = articles.article_key
        JOIN captures ON captures.capture_key = revisions.capture_key
        WHERE articles.portal = ? GROUP BY articles.article_key
        ORDER BY missing_since IS NULL, articles.last_checked_at
        """,
        (portal.key,),
    ).fetchall()
    due = [key for key, *times in rows if which == "all" or _is_due(now, *times)]
    return due[:budget]


def rows_to_ask_again(captures: Database, portal: Portal, now: datetime) -> list[str]:
    """Rows of lists (request keys) that were answered, but by no article: refused, a captcha, not there yet.

    They are due by the same steps as articles, from the time that they were found.
    """
    redirects = ", ".join(map(str, sorted(REDIRECTS)))
    rows = captures.execute(
        f"""
        SELECT frontier.request_key, frontier.found_at, captures.captured_at
        FROM frontier JOIN captures ON captures.capture_key = frontier.capture_key
        WHERE frontier.portal = ? AND role = 'row' AND state = 'done' AND (kind IS NULL OR kind = 'other')
          AND (captures.status IS NULL OR captures.status NOT IN ({redirects}))
        """,
        (portal.key,),
    ).fetchall()
    return [key for key, found, asked in rows if _is_due(now, found, asked, None)]


def files_to_ask_again(captures: Database, portal: Portal, now: datetime, which: str) -> list[str]:
    """Documents (request keys) that may have been replaced at their address, and files that were not there.

    Due by the same steps as articles, from the time that they were found. A picture that is kept is not asked for
    again.
    """
    if which == "none":
        return []
    rows = captures.execute(
        """
        SELECT frontier.request_key, frontier.url, frontier.found_at, captures.captured_at, captures.status
        FROM frontier JOIN captures ON captures.capture_key = frontier.capture_key
        WHERE frontier.portal = ? AND role = 'file' AND state = 'done' ORDER BY captures.captured_at
        """,
        (portal.key,),
    ).fetchall()
    wanted = (row for row in rows if is_document(row[1]) or row[4] not in (200, 304))
    return [key for key, _, found, asked, _ in wanted if which == "all" or _is_due(now, found, asked, None)]


def _is_due(now: datetime, changed: str, checked: str, missing_since: str | None) -> bool:
    return next_check(moment(changed), moment(checked), moment(missing_since) if missing_since else None) <= now
