"""The one spider: it asks for what the frontier wants and hands on what comes. Nothing is decided here."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from twisted.python.failure import Failure

from archiver.clock import Clock, SystemClock, stamp
from archiver.crawling import robots, trust
from archiver.crawling.fetched import Fetched, answer_of, answer_of_error
from archiver.crawling.judging import LONGEST_PAUSE, backoff, complaint, judge, retry_after
from archiver.crawling.limits import memory_in_use_mb, met
from archiver.crawling.options import LARGEST_FILE, RECHECKS, CrawlOptions, UsageError
from archiver.crawling.outdated import ReadingAgainFirst, told_in_log
from archiver.crawling.report import Ending, versions
from archiver.crawling.session import CrawlSession
from archiver.crawling.under_scrapy import write_as_archiver_does
from archiver.logs.runs import named
from archiver.portals import PORTALS
from archiver.portals.addresses import robots_url
from archiver.portals.registry import listed
from archiver.store.evidence.captures import Answer
from archiver.store.evidence.frontier import Wanted
from archiver.store.ground.errors import DataFolderError, LockedError, trouble
from archiver.store.ground.locks import PortalLock

logger = logging.getLogger(__name__)


class PortalSpider(Spider):
    """Crawls one portal: `scrapy crawl portal -a portal=myhao`, or `archiver crawl myhao`."""

    name = "portal"

    def __init__(
        self,
        portal: str = "",
        options: CrawlOptions | None = None,
        clock: Clock | None = None,
        first: ReadingAgainFirst | None = None,
        **arguments: Any,
    ):
        super().__init__()
        self.speaks = options is None  # for itself: nobody else tells how the crawl ended
        self.options = options or _options_of(portal, arguments)
        self.portal = PORTALS[self.options.portal]
        self.clock = clock or SystemClock()
        self.first = first or ReadingAgainFirst(told_in_log(self.logger))
        self.lock = PortalLock(self.options.folder, portal)
        self.session: CrawlSession
        self.ending = Ending("failed", "it did not begin")
        self.busy: dict[str, Wanted] = {}
        self.free = asyncio.Event()
        self.error: str | None = None
        self.met: Ending | None = None  # how it ends if it met a limit
        self.stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        """Scrapy makes its spiders so; errors of our own parts end the crawl instead of being passed over."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.settings.setdict(trust.settings_of(spider.portal), priority="spider")
        if spider.speaks:
            write_as_archiver_does(crawler.settings, spider.portal.key)
        crawler.signals.connect(spider.fail, signal=signals.item_error)
        crawler.signals.connect(spider.fail, signal=signals.spider_error)
        crawler.signals.connect(spider.finish, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Read again what is outdated, ask for robots.txt, then for what the frontier wants until nothing is left."""
        self.begin()
        self.ending = Ending("interrupted", "it was interrupted; the next crawl goes on from here")
        try:
            if await self.ask_robots():
                async for wanted in self.wants():
                    yield self.request(wanted)
                while self.busy:
                    await self.something_free()
        except sqlite3.Error as error:
            self.give_up(error)

    def begin(self) -> None:
        """Take the portal for this crawl alone and open its run; raises CloseSpider where that cannot be."""
        try:
            self.first(self.options.folder, stamp(self.clock.now()))
            began = self.clock.monotonic()
            self.lock.take()
            self.session = CrawlSession(self.portal, self.options, self.clock)
            self.session.open(versions())
            named(self.session.opened.crawl_key)
            logger.info("the run began")
            self.set_deadline(began)
        except KeyboardInterrupt:
            self.ending = Ending("interrupted", "it was interrupted while all was read again; that comes first")
            raise CloseSpider("interrupted") from None
        except LockedError as error:
            self.ending = Ending("locked", str(error))
            raise CloseSpider("locked") from None
        except DataFolderError as error:
            self.ending = Ending("failed", str(error))
            raise CloseSpider("failed") from None
        except sqlite3.Error as error:
            self.give_up(error)
            raise CloseSpider("failed") from None

    def set_deadline(self, began: float) -> None:
        """End at the deadline, whatever is being waited for then."""
        if self.options.deadline is not None:
            left = self.options.deadline - (self.clock.monotonic() - began)
            asyncio.get_running_loop().call_later(max(left, 0), self.meet_deadline)

    def meet_deadline(self) -> None:
        """As Ctrl-C would, but for what is said of it."""
        self.met = met("deadline", f"it ran for {self.options.deadline:g} seconds")
        self.stopping = asyncio.ensure_future(self.crawler.stop_async())

    async def ask_robots(self) -> bool:
        """Whether the portal's rules are known: as long as it answers 5xx or not at all, nothing else is asked."""
        for attempt in range(1, robots.MOST_ATTEMPTS + 1):
            answer = await self.fetch_robots()
            if judge(answer, attempt) == "read":
                rules = robots.rules_of(answer, self.settings["USER_AGENT"])
                self.session.heed(rules)
                self.slow_down(rules.crawl_delay)
                return True
            pause = retry_after(answer, self.clock.now()) or backoff(attempt, self.options.delay)
            if attempt == robots.MOST_ATTEMPTS or pause > LONGEST_PAUSE:
                break
            await asyncio.sleep(pause.total_seconds())
        reason = f"{self.portal.url} does not answer ({complaint(answer)}); without its robots.txt nothing is crawled"
        self.ending = Ending("failed", reason)
        return False

    async def fetch_robots(self) -> Answer:
        """One attempt; redirects within the portal are followed."""
        url = robots_url(self.portal)
        for _ in range(robots.MOST_HOPS):
            answer = await self.download(url)
            target = self.session.keep_robots(url, answer)
            if target is None:
                break
            url = target
        return answer

    async def download(self, url: str) -> Answer:
        """What an address answers, past the frontier."""
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("a spider starts only with an engine")
        request = Request(
            self.session.connect_to(url),
            headers=self.host_header(),
            dont_filter=True,
            meta={"download_slot": self.portal.key, "verbatim_url": True},
        )
        try:
            return answer_of(await engine.download_async(request))
        except Exception as error:  # noqa: BLE001  whatever the network does is an answer, and is kept
            return answer_of_error(error)

    async def wants(self) -> AsyncIterator[Wanted]:
        """What the frontier wants, each when it is due and the portal has answered the one before."""
        asked = 0
        while True:
            await self.wait_for_turn()
            if self.is_over():
                return
            wanted = self.session.next(self.busy)
            if wanted is not None:
                if self.options.limit is not None and asked >= self.options.limit:
                    self.ending = met("page budget", f"it made {self.options.limit} requests")
                    return
                asked += 1
                self.busy[wanted.request_key] = wanted
                yield wanted
            elif not await self.something_due():
                self.ending = Ending("finished", "everything that is due was asked for")
                return

    async def wait_for_turn(self) -> None:
        """Until no request is under way and the portal's wish to be left alone has passed."""
        while self.busy:
            await self.something_free()
        pause = self.session.seconds_of_pause()
        if pause <= LONGEST_PAUSE.total_seconds():
            await asyncio.sleep(pause)

    async def something_due(self) -> bool:
        """Wait until something may be asked for; false if nothing is left."""
        if self.busy:
            await self.something_free()
            return True
        seconds = self.session.seconds_until_due()
        if seconds is None:
            return False
        await asyncio.sleep(seconds + 0.001)
        return True

    def is_over(self) -> bool:
        """Whether going on makes no sense; says why."""
        session = self.session
        if self.error is not None:
            self.ending = Ending("failed", self.error)
        elif session.seconds_of_pause() > LONGEST_PAUSE.total_seconds():
            self.ending = Ending("degraded", f"the portal asks to be left alone until {session.paused_until}")
        elif session.is_portal_down:
            self.ending = Ending("degraded", f"the portal stopped answering ({session.last_complaint})")
        elif self.holds_too_much():
            self.ending = met("memory", f"it held {memory_in_use_mb():,.0f} MB")
        else:
            return False
        return True

    def holds_too_much(self) -> bool:
        """Whether memory is short. One request is made all the same, so that runs come on."""
        most = self.options.memory
        return most is not None and self.session.counts.requests > 1 and memory_in_use_mb() >= most

    def request(self, wanted: Wanted) -> Request:
        """A request of the frontier as Scrapy makes it."""
        form = self.session.walker.form_of(wanted)
        return Request(
            self.session.connect_to(wanted.address),
            method=wanted.method,
            body=urlencode(form).encode() if form is not None else None,
            cookies=[{"name": name, "value": value} for name, value in self.session.cookies.items()],
            headers=self.session.conditions(wanted) | self.host_header() | (_POSTED if form is not None else {}),
            callback=self.fetched,
            errback=partial(self.not_fetched, wanted),
            cb_kwargs={"wanted": wanted},
            dont_filter=True,
            meta={"download_slot": self.portal.key, "verbatim_url": True}
            | ({"download_maxsize": LARGEST_FILE} if wanted.role == "file" else {}),
        )

    def host_header(self) -> dict[str, str]:
        """With a base URL only the connection goes elsewhere: the portal is still what is asked for."""
        return {"Host": self.portal.hosts[0]} if self.options.base_url else {}

    # Lists, no generators: Scrapy would look through the source code of a generator for every single answer.

    def fetched(self, response: Response, wanted: Wanted) -> list[Fetched]:
        """An answer, whatever its status."""
        return [Fetched(wanted, answer_of(response))]

    def not_fetched(self, wanted: Wanted, failure: Failure) -> list[Fetched]:
        """No answer; that is kept too."""
        return [Fetched(wanted, answer_of_error(failure.value))]

    def release(self, wanted: Wanted) -> None:
        """An answer is kept and read; the next request may go."""
        self.busy.pop(wanted.request_key, None)
        self.free.set()

    async def something_free(self) -> None:
        """Wait for the next release."""
        self.free.clear()
        await self.free.wait()

    def slow_down(self, delay: float) -> None:
        """Leave at least so much time between two requests as robots.txt asks for."""
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None and delay > throttle.mindelay:
            throttle.mindelay = delay
            throttle.maxdelay = max(throttle.maxdelay, delay)
            if self.crawler.engine is not None and (slot := self.crawler.engine.downloader.slots.get(self.portal.key)):
                slot.delay = max(slot.delay, delay)

    def give_up(self, error: sqlite3.Error) -> None:
        """The archive cannot be written to: a full disk, a lock. The crawl ends; what is kept stays.

        An error of our own is raised again.
        """
        words = trouble(error)
        self.error = self.error or words or f"{type(error).__name__}: {error}"
        self.busy.clear()
        self.free.set()
        if words is None:
            raise error

    def fail(self, failure: Failure) -> None:
        """An error in our own code. The crawl ends; what is kept stays."""
        self.error = f"{type(failure.value).__name__}: {failure.value}"
        self.busy.clear()
        self.free.set()

    def finish(self) -> None:
        """Write down how the run ended, and let others in."""
        if self.error is not None:
            self.ending = Ending("failed", self.error)
        elif self.met is not None and self.ending.status == "interrupted":
            self.ending = self.met
        if hasattr(self, "session") and self.session.is_open:
            try:
                self.ending = self.session.close(self.ending)
            except sqlite3.Error as error:  # the next run sees that this one was cut short
                self.ending = Ending("failed", self.error or trouble(error) or f"{type(error).__name__}: {error}")
        self.lock.free()
        self.tell_ending()

    def tell_ending(self) -> None:
        """How the run ended, as an event; not for people where the command prints it."""
        fields = {"status": self.ending.status, "counts": dict(self.ending.summary) or None}
        level = logging.INFO if self.ending.status in ("finished", "limited") else logging.WARNING
        logger.log(
            logging.WARNING if self.speaks else level,
            "%s: %s",
            self.ending.status,
            self.ending.reason,
            extra={"fields": fields, "is_printed": not self.speaks},
        )


_POSTED = {"Content-Type": "application/x-www-form-urlencoded"}


def _options_of(portal: str, arguments: dict[str, str]) -> CrawlOptions:
    """Options as Scrapy's command line gives them: `-a portal=myhao -a limit=20`. Wrong ones end the process."""
    try:
        return _understood(portal, arguments)
    except UsageError as error:
        raise SystemExit(f"Error: {error}") from None


def _understood(portal: str, arguments: dict[str, str]) -> CrawlOptions:
    if portal not in PORTALS:
        raise UsageError(f"no portal is called {portal!r}; known are {', '.join(sorted(listed(PORTALS)))}")
    known = {"data", "base_url", "full", "recheck", "limit"}
    if unknown := set(arguments) - known:
        raise UsageError(f"unknown arguments {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
    recheck = next((which for which in RECHECKS if which == arguments.get("recheck", "due")), None)
    limit = arguments.get("limit")
    if recheck is None or not (limit is None or limit.isdecimal()):
        raise UsageError("recheck is due, all or none; limit is a number of requests")
    return CrawlOptions(
        portal,
        Path(arguments.get("data", "data")),
        base_url=arguments.get("base_url"),
        full=arguments.get("full", "") not in ("", "0", "false"),
        recheck=recheck,
        limit=int(limit) if limit else None,
    ).checked()
