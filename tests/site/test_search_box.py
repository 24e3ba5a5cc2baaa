"""Datasette's own search box and the saved search obey the rules of the golden file; plain Datasette goes on working."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings

from archiver.site.serving import datasette_for
from tests.store.search.golden import kept_in, queries
from tests.vietnamese.test_search_query import RUBBISH

QUERIES = [asked for asked in queries() if asked.abbreviations]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return kept_in(tmp_path_factory.mktemp("box"))


@pytest.fixture(scope="module")
def get(file):
    site = datasette_for(file)
    return lambda path, **asked: asyncio.run(site.client.get(f"{path}?{urlencode(asked)}"))


def numbers(rows):
    return {int(row["article_key"][1:]) for row in rows}


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: f"{asked.line}:{asked.typed}")
def test_the_box_finds_what_the_golden_file_says(get, asked):
    answer = get("/archive/articles.json", _search=asked.typed, _size=100, _shape="array")
    assert answer.status_code == 200
    assert numbers(answer.json()) == asked.found


@pytest.mark.parametrize("asked", QUERIES[::8], ids=lambda asked: f"{asked.line}:{asked.typed}")
def test_the_saved_search_finds_the_same(get, asked):
    answer = get("/archive/search.json", q=asked.typed, _shape="array")
    assert answer.status_code == 200
    assert numbers(answer.json()) == asked.found


@pytest.mark.parametrize("asked", list(queries()), ids=lambda asked: f"{asked.line}:{asked.typed}")
def test_the_page_and_its_files_find_the_same(get, asked):
    asks = {"q": asked.typed, "abbreviations": "" if asked.abbreviations else "off"}
    answer = get("/search.json", **asks).json()
    assert answer["total"] == len(asked.found)
    rows = [json.loads(line) for line in get("/search.jsonl", **asks).text.splitlines()]
    assert numbers(rows) == asked.found
    assert sorted(row["rank"] for row in rows) == list(range(1, len(rows) + 1))
    if asked.more is not None:
        assert answer["more_without_marks"] == asked.more
        assert (f"{asked.more} more without marks" in get("/search", **asks, lang="en").text) == (asked.more > 0)


def test_words_of_attached_files_are_found_and_the_page_says_where(get):
    page = get("/search", q="Nhạn", lang="en").text
    assert "in an attached file" in page
    assert "<mark>Nhạn</mark> và ông Sếu" in page
    assert "in an attached file" not in get("/search", q="đường", lang="en").text


@settings(max_examples=60, deadline=None)
@given(typed=RUBBISH.filter(lambda typed: "\ud800" not in typed))
def test_whatever_is_typed_is_no_error(get, typed):
    for path, name in (("/archive/articles", "_search"), ("/archive/search", "q")):
        assert get(path, **{name: typed}).status_code == 200


def test_the_saved_search_ranks_and_marks(get):
    rows = get("/archive/search.json", q="hội nghị", _shape="array").json()
    assert {row["found"] for row in rows} == {"[Hội] [nghị] tổng kết phong trào", "Tổng kết [hội] [nghị] trực tuyến"}
    rows = get("/archive/search.json", q="đường", _shape="array").json()
    assert numbers(rows[:2]) == {9, 10}, "in the title"
    assert numbers(rows[2:]) == {1, 42}, "in the text"


def test_the_box_is_on_the_page_and_searches_there(get):
    page = get("/archive/articles", _search="nhạn").text
    assert 'name="_search" value="nhạn"' in page
    assert "1 row" in page
    assert "Lịch nghỉ lễ" in page


def test_a_search_and_a_filter_go_together(get):
    answer = get("/archive/articles.json", _search="my hao", published_on__startswith="2023", _shape="array").json()
    assert numbers(answer) == {1, 2}


def test_articles_stand_newest_first(get):
    days = [row["published_on"] or "" for row in get("/archive/articles.json", _size=100, _shape="array").json()]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("inside", ["config", "data", "docsize", "idx", "before", "entries", "version"])
def test_the_insides_of_the_index_are_not_shown(get, inside):
    assert get(f"/archive/articles_fts_{inside}.json").status_code == 403
    assert f"articles_fts_{inside}" not in get("/archive").text


@pytest.fixture
def elsewhere(tmp_path):
    """A database that is served beside an archive, with an index and a word in it of its own."""
    file = tmp_path / "elsewhere.db"
    db = sqlite3.connect(file)
    db.execute("CREATE VIRTUAL TABLE notes USING fts5 (note)")
    db.execute("INSERT INTO notes VALUES ('họp UBND')")
    db.commit()
    return file


WITHOUT_PLUGINS = "import sys; sys._called_from_test = True; from datasette.cli import cli; cli()"


def run(*arguments, plugin):
    line = [sys.executable, *(["-m", "datasette"] if plugin else ["-c", WITHOUT_PLUGINS]), *map(str, arguments)]
    ran = subprocess.run(line, capture_output=True, text=True, timeout=60)
    return ran.returncode, ran.stdout


class TestPlainDatasette:
    def test_with_our_plugin_it_searches_as_the_site_does(self, file):
        status, answer = run(file, "--get", "/archive/articles.json?_search=U%E1%BB%B7+ban&_shape=array", plugin=True)
        assert status == 0
        assert numbers(json.loads(answer)) == {11, 12, 14, 15, 39}
        status, answer = run(file, "--get", "/archive/search.json?q=my+hao&_shape=array", plugin=True)
        assert numbers(json.loads(answer)) == set(range(1, 9))

    def test_without_it_the_archive_is_there_and_can_be_searched_when_told_where(self, file):
        assert "archiver" in run("plugins", plugin=True)[1]
        assert "archiver" not in run("plugins", plugin=False)[1]
        status, answer = run(file, "--get", "/archive/articles.json?_shape=array&_size=1", plugin=False)
        assert (status, len(json.loads(answer))) == (0, 1)
        asked = "_search=my+hao&_fts_table=articles_fts&_fts_pk=search_number&_shape=array"
        status, answer = run(file, "--get", f"/archive/articles.json?{asked}", plugin=False)
        assert numbers(json.loads(answer)) == {1, 2, 3, 4, 6, 7, 8}
        status, answer = run(file, "--get", "/archive/articles_fts_source.json?_shape=array&_size=1", plugin=False)
        assert status == 0

    def test_another_database_beside_it_is_left_alone(self, file, elsewhere):
        asked = "/elsewhere/notes.json?_search=Uy+ban+nhan+dan&_shape=array"
        assert json.loads(run(file, elsewhere, "--get", asked, plugin=True)[1]) == []
        asked = "/elsewhere/notes.json?_search=UBND&_shape=array"
        assert len(json.loads(run(file, elsewhere, "--get", asked, plugin=True)[1])) == 1
