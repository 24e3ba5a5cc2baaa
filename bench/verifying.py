"""`archiver verify` against SHA-256 alone, over the same bytes."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import zstandard

from bench.children import Spent, spend
from bench.crawling import crawl
from bench.portal_process import PortalProcess
from bench.progress import say


@dataclass(slots=True)
class Verified:
    """Milliseconds of a processor, round by round; of `archiver`, without those of starting up."""

    payloads: int
    bytes: int
    start_up: float  # of `archiver verify`, over an archive of one page
    hashing: list[float] = field(default_factory=list)
    with_reading: list[float] = field(default_factory=list)
    verify: list[float] = field(default_factory=list)
    deep: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Verify / hashing alone: the median of the rounds."""
        return median(one / other for one, other in zip(self.verify, self.hashing, strict=True))

    def rounds(self) -> Sequence[tuple[str, list[float]]]:
        """What was measured, by name."""
        return (
            ("sha256 alone, of bytes in memory", self.hashing),
            ("sha256 of the same bytes, read from a file each", self.with_reading),
            ("archiver verify", self.verify),
            ("archiver verify --deep", self.deep),
        )


def measure(folder: Path, stories: int, rounds: int) -> Verified:
    """Crawl a portal of heavy pages, then verify and hash in turn."""
    say(f"crawling {stories:,} stories that are to be verified")
    with PortalProcess(stories) as portal:
        crawl(portal, folder / "one page", "--limit", "1")
        crawl(portal, folder / "whole")
    (folder / "bodies").mkdir()
    payloads, size = _unpack(folder / "whole", folder / "bodies")
    verified = Verified(payloads, size, median(_verify(folder / "one page") for _ in range(rounds)))
    for number in range(1, rounds + 1):
        say(f"verifying {payloads:,} payloads, round {number} of {rounds}")
        plain = json.loads(spend([sys.executable, "-m", "bench.plain_digests", str(folder / "bodies")]).said)
        verified.hashing.append(plain["hashing"])
        verified.with_reading.append(plain["with reading"])
        verified.verify.append(_verify(folder / "whole") - verified.start_up)
    verified.deep.append(_verify(folder / "whole", "--deep") - verified.start_up)
    return verified


def _unpack(folder: Path, bodies: Path) -> tuple[int, int]:
    """Write every payload into a file that is called by its digest; returns how many, and their bytes."""
    decompressor, count, size = zstandard.ZstdDecompressor(), 0, 0
    with closing(sqlite3.connect(f"file:{folder / 'captures.db'}?mode=ro", uri=True)) as db:
        for digest, packed in db.execute("SELECT sha256, zstd FROM payloads"):
            size += (bodies / digest).write_bytes(decompressor.decompress(packed))
            count += 1
    return count, size


def _verify(folder: Path, *options: str) -> float:
    spent: Spent = spend([sys.executable, "-m", "archiver", "verify", "--data", str(folder), "--json", *options])
    return 1000 * spent.seconds
