"""Details of articles that renderings do not show, each on the platform's markup and on markup without any name."""

import re

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read

HOST = "https://anthuan.example"
URL = f"{HOST}/portal/Pages/2022-4-3/bai-abc12.aspx"
TITLE = "Phường Trung An ra mắt câu lạc bộ bơi cứu đuối"
FIRST = "Sáng 3/4, phường Trung An tổ chức ra mắt câu lạc bộ bơi cứu đuối với 45 thành viên tham gia tại nhà văn hóa."
SECOND = (
    "Ông Lý Văn Thạo, Chủ nhiệm câu lạc bộ, cho biết mỗi tuần các thành viên tập luyện hai buổi tại bể bơi của trường."
)
ROWS = "".join(
    f"<li><a href='/portal/Pages/2022-4-{n}/tin-{n}.aspx'>Tin số {n} của thị xã An Thuận</a>(0{n}/04/2022 9:2{n} SA)</li>"
    for n in (2, 1)
)
PLATFORM = """<html><head><title>{title} - CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ AN THUẬN</title></head><body>
<div><p class='tandan-p-article-news-title'>{title}</p><div class='tandan-span-date-publish'>Đăng ngày 3 - 4 - 2022</div>
<div>- 100% +</div><div class='ms-rtestate-field'>{body}</div></div>
<div class='tandan-div-article-other'><p>Tin mới nhất</p><ul>{rows}</ul></div></body></html>"""
NAMELESS = re.sub(r"\sclass='[^']*'", "", PLATFORM)
TABLES = """<html><head><title>{title} - CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ AN THUẬN</title></head><body><table><tr><td>
<table><tr><td><b>{title}</b></td></tr><tr><td>Đăng ngày 3 - 4 - 2022</td></tr></table><table><tr><td>{body}</td></tr></table>
<table><tr><td><b>Tin mới nhất</b></td></tr><tr><td><ul>{rows}</ul></td></tr></table></td></tr></table></body></html>"""


@pytest.fixture(params=[PLATFORM, NAMELESS, TABLES], ids=["platform", "nameless", "tables"])
def article(request):
    """Reads an article with a body, and the same page cut off everywhere: what is there must be a prefix."""

    def read_article(body, title=TITLE):
        markup = request.param.format(title=title, body=body, rows=ROWS).encode()
        whole = read(markup, PORTALS["demo"], URL, "text/html")
        assert whole.kind == "article"
        assert (whole.article.title, whole.article.published_on) == (title, "2022-04-03")
        assert [row.list_kind for row in whole.listed] == ["latest", "latest"]
        for cut in range(len(markup) // 4, len(markup) - 16, 7):
            check_prefix(read(markup[:cut], PORTALS["demo"], URL, "text/html"), whole.article)
        return whole.article

    return read_article


def check_prefix(page, whole):
    assert page.is_cut_off
    if page.article is not None:
        assert (whole.body or "").startswith(page.article.body or "")
        assert page.article.images == whole.images[: len(page.article.images)]
        assert page.article.author_raw in (None, whole.author_raw)


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "title",
    [
        "UBND thị xã An Thuận họp phiên thường kỳ tháng 4",
        "ỦY BAN NHÂN DÂN THỊ XÃ TỔ CHỨC LỄ PHÁT ĐỘNG TẾT TRỒNG CÂY",
        "Cổng thông tin điện tử thị xã ra mắt chuyên mục mới",
    ],
)
def test_a_title_that_begins_as_a_site_is_called(article, title):
    assert article(paragraphs(FIRST, SECOND), title).body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("sign_off", ["Tin, ảnh: Thu Hà", "Bài và ảnh: Thu Hà"])
def test_a_sign_off_behind_a_line_break(article, sign_off):
    got = article(paragraphs(FIRST, f"{SECOND}<br/>{sign_off}"))
    assert (got.body, got.author, got.author_raw) == (f"{FIRST}\n\n{SECOND}", "Thu Hà", sign_off)


def test_a_bare_name_in_the_cell_of_a_layout(article):
    got = article(paragraphs(FIRST, SECOND) + "<p align=right><b>Thu Hà</b></p>")
    assert (got.body, got.author) == (f"{FIRST}\n\n{SECOND}", "Thu Hà")


def test_pictures_side_by_side_over_their_captions(article):
    pictures = "<tr><td><img src='/a.jpg'></td><td><img src='/b.jpg'></td></tr>"
    captions = "<tr><td>Đại biểu dự lễ</td><td>Các thành viên tập bơi</td></tr>"
    got = article(f"<p>{FIRST}</p><table>{pictures}{captions}</table><p>{SECOND}</p>")
    assert got.body == f"{FIRST}\n\n{SECOND}"
    assert [image.caption for image in got.images] == ["Đại biểu dự lễ", "Các thành viên tập bơi"]


def test_a_caption_that_begins_as_a_sign_off(article):
    picture = (
        "<p align=center><img src='/a.jpg'></p><p align=center><i>Ảnh: Các em nhỏ học bơi tại bể của trường</i></p>"
    )
    got = article(f"<p>{FIRST}</p>{picture}<p>{SECOND}</p>")
    assert (got.body, got.author) == (f"{FIRST}\n\n{SECOND}", None)
    assert [image.caption for image in got.images] == ["Ảnh: Các em nhỏ học bơi tại bể của trường"]


def test_icons_of_the_system_are_no_pictures(article):
    icon = "<img class='ms-asset-icon' src='/_layouts/15/images/icpdf.png' alt=''>"
    link = "<a href='/portal/VanBan/2022-04/1Thong-bao.pdf'>Thông báo số 12.pdf</a>"
    got = article(paragraphs(FIRST, SECOND, "Tài liệu đính kèm:", icon + link))
    assert (got.body, got.images) == (f"{FIRST}\n\n{SECOND}", ())
    assert [each.label for each in got.attachments] == ["Thông báo số 12.pdf"]


def test_an_empty_cell_leaves_one_space(article):
    rows = "<tr><td>Tuần<td>Buổi<td>Số em<tr><td>1<td>Sáng<td>20<tr><td>Cộng<td><td>45"
    assert article(f"<p>{FIRST}</p><table>{rows}</table>").body.endswith(
        "Tuần | Buổi | Số em\n1 | Sáng | 20\nCộng | | 45"
    )


def test_a_date_on_a_line_of_the_text(article):
    assert article(paragraphs(FIRST, "20/02/2021", SECOND)).body == f"{FIRST}\n\n20/02/2021\n\n{SECOND}"


def test_an_article_that_is_nothing_but_scans(article):
    got = article(paragraphs("<img src='/1.jpg'>", "<img src='/2.jpg'>"))
    assert (got.body, [image.url for image in got.images]) == (None, [f"{HOST}/1.jpg", f"{HOST}/2.jpg"])
