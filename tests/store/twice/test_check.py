"""Damage to what articles are compared by is found, and what a copy for others carries of it."""

import sqlite3

import pytest

from archiver.clock import SystemClock
from archiver.store.sharing.copying import copy_archive, faults_of, finished_copy
from archiver.store.sharing.tables import tables, views
from archiver.store.twice.check import faults_of_marks, faults_of_places
from archiver.store.verify.comparing import compared
from archiver.store.verify.verification import findings
from tests.store.conftest import DEMO
from tests.store.twice.test_linking import story


@pytest.fixture
def told(evidence):
    for capture in story(evidence):
        evidence.tell(capture)
    evidence.rebuild()
    return evidence


def faults(archive):
    """As `verify --deep` looks: what is damaged at first sight is not looked at again."""
    return list(faults_of_places(archive)) or list(faults_of_marks(archive))


def test_all_is_well(told):
    assert faults(told.archive) == []


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("DELETE FROM same_news_marks WHERE mark = (SELECT min(mark) FROM same_news_marks)", "has other marks of"),
        ("INSERT INTO same_news_marks VALUES (1, 1)", "marks of place 1, where no article stands"),
        ("UPDATE same_news_places SET article_key = 'zzz' WHERE rowid = (SELECT min(rowid) FROM same_news_places)",
         "names article zzz, which is not there"),
        ("DELETE FROM same_news WHERE rowid = (SELECT min(rowid) FROM same_news)", "and not the other way round"),
        *((f"UPDATE same_news SET {change} WHERE rowid = (SELECT min(rowid) FROM same_news)", "something else than")
          for change in ("similarity = 0.9", "kind = 'title_and_day'", "days_later = 99", "other_revision = 2")),
        ("UPDATE same_news SET revision = 99", "of which no revision shows it"),
        ("UPDATE revisions SET body = body || ' Thêm một câu.' WHERE number = 1", "compared by another text"),
        ("UPDATE articles SET published_on = '31/2/2023'", "title or day than it has"),
        ("UPDATE same_news_places SET marks = marks || x'00'", "has other marks of"),
        ("DELETE FROM same_news_places", "where no article stands"),
    ],
)  # fmt: skip
def test_damage_is_named(told, damage, found):
    assert told.archive.execute(damage).rowcount
    assert any(found in fault for fault in faults(told.archive))


def test_verify_names_it_too(told):
    told.archive.execute("UPDATE same_news SET other_revision = 99")
    told.archive.execute("INSERT INTO withheld VALUES ((SELECT min(article_key) FROM same_news), 'demo', '2025', 'x')")
    named = [each.words for each in findings(told.folder, lambda *_: None, None)]
    assert any("of which no revision shows it" in each for each in named)
    assert any("is withheld, and same_news shows it all the same" in each for each in named)


def test_a_second_reading_finds_a_row_that_is_not_so(told):
    told.archive.execute("UPDATE same_news SET similarity = 0.9 WHERE kind = 'exact'")
    named = [each.words for each in compared(told.captures, told.archive, [DEMO], told.folder, lambda *_: None)]
    assert any(each.startswith("same_news: ") and "no capture says so" in each for each in named)


@pytest.mark.parametrize("masks", [True, False])
def test_a_copy_for_others_carries_the_pairs_and_nothing_that_they_are_found_by(told, tmp_path, masks):
    """A mark is made of a text with all its numbers: of a masked one they could be found by trying."""
    file = tmp_path / "copy.db"
    copy_archive(told.folder / "archive.db", file, SystemClock(), "archiver 0", lambda *_: None, masks=masks)
    with finished_copy(file) as db:
        kept = db.execute("SELECT count(*) FROM same_news").fetchone()
        assert kept == told.archive.execute("SELECT count(*) FROM same_news").fetchone() != (0,)
        for table in ("same_news_marks", "same_news_places"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert faults_of(file) == []


def test_others_are_told_of_the_pairs_alone(told):
    with sqlite3.connect(told.folder / "archive.db") as db:
        assert [name for name in (*tables(db), *views(db)) if "same_news" in name] == ["same_news"]
        assert "texts_elsewhere" in views(db)
