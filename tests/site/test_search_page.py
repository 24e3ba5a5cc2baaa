"""/search : the rules of the search on a page, as JSON, as files and as a feed."""

import asyncio
import csv
import io
import json
import re
from html import escape, unescape

import feedparser
import nbformat
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.site.serving import datasette_for
from tests.store.conftest import Evidence, article

TITLES = {
    "a": "Thị xã Mỹ Hào họp bàn",
    "b": "UBND xã Cẩm Đê khánh thành",
    "c": "My Hao: tin trong ngày",
    "d": "Đường tỉnh 376 <b>",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    evidence = Evidence(tmp_path_factory.mktemp("searched"))
    for place, (name, title) in enumerate(TITLES.items(), 1):
        evidence.see(name, article(escape(title), f"Nội dung {name}.", day=f"{place} - 6 - {2020 + place % 2}"))
    evidence.settle()
    return datasette_for(evidence.folder / "archive.db")


@pytest.fixture(scope="module")
def get(site):
    return lambda path, **more: asyncio.run(site.client.get(path, **more))


def titles(get, query):
    answer = get(f"/search.json?{query}")
    assert answer.status_code == 200, answer.text
    return {row["title"] for row in answer.json()["articles"]}


def test_without_marks_every_spelling_with_marks_only_these(get):
    assert titles(get, "q=my hao") == {TITLES["a"], TITLES["c"]}
    assert titles(get, "q=Mỹ Hào") == {TITLES["a"]}
    page = get("/search?q=Mỹ Hào&lang=en").text
    assert "1 more without marks" in page
    assert "<mark>Mỹ</mark> <mark>Hào</mark>" in page or "<mark>Mỹ Hào</mark>" in page


def test_what_stands_in_a_title_stays_text(get):
    assert "Đường</mark> tỉnh 376 &lt;b&gt;" in get("/search?q=Đường").text


def test_abbreviations_are_shown_and_can_be_switched_off(get):
    assert titles(get, "q=ủy ban nhân dân") == {TITLES["b"]}
    assert titles(get, "q=ủy ban nhân dân&abbreviations=off") == set()
    assert "Ủy ban nhân dân" in get("/search?q=UBND").text


def test_filters_and_years(get):
    assert titles(get, "q=&from=2021&to=2021") == {TITLES["a"], TITLES["c"]}
    assert titles(get, "q=my hao&status=gone") == set()
    assert titles(get, "q=my hao&section=Kinh tế") == {TITLES["a"], TITLES["c"]}


def test_counts_by_year_are_drawn_and_lead_to_a_year(get):
    page = get("/search?q=my hao&lang=en").text
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert re.findall('<a href="([^"]*)" aria-label="([^"]*)">', drawing) == [
        ("/search?q=my+hao&amp;from=2021&amp;to=2021", "2021: articles: 2")
    ]
    assert 'fill="url(#years-' in get("/search?q=&lang=en").text, "days that nobody saw are hatched"
    assert '<th scope="row"><a href="/search?q=my+hao&amp;from=2021&amp;to=2021">2021</a></th><td>2</td>' in page
    assert "Does not mean" in page


def test_the_saved_query_counts_the_same_years(get):
    for asks in (
        "q=",
        "q=my hao",
        "q=Mỹ Hào",
        "q=ủy ban nhân dân&abbreviations=off",
        "q=&status=gone",
        "q=UBND&portal=demo",
    ):
        data = get(f"/search.json?{asks}").json()["years"]
        page = get(f"/search?{asks}").text
        link = unescape(re.search('href="(/archive/found_by_year[?][^"]*)"', page)[1]) if data else None
        rows = get(link.replace("found_by_year?", "found_by_year.json?_shape=array&")).json() if link else []
        assert [(int(row["year"]), row["articles"]) for row in rows] == [
            (each["year"], each["articles"]) for each in data
        ]


def lines(get, path):
    answer = get(path)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize(
    "asks", ["q=my hao", "q=Mỹ Hào", "q=", "q=&from=2021&to=2021", "q=UBND&abbreviations=off", "q=%22"]
)
def test_files_hold_all_that_is_found(get, asks):
    rows = lines(get, f"/search.jsonl?{asks}")
    assert {row["title"] for row in rows} == titles(get, asks)
    assert [row["published_on"] for row in rows] == sorted((row["published_on"] for row in rows), reverse=True)
    by_rank = get(f"/search.json?{asks}").json()["articles"]
    if all(row["rank"] for row in rows):
        assert [row["title"] for row in sorted(rows, key=lambda row: row["rank"])] == [row["title"] for row in by_rank]
    table = pq.read_table(io.BytesIO(get(f"/search.parquet?{asks}").content))
    assert table.column("article_key").to_pylist() == [row["article_key"] for row in rows]
    read = list(csv.DictReader(io.StringIO(get(f"/search.csv?{asks}").text)))
    assert [row["article_key"] for row in read] == [row["article_key"] for row in rows]
    assert read == [] or read[0].keys() == rows[0].keys()


def test_a_file_has_a_name(get):
    assert 'filename="search-my-hao.csv"' in get("/search.csv?q=Mỹ Hào").headers["content-disposition"]
    assert 'filename="search.parquet"' in get("/search.parquet?q=").headers["content-disposition"]


def test_the_notebook_fetches_the_same_search(get):
    book = nbformat.reads(get("/search.ipynb?q=my hao&from=2021").text, as_version=4)
    nbformat.validate(book)
    assert "http://localhost/search.jsonl?q=my+hao&from=2021" in book.cells[1].source


def test_what_is_too_much_is_refused_in_words(site, monkeypatch):
    monkeypatch.setitem(site._settings, "max_csv_mb", 1)
    monkeypatch.setattr("archiver.site.exports.rows._MEGABYTE", 100)
    for form in ("csv", "jsonl", "parquet"):
        answer = asyncio.run(site.client.get(f"/search.{form}?q="))
        assert answer.status_code == 400
        assert "more than 1 MB" in answer.text


def test_of_many_only_the_ranked_stand_on_pages_but_all_in_files(get, monkeypatch):
    for module in ("store.search.searching", "site.pages.search_wanted"):
        monkeypatch.setattr(f"archiver.{module}.MOST_RANKED", 1)
    monkeypatch.setattr("archiver.site.pages.search_wanted.A_PAGE", 1)
    monkeypatch.setattr("archiver.site.pages.search.A_PAGE", 1)
    page = get("/search?q=my hao&lang=en").text
    assert "Only the newest 5,000 are ranked" in page
    assert 'rel="next"' not in page
    assert [row["rank"] for row in lines(get, "/search.jsonl?q=my hao")] == [1, None]
    assert 'rel="next"' in get("/search?q=my hao&sort=newest").text


def test_what_was_not_taken_as_it_was_typed_is_said(get):
    page = get("/search", params={"q": "n* " + "từ " * 80 + "-họp", "lang": "en"}).text
    assert "A star behind too few letters does not count." in page
    assert "Too many words" in page
    assert "Only the first 500 characters" in get("/search", params={"q": "a" * 501, "lang": "en"}).text
    assert "Nothing but exclusions" in get("/search?q=-covid&lang=en").text


ODD = [
    "?", "...", "-", "--", "- -", "*", "**", '"', '""', '"""', '"*', '*"', '"*"', "-*", '-"', '-"a', "(", ") OR (", "a AND", "NOT",
    "NEAR(a b, 2)", "title:my", "{title} : my", "^my", "a+b", "'; DROP TABLE articles; --", "\x00", "a\x00b", "\x02my\x03",
    "\u0323", "a" + "\u0301" * 400, "Mỹ Ha\u0300o", "M\u0079\u0303 H\u0061\u0300o", "😀", "😀*", "của và là", "\u202eoah ym",
    "\ufeff", "𝐌𝐲 𝐇𝐚𝐨", "ＭＹ ＨＡＯ", "%", "_", "%%%%", "a" * 10_000, "my " * 3_000, '"my ' * 2_000, "m* h* x*", "-my hao",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD, ids=lambda typed: ascii(typed[:20]))
def test_odd_things_are_no_error_in_any_form(site, typed):
    for form in ("", ".json", ".csv", ".jsonl", ".atom", "/edits.atom", "/missing.atom", ".ipynb"):
        answer = asyncio.run(
            site.client.get(f"/search{form}", params={"q": typed, "page": typed[:9], "from": typed[:9]})
        )
        assert answer.status_code == 200, form
    assert asyncio.run(site.client.get("/archive/found_by_year", params={"q": typed})).status_code == 200


def test_the_feed_and_the_language(get):
    feed = feedparser.parse(get("/search.atom?q=my hao").text)
    assert not feed.bozo
    assert {entry.title for entry in feed.entries} == {TITLES["a"], TITLES["c"]}
    assert "Search the articles" in get("/search", headers={"Accept-Language": "en"}).text


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_is_no_error(site, typed, period, page):
    answer = asyncio.run(site.client.get("/search", params={"q": typed, "from": period, "page": page}))
    assert answer.status_code == 200
