"""Small archives as released versions left them, and what is read in them now.

    python -m tests.upgrades.make             at a release: keep an archive of this version, once and for all
    python -m tests.upgrades.make --read      after reading was changed on purpose: write anew what is read in each

An archive of a version that was released is never made anew; what `--read` changes is for a person to look at (git diff).
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import zstandard

from archiver import __version__
from archiver.clock import stamp
from archiver.demo import DemoPortal, stories
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.decisions.deciding import Order, decide
from archiver.store.rebuild.canonical import rows
from archiver.store.rebuild.rereading import NOBODY, reparse
from tests.demo.conftest import NOW
from tests.driving.clocks import SetClock
from tests.driving.visitor import Visitor

PLACE = Path(__file__).parent
FILES = ("captures.db", "archive.db")
ROWS = "rows.jsonl"


def versions() -> list[str]:
    """The versions of which an archive is kept."""
    return sorted(each.name for each in PLACE.iterdir() if (each / f"{FILES[0]}.zst").exists())


def unpack(version: str, folder: Path) -> Path:
    """The archive of a version, as it was left, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        packed = (PLACE / version / f"{name}.zst").read_bytes()
        (folder / name).write_bytes(zstandard.ZstdDecompressor().decompress(packed))
    return folder


def read_in(folder: Path) -> Iterator[str]:
    """What an archive says, a row on a line."""
    with closing(open_archive(folder)) as archive:
        for table, row in rows(archive):
            yield json.dumps([table, *row], ensure_ascii=False) + "\n"


def kept_rows(version: str) -> list[str]:
    """What was read in the archive of a version, as a person looked at it."""
    return (PLACE / version / ROWS).read_text(encoding="utf-8").splitlines(keepends=True)


def live_for_a_while(folder: Path) -> None:
    """A portal is crawled, an article edited, one removed, one withheld; files are fetched; lists move."""
    visitor = Visitor(DemoPortal(stories(7), lambda: NOW, faults=False), folder, SetClock())
    visitor.crawl(file_budget=3)
    truth = visitor.portal.truth().stories
    visitor.portal.edit(truth[1].url, title="Một tiêu đề đã được sửa lại")
    visitor.portal.remove(truth[2].url)
    for recheck in ("all", "due", "due"):
        visitor.clock.pass_by(days=8)
        visitor.crawl(recheck=recheck, file_budget=3)
    with closing(open_archive(folder)) as archive:
        (key,) = archive.execute("SELECT article_key FROM articles WHERE url = ?", (truth[3].url,)).fetchone()
    decide(folder, Order("withhold", key, "một người xin gỡ", "personal data"), visitor.clock, NOBODY)


def make(version: str) -> None:
    """Keep an archive of this version."""
    if (PLACE / version).exists():
        sys.exit(f"an archive of {version} is kept already; raise archiver.__version__ first")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        live_for_a_while(folder)
        (PLACE / version).mkdir()
        for name in FILES:
            with closing(sqlite3.connect(folder / name)) as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            packed = zstandard.ZstdCompressor(level=19).compress((folder / name).read_bytes())
            (PLACE / version / f"{name}.zst").write_bytes(packed)
    read(version)


def read(version: str) -> None:
    """Write down what is read in the archive of a version now."""
    with tempfile.TemporaryDirectory() as place:
        folder = unpack(version, Path(place))
        open_captures(folder).close()
        reparse(folder, PORTALS.values(), stamp(SetClock().now()), NOBODY)
        (PLACE / version / ROWS).write_text("".join(read_in(folder)), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--read"]:
        for each in versions():
            read(each)
    else:
        make(__version__)
