"""That a fault run would see what it is there to see."""

import shutil
from pathlib import Path
from random import Random

import pytest

from archiver.demo import DemoPortal, stories
from archiver.store.databases.opening import open_archive, open_captures
from bench.faults.comparing import Compared, compare
from bench.faults.killing import spread
from bench.faults.scenes import Scene
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "data"
    Visitor(DemoPortal(stories(20), lambda: NOW, faults=False), folder).crawl()
    return folder


@pytest.fixture
def scene(whole, tmp_path):
    return Scene("crawl", ("crawl", "demo"), tmp_path / "before", whole, 1.0, 0.5)


@pytest.fixture
def folder(whole, tmp_path):
    return Path(shutil.copytree(whole, tmp_path / "data"))


def changed(folder, *changes, opened=open_archive):
    db = opened(folder)
    db.execute("PRAGMA foreign_keys = OFF")
    for change in changes:
        db.execute(change)
    db.close()


def test_a_copy_is_the_same(scene, folder):
    compared = compare(scene, folder)
    assert compared.is_same
    assert compared.rows > 100


def test_a_lost_row_is_seen(scene, folder):
    changed(folder, "DELETE FROM list_rows WHERE rowid = 1")
    compared = compare(scene, folder)
    assert (compared.lost, compared.doubled) == (1, 0)
    assert not compared.is_same


def test_a_doubled_row_is_seen(scene, folder):
    columns = "url, article_key, title, listed_at, listed_raw"
    again = f"SELECT snapshot, position + 99, {columns} FROM list_rows LIMIT 1"
    changed(folder, f"INSERT INTO list_rows (snapshot, position, {columns}) {again}")
    compared = compare(scene, folder)
    assert (compared.lost, compared.doubled) == (0, 1)


def test_a_changed_row_is_one_lost_and_one_too_many(scene, folder):
    changed(folder, "UPDATE articles SET title = 'Không có gì' WHERE rowid = 1")
    compared = compare(scene, folder)
    assert (compared.lost, compared.doubled) == (1, 1)


def test_lost_evidence_is_seen(scene, folder):
    changed(folder, "DROP TRIGGER captures_refuse_delete", "DELETE FROM captures WHERE rowid = 9", opened=open_captures)
    compared = compare(scene, folder)
    assert compared.evidence == 1
    assert compared.faults >= 2, "and `verify` names the guard that is gone and the row without evidence"


def test_a_capture_that_is_kept_twice_is_seen(scene, folder):
    columns = (
        "crawl_key, portal, source, method, url, form, request_key, captured_at, status, error, headers, etag,"
        " last_modified, sha256, confirms, fetched_from"
    )
    again = f"SELECT 'x', {columns} FROM captures WHERE rowid = 9"
    changed(folder, f"INSERT INTO captures (capture_key, {columns}) {again}", opened=open_captures)
    assert compare(scene, folder).evidence == 1


def test_a_request_that_still_waits_is_seen(scene, folder):
    changed(folder, "UPDATE frontier SET state = 'waiting' WHERE rowid = 5", opened=open_captures)
    assert compare(scene, folder).unfinished == 2, "as it should be, and as it is"


def test_what_is_left_over_is_seen(scene, folder):
    (folder / ".rebuild-x").mkdir()
    assert compare(scene, folder) == Compared(compare(scene, folder).rows, left_over=1)


def test_moments_are_spread_over_the_whole_life():
    moments = spread(10, Random(1))
    assert sorted(int(10 * next(moments)) for _ in range(10)) == list(range(10))
    assert sorted(int(10 * next(moments)) for _ in range(10)) == list(range(10))
