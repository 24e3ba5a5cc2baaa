"""What the world does to a file is told apart from what we do wrong ourselves."""

import errno
import sqlite3

import pytest

from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.ground.errors import DataFolderError, trouble


def error_of(db, *statements):
    *before, last = statements
    for statement in before:
        db.execute(statement)
    with pytest.raises(sqlite3.Error) as raised:
        db.execute(last)
    return raised.value


@pytest.fixture
def db(tmp_path):
    return sqlite3.connect(tmp_path / "any.db", isolation_level=None, timeout=0.01)


def test_a_full_disk(db):
    error = error_of(db, "PRAGMA max_page_count = 1", "CREATE TABLE t (a)")
    assert trouble(error) == "there is no space left for the archive (database or disk is full)"
    assert trouble(OSError(errno.EDQUOT, "Disk quota exceeded")).startswith("there is no space left")


def test_a_locked_file(db, tmp_path):
    other = sqlite3.connect(tmp_path / "any.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert trouble(error_of(db, "BEGIN IMMEDIATE")).startswith("another program keeps a file of the archive to itself")
    other.execute("ROLLBACK")


def test_a_file_that_may_not_be_written_to(db, tmp_path):
    db.execute("CREATE TABLE t (a)")
    only = sqlite3.connect(f"file:{tmp_path / 'any.db'}?mode=ro", uri=True, isolation_level=None)
    assert "may not be written to" in trouble(error_of(only, "INSERT INTO t VALUES (1)"))


def test_a_damaged_file(db, tmp_path):
    db.execute("CREATE TABLE t (a)")
    db.execute("INSERT INTO t VALUES (1)")
    db.close()
    raw = bytearray((tmp_path / "any.db").read_bytes())
    raw[4096:4104] = b"\xff" * 8
    (tmp_path / "any.db").write_bytes(raw)
    again = sqlite3.connect(tmp_path / "any.db", isolation_level=None)
    assert "is damaged; `archiver verify` says where" in trouble(error_of(again, "SELECT * FROM t"))


@pytest.mark.parametrize("mistake", ["SELECT titel FROM t", "INSERT INTO t VALUES (NULL)", "SELECT"])
def test_our_own_mistakes_are_none_of_the_world(db, mistake):
    db.execute("CREATE TABLE t (a NOT NULL)")
    assert trouble(error_of(db, mistake)) is None
    assert trouble(FileNotFoundError(errno.ENOENT, "No such file or directory")) is None


def test_a_file_that_is_only_held_is_not_to_be_thrown_away(tmp_path, monkeypatch):
    monkeypatch.setattr("archiver.store.databases.opening.PATIENCE", 0.01)
    for opened, name in ((open_archive, "archive.db"), (open_captures, "captures.db")):
        opened(tmp_path).close()
        holder = sqlite3.connect(tmp_path / name, isolation_level=None)
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DataFolderError, match=rf"{name} cannot be opened: database is locked$"):
            opened(tmp_path)
        holder.close()
