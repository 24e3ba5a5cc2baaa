"""Real pages, where they are at hand: nothing of them is in the project."""

import dataclasses
import json

import pytest

from archiver.portals import PORTALS
from archiver.reading.page import read
from tests.reading.conftest import as_expected

MYHAO = PORTALS["myhao"]


def read_shared(file, url):
    return read(file.read_bytes(), MYHAO, url, "text/html")


def test_the_page_this_project_began_from(shared_page):
    truth = json.loads(shared_page("myhao_2021-12-28.json").read_text(encoding="utf-8"))
    page = read_shared(shared_page("myhao_2021-12-28.html"), truth["article"]["url"])
    got = as_expected(page)
    assert got["kind"] == truth["kind"]
    assert {field: got["article"][field] for field in truth["article"]} == truth["article"]
    assert got["listed"] == truth["listed"]
    assert page.problems == ()


def test_a_fragment_of_the_same_platform(shared_page):
    url = "https://quangxuong.thanhhoa.gov.vn/portal/Pages/2023-2-11/bai-viet.aspx"
    article = read_shared(shared_page("quangxuong_tandan_fragment.html"), url).article
    assert article.lead.startswith("Những năm gần đây, diện tích cây ăn quả")
    assert article.title is None
    assert article.published_on is None
    assert [image.caption for image in article.images] == [
        "Hình ảnh cán bộ trung tâm DVNN huyện hướng dẫn kỹ thuật bao trái trên cây ăn quả cho bà con",
        "Hình ảnh vườn cây ăn quả",
    ]
    assert all("/portal/Photos/2023-02-11/" in image.url for image in article.images)
    assert article.body.startswith("Để hạn chế thiệt hại do sâu bệnh")
    assert "Hình ảnh" not in article.body


def test_a_list_of_a_platform_without_selectors(shared_page):
    page = read_shared(
        shared_page("hanoi_sotttt_list_covid19.html"), "https://sotttt.hanoi.gov.vn/phong-chong-dich-benh-covid-19"
    )
    assert page.kind == "list"
    assert len(page.listed) == 20
    first = page.listed[0]
    assert first.title == (
        "Sở Thông tin và Truyền thông Hà Nội xử phạt vi phạm hành chính đối với chủ tài khoản facebook đăng tải thông tin "
        "sai sự thật."
    )
    assert (first.listed_at, first.listed_raw) == ("2020-09-09T17:07:00+07:00", "Ngày đăng 09/09/2020 | 05:07 PM")
    assert not any("View" in row.listed_raw for row in page.listed)


def test_news_posted_twice_stand_twice(shared_page):
    page = read_shared(shared_page("hanoi_sotttt_list_pho-sach.html"), "https://sotttt.hanoi.gov.vn/pho-sach-ha-noi")
    twice = [row for row in page.listed if row.title.startswith("Phố Sách Xuân Canh Tý 2020 - điểm hẹn văn hóa")]
    assert [row.listed_at for row in twice] == ["2020-01-21T10:25:00+07:00", "2020-01-21T15:51:00+07:00"]
    assert len({row.url for row in twice}) == 2


def test_a_home_page(shared_page):
    page = read_shared(shared_page("hanoi_sotttt_index.html"), "https://sotttt.hanoi.gov.vn/")
    assert [row.list_kind for row in page.listed] == ["home"] * 5
    assert page.listed[0].title == (
        "Thông báo danh sách đủ và không đủ tiêu chuẩn, điều kiện dự kỳ thi tuyển công chức năm 2022"
    )
    assert [row.listed_at for row in page.listed[:2]] == ["2022-08-24", "2022-08-23"]


def test_a_static_page_has_no_date_and_is_no_article(shared_page):
    page = read_shared(
        shared_page("hanoi_sotttt_static_phong-bao-chi.html"), "https://sotttt.hanoi.gov.vn/phong-bao-chi-xuat-ban"
    )
    assert (page.kind, page.article, page.listed) == ("other", None, ())


def test_a_newspaper(shared_page):
    page = read_shared(
        shared_page("vnexpress_duong-bay-quoc-te_2022.html"), "https://vnexpress.net/mo-lai-duong-bay-4426992.html"
    )
    article = page.article
    assert article.title == "Việt Nam dự kiến mở lại toàn bộ đường bay quốc tế từ 15/2"
    assert article.published_at == "2022-02-13T16:08:35+07:00"
    assert (article.published_raw, article.published_from) == ("Chủ nhật, 13/2/2022, 16:08 (GMT+7)", "page and meta")
    assert article.author == "Đoàn Loan"


@pytest.mark.parametrize("name", ["myhao_2021-12-28.html", "quangxuong_tandan_fragment.html"])
def test_values_are_plain(shared_page, name):
    page = read_shared(shared_page(name), "https://myhao.hungyen.gov.vn/portal/Pages/x.aspx")
    assert json.loads(json.dumps(dataclasses.asdict(page)))
