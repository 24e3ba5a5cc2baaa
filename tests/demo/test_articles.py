"""Article pages: themes, markups, decoys, what changes on every response, validators."""

import re
from unicodedata import is_normalized

import pytest

DATE_SEEN = "Đăng ngày 05 - 01 - 2018"


def page_of(portal, url):
    response = portal.respond("GET", f"{url}?v=2")
    assert response.status == 200
    return response.body.decode()


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("word_paste", 'class="MsoNormal"'),
        ("word_paste", "<o:p></o:p>"),
        ("word_paste", "\u200b"),
        ("breaks", "<br><br>"),
        ("entities", "&#7897;"),
        ("entities", "&agrave;"),
        ("unclosed", "<P align=justify>"),
        ("nested_tables", '<td valign="top"><table'),
        ("older_theme", 'class="tandan-title-view"'),
        ("older_theme", 'class="tandan-date-view"'),
        ("older_theme", "</a> 100% <a"),
        ("older_theme", "Gửi bình luận"),
    ],
)
def test_markup_is_played(calm, name, sign):
    urls = calm.playbill()[name]
    assert urls
    assert all(sign in page_of(calm, url) for url in urls)


def test_decomposed_text_is_played(calm):
    assert all(not is_normalized("NFC", page_of(calm, url)) for url in calm.playbill()["decomposed"])


@pytest.mark.parametrize(("name", "sign"), [("layout_table", 'class="picture"'), ("html5_figures", "<figcaption>")])
def test_markup_of_pictures_is_played(calm, name, sign):
    assert any(sign in page_of(calm, url) for url in calm.playbill()[name])


def test_current_theme_has_the_platforms_selectors(calm):
    older = set(calm.playbill()["older_theme"])
    url = next(truth.url for truth in calm.truth().stories if truth.url not in older and truth.lead)
    html = page_of(calm, url)
    for sign in (
        '<p class="tandan-p-article-news-title">',
        'class="tandan-span-date-publish">Đăng ngày',
        '<p class="tandan-p-article-news-summary">',
        '<p class="tandan-p-article-main">&nbsp;</p>',
        '<span id="ctl00_PlaceHolderMain_ctl08_label" style="display:none">',
        '__ControlWrapper_RichHtmlField" class="ms-rtestate-field"',
        '<div class="tandan-div-article-other"><p class="tandan-p-article-other">Tin mới nhất</p>',
        '<label class="channel-news-title"><a ',
        "<span>100%</span>",
        "_spPageContextInfo",
        " - CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ AN THUẬN</title>",
        '<a href="/">Trang chủ</a> » <a ',
    ):
        assert sign in html


def test_a_story_without_lead_has_no_summary(calm):
    older = set(calm.playbill()["older_theme"])
    urls = [url for url in calm.playbill()["no_lead"] if url not in older]
    assert urls
    assert not any("tandan-p-article-news-summary" in page_of(calm, url) for url in urls)


def test_decoy_dates_stand_on_every_page(calm):
    html = page_of(calm, calm.truth().stories[0].url)
    assert DATE_SEEN in html
    assert '"datePublished":"2018-01-05T08:00:00+07:00"' in html
    assert "Thứ hai, ngày 30 tháng 6 năm 2025 | 08:00:09" in html


def test_counters_change_on_every_response(calm):
    url = calm.truth().stories[0].url
    pages = [page_of(calm, url) for _ in range(3)]
    for pattern in (
        r"Lượt xem: (\d+)",
        r"(\d+) người đang online",
        r'name="__VIEWSTATE" id="__VIEWSTATE" value="(.+?)"',
    ):
        assert len({re.search(pattern, page)[1] for page in pages}) == 3


def test_some_articles_say_when_they_changed(calm):
    url = calm.playbill()["last_modified"][0]
    first = calm.respond("GET", f"{url}?v=2")
    since = {"If-Modified-Since": first.header("Last-Modified")}
    assert calm.respond("GET", f"{url}?v=2", since).status == 304
    calm.edit(url, title="Tiêu đề đã sửa")
    changed = calm.respond("GET", f"{url}?v=2", since)
    assert changed.status == 200
    assert changed.header("Last-Modified") != first.header("Last-Modified")


def test_a_date_that_is_none_is_ignored(calm):
    url = calm.playbill()["last_modified"][0]
    for since in ("yesterday", "", "Mon, 30 Jun 2025 08:00:00"):
        assert calm.respond("GET", f"{url}?v=2", {"If-Modified-Since": since}).status == 200


def test_other_articles_send_no_validator(calm):
    without = {truth.url for truth in calm.truth().stories} - set(calm.playbill()["last_modified"])
    assert without
    for url in without:
        response = calm.respond("GET", f"{url}?v=2")
        assert response.header("ETag") is None
        assert response.header("Last-Modified") is None


def test_etag_is_of_the_content_without_counters(calm):
    for url in calm.playbill()["etag"]:
        first, second = (calm.respond("GET", url) for _ in range(2))
        assert first.body != second.body
        assert first.header("ETag") == second.header("ETag")
        known = calm.respond("GET", url, {"If-None-Match": first.header("ETag")})
        assert (known.status, known.body) == (304, b"")
        assert calm.respond("GET", url, {"If-None-Match": 'W/"0"'}).status == 200


def test_other_lists_send_no_validator(calm):
    response = calm.respond("GET", "/portal/Pages/Van-hoa-Xa-hoi.aspx")
    assert response.header("ETag") is None
    assert response.header("Last-Modified") is None


def test_pages_can_be_padded(news, calm, eyes):
    heavy = type(calm)(news, calm.press.now, faults=False, pad_to=67_000)
    url = calm.truth().stories[0].url
    body = heavy.respond("GET", f"{url}?v=2").body
    assert 60_000 < len(body) < 72_000
    assert calm.truth().stories[0].title in eyes(body).text
