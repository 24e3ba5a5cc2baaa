"""What a person can say about one crawl."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

Recheck = Literal["due", "all", "none"]
RECHECKS: tuple[Recheck, ...] = ("due", "all", "none")
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
POLITE_DELAY = 1.0  # seconds between two requests to a portal
LONGEST_DELAY = 3600.0
LARGEST_ANSWER = 64 * 1024 * 1024  # bytes of a page that is kept, wherever it comes from
LARGEST_FILE = 32 * 1024 * 1024  # bytes of a picture or document
FILE_BUDGET = 500  # pictures and documents in one run
RECHECK_BUDGET = 1000  # articles: at one request a second, some 17 minutes of a run
SHORTEST_INTERVAL = 15.0  # minutes from the start of a run to that of the next of its portal
LONGEST_INTERVAL = 1440.0
LEAST_MEMORY = 128  # megabytes; a run that has done nothing holds about 90
MOST_MEMORY = 1_000_000
CONTACT_VARIABLE = "ARCHIVER_CONTACT"  # of the environment: whom a portal's people can ask
_HOST = re.compile(r"[\w.:-]+")  # of any script, or numbers


class UsageError(Exception):
    """Something that was said cannot be meant; the message says what and what to do."""


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """One crawl of one portal."""

    portal: str
    folder: Path
    base_url: str | None = None  # where to connect instead of the portal
    full: bool = False  # ignore validators, and walk every list to its end
    recheck: Recheck = "due"  # which articles that are known are asked for again
    limit: int | None = None  # requests
    delay: float = POLITE_DELAY
    recheck_budget: int = RECHECK_BUDGET  # articles that are asked for again in one run
    file_budget: int = FILE_BUDGET  # pictures and documents that are asked for in one run
    deadline: float | None = None  # seconds after which a run ends
    memory: int | None = None  # megabytes in use at which it ends
    # Between the starts of two runs, and between two looks at what is new within one. They are written down with the
    # run, for whoever asks what is due.
    shortest_interval_minutes: float = SHORTEST_INTERVAL
    longest_interval_minutes: float = LONGEST_INTERVAL

    def checked(self) -> CrawlOptions:
        """The same options; raises UsageError if they cannot be meant."""
        if self.base_url is not None and not is_address(self.base_url):
            raise UsageError(f"--base-url must begin with http:// or https:// and name a host, not {self.base_url!r}")
        if self.recheck not in RECHECKS:
            raise UsageError(f"--recheck is one of {', '.join(RECHECKS)}, not {self.recheck!r}")
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"--limit counts requests, at least 1, not {self.limit}")
        if self.recheck_budget < 0:
            raise UsageError(f"--recheck-budget counts articles, not {self.recheck_budget}")
        if self.file_budget < 0:
            raise UsageError(f"--file-budget counts pictures and documents, not {self.file_budget}")
        if self.deadline is not None and not 0 < self.deadline < float("inf"):
            raise UsageError(f"--deadline counts seconds, more than 0, not {self.deadline:g}")
        if self.memory is not None and not LEAST_MEMORY <= self.memory <= MOST_MEMORY:
            raise UsageError(f"--memory counts megabytes, {LEAST_MEMORY} to {MOST_MEMORY:,}, not {self.memory}")
        if not 0 <= self.delay <= LONGEST_DELAY:
            raise UsageError(f"--delay counts seconds, at most {LONGEST_DELAY:g}, not {self.delay}")
        if self.delay < POLITE_DELAY and not self.is_on_loopback:
            raise UsageError(
                f"--delay {self.delay:g} is less than a portal can be asked to bear: at least {POLITE_DELAY:g} second"
                " between two requests (less only with --base-url on this machine)"
            )
        return self

    @property
    def is_on_loopback(self) -> bool:
        """Whether the connection stays on this machine."""
        return (urlsplit(self.base_url or "").hostname or "") in LOOPBACK

    def as_settings(self) -> dict[str, object]:
        """What is written down with the run: all but the place of the data."""
        return {name: value for name, value in asdict(self).items() if name not in ("portal", "folder")}


def is_address(url: str) -> bool:
    """Whether a text is a whole address of the web, with a host and a port that can be.

    >>> [is_address(url) for url in ("http://x/", "https://x:8000", "http://[bad", "http://x:99999/", "http://a b/")]
    [True, True, False, False, False]
    >>> is_address("http://[::1]:80/"), is_address("https://thịxã.vn"), is_address('http://x"+print()+"/')
    (True, True, False)
    """
    try:
        url.encode()
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and parts.port != 0 and bool(_HOST.fullmatch(parts.hostname or ""))
    except ValueError:  # a port that is none, half an address of IPv6, bytes that are not UTF-8
        return False
