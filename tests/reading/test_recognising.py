"""Each platform's pages are recognised as its own; what is nobody's is read by landmarks."""

from dataclasses import replace

import pytest

from archiver.portals import PORTALS
from archiver.portals.platforms import PLATFORMS
from archiver.reading.page import read
from archiver.reading.recognising import recognised
from tests.reading.conftest import RENDERINGS

PROSE = "<p>Ủy ban nhân dân thị xã tổ chức hội nghị sơ kết công tác sáu tháng đầu năm tại hội trường lớn.</p>" * 3
TITLE = "Hội nghị sơ kết công tác sáu tháng đầu năm"
# made-up articles: platform, markup, moment
PAGES = {
    "uiarticle": (
        (
            f"<div class='ArticleDetailControl'><div class='ArticleHeader'>{TITLE}</div><div class='PostDate'>09/06/2023"
            " 10:14</div><div class='tool'><a href='#'>Nghe bài viết này ngay</a></div><div class='ArticleSummary'>Tóm tắt"
            f" của hội nghị nói trên.</div><div class='ArticleContent'>{PROSE}</div></div>"
            "<div class='UIArticleInMenu_Default'></div>"
        ),
        "2023-06-09T10:14:00+07:00",
    ),
    "liferay": (
        (
            "<script>Liferay.Portlet = {};</script><div class='portlet-asset-publisher'>"
            f"<h2 class='asset-full-content-title'>{TITLE}</h2><div class='assetPublishDate block_timer'>Ngày đăng 09/06/2023"
            f" | 12:00 AM &nbsp;|&nbsp;View count: 842</div><div class='journal-content-article'>{PROSE}</div></div>"
        ),
        None,
    ),
    "nukeviet": (
        (
            "<script>var nv_base_siteurl = '/';</script><div class='news_column'>"
            f"<h1 class='title margin-bottom-lg' itemprop='headline'>{TITLE}</h1><span class='hidden hide d-none'"
            " itemprop='datePublished'>2023-06-09T10:14:35+07:00</span><span class='h5'>Thứ sáu - 09/06/2023 10:14 35 0"
            f"</span><div class='hometext'>Tóm tắt của hội nghị nói trên.</div><div id='news-bodyhtml'>{PROSE}</div></div>"
        ),
        "2023-06-09T10:14:35+07:00",
    ),
    "webcenter": (
        (
            "<a href='/webcenter/portal/anthuan/pages_tin-tuc/chi-tiet?dDocName=PORTAL1&_adf.ctrl-state=x'>Tin</a>"
            f"<div><h1>{TITLE}</h1><div>09/06/2023 | 03:40 PM</div>{PROSE}</div>"
        ),
        "2023-06-09T15:40:00+07:00",
    ),
    "hungyen": (
        (
            f"<div class='new-detail-layout-type-2'><h1 class='title-detail'>{TITLE}</h1><span class='post-date'>09/06/2023"
            f" 10:14 | lượt xem: 12</span><div class='article-content'>{PROSE}<p>Tác giả: Lê Văn Mẫu</p></div></div>"
        ),
        "2023-06-09T10:14:00+07:00",
    ),
    "webforms": (
        f"<h1>{TITLE}</h1><span id='ctl00_datearticle'>09/06/2023 10:14</span><div class='chitietbaiviet'>{PROSE}</div>",
        "2023-06-09T10:14:00+07:00",
    ),
}


def whole(markup):
    return f"<html><head><title>{TITLE}</title></head><body>{markup}</body></html>".encode()


@pytest.mark.parametrize("key", PAGES)
def test_a_page_is_recognised_as_its_platforms_and_no_others(key):
    found = recognised(whole(PAGES[key][0]))
    assert found.platform is PLATFORMS[key]
    assert 0 < found.confidence <= 1
    assert found.signs


@pytest.mark.parametrize("key", PAGES)
def test_and_is_read_by_that_platform(key):
    markup, at = PAGES[key]
    of = replace(PORTALS["demo"], platform=PLATFORMS[key])
    article = read(whole(markup), of, "https://anthuan.example/tin-1.html", "text/html").article
    assert (article.title, article.published_on, article.published_at) == (TITLE, "2023-06-09", at)
    assert article.body.split("\n\n")[0].startswith("Ủy ban nhân dân")
    assert len(article.body.split("\n\n")) == 3


@pytest.mark.parametrize("name", ["current-theme", "older-theme"])
def test_the_first_platform_is_recognised(name):
    file = RENDERINGS / "thu-hoach" / f"{name}.html"
    assert recognised(file.read_bytes()).platform is PLATFORMS["tandan"]


@pytest.mark.parametrize(
    "body", [b"", b"%PDF-1.4", whole(PROSE), whole(f"<div class='tool'><h2 class='Title'>x</h2>{PROSE}</div>")]
)
def test_what_is_nobodys_is_read_by_landmarks(body):
    found = recognised(body)
    assert (found.platform, found.confidence) == (PLATFORMS["landmarks"], 0)
