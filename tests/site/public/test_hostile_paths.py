"""Odd addresses, closed pages, known attacks: the site answers with nothing that is not meant for everyone."""

import json
import re
from urllib.parse import quote, urlencode

import pytest

from tests.publishing.conftest import CITIZEN, PHONE
from tests.site.public.conftest import HOSTILE_TITLE

PAGES = ("/", "/archive", "/archive/articles", "/archive/missing", "/archive/articles.json", "/archive/bodies.csv")


@pytest.mark.parametrize("path", PAGES)
def test_what_is_for_everyone_is_there(visitor, path):
    assert visitor.ask(path).status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "//evil.example/%2e%2e",
        "///evil.example",
        "/\\evil.example/",
        "/\\/evil.example/",
        "/%5Cevil.example/",
        "/%5c%5cevil.example/",
        "/archive//evil.example/",
        "/archive/..//evil.example/",
        "/archive/%0d%0aSet-Cookie:x=1/",
        "/archive\r\nX: 1/",
        "/archive/%00",
        "/../../etc/passwd",
        "/-/static/../../../../etc/passwd",
        "/-/static/%2e%2e/%2e%2e/app.py",
        "http://evil.example/archive/",
        "evil.example",
        "/archive/\xff",
    ],
)
def test_no_address_leads_out_of_the_site(visitor, target):
    status, headers, body = visitor.send(target)
    assert status == 404
    assert b"location" not in headers
    assert b"set-cookie" not in headers
    assert b"evil" not in body


@pytest.mark.parametrize(
    "path", ["/archive/", "/archive/articles/", "/nowhere/", "/archive/arti%63les", "/:memory:", "/a%20b/"]
)
def test_redirects_stay_within_the_site(visitor, path):
    status, headers, _ = visitor.send(path)
    assert status in (301, 302, 404)
    if status != 404:
        assert re.match(rb"/[^/\\]", headers[b"location"])


@pytest.mark.parametrize(
    "path",
    [
        "/-/databases.json",
        "/-/databases",
        "/-/threads.json",
        "/-/threads",
        "/-/settings.json",
        "/-/config.json",
        "/-/versions.json",
        "/-/plugins.json?all=1",
        "/-/actor.json",
        "/-/auth-token?token=x",
        "/-/logout",
        "/-/permissions",
        "/-/messages",
        "/-/allow-debug",
        "/-/patterns",
        "/-/unheard-of",
        "/_internal",
        "/_internal/databases.json",
        "/_memory",
        "/_memory.json?sql=select+1",
        "/archive/articles?_trace=1",
        "/archive/articles.csv?_trace=1",
        "/archive/articles?_context=1",
    ],
)
def test_what_is_for_operators_is_closed(visitor, snapshot, path):
    answer = visitor.ask(path)
    assert answer.status_code in (403, 404)
    assert str(snapshot.folder.parent) not in answer.text
    assert "_traces" not in answer.text


@pytest.mark.parametrize("name", ["archive", "archive-2026", "_internal", "captures", "nowhere"])
def test_no_database_is_handed_out(visitor, name):
    answer = visitor.ask(f"/{name}.db")
    assert answer.status_code in (403, 404)
    assert not answer.content.startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    "path",
    [
        "/archive",
        "/archive.json",
        "/.json",
        "/-/metadata.json",
        "/archive/articles",
        "/nowhere",
        "/archive.json?sql=select",
    ],
)
def test_no_page_names_a_file_of_this_machine(visitor, snapshot, path):
    text = visitor.ask(path).text
    assert str(snapshot.folder.parent) not in text
    assert "site-packages" not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_can_be_sent(visitor, method):
    status, headers, _ = visitor.send("/archive/articles", method)
    assert status == 405
    assert headers[b"allow"] == b"GET, HEAD"


# -- what Datasette's advisories were about


@pytest.mark.parametrize(
    "name",
    [
        "words_fts_data",
        "WORDS_FTS_DATA",
        "Words_Fts_Content",
        "words_fts_content",
        "_sqlite_migrations",
        "sqlite_stat1",
    ],
)
def test_what_indexes_keep_for_themselves_is_closed_however_it_is_spelt(visitor, name):
    for form in ("", ".json", ".csv"):
        assert visitor.ask(f"/archive/{name}{form}").status_code in (403, 404), name + form
    assert f"/archive/{name.lower()}" not in visitor.ask("/archive").text
    assert f'"{name.lower()}"' not in visitor.ask("/archive.json").text


def test_no_table_is_seen_through_another(visitor):
    through = json.dumps({"table": "words_fts_data", "column": "id", "value": "1"})
    answer = visitor.ask(f"/archive/articles.json?{urlencode({'_through': through})}")
    assert answer.status_code in (400, 403, 404)
    assert "block" not in answer.text


@pytest.mark.parametrize("lookup", ["arraycontains", "arraynotcontains"])
@pytest.mark.parametrize(
    "column", ["title] from articles; select 1 --", "title') or 1=1 --", "x] union select sql from sqlite_master --"]
)
def test_the_name_of_a_column_is_no_sql(visitor, column, lookup):
    answer = visitor.ask(f"/archive/articles.json?{quote(f'{column}__{lookup}')}=1")
    assert answer.status_code == 400 or answer.json()["filtered_table_rows_count"] in (0, 40)
    assert "CREATE TABLE" not in answer.text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Datasette forgets a coroutine or two
@pytest.mark.parametrize(
    "query",
    ["_sort=title;drop", "_sort=nowhere", "_next=x", "_size=-1", "_size=x", "_facet=nowhere", "_facet_array=title",
     "_facet_date=title", "_shape=x", "_nl=1", "_json=title", "_col=nowhere", "_search=%22", "_search_title=x%22*",
     "_searchmode=raw&_search=%22a+AND", "title__nowhere=1", "_where=", "_labels=on", "_extra=x", "_ttl=x", "_ttl=99999999",
     "_timelimit=x", "_nofacet=1&_nocount=1", "_filter_column=title&_filter_op=exact&_filter_value=//evil.example"],
)  # fmt: skip
def test_no_argument_breaks_a_page(visitor, query):
    for form in ("", ".json", ".csv"):
        answer = visitor.ask(f"/archive/articles{form}?{query}")
        assert answer.status_code in (200, 302, 400, 403, 404)
        assert "Traceback" not in answer.text


def test_nobody_decides_how_long_caches_keep_an_answer(visitor):
    assert visitor.ask("/archive/articles?_ttl=99999999").headers["cache-control"] == "public, max-age=300"


# -- what is shown


def test_what_a_portal_wrote_is_never_markup(visitor):
    for path in ("/", "/archive/articles", "/archive?sql=select+title+from+articles", "/archive/articles/"):
        text = visitor.ask(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    assert "&lt;script&gt;alert" in visitor.ask("/archive/articles?_size=max").text


def test_data_are_never_taken_for_a_page(visitor):
    for path in ("/archive/articles.json?_size=max", "/archive/articles.csv?_size=max"):
        answer = visitor.ask(path)
        assert HOSTILE_TITLE.replace("'", "") in answer.text.replace("'", "")
        assert not answer.headers["content-type"].startswith("text/html")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]


def test_no_number_that_names_a_person_is_shown(visitor):
    for path in (
        "/archive/revisions.json?_size=max",
        "/archive/list_rows.json?_size=max",
        "/archive/problems.json",
        "/",
    ):
        text = visitor.ask(path).text
        assert PHONE not in text
        assert CITIZEN not in text
    assert "•" in json.dumps(visitor.ask("/archive/revisions.json?_size=max").json(), ensure_ascii=False)


def test_the_copy_says_of_itself_what_it_is(visitor):
    row = visitor.ask("/archive/snapshot.json?_shape=array").json()[0]
    assert row["is_masked"] == 1
    assert "What this copy is" in visitor.ask("/archive/snapshot").text
    assert visitor.ask("/archive/masked.json").json()["rows"]


def test_a_file_that_cannot_be_there_is_not_named(visitor):
    answer = visitor.ask("/-/static/app.css/x")
    assert answer.status_code == 404
    assert "site-packages" not in answer.text


@pytest.mark.parametrize("form", ["json", "csv", "jsonl"])
def test_a_query_that_takes_too_long_is_no_error_of_the_site(visitor, form):
    sql = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    assert visitor.ask(f"/archive.{form}?{urlencode({'sql': sql})}").status_code == 400
