"""Start crawls in this process and wait for their end."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archiver.clock import Clock
from archiver.crawling.options import CrawlOptions
from archiver.crawling.outdated import SIGNALS, ReadingAgainFirst
from archiver.crawling.report import Ending
from archiver.crawling.spiders.portal import PortalSpider
from archiver.logs.runs import in_run_of
from archiver.store.rebuild.rereading import Listener


def run_crawls(
    crawls: Sequence[CrawlOptions],
    clock: Clock,
    listener: Listener,
    *,
    progress: bool,
    verbose: bool = False,
    overrides: dict[str, Any] | None = None,
) -> list[Ending]:
    """Crawl portals side by side, all at the pace of the slowest. Ctrl-C and SIGTERM end them cleanly.

    An archive that another reader made is read again first; `listener` is told how that goes.

    A process can do this once: its event loop ends with it. `overrides` are settings of Scrapy that go before ours.
    """
    process = AsyncCrawlerProcess(_settings(crawls, progress, overrides or {}))
    _quiet_scrapy(verbose)
    first = ReadingAgainFirst(listener)
    crawlers = [process.create_crawler(PortalSpider) for _ in crawls]
    with _signals_as_they_were():
        for crawler, options in zip(crawlers, crawls, strict=True):
            with in_run_of(options.portal):
                process.crawl(crawler, portal=options.portal, options=options, clock=clock, first=first)
        gc.freeze()  # what is loaded by now stays: no need to look through it for every page
        process.start()
    return [_ending(crawler.spider) for crawler in crawlers]


def _quiet_scrapy(verbose: bool) -> None:
    """Scrapy sets DEBUG for itself; and what it warns of while downloading are answers, which are kept as such."""
    logging.getLogger("scrapy").setLevel(logging.INFO if verbose else logging.WARNING)
    logging.getLogger("scrapy.core.downloader").setLevel(logging.INFO if verbose else logging.ERROR)


def _settings(crawls: Sequence[CrawlOptions], progress: bool, overrides: dict[str, Any]) -> Settings:
    """For all crawls of the process: the pause of the portal that wants the longest."""
    settings, delay = Settings(), max(each.delay for each in crawls)
    settings.setmodule("archiver.crawling.settings", priority="project")
    own = {
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_START_DELAY": delay,
        "SHOW_PROGRESS": progress,
        "LOG_INSTALL_ROOT_HANDLER": False,
    }  # whoever calls has set up logging
    if crawls[0].deadline is not None:  # the request under way at the deadline is waited for
        own["DOWNLOAD_TIMEOUT"] = min(settings.getfloat("DOWNLOAD_TIMEOUT"), crawls[0].deadline)
    settings.setdict(own | overrides, priority="cmdline")
    return settings


@contextmanager
def _signals_as_they_were() -> Iterator[None]:
    """Scrapy takes the signals for itself and keeps them."""
    handlers = [signal.getsignal(each) for each in SIGNALS]
    yield
    for each, handler in zip(SIGNALS, handlers, strict=True):
        signal.signal(each, handler)


def _ending(spider: object) -> Ending:
    if isinstance(spider, PortalSpider):
        return spider.ending
    return Ending("failed", "it could not begin; the log above says why")
