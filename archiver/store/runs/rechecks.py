"""When an article that is known is asked for again: soon after it is new or changed, then ever more seldom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import Portal
from archiver.portals.addresses import is_document
from archiver.store.evidence.statuses import REDIRECTS, SHOWING, in_sql
from archiver.store.ground.timeline import CLOCK_TOLERANCE

STEPS = tuple(timedelta(days=days) for days in (1, 3, 7, 14, 30, 90, 180))
"""After an article is first captured or changes; later, once a year."""
YEARLY = timedelta(days=365)


SUSPECT_STEPS = tuple(timedelta(days=days) for days in (1, 3, 7, 14))
"""After a page was first found missing, then each fortnight until that is settled; one that is gone is as any other."""
FORTNIGHTLY = timedelta(days=14)
HELD_STEPS = tuple(timedelta(days=days) for days in (1, 3))
"""After a change that is held back as a template's: two more looks say whether it is content."""


def next_check(
    changed_at: datetime,
    checked_at: datetime,
    missing_since: datetime | None = None,
    held_since: datetime | None = None,
) -> datetime:
    """When an article is due: at the first step behind the last check.

    >>> from datetime import UTC
    >>> new = datetime(2025, 1, 1, tzinfo=UTC)
    >>> [next_check(new, new + timedelta(days=days)).timetuple().tm_yday for days in (0, 1, 5, 100)]
    [2, 4, 8, 181]
    >>> next_check(new, new + timedelta(days=101), new + timedelta(days=100)).timetuple().tm_yday
    104
    """
    if missing_since is not None:
        return _next_step(missing_since, checked_at, SUSPECT_STEPS, FORTNIGHTLY)
    by_age = _next_step(changed_at, checked_at, STEPS, YEARLY)
    held = next((step for step in HELD_STEPS if held_since and step > checked_at - held_since), None)
    return min(by_age, held_since + held) if held_since and held else by_age


def _next_step(since: datetime, checked_at: datetime, steps: Iterable[timedelta], after: timedelta) -> datetime:
    """The first of some steps behind a check, or, behind all of them, the first multiple of another."""
    age = checked_at - since
    return since + next((step for step in steps if step > age), after * (age // after + 1))


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
          articles.last_checked_at, CASE WHEN web_status = 'suspect' THEN first_missing_at END AS missing_since,
          (SELECT min(held.captured_at) FROM revisions AS held
           WHERE held.article_key = articles.article_key AND held.batch_flag = 1 AND held.number > (
             SELECT max(number) FROM revisions AS last
             WHERE last.article_key = articles.article_key AND NOT coalesce(last.batch_flag, 0)))
        FROM articles
        JOIN revisions ON revisions.article_key = articles.article_key
        JOIN captures ON captures.capture_key = revisions.capture_key
        WHERE articles.portal = ? GROUP BY articles.article_key
        ORDER BY missing_since IS NULL, articles.last_checked_at
        """,
        (portal.key,),
    ).fetchall()
    due = [key for key, *times in rows if which == "all" or is_due(now, *times)]
    return due[:budget]


def rows_to_ask_again(captures: Database, portal: Portal, now: datetime, which: str) -> list[str]:
    """Rows of lists (request keys) that were answered, but by no article: refused, a captcha, not there yet.

    So are entries of feeds and sitemaps, but for those that are pages of another kind. They are due by the same steps
    as articles, from the time that they were found.
    """
    if which == "none":
        return []
    rows = captures.execute(
        f"""
        SELECT frontier.request_key, frontier.found_at, captures.captured_at
        FROM frontier JOIN captures ON captures.capture_key = frontier.capture_key
        WHERE frontier.portal = ? AND state = 'done'
          AND ((role = 'row' AND (kind IS NULL OR kind = 'other')) OR (role = 'entry' AND kind IS NULL))
          AND (captures.status IS NULL OR captures.status NOT IN {in_sql(REDIRECTS)})
        """,
        (portal.key,),
    ).fetchall()
    return [key for key, found, asked in rows if which == "all" or is_due(now, found, asked)]


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
    wanted = (row for row in rows if is_document(row[1]) or row[4] not in SHOWING)
    return [key for key, _, found, asked, _ in wanted if which == "all" or is_due(now, found, asked)]


def is_due(
    now: datetime, changed: str, checked: str, missing_since: str | None = None, held_since: str | None = None
) -> bool:
    """Whether a page is due. When one was really checked whose time is yet to come, by a clock set back since, nobody
    knows: it is.
    """
    if moment(checked) - now > CLOCK_TOLERANCE:
        return True
    since = (moment(each) if each else None for each in (missing_since, held_since))
    return next_check(moment(changed), moment(checked), *since) <= now
