"""A withheld article is found by nothing: no word of it is in an answer, a vocabulary, a column or a byte that is kept."""

import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from urllib.parse import quote

import httpx
import pytest

from archiver.clock import SystemClock
from archiver.site.public.editions import Choices
from archiver.site.public.site import Place, PublicSite
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_captures
from archiver.store.decisions.deciding import Order, decide
from archiver.store.evidence.captures import payload_by_digest
from archiver.store.sharing.snapshots import current
from tests.publishing.conftest import made
from tests.site.public.guarded import MARK, guarded

TYPED = (
    "xuquatieude", "xuquadoanhai", "xuquanhan", "Xuquatacgia", '"Quyết định xuquatieude về bà Mẫu"',
    '"quyet dinh xuquatieude ve ba mau"', '"QUYẾT ĐỊNH XUQUATIEUDEMOI VỀ BÀ MẪU"', "xuqua*", "bà Mẫu xuquadoan*",
    "xuquatomtat quyết định", '"đoạn thứ hai kể xuquadoanhai"', "7117/QĐ-XUQUA", "xuquachuthich", "xuquadoanmot",
)  # fmt: skip
FORMS = ("", ".json", ".csv", ".jsonl", ".parquet", ".ipynb", ".atom", "/edits.atom", "/missing.atom")
SAVED = ("search?q={}", "found_by_year?q={}&portal=&section=&status=&abbreviations=", "articles_by_words?words={}",
         "articles_that_name?name={}", "articles_that_cite?number={}")  # fmt: skip
FEEDS = ("articles.atom", "articles.json", "edits.atom", "edits.json", "missing.atom", "missing.json", "coverage.atom")
QUERIES = ("latest_edits", "text_removed_soon", "missing", "in_no_list_any_more", "listed_but_not_captured",
           "time_in_latest", "late_in_lists", "dates_that_disagree")  # fmt: skip
TABLES = ("problems", "document_mentions", "revisions", "versions", "edits", "list_rows", "list_presence", "captures",
          "images", "attachments", "article_urls", "article_events", "crawl_checks")  # fmt: skip
WORD = re.compile(rf"{MARK}\w*", re.IGNORECASE)
SITES = ("plain", "public", "with payloads")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = guarded(tmp_path_factory.mktemp("withheld") / "data")
    assert made(town.folder, town.folder.parent / "public").faults == []
    assert made(town.folder, town.folder.parent / "with payloads", with_payloads=True).faults == []
    return town


@pytest.fixture(scope="module")
def restored(town):
    """The same town when everybody may see the article again: what a search must find there."""
    folder = shutil.copytree(town.folder, town.folder.parent / "restored")
    decide(folder, Order("restore", town.secret, "a test"), SystemClock(), lambda *_: None)
    return folder


def answers_of(application, paths):
    async def asked():
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as client:
            return [await client.get(path) for path in paths]

    return asyncio.run(asked())


def answers(name, town, paths):
    if name == "plain":
        return answers_of(datasette_for(town.folder / "archive.db").app(), paths)
    site = PublicSite(town.folder.parent / name, Choices(), Place())
    asyncio.run(site.open())
    try:
        return answers_of(site, paths)
    finally:
        asyncio.run(site.close())


def searches():
    """Each way to look for each of the words, with the words."""
    for typed in TYPED:
        word = quote(typed, safe="")
        yield from ((f"/search{form}?q={word}", typed) for form in FORMS)
        yield from ((f"/search.json?q={word}&sort=newest", typed), (f"/search?q={word}&abbreviations=off", typed))
        yield from ((f"/archive/articles{form}?_search={word}", typed) for form in ("", ".json", ".csv"))
        yield f"/archive/articles.json?_search={word}&_searchmode=raw", typed
        yield from ((f"/archive/{query.format(word).replace('?', '.json?')}", typed) for query in SAVED)


def lists():
    """Where rows stand without being searched for."""
    yield from (f"/{feed}" for feed in FEEDS)
    yield from (f"/archive/{query}.json?portal=" for query in QUERIES)
    yield from (f"/archive/{table}{form}" for table in TABLES for form in (".json?_size=max", ".csv?_stream=1"))


def told(answer, typed=""):
    """The words of the article that an answer says, without those that were typed."""
    return set(WORD.findall(answer.text.lower())) - set(WORD.findall(typed.lower()))


@pytest.mark.parametrize("name", SITES)
def test_no_search_finds_it(town, name):
    asked = list(searches())
    for answer, (path, typed) in zip(answers(name, town, [path for path, _ in asked]), asked, strict=True):
        assert answer.status_code < 500, path
        assert told(answer, typed) == set(), path
        assert town.secret not in answer.text, path
        if path.startswith("/search.json?"):
            assert answer.status_code == 200, (path, answer.status_code, answer.headers)
            assert (answer.json()["total"], answer.json()["more_without_marks"]) == (0, 0), path
        if path.startswith("/archive/") and ".json" in path and answer.status_code == 200:
            assert answer.json()["rows"] == [], path


@pytest.mark.parametrize("name", SITES)
def test_no_feed_list_or_table_tells_of_it(town, name):
    paths = list(lists())
    for answer, path in zip(answers(name, town, paths), paths, strict=True):
        assert answer.status_code == 200, (path, answer.text[:200])
        assert told(answer) == set(), path


def test_what_is_restored_is_found_in_all_these_ways(restored, town):
    """So the searches above would find it, if it were there."""
    paths = [path for path, _ in searches() if path.startswith("/search.json?")]
    totals = [each.json()["total"] for each in answers_of(datasette_for(restored / "archive.db").app(), paths)]
    found = dict(zip(paths, totals, strict=True))
    assert sum(total > 0 for total in totals) >= 14, found
    said = " ".join(each.text for each in answers_of(datasette_for(restored / "archive.db").app(), list(lists())))
    assert {"xuquatieude", "xuquadoanhai", "xuquanhan"} <= set(WORD.findall(said.lower()))
    assert town.secret in said


# -- the files themselves ---------------------------------------------------------------------------------------------


def vocabulary(file):
    """Every word that the index knows, with how many articles it says have it."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, articles_fts, row)")
        return dict(db.execute("SELECT term, doc FROM temp.words"))


def values_with_mark(file):
    """Where any table or view of a file shows a word of the article."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        for name in names:
            for row in db.execute(f'SELECT * FROM "{name}"'):
                if WORD.search(" ".join(map(str, row))):
                    yield name, row


def served_files(town):
    return (town.folder / "archive.db", *(current(town.folder.parent / name).archive for name in SITES[1:]))


def test_no_word_is_in_the_vocabulary_of_the_index(town, restored):
    for file in served_files(town):
        assert [word for word in vocabulary(file) if MARK in word] == [], file
    assert {"xuquatieudemoi", "xuquadoanhai"} <= vocabulary(restored / "archive.db").keys()


def test_readers_cannot_ask_for_a_vocabulary(town):
    making = "CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, articles_fts, row)"
    asked = [f"/archive.json?sql={quote(sql)}" for sql in (making, "SELECT * FROM fts5vocab", "SELECT * FROM words",
             "SELECT * FROM articles_fts_data", "SELECT * FROM articles_fts_before", ("SELECT * FROM bodies"
             " WHERE body LIKE '%xuqua%'"))]  # fmt: skip
    said = answers("public", town, asked)
    assert [each.status_code for each in said[:3]] == [400, 400, 400]
    assert all(told(each, "xuqua") == set() for each in said)


def test_no_table_or_view_holds_a_word(town, restored):
    for file in served_files(town):
        assert list(values_with_mark(file)) == [], file
    assert {name for name, _ in values_with_mark(restored / "archive.db")} >= {"articles", "revisions", "list_rows"}


def test_no_payload_of_a_snapshot_holds_a_word(town):
    captures = open_captures(town.folder.parent / "with payloads" / "current")
    digests = [digest for (digest,) in captures.execute("SELECT sha256 FROM payloads").fetchall()]
    assert len(digests) > 20
    for digest in digests:
        body = payload_by_digest(captures, digest)
        assert MARK.encode() not in body.lower()
        assert body.startswith(b"\xff\xd8") or body not in town.secret_payloads, "made-up pictures are alike"
    captures.close()


def test_a_decision_leaves_nothing_in_the_unused_pages_of_a_live_archive(restored, town, tmp_path):
    """By the short way, in which only what has to do with the article is told again, while a reader has the file open."""
    folder = shutil.copytree(restored, tmp_path / "live")
    with closing(sqlite3.connect(folder / "archive.db")) as reader:
        assert reader.execute("SELECT count(*) FROM articles WHERE article_key = ?", (town.secret,)).fetchone() == (1,)
        decide(folder, Order("withhold", town.secret, "a test", "personal data"), SystemClock(), lambda *_: None)
        assert reader.execute("SELECT count(*) FROM articles WHERE article_key = ?", (town.secret,)).fetchone() == (0,)
        beside = [each for each in folder.iterdir() if each.name.startswith("archive.db") and each.stat().st_size]
        assert not [each for each in beside if MARK.encode() in each.read_bytes().lower()]
    assert list(values_with_mark(folder / "archive.db")) == []
    assert [word for word in vocabulary(folder / "archive.db") if MARK in word] == []
