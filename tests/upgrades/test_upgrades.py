"""An archive of every released version opens, is brought up to date, is well, and says the same; a newer one is refused."""

import difflib
import sqlite3
import subprocess
import sys
from contextlib import closing
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from archiver import __version__
from archiver.cli import main
from archiver.portals import PORTALS
from archiver.store.databases.archive_schema import ARCHIVE
from archiver.store.databases.captures_schema import CAPTURES
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.interpretation.readers import reader_version, version_that_read
from tests.upgrades.make import FILES, PLACE, kept_rows, read_in, unpack, versions

EVIDENCE = {
    "captures": "capture_key, captured_at, status, sha256, headers, url",
    "payloads": "sha256, zstd, size",
    "decisions": "decision_key, article_key, decision, reason, decided_at",
}
SIZE = 200_000  # bytes of an archive that is kept


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *line: runner.invoke(main, [str(word) for word in line])


@pytest.fixture(params=versions())
def version(request):
    return request.param


@pytest.fixture
def old(version, tmp_path):
    """The archive of a version as it was left."""
    return unpack(version, tmp_path / "data")


def evidence_in(folder):
    with closing(sqlite3.connect(folder / "captures.db")) as db:
        return {table: sorted(db.execute(f"SELECT {columns} FROM {table}")) for table, columns in EVIDENCE.items()}


def shape_of(db):
    return sorted(
        tuple(row) for row in db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_stat*'")
    )


def test_an_archive_of_every_released_version_is_kept():
    """That of this version is made at its release: see make.py."""
    released = {line.split()[1] for line in changelog() if line.startswith("## ") and line[3].isdigit()}
    assert {"0.1.0"} | released - {__version__} <= set(versions())


def changelog():
    return (PLACE.parents[1] / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def test_it_is_small(version):
    assert sum((PLACE / version / f"{name}.zst").stat().st_size for name in FILES) < SIZE


def test_there_is_something_of_everything_in_it(version):
    tables = {line.partition('"')[2].partition('"')[0] for line in kept_rows(version)}
    assert tables >= {"articles", "revisions", "images", "attachments", "list_rows", "article_events", "withheld"}
    assert any('"gone"' in line for line in kept_rows(version))


def test_it_opens_and_is_brought_up_to_date(old, tmp_path):
    before = evidence_in(old)
    for opened, migrations in ((open_captures, CAPTURES), (open_archive, ARCHIVE)):
        fresh, db = opened(tmp_path / "new"), opened(old)
        assert not migrations.pending(db)
        assert shape_of(db) == shape_of(fresh)
    assert evidence_in(old) == before, "evidence is what it was"


def test_it_is_well_as_it_is(old, run):
    result = run("verify", "--data", old)
    assert result.exit_code == 0, result.output


def test_read_again_it_says_what_its_captures_told(old, version, run):
    result = run("reparse", "--data", old)
    assert result.exit_code == 0, result.output
    changed = difflib.unified_diff(kept_rows(version), list(read_in(old)), "then", "now", n=0)
    assert not list(changed), "if that is meant: python -m tests.upgrades.make --read"
    assert run("verify", "--deep", "--data", old).exit_code == 0


def test_what_another_reader_read_is_read_again_before_anything_is_added(old, version, run, tmp_path):
    with closing(sqlite3.connect(old / "archive.db")) as db:
        db.execute("UPDATE readers SET reader_version = 'older'")
        db.commit()
    (tmp_path / "none.warc").write_bytes(b"")
    result = run("import", tmp_path / "none.warc", "--data", old)
    assert "all is read again first" in result.stderr
    with closing(open_archive(old)) as archive:
        assert version_that_read(archive, PORTALS["demo"]) == reader_version(PORTALS["demo"])
    assert list(read_in(old)) == kept_rows(version)


def test_a_crawl_goes_on_in_it(old, run):
    """Nobody answers: what counts is that all is opened, read again and written to."""
    result = really("crawl", "demo", "--base-url", "http://127.0.0.1:9", "--delay", "0", "--data", old)
    assert result.exit_code in (1, 3), result.output
    assert "Traceback" not in result.output
    assert run("verify", "--data", old).exit_code == 0


def really(*line):
    """A command in a process of its own."""
    line = [sys.executable, "-m", "archiver", *map(str, line)]
    ran = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    return SimpleNamespace(exit_code=ran.returncode, output=ran.stdout + ran.stderr)


LINES = {
    "backup": ["OUT"],
    "crawl": ["demo", "--base-url", "http://127.0.0.1:9", "--delay", "0"],
    "export --warc": ["OUT.warc"],
    "export --csv": ["OUT"],
    "import": ["NONE"],
    "portals": [],
    "reparse": [],
    "restore": ["khoa", "--reason", "x"],
    "serve": ["--port", "0"],
    "snapshot": ["OUT"],
    "status": [],
    "verify": [],
    "verify --deep": [],
    "wayback": ["demo", "--source", "http://127.0.0.1:9/cdx", "--delay", "0"],
    "withhold": ["khoa", "--reason", "x"],
}
"""Each command that opens an archive, and what it cannot do without."""


def test_every_command_that_opens_an_archive_is_among_them():
    opens_none = {"config", "demo", "parse", "probe", "schedule"}
    says_so_itself = {"alert"}  # that an archive cannot be opened is what it is there to tell
    assert {line.partition(" ")[0] for line in LINES} == set(main.commands) - opens_none - says_so_itself


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("command", LINES)
def test_what_a_newer_version_made_is_refused_and_left_as_it_is(run, tmp_path, monkeypatch, command, name):
    monkeypatch.setattr("archiver.site.serving.listen", lambda _: pytest.fail("it is served"))
    data = unpack(versions()[-1], tmp_path / "data")
    with closing(sqlite3.connect(data / name, isolation_level=None)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name) VALUES (?, 'm999_future')",
            (name.removesuffix(".db"),),
        )
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = {name: (data / name).read_bytes() for name in FILES}
    (tmp_path / "none.warc").write_bytes(b"")
    words = {"OUT": tmp_path / "out", "OUT.warc": tmp_path / "out.warc", "NONE": tmp_path / "none.warc"}
    result = (really if command == "crawl" else run)(
        *command.split(), *(words.get(word, word) for word in LINES[command]), "--data", data
    )
    assert result.exit_code == 1, result.output
    assert f"{name} was made by a newer version of this program (m999_future); update the program" in result.output
    assert {name: (data / name).read_bytes() for name in FILES} == before
    assert not any(log.stat().st_size for log in data.glob("*.db-wal")), "nothing waits to be written"
    assert not list(tmp_path.glob("out*/**/*.csv"))
