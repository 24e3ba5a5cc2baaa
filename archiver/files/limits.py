"""How much of a file is read: a file may claim anything."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond `file_bytes` and `unpacked_bytes` a file is not read at all; beyond the others, the rest of it is not.

    `seconds` and `memory_bytes` are kept by `archiver.extraction` alone: no function can watch itself.
    """

    file_bytes: int = 64 * MEGABYTE
    unpacked_bytes: int = 256 * MEGABYTE  # of the parts that are read, as they claim and as they turn out
    pages: int = 2000
    cells: int = 2_000_000  # empty ones too
    characters: int = 5_000_000
    seconds: int = 60
    memory_bytes: int = 1024 * MEGABYTE


LIMITS = Limits()
