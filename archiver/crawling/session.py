"""One crawl of one portal, without any network: what is asked for next, and what is made of each answer.

The commits are the contract: first the capture with its payload and the frontier's mark `captured`; then, once read,
where the page leads and the mark `done`; the archive after that. A run that is killed anywhere goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from archiver.clock import Clock, moment, stamp
from archiver.crawling.following import files_at, files_of, links_of, rows_of, wanted_of
from archiver.crawling.judging import LONGEST_PAUSE, MOST_ATTEMPTS, Verdict, backoff, complaint, judge, retry_after
from archiver.crawling.limits import is_met
from archiver.crawling.options import CrawlOptions
from archiver.crawling.redirects import MOST_HOPS, circle_of_redirects, redirected
from archiver.crawling.report import Ending, EndStatus, peak_memory_mb
from archiver.crawling.robots import Robots
from archiver.crawling.trial import survives
from archiver.crawling.walking import Walker
from archiver.items import Page
from archiver.portals import Portal
from archiver.portals.addresses import COOKIE_TEST, is_on, tidy, to_base
from archiver.store.databases.opening import open_archive, open_captures, writing
from archiver.store.evidence.answers import MISSING, REDIRECTS, redirect_target
from archiver.store.evidence.captures import (
    Answer,
    Asked,
    Capture,
    capture_by_key,
    content_type,
    latest_crawled_page,
    save_capture,
    tests_for_cookies,
)
from archiver.store.evidence.crawls import (
    LONGEST_REST,
    Again,
    Opened,
    Status,
    close_crawl,
    open_crawl,
    plan_crawl,
    wake_late_sleepers,
)
from archiver.store.evidence.frontier import FORBIDDEN, IN_A_CIRCLE, Found, Frontier, Wanted
from archiver.store.ground.keys import request_key
from archiver.store.ground.timeline import Timeline
from archiver.store.interpretation.article_files import files_by_article
from archiver.store.interpretation.confirming import is_worth_confirming
from archiver.store.interpretation.interpreting import (
    KILLED_TWICE,
    Reader,
    interpret,
    save_portal,
    unread_captures,
)
from archiver.store.interpretation.problems import open_problems
from archiver.store.interpretation.readers import sign, version_that_read
from archiver.store.runs.growth import note_room
from archiver.store.runs.health import RunCheck, RunSeen, checks_of_run
from archiver.store.runs.rechecks import articles_to_recheck, files_to_ask_again, rows_to_ask_again
from archiver.store.runs.settling import copy_runs, publish_runs, settle

MOST_FILE_BYTES = 1024**3  # of all files that one run fetches
MOST_FAILURES_IN_A_ROW = 12  # answers that are none, after which the home page tells whether the portal is down
_MOST_HOME_TRIES = 8
_MOST_READS = 5  # for a page that lives through a trial and ends the program all the same
_STATUSES: dict[EndStatus, Status] = {
    "finished": "finished",
    "degraded": "degraded",
    "failed": "failed",
    "interrupted": "interrupted",
    "limited": "limited",
}


@dataclass(slots=True)
class Counts:
    """What one run did."""

    requests: int = 0
    answered: int = 0
    failed: int = 0
    missing: int = 0
    files: int = 0
    file_bytes: int = 0
    pages_read: int = 0
    home_answered: int = 0
    failures_in_a_row: int = 0


class CrawlSession:
    """The state of one run."""

    def __init__(self, portal: Portal, options: CrawlOptions, clock: Clock) -> None:
        self.portal = portal
        self.options = options
        self.clock = clock
        self.captures = open_captures(options.folder)
        self.archive = open_archive(options.folder)
        self.timeline = Timeline(clock, self.captures)
        self.frontier = Frontier(self.captures, portal)
        self.reader = Reader(self.captures, portal)
        self.counts = Counts()
        self.walker = Walker(self.captures, self.frontier, portal, full=options.full)
        self.robots: Robots | None = None
        self.cookies = {COOKIE_TEST: "1"} if tests_for_cookies(self.captures, portal.key) else {}
        self.paused_until: datetime | None = None
        self.last_complaint: str | None = None
        self.home_tries = 0  # how often the home page was asked for since another page was answered
        self.opened: Opened
        self.is_open = False  # whether the run is written down, so that there is an end to be written down

    # -- beginning ---------------------------------------------------------------------------------------------------

    def open(self, versions: dict[str, str]) -> None:
        """Begin: read what the last run kept and did not read, then queue what this one asks for first.

        The run is written down last: one that is killed before leaves things as it found them.
        """
        now = self.timeline.stamp()
        settings = self.options.as_settings()
        self.opened = plan_crawl(self.captures, self.portal, now, settings)
        wake_late_sleepers(self.captures, self.portal, self.clock.now())
        save_portal(self.archive, self.portal)
        with writing(self.archive):
            copy_runs(self.archive, self.captures, self.portal)
            if version_that_read(self.archive, self.portal) is None:
                sign(self.archive, self.portal, now)
        self._read_what_was_left()
        self._catch_up()
        files = files_to_ask_again(self.captures, self.portal, self.clock.now(), self.options.recheck)
        files = files[: self.options.file_budget // 2]  # the rest is for those that are new
        again = Again(self._rechecks(self.clock.now()), files)
        open_crawl(self.captures, self.portal, self.opened, settings, versions, again)
        self.is_open = True
        with writing(self.archive):
            copy_runs(self.archive, self.captures, self.portal)
        self._queue_files()

    def _rechecks(self, now: datetime) -> list[str]:
        """What is known and asked for again; whoever wants all of it gets all of it."""
        which = self.options.recheck
        budget = self.options.recheck_budget if which == "due" else None
        known = articles_to_recheck(self.archive, self.portal, now, which, budget)
        return (known + rows_to_ask_again(self.captures, self.portal, now, which))[:budget]

    def _queue_files(self) -> None:
        """Files of articles that came from elsewhere, or before files were fetched: no page leads to them now."""
        known = self.frontier.known_files()
        new: list[str] = []
        for shown in files_by_article(self.archive, self.portal):
            requests = dict(shown)
            wanted = wanted_of((url for url, _ in shown), self.portal)
            new += [url for url in wanted if requests[url] not in known]
        with writing(self.captures):
            self._add(files_at(new, self.portal), self.portal.url)

    def _read_what_was_left(self) -> None:
        for wanted in self.frontier.unread():
            capture = capture_by_key(self.captures, wanted.capture_key or "")
            is_deadly = wanted.reads >= _MOST_READS or not self._survives(capture)
            with writing(self.captures):
                if is_deadly:
                    self.frontier.give_up(wanted, "unreadable", KILLED_TWICE)
                    self.reader.unreadable.add(capture.capture_key)
                else:
                    self.frontier.reading_again(wanted)
            if not is_deadly:
                self.read(wanted, capture)

    def _survives(self, capture: Capture) -> bool:
        """Whether a page that was being read when a run was killed did not kill it: tried apart, it would again."""
        body = self.reader.body_of_page(capture)
        media_type = content_type(self.captures, capture)
        return body is None or survives(body, self.portal.key, capture.url, media_type, capture.captured_at)

    def _catch_up(self) -> None:
        """The archive is written after the evidence, and may lag behind it."""
        for key in unread_captures(self.archive, self.captures, self.portal):
            capture = capture_by_key(self.captures, key)
            interpret(self.archive, self.reader, capture, self.reader.page(capture))

    # -- asking ------------------------------------------------------------------------------------------------------

    def next(self, busy: Iterable[str]) -> Wanted | None:
        """The next request that is due and allowed."""
        if self.counts.failures_in_a_row == MOST_FAILURES_IN_A_ROW and self.home_tries < _MOST_HOME_TRIES:
            self._try_home()
        while wanted := self.frontier.claim(stamp(self.clock.now()), busy, files=self.may_ask_for_files):
            if self.robots is not None and not self.robots.allows(wanted.address):
                with writing(self.captures):
                    self.frontier.give_up(wanted, "refused", FORBIDDEN)
                if wanted.role == "home":
                    self.last_complaint = FORBIDDEN
            elif self.walker.lacks_state(wanted):
                self.walker.leave_open(wanted)
            else:
                return wanted
        return None

    def seconds_until_due(self) -> float | None:
        """How long until something is due; null for nothing left that this run can wait for."""
        due = self.frontier.next_due(files=self.may_ask_for_files)
        if due is None:
            return None
        seconds = max(0.0, (moment(due) - self.clock.now()).total_seconds()) if due else 0.0
        return seconds if seconds <= LONGEST_PAUSE.total_seconds() else None

    @property
    def may_ask_for_files(self) -> bool:
        """Whether this run may fetch another picture or document."""
        return self.counts.files < self.options.file_budget and self.counts.file_bytes < MOST_FILE_BYTES

    @property
    def still_to_ask(self) -> int:
        """How many requests are known that this run may still make."""
        files = self.frontier.counts(files=True).get("waiting", 0)
        return self.frontier.counts().get("waiting", 0) + min(files, self.options.file_budget - self.counts.files)

    def seconds_of_pause(self) -> float:
        """How long the portal asks to be left alone."""
        return max(0.0, (self.paused_until - self.clock.now()).total_seconds()) if self.paused_until else 0.0

    def conditions(self, wanted: Wanted) -> dict[str, str]:
        """Headers that ask for a page only if it changed.

        Not so for pages of a walk, a list whose walk is open, or what was no page to be well with.
        """
        if self.options.full or wanted.method != "GET" or wanted.role == "page" or wanted.redirected_to:
            return {}
        known = latest_crawled_page(self.captures, wanted.request_key)
        if known is None or self.walker.is_open_list(wanted) or not is_worth_confirming(self.archive, known):
            return {}
        sent = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in sent.items() if value}

    def connect_to(self, url: str) -> str:
        """Where the connection goes for an address of the portal."""
        return to_base(self.options.base_url, url)

    @property
    def is_portal_down(self) -> bool:
        """Whether so many requests went unanswered in a row, and the home page too, that going on makes no sense."""
        failures = self.counts.failures_in_a_row
        return failures > MOST_FAILURES_IN_A_ROW or (
            failures == MOST_FAILURES_IN_A_ROW and self.home_tries >= _MOST_HOME_TRIES
        )

    # -- answers -----------------------------------------------------------------------------------------------------

    def keep(self, wanted: Wanted, answer: Answer) -> Capture:
        """The first commit: the capture, and what comes of the request."""
        attempt = wanted.attempts + 1
        verdict = self._verdict(wanted, answer)
        self._count(wanted, answer, verdict)
        asked = self._asked(wanted.method, wanted.address, wanted.form, wanted.request_key)
        with writing(self.captures):
            capture = save_capture(self.captures, asked, answer, self.timeline.stamp())
            if verdict == "read":
                self.frontier.captured(wanted, capture.capture_key, self.opened.crawl_key)
            elif verdict == "again":
                self.frontier.again(wanted, self._due_again(answer, attempt), attempt)
            else:
                self.frontier.give_up(wanted, "failed", complaint(answer))
        if verdict != "again":
            self.walker.answered(wanted)
        if verdict != "read" or (wanted.role == "home" and answer.status in MISSING):
            self.last_complaint = complaint(answer)
        if verdict != "read":
            interpret(self.archive, self.reader, capture, None)
        return capture

    def keep_robots(self, url: str, answer: Answer) -> str | None:
        """Keep an answer to the question for robots.txt; returns where on the portal it sends us, if anywhere."""
        self.counts.requests += 1
        asked = self._asked("GET", url, None, request_key(self.portal, "GET", url))
        with writing(self.captures):
            capture = save_capture(self.captures, asked, answer, self.timeline.stamp())
        interpret(self.archive, self.reader, capture, self.reader.page(capture))
        target = redirect_target(self.portal, capture) if answer.status in REDIRECTS else ""
        return target if is_on(self.portal, target) else None

    def read(self, wanted: Wanted, capture: Capture, body: bytes | None = None) -> Page | None:
        """Read a capture, commit where it leads, and tell the archive. `body` is its payload where that is at hand."""
        page = self.reader.page(capture, body)
        with writing(self.captures):
            self._follow(wanted, capture, page)
        self.counts.pages_read += page is not None
        interpret(self.archive, self.reader, capture, page, body)
        return page

    def needs_reading(self, wanted: Wanted, answer: Answer) -> bool:
        """Whether an answer that was kept is final."""
        return self._verdict(wanted, answer) == "read"

    # -- ending ------------------------------------------------------------------------------------------------------

    def close(self, ending: Ending) -> Ending:
        """Write down how the run ended; a check that failed makes a finished one degraded."""
        settle(self.archive, self.captures, self.portal, self.reader.texts)
        checks = tuple(self._checks())
        failed = ", ".join(check.name for check in checks if not check.passed)
        if ending.status == "finished" and failed:
            ending = replace(ending, status="degraded", reason=f"it did not see what a good run sees: {failed}")
        if ending.status == "degraded" and not self.counts.home_answered and not self.counts.pages_read:
            ending = replace(
                ending, status="failed", reason=f"{self.portal.url} does not answer ({self.last_complaint})"
            )
        if is_met(ending, "deadline") and not self.counts.answered:
            ending = replace(ending, status="failed", reason=f"{self.portal.url} answered nothing until the deadline")
        ending = replace(ending, summary=self._summary(), checks=checks)
        close_crawl(
            self.captures,
            self.opened,
            self.timeline.stamp(),
            _STATUSES[ending.status],
            ending.reason,
            dict(ending.summary),
            [check.as_json() for check in checks],
            peak_memory_mb(),
        )
        note_room(self.captures, self.archive, self.opened.crawl_key)
        publish_runs(self.archive, self.captures, self.portal)
        self.archive.close()
        self.captures.close()
        return ending

    def _checks(self) -> Iterator[RunCheck]:
        run = RunSeen(self.opened.crawl_key, self.opened.started_at, self.opened.goes_on)
        yield from checks_of_run(self.archive, self.captures, self.portal, run)
        errors = self.reader.tally.internal_errors / max(self.counts.pages_read, 1)
        yield RunCheck("pages without an error of the reader", 1 - errors, 1)
        yield RunCheck("the clock is not behind the captures", int(not self.timeline.is_ahead_of_clock), 1)

    def _summary(self) -> tuple[tuple[str, int], ...]:
        return (
            ("fetched", self.counts.requests),
            ("new articles", self.reader.tally.new),
            ("revised articles", self.reader.tally.revised),
            ("missing pages", self.counts.missing),
            ("pictures and files", self.counts.files),
            ("still waiting", self.frontier.counts().get("waiting", 0)),
            ("files still waiting", self.frontier.counts(files=True).get("waiting", 0)),
            ("open problems", open_problems(self.archive, self.portal.key)),
        )

    # -- following ---------------------------------------------------------------------------------------------------

    def _follow(self, wanted: Wanted, capture: Capture, page: Page | None) -> None:
        """The second commit: where a page leads, and that it is done."""
        if page is not None and wanted.role != "file":
            rows = rows_of(page, self.portal)
            brings_news = self.frontier.has_news(rows)
            self._add(rows, page.url)
            self._add(links_of(page, wanted, self.portal, brings_news=brings_news), page.url)
            self._add(files_of(page, self.portal), page.url)
            self.walker.read(wanted, page, self.timeline.stamp(), self._add)
        elif capture.status in MISSING:
            self.walker.missing(wanted, self.timeline.stamp())
        elif capture.status in REDIRECTS and self._follow_redirect(wanted, capture):
            return
        self.frontier.done(wanted, page.kind if page else None)

    def _follow_redirect(self, wanted: Wanted, capture: Capture) -> bool:
        """Follow a redirect; true if that leaves nothing to be marked as done."""
        target = redirect_target(self.portal, capture)
        if not is_on(self.portal, target):
            return False
        key = request_key(self.portal, "GET", target)
        if self.walker.sent_back(wanted, key, self.timeline.stamp()):
            return False
        if key == wanted.request_key:
            if wanted.hops < MOST_HOPS:
                self.frontier.redirected(wanted, target)
            else:
                self.frontier.give_up(wanted, "refused", IN_A_CIRCLE)
            return True
        if circle := circle_of_redirects(self.captures, self.frontier, self.portal, capture):
            self.frontier.refuse(circle, IN_A_CIRCLE)
            return True
        is_due_again = wanted.role in ("home", "list", "page") or self.walker.is_list(wanted)
        self._add([redirected(wanted, tidy(self.portal, target), again=is_due_again)], capture.url)
        return False

    # -- small things ------------------------------------------------------------------------------------------------

    def _add(self, found: Iterable[Found], found_on: str) -> int:
        return self.frontier.add(found, found_on, self.timeline.stamp(), self.opened.crawl_key)

    def _asked(self, method: str, url: str, form: str | None, key: str) -> Asked:
        return Asked(self.portal.key, self.opened.crawl_key, method, url, form, key, self.options.base_url)

    def _verdict(self, wanted: Wanted, answer: Answer) -> Verdict:
        """What to do with an answer. A 304 says nothing where no page is known that it could confirm."""
        attempt = wanted.attempts + 1
        if answer.status == 304 and latest_crawled_page(self.captures, wanted.request_key) is None:
            return "again" if attempt < MOST_ATTEMPTS else "give up"
        return judge(answer, attempt)

    def _due_again(self, answer: Answer, attempt: int) -> str:
        asked_for = retry_after(answer, self.clock.now())
        if asked_for is not None:
            self.paused_until = max(filter(None, (self.paused_until, self.clock.now() + asked_for)))
        pause = min(backoff(attempt, self.options.delay), LONGEST_PAUSE) if asked_for is None else asked_for
        return stamp(self.clock.now() + min(pause, LONGEST_REST))

    def _count(self, wanted: Wanted, answer: Answer, verdict: str) -> None:
        self.counts.requests += 1
        self.counts.answered += verdict == "read"
        if wanted.role == "file":
            self.counts.files += 1
            self.counts.file_bytes += len(answer.body or b"")
        else:
            self.counts.missing += answer.status in MISSING
        self.counts.home_answered += wanted.role == "home" and answer.status in (200, 304)
        self.counts.failed += verdict == "give up"
        self.counts.failures_in_a_row = 0 if verdict == "read" else self.counts.failures_in_a_row + 1
        if verdict == "read" and wanted.role != "home":
            self.home_tries = 0

    def _try_home(self) -> None:
        """A portal may have many broken pages and be well: its home page tells."""
        self.home_tries += 1
        with writing(self.captures):
            self.frontier.ask_again(request_key(self.portal, "GET", self.portal.url))
