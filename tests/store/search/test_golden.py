"""What each query of the golden file finds."""

import pytest
from hypothesis import given, settings

from archiver.store.databases.opening import open_archive_file
from archiver.store.search.filters import Filters
from archiver.store.search.searching import search
from tests.store.search.golden import keep, queries, texts
from tests.vietnamese.test_search_query import RUBBISH

FILTERED = Filters("demo", None, "live", "1990", "2090")
QUERIES = list(queries())


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    db = open_archive_file(tmp_path_factory.mktemp("golden") / "archive.db")
    keep(db, texts())
    return db


def numbers(hits):
    return {int(hit.article_key[1:]) for hit in hits}


def test_there_are_enough_of_them():
    assert len(texts()) == 60
    assert len(QUERIES) >= 100
    assert len({(asked.typed, asked.abbreviations) for asked in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: f"{asked.line}:{asked.typed}")
def test_a_query_finds_these_texts(archive, asked):
    found = search(archive.conn, asked.typed, limit=100, abbreviations=asked.abbreviations)
    assert numbers(found.hits) == asked.found
    assert found.total == len(asked.found)
    assert sum(count for _, count in found.years) == len(asked.found)
    if asked.more is not None or found.more_without_marks:
        assert found.more_without_marks == (asked.more or 0)


@settings(max_examples=150, deadline=None)
@given(typed=RUBBISH)
def test_whatever_is_typed_there_is_an_answer(archive, typed):
    found = search(archive.conn, typed)
    assert len(found.hits) == min(found.total, 20)
    assert search(archive.conn, typed, FILTERED, "newest").total <= found.total
    assert found.more_without_marks == 0 or found.query.is_marked
