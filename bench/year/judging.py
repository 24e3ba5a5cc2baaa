"""What an archive says of a year, beside what was true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sqlite_utils import Database

from archiver.clock import moment
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive
from archiver.store.ground.keys import article_key
from archiver.store.runs.rechecks import next_check
from archiver.vietnamese.dates import INDOCHINA_TIME
from bench.year.playing import Run
from bench.year.town import Record, Truth, Version, moved_address

DEMO = PORTALS["demo"]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Revision:
    """A text as it was captured."""

    at: datetime
    title: str
    body: str
    counts: bool  # as an edit of the publisher, not as a template's doing


@dataclass(slots=True)
class Judged:
    """How much was to be found, and what was not, or was found and was not so. Each fault in words."""

    articles: int = 0  # up while a whole run saw the portal
    short: int = 0  # up only between runs
    missed: list[str] = field(default_factory=list)
    edits: int = 0  # that outlasted the interval in which the article was looked at
    passing: int = 0  # that did not
    unseen: list[str] = field(default_factory=list)
    revisions: int = 0
    false_edits: list[str] = field(default_factory=list)
    removals: int = 0  # that a look at the article found
    disappearances: int = 0
    false_disappearances: list[str] = field(default_factory=list)
    blind_days: int = 0
    seen_days: int = 0
    wrong_days: list[str] = field(default_factory=list)
    portal_events: list[str] = field(default_factory=list)


def judge(folder: Path, truth: Truth, runs: Sequence[Run]) -> Judged:
    """Compare."""
    archive = open_archive(folder)
    good = [run for run in runs if run.status in ("finished", "degraded", "limited") and not _is_blind(truth, run)]
    judged = Judged()
    for url, record in truth.records.items():
        keys = [article_key(DEMO, address) for address in (url, moved_address(url))]
        revisions = sorted((each for key in keys for each in _revisions(archive, key)), key=lambda each: each.at)
        _judge_article(judged, url, record, good, revisions)
        if revisions:
            _judge_edits(judged, url, record, good, revisions)
            _judge_revisions(judged, url, record, revisions)
            for key in keys:
                _judge_events(judged, archive, key, record, truth)
    _judge_days(judged, archive, truth, runs)
    judged.portal_events = [
        f"{at[:10]} {event}" for at, event in archive.execute("SELECT at, event FROM portal_events ORDER BY at")
    ]
    archive.close()
    return judged


def _judge_article(judged: Judged, url: str, record: Record, good: Sequence[Run], found: list[Revision]) -> None:
    was_up = any(_saw(run, begin, end) for begin, end in record.spans for run in good)
    judged.articles += was_up
    judged.short += not was_up
    if was_up and not found:
        judged.missed.append(url)


def _judge_edits(judged: Judged, url: str, record: Record, good: Sequence[Run], found: list[Revision]) -> None:
    """An edit is to be found if it stood when the article was due again, and a whole run came thereafter."""
    for number, version in enumerate(record.versions[1:], 1):
        until = _end_of(record, number)
        before = [revision for revision in found if revision.at <= version.since]
        if not before or _same(before[-1], version):  # not captured before, or changed back before anybody looked
            continue
        due = next_check(before[-1].at, version.since)
        if not any(_saw(run, due, until) for run in good):
            judged.passing += 1
            continue
        judged.edits += 1
        meanwhile = (each for each in found if version.since <= each.at and (until is None or each.at < until))
        if not any(_same(each, version) for each in meanwhile):
            judged.unseen.append(f"{url} of {version.since:%Y-%m-%d %H:%M}")


def _judge_revisions(judged: Judged, url: str, record: Record, found: list[Revision]) -> None:
    for before, after in pairwise(found):
        if not after.counts:
            continue
        judged.revisions += 1
        was, is_now = _version_at(record, before.at), _version_at(record, after.at)
        if (was.title, was.body) == (is_now.title, is_now.body) or not _same(after, is_now):
            judged.false_edits.append(f"{url} at {after.at:%Y-%m-%d %H:%M}")


def _judge_events(judged: Judged, archive: Database, key: str, record: Record, truth: Truth) -> None:
    """Going is true while the story was down; at its old address, from the change of addresses on."""
    rows = archive.execute("SELECT at, event FROM article_events WHERE article_key = ? ORDER BY at", (key,)).fetchall()
    for at, event in rows:
        is_down = not _is_up(record, moment(at))
        moved = truth.moved_at is not None and moment(at) >= truth.moved_at
        judged.disappearances += event == "suspect"
        if (event in ("suspect", "gone") and not is_down) or (event == "moved" and not moved):
            judged.false_disappearances.append(f"{key} {event} at {at[:16]}")


def _judge_days(judged: Judged, archive: Database, truth: Truth, runs: Sequence[Run]) -> None:
    told = dict(archive.execute("SELECT day, status FROM coverage_days").fetchall())
    told_of = [run.began for run in runs if not run.was_killed]  # what the last one saw that was killed, the next tells
    first, last = (moment.astimezone(INDOCHINA_TIME).date() for moment in (runs[0].began, told_of[-1]))
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        begin = datetime(day.year, day.month, day.day, tzinfo=INDOCHINA_TIME)
        blind = any(since <= begin and (end is None or end >= begin + _DAY) for since, end, _ in truth.blind)
        of_day = [run for run in runs if begin <= run.began < begin + _DAY]
        whole = any(
            run.status == "finished" and run.ended < begin + _DAY and not _is_blind(truth, run) for run in of_day
        )
        status = told.get(day.isoformat())
        judged.blind_days += blind
        judged.seen_days += whole
        if (blind and status in ("seen", None)) or (whole and status != "seen"):
            judged.wrong_days.append(f"{day} is called {status}")


def _revisions(archive: Database, key: str) -> Iterator[Revision]:
    """All, in order; of a text that came back, the text."""
    rows = list(archive.query("SELECT * FROM revisions WHERE article_key = ? ORDER BY number", (key,)))
    texts = {row["number"]: (row["title"], row["body"]) for row in rows}
    for row in rows:
        title, body = texts[row["same_as"] or row["number"]]
        yield Revision(moment(row["captured_at"]), title, body, row["cause"] == "publisher" and not row["batch_flag"])


def _saw(run: Run, begin: datetime, end: datetime | None) -> bool:
    """Whether a whole run fell into a time."""
    return run.began >= begin and (end is None or run.ended <= end)


def _is_blind(truth: Truth, run: Run) -> bool:
    return any(since <= run.ended and (end is None or run.began < end) for since, end, _ in truth.blind)


def _is_up(record: Record, at: datetime) -> bool:
    return any(begin <= at and (end is None or at < end) for begin, end in record.spans)


def _end_of(record: Record, number: int) -> datetime | None:
    """Until when a version stood: the next one, or the end of the span in which it was put up."""
    version = record.versions[number]
    following = [each.since for each in record.versions[number + 1 :]]
    ends = [end for begin, end in record.spans if begin <= version.since and end is not None and end > version.since]
    return min([*following[:1], *ends[:1]], default=None)


def _version_at(record: Record, at: datetime) -> Version:
    """What was up at a moment; of one before the first, the first."""
    return next((each for each in reversed(record.versions) if each.since <= at), record.versions[0])


def _same(revision: Revision, version: Version) -> bool:
    return (revision.title, revision.body) == (version.title, version.body)
