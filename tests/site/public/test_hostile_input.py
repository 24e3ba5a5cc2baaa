"""Every address of both sites, asked as nobody means well: no error, no wait, and nothing of what nobody may see.

HOSTILE_ROUNDS=200 HOSTILE_SEED=7 python -m pytest tests/site/public/test_hostile_input.py asks for longer.
"""

import asyncio
import os
import re
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils.asgi import Response

from archiver.site.public.editions import Choices
from archiver.site.public.serving import place_of
from archiver.site.public.site import PublicSite
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_archive
from tests.publishing.conftest import made
from tests.site.asgi import answered
from tests.site.public.guarded import ACCOUNT, CITIZEN, ENVIRONMENT, MARK, PHONE, SPELT, guarded
from tests.site.public.hostile_requests import argument_names, requests_to

SEED, ROUNDS = int(os.environ.get("HOSTILE_SEED", "2026")), int(os.environ.get("HOSTILE_ROUNDS", "12"))
MOST_SECONDS = 25  # of one answer, on a machine that does other things too
FOR_OPERATORS = re.compile(
    rb"/-/(?:threads|databases|versions|plugins|settings|config)"
)  # of the plain site, on loopback
LEADS_ELSEWHERE = re.compile(rb"(?im)^x-evil:|^location: *(?://|/\\|\w+://(?!localhost))")
ROOT = str(Path(__file__).parents[3])
NEVER = tuple(
    each.encode() for each in (MARK, ROOT, sys.prefix, "site-packages", "Traceback (most", "root:x:", "SQLite format 3")
)
SITES = ("plain", "public", "public with payloads under a path")

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Datasette forgets coroutines


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    os.environ["ARCHIVER_TEST_SECRET"] = ENVIRONMENT
    town = guarded(tmp_path_factory.mktemp("guarded") / "data")
    assert made(town.folder, town.folder.parent / "snapshots").faults == []
    assert made(town.folder, town.folder.parent / "with-payloads", with_payloads=True).faults == []
    yield town
    del os.environ["ARCHIVER_TEST_SECRET"]


@pytest.fixture(scope="module")
def known(town):
    """What may stand in the parts of addresses."""
    archive = open_archive(town.folder)

    def first(query):
        return [row[0] for row in archive.execute(f"{query} LIMIT 5").fetchall()]

    keys = [*first("SELECT article_key FROM articles"), *first("SELECT list_key FROM lists"), town.secret, town.naming]
    return {
        "key": keys, "pks": keys, "capture": first("SELECT capture_key FROM captures WHERE article_key IS NOT NULL"),
        "sha256": first("SELECT sha256 FROM images WHERE sha256 IS NOT NULL"), "database": ["archive"],
        "table": ["articles", "revisions", "edits", "list_rows", "search", "captures", "snapshot", "articles_fts"],
        "format": ["json", "csv", "jsonl", "parquet", "ipynb", ".json", ".atom", ""], "path": ["app.css", "table.js"],
        "name": ["calendar", "site.css", "fonts.css"], "form": ["bib", "ris", "csl.json"],
    }  # fmt: skip


@contextmanager
def site(name, town):
    """The application, and the path under which it stands."""
    if name == "plain":
        yield datasette_for(town.folder / "archive.db").app(), "/"
        return
    folder, base = ("snapshots", "/") if name == "public" else ("with-payloads", "/kho/")
    public = PublicSite(town.folder.parent / folder, Choices(base), place_of(base))
    asyncio.run(public.open())
    try:
        yield public, base
    finally:
        asyncio.run(public.close())


async def answer_to(app, request):
    """Status, and all bytes of an answer: names and values of headers, and the body."""
    path, _, query = request.target.partition(b"?")
    host = () if any(name == b"host" for name, _ in request.headers) else ((b"host", b"localhost"),)
    scope = {
        "method": request.method, "root_path": "", "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path, "query_string": query,
        "headers": [*host, *request.headers], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    status, headers, body = await answered(app, scope)
    return status, b"\n".join(b": ".join(pair) for pair in headers), body


async def faults_of(app, name, requests):
    """What is wrong with the answers, with what was sent; and how many were asked for of each route."""
    faults, asked = [], {}
    for pattern, request in requests:
        asked[pattern] = asked.get(pattern, 0) + 1
        begun = time.perf_counter()
        try:
            status, headers, body = await answer_to(app, request)
        except Exception as error:  # noqa: BLE001  whatever it is, a server would answer with 500
            faults.append((repr(error), request))
            continue
        seconds = time.perf_counter() - begun
        faults += [(fault, request) for fault in _faults(name, request, status, headers, body, seconds)]
    return faults, asked


def _faults(name, request, status, headers, body, seconds):
    if status >= 500:
        yield f"{status}: {body[-300:]!r}"
    if seconds > MOST_SECONDS:
        yield f"{seconds:.1f} s"
    if LEADS_ELSEWHERE.search(headers) and not any(each == b"host" for each, _ in request.headers):
        yield f"leads elsewhere: {headers!r}"
    if name == "plain" and FOR_OPERATORS.search(request.target):
        return
    numbers = () if name == "plain" else (PHONE, CITIZEN, ACCOUNT, *SPELT)
    said = (headers + body).lower()
    for never in (*NEVER, *(each.encode() for each in numbers)):
        if never.lower() in said:
            yield f"shows {never!r}"


def patterns():
    """Of every route that Datasette has, with those of plugins."""
    from datasette.app import Datasette

    return [route.pattern for route, _ in Datasette([])._routes()]


@pytest.mark.parametrize("name", SITES)
def test_no_request_breaks_it_or_learns_what_nobody_may(town, known, name, capfd):
    with site(name, town) as (app, base):
        faults, asked = asyncio.run(faults_of(app, name, requests_to(patterns(), known, base, SEED, ROUNDS)))
    capfd.readouterr()
    told = "\n".join(f"{fault}\n    {request}" for fault, request in faults[:20])
    assert not faults, f"seed {SEED}, {len(faults)} of {sum(asked.values())} requests:\n{told}"
    assert set(asked) == set(patterns())


class _NewPage:
    """A plugin with a page that breaks, and one that tells a secret."""

    __name__ = "new_page"

    @hookimpl
    def register_routes(self):
        return [
            (r"^/newly/(?P<what>\w+)/broken$", lambda: Response.text("so it is", status=500)),
            (r"^/newly/(?P<which>[a-z]+)/open$", lambda: Response.text(f"here: {MARK}leak")),
        ]


def test_a_new_page_is_asked_too(town, known, capfd):
    new = _NewPage()
    pm.register(new)
    try:
        with site("plain", town) as (app, base):
            pages = [each for each in patterns() if "/newly/" in each]
            assert len(pages) == 2
            faults, _ = asyncio.run(faults_of(app, "plain", requests_to(pages, known, base, SEED, 2)))
    finally:
        pm.unregister(new)
    said = " ".join(fault for fault, _ in faults)
    assert "500: b'so it is'" in said
    assert f"shows b'{MARK}'" in said


def test_every_argument_that_the_code_reads_is_among_those_sent():
    assert {"_timelimit", "_through", "_sort", "q", "portal", "lang", "day", "abbreviations", "years"} <= set(
        argument_names()
    )


def test_the_same_seed_asks_for_the_same(known):
    first, again, other = (list(requests_to(patterns(), known, "/", seed, 1)) for seed in (1, 1, 2))
    assert first == again != other


def test_the_secret_is_in_the_evidence_and_in_no_byte_of_what_is_served(town):
    assert any(MARK.encode() in payload for payload in town.secret_payloads)
    for file in (town.folder / "archive.db", *(town.folder.parent / "with-payloads" / "current").iterdir()):
        said = file.read_bytes().lower()
        assert MARK.encode() not in said, file
        if file.parent != town.folder:
            assert not [each for each in (PHONE, CITIZEN, ACCOUNT, *SPELT) if each.encode() in said], file
