"""Asks for the few pages of a visit through Scrapy, as a crawl would, and keeps nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archiver.crawling.fetched import answer_of, answer_of_error
from archiver.crawling.trust import settings_of
from archiver.portals.addresses import as_sent, to_base
from archiver.probing.looking import portal_of
from archiver.probing.options import ProbeOptions
from archiver.probing.trouble import ProbeError
from archiver.probing.visiting import Visit, Visitor
from archiver.store.evidence.captures import Answer

LARGEST_PAGE = 8 * 1024 * 1024  # bytes
LONGEST_ANSWER = 30  # seconds
LONGEST_VISIT = 150.0  # seconds
_SLOT = "probe"


def fetch(options: ProbeOptions, now: datetime) -> Visit:
    """The visit, at the pace of a crawl; raises ProbeError where the page is not to be had, however that was.

    A process can do this once: its event loop ends with it.
    """
    outcome: list[Visit | Exception] = []
    process = AsyncCrawlerProcess(_settings(options))
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    process.crawl(process.create_crawler(ProbeSpider), options=options, outcome=outcome, now=now)
    process.start()
    if not outcome:
        raise ProbeError("it was interrupted", "Nothing was kept; probe again.")
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _settings(options: ProbeOptions) -> Settings:
    """Those of every crawl, without what keeps and reads; smaller and sooner ended."""
    settings = Settings()
    settings.setmodule("archiver.crawling.settings", priority="project")
    own = {
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
        "DOWNLOAD_DELAY": options.delay,
        "AUTOTHROTTLE_ENABLED": False,
        "DOWNLOAD_TIMEOUT": LONGEST_ANSWER,
        "DOWNLOAD_MAXSIZE": LARGEST_PAGE,
        "LOG_INSTALL_ROOT_HANDLER": False,
    }
    settings.setdict(own | settings_of(portal_of(options.url, options.tls)), priority="cmdline")
    return settings


class ProbeSpider(Spider):
    """Makes one visit."""

    name = "probe"

    def __init__(
        self, options: ProbeOptions, outcome: list[Visit | Exception], now: datetime, **arguments: Any
    ) -> None:
        super().__init__(**arguments)
        self.options = options
        self.outcome = outcome
        self.now = now
        self.portal = portal_of(options.url, options.tls)

    async def start(self) -> AsyncIterator[Request]:
        """The visit, past the scheduler: what is asked for next depends on what was answered."""
        options, agent = self.options, self.settings["USER_AGENT"]
        visitor = Visitor(options.url, self.ask, agent, self.slow_down, options.base_url, self.now)
        try:
            self.outcome.append(await asyncio.wait_for(visitor.go(), LONGEST_VISIT))
        except TimeoutError:
            self.outcome.append(ProbeError(f"it took more than {LONGEST_VISIT:g} seconds", "Try again later."))
        except Exception as error:  # noqa: BLE001  raised again where the visit was asked for
            self.outcome.append(error)
        none: tuple[Request, ...] = ()  # Scrapy wants a generator, and would ask for what it yields in its own order
        for request in none:
            yield request

    async def ask(self, url: str) -> Answer:
        """What an address answers."""
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("a spider starts only with an engine")
        host = {"Host": self.portal.hosts[0]} if self.options.base_url else {}
        request = Request(
            as_sent(to_base(self.options.base_url, url)),
            headers=host,
            dont_filter=True,
            meta={"download_slot": _SLOT, "verbatim_url": True},
        )
        try:
            return answer_of(await engine.download_async(request))
        except Exception as error:  # noqa: BLE001  whatever the network does is an answer
            return answer_of_error(error)

    def slow_down(self, delay: float) -> None:
        """Leave at least so much time between two requests as robots.txt asks for."""
        engine = self.crawler.engine
        slot = engine.downloader.slots.get(_SLOT) if engine is not None else None
        if slot is not None and self.options.delay:
            slot.delay = max(slot.delay, delay)
