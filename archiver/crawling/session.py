"""One crawl of one portal, without any network: what is asked for next, and what is made of each answer.

The commits are the contract: first the capture with its payload and the frontier's mark `captured`; then, once read,
where the page leads and the mark `done`; the archive after that. A run that is killed anywhere goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from archiver.clock import Clock, moment, stamp
from archiver.crawling.beginning import catch_up, files_no_page_leads_to, known_to_ask_again, left_to_read
from archiver.crawling.counting import Counts
from archiver.crawling.ending import KEPT_AS, judged, summary_of
from archiver.crawling.following import files_at
from archiver.crawling.judging import LONGEST_PAUSE, MOST_ATTEMPTS, Verdict, backoff, complaint, judge, retry_after
from archiver.crawling.leading import Leads
from archiver.crawling.looking import Looks
from archiver.crawling.options import CrawlOptions
from archiver.crawling.report import Ending, peak_memory_mb
from archiver.crawling.robots import Robots
from archiver.crawling.second_route import feeds_named
from archiver.crawling.silence import Silence
from archiver.crawling.trust import is_verified
from archiver.crawling.walking import Walker
from archiver.items import Page
from archiver.portals import Portal
from archiver.portals.addresses import COOKIE_TEST, is_on, robots_url, to_base
from archiver.store.databases.opening import open_archive, open_captures, writing
from archiver.store.evidence.answers import redirect_target
from archiver.store.evidence.captures import (
    Answer,
    Asked,
    Capture,
    latest_crawled_page,
    save_capture,
    tests_for_cookies,
)
from archiver.store.evidence.crawls import (
    LONGEST_REST,
    Opened,
    close_crawl,
    open_crawl,
    plan_crawl,
    wake_late_sleepers,
)
from archiver.store.evidence.frontier import FORBIDDEN, Frontier, Wanted
from archiver.store.evidence.statuses import MISSING, REDIRECTS
from archiver.store.ground.keys import request_key
from archiver.store.ground.timeline import Timeline
from archiver.store.interpretation.confirming import is_worth_confirming
from archiver.store.interpretation.interpreting import interpret
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.readers import sign, version_that_read
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.runs.growth import note_room
from archiver.store.runs.health import RunCheck, RunSeen, checks_of_run
from archiver.store.runs.settling import copy_runs, publish_runs, settle


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
        self.silence = Silence()
        self.walker = Walker(self.captures, self.frontier, portal, full=options.full)
        self.looks = Looks(self.captures, self.archive, portal, clock, options)
        self.robots: Robots | None = None
        self.cookies = {COOKIE_TEST: "1"} if tests_for_cookies(self.captures, portal.key) else {}
        self.paused_until: datetime | None = None
        self.last_complaint: str | None = None
        self.opened: Opened
        self.leads: Leads
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
        self.leads = Leads(self.captures, self.frontier, self.walker, self.portal, self.timeline, self.opened.crawl_key)
        for wanted, capture in left_to_read(self.captures, self.frontier, self.reader):
            self.read(wanted, capture)
        catch_up(self.archive, self.reader)
        again = known_to_ask_again(self.captures, self.archive, self.portal, self.clock.now(), self.options)
        open_crawl(self.captures, self.portal, self.opened, settings, versions, again)
        self.is_open = True
        with writing(self.archive):
            copy_runs(self.archive, self.captures, self.portal)
        files = files_no_page_leads_to(self.archive, self.frontier, self.portal)
        with writing(self.captures):
            self.leads.add(files_at(files, self.portal), self.portal.url)

    def heed(self, robots: Robots) -> None:
        """The portal's rules are known, and with them where its feeds and sitemaps may be."""
        self.robots = robots
        if feeds := feeds_named(self.portal, robots.sitemaps, self.options.base_url):
            with writing(self.captures):
                self.leads.add_feeds(feeds, robots_url(self.portal))

    # -- asking ------------------------------------------------------------------------------------------------------

    def next(self, busy: Iterable[str]) -> Wanted | None:
        """The next request that is due and allowed."""
        if self.silence.is_for_home_to_break:
            self._try_home()
        self.walker.looks |= self.looks.due_now()
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
        return self.counts.has_room_for_files(self.options.file_budget)

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
        return self.silence.is_final

    # -- answers -----------------------------------------------------------------------------------------------------

    def keep(self, wanted: Wanted, answer: Answer) -> Capture:
        """The first commit: the capture, and what comes of the request."""
        verdict = self._verdict(wanted, answer)
        self.counts.count(wanted, answer, verdict)
        self.silence.heed(wanted, verdict)
        asked = self._asked(wanted.method, wanted.address, wanted.form, wanted.request_key, answer)
        with writing(self.captures):
            capture = save_capture(self.captures, asked, answer, self.timeline.stamp())
            self._mark(wanted, answer, verdict, capture)
        if verdict != "again":
            self.walker.answered(wanted)
        if verdict != "read" or (wanted.role == "home" and answer.status in MISSING):
            self.last_complaint = complaint(answer)
        if verdict != "read":
            interpret(self.archive, self.reader, capture, None)
        return capture

    def _mark(self, wanted: Wanted, answer: Answer, verdict: Verdict, capture: Capture) -> None:
        """What comes of the request in the frontier."""
        attempt = wanted.attempts + 1
        if verdict == "read":
            self.frontier.captured(wanted, capture.capture_key, self.opened.crawl_key)
        elif verdict == "again":
            self.frontier.again(wanted, self._due_again(answer, attempt), attempt)
        else:
            self.frontier.give_up(wanted, "failed", complaint(answer))
            self.walker.refused(wanted, capture.captured_at)

    def keep_robots(self, url: str, answer: Answer) -> str | None:
        """Keep an answer to the question for robots.txt; returns where on the portal it sends us, if anywhere."""
        self.counts.requests += 1
        asked = self._asked("GET", url, None, request_key(self.portal, "GET", url), answer)
        with writing(self.captures):
            capture = save_capture(self.captures, asked, answer, self.timeline.stamp())
        interpret(self.archive, self.reader, capture, self.reader.page(capture))
        target = redirect_target(self.portal, capture) if answer.status in REDIRECTS else ""
        return target if is_on(self.portal, target) else None

    def read(self, wanted: Wanted, capture: Capture, body: bytes | None = None) -> Page | None:
        """Read a capture, commit where it leads, and tell the archive. `body` is its payload where that is at hand."""
        page = self.reader.page(capture, body)
        feed = self.reader.feed(capture, body) if page is None and wanted.role != "file" else None
        with writing(self.captures):
            self.leads.follow(wanted, capture, page, feed)
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
        ending = judged(ending, checks, self.counts, self.portal, self.last_complaint)
        summary = summary_of(self.counts, self.reader.tally, self.frontier, self.archive, self.portal)
        ending = replace(ending, summary=summary, checks=checks)
        close_crawl(
            self.captures,
            self.opened,
            self.timeline.stamp(),
            KEPT_AS[ending.status],
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

    # -- small things ------------------------------------------------------------------------------------------------

    def _asked(self, method: str, url: str, form: str | None, key: str, answer: Answer) -> Asked:
        is_trusted = is_verified(self.portal, self.connect_to(url), answer.status)
        return Asked(
            self.portal.key, self.opened.crawl_key, method, url, form, key, self.options.base_url, "crawl", is_trusted
        )

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

    def _try_home(self) -> None:
        """Its answer tells whether all is silent."""
        self.silence.home_tries += 1
        with writing(self.captures):
            self.frontier.ask_again(request_key(self.portal, "GET", self.portal.url))
