"""What could not be fetched, read or believed. A problem stays open until its page is fetched or read without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from archiver.items import Problem
from archiver.store.ground.keys import digest_of


@dataclass(frozen=True, slots=True)
class Subject:
    """What problems are about: a request, shown by its address."""

    portal: str
    request_key: str
    url: str


def note_problems(db: Database, subject: Subject, problems: Iterable[Problem], at: str) -> None:
    """Open the problems of one request, or count them once more."""
    db.conn.executemany(
        "INSERT INTO problems (problem_key, portal, request_key, url, stage, reason, raw, first_at, last_at, count,"
        " resolved) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0) ON CONFLICT (problem_key) DO UPDATE"
        " SET last_at = excluded.last_at, count = count + 1, resolved = 0",
        [
            (
                _key(subject, each),
                subject.portal,
                subject.request_key,
                subject.url,
                each.stage,
                each.reason,
                each.raw,
                at,
                at,
            )
            for each in problems
        ],
    )


def resolve_others(db: Database, subject: Subject, still_there: Iterable[Problem]) -> None:
    """The page was fetched and read: of its problems only these remain."""
    keys = [_key(subject, each) for each in still_there]
    db.execute(
        "UPDATE problems SET resolved = 1 WHERE request_key = ? AND NOT resolved"
        f" AND problem_key NOT IN ({', '.join('?' * len(keys))})",
        (subject.request_key, *keys),
    )


def forget_problems(db: Database, request_key: str) -> None:
    """Take out the problems of a request, to be noted again from all its captures."""
    db.execute("DELETE FROM problems WHERE request_key = ?", (request_key,))


def is_open(db: Database, subject: Subject, problem: Problem) -> bool:
    """Whether a problem is noted and not resolved."""
    key = _key(subject, problem)
    return db.execute("SELECT 1 FROM problems WHERE problem_key = ? AND NOT resolved", (key,)).fetchone() is not None


def open_problems(db: Database, portal: str) -> int:
    """How many problems of a portal are open."""
    row = db.execute("SELECT count(*) FROM problems WHERE portal = ? AND NOT resolved", (portal,)).fetchone()
    return int(row[0])


def _key(subject: Subject, problem: Problem) -> str:
    return digest_of("\n".join((subject.request_key, problem.stage, problem.reason, problem.raw or "")).encode())
