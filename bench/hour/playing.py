"""The hour itself: towns on loopback, each crawled once before, then turns of `archiver crawl`, begun by a timer."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bench.children import ROOT
from bench.hour.clock import WINDING, FastClock
from bench.hour.timer import Keeper, Timer, printed_timer
from bench.hour.towns import START, Lively, NeverDone, Rhythm, planned
from bench.resident import Peak
from tests.driving.towns import Silent, Towns

DELAY = 0.25  # real seconds between two requests: four times as fast as a portal on a network is asked
DEADLINE_MINUTES = 0.75  # real ones
PAGE_BUDGET = 90
_BETWEEN_LOOKS = 0.1  # real seconds
_NEW_FOR_NEVER_DONE = Rhythm(60, 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is played, and how fast."""

    rhythms: tuple[Rhythm, ...]
    minutes: float = 60  # that the clock shows
    rate: float = 15

    @property
    def end(self) -> datetime:
        """When it is over."""
        return START + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Town:
    """A portal of the hour; `rhythm` is null for one that is ill."""

    key: str
    kind: str
    portal: object
    rhythm: Rhythm | None
    news: tuple[datetime, ...]  # when it published or was going to


@dataclass(slots=True)
class Played:
    """What was seen from outside."""

    scale: Scale
    timer: Timer
    towns: list[Town]
    turns: int = 0
    passed_over: int = 0  # ticks at which a turn was still going on
    statuses: list[int] = field(default_factory=list)  # exit statuses of the turns
    peak: Peak = field(default_factory=Peak)
    seconds: float = 0.0
    asked: dict[str, list[float]] = field(default_factory=dict)  # real seconds of all requests but robots.txt


class Stage:
    """The towns and the clock that they share with the program."""

    def __init__(self, folder: Path, scale: Scale, say: Callable[[str], None]) -> None:
        self.scale, self.say = scale, say
        self.clock = FastClock(time.time(), START, 1)
        self.towns = list(self._made())
        self.served = Towns(folder, [town.portal for town in self.towns], WINDING)
        self.served.environment["PYTHONPATH"] += f":{ROOT}"
        self.played = Played(scale, printed_timer(), self.towns)

    def _made(self):  # type: ignore[no-untyped-def]
        yield Town("town-1", "never answers", Silent(), None, ())
        for number, rhythm in enumerate((_NEW_FOR_NEVER_DONE, *self._rhythms()), 2):
            plan = planned(rhythm, number, self.scale.minutes)
            kind, made, own = ("well", Lively, rhythm) if number > 2 else ("never done", NeverDone, None)
            portal = made(plan, lambda: self.clock.now())
            yield Town(f"town-{number}", kind, portal, own, tuple(story.listed_at for story in plan))

    def _rhythms(self) -> list[Rhythm]:
        return [rhythm for rhythm in self.scale.rhythms for _ in range(rhythm.portals)]

    def play(self) -> Played:
        """All of it."""
        self.served.configure(
            lambda _: f"delay = {DELAY}",
            f"deadline_minutes = {DEADLINE_MINUTES}\npage_budget = {PAGE_BUDGET}\nfile_budget = 0\n",
        )
        try:
            self._before()
            self._hour()
        finally:
            self.served.end()
        return self.played

    def _before(self) -> None:
        """Each well town's crawl before the hour, at such a time that the next is due within it."""
        dice = Random("hour")
        moments = {}
        for town in self.towns:
            if town.rhythm is not None:
                interval = town.rhythm.interval
                within = min(interval, timedelta(minutes=self.scale.minutes))
                moments[town.key] = START + dice.random() * within - interval
        for key, at in sorted(moments.items(), key=lambda pair: pair[1]):
            self.say(f"{key} as of {at:%Y-%m-%d %H:%M}")
            self.clock = FastClock(time.time(), at, 1)
            ran = subprocess.run(
                self.served.line("crawl", key, "--delay", "0"),
                env=self.served.environment | self.clock.as_variable(),
                capture_output=True,
                text=True,
                check=False,
            )
            if ran.returncode:
                raise RuntimeError(f"{key} before the hour: {ran.returncode}, {ran.stdout} {ran.stderr}")

    def _hour(self) -> None:
        began = time.monotonic()
        since = {town.key: len(served.requests) for town, served in zip(self.towns, self.served.served, strict=True)}
        self.clock = FastClock(time.time(), START, self.scale.rate)
        self.say(f"an hour in {self.scale.minutes * 60 / self.scale.rate:.0f} s")
        ticks = self.played.timer.ticks(START, self.scale.end, Random("ticks"))
        running: list[subprocess.Popen[bytes]] = []
        environment = self.served.environment | self.clock.as_variable()

        def begin() -> None:
            with (self.served.folder / "said").open("ab") as said:
                running.append(
                    subprocess.Popen(self.served.line("crawl", "--json"), env=environment, stdout=said, stderr=said)
                )

        def goes_on() -> bool:
            return bool(running) and running[-1].poll() is None

        keeper = Keeper(ticks, begin, goes_on)
        while keeper.next is not None or goes_on() or self.clock.now() < self.scale.end:
            keeper.look(self.clock.now())
            if goes_on():
                self.played.peak.look(running[-1].pid)
            time.sleep(_BETWEEN_LOOKS)
        self.played.turns, self.played.passed_over = keeper.begun, keeper.passed_over
        self.played.statuses = [process.returncode for process in running]
        self.played.seconds = time.monotonic() - began
        for town, served in zip(self.towns, self.served.served, strict=True):
            asked = served.requests[since[town.key] :]
            self.played.asked[town.key] = [each.at for each in asked if each.target != "/robots.txt"]
