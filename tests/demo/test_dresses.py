"""The same news in the dresses of other platforms: addresses, markup, paging, second routes, and what stays the same."""

import json
import re
from dataclasses import replace
from urllib.parse import urlencode, urljoin
from xml.etree import ElementTree

import pytest

from archiver.demo import DRESSES, DemoPortal, DressedPortal, stories
from archiver.demo.__main__ import FIRST, options
from archiver.demo.sections import SECTIONS
from tests.demo.conftest import NOW

NEWS = stories(60)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NOT_SAID_OF_TIMES = {"url", "author_raw", "published_at", "published_raw", "images", "attachments"}
LOAD = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
# The sign by which a person who knows the platform would tell it, on an article's page and on a list's.
SIGNS = {
    "uiarticle": ('class="ArticleDetailControl"', 'class="ArticleInMenu"'),
    "liferay": ('class="journal-content-article"', 'class="asset-title"'),
    "nukeviet": ('id="news-bodyhtml"', 'class="pagination"'),
    "webcenter": ("_adf.ctrl-state=", "?catalog=kinh-te&amp;page=2"),
    "hungyen": ('class="new-detail-layout-type-2"', 'class="article-title common-title"'),
    "webforms": ('class="chitietbaiviet"', "__doPostBack"),
    "landmarks": ("<h1>", "Trang sau »"),
}


def dressed(key, **options):
    return DressedPortal(DRESSES[key], NEWS, lambda: NOW, **({"faults": False} | options))


@pytest.fixture(params=DRESSES)
def worn(request):
    """The portal without faults, in each dress."""
    return dressed(request.param)


def test_a_dress_is_told_by_its_key():
    assert all(key == dress.key for key, dress in DRESSES.items())
    assert len({dress.host for dress in DRESSES.values()}) == len(DRESSES)


def test_pages_show_the_signs_of_their_platform(worn):
    article, listing = SIGNS[worn.dress.key]
    assert article in worn.respond("GET", worn.truth().stories[0].url).body.decode()
    assert listing in worn.respond("GET", list_of(worn, "Kinh tế").url).body.decode()


def test_the_unknown_system_has_no_telling_names():
    worn = dressed("landmarks")
    for truth in worn.truth().stories:
        html = worn.respond("GET", truth.url).body.decode()
        own = re.sub(r'class="(?:Mso\w+|picture)"', "", html)  # the editors' names are in the body, as everywhere
        assert not re.search(r"\s(?:class|id)=", own)
    assert not re.search(r"\s(?:class|id)=", worn.respond("GET", "/muc/kinh-te").body.decode())


def test_a_story_says_the_same_in_every_dress(worn):
    first = DemoPortal(NEWS, lambda: NOW, faults=False).truth().stories
    names = [name for name in first[0].__slots__ if name not in NOT_SAID_OF_TIMES]
    for plain, story in zip(first, worn.truth().stories, strict=True):
        assert [getattr(plain, name) for name in names] == [getattr(story, name) for name in names]
        assert story.published_at in (plain.published_at, None)


def test_a_page_shows_its_story(worn, eyes, tidy):
    for truth in worn.truth().stories:
        response = worn.respond("GET", truth.url)
        assert response.status == 200
        page = eyes(response)
        for text in (truth.title, truth.published_raw, truth.lead or "", truth.author_raw or "", truth.section):
            assert tidy(text) in page.text, truth.url
        assert all(tidy(part.replace(" | ", " ")) in page.text for part in truth.body.split("\n\n"))
        shown = {urljoin(truth.url, source) for source in page.images}
        assert {url for url, _ in truth.images} <= shown
        linked = {urljoin(truth.url, link["href"]) for link in page.links}
        assert {url for url, _ in truth.attachments} <= linked


def test_titles_of_pages_name_the_article_and_the_site(worn):
    truth = worn.truth().stories[0]
    window_title = re.search(r"<title>(.*?)</title>", worn.respond("GET", truth.url).body.decode())[1]
    assert window_title in (f"{truth.title} - {SITE}", f"{SITE} - {truth.title}")


SITE = "CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ AN THUẬN"


def list_of(worn, heading):
    return next(listed for listed in worn.truth().lists if listed.kind == "section" and listed.heading == heading)


def shown_rows(worn, page, rows):
    """The addresses of `rows` that a page links to, in its order and without sessions, each once."""
    hrefs = [urljoin(worn.dress.host, link["href"]) for link in page.links if link["text"].strip()]
    names = {worn.fitting.name(row.url): row.url for row in rows}
    return list(dict.fromkeys(names[name] for name in map(worn.fitting.name, hrefs) if name in names))


@pytest.mark.parametrize("key", [key for key in DRESSES if key not in ("uiarticle", "webforms")])
def test_lists_show_their_rows_page_by_page(key, eyes):
    worn = dressed(key)
    for section in SECTIONS:
        listed = list_of(worn, section.name)
        for number in {row.page for row in listed.rows}:
            rows = [row for row in listed.rows if row.page == number]
            page = eyes(worn.respond("GET", worn.dress.list_path(section, number)))
            assert shown_rows(worn, page, listed.rows) == [row.url for row in rows]
            assert all(row.listed_raw.replace("\xa0", " ") in page.text for row in rows)


def test_lists_lead_to_their_next_page(worn, eyes):
    """By a link of their own, unless they are posted or fetched by a script."""
    section = SECTIONS[0]
    links = {link["href"] for link in eyes(worn.respond("GET", worn.dress.list_path(section, 1))).links}
    second = worn.dress.list_path(section, 2)
    if worn.dress.posts_pages or worn.dress.fragments:
        assert second == worn.dress.list_path(section, 1)
        assert any(href.startswith("javascript:") for href in links)
    else:
        assert second in links


def test_the_home_page_shows_what_is_newest_everywhere_and_in_each_section(worn, eyes):
    page = eyes(worn.respond("GET", "/"))
    for listed in worn.truth().lists:
        if listed.url == f"{worn.dress.host}/":
            assert listed.heading in page.text
            assert {row.url for row in listed.rows} <= set(shown_rows(worn, page, listed.rows))


def test_what_is_next_older_stands_beside_an_article(worn, eyes):
    truth = worn.truth().stories[0]
    box = worn.box(truth.url)
    page = eyes(worn.respond("GET", truth.url))
    assert box.heading in page.text
    assert shown_rows(worn, page, box.rows) == [row.url for row in box.rows]
    assert all(row.listed_raw in page.text.replace("\xa0", " ") for row in box.rows)


def test_nukeviet_shows_what_is_newer_too(eyes):
    worn = dressed("nukeviet")
    rows = list_of(worn, "Kinh tế").rows
    page = eyes(worn.respond("GET", rows[3].url))
    assert "Những tin mới hơn" in page.text
    assert shown_rows(worn, page, rows)[:3] == [rows[2].url, rows[1].url, rows[0].url]


def test_liferay_says_midnight_where_no_time_is_known():
    worn = dressed("liferay")
    timeless = [truth for truth in worn.truth().stories if truth.published_at is None]
    assert 5 < len(timeless) < 30
    assert all(truth.published_raw.endswith("| 12:00 AM") for truth in timeless)


@pytest.mark.parametrize("key", ["uiarticle", "hungyen"])
def test_some_platforms_print_days_alone(key):
    worn = dressed(key)
    assert {truth.published_at for truth in worn.truth().stories} == {None}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row.listed_at) for each in worn.truth().lists for row in each.rows)


def test_noise_in_addresses_names_nothing(eyes):
    for key, noise in (("liferay", ";jsessionid="), ("liferay", "_101_redirect="), ("webcenter", "_afrLoop=")):
        worn = dressed(key)
        page = eyes(worn.respond("GET", "/"))
        href = next(link["href"] for link in page.links if noise in link["href"])
        assert worn.story(href).title in worn.respond("GET", href).body.decode()


def wish(worn, **changed):
    asked = {"article_category_id": 54440, "site_id": 4, "page": 2, "page_size": 10, "lang": "vi-VN"} | changed
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return worn.respond("POST", LOAD, headers, json.dumps(asked).encode())


def test_fragments_go_on_where_the_page_ends(eyes):
    worn = dressed("uiarticle")
    rows = list_of(worn, "Kinh tế").rows
    first = worn.respond("GET", "/kinh-te")
    assert shown_rows(worn, eyes(first), rows) == [row.url for row in rows[:10]]
    assert b"article_category_id: 54440, site_id: 4, page: page, page_size: 10" in first.body
    answer = wish(worn)
    assert answer.header("Content-Type") == "application/json; charset=utf-8"
    assert shown_rows(worn, eyes(json.loads(answer.body)["d"]), rows) == [row.url for row in rows[10:]]
    assert json.loads(wish(worn, page=3).body) == {"d": ""}
    assert json.loads(wish(worn, page=1, page_size=100).body)["d"].count("<h2") == len(rows)


def test_a_posted_form_gets_a_bare_fragment(eyes):
    worn = dressed("uiarticle")
    form = urlencode({"article_category_id": 54440, "site_id": 4, "page": 2, "page_size": 10}).encode()
    answer = worn.respond("POST", LOAD, {"Content-Type": "application/x-www-form-urlencoded"}, form)
    rows = list_of(worn, "Kinh tế").rows
    assert shown_rows(worn, eyes(answer), rows) == [row.url for row in rows[10:]]


@pytest.mark.parametrize("changed", [{"page": 0}, {"page": "x"}, {"site_id": 5}, {"article_category_id": 1}])
def test_a_wish_without_sense_is_an_error(changed):
    assert wish(dressed("uiarticle"), **changed).status == 500
    assert dressed("uiarticle").respond("POST", LOAD, {}, b"[1]").status == 500
    assert dressed("uiarticle").respond("GET", LOAD).status == 500


def test_posted_pages_follow_from_the_latest_state(eyes):
    worn = dressed("webforms")
    section, rows = SECTIONS[0], list_of(worn, "Kinh tế").rows
    path = worn.dress.list_path(section, 1)
    first = eyes(worn.respond("GET", path))
    form = first.fields | {"__EVENTTARGET": "ctl00$mainContent$rptPages", "__EVENTARGUMENT": "Page$2"}
    second = worn.respond("POST", path, {}, urlencode(form).encode())
    assert shown_rows(worn, eyes(second), rows) == [row.url for row in rows[10:]]
    stale = worn.respond("POST", path, {}, urlencode(form | {"__VIEWSTATE": "x"}).encode())
    assert shown_rows(worn, eyes(stale), rows) == [row.url for row in rows[:10]]


def test_a_feed_tells_of_the_newest_and_is_found_on_the_page_of_feeds(eyes):
    worn = dressed("nukeviet")
    links = [link["href"] for link in eyes(worn.respond("GET", "/rss/")).links]
    assert "/vi/news/rss/" in links
    answer = worn.respond("GET", "/vi/news/rss/kinh-te/")
    assert answer.header("Content-Type") == "text/xml; charset=utf-8"
    items = list(ElementTree.fromstring(answer.body).iter("item"))
    rows = list_of(worn, "Kinh tế").rows
    assert [(item.findtext("link"), item.findtext("title")) for item in items] == [
        (row.url, row.title) for row in rows[:20]
    ]
    assert items[0].findtext("pubDate").endswith(" +0700")
    assert len(list(ElementTree.fromstring(worn.respond("GET", "/vi/news/rss/").body).iter("item"))) == 20


@pytest.mark.parametrize("key", ["nukeviet", "liferay", "landmarks"])
def test_a_sitemap_knows_what_lists_do_not_and_misses_the_newest(key):
    worn = dressed(key)
    path = worn.dress.sitemap_path
    if worn.dress.sitemap_index:
        index = ElementTree.fromstring(worn.respond("GET", "/sitemap.xml").body)
        assert [each.text for each in index.iter(f"{SITEMAP}loc")] == [worn.dress.host + path]
    found = [each.text for each in ElementTree.fromstring(worn.respond("GET", path).body).iter(f"{SITEMAP}loc")]
    assert found == [truth.url for truth in worn.truth().stories][2:]


def test_robots_name_the_sitemap_that_stands_elsewhere():
    line = b"Sitemap: https://anthuan-landmarks.example/so-do-trang.xml\n"
    assert line in dressed("landmarks").respond("GET", "/robots.txt").body
    assert b"Sitemap" not in dressed("nukeviet").respond("GET", "/robots.txt").body
    assert b"Sitemap" not in dressed("landmarks", robots="missing").respond("GET", "/robots.txt").body


def test_other_platforms_have_no_second_route():
    for key in ("uiarticle", "webcenter", "hungyen", "webforms"):
        assert {dressed(key).respond("GET", path).status for path in ("/rss/", "/sitemap.xml")} == {404}


def test_what_is_not_there_is_said_so_in_the_same_dress(worn):
    answer = worn.respond("GET", "/khong-co.html")
    assert answer.status == 404
    assert SITE in answer.body.decode()
    assert worn.respond("PUT", "/").status == 405
    assert "96,4 km2" in worn.respond("GET", "/gioi-thieu").body.decode()


def test_files_are_the_same_in_every_dress(worn):
    first = DemoPortal(NEWS, lambda: NOW, faults=False)
    url = next(url for truth in worn.truth().stories for url, _ in truth.images)
    path = url.removeprefix(worn.dress.host)
    assert worn.respond("GET", path).body == first.respond("GET", path).body


def test_the_news_goes_on_in_every_dress(worn):
    newest = NEWS[-1]
    later = replace(newest, slug="Tin-rat-moi9999", listed_at=newest.listed_at.replace(minute=59), title="Tin rất mới")
    worn.publish(later)
    truth = worn.truth().stories[0]
    assert truth.title == "Tin rất mới"
    assert "Tin rất mới" in worn.respond("GET", truth.url).body.decode()
    worn.edit(truth.url, title="Tin đã sửa")
    assert "Tin đã sửa" in worn.respond("GET", truth.url).body.decode()
    assert "Tin đã sửa" in worn.respond("GET", "/").body.decode()
    worn.remove(truth.url, 410)
    assert worn.respond("GET", truth.url).status == 410
    assert "Tin đã sửa" not in worn.respond("GET", "/").body.decode()
    with pytest.raises(KeyError):
        worn.story(truth.url)


def test_faults_are_played_in_every_dress(worn):
    faulty = dressed(worn.dress.key, faults=True, slow_seconds=0.1)
    stories_of = {truth.url for truth in faulty.truth().stories}
    rows = {row.url for listed in faulty.truth().lists for row in listed.rows} - stories_of
    statuses = sorted(faulty.respond("GET", url).status for url in rows)
    assert statuses == [200, 200, 200, 200, 200, 302, 302, 404, 410]


def test_an_article_that_is_busy_is_shown_at_the_second_try(worn):
    faulty = dressed(worn.dress.key, faults=True)
    url = faulty.fitting.url(NEWS[11])
    assert [faulty.respond("GET", url).status for _ in range(2)] == [503, 200]


def test_a_dress_is_named_on_the_command_line():
    assert options([]).dress == FIRST
    assert options(["--dress", "nukeviet"]).dress == "nukeviet"


@pytest.mark.parametrize("key", ["liferay", "nukeviet", "landmarks"])
def test_a_story_that_is_taken_out_of_the_lists_stays_at_its_address_and_in_the_sitemap(key):
    worn = dressed(key)
    url = worn.truth().stories[20].url
    worn.unlist(url)
    assert url not in {row.url for each in worn.truth().lists for row in each.rows}
    assert worn.respond("GET", url.removeprefix(worn.dress.host)).status == 200
    assert url in worn.respond("GET", worn.dress.sitemap_path).body.decode()
