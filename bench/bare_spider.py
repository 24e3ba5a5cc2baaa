"""Scrapy alone: `python -m bench.bare_spider FILE BASE_URL CONCURRENCY`.

It makes every request in FILE and nothing of the answers.
Its settings are Scrapy's own but for what is said in SETTINGS: nothing waits, nothing is logged, nothing listens.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

SETTINGS = {
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": False,
    "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}
AS_IT_COMES = {"dont_redirect": True, "handle_httpstatus_all": True}  # each answer to the callback, once


class BareSpider(Spider):
    """Downloads, and makes nothing of it."""

    name = "bare"

    def __init__(self, requests: list[tuple[str, str]], base_url: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.requests = requests
        self.base_url = base_url

    async def start(self) -> AsyncIterator[Request]:
        """Every request of the list; forms are posted without their state, each different from the others."""
        for number, (method, target) in enumerate(self.requests):
            body = f"number={number}" if method == "POST" else None
            yield Request(self.base_url + target, method=method, body=body, meta=AS_IT_COMES)

    def parse(self, response: Response) -> None:
        """Nothing."""


def main(file: str, base_url: str, concurrency: str) -> None:
    """Crawl."""
    limits = dict.fromkeys(("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN"), int(concurrency))
    process = AsyncCrawlerProcess(SETTINGS | limits)
    process.crawl(BareSpider, requests=json.loads(Path(file).read_text(encoding="utf-8")), base_url=base_url)
    process.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
