"""A few polite requests to a portal: robots.txt, the page, its home page, one article. Pure but for who asks.

Nothing of it is kept in an archive: nobody decided yet that this portal is one to archive.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from archiver.crawling.robots import MOST_HOPS, Robots, rules_of
from archiver.portals.addresses import absolute, as_meant, from_base, is_on, is_page, robots_url, tidy
from archiver.portals.platforms.landmarks import LANDMARKS
from archiver.probing.looking import Look, look, unknown
from archiver.probing.trouble import ProbeError, forbidden, no_answer, refused, too_many_redirects, went_elsewhere
from archiver.store.evidence.captures import Answer

Ask = Callable[[str], Awaitable[Answer]]

MOST_REQUESTS = 8
LONGEST_PAUSE = 20.0  # seconds between two requests, that a person waits out
_MOST_ARTICLES = 2  # that are tried
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(slots=True)
class Visit:
    """What came of it: pages by their roles (`page`, `home`, `article`), and what was left out and why."""

    url: str
    looks: dict[str, Look] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    robots: Robots = field(default_factory=lambda: Robots(None, ""))
    requests: int = 0


class Visitor:
    """One visit. `ask` gives the answer to an address, whatever it is, at a polite pace.

    `captured_at` (aware) is when it begins: dates that count backwards are counted from there.
    """

    def __init__(
        self,
        url: str,
        ask: Ask,
        user_agent: str,
        slow_down: Callable[[float], None] = lambda _: None,
        base_url: str | None = None,
        captured_at: datetime | None = None,
    ) -> None:
        self.portal = unknown(url, LANDMARKS)
        self.url = tidy(self.portal, url)
        self.ask = ask
        self.user_agent = user_agent
        self.slow_down = slow_down
        self.base_url = base_url
        self.captured_at = captured_at
        self.visit = Visit(self.url)

    async def go(self) -> Visit:
        """All of it; raises ProbeError where the page itself is not to be had."""
        await self._robots()
        self.visit.looks["page"] = first = await self._look(self.url)
        if self._may_go_on():
            await self._look_further(first)
        return self.visit

    async def _robots(self) -> None:
        answer, url = await self._followed(robots_url(self.portal), MOST_HOPS)
        if answer.status is None or answer.status >= 500:
            raise no_answer(url, answer)
        self.visit.robots = rules_of(answer, self.user_agent)
        self.slow_down(self.visit.robots.crawl_delay)

    def _may_go_on(self) -> bool:
        """Whether a person would wait for more; says what robots.txt wants."""
        delay = self.visit.robots.crawl_delay
        if delay:
            more = "" if delay <= LONGEST_PAUSE else ": nothing more was asked for"
            self.visit.notes.append(f"robots.txt wants {delay:g} s between two requests{more}")
        return delay <= LONGEST_PAUSE

    async def _look_further(self, first: Look) -> None:
        """The home page, and an article that a list leads to where the page was none."""
        looks = self.visit.looks
        if first.url != self.portal.url:
            await self._look_as("home", self.portal.url)
        if first.page.kind == "article":
            return
        targets = [url for each in looks.values() for url in self._led_to(each)]
        if not targets:
            self.visit.notes.append("no list on these pages leads to an article of this host")
        for target in targets[:_MOST_ARTICLES]:
            if await self._look_as("article", target):
                break

    def _led_to(self, seen: Look) -> list[str]:
        known = {each.url for each in self.visit.looks.values()}
        rows = dict.fromkeys(row.url for row in seen.page.listed)
        return [url for url in rows if url not in known and is_page(self.portal, url)]

    async def _look_as(self, role: str, url: str) -> bool:
        """Whether a page that is looked at besides is to be had: what is wrong with it is said, and ends nothing."""
        try:
            self.visit.looks[role] = await self._look(url)
        except ProbeError as error:
            self.visit.notes.append(error.what)
            return False
        return True

    async def _look(self, url: str) -> Look:
        if not self.visit.robots.allows(url):
            raise forbidden(url)
        answer, reached = await self._followed(url, MOST_HOPS)
        if answer.status is None or not 200 <= answer.status < 300:
            raise no_answer(reached, answer) if answer.status is None else refused(reached, answer)
        return look(answer.body or b"", answer.header("Content-Type"), reached, self.captured_at)

    async def _followed(self, url: str, hops: int) -> tuple[Answer, str]:
        """The answer at an address, or where redirects of the same host lead from there."""
        for _ in range(hops + 1):
            if self.visit.requests >= MOST_REQUESTS:
                raise too_many_redirects(url, MOST_REQUESTS)
            self.visit.requests += 1
            answer = await self.ask(url)
            target = answer.header("Location")
            if answer.status not in _REDIRECTS or not target:
                return answer, url
            url = self._redirected(url, from_base(self.portal, self.base_url, absolute(url, as_meant(target))))
        raise too_many_redirects(url, hops)

    def _redirected(self, url: str, target: str) -> str:
        """Where a redirect leads to, on this host; http and https may be exchanged."""
        if not is_on(self.portal, target):
            raise went_elsewhere(url, target)
        if urlsplit(target).scheme != urlsplit(self.portal.url).scheme:
            self.portal = unknown(urljoin(target, "/"), LANDMARKS)
        return target
