"""An errand: one crawl of one portal, as a process can be told it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from archiver.crawling.options import CrawlOptions


@dataclass(frozen=True, slots=True)
class Errand:
    """What a process is to do, and how long it may take."""

    portal: str
    line: tuple[str, ...]  # the program and its arguments
    seconds: float  # after which it ends by itself


def errand(options: CrawlOptions, log: str = "text", config: Path | None = None) -> Errand:
    """The crawl that options mean; they have a deadline. `log` is how its log is written.

    `config` is the configuration's file, if one was named: how often a portal is crawled, the run finds there itself.

    >>> from pathlib import Path
    >>> " ".join(errand(CrawlOptions("demo", Path("data"), deadline=60, full=True)).line[1:])
    '-m archiver crawl demo --json --data data --recheck due --delay 1.0 --recheck-budget 1000 --file-budget 500
     --deadline 60 --full'
    """
    if options.deadline is None:
        raise ValueError("a crawl that nobody watches needs a deadline")
    line = [sys.executable, "-m", "archiver", "crawl", options.portal, "--json", "--data", str(options.folder)]
    for name in ("base_url", "recheck", "limit", "delay", "recheck_budget", "file_budget", "deadline", "memory"):
        if (value := getattr(options, name)) is not None:
            line += [f"--{name.replace('_', '-')}", str(value)]
    line += ["--full"] if options.full else []
    line += ["--log", log] if log != "text" else []
    line += ["--config", str(config)] if config is not None else []
    return Errand(options.portal, tuple(line), options.deadline)
