"""Section lists: rows, and every way of paging."""

import re
from urllib.parse import urlencode, urljoin

import pytest

from archiver.demo.addresses import lookup_key
from archiver.demo.sections import BY_KEY, SECTIONS

HOST = "https://anthuan.example"
COOKIE = {"Cookie": "AspxAutoDetectCookieSupport=1"}
DATE = re.compile(r"\(\d\d/\d\d/\d{4} \d{1,2}:\d\d (?:SA|CH)\)")


def truth_of(portal, key):
    return next(t for t in portal.truth().lists if t.kind == "section" and t.heading == BY_KEY[key].name)


def rows_of(page):
    """Titles and dates of a page's rows, in order: every link with a title."""
    return [(link["title"], DATE.search(link["text"])[0]) for link in page.links if link["title"]]


def expected(portal, key, number):
    return [(row.title, row.listed_raw) for row in truth_of(portal, key).rows if row.page == number]


def get(portal, url, eyes):
    response = portal.respond("GET", url, COOKIE)
    assert response.status == 200
    return eyes(response)


def page_links(page):
    """The pager's links by the first word of their text."""
    found = (link for link in page.links if re.match(r"\d+\s|[«»]|Trang sau", link["text"]))
    return {link["text"].split()[0]: link["href"] for link in found if not link["href"].startswith("tel:")}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_first_page_shows_the_newest_rows(portal, eyes, section):
    assert rows_of(get(portal, section.path, eyes)) == expected(portal, section.key, 1)


@pytest.mark.parametrize(
    ("key", "parameter"), [("kinh-te", "PageIndex"), ("van-hoa", "Trang"), ("nong-thon-moi", "PageIndex")]
)
def test_numbered_links_lead_to_the_end(portal, eyes, key, parameter):
    url, number = HOST + BY_KEY[key].path, 1
    while True:
        page = get(portal, url, eyes)
        assert rows_of(page) == expected(portal, key, number)
        following = page_links(page).get(str(number + 1))
        if following is None:
            break
        assert f"{parameter}={number + 1}" in following
        url, number = urljoin(url, following), number + 1
    assert number == truth_of(portal, key).rows[-1].page > 1


def test_the_window_of_numbers_is_narrow(portal, eyes):
    assert sorted(page_links(get(portal, BY_KEY["kinh-te"].path, eyes))) == ["2", "3", "»"]


def test_past_the_end_one_list_shows_its_last_page(portal, eyes):
    last = truth_of(portal, "kinh-te").rows[-1].page
    assert rows_of(get(portal, f"{BY_KEY['kinh-te'].path}?PageIndex=99", eyes)) == expected(portal, "kinh-te", last)


def test_past_the_end_another_is_empty(portal, eyes):
    assert rows_of(get(portal, f"{BY_KEY['van-hoa'].path}?Trang=99", eyes)) == []


def test_next_link_leads_to_the_end(portal, eyes):
    url, seen = HOST + BY_KEY["an-ninh"].path, []
    while url:
        page = get(portal, url, eyes)
        seen += rows_of(page)
        links = page_links(page)
        assert set(links) <= {"Trang"}
        url = urljoin(url, links["Trang"]) if links else None
    assert seen == [(row.title, row.listed_raw) for row in truth_of(portal, "an-ninh").rows]


def test_notices_have_no_paging(portal, eyes):
    page = get(portal, BY_KEY["thong-bao"].path, eyes)
    assert len(rows_of(page)) == 8
    assert not page_links(page)
    assert rows_of(get(portal, f"{BY_KEY['thong-bao'].path}?PageIndex=2", eyes)) == rows_of(page)


def post(portal, page, number):
    """What a browser sends when a number is clicked."""
    form = page.fields | {"__EVENTTARGET": "ctl00$PlaceHolderMain$ctl09$dsTin", "__EVENTARGUMENT": f"Page${number}"}
    return portal.respond("POST", BY_KEY["chinh-tri"].path, {}, urlencode(form).encode())


def test_postback_walks_with_the_state_of_the_page_before(portal, eyes):
    page, number = get(portal, BY_KEY["chinh-tri"].path, eyes), 1
    while str(number + 1) in page_links(page):
        assert "__doPostBack" in page_links(page)[str(number + 1)]
        number += 1
        page = eyes(post(portal, page, number))
        assert rows_of(page) == expected(portal, "chinh-tri", number)
    assert number == truth_of(portal, "chinh-tri").rows[-1].page > 2


def test_postback_with_another_state_shows_the_first_page_again(portal, eyes):
    first = get(portal, BY_KEY["chinh-tri"].path, eyes)
    assert rows_of(eyes(post(portal, first, 3))) == expected(portal, "chinh-tri", 1)
    forged = get(portal, BY_KEY["chinh-tri"].path, eyes)
    forged.fields["__VIEWSTATE"] = forged.fields["__VIEWSTATE"][:-8] + "AAAAAAA="
    assert rows_of(eyes(post(portal, forged, 2))) == expected(portal, "chinh-tri", 1)


def test_postback_of_anything_shows_the_first_page(portal, eyes):
    for body in (b"", b"\xff\xfe", b"__EVENTARGUMENT=Page%242", b"__VIEWSTATE=%C3%A9&__EVENTVALIDATION=%C3%A9"):
        response = portal.respond("POST", BY_KEY["chinh-tri"].path, {}, body)
        assert rows_of(eyes(response)) == expected(portal, "chinh-tri", 1)


def test_state_is_never_the_same_twice(portal, eyes):
    states = {get(portal, BY_KEY["chinh-tri"].path, eyes).fields["__VIEWSTATE"] for _ in range(5)}
    assert len(states) == 5


def test_long_titles_are_cut_and_stand_in_full_beside(portal, eyes):
    cut = [link for link in get(portal, BY_KEY["kinh-te"].path, eyes).links if "..." in link["text"]]
    assert cut
    assert all(len(link["title"]) > 72 for link in cut)


def test_home_shows_featured_story_box_and_blocks(portal, eyes):
    page = get(portal, "/", eyes)
    lists = [listed for listed in portal.truth().lists if listed.url == f"{HOST}/"]
    rows = [(row.title, row.listed_raw) for listed in lists for row in listed.rows]
    dated = [(link["title"], found[0]) for link in page.links if link["title"] and (found := DATE.search(link["text"]))]
    assert dated == rows
    assert [listed.kind for listed in lists] == ["latest"] + ["home"] * 6
    assert page.text.count("Tin mới nhất") == 1
    assert len([link for link in page.links if link["title"]]) == len(rows) + 1


def test_rows_in_markup_of_other_developers(portal, eyes):
    pictured = get(portal, BY_KEY["van-hoa"].path, eyes)
    titled = [link["href"] for link in pictured.links if link["title"]]
    assert [link["href"] for link in pictured.links].count(titled[0]) == 2
    inside = portal.respond("GET", BY_KEY["nong-thon-moi"].path).body.decode()
    assert re.search(r"<a [^>]*>[^<]*<i>\(\d\d/\d\d/\d{4} [^<]*\)</i></a>", inside)


def test_rows_lead_to_their_stories(portal, eyes):
    page = get(portal, BY_KEY["kinh-te"].path, eyes)
    keys = [lookup_key(link["href"]) for link in page.links if link["title"]]
    assert keys == [lookup_key(row.url) for row in truth_of(portal, "kinh-te").rows if row.page == 1]
