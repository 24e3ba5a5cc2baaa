"""Every page of an article is valid HTML that a screen reader and a keyboard can do with."""

import asyncio
import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from datasette.app import Datasette
from jinja2 import Environment, FileSystemLoader

import archiver.site.plugin
from archiver.site.described import metadata
from archiver.site.languages import LANGUAGES
from archiver.site.pages.absent import moved, unknown
from archiver.site.pages.article_data import article_data
from archiver.site.pages.capture import capture_bytes, capture_page
from archiver.site.pages.citations import citation
from archiver.site.pages.files import file
from archiver.site.pages.looks import looks
from archiver.site.pages.newest import newest
from archiver.site.pages.plots import numbers
from archiver.site.pages.search_feeds import search_feed
from archiver.site.pages.search_files import search_file
from archiver.site.routes import ROUTES
from archiver.site.serving import SETTINGS
from tests.site.pages.addresses import PAGES

TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@pytest.fixture(
    params=[(name, language) for name in PAGES for language in LANGUAGES], ids=lambda pair: f"{pair[0]} {pair[1]}"
)
def page(request, path_of, get):
    name, language = request.param
    return get(path_of(name), **{"accept-language": language}).text


def elements(page):
    return list(html5lib.parse(page, namespaceHTMLElements=False).iter())


def text_of(element):
    return "".join(element.itertext()).strip()


def test_it_is_valid(page):
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert parser.errors == []


def test_it_has_landmarks_and_a_language_and_one_first_heading(page):
    found = elements(page)
    tags = [element.tag for element in found]
    assert found[0].get("lang") in LANGUAGES
    assert (tags.count("main"), tags.count("h1")) == (1, 1)
    assert {"header", "footer", "nav"} <= set(tags)
    assert [element.get("href") for element in found if element.get("class") == "skip"] == ["#content"]


def test_headings_come_in_order(page):
    levels = [HEADINGS.index(element.tag) for element in elements(page) if element.tag in HEADINGS]
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_names_within_the_page_lead_somewhere(page):
    found = elements(page)
    ids = [element.get("id") for element in found if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in found:
        for attribute in ("for", "aria-labelledby", "aria-describedby"):
            assert set((element.get(attribute) or "").split()) <= set(ids), element.attrib
        if (element.get("href") or "").startswith("#"):
            assert element.get("href")[1:] in ids


def test_everything_that_can_be_used_has_a_name(page):
    found = elements(page)
    labelled = {element.get("for") for element in found if element.tag == "label"}
    for element in found:
        match element.tag:
            case "a" | "button" | "summary":
                images = [image.get("alt") for image in element.iter("img")]
                assert text_of(element) or any(images), element.attrib
            case "input" | "select":
                assert element.get("id") in labelled
            case "img":
                assert element.get("alt")
            case "iframe":
                assert element.get("title")
            case "section":
                assert element.get("aria-labelledby") or list(element.iter("h2"))


def test_times_can_be_read_by_machines(page):
    times = [element.get("datetime") for element in elements(page) if element.tag == "time"]
    assert [each for each in times if not TIME.fullmatch(each)] == []


def test_what_scrolls_can_be_reached_by_keyboard(page):
    for element in elements(page):
        if element.tag == "pre" or element.get("class") == "scroll":
            assert element.get("tabindex") == "0"
            assert element.get("role") == "region"
            assert element.get("aria-label")


def test_there_is_no_script(page):
    for element in elements(page):
        assert element.tag != "script"
        assert not [name for name in element.attrib if name.startswith("on")]
        assert (element.get("href") or "/").startswith(("/", "#", "?", "http://", "https://")), element.attrib


@pytest.mark.parametrize("name", ["article with pictures", "search"])
def test_vietnamese_words_are_marked_as_such_in_the_english_page(get, path_of, name):
    page = get(path_of(name), **{"accept-language": "en"}).text
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    parents = {child: parent for parent in tree.iter() for child in parent}

    def language(element):
        while element is not None and element.get("lang") is None:
            element = parents.get(element)
        return element.get("lang")

    vietnamese = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    wrong = [
        element.text
        for element in tree.iter()
        if vietnamese.search(element.text or "") and language(element) != "vi"
        and element.tag not in ("title", "pre") and element.get("class") != "reference"
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"home", "article that there is not"}))
def test_every_page_says_how_to_get_its_data(get, path_of, name):
    page = get(path_of(name)).text
    assert 'href="/archive/' in page


HERE = {
    r"^/$": "/", r"^/search(?P<format>|\.json)$": "/search?q=", r"^/plots$": "/plots",
    r"^/edits(?P<format>|\.json|\.atom)$": "/edits", r"^/missing(?P<format>|\.json|\.atom)$": "/missing",
    r"^/coverage(?P<format>|\.json|\.atom)$": "/coverage", r"^/lists(?P<format>|\.json)$": "/lists",
    r"^/lists/(?P<key>[0-9a-f]{10})(?P<format>|\.json)$": "/lists/{list}",
    r"^/a/(?P<key>[a-z0-9]+)$": "/a/{rich}", r"^/a/(?P<key>[a-z0-9]+)/history$": "/a/{edited}/history",
    r"^/a/(?P<key>[a-z0-9]+)/beside/(?P<other>[a-z0-9]+)$": "/a/{moved}/beside/{moved_to}",
    r"^/a/(?P<key>[a-z2-7]{10})/listed(?P<format>|\.json)$": "/a/{rich}/listed",
    r"^/a/(?P<key>[a-z0-9]+)/capture/(?P<capture>[a-z0-9]+)$": "/a/{rich}/capture/{capture}",
}  # fmt: skip
NO_PAGES = {
    search_feed, search_file, looks, numbers, newest, article_data, citation, capture_bytes, file,
    capture_page,  # the portal's own page, in the frame of ours
    moved, unknown,
}  # fmt: skip


@pytest.mark.parametrize("pattern", [pattern for pattern, view in ROUTES if view not in NO_PAGES])
def test_every_page_of_every_route_says_how_to_get_its_data(told, get, pattern):
    archive = told.archive()
    (a_list,) = archive.execute("SELECT list_key FROM lists LIMIT 1").fetchone()
    (a_capture,) = archive.execute(
        "SELECT capture_key FROM captures WHERE article_key = ?", (told.key("rich"),)
    ).fetchone()
    path = HERE[pattern].format(**told.keys, list=a_list, capture=a_capture)
    assert re.match(pattern, path.partition("?")[0])
    page = get(path)
    assert page.status_code == 200
    (aside,) = re.findall('<aside class="get-data">(.*?)</aside>', page.text, re.DOTALL)
    links = [unescape(link) for link in re.findall('href="([^"]*)"', aside)]
    assert len(links) >= 4
    for link in links:
        assert get(link).status_code == 200, link


def test_the_page_of_an_article_leads_to_the_lists_that_showed_it(told, get):
    assert f'href="/a/{told.key("rich")}/listed"' in get(f"/a/{told.key('rich')}").text


def test_below_another_address_every_link_stays_below_it(told, path_of):
    site = Datasette([str(told.folder / "archive.db")], metadata=metadata(), settings=SETTINGS | {"base_url": "/kho/"})
    for name in PAGES:
        page = asyncio.run(site.client.get(path_of(name)))
        assert page.status_code in (200, 404, 410), name
        addresses = [
            element.get(attribute)
            for element in elements(page.text)
            for attribute in ("href", "src", "action")
            if (element.get(attribute) or "").startswith("/")
        ]
        assert addresses
        assert [each for each in addresses if not each.startswith("/kho/")] == [], name
    answer = asyncio.run(site.client.get(f"/a/{told.key('rich')}/"))
    assert answer.headers["location"] == f"/kho/a/{told.key('rich')}"
    assert (
        asyncio.run(site.client.get(f"/a/{told.key('rich')}.json"))
        .json()["permalink"]
        .endswith(f"/kho/a/{told.key('rich')}")
    )


def test_a_part_without_an_address_is_named_without_a_link():
    folder = Path(archiver.site.plugin.__file__).parent / "templates"
    macros = Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("_macros.html").module
    assert "<a" not in str(macros.outside(None, "trên cổng"))
    assert "<a" in str(macros.outside("https://anthuan.example/x", "trên cổng"))
