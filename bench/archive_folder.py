"""What a crawl keeps on disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """The two files of a data folder, in bytes of a page: one answer with status 200 that is no robots.txt."""

    pages: int
    page: float  # as it came
    payload: float  # as it is kept
    captures_db: float  # with its payloads
    archive_db: float

    @property
    def together(self) -> float:
        """Both files."""
        return self.captures_db + self.archive_db


def kept_in(folder: Path) -> Kept:
    """Measure a folder after a crawl has folded its files up."""
    with closing(sqlite3.connect(f"file:{folder / 'captures.db'}?mode=ro", uri=True)) as db:
        pages, size, payload = db.execute(
            "SELECT count(*), sum(size), sum(length(zstd)) FROM captures JOIN payloads USING (sha256)"
            " WHERE status = 200 AND url NOT LIKE '%/robots.txt'"
        ).fetchone()
    files = [_size_of(folder, name) / pages for name in ("captures.db", "archive.db")]
    return Kept(pages, size / pages, payload / pages, *files)


def _size_of(folder: Path, name: str) -> int:
    """A database with its write-ahead log, if one is left."""
    return sum(file.stat().st_size for file in folder.glob(f"{name}*"))
