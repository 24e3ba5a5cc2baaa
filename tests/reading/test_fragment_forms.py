"""The form that a list's script posts for further pages, in whatever way the first page tells its fields."""

import json

import pytest

from archiver.portals import PORTALS
from archiver.reading.fragment_forms import SECOND_LIST, UNREACHABLE, is_fragment, page_asked, series_of, step_behind
from archiver.reading.page import read

PORTAL = PORTALS["demo-uiarticle"]
FRAGMENTS = PORTAL.platform.fragments
LOAD = "https://anthuan-uiarticle.example" + FRAGMENTS.path
URL = "https://anthuan-uiarticle.example/kinh-te"
SERIES = "article_category_id=54441&site_id=4"
POST = f'url: "{FRAGMENTS.path}"'


def page_with(*how, pager=(1, 2, 3), rows=15, markup=""):
    """The first page of a list of the platform; `how` are its scripts."""
    items = "".join(
        f'<li class="row"><h2 class="Title"><a href="/kinh-te/tin-so-{n}-4882{n:02d}">Tin số {n} của thị xã</a></h2>'
        f'<div class="PostDate">{n + 1:02d}/07/2024</div></li>'
        for n in range(rows)
    )
    numbers = "".join(
        f'<li class="page-item" data-page="{n}"><a class="page-link" href="javascript:void(0)">{n}</a></li>'
        for n in pager
    )
    scripts = "".join(f"<script>{each}</script>" for each in how)
    return (
        "<html><head><title>Kinh tế</title></head><body><h1>Kinh tế</h1>"
        f'<ul class="ArticleInMenu">{items}</ul><ul class="pagination">{numbers}</ul>{scripts}{markup}</body></html>'
    )


def read_list(*how, **more):
    return read(page_with(*how, **more).encode(), PORTAL, URL, "text/html")


def told(*how, **more):
    """The fields that name list, site and size, of the step to the second page."""
    (step,) = read_list(*how, **more).pager
    assert (step.number, step.url) == (2, LOAD)
    form = dict(step.form)
    assert form["page"] == "2"
    return form["article_category_id"], form["site_id"], form["page_size"]


WAYS = {
    "an object": f"$.ajax({{ {POST}, data: {{ article_category_id: 54441, site_id: 4, page: page, page_size: 15 }} }});",
    "an object in JSON": f"$.ajax({{ data: JSON.stringify({{ 'article_category_id': '54441', 'site_id': '4', 'page': p,"
    f" 'page_size': '15' }}), {POST} }});",
    "a string of JSON": f'{POST}, data: "{{\\"article_category_id\\":\\"54441\\",\\"site_id\\":\\"4\\",\\"page_size\\":15}}"',
    "a query": f'{POST}, data: "article_category_id=54441&site_id=4&page=" + page + "&page_size=15&lang=vi-VN"',
    "a query of its address": f'load("{FRAGMENTS.path}?article_category_id=54441&amp;x=1&site_id=4&page_size=15&page=" + p)',
    "other names": f"var categoryId = 54441, site = '4'; var size = parseInt('15'); $.ajax({{ {POST}, data: {{"
    " article_category_id: categoryId, site_id: site, page_size: size, page: page } });",
    "camels": f"var articleCategoryId = 54441; var siteId = 4; var pageSize = 15; post({{ {POST} }}, articleCategoryId);",
    "capitals": f"post({{ {POST.upper()}, Article_Category_ID: 54441, SITE_ID: 4, Page_Size: 15 }});",
    "lines": f"post({{\n {POST},\n data: {{\n  article_category_id :54441\n  , site_id : 4\n  , page_size : 15\n }}\n}})",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_script_tells_it(way):
    assert told(WAYS[way].replace("&amp;", "&")) == ("54441", "4", "15")


def test_hidden_fields_tell_it():
    fields = (
        '<input type="hidden" id="ctl00_Main_hdfArticleCategoryId" value="54441"><input type="hidden" name="site_id" value="4">'
        '<input value=" 15 " name="ctl00$Main$hdf_page_size" type="hidden">'
    )
    assert told(f"post({{ {POST} }})", markup=fields) == ("54441", "4", "15")


def test_data_attributes_tell_it():
    markup = (
        f'<div class="list" data-url="{FRAGMENTS.path}" data-article-category-id="54441" data-site_id="4"'
        ' data-pagesize="15"></div>'
    )
    assert told(markup=markup) == ("54441", "4", "15")


def test_what_the_script_that_posts_says_comes_before_all_else():
    other = "search({ article_category_id: 1, site_id: 2, page_size: 50 });"
    assert told(other, WAYS["an object"]) == ("54441", "4", "15")


def test_everything_that_crawlers_send_is_posted_as_the_page_says_it():
    script = WAYS["an object"].replace(
        "page: page",
        'categoryIds: "54441,54450", show_post_date: "False", num_of_text: 200, keyword: key, no: -15, articlelang: "en-US"',
    )
    form = dict(read_list(script).pager[0].form)
    assert form == {
        "article_category_id": "54441", "site_id": "4", "page_size": "15", "page": "2", "categoryIds": "54441,54450",
        "keyword": "", "date_begin": "", "date_end": "", "show_no": "False", "show_post_date": "False",
        "num_of_text": "200", "show_view_count": "False", "filter_order_in_list": "False", "is_default": "False",
        "new": "False", "number_of_day": "3", "no": "-15", "lang": "vi-VN", "articlelang": "en-US",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("article_category_id: 54441, ", "article_category_id"),
        ("page_size: 15", "page_size"),
        ("site_id: 4,", "site_id"),
    ],
)
def test_a_field_that_is_not_told_is_a_problem_and_no_step(left_out, missing):
    page = read_list(WAYS["an object"].replace(left_out, ""))
    assert page.pager == ()
    assert [(each.stage, each.reason, each.raw) for each in page.problems] == [("list", UNREACHABLE, missing)]


@pytest.mark.parametrize("value", ["size * 2", '"1" + "5"', "0", '"all"', "$('#size').val()", "-15", "15000"])
def test_what_is_reckoned_or_no_size_is_not_told(value):
    page = read_list(WAYS["an object"].replace("page_size: 15", f"page_size: {value}"))
    assert [each.raw for each in page.problems] == ["page_size"]
    assert page.series == SERIES, "which list it is, is told all the same"


def test_two_values_outside_of_the_script_that_posts_tell_nothing():
    script = WAYS["an object"].replace(", page_size: 15", "")
    assert told(script, "var pageSize = 15;") == ("54441", "4", "15")
    assert [each.raw for each in read_list(script, "var pageSize = 15;", "pageSize = 20;").problems] == ["page_size"]


def test_a_pager_without_a_script_that_posts_is_a_problem():
    assert [each.raw for each in read_list().problems] == ["article_category_id, site_id, page_size"]


@pytest.mark.parametrize(
    "scripts", [(), ("var maxPage = parseInt(1);", WAYS["an object"]), ("var maxPage = '0'; " + POST,)]
)
def test_a_list_of_one_page_goes_nowhere_and_is_no_problem(scripts):
    page = read_list(*scripts, pager=())
    assert (page.kind, page.pager, page.problems) == ("list", (), ())


@pytest.mark.parametrize(("said", "pager", "pages"), [("", (1, 2, 3), 3), ("var maxPage = parseInt(27);", (1, 2), 27),
                                                      ("maxPage=27;", (), 27), ("", (), None)])  # fmt: skip
def test_how_many_pages_there_are(said, pager, pages):
    page = read_list(said + WAYS["an object"], pager=pager)
    assert (page.pages, page.series, page.list_url, page.page_number) == (pages, SERIES, URL, 1)


def test_a_second_list_on_the_page_is_a_problem_and_the_first_is_walked():
    page = read_list(WAYS["an object"], WAYS["an object"].replace("54441", "54442"))
    assert dict(page.pager[0].form)["article_category_id"] == "54441"
    assert [(each.reason, each.raw) for each in page.problems] == [(SECOND_LIST, "54442")]


def test_links_to_pages_are_preferred():
    links = '<div><a href="?page=2">2</a> <a href="?page=3">3</a></div>'
    steps = read_list(WAYS["an object"], markup=links).pager
    assert [(step.number, step.form) for step in steps] == [(2, None), (3, None)]


def test_a_page_behind_the_first_that_has_an_address_is_not_the_first():
    page = read(page_with(WAYS["an object"]).encode(), PORTAL, f"{URL}?page=3", "text/html")
    assert (page.page_number, page.pager, page.series) == (3, (), None)


def test_no_other_platform_posts_for_pieces():
    page = read(page_with(WAYS["an object"]).encode(), PORTALS["demo"], "https://anthuan.example/kinh-te", "text/html")
    assert (page.pager, page.series, page.problems) == ((), None, ())
    assert not is_fragment(PORTALS["demo"], LOAD)


@pytest.mark.parametrize("url", [LOAD, LOAD.lower(), LOAD + "?x=1", LOAD.replace("https", "http")])
def test_where_is_posted(url):
    assert is_fragment(PORTAL, url)


@pytest.mark.parametrize("url", [URL, LOAD + "s", URL + FRAGMENTS.path, "https://elsewhere.example" + FRAGMENTS.path])
def test_where_is_not(url):
    assert not is_fragment(PORTAL, url)


def test_the_same_form_goes_on():
    form = read_list(WAYS["an object"]).pager[0].form
    step = step_behind(form, PORTAL)
    assert (step.number, step.url, dict(step.form)) == (3, LOAD, dict(form) | {"page": "3"})
    assert page_asked(step.form, FRAGMENTS) == 3
    assert series_of(step.form, FRAGMENTS) == SERIES
    assert step_behind(tuple(json.loads(json.dumps(step.form))), PORTAL).number == 4


@pytest.mark.parametrize("page", [None, "", "x", "-1", "99999999999"])
def test_a_form_that_names_no_page_leads_nowhere(page):
    form = (("article_category_id", "54441"), ("site_id", "4"), *([("page", page)] if page is not None else []))
    assert page_asked(form, FRAGMENTS) is None
    assert step_behind(form, PORTAL) is None


def test_scripts_of_any_length_are_read_in_time():
    noise = "article_category_id:" + " " * 50_000 + "x, page_size=" * 5_000 + '"site_id' * 20_000
    assert told(noise, WAYS["an object"]) == ("54441", "4", "15")
