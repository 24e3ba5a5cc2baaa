"""/search : the rules of the search on a page, as JSON and as a feed."""

import asyncio
from html import escape

import feedparser
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
    assert "<meter" in get("/search?q=").text


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
