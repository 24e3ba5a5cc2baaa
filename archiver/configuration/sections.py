"""The sections of the configuration: every key with its meaning, its default and its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from archiver.configuration.keys import ADDRESS, SUFFIX, VARIABLE, key
from archiver.crawling.options import (
    FILE_BUDGET,
    LEAST_MEMORY,
    LONGEST_DELAY,
    LONGEST_INTERVAL,
    MOST_MEMORY,
    POLITE_DELAY,
    RECHECK_BUDGET,
    SHORTEST_INTERVAL,
)

_DAY = 24 * 60  # minutes
_MUCH = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a portal is crawled, how fast, and how far one run may go."""

    delay: float = key(POLITE_DELAY, "Seconds between two requests to a portal.", POLITE_DELAY, LONGEST_DELAY)
    deadline_minutes: float = key(
        60.0, "Minutes after which a run ends cleanly; the next one goes on from there.", 0.01, _DAY
    )
    memory_mb: int = key(512, "Megabytes in use at which a run ends cleanly.", LEAST_MEMORY, MOST_MEMORY)
    page_budget: int = key(3000, "Requests after which a run ends cleanly.", 1, _MUCH)
    recheck_budget: int = key(RECHECK_BUDGET, "Known articles that one run asks for again.", 0, _MUCH)
    file_budget: int = key(FILE_BUDGET, "Pictures and documents that one run fetches.", 0, _MUCH)
    shortest_interval_minutes: float = key(
        SHORTEST_INTERVAL, "Minutes from the start of a run to the next of that portal, at least.", 15, _DAY
    )
    longest_interval_minutes: float = key(
        LONGEST_INTERVAL, "Minutes from the start of a run to the next of that portal, at most.", 15, _DAY
    )

    @property
    def deadline(self) -> float:
        """Seconds."""
        return self.deadline_minutes * 60

    @property
    def shortest_interval(self) -> timedelta:
        """From the start of a run to that of the next, at least."""
        return timedelta(minutes=self.shortest_interval_minutes)

    @property
    def longest_interval(self) -> timedelta:
        """The same, at most."""
        return timedelta(minutes=self.longest_interval_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawling:
    """`[crawl]`."""

    jobs: int = key(4, "Portals that are crawled at a time, each by a process of its own.", 1, 64)
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalChoice:
    """`[portals.NAME]`: what is wanted of one portal. Its pace is that of `[crawl]` where it says nothing else."""

    enabled: bool = key(
        True,
        "Whether `archiver crawl` without a name crawls it. Portals that `archiver portals` calls “on request” are"
        " crawled so only where they have a section here.",
    )
    base_url: str = key("", "Connect there instead of to the portal.", pattern=ADDRESS)
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """`[alerts]`: whom to tell, and of what."""

    urls_env: str = key(
        "ARCHIVER_ALERT_URLS",
        "The environment variable that holds the addresses to tell, for they are secrets.",
        pattern=VARIABLE,
        is_secret=True,
    )
    disk_floor_gb: float = key(2.0, "Gigabytes free on the disk, below which somebody is told.", 0, _MUCH)
    silent_intervals: float = key(
        3.0, "Intervals of a portal without a good run, after which somebody is told.", 1, 1000
    )
    backup_hours: float = key(
        48.0, "Hours without a good backup, after which somebody is told; much, where none is wanted.", 1, _MUCH
    )
    snapshot_hours: float = key(48.0, "The same of snapshots, once one was made or tried.", 1, _MUCH)
    many_missing: int = key(
        20, "Articles of a portal that go missing within a day, of which somebody is told.", 1, _MUCH
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """`[heartbeat]`: an address that is asked after every turn, so that its silence tells."""

    url_env: str = key(
        "ARCHIVER_HEARTBEAT_URL",
        "The environment variable that holds the address to ask, for it is a secret.",
        pattern=VARIABLE,
        is_secret=True,
    )
    start_suffix: str = key(
        "",
        "Put behind that address when a turn begins: /start at healthchecks.io; with nothing, the begin is not told.",
        pattern=SUFFIX,
    )
    fail_suffix: str = key(
        "",
        "Put behind that address after a turn that failed: /fail at healthchecks.io; with nothing, its silence tells.",
        pattern=SUFFIX,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """All that an operator may say."""

    crawl: Crawling = field(default_factory=Crawling)
    portals: Mapping[str, PortalChoice] = field(default_factory=lambda: MappingProxyType({}))
    alerts: Alerts = field(default_factory=Alerts)
    heartbeat: Heartbeat = field(default_factory=Heartbeat)
    file: str | None = None  # where it was said; null where nothing was
    complaint: str | None = None  # why it could not be understood; only `find_alerts` gives such a one

    def of(self, portal: str) -> PortalChoice:
        """What is wanted of a portal, by its key, whether it is named or not."""
        return self.portals.get(portal) or PortalChoice(pace=self.crawl.pace)
