"""When a walk through a list may end early: only at rows that a finished walk has reached."""

import pytest

from archiver.store.databases.opening import open_captures
from archiver.store.evidence.walks import finish_walk, is_list, is_walk_open, list_title, open_walk, reach


@pytest.fixture
def db(tmp_path):
    return open_captures(tmp_path)


def begin(db):
    open_walk(db, "list", "demo", "https://anthuan.example/a", "Kinh tế")


def test_a_list_that_is_not_known_is_open(db):
    assert is_walk_open(db, "list")
    assert not is_list(db, "list")
    begin(db)
    assert is_list(db, "list")
    assert list_title(db, "list") == "Kinh tế"


def test_rows_count_once_the_walk_is_finished(db):
    begin(db)
    assert not reach(db, "list", ["a", "b"]).all_known
    begin(db)
    assert not reach(db, "list", ["a", "b"]).all_known, "the walk before was cut short"
    finish_walk(db, "list", "now")
    assert not is_walk_open(db, "list")
    begin(db)
    assert is_walk_open(db, "list")
    assert reach(db, "list", ["a", "b"]).all_known
    assert not reach(db, "list", ["b", "c"]).all_known


def test_new_rows_of_a_walk_cut_short_are_not_known_to_the_next(db):
    begin(db)
    reach(db, "list", ["a", "b"])
    finish_walk(db, "list", "now")
    begin(db)
    assert not reach(db, "list", ["x", "y"]).all_known
    begin(db)
    assert not reach(db, "list", ["x", "y"]).all_known
    assert reach(db, "list", ["a", "b"]).all_known


def test_rows_of_another_list_are_not_known(db):
    begin(db)
    reach(db, "list", ["a"])
    finish_walk(db, "list", "now")
    open_walk(db, "other", "demo", "https://anthuan.example/b", "Xã hội")
    assert not reach(db, "other", ["a"]).all_known


def test_the_same_page_again_is_a_repeat_within_a_walk_only(db):
    begin(db)
    assert not reach(db, "list", ["a", "b"]).is_repeat
    assert reach(db, "list", ["a", "b"]).is_repeat
    begin(db)
    assert not reach(db, "list", ["a", "b"]).is_repeat


def test_a_row_that_stands_twice_is_one(db):
    begin(db)
    reach(db, "list", ["a", "a"])
    finish_walk(db, "list", "now")
    begin(db)
    assert reach(db, "list", ["a", "a"]).all_known
