"""Captures of a portal that is gone, from a web archive: asked for politely, each payload of a page once.

A payload that came back after another is kept under each of its times; where it is here already, the archive's index is
the evidence for that, and the capture says so: its source is "wayback index", it has no headers, and it was fetched
from the index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from archiver.clock import Clock, stamp
from archiver.crawling.options import LARGEST_ANSWER
from archiver.crawling.report import Ending
from archiver.exchange.asking import Asker, NoAnswerError
from archiver.exchange.cdx import Memento, WebArchive, archive_at, mementos, mementos_of_files
from archiver.exchange.messages import ORIGINAL, Headers, as_received
from archiver.exchange.options import WaybackOptions
from archiver.exchange.records import TOO_LARGE
from archiver.exchange.runs import Brought, EndStatus, Runs
from archiver.exchange.times import doubt_of, latest_believed
from archiver.portals import Portal
from archiver.store.evidence.captures import Answer, Asked
from archiver.store.ground.keys import request_key
from archiver.store.rebuild.rereading import NOBODY, Listener

_MOST_FAILURES_IN_A_ROW = 5  # copies without an answer, after which the archive is taken to be down
_OWN_HEADERS = ("content-type", "content-language", "content-disposition")  # of a copy, besides those put aside


@dataclass(slots=True)
class _Course:
    """How far a run has come."""

    found: int = 0
    known: int = 0
    fetched: int = 0
    listed: int = 0  # times at which the index shows a payload that is here
    files: int = 0  # pictures and documents that were not here
    refused: int = 0  # copies that were not to be had
    failures_in_a_row: int = 0
    last_complaint: str = ""

    def counts(self) -> dict[str, int]:
        """For the table at the end."""
        return {
            "distinct captures found": self.found,
            "here already": self.known,
            "fetched": self.fetched,
            "kept from the index": self.listed,
            "pictures and files": self.files,
            "not to be had": self.refused,
        }


@dataclass(frozen=True, slots=True)
class Follower:
    """Who is told how a run goes."""

    refused: Callable[[str, str], None]  # the address of a copy, and why it is not to be had
    fetched: Callable[[int, int], None]  # copies asked for, of so many
    read: Callable[[int, int], None]  # captures read into the archive, of so many
    rereading: Listener = NOBODY  # of what another reader made, before all else


def fetch_from_archive(
    portal: Portal, options: WaybackOptions, folder: Path, clock: Clock, user_agent: str, follower: Follower
) -> Ending:
    """Keep what a web archive holds of a portal's pages and of the files that its articles show, and read it.

    Of each only the captures are asked for that differ from the one before (status 200), files last.
    Each is kept at once: a run that ends early, however it ends, is gone on with by the next. Raises LockedError if the
    portal is being crawled.
    """
    runs = Runs(folder, clock, "wayback", asdict(options), follower.rereading)
    visit = _Visit(runs, portal, archive_at(options.source), Asker(clock, options.delay, user_agent), follower)
    status, reason = visit.fetch_all(options)
    return runs.end(status, reason, visit.course.counts(), follower.read)[portal.key]


class _Visit:
    """One run: what the archive lists, and a copy of each."""

    def __init__(self, runs: Runs, portal: Portal, archive: WebArchive, asker: Asker, follower: Follower) -> None:
        self.runs = runs
        self.portal = portal
        self.archive = archive
        self.asker = asker
        self.follower = follower
        self.course = _Course()
        self.latest = latest_believed(runs.clock)
        self.crawl_key = runs.of(portal).opened.crawl_key

    def fetch_all(self, options: WaybackOptions) -> tuple[EndStatus, str]:
        """Fetch what is not here; returns how that ended, and why."""
        try:
            wanted = mementos(self.asker, self.archive, self.portal, options.first, options.last)
            self.course.found = len(wanted)
            for count, memento in enumerate(wanted, 1):
                self._fetch(memento)
                self.follower.fetched(count, len(wanted))
            self._fetch_files(options)
        except NoAnswerError as error:
            return _how_it_broke_off(self.course, self.archive, error)
        except KeyboardInterrupt:
            return "interrupted", "it was interrupted; the next run goes on from here"
        return _how_it_ended(self.course, self.archive)

    def _fetch_files(self, options: WaybackOptions) -> None:
        """The pictures and documents that articles show by now and nobody captured."""
        self.runs.read(self.portal, self.follower.read)
        missing = self.runs.missing_files(self.portal) if options.file_budget else set()
        if not missing:
            return
        held = mementos_of_files(self.asker, self.archive, self.portal, options.first, options.last, missing)
        for count, memento in enumerate(held[: options.file_budget], 1):
            self._fetch(memento)
            self.course.files += 1
            self.follower.fetched(count, len(held))

    def _fetch(self, memento: Memento) -> None:
        """One copy, unless its payload is here. Raises NoAnswerError once the archive seems to be down."""
        key = request_key(self.portal, "GET", memento.url)
        address = self.archive.copy(memento)
        if doubt := doubt_of(memento.captured_at, self.latest):
            self._refuse(address, f"its time {doubt}")
        elif self.runs.is_here(key, memento.captured_at, memento.digest):
            self.course.known += 1
        elif memento.status == 200 and self.runs.has_payload(key, memento.digest):
            asked = self._asked(memento, key, self.archive.index, "wayback index")
            listed = Answer(200, None, (), None)
            self.runs.keep([Brought(asked, listed, memento.captured_at, memento.digest, is_repeat=True)])
            self.course.listed += 1
        elif (answer := self._copy(address, memento)) is not None:
            asked = self._asked(memento, key, address, "wayback")
            self.runs.keep([Brought(asked, answer, memento.captured_at, memento.digest)])
            self.course.fetched += 1

    def _asked(self, memento: Memento, key: str, fetched_from: str, source: str) -> Asked:
        return Asked(self.portal.key, self.crawl_key, "GET", memento.url, None, key, fetched_from, source)

    def _copy(self, address: str, memento: Memento) -> Answer | None:
        """What the portal answered, by a copy; null where that is not to be had."""
        try:
            answer = _copied(self.asker.get(address), memento)
        except NoAnswerError as error:
            self.course.failures_in_a_row += 1
            self._refuse(address, str(error))
            if self.course.failures_in_a_row >= _MOST_FAILURES_IN_A_ROW:
                raise
            return None
        self.course.failures_in_a_row = 0
        if isinstance(answer, str):
            self._refuse(address, answer)
            return None
        return answer

    def _refuse(self, address: str, why: str) -> None:
        self.course.refused += 1
        self.course.last_complaint = why
        self.follower.refused(address, why)


def _copied(answer: Answer, memento: Memento) -> Answer | str:
    """What the portal answered, out of a copy; or why the copy is not to be believed.

    An archive may show another capture where it cannot find the one that was asked for, or a page of its own.
    """
    if answer.status != 200:
        return f"HTTP {answer.status}"
    if _memento_time(answer) != memento.captured_at:
        return "the archive showed another capture, or a page of its own"
    if len(answer.body or b"") > LARGEST_ANSWER:
        return TOO_LARGE
    return Answer(200, None, _headers_of_portal(answer.headers), answer.body or b"")


def _memento_time(answer: Answer) -> str | None:
    try:
        return stamp(parsedate_to_datetime(answer.header("Memento-Datetime") or ""))
    except (ValueError, OverflowError):  # none, or no date, or one at the end of all calendars
        return None


def _headers_of_portal(headers: Headers) -> Headers:
    """Of a copy's headers those that the portal sent."""
    return as_received(
        tuple(
            (name, value)
            for name, value in headers
            if name.lower().startswith(ORIGINAL.lower()) or name.lower() in _OWN_HEADERS
        )
    )


def _how_it_ended(course: _Course, archive: WebArchive) -> tuple[EndStatus, str]:
    if course.refused:
        return "degraded", f"{course.refused:,} captures were not to be had ({course.last_complaint}); try again later"
    if not course.found:
        return "finished", f"{archive.copies} holds no page of the portal"
    return "finished", "every page that the archive holds is here"


def _how_it_broke_off(course: _Course, archive: WebArchive, error: NoAnswerError) -> tuple[EndStatus, str]:
    if not course.fetched:
        return "failed", f"{archive.index} does not answer ({error})"
    return "degraded", f"the archive stopped answering ({error}); the next run goes on from here"
