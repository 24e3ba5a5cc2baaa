"""Whether a run saw what a good run sees: a broken crawl must not pass for a quiet week.

Each check is a value and the least it must be. Where a portal's own history says what is usual, that is the measure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import Portal
from archiver.store.evidence.statuses import SHOWING
from archiver.store.fates.portal_checks import home_looks
from archiver.store.ground.keys import request_key
from archiver.store.interpretation.list_looks import ListLook, look_at_list
from archiver.store.runs.new_rows import new_rows
from archiver.store.runs.sent_elsewhere import PageAsked, pages_asked, rows_sent_away, sent_to_one_place

_FEWEST_PAGES = 5  # of which a share says something
_FEWEST_REQUESTS = 10
_RUNS_OF_HISTORY = 10
_WITHOUT_HISTORY = 0.5
_OF_THE_USUAL = 0.9
_LEAST_ANSWERED = 0.8
_LEAST_NOT_SENT_ELSEWHERE = 0.5
_DAYS_OF_HISTORY = 90
_CERTAIN_NEWS = 8  # articles expected, of which none at all is no chance


@dataclass(frozen=True, slots=True)
class RunCheck:
    """One thing that a good run reaches: a value, and the least it must be."""

    name: str
    value: float
    floor: float

    @property
    def passed(self) -> bool:
        """Whether the value reaches the floor."""
        return self.value >= self.floor

    def as_json(self) -> dict[str, object]:
        """As it is kept with the run."""
        return {"name": self.name, "value": self.value, "floor": self.floor, "passed": int(self.passed)}


def failed_checks(kept: str | None) -> tuple[RunCheck, ...]:
    """The checks that a run failed, from the JSON that is kept with it; none of a run that was not judged."""
    checks = json.loads(kept or "[]")
    return tuple(RunCheck(each["name"], each["value"], each["floor"]) for each in checks if not each["passed"])


@dataclass(frozen=True, slots=True)
class RunSeen:
    """A run to be judged: what it is called, when it began, and whether it only went on with one that was killed."""

    crawl_key: str
    started_at: str
    goes_on: bool


def checks_of_run(archive: Database, captures: Database, portal: Portal, run: RunSeen) -> Iterator[RunCheck]:
    """What a run reached. The archive must hold what it captured."""
    yield from _home(archive, portal, run)
    yield from _lists(archive, captures, portal, run)
    yield from _answers(archive, captures, portal, run)
    asked = pages_asked(archive, portal, run.crawl_key)
    yield _not_sent_elsewhere(archive, portal, asked)
    yield from _articles(archive, captures, portal, run, asked)
    yield _news(archive, portal, run)
    yield _new_rows(archive, captures, portal, run)


def _home(archive: Database, portal: Portal, run: RunSeen) -> Iterator[RunCheck]:
    """The home page: that it is the portal's, and shows rows, and dated ones, if it ever did."""
    well = any(look.found == "well" for look in home_looks(archive, portal) if look.crawl_key == run.crawl_key)
    yield RunCheck("home page is well", int(well), 0 if run.goes_on else 1)
    looks = _list_looks(archive, run, {request_key(portal, "GET", portal.url)})
    good = all(look.has_rows and (look.has_dates or not look.had_dates) for look in looks)
    yield RunCheck("home page lists what is new", int(good), int(any(look.had_rows for look in looks)))


def _lists(archive: Database, captures: Database, portal: Portal, run: RunSeen) -> Iterator[RunCheck]:
    """The first pages of the lists that are known: those that ever had rows have some, and still dated ones."""
    known = {key for (key,) in captures.execute("SELECT list_key FROM lists WHERE portal = ?", (portal.key,))}
    with_rows = [look for look in _list_looks(archive, run, known) if look.had_rows]
    well = sum(look.has_rows for look in with_rows)
    yield _share("known lists that read as lists", well, len(with_rows), 1, fewest=1)
    dated = [look for look in with_rows if look.has_rows and look.had_dates]
    yield _share("lists whose rows are dated", sum(look.has_dates for look in dated), len(dated), 1, fewest=1)


def _list_looks(archive: Database, run: RunSeen, keys: set[str]) -> list[ListLook]:
    """What some pages showed in a run at last, as far as they answered."""
    answers = archive.execute(
        "SELECT request_key, captured_at FROM captures WHERE crawl_key = ?"
        " AND answer NOT IN ('no answer', 'error', 'redirect') ORDER BY captured_at",
        (run.crawl_key,),
    ).fetchall()
    return [look_at_list(archive, key, at) for key, at in dict(answers).items() if key in keys]


def _answers(archive: Database, captures: Database, portal: Portal, run: RunSeen) -> Iterator[RunCheck]:
    """How the portal answered for its pages: files, and feeds that there may not be, say nothing of it."""
    feeds = captures.execute("SELECT request_key FROM frontier WHERE portal = ? AND role = 'feed'", (portal.key,))
    total, unanswered, refused = archive.execute(
        """
        SELECT count(*), sum(answer IN ('no answer', 'error')),
          sum(status BETWEEN 400 AND 499 AND NOT (answer = 'missing' AND request_key IN (
            SELECT request_key FROM captures WHERE article_key IS NOT NULL)))
        FROM captures WHERE crawl_key = ? AND request_key NOT IN (
          SELECT request_key FROM images WHERE request_key IS NOT NULL
          UNION ALL SELECT request_key FROM attachments WHERE request_key IS NOT NULL
          UNION ALL SELECT value FROM json_each(?))
        """,
        (run.crawl_key, json.dumps([key for (key,) in feeds.fetchall()])),
    ).fetchone()
    answered = total - (unanswered or 0)
    yield _share("requests that were answered", answered, total, _LEAST_ANSWERED, fewest=1)
    good = answered - (refused or 0)
    yield _share("answers that are no 4xx", good, answered, _LEAST_ANSWERED, fewest=_FEWEST_REQUESTS)


def _not_sent_elsewhere(archive: Database, portal: Portal, asked: dict[str, PageAsked]) -> RunCheck:
    """That not most of what was asked for leads to a login, a notice, or the home page."""
    most, total = sent_to_one_place(archive, portal, asked), len(asked)
    floor = _LEAST_NOT_SENT_ELSEWHERE if most >= _FEWEST_PAGES else 0
    return _share("requests that are not all sent to one place", total - most, total, floor, fewest=1)


def _articles(
    archive: Database, captures: Database, portal: Portal, run: RunSeen, asked: dict[str, PageAsked]
) -> Iterator[RunCheck]:
    """What was read of articles, against what is usual for the portal."""
    kinds = _listed_pages(archive, captures, portal, run, asked)
    read = sum(kind == "article" for kind in kinds)
    yield _share("listed pages that read as articles", read, len(kinds), _LEAST_ANSWERED, fewest=_FEWEST_PAGES)
    shown = _complete(archive, run)
    for place, name in enumerate(("title", "day", "text", "header that looks right"), 1):
        check = f"articles with a {name}"
        yield _share(check, shown[place], shown[0], _usual(captures, portal, run, check), fewest=_FEWEST_PAGES)


def _listed_pages(
    archive: Database, captures: Database, portal: Portal, run: RunSeen, asked: dict[str, PageAsked]
) -> list[str]:
    """What the pages of list rows showed in a run at last, as far as they were pages; of a 304, what it confirms.

    A row that is sent to what is no article counts as what it is: a redirect.
    """
    listed = captures.execute(
        "SELECT request_key FROM frontier WHERE portal = ? AND role = 'row' AND crawl_key = ?",
        (portal.key, run.crawl_key),
    ).fetchall()
    rows = {key for (key,) in listed}
    pages = [page.shown for key, page in asked.items() if key in rows and page.status in SHOWING]
    return pages + ["redirect" for _ in rows_sent_away(archive, portal, asked, rows)]


def _usual(captures: Database, portal: Portal, run: RunSeen, name: str) -> float:
    """What a share must reach: most of what it was in the last runs in which it was good."""
    rows = captures.execute(
        "SELECT json_extract(checks.value, '$.value') FROM crawls, json_each(crawls.checks) AS checks"
        " WHERE crawls.portal = ? AND started_at < ? AND json_extract(checks.value, '$.name') = ?"
        " AND json_extract(checks.value, '$.passed') AND json_extract(checks.value, '$.floor') > 0"
        " ORDER BY started_at DESC LIMIT ?",
        (portal.key, run.started_at, name, _RUNS_OF_HISTORY),
    ).fetchall()
    return round(_OF_THE_USUAL * median(value for (value,) in rows), 4) if rows else _WITHOUT_HISTORY


def _complete(archive: Database, run: RunSeen) -> tuple[int, ...]:
    """Of the articles that a run saw: how many there are, and how many have a title, a day, a text, no doubts."""
    row = archive.execute(
        """
        SELECT count(*), count(articles.title), count(articles.published_on), count(bodies.body),
          count(*) - count(CASE WHEN EXISTS (
            SELECT 1 FROM problems JOIN captures USING (request_key) WHERE captures.article_key = articles.article_key
            AND NOT resolved AND problems.reason LIKE 'selectors and landmarks disagree%') THEN 1 END)
        FROM articles LEFT JOIN bodies USING (article_key)
        WHERE articles.article_key IN (SELECT article_key FROM captures WHERE crawl_key = ?)
        """,
        (run.crawl_key,),
    ).fetchone()
    return tuple(int(each) for each in row)


def _news(archive: Database, portal: Portal, run: RunSeen) -> RunCheck:
    """New articles, against how many the portal publishes in as many days."""
    new = archive.execute(
        "SELECT count(*) FROM revisions JOIN captures USING (capture_key) WHERE number = 1 AND crawl_key = ?",
        (run.crawl_key,),
    ).fetchone()[0]
    (previous,) = archive.execute(
        "SELECT max(first_captured_at) FROM articles WHERE portal = ? AND first_captured_at < ?",
        (portal.key, run.started_at),
    ).fetchone()
    expected = _published_per_day(archive, portal, previous) * _days(previous, run.started_at) if previous else 0.0
    return RunCheck("new articles", new, int(expected >= _CERTAIN_NEWS))


def _new_rows(archive: Database, captures: Database, portal: Portal, run: RunSeen) -> RunCheck:
    """Of what lists began to show lately, what is an article: half of what is usual for the portal, all being so."""
    rows = new_rows(archive, captures, portal, run.started_at)
    known = rows.before.rows >= _FEWEST_PAGES
    usual = rows.before.articles / rows.before.rows if known else 1
    floor = round(_WITHOUT_HISTORY * usual, 4)
    return _share(
        "new rows of lists that are articles", rows.lately.articles, rows.lately.rows, floor, fewest=_FEWEST_PAGES
    )


def _published_per_day(archive: Database, portal: Portal, until: str) -> float:
    last = date.fromisoformat(until[:10])
    first = last - timedelta(days=_DAYS_OF_HISTORY)
    (count,) = archive.execute(
        "SELECT count(*) FROM articles WHERE portal = ? AND published_on BETWEEN ? AND ?",
        (portal.key, first.isoformat(), last.isoformat()),
    ).fetchone()
    return float(count / _DAYS_OF_HISTORY)


def _days(since: str, until: str) -> float:
    return (moment(until) - moment(since)) / timedelta(days=1)


def _share(name: str, count: int, total: int, floor: float, *, fewest: int) -> RunCheck:
    """A share; of too few nothing can be said, and nothing is asked."""
    return RunCheck(name, round(count / total, 4) if total else 1.0, floor if total >= fewest else 0)
