"""Under a path, without a web server: every address that any answer leads to stays under it, and is answered.

FOLLOWED=1000 python -m pytest tests/site/public/test_under_a_path.py asks for all there is, not for a few of each kind.
"""

import asyncio
import os
import re
from collections import Counter
from contextlib import contextmanager
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pytest
from datasette.utils.asgi import Request

from archiver.site.pages.formats import own_link
from archiver.site.public.editions import Choices
from archiver.site.public.serving import place_of
from archiver.site.public.site import PublicSite
from tests.publishing.conftest import made
from tests.site.public.guarded import guarded

ORIGIN = "http://localhost"
FOLLOWED = int(os.environ.get("FOLLOWED", "1"))  # of each kind of address
IN_HTML = re.compile(r"""(?<![\w-])(?:href|src|action|formaction|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
IN_SETS = re.compile(r"""(?<![\w-])(?:srcset|imagesrcset)\s*=\s*"([^"]*)\"""")
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)""")
NAMES = re.compile(r"(?<=/)(?:[a-z2-7]{10}|[0-9a-f]{10,}|[0-9]+|[^/]*[,~][^/]*)(?=[./]|$)")
ALSO = ("/", "/archive", "/-/metadata", "/search?q=UBND", "/search?q=thị+xã&sort=newest")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    town = guarded(tmp_path_factory.mktemp("path") / "data")
    assert made(town.folder, town.folder.parent / "snapshots", with_payloads=True).faults == []
    return town.folder.parent / "snapshots"


def addresses_in(answer):
    """Every address that an answer leads to, as a browser or a program understands it."""
    kind, said = answer.headers.get("content-type", ""), [answer.headers.get("location")]
    said += re.findall(r"<([^>]+)>;", answer.headers.get("link", ""))
    if "html" in kind or "xml" in kind:
        said += [unescape(one or other) for one, other in IN_HTML.findall(answer.text)]
        said += [each.split()[0] for many in IN_SETS.findall(answer.text) for each in unescape(many).split(",")]
        said += re.findall(rf"<(?:id|uri)>({ORIGIN}[^<]*)", answer.text)
    if "html" in kind or "css" in kind:
        said += [each for each in IN_STYLES.findall(answer.text) if not each.startswith("data:")]
    if "json" in kind:
        said += re.findall(rf"{ORIGIN}[^\s\"'\\<>]*", answer.text)
    return {urljoin(str(answer.url), each).partition("#")[0] for each in said if each}


def kind_of(address):
    """What tells one kind of address from another: without keys, and without the values of its arguments."""
    parts = urlsplit(address)
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return NAMES.sub("*", parts.path), tuple(names)


async def walk(site, language):
    """Faults, and how many answers of each content type there were."""
    faults, answered, seen, kinds = [], Counter(), set(), Counter()
    waiting = [(f"{ORIGIN}/kho{path}", "") for path in ALSO]
    transport = httpx.ASGITransport(app=site)
    async with httpx.AsyncClient(transport=transport, headers={"Accept-Language": language}, timeout=60) as client:
        while waiting:
            address, led_from = waiting.pop(0)
            kind = kind_of(address)
            if address in seen or kinds[kind] >= FOLLOWED or kinds[kind[0]] >= 3 * FOLLOWED:
                continue
            seen.add(address)
            kinds.update((kind, kind[0]))
            answer = await client.get(address)
            answered[answer.headers.get("content-type", "").partition(";")[0]] += 1
            if answer.status_code >= 400:
                faults.append(f"{answer.status_code} {address} from {led_from}")
            for each in sorted(addresses_in(answer)):
                parts = urlsplit(each)
                if parts.scheme in ("http", "https") and parts.netloc == "localhost":
                    if not parts.path.startswith("/kho/") or "/kho/kho" in parts.path:
                        faults.append(f"{address} leads to {each}")
                    else:
                        waiting.append((each, address))
    return faults, answered


@contextmanager
def site_at(folder, base_url):
    place = place_of(base_url)
    site = PublicSite(folder, Choices(place.path), place)
    asyncio.run(site.open())
    try:
        yield site
    finally:
        asyncio.run(site.close())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_stays_under_the_path_and_is_there(folder, language):
    with site_at(folder, "/kho/") as site:
        faults, answered = asyncio.run(walk(site, language))
    assert not faults, f"{len(faults)} of {sum(answered.values())}:\n" + "\n".join(faults[:40])
    assert sum(answered.values()) > 200, answered
    assert {"text/html", "application/json", "application/atom+xml", "text/csv", "application/x-ndjson",
            "application/vnd.apache.parquet", "text/css", "font/woff2"} <= answered.keys()  # fmt: skip


@pytest.mark.parametrize(
    ("base_url", "scheme", "is_safe"),
    [("/kho/", "http", False), ("/kho/", "https", True), ("https://luutru.example/kho/", "http", True)],
)
def test_the_cookie_of_a_language_stays_under_the_path_and_on_safe_lines(folder, base_url, scheme, is_safe):
    async def asked(site):
        transport = httpx.ASGITransport(app=site)
        async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://localhost") as client:
            return await client.get("/kho/search?lang=en")

    with site_at(folder, base_url) as site:
        cookie = asyncio.run(asked(site)).headers["set-cookie"]
    said = {each.strip() for each in cookie.split(";")}
    assert {"language=en", "Path=/kho/", "SameSite=lax"} <= said
    assert ("Secure" in said) == is_safe


def test_the_next_page_of_rows_as_json_is_under_the_path(folder):
    """Also where the web server passes on the path without that of the site."""
    with site_at(folder, "/kho/") as site:
        for path in ("/kho/edits.json", "/edits.json?page=1"):
            following = own_link(site.edition.datasette, Request.fake(path), page=2)
            assert following == f"{ORIGIN}/kho/edits.json?page=2"
