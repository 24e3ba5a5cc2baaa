"""What goes with every answer: nothing acts on our pages, caches may keep them shortly, and readers stay unknown."""

import pytest

from archiver.site.public.headers import looks_digest
from tests.site.public.conftest import Visitor

EVERYWHERE = (
    "/",
    "/archive",
    "/archive/articles",
    "/archive/articles.json",
    "/archive/articles.csv",
    "/nowhere",
    "/-/threads",
    "/archive.db",
    "/-/static/app.css",
    "/archive.json?sql=x",
)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_fenced_in(visitor, path):
    headers = visitor.ask(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "geolocation=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "server" not in headers
    assert "set-cookie" not in headers


def test_our_pages_run_no_script(visitor):
    assert "script" not in visitor.ask("/").headers["content-security-policy"]
    assert "<script" not in visitor.ask("/").text
    assert "script-src 'self' 'unsafe-inline'" in visitor.ask("/archive").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/", "/archive", "/archive/articles", "/archive/articles.json", "/archive/articles.csv"]
)
def test_caches_may_keep_an_answer_for_a_while_and_ask_whether_it_holds(visitor, path):
    first = visitor.ask(path)
    assert first.headers["cache-control"] == "public, max-age=300"
    tag = first.headers["etag"]
    again = visitor.ask(path, **{"If-None-Match": f'"x", {tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == "public, max-age=300"
    assert visitor.ask(path, **{"If-None-Match": 'W/"x"'}).status_code == 200


def test_errors_are_not_kept(visitor):
    for path in ("/nowhere", "/archive.json?sql=x", "/archive.db", "/-/threads"):
        headers = visitor.ask(path).headers
        assert headers["cache-control"] == "no-store"
        assert "etag" not in headers


def test_looks_are_kept_for_long(visitor):
    import re

    looks = re.search(r'href="(/-/looks/site\.css\?\w+)"', visitor.ask("/").text)[1]
    assert visitor.ask(looks).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_language_is_answered_in_and_told_apart(visitor):
    english = visitor.ask("/", **{"Accept-Language": "en"})
    vietnamese = visitor.ask("/", **{"Accept-Language": "vi"})
    chosen = visitor.ask("/", **{"Accept-Language": "vi", "Cookie": "language=en; other=x"})
    assert 'lang="en"' in english.text
    assert 'lang="vi"' in vietnamese.text
    assert 'lang="en"' in chosen.text.partition("<head>")[0]
    assert chosen.headers["etag"] == english.headers["etag"] != vietnamese.headers["etag"]
    assert chosen.headers["cache-control"] == "public, max-age=300", "the cookie names nobody"
    assert {each.strip() for each in english.headers["vary"].split(",")} == {"Accept-Language", "Cookie"}
    assert "private" in visitor.ask("/?lang=en").headers["cache-control"], "this one sets the cookie"


@pytest.mark.parametrize("cookie", ["ds_actor=x", "ds_messages=x", "=;;==,", 'language="', "language=xx", "a=\x01"])
def test_no_cookie_does_anything(visitor, cookie):
    status, headers, _ = visitor.send(
        "/archive/articles", headers=[(b"cookie", cookie.encode()), (b"authorization", b"Bearer x")]
    )
    assert status == 200
    assert b"set-cookie" not in headers
    assert headers[b"cache-control"] == b"public, max-age=300"


def test_a_head_is_as_a_get(visitor):
    assert visitor.send("/archive/articles", "HEAD")[0] == 200
    assert visitor.send("/", "HEAD")[0] == 200


def test_the_program_that_made_a_page_is_part_of_its_tag(visitor):
    assert looks_digest() in visitor.ask("/").headers["etag"]


def test_under_a_whole_address_the_site_is_known_by_that_alone(snapshots):
    visitor = Visitor(snapshots, "https://luutru.example/kho/")
    try:
        answer = visitor.ask("/kho/archive/articles.json?_size=2", Host="evil.example")
        assert answer.json()["next_url"].startswith("https://luutru.example/kho/archive/articles.json?")
        assert "evil.example" not in str(answer.headers)
    finally:
        visitor.close()
