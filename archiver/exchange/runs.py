"""Runs that bring captures from elsewhere: kept under the times of their source, then read like any others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archiver.clock import Clock, stamp
from archiver.crawling.report import Ending, peak_memory_mb, versions
from archiver.portals import Portal
from archiver.portals.addresses import is_page, tidy
from archiver.store.databases.opening import open_archive, open_captures, writing
from archiver.store.evidence.captures import (
    Answer,
    Asked,
    capture_by_key,
    capture_of,
    is_captured_at,
    payload_by_digest,
    payload_shown_at,
    save_if_new,
)
from archiver.store.evidence.crawls import Opened, Status, close_crawl, open_import
from archiver.store.evidence.frontier import Frontier
from archiver.store.evidence.repeats import (
    is_captured,
    note_digest,
    repeats_waiting,
    sha256_of,
    take_repeat,
    wait_for_payload,
)
from archiver.store.ground.locks import PortalLock
from archiver.store.ground.timeline import Timeline
from archiver.store.interpretation.articles import captured_articles
from archiver.store.interpretation.interpreting import tell_late
from archiver.store.interpretation.kept_files import files_missing
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.problems import open_problems
from archiver.store.interpretation.readers import sign, version_that_read
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.interpretation.told_captures import unread_captures
from archiver.store.rebuild.rereading import Listener, bring_up_to_date
from archiver.store.runs.growth import note_room
from archiver.store.runs.overview import Sizes, sizes
from archiver.store.runs.settling import publish_runs, settle

_BATCH = 200  # captures in one commit

Kind = Literal["import", "wayback"]
EndStatus = Literal["finished", "degraded", "failed", "interrupted"]
ShowReading = Callable[[int, int], None]  # captures read, captures to be read


@dataclass(frozen=True, slots=True)
class Brought:
    """One capture from elsewhere."""

    asked: Asked
    answer: Answer
    captured_at: str
    digest: str | None = None  # what its source calls the payload
    is_repeat: bool = False  # the payload stands elsewhere, under that digest


@dataclass(slots=True)
class Run:
    """A run of one portal."""

    portal: Portal
    opened: Opened
    lock: PortalLock
    reader: Reader
    before: Sizes
    new: int = 0
    known: int = 0


class Runs:
    """The runs of one command in one folder: one for each portal, begun when its first capture comes."""

    def __init__(self, folder: Path, clock: Clock, kind: Kind, settings: dict[str, object], listener: Listener) -> None:
        """What another reader made is read again first. Raises LockedError where that is so and a portal is crawled."""
        bring_up_to_date(folder, stamp(clock.now()), listener)
        self.folder = folder
        self.clock = clock
        self.kind: Kind = kind
        self.settings = settings
        self.captures = open_captures(folder)
        self.archive = open_archive(folder)
        self.timeline = Timeline(clock, self.captures)
        self.begun: dict[str, Run] = {}

    def of(self, portal: Portal) -> Run:
        """The run of a portal; raises LockedError if another is at work on it."""
        if portal.key not in self.begun:
            lock = PortalLock(self.folder, portal.key)
            lock.take()
            now = self.timeline.stamp()
            opened = open_import(self.captures, portal, self.kind, now, self.settings, versions())
            save_portal(self.archive, portal)
            if version_that_read(self.archive, portal) is None:
                with writing(self.archive):
                    sign(self.archive, portal, now)
            before = sizes(self.archive, portal)
            self.begun[portal.key] = Run(portal, opened, lock, Reader(self.captures, portal), before)
        return self.begun[portal.key]

    def keep(self, brought: Iterable[Brought]) -> None:
        """Keep captures, in one transaction; a repeat whose payload has not come yet waits for it."""
        with writing(self.captures):
            for each in brought:
                self._keep(each)

    def is_here(self, request: str, captured_at: str, digest: str | None) -> bool:
        """Whether a page is known to have shown a payload at a moment: it was captured then, or did so before.

        Where the payload has no name, whether the page was captured then.
        """
        if digest is None:
            return is_captured_at(self.captures, request, captured_at)
        sha256 = sha256_of(self.captures, digest)
        return sha256 is not None and payload_shown_at(self.captures, request, captured_at) == sha256

    def has_payload(self, request: str, digest: str | None) -> bool:
        """Whether a request was ever answered with a payload, whenever that was."""
        return digest is not None and is_captured(self.captures, request, digest)

    def read(self, portal: Portal, show: ShowReading) -> None:
        """Read what was kept so far into the archive."""
        self._take_repeats(self.of(portal))
        self._read(self.of(portal), show)

    def missing_files(self, portal: Portal) -> set[str]:
        """The requests of pictures and documents that articles show, and of which no file was ever captured."""
        return files_missing(self.archive, portal)

    def end(self, status: EndStatus, reason: str, counts: dict[str, int], show: ShowReading) -> dict[str, Ending]:
        """Read what is new, and write down how the runs ended, by portal."""
        endings = {key: self._end(run, status, reason, counts, show) for key, run in self.begun.items()}
        self.archive.close()
        self.captures.close()
        return endings

    def _keep(self, each: Brought) -> None:
        run = self.begun[each.asked.portal]
        answer = each.answer
        if each.is_repeat:
            found = sha256_of(self.captures, each.digest or "")
            if found is None:
                wait_for_payload(self.captures, each.asked, answer, each.captured_at, each.digest or "")
                return
            answer = Answer(answer.status, None, answer.headers, payload_by_digest(self.captures, found))
        self._count(run, save_if_new(self.captures, each.asked, answer, each.captured_at))
        sha256 = capture_of(each.asked, answer, each.captured_at).sha256
        if each.digest is not None and sha256 is not None and not each.is_repeat:
            note_digest(self.captures, each.digest, sha256)

    def _count(self, run: Run, is_new: bool) -> None:
        run.new += is_new
        run.known += not is_new

    def _take_repeats(self, run: Run) -> None:
        """Repeats whose payload has come in the meantime."""
        taken = _BATCH
        while taken == _BATCH:
            with writing(self.captures):
                taken = 0
                while taken < _BATCH and (found := take_repeat(self.captures, run.portal.key)):
                    self._count(run, save_if_new(self.captures, *found))
                    taken += 1

    def _end(self, run: Run, status: EndStatus, reason: str, counts: dict[str, int], show: ShowReading) -> Ending:
        self._take_repeats(run)
        try:
            self._read(run, show)
        except KeyboardInterrupt:
            status, reason = "interrupted", "it was interrupted; what is kept and not read yet is read by the next run"
        self._tell_frontier(run)
        settle(self.archive, self.captures, run.portal)
        waiting = repeats_waiting(self.captures, run.portal.key)
        if status == "finished" and waiting:
            status, reason = "degraded", f"{waiting:,} repeats wait for the capture that they repeat"
        ending = Ending(status, reason, self._summary(run, counts, waiting))
        self._close(run, status, reason, dict(ending.summary))
        return ending

    def _read(self, run: Run, show: ShowReading) -> None:
        unread = unread_captures(self.archive, self.captures, run.portal)
        for count, key in enumerate(unread, 1):
            tell_late(self.archive, run.reader, capture_by_key(self.captures, key))
            show(count, len(unread))

    def _tell_frontier(self, run: Run) -> None:
        """Articles are known now, and asked for again when they are due.

        Lists and other pages are left for a crawl to find: it is by asking for them that it learns where they lead.
        """
        frontier = Frontier(self.captures, run.portal)
        with writing(self.captures):
            for url, key, at in captured_articles(self.archive, run.portal):
                address = tidy(run.portal, url)
                if is_page(run.portal, address):
                    frontier.know(address, key, run.opened.crawl_key, at)

    def _summary(self, run: Run, counts: dict[str, int], waiting: int) -> tuple[tuple[str, int], ...]:
        now = sizes(self.archive, run.portal)
        return (
            *counts.items(),
            ("new captures", run.new),
            ("captures known already", run.known),
            ("repeats waiting", waiting),
            ("new articles", now.articles - run.before.articles),
            ("new revisions", now.revisions - run.before.revisions),
            ("open problems", open_problems(self.archive, run.portal.key)),
        )

    def _close(self, run: Run, status: Status, reason: str, counts: dict[str, int]) -> None:
        now = self.timeline.stamp()
        close_crawl(self.captures, run.opened, now, status, reason, counts, [], peak_memory_mb())
        note_room(self.captures, self.archive, run.opened.crawl_key)
        publish_runs(self.archive, self.captures, run.portal)
        run.lock.free()
