"""Whether what lists began to show of late could be read as articles, where each run alone shows too little to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlite_utils import Database

from archiver.clock import moment, stamp
from archiver.portals import Portal
from archiver.store.evidence.statuses import REDIRECTS
from archiver.store.evidence.withholding import withheld_articles
from archiver.store.fates.destinations import destination
from archiver.store.ground.keys import article_key

_LATELY = timedelta(days=30)
_NEVER = "~"  # behind all times
_NEWEST = 20  # rows that speak for a portal: a month of a busy one would hide its last week


@dataclass(frozen=True, slots=True)
class Read:
    """Of rows that were asked for: how many there are, and how many are articles."""

    rows: int
    articles: int


@dataclass(frozen=True, slots=True)
class NewRows:
    """The rows that lists began to show lately, and those before them, which say what is usual for the portal."""

    lately: Read
    before: Read


def new_rows(archive: Database, captures: Database, portal: Portal, now: str) -> NewRows:
    """What became of the rows that were found in the last month, at most the newest, and of all older ones.

    What the first crawl found is old: it is what the portal held when it was met.
    """
    articles = _articles(archive, portal)
    withheld = withheld_articles(captures, portal).keys()
    since = max(stamp(moment(now) - _LATELY), _end_of_first_crawl(captures, portal) or _NEVER)
    lately, before = list[bool](), list[bool]()
    for key, url, found_at in _rows(captures, portal):
        is_new = found_at > since and len(lately) < _NEWEST
        if key in articles:
            (lately if is_new else before).append(True)
        elif (
            article_key(portal, url) not in withheld and (shown := _leads_to_article(archive, portal, key)) is not None
        ):
            (lately if is_new else before).append(shown)
    return NewRows(Read(len(lately), sum(lately)), Read(len(before), sum(before)))


def _rows(captures: Database, portal: Portal) -> list[tuple[str, str, str]]:
    """The rows of lists that were asked for: request, address, and when they were found; the newest first."""
    return captures.execute(
        "SELECT request_key, url, found_at FROM frontier WHERE portal = ? AND role = 'row' AND state != 'waiting'"
        " ORDER BY found_at DESC, request_key",
        (portal.key,),
    ).fetchall()


def _articles(archive: Database, portal: Portal) -> set[str]:
    """The requests (keys) that ever showed an article."""
    rows = archive.execute(
        "SELECT request_key FROM revisions JOIN captures USING (capture_key) WHERE number = 1 AND portal = ?",
        (portal.key,),
    ).fetchall()
    return {key for (key,) in rows}


def _end_of_first_crawl(captures: Database, portal: Portal) -> str | None:
    (at,) = captures.execute(
        "SELECT min(finished_at) FROM crawls WHERE portal = ? AND kind = 'crawl'", (portal.key,)
    ).fetchone()
    return str(at) if at else None


def _leads_to_article(archive: Database, portal: Portal, request: str) -> bool | None:
    """Whether what was last answered sends to an article; null where nothing was."""
    row = archive.execute(
        "SELECT status, redirects_to_key, captured_at FROM captures WHERE request_key = ?"
        " AND answer NOT IN ('no answer', 'error') ORDER BY captured_at DESC LIMIT 1",
        (request,),
    ).fetchone()
    if row is None:
        return None
    status, target, at = row
    return status in REDIRECTS and destination(archive, portal, request, target, at).kind == "article"
