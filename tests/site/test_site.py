"""Datasette on an archive: every table and column explained, every query running, every page there."""

import asyncio
import json
import subprocess
import sys

import pytest

from archiver.demo import DemoPortal, stories
from archiver.site.described import metadata
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_archive
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

TABLES = {name: each for name, each in metadata()["databases"]["archive"]["tables"].items() if not each.get("hidden")}
QUERIES = metadata()["databases"]["archive"]["queries"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    visitor = Visitor(DemoPortal(stories(40), lambda: NOW, slow_seconds=9), folder)
    visitor.crawl()
    visitor.portal.edit(visitor.portal.truth().stories[3].url, title="Tiêu đề đã sửa")
    visitor.clock.pass_by(days=1)
    visitor.crawl(recheck="all")
    return folder


@pytest.fixture(scope="module")
def archive(folder):
    return open_archive(folder)


@pytest.fixture(scope="module")
def site(folder):
    return datasette_for(folder / "archive.db")


@pytest.fixture
def get(site):
    return lambda path: asyncio.run(site.client.get(path, follow_redirects=True))


def published(archive):
    """Tables and views that researchers meet."""
    names = [*archive.table_names(), *archive.view_names()]
    hidden = [name for name, each in metadata()["databases"]["archive"]["tables"].items() if each.get("hidden")]
    return [name for name in names if name not in hidden and not name.startswith(("_", "sqlite_"))]


def test_every_table_and_view_is_described(archive):
    assert set(published(archive)) == set(TABLES)
    assert all(each["description"].strip() for each in TABLES.values())


def test_every_column_is_described(archive):
    for name in published(archive):
        columns = {column.name for column in archive[name].columns}
        assert columns == set(TABLES[name]["columns"]), name
        assert all(TABLES[name]["columns"].values()), name


@pytest.mark.parametrize("name", TABLES)
def test_defaults_name_columns_that_exist(name):
    table = TABLES[name]
    for key in ("sort", "sort_desc", "label_column"):
        assert table.get(key) is None or table[key] in table["columns"]
    assert set(table.get("facets", [])) <= set(table["columns"])


def test_there_are_at_least_six_queries_and_each_says_what_it_does_not_mean():
    assert len(QUERIES) >= 6
    for query in QUERIES.values():
        assert query["title"]
        assert "Does not mean" in query["description"]


PARAMETERS = "q=hội&words=hội&portal=demo&article_key=&section=Kinh tế&from=2000-01-01&to=2100-01-01&first=1&second=2&number=1&year=2023"


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs(get, name):
    answer = get(f"/archive/{name}.json?{PARAMETERS}&_shape=objects")
    assert answer.status_code == 200, answer.text
    assert answer.json().get("error") is None


@pytest.mark.parametrize("name", TABLES)
def test_every_table_page_is_there_and_explains_its_columns(get, name):
    answer = get(f"/archive/{name}")
    assert answer.status_code == 200
    assert "<dt>" in answer.text, "column descriptions"


def test_the_home_page_says_what_this_is(get):
    page = get("/?lang=en").text
    assert "Archive of local-government portals" in page
    assert "What the portals of Vietnamese local government published" in page
    assert "The texts and pictures belong to their publishers" in page


def test_the_database_page_says_what_may_be_done_with_it(get):
    page = get("/archive").text
    assert "the texts belong to their publishers" in page
    assert "POLICY.md" in page


def test_an_article_links_to_its_revisions(get, archive):
    (key,) = archive.execute("SELECT article_key FROM articles WHERE revision_count = 2 LIMIT 1").fetchone()
    page = get(f"/archive/articles/{key}").text
    assert f"/archive/revisions?article_key={key}" in page
    assert f"/archive/images?article_key={key}" in page


def test_json_and_csv_are_where_datasettes_users_expect_them(get):
    assert len(get("/archive/articles.json?_shape=array&_size=5").json()) == 5
    assert get("/archive/articles.csv?_size=5").text.startswith("article_key,")


def test_nobody_can_write(get):
    answer = get("/archive.json?sql=delete+from+articles")
    assert answer.status_code == 400
    assert get("/archive.db").status_code in (403, 404), "the file is not handed out while it is written"


def test_plain_datasette_opens_the_archive_too(folder):
    line = [
        sys.executable,
        "-m",
        "datasette",
        str(folder / "archive.db"),
        "--get",
        "/archive/articles.json?_shape=array&_size=1",
    ]
    ran = subprocess.run(line, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(ran.stdout)[0]["title"]


def test_the_other_language_is_a_link_away_and_asks_for_the_same(get):
    page = get("/?lang=en&x=1").text
    assert '<html lang="en">' in page
    assert 'href="?x=1&amp;lang=vi"' in page
    assert "Accept-Language" in get("/").headers["vary"], "what is kept for one reader is not shown to another"


def test_datasettes_pages_look_at_home_and_lead_to_ours(get, archive):
    key, title = archive.execute(
        "SELECT article_key, title FROM articles ORDER BY published_on DESC LIMIT 1"
    ).fetchone()
    page = get("/archive/articles").text
    assert f'<a href="/a/{key}" lang="vi">{title}</a>' in page
    assert "/-/looks/datasette.css?" in page
    for path in ("/search", "/edits", "/missing", "/coverage", "/lists", "/plots"):
        assert f'<a href="{path}">' in page
    assert f'<a href="/a/{key}">{key}</a>' in get(f"/archive/articles/{key}").text
