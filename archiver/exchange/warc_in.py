"""Captures in from WARC files, whoever wrote them: once and under their own times, however often, in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archiver.clock import Clock
from archiver.crawling.report import Ending
from archiver.exchange.captured import OTHER_RECORDS, Captured, LeftOut, Told, captured
from archiver.exchange.members import Damage
from archiver.exchange.records import records
from archiver.exchange.runs import Brought, EndStatus, Runs
from archiver.exchange.times import doubt_of, latest_believed
from archiver.portals import PORTALS, Portal
from archiver.portals.addresses import is_on
from archiver.store.evidence.captures import Asked
from archiver.store.ground.errors import LockedError
from archiver.store.ground.keys import named_form, request_key
from archiver.store.rebuild.rereading import NOBODY, Listener

_BATCH = 200  # captures in one commit
_BATCH_BYTES = 16 * 1024 * 1024  # of payloads in one commit


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place in a file that was not read."""

    file: Path
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how an import goes."""

    unreadable: Callable[[Unreadable], None]
    imported: Callable[[int, int, str], None]  # bytes of a file, of so many, its name
    read: Callable[[int, int], None]  # captures read into the archive, of so many
    rereading: Listener = NOBODY  # of what another reader made, before all else


@dataclass(slots=True)
class Imported:
    """What came of an import."""

    endings: dict[str, Ending] = field(default_factory=dict)  # by portal
    unreadable: list[Unreadable] = field(default_factory=list)
    captures: int = 0  # that were read, of any site
    others: dict[str, int] = field(default_factory=dict)  # what was read and is not kept, by why

    @property
    def exit_status(self) -> int:
        """0 for done, 3 if something could not be read, 1 if nothing could."""
        statuses = [ending.exit_status for ending in self.endings.values()]
        if self.unreadable:
            statuses.append(3 if self.captures or self.others else 1)
        return 1 if 1 in statuses else max(statuses, default=0)

    def leave_out(self, why: str) -> None:
        """Count what was read and is not kept."""
        self.others[why] = self.others.get(why, 0) + 1

    def as_values(self) -> dict[str, object]:
        """The whole import for other programs."""
        places = [{"file": str(each.file), "offset": each.offset, "reason": each.reason} for each in self.unreadable]
        return {
            "captures": self.captures,
            "left_out": self.others,
            "unreadable": places,
            "exit_status": self.exit_status,
        }

    def in_words(self) -> str:
        """The same for people, in a line."""
        words = [f"{self.captures:,} captures read"]
        words += [f"{count:,} {why}" for why, count in sorted(self.others.items()) if why != OTHER_RECORDS]
        words += [f"{len(self.unreadable):,} places not read"] if self.unreadable else []
        return ", ".join(words)


def import_warcs(files: Sequence[Path], folder: Path, clock: Clock, watcher: Watcher) -> Imported:
    """Keep every capture of a known portal in some files, and read them into the archive.

    Raises LockedError if a portal is being crawled; what was kept until then stays, and importing the same files again
    goes on.
    """
    runs = Runs(folder, clock, "import", {"files": [file.name for file in files]}, watcher.rereading)
    imported = Imported()
    status: EndStatus = "finished"
    reason = "everything in the files was read"
    locked: LockedError | None = None
    try:
        for file in files:
            _import_file(file, runs, imported, latest_believed(clock), watcher)
    except KeyboardInterrupt:
        status, reason = "interrupted", "it was interrupted; importing the same files again goes on"
    except LockedError as error:
        status, reason, locked = "interrupted", str(error), error
    if status == "finished" and imported.unreadable:
        status, reason = "degraded", f"{len(imported.unreadable):,} places in the files could not be read"
    imported.endings = runs.end(status, reason, {}, watcher.read)
    if locked is not None:
        raise locked
    return imported


def _import_file(path: Path, runs: Runs, imported: Imported, latest: str, watcher: Watcher) -> None:
    """Keep what one file holds, in batches; `latest` is the last moment that a capture can be of."""
    size = path.stat().st_size
    batch: list[Brought] = []
    with path.open("rb") as file:
        for told in captured(records(file)):
            found = _believed(told, latest)
            if isinstance(found, Damage):
                imported.unreadable.append(Unreadable(path, found.offset, found.reason))
                watcher.unreadable(imported.unreadable[-1])
            elif brought := _brought(found, runs, imported):
                batch.append(brought)
            if _is_full(batch):
                runs.keep(batch)
                batch.clear()
            watcher.imported(told.offset, size, path.name)
    runs.keep(batch)


def _believed(told: Told, latest: str) -> Told:
    """A capture of a time to come would set the archive's own clock forward: every later stamp comes after it."""
    if isinstance(told, Captured) and (doubt := doubt_of(told.captured_at, latest)):
        return Damage(told.offset, f"its WARC-Date {doubt}: {told.date} {told.url}")
    return told


def _brought(told: Captured | LeftOut, runs: Runs, imported: Imported) -> Brought | None:
    """What is to be kept of a capture; what is not is counted."""
    if isinstance(told, LeftOut):
        imported.leave_out(told.why)
        return None
    imported.captures += 1
    portal = _portal_of(told.url)
    if portal is None:
        imported.leave_out("of other sites")
    elif told.is_repeat and told.digest is None:
        imported.leave_out("repeats that do not say of what")
    else:
        return Brought(_asked(told, portal, runs), told.answer, told.captured_at, told.digest, told.is_repeat)
    return None


def _asked(told: Captured, portal: Portal, runs: Runs) -> Asked:
    return Asked(
        portal.key,
        runs.of(portal).opened.crawl_key,
        told.method,
        told.url,
        named_form(told.form),
        request_key(portal, told.method, told.url, told.form),
        told.fetched_from,
        "warc",
    )


def _portal_of(url: str) -> Portal | None:
    return next((portal for portal in PORTALS.values() if is_on(portal, url)), None)


def _is_full(batch: list[Brought]) -> bool:
    return len(batch) >= _BATCH or sum(len(each.answer.body or b"") for each in batch) >= _BATCH_BYTES
