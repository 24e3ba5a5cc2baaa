"""Show how far a crawl is; what is known to be waiting is its end."""

from __future__ import annotations

from scrapy import signals
from scrapy.crawler import Crawler

from archiver.crawling.spiders.portal import PortalSpider
from archiver.progress import Progress

_BETWEEN_COUNTS = 0.5  # seconds between two questions for how much is waiting


class ShowProgress:
    """Follows the portal spider's answers. Silent unless `SHOW_PROGRESS` is set."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.progress: Progress | None = None
        self.waiting = 0
        self.last_count = float("-inf")
        if crawler.settings.getbool("SHOW_PROGRESS"):
            crawler.signals.connect(self.step, signal=signals.item_scraped)
            crawler.signals.connect(self.end, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ShowProgress:
        """Scrapy makes its extensions so."""
        return cls(crawler)

    def step(self) -> None:
        """One more answer is kept and read."""
        spider = self.crawler.spider
        if not isinstance(spider, PortalSpider):
            return
        if self.progress is None:
            self.progress = Progress(spider.portal.key, "requests", spider.clock)
        now = spider.clock.monotonic()
        if now - self.last_count >= _BETWEEN_COUNTS:
            self.waiting, self.last_count = spider.session.still_to_ask, now
        done = spider.session.counts.answered
        self.progress.show(done, done + self.waiting, f"{spider.session.reader.tally.new} new articles")

    def end(self) -> None:
        """The crawl is over."""
        if self.progress is not None:
            self.progress.end()
