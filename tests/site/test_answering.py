"""Asking the archive while others write to it."""

import asyncio

import pytest

from archiver.site.pages.answering import _MOST_RECALLED, ask, recall, rows
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_archive


@pytest.fixture
def site(tmp_path):
    open_archive(tmp_path).close()
    return datasette_for(tmp_path / "archive.db")


def test_a_question_sees_one_state_whatever_is_written_meanwhile(site, tmp_path):
    def question(db):
        before = rows(db, "SELECT count(*) AS portals FROM portals")
        open_archive(tmp_path).execute("INSERT INTO portals (portal) VALUES ('x')")
        return before, rows(db, "SELECT count(*) AS portals FROM portals")

    before, after = asyncio.run(ask(site, question))
    assert before == after == [{"portals": 0}]
    assert asyncio.run(ask(site, lambda db: rows(db, "SELECT count(*) AS portals FROM portals"))) == [{"portals": 1}]


def test_a_question_that_fails_leaves_nothing_open(site):
    def wrong(db):
        return rows(db, "SELECT * FROM no_such_table")

    for _ in range(8):
        with pytest.raises(Exception, match="no such table"):
            asyncio.run(ask(site, wrong))
    assert asyncio.run(ask(site, lambda db: db.in_transaction)) is True
    assert asyncio.run(ask(site, lambda db: rows(db, "SELECT 1 AS one"))) == [{"one": 1}]


def test_an_answer_is_used_again_until_anything_is_committed(site, tmp_path):
    asked = []

    def question(db):
        asked.append(db)
        return rows(db, "SELECT count(*) AS portals FROM portals")

    def count():
        return asyncio.run(recall(site, "portals", question))[0]["portals"]

    archive = open_archive(tmp_path)
    assert [count() for _ in range(9)] == [0] * 9
    assert len(asked) == len(set(asked)), "once a connection"
    archive.execute("BEGIN IMMEDIATE")
    archive.execute("INSERT INTO portals (portal) VALUES ('x')")
    assert count() == 0
    archive.execute("COMMIT")
    assert [count() for _ in range(9)] == [1] * 9
    assert len(asked) <= 2 * len(set(asked)), "once a connection and state"


def test_few_answers_are_kept(site):
    asked = []
    for what in [*range(_MOST_RECALLED + 1), *range(_MOST_RECALLED + 1)]:
        assert asyncio.run(recall(site, what, lambda _db, what=what: asked.append(what) or what)) == what
    assert len(asked) > _MOST_RECALLED + 1
