"""Two stations for every answer: it is kept, then it is read. The session of the crawl does both."""

from __future__ import annotations

import sqlite3

from scrapy.crawler import Crawler

from archiver.crawling.fetched import Fetched
from archiver.crawling.spiders.portal import PortalSpider


class _Station:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Station:
        """Scrapy makes its pipelines so."""
        return cls(crawler)

    @property
    def spider(self) -> PortalSpider:
        if not isinstance(self.crawler.spider, PortalSpider):
            raise TypeError("these pipelines serve the portal spider alone")
        return self.crawler.spider


class KeepCapture(_Station):
    """Evidence first: the capture is committed before anything is read."""

    def process_item(self, item: Fetched) -> Fetched:
        """Keep the answer."""
        try:
            item.capture = self.spider.session.keep(item.wanted, item.answer)
        except sqlite3.Error as error:
            self.spider.give_up(error)
        return item


class ReadPage(_Station):
    """What the capture says goes to the frontier and to the archive."""

    def process_item(self, item: Fetched) -> Fetched:
        """Read the capture, if the answer is final; then the spider may go on."""
        session = self.spider.session
        try:
            if item.capture is not None and session.needs_reading(item.wanted, item.answer):
                session.read(item.wanted, item.capture, item.answer.body)
        except sqlite3.Error as error:
            self.spider.give_up(error)
        self.spider.release(item.wanted)
        return item
