"""A database in the place of another."""

import sqlite3

import pytest

from archiver.store.databases import opening as database
from archiver.store.databases.opening import copy_into, open_archive
from archiver.store.ground.errors import DataFolderError
from archiver.store.ground.locks import REBUILDING, whole_folder


@pytest.fixture
def two(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    one, other = open_archive(tmp_path / "one"), open_archive(tmp_path / "other")
    one.execute("CREATE TABLE mark (name TEXT)")
    return one, other


def test_all_of_it_is_there(two):
    copy_into(*two)
    assert "mark" in two[1].table_names()


def test_a_file_that_another_program_writes_to_is_not_waited_for_without_end(two, tmp_path):
    holder = sqlite3.connect(tmp_path / "other" / "archive.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DataFolderError, match=r"another program is writing to .*other/archive\.db; it stays as it is"):
        copy_into(*two)
    holder.execute("ROLLBACK")
    assert "mark" not in two[1].table_names()
    copy_into(*two)
    assert "mark" in two[1].table_names()


def test_what_a_killed_rebuild_left_goes_with_the_next(tmp_path):
    left = tmp_path / f"{REBUILDING}abc"
    left.mkdir()
    (left / "archive.db").write_bytes(b"half an archive")
    with whole_folder(tmp_path):
        assert not left.exists()
