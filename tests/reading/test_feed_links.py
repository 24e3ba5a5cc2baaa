"""Which pages name feeds, and where these are."""

from archiver.portals import PORTALS
from archiver.reading.page import read

PORTAL = PORTALS["demo-nukeviet"]
HOST = "https://anthuan-nukeviet.example"


def feeds(body, head="", path="/gioi-thieu"):
    html = f"<html><head><title>Trang</title>{head}</head><body>{body}</body></html>"
    return read(html.encode(), PORTAL, HOST + path, "text/html").feeds


def alternate(href, kind="application/rss+xml", rel="alternate"):
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


def test_the_head_names_feeds():
    head = (
        alternate("/vi/news/rss/") + alternate("tin.xml", "Application/Atom+XML; charset=utf-8", "ALTERNATE feed")
        + alternate("/vi/news/rss/") + alternate("/en/", "text/html") + alternate("/a.css", "text/css", "stylesheet")
        + alternate("") + alternate("https://khac.example/rss") + alternate("javascript:void(0)")
    )  # fmt: skip
    assert feeds("<p>Xin chào</p>", head) == (f"{HOST}/vi/news/rss/", f"{HOST}/tin.xml")


def test_a_page_that_lists_feeds_names_them():
    links = ("/vi/news/rss/", "/vi/news/rss/kinh-te/", "/feeds/tin.xml", "tin.rss", "/atom.xml", "/thong-bao.aspx",
             "/vi/news/tin-rss-moi.html", "https://khac.example/rss/", "#rss", "/sitemap.xml")  # fmt: skip
    body = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    assert feeds(body, path="/rss/") == tuple(
        HOST + path
        for path in ("/vi/news/rss/", "/vi/news/rss/kinh-te/", "/feeds/tin.xml", "/rss/tin.rss", "/atom.xml")
    )


def test_an_article_names_none():
    body = (
        '<h1 class="title" itemprop="headline">Thị xã họp</h1><span class="h5">Thứ ba - 27/06/2023 10:14</span>'
        '<div id="news-bodyhtml" class="bodytext"><p>Sáng nay, thị xã họp bàn.</p></div><a href="/rss/">RSS</a>'
    )
    assert feeds(body, alternate("/binh-luan/rss/")) == ()
