"""Opening files: new ones, old ones, and what is none."""

import sqlite3
import threading

import pytest
from sqlite_utils import Database

from archiver.portals import PORTALS
from archiver.store.databases.archive_schema import ARCHIVE
from archiver.store.databases.captures_schema import CAPTURES
from archiver.store.databases.opening import insert, open_archive, open_captures, read_captures, writing
from archiver.store.ground.errors import DataFolderError
from archiver.store.interpretation.readers import is_read_by_another, reader_version
from tests.store.conftest import DEMO, Evidence, article, url


@pytest.mark.parametrize(("opened", "migrations"), [(open_captures, CAPTURES), (open_archive, ARCHIVE)])
def test_a_file_is_made_and_opened_again(tmp_path, opened, migrations):
    folder = tmp_path / "new" / "data"
    db = opened(folder)
    tables = set(db.table_names())
    db.close()
    db = opened(folder)
    assert set(db.table_names()) == tables
    assert not migrations.pending(db)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(("opened", "migrations"), [(open_captures, CAPTURES), (open_archive, ARCHIVE)])
def test_an_older_file_is_brought_up_to_date_with_all_it_holds(tmp_path, opened, migrations):
    names = [each.name for each in migrations.applied(opened(tmp_path / "new"))]
    for count in range(1, len(names)):
        folder = tmp_path / str(count)
        folder.mkdir()
        file = folder / ("captures.db" if opened is open_captures else "archive.db")
        old = sqlite3.connect(file)
        fresh = opened(tmp_path / "new")
        older = type(fresh)(old)
        migrations.apply(older, stop_before=names[count])
        old.commit()
        old.close()
        db = opened(folder)
        assert [each.name for each in migrations.applied(db)] == names
        assert db.schema == fresh.schema


def test_an_archive_from_before_texts_were_known_elsewhere_is_read_again(tmp_path):
    old = sqlite3.connect(tmp_path / "archive.db")
    ARCHIVE.apply(Database(old), stop_before="m017_texts_known_elsewhere")
    old.execute("INSERT INTO captures (capture_key, portal) VALUES ('c', 'demo')")
    old.execute("INSERT INTO readers (portal, reader_version) VALUES ('demo', ?)", (reader_version(PORTALS["demo"]),))
    old.commit()
    old.close()
    assert is_read_by_another(open_archive(tmp_path), DEMO)


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "archive.db").write_bytes(b"This is a letter, no database. " * 100)
    with pytest.raises(DataFolderError, match=r"archive\.db cannot be opened: file is not a database"):
        open_archive(tmp_path)


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(DataFolderError, match="cannot be opened"):
        open_captures(tmp_path / "data")


def test_a_transaction_is_whole_or_not_at_all(tmp_path):
    db = open_captures(tmp_path)

    def interrupted():
        with writing(db):
            insert(db, "payloads", {"sha256": "a"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert db.table("payloads").count == 0
    assert not db.conn.in_transaction


def test_a_writer_waits_for_another(tmp_path):
    one, done = open_captures(tmp_path), threading.Event()

    def other():
        db = open_captures(tmp_path)
        with writing(db):
            insert(db, "payloads", {"sha256": "b"})
        done.set()

    with writing(one):
        insert(one, "payloads", {"sha256": "a"})
        thread = threading.Thread(target=other)
        thread.start()
        assert not done.wait(0.3)
    thread.join(10)
    assert done.is_set()
    assert one.table("payloads").count == 2


def test_readers_read_on_while_a_crawl_writes(tmp_path):
    evidence = Evidence(tmp_path)
    evidence.see("a", article())
    reader = sqlite3.connect(f"file:{tmp_path / 'archive.db'}?mode=ro", uri=True)
    with writing(evidence.archive):
        evidence.archive.execute("UPDATE articles SET title = 'x'")
        assert reader.execute("SELECT title FROM articles").fetchall() == [("Thị xã họp",)]
    assert reader.execute("SELECT url FROM articles").fetchall() == [(url("a"),)]


@pytest.mark.parametrize(("opened", "migrations"), [(open_captures, CAPTURES), (open_archive, ARCHIVE)])
def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path, opened, migrations):
    db = opened(tmp_path)
    insert(db, "_sqlite_migrations", {"migration_set": migrations.name, "name": "m999_future", "applied_at": "2030"})
    db.close()
    with pytest.raises(DataFolderError, match=r"made by a newer version of this program \(m999_future\)"):
        opened(tmp_path)


def test_what_was_not_followed_is_no_longer_said_to_be_not_fetched(tmp_path):
    older = Database(sqlite3.connect(tmp_path / "archive.db", isolation_level=None))
    ARCHIVE.apply(older, stop_before="m014_not_followed")
    for key, reason in (("1", "robots.txt forbids it"), ("2", "HTTP 404")):
        older["problems"].insert({"problem_key": key, "stage": "fetch", "reason": reason, "resolved": 0})
    older.close()
    assert [row["reason"] for row in open_archive(tmp_path)["problems"].rows] == ["HTTP 404"]


def test_evidence_that_is_read_cannot_be_written(tmp_path):
    assert read_captures(tmp_path) is None, "nothing is made where nothing is"
    assert not list(tmp_path.iterdir())
    open_captures(tmp_path).close()
    evidence = read_captures(tmp_path)
    assert evidence.execute("SELECT count(*) FROM captures").fetchone() == (0,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        evidence.execute("INSERT INTO payloads (sha256) VALUES ('x')")
    evidence.close()
