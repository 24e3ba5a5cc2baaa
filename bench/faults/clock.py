"""The machine's clock set back by a day in the middle of a crawl, and by another before the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from sqlite_utils import Database

from archiver.clock import moment
from archiver.store.databases.opening import open_archive, open_captures
from bench.faults.comparing import Compared, compare
from bench.faults.killing import Tell
from bench.faults.scenes import Scene

DAY = 86_400
_DEGRADED = 3  # exit status: among others, of a run that knows its clock to be behind
_LOOKS = (50, 300)  # at the clock, after one of which it is set back
_TICK = timedelta(microseconds=50)  # between two times that were given while the clock showed less

_ORDERED = {
    "captures, in the order in which they were kept": "SELECT captured_at FROM captures ORDER BY rowid",
    "runs, by their beginnings": "SELECT started_at FROM crawls ORDER BY rowid",
    "runs, from beginning to end": "SELECT at FROM (SELECT rowid, started_at AS at FROM crawls UNION ALL"
    " SELECT rowid, finished_at FROM crawls ORDER BY 1, 2)",
}


@dataclass(frozen=True, slots=True)
class SetBack:
    """What came of two crawls with such a clock."""

    captures: int
    behind: int  # captures that were kept while the clock showed less than they
    backwards: int  # times that are not after the one before
    misplaced: int  # revisions that stand before one that was captured earlier
    events: int  # of articles: disappearances, and what else happened to them
    expected_events: int  # of a machine with a good clock
    compared: Compared

    @property
    def is_well(self) -> bool:
        """Whether all is as with a good clock."""
        return self.compared.is_same and not (self.backwards or self.misplaced) and self.events == self.expected_events


def set_back(crawl: Scene, recheck: Scene, dice: Random, place: Path, tell: Tell) -> SetBack:
    """Crawl, let the portal change, crawl again."""
    folder = crawl.folder(place)
    for scene, looks, seconds in ((crawl, dice.randrange(*_LOOKS), DAY), (recheck, 0, 2 * DAY)):
        ran = scene.command(folder, {"clock_back": [looks, seconds]}).run()
        if ran.status not in (0, _DEGRADED):
            raise RuntimeError(f"{scene.name} with its clock set back: {ran.status}, {ran.said}")
    found = _look(folder, recheck)
    tell(f"clock set back: {found.backwards} times backwards, {found.misplaced} revisions misplaced")
    return found


def _look(folder: Path, scene: Scene) -> SetBack:
    captures, archive, whole = open_captures(folder), open_archive(folder), open_archive(scene.whole)
    times = [at for (at,) in captures.execute(_ORDERED["captures, in the order in which they were kept"])]
    found = SetBack(
        len(times),
        sum(moment(later) - moment(earlier) < _TICK for earlier, later in pairwise(times)),
        sum(_backwards(captures, query) for query in _ORDERED.values()),
        _misplaced(archive, captures),
        archive.table("article_events").count,
        whole.table("article_events").count,
        compare(scene, folder),
    )
    for db in (captures, archive, whole):
        db.close()
    return found


def _backwards(captures: Database, query: str) -> int:
    times = [row[-1] for row in captures.execute(query).fetchall()]
    return sum(later <= earlier for earlier, later in pairwise(times))


def _misplaced(archive: Database, captures: Database) -> int:
    """Revisions whose capture was kept before that of the revision before them."""
    keys = captures.execute("SELECT capture_key FROM captures ORDER BY rowid").fetchall()
    places = {key: place for place, (key,) in enumerate(keys)}
    rows = archive.execute("SELECT article_key, capture_key FROM revisions ORDER BY article_key, number").fetchall()
    return sum(one[0] == two[0] and places[one[1]] >= places[two[1]] for one, two in pairwise(rows))
