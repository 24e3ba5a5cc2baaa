"""What the site and the status say of a portal whose lists, feeds and sitemap do not show the same articles."""

import asyncio
import json
import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.demo import DRESSES, DressedPortal, stories
from archiver.demo.feeds import LATE
from archiver.portals import PORTALS
from archiver.site.serving import datasette_for
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

NEWS = 30


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A crawl of a dress whose sitemap knows one story that no list shows, and not the latest two."""
    portal = DressedPortal(DRESSES["landmarks"], stories(NEWS), lambda: NOW, faults=False)
    told = portal.truth().stories
    portal.unlist(told[15].url)
    visitor = Visitor(portal, tmp_path_factory.mktemp("crawled"), known=PORTALS["demo-landmarks"])
    visitor.crawl()
    return visitor, told[15], {story.title for story in told[:LATE]}


@pytest.fixture(scope="module")
def get(crawled):
    datasette = datasette_for(crawled[0].folder / "archive.db")

    def get(path, language="en"):
        answer = asyncio.run(datasette.client.get(path, headers={"Accept-Language": language}))
        assert answer.status_code == 200, answer.text
        return answer

    return get


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_difference_is_right(crawled):
    visitor, _, _ = crawled
    (row,) = visitor.archive.query("SELECT * FROM completeness")
    assert (row["route"], row["lists_alone"], row["second_alone"], row["both"]) == ("sitemap", LATE, 1, NEWS - LATE - 1)
    assert row["estimate_low"] == row["estimate"] == NEWS
    assert NEWS < row["estimate_high"] < NEWS * 1.3


def test_it_stands_on_the_page_of_coverage_in_both_languages(get):
    html = get("/coverage").text
    assert f"Lists against sitemaps {NEWS - 3} articles in both · 2 in lists alone · 1 in no list" in words(html)
    assert f"By estimate there are {NEWS} in all ({NEWS} to " in words(html)
    (link,) = re.findall(r'href="([^"]*article_routes[^"]*listed=0[^"]*)"', html)
    assert len(get(link.replace("&amp;", "&").replace("article_routes?", "article_routes.json?")).json()["rows"]) == 1
    assert f"Danh sách so với sơ đồ trang {NEWS - 3} bài có ở cả hai" in words(get("/coverage", "vi").text)


def test_a_feed_is_compared_from_a_day_on(crawled, tmp_path):
    copy = shutil.copytree(crawled[0].folder, tmp_path / "data") / "archive.db"
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("UPDATE feeds SET kind = 'rss', compared_from = '2019-01-02T08:00:00+07:00' WHERE kind = 'sitemap'")
    page = asyncio.run(datasette_for(copy).client.get("/coverage", headers={"Accept-Language": "en"})).text
    assert "Lists against feeds (RSS) after 2 Jan 2019" in words(page)


def test_and_among_the_data(get):
    (told,) = get("/coverage.json").json()["portals"]
    (route,) = told["second_routes"]
    assert (route["route"], route["both"], route["estimate"], route["not_asked"]) == ("sitemap", NEWS - 3, NEWS, 0)


def test_saved_queries_name_the_articles_either_way(get, crawled):
    _, unlisted, late = crawled
    (row,) = get("/archive/in_no_list.json?_shape=array&portal=").json()
    assert (row["title"], row["kind"]) == (unlisted.title, "sitemap")
    rows = get("/archive/in_lists_alone.json?_shape=array&portal=").json()
    assert {row["title"] for row in rows} == late


def test_the_status_says_it_too(crawled):
    folder = str(crawled[0].folder)
    told = CliRunner().invoke(main, ["status", "--data", folder]).output
    assert (
        f"  sitemaps: {NEWS - 3} articles in both, 2 in lists alone, 1 in sitemaps alone; by estimate {NEWS} in" in told
    )
    lines = CliRunner().invoke(main, ["status", "--data", folder, "--json"]).output.splitlines()
    (values,) = (line for line in map(json.loads, lines) if line.get("portal") == "demo-landmarks")
    assert values["second_routes"][0]["second_alone"] == 1
