"""Traps, forbidden pages, pages without news, robots.txt."""

from urllib.parse import urljoin

import pytest

from archiver.demo import DemoPortal

HOST = "https://anthuan.example"


def test_calendar_never_ends(portal, eyes):
    url, seen = portal.playbill()["endless_calendar"][0], set()
    for _ in range(30):
        response = portal.respond("GET", url)
        assert response.status == 200
        assert url not in seen
        seen.add(url)
        links = eyes(response).links
        url = urljoin(url, next(link["href"] for link in links if "Tháng sau" in link["text"]))
    assert url.endswith("thang=2027-01")
    assert any("Tháng trước" in link["text"] for link in links)


def test_calendar_takes_any_month(portal):
    for month in ("0000-01", "999999-12", "x", "", "2024-13"):
        assert portal.respond("GET", f"/portal/Pages/lich-cong-tac.aspx?thang={month}").status == 200


def test_relative_language_link_never_ends(portal, eyes):
    url = urljoin(
        HOST,
        next(link["href"] for link in eyes(portal.respond("GET", "/")).links if link["text"].startswith("English")),
    )
    for _ in range(20):
        response = portal.respond("GET", url)
        assert response.status == 200
        url = urljoin(url, eyes(response).links[0]["href"])
    assert url.startswith(f"{HOST}/en/vi/en/vi/en/vi/")


def test_tag_cloud_leads_to_itself(portal, eyes):
    page = eyes(portal.respond("GET", "/portal/Pages/tu-khoa.aspx"))
    tags = [link["href"] for link in page.links if "?tag=" in link["href"]]
    assert len(tags) > 5
    assert all(portal.respond("GET", tag).status == 200 for tag in tags)


def test_search_is_a_form_by_get(portal):
    html = portal.respond("GET", "/").body.decode()
    assert '<form class="td-search" method="get" action="/portal/Pages/tim-kiem.aspx">' in html
    assert (
        "Không tìm thấy kết quả cho “&lt;b&gt;”"
        in portal.respond("GET", "/portal/Pages/tim-kiem.aspx?q=<b>").body.decode()
    )


def test_every_page_links_where_no_crawler_should_go(portal, eyes):
    links = [link["href"] for link in eyes(portal.respond("GET", "/")).links]
    for start in ("mailto:", "javascript:", "tel:", "/noi-bo/", "https://haiduongdong.example/", "http://bao."):
        assert any(link.startswith(start) for link in links)


def test_robots_forbid_what_looks_like_an_article(portal):
    robots = portal.respond("GET", "/robots.txt").body.decode()
    assert robots == "User-agent: *\nDisallow: /noi-bo/\nCrawl-delay: 0.02\n"
    (url,) = portal.playbill()["forbidden"]
    assert "tandan-p-article-news-title" in portal.respond("GET", url).body.decode()


@pytest.mark.parametrize(("robots", "status"), [("missing", 404), ("html", 200), ("error", 500)])
def test_robots_can_be_answered_otherwise(news, portal, robots, status):
    other = DemoPortal(news, portal.press.now, robots=robots)
    response = other.respond("GET", "/robots.txt")
    assert response.status == status
    assert "text/html" in response.header("Content-Type")


def test_static_page_has_no_date_of_its_own(portal):
    html = portal.respond("GET", portal.playbill()["static"][0]).body.decode()
    assert "ms-rtestate-field" in html
    assert "tandan-span-date-publish" not in html
    assert html.count("Đăng ngày") == 1  # the sidebar's


def test_contact_page_has_a_form(portal, eyes):
    page = eyes(portal.respond("GET", portal.playbill()["contact_form"][0]))
    assert "ctl00$PlaceHolderMain$txtEmail" in page.fields


def test_unknown_addresses_and_methods(portal):
    assert portal.respond("GET", "/portal/Pages/2024-1-1/khong-co.aspx").status == 404
    assert portal.respond("DELETE", "/").status == 405
    assert portal.respond("HEAD", "/").status == 200


def test_links_within_the_portal_lead_somewhere(calm, eyes, follow):
    for url in ("/", "/portal/Pages/Kinh-te.aspx", calm.truth().stories[3].url):
        for link in eyes(follow(calm, url)).links:
            target = urljoin(urljoin(HOST, url), link["href"])
            if "anthuan.example" in target and target.startswith("http"):
                assert follow(calm, target).status == 200, target
