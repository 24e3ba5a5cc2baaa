"""robots.txt: what a portal allows, and how long it wants to be left between two requests.

It is asked for by our own crawl, not by Scrapy's middleware, which takes an error for a permission: while a portal
answers 5xx or not at all, nothing of it is crawled. A page of HTML in its place means that there is none.
"""

from __future__ import annotations

from protego import Protego

from archiver.crawling.options import LONGEST_DELAY
from archiver.store.evidence.captures import Answer

MOST_ATTEMPTS = 3
MOST_HOPS = 5  # redirects, as in RFC 9309
LARGEST = 512 * 1024  # bytes that are looked at, as in RFC 9309


class Robots:
    """The rules of one portal for us."""

    def __init__(self, rules: Protego | None, user_agent: str) -> None:
        self.rules = rules
        self.user_agent = user_agent

    def allows(self, url: str) -> bool:
        """Whether an address, as the portal's own, may be asked for."""
        return self.rules is None or self.rules.can_fetch(url, self.user_agent)

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests that the portal asks for, at most an hour; 0 where it asks for none."""
        return min(float((self.rules.crawl_delay(self.user_agent) if self.rules else None) or 0), LONGEST_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of sitemaps, as the portal writes them there."""
        return tuple(self.rules.sitemaps) if self.rules else ()


def rules_of(answer: Answer, user_agent: str) -> Robots:
    """The rules in an answer below 500: a text has them, anything else has none."""
    text = (answer.body or b"")[:LARGEST].decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")
    is_text = answer.status == 200 and not text.startswith("<")
    return Robots(Protego.parse(text) if is_text else None, user_agent)
