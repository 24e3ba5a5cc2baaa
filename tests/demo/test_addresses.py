"""The same article under many addresses."""

import re
from unicodedata import normalize
from urllib.parse import quote, unquote, urljoin

import pytest

from archiver.demo.addresses import lookup_key
from archiver.demo.sections import SECTIONS

HOST = "https://anthuan.example"
SHAPES = {
    "jsessionid": r";jsessionid=[0-9a-f]+$",
    "sid": r"\?sid=[0-9a-f]+$",
    "path_token": r"^/\(S\([0-9a-f]+\)\)/portal/",
    "port_443": r"^https://anthuan\.example:443/",
    "lower_case": r"^/portal/pages/",
    "http": r"^http://anthuan\.example/",
}


def listed_links(portal, eyes):
    """Every link with a title of every list page."""
    found = []
    for section in SECTIONS:
        for number in range(1, 8):
            target = f"{section.path}?{section.parameter or 'p'}={number}"
            response = portal.respond("GET", target, {"Cookie": "AspxAutoDetectCookieSupport=1"})
            found += [link["href"] for link in eyes(response).links if link["title"]]
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_lists_disguise_some_addresses(portal, calm, eyes, name, follow):
    played = {lookup_key(url) for url in portal.playbill()[name]}
    links = {link for link in listed_links(calm, eyes) if lookup_key(link) in played}
    assert links
    assert all(re.search(SHAPES[name], link) for link in links)
    link = urljoin(HOST, links.pop())
    assert follow(calm, link).status == 200


def test_session_tokens_change_on_every_response(portal, eyes):
    tokens = [re.findall(rb"jsessionid=(\w+)", portal.respond("GET", SECTIONS[0].path).body) for _ in range(2)]
    assert tokens[0]
    assert set(tokens[0]).isdisjoint(tokens[1])


def test_vietnamese_letters_are_written_in_three_ways(calm, eyes):
    played = {lookup_key(url) for url in calm.playbill()["vietnamese_path"]}
    listed = {link for link in listed_links(calm, eyes) if lookup_key(link) in played}
    boxed = {link["href"] for truth in calm.truth().stories for link in eyes(calm.respond("GET", truth.url)).links}
    boxed = {link for link in boxed if lookup_key(link) in played}
    raw = {link["href"] for link in eyes(calm.respond("GET", "/portal/Pages/tu-khoa.aspx")).links}
    raw = {link for link in raw if lookup_key(link) in played}
    assert {unquote(link) == normalize("NFC", unquote(link)) for link in listed} == {True}
    assert {link == quote(normalize("NFD", unquote(link)), safe="/") for link in boxed} == {True}
    assert raw
    assert not any(link.isascii() for link in raw)


def test_all_spellings_of_a_path_show_the_same_story(calm, follow):
    url = next(u for u in calm.playbill()["vietnamese_path"] if u not in calm.playbill()["redirect_v2"])
    path = unquote(url.removeprefix(HOST))
    title = next(truth.title for truth in calm.truth().stories if truth.url == url)
    for spelling in (
        path,
        quote(path),
        quote(normalize("NFD", path)),
        path.upper(),
        f"/(S(abc))/{path[1:]};jsessionid=1",
    ):
        assert title in calm.respond("GET", spelling).body.decode()


def test_detour_to_v2(portal):
    for url in portal.playbill()["redirect_v2"]:
        response = portal.respond("GET", url)
        assert response.status == 302
        assert response.header("Location") == url.removeprefix(HOST) + "?v=2"
        assert portal.respond("GET", response.header("Location")).status == 200


def test_print_view_is_linked_and_shows_the_same_text(calm, eyes, tidy):
    for truth in calm.truth().stories[:30]:
        url = truth.url + "?v=2"
        link = next(link["href"] for link in eyes(calm.respond("GET", url)).links if "In trang" in link["text"])
        assert link.startswith("/portal/pages/print.aspx?p=3")
        text = eyes(calm.respond("GET", link)).text
        assert truth.title in text
        assert truth.published_raw in text
        assert all(tidy(part.replace(" | ", " ")) in text for part in truth.body.split("\n\n"))


def test_print_view_of_nothing_is_missing(calm):
    for query in ("", "?p=", "?p=x", "?p=1", "?p=99999999999999"):
        assert calm.respond("GET", f"/portal/pages/print.aspx{query}").status == 404


def test_cookie_test(portal):
    (url,) = portal.playbill()["cookie_test"]
    response = portal.respond("GET", url)
    assert response.status == 302
    assert "AspxAutoDetectCookieSupport=1" in response.header("Set-Cookie")
    assert portal.respond("GET", response.header("Location")).status == 200
    second = portal.respond("GET", f"{url}?page=2")
    assert second.header("Location") == f"{url}?page=2&AspxAutoDetectCookieSupport=1"
    assert portal.respond("GET", url, {"cookie": "a=b; AspxAutoDetectCookieSupport=1"}).status == 200


def test_default_page_leads_home(portal):
    response = portal.respond("GET", "/portal/Pages/default.aspx")
    assert (response.status, response.header("Location")) == (302, "/")
