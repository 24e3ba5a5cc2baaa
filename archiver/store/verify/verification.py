"""The course of `archiver verify`: a look at both files, and on request at all that is read in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.ground.locks import whole_folder
from archiver.store.search.check import faults_of_every_word
from archiver.store.twice.check import faults_of_marks
from archiver.store.verify.comparing import Finding, compared
from archiver.store.verify.verifying import faults_of_archive, faults_of_evidence

Progress = Callable[[int, int], None]  # looked at, in all


@dataclass(slots=True)
class Report:
    """What was found so far, counted."""

    faults: int = 0
    notes: int = 0
    unchecked: int = 0

    def add(self, finding: Finding) -> None:
        """One more."""
        self.faults += finding.kind == "fault"
        self.notes += finding.kind == "note"
        self.unchecked += finding.kind == "unchecked"

    @property
    def status(self) -> Literal["failed", "degraded", "finished"]:
        """How that counts for whoever called."""
        return "failed" if self.faults else "degraded" if self.unchecked else "finished"

    def in_words(self, sizes: dict[str, int]) -> str:
        """All in a line, behind what there was to be right or wrong."""
        words = f"{self.faults:,} faults" if self.faults else "all is well"
        if not self.faults and (self.notes or self.unchecked):
            words = "not all could be compared" if self.unchecked else "all that was read is well"
        return f"{', '.join(f'{count:,} {name}' for name, count in sizes.items())}: {words}"


def findings(folder: Path, looking: Progress, reading: Progress | None) -> Iterator[Finding]:
    """What is wrong in a folder; with `reading`, what a second reading of all captures finds too.

    That is left out where damage was found: what cannot be read cannot be compared. It takes the folder for itself:
    raises LockedError while a portal is crawled.
    """
    damaged = False
    with closing(open_captures(folder)) as captures, closing(open_archive(folder)) as archive:
        for fault in chain(faults_of_evidence(captures, looking), faults_of_archive(archive, captures)):
            damaged = True
            yield Finding("fault", fault)
        if reading is not None and not damaged:
            with whole_folder(folder):
                yield from (Finding("fault", fault) for fault in faults_of_every_word(archive))
                yield from (Finding("fault", fault) for fault in faults_of_marks(archive))
                yield from compared(captures, archive, PORTALS.values(), folder, reading)


def sizes_of(folder: Path) -> dict[str, int]:
    """How much there is to be right or wrong, by table; of withheld articles only if there are any."""
    with closing(open_captures(folder)) as captures, closing(open_archive(folder)) as archive:
        counted = {"captures": captures, "payloads": captures, "articles": archive, "revisions": archive}
        sizes = {name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name, db in counted.items()}
        withheld = int(archive.execute("SELECT count(*) FROM withheld").fetchone()[0])
    return sizes | ({"withheld": withheld} if withheld else {})
