"""A year from its first day to its judgement."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from archiver.store.databases.opening import open_archive, open_archive_file
from archiver.store.rebuild.canonical import differences, rows
from archiver.store.verify.verification import findings
from bench.year.judging import Judged, judge
from bench.year.life import Calendar, life, moment_of
from bench.year.playing import Run, play, when_due
from bench.year.town import Town


@dataclass(frozen=True, slots=True)
class Year:
    """What a year came to."""

    seed: int
    calendar: Calendar
    runs: list[Run]
    judged: Judged
    faults: list[str]  # what `archiver verify` names at the end
    rows: int
    differing: int  # rows that another reading of all captures would tell otherwise
    seconds: float


def live(folder: Path, calendar: Calendar, seed: int, say: Callable[[str], None]) -> Year:
    """Live through it in an empty folder."""
    started, folder = perf_counter(), folder / "year"
    folder.mkdir()
    town = Town(life(seed, calendar), moment_of(0))
    runs = play(town, folder, moment_of(calendar.days), when_due, seed, _saying(say))
    judged = judge(folder, town.truth, runs)
    faults = [finding.words for finding in findings(folder, lambda *_: None, None)]
    held, differing = _read_again(folder)
    return Year(seed, calendar, runs, judged, faults, held, differing, perf_counter() - started)


def _read_again(folder: Path) -> tuple[int, int]:
    """`archiver reparse`, as a person would: how many rows there are, and how many are others then."""
    with closing(open_archive(folder)) as archive:
        archive.execute("VACUUM INTO ?", (str(folder / "before.db"),))
    line = [sys.executable, "-m", "archiver", "reparse", "demo", "--data", str(folder), "--json"]
    subprocess.run(line, check=True, capture_output=True)
    with closing(open_archive(folder)) as after, closing(open_archive_file(folder / "before.db")) as before:
        return sum(1 for _ in rows(after)), sum(1 for _ in differences(before, after))


def _saying(say: Callable[[str], None]) -> Callable[[Run], None]:
    months = set[str]()

    def said(run: Run) -> None:
        month = f"{run.began:%Y-%m}"
        if month not in months:
            months.add(month)
            say(f"living through {month}")

    return said
