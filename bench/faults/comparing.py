"""What a folder has come to, against an undisturbed one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from sqlite_utils import Database

from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.verify.verifying import faults_of_archive, faults_of_evidence
from bench.faults.scenes import Scene, rows_in


@dataclass(frozen=True, slots=True)
class Compared:
    """How one folder, or many together, differ from the undisturbed one; all but `rows` should be none."""

    rows: int = 0  # that were compared
    lost: int = 0  # rows of the undisturbed archive that are not there
    doubled: int = 0  # rows that are there once too often, or should not be there at all
    evidence: int = 0  # pages of the undisturbed evidence that were not captured, captures of one request at one moment
    unfinished: int = 0  # requests of the frontier that are in another state
    faults: int = 0  # that `archiver verify` finds
    left_over: int = 0  # files and folders that an undisturbed run does not leave

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not any(getattr(self, field.name) for field in fields(self) if field.name != "rows")

    def __add__(self, other: Compared) -> Compared:
        """Both together."""
        return Compared(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def compare(scene: Scene, folder: Path) -> Compared:
    """Compare a folder in which a scene was gone on with to its end."""
    expected, found = scene.expected, rows_in(folder)
    captures, archive, whole = open_captures(folder), open_archive(folder), open_captures(scene.whole)
    compared = Compared(
        expected.total(),
        (expected - found).total(),
        (found - expected).total(),
        len(_pages(whole) - _pages(captures)) + _twins(captures),
        len(_states(whole).items() ^ _states(captures).items()),
        len([*faults_of_evidence(captures, lambda *_: None), *faults_of_archive(archive, captures)]),
        len(_names(folder) - _names(scene.whole)),
    )
    for db in (captures, archive, whole):
        db.close()
    return compared


def fetched_again(scene: Scene, folder: Path) -> int:
    """How many pages more than in an undisturbed crawl were asked for and answered."""
    captures, whole = open_captures(folder), open_captures(scene.whole)
    count = (_answers(captures) - _answers(whole)).total()
    captures.close()
    whole.close()
    return count


def _pages(captures: Database) -> set[tuple[str, str | None]]:
    """What was asked for and answered, whatever the time."""
    rows = captures.execute("SELECT request_key, status FROM captures WHERE status IS NOT NULL AND status != 304")
    return set(rows.fetchall())


def _answers(captures: Database) -> Counter[str]:
    rows = captures.execute("SELECT request_key FROM captures WHERE status = 200 AND url NOT LIKE '%/robots.txt'")
    return Counter(key for (key,) in rows.fetchall())


def _twins(captures: Database) -> int:
    query = "SELECT count(*) FROM (SELECT 1 FROM captures GROUP BY request_key, captured_at HAVING count(*) > 1)"
    return int(captures.execute(query).fetchone()[0])


def _states(captures: Database) -> dict[str, str]:
    return dict(captures.execute("SELECT request_key, state FROM frontier").fetchall())


def _names(folder: Path) -> set[str]:
    """Files and folders; SQLite's own come and go."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}
