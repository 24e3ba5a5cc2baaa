"""Crawls within the process and without a network."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit

from sqlite_utils import Database

from archiver.crawling.judging import LONGEST_PAUSE
from archiver.crawling.options import CrawlOptions
from archiver.crawling.report import Ending
from archiver.crawling.robots import rules_of
from archiver.crawling.session import CrawlSession
from archiver.demo import DemoPortal, DressedPortal
from archiver.demo.responses import Response
from archiver.portals import PORTALS, Portal
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.evidence.captures import Answer
from archiver.store.rebuild.canonical import rows
from tests.driving.clocks import SetClock

DEMO = PORTALS["demo"]
SLOW = 3.0  # seconds of patience


class StoppedError(Exception):
    """Stands for a kill: nothing after it is done."""


class Looking:
    """Looks into the archive that crawls made."""

    folder: Path

    @property
    def archive(self) -> Database:
        return open_archive(self.folder)

    @property
    def captures(self) -> Database:
        return open_captures(self.folder)

    def rows(self) -> list:
        return list(rows(self.archive))

    def count(self, table: str, where: str = "1") -> int:
        return self.archive.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]


class Visitor(Looking):
    """Drives crawls of a portal without a network: what the spider does, in a plain loop, on a clock that is set."""

    def __init__(
        self, portal: DemoPortal | DressedPortal, folder: Path, clock: SetClock | None = None, known: Portal = DEMO
    ) -> None:
        self.portal = portal
        self.known = known
        self.folder = folder
        self.clock = clock or SetClock()
        self.asked: list[tuple[str, str, int]] = []  # method, target, status; of the latest crawl
        self.sent: list[dict[str, str]] = []
        self.at: list[float] = []
        self.cookies: dict[str, str] = {}
        self.answers = self.portal.respond  # tests may put something before it
        self.kill_after: int | None = None  # commits of captures

    def crawl(self, **options) -> Ending:
        """One crawl, from its first request to its last."""
        session = self.begin(**options)
        return session.close(self.run(session))

    def crawl_disturbed(self, dice: Random) -> Ending:
        """Crawls that are killed and limited as the dice say, after pauses, and one that nothing disturbs."""
        for _ in range(8):
            self.kill_after = dice.choice((None, dice.randrange(1, 25)))
            with suppress(StoppedError):
                self.crawl(limit=dice.randrange(1, 25))
            self.clock.pass_by(hours=dice.choice((0, 1, 13)))
        self.kill_after = None
        return self.crawl()

    def begin(self, **options) -> CrawlSession:
        self.asked, self.sent, self.at, self.cookies = [], [], [], {}
        session = CrawlSession(
            self.known,
            CrawlOptions(self.known.key, self.folder, **({"recheck": "none", "file_budget": 0} | options)),
            self.clock,
        )
        session.open({})
        self.cookies = dict(session.cookies)
        session.heed(rules_of(self.ask("GET", "/robots.txt", {}), "archiver"))
        self.asked.clear()
        return session

    def run(self, session: CrawlSession) -> Ending:
        while True:
            if session.is_portal_down:
                return Ending("degraded", "the portal stopped answering")
            if session.seconds_of_pause() > LONGEST_PAUSE.total_seconds():
                return Ending("degraded", "the portal asks to be left alone")
            wanted = session.next(())
            if wanted is None:
                seconds = session.seconds_until_due()
                if seconds is None:
                    return Ending("finished", "nothing left")
                self.clock.pass_by(seconds=max(seconds, 0.001))
                continue
            if session.options.limit is not None and len(self.asked) >= session.options.limit:
                return Ending("limited", "so many")
            self.clock.pass_by(seconds=max(session.options.delay, session.seconds_of_pause()))
            form = session.walker.form_of(wanted)
            answer = self.ask(wanted.method, wanted.address, session.conditions(wanted), form)
            capture = session.keep(wanted, answer)
            if self.kill_after is not None and len(self.asked) >= self.kill_after:
                raise StoppedError
            if session.needs_reading(wanted, answer):
                session.read(wanted, capture)

    def ask(self, method: str, url: str, headers: dict[str, str], form=None) -> Answer:
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode(form).encode() if form else b""
        posted = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        response = self.answers(method, target, headers | {"Cookie": cookies} | posted, body)
        self.asked.append((method, target, response.status))
        self.sent.append(headers)
        self.at.append(self.clock.monotonic())
        self.cookies |= {
            name: value
            for key, cookie in response.headers
            if key == "Set-Cookie"
            for name, value in [cookie.partition(";")[0].split("=", 1)]
        }
        return self.answer_of(response)

    @staticmethod
    def answer_of(response: Response) -> Answer:
        if response.delay > SLOW:
            return Answer(None, "no answer in time: so it is", (), None)
        if response.cut_at is not None:
            return Answer(None, "the answer was cut off: so it is", (), None)
        return Answer(
            response.status, None, response.headers, response.body if response.body or response.status == 200 else None
        )

    def times_asked(self) -> Counter[str]:
        return Counter(target for _, target, _ in self.asked)
