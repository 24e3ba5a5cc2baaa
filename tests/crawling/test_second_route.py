"""Feeds and sitemaps: found where they exist, asked for once a day, and never at the price of the lists."""

import gzip

import pytest

from archiver.crawling.second_route import MOST_FEEDS
from archiver.demo import DRESSES, DressedPortal, stories
from archiver.demo.feeds import LATE
from archiver.demo.responses import failure, ok
from archiver.portals import PORTALS
from tests.crawling.small_sites import SmallSite, articles, home, rows
from tests.demo.conftest import NOW
from tests.driving.visitor import StoppedError, Visitor
from tests.store.conftest import HOST, listing

ROBOTS = f"User-agent: *\nDisallow: /noi-bo/\nSitemap: {HOST}/so-do.xml\n"
XML = ("Content-Type", "text/xml")


def sitemap(*paths, host=HOST):
    return f"<urlset>{''.join(f'<url><loc>{host}{path}</loc></url>' for path in paths)}</urlset>"


def index(*paths):
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{HOST}{path}</loc></sitemap>' for path in paths)}</sitemapindex>"


def rss(*paths):
    items = "".join(f"<item><title>Tin</title><link>{HOST}{path}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


def tin(number):
    return f"/portal/Pages/tin-{number}.aspx"


def site(pages=None, count=3, listed=(3, 2, 1), robots=ROBOTS):
    """Articles 1 … count, of which a list shows some; robots.txt names a sitemap."""
    own = {"/": home("/portal/Pages/Kinh-te.aspx"), "/portal/Pages/Kinh-te.aspx": listing(*rows(list(listed)))}
    return SmallSite({"/robots.txt": robots} | own | articles(count) | (pages or {}))


@pytest.fixture
def visit(tmp_path):
    return lambda pages=None, known=PORTALS["demo"], **more: Visitor(site(pages, **more), tmp_path, known=known)


def targets(visitor):
    return [target for _, target, _ in visitor.asked]


def sent_with(visitor, target):
    return dict(zip(targets(visitor), visitor.sent[1:], strict=True))[target]  # the first was for robots.txt


def titles(visitor):
    return [title for (title,) in visitor.archive.execute("SELECT title FROM articles ORDER BY title").fetchall()]


def problems(visitor):
    return visitor.archive.execute("SELECT url, stage, reason FROM problems WHERE NOT resolved ORDER BY url").fetchall()


def next_day(visitor):
    visitor.clock.pass_by(days=1)


def test_a_portal_that_names_none_is_asked_for_none(visit):
    visitor = visit(robots="User-agent: *\nDisallow: /noi-bo/\n")
    visitor.crawl()
    assert targets(visitor) == ["/", "/portal/Pages/Kinh-te.aspx", tin(3), tin(2), tin(1)]


def test_a_sitemap_of_robots_txt_comes_after_the_lists_and_what_it_alone_knows_after_it(visit):
    visitor = visit({"/so-do.xml": sitemap(*map(tin, (1, 2, 4)))}, count=4)
    visitor.crawl()
    assert targets(visitor) == ["/", "/portal/Pages/Kinh-te.aspx", tin(3), tin(2), tin(1), "/so-do.xml", tin(4)]
    assert titles(visitor) == ["Tin số 1", "Tin số 2", "Tin số 3", "Tin số 4"]
    assert problems(visitor) == []


def test_it_is_asked_for_once_a_day_and_only_if_it_changed(visit):
    visitor = visit({"/so-do.xml": ok(sitemap(tin(1)).encode(), ("ETag", '"1"'), ("Last-Modified", "hôm qua"))})
    visitor.crawl()
    assert targets(visitor).count("/so-do.xml") == 1
    visitor.crawl()
    assert "/so-do.xml" not in targets(visitor)
    next_day(visitor)
    visitor.crawl()
    assert sent_with(visitor, "/so-do.xml") == {"If-None-Match": '"1"', "If-Modified-Since": "hôm qua"}
    visitor.crawl(full=True)
    assert sent_with(visitor, "/so-do.xml") == {}


def test_a_sitemap_that_tells_more_the_next_day_leads_there(visit):
    visitor = visit({"/so-do.xml": sitemap(tin(1))}, count=5)
    visitor.crawl()
    visitor.portal.pages["/so-do.xml"] = sitemap(tin(1), tin(5))
    next_day(visitor)
    visitor.crawl()
    assert targets(visitor)[-2:] == ["/so-do.xml", tin(5)]


def test_a_limited_run_has_the_lists_first(visit):
    visitor = visit({"/so-do.xml": sitemap(*map(tin, range(1, 30)))}, count=30)
    visitor.crawl(limit=5)
    assert "/so-do.xml" not in targets(visitor)
    visitor.crawl(limit=3)
    assert targets(visitor) == ["/so-do.xml", tin(4), tin(5)]


def test_a_list_that_shows_a_waiting_entry_makes_it_a_row(visit):
    visitor = visit({"/so-do.xml": sitemap(*map(tin, range(1, 9)))}, count=8)
    visitor.crawl(limit=7)
    assert visitor.captures.execute("SELECT count(*) FROM frontier WHERE role = 'entry'").fetchone() == (5,)
    visitor.portal.pages["/portal/Pages/Kinh-te.aspx"] = listing(*rows([8, 3, 2, 1]))
    next_day(visitor)
    visitor.crawl()
    assert targets(visitor)[:3] == ["/", "/portal/Pages/Kinh-te.aspx", tin(8)]


def test_an_index_leads_to_its_sitemaps_packed_ones_too(visit):
    packed = ok(gzip.compress(sitemap(tin(5)).encode()), content_type="application/x-gzip")
    visitor = visit(
        {"/so-do.xml": index("/1.xml", "/2.xml.gz"), "/1.xml": sitemap(tin(4)), "/2.xml.gz": packed}, count=5
    )
    visitor.crawl()
    assert targets(visitor)[5:] == ["/so-do.xml", "/1.xml", "/2.xml.gz", tin(4), tin(5)]
    assert problems(visitor) == []
    found = visitor.archive.execute("SELECT url, kind, entries FROM feeds ORDER BY url").fetchall()
    assert found == [(f"{HOST}/1.xml", "sitemap", 1), (f"{HOST}/2.xml.gz", "sitemap", 1),
                     (f"{HOST}/so-do.xml", "sitemap index", 0)]  # fmt: skip


def test_of_more_sitemaps_than_are_asked_for_the_first_is_a_problem(visit):
    names = [f"/{number}.xml" for number in range(MOST_FEEDS + 20)]
    visitor = visit({"/so-do.xml": index(*names)} | {name: sitemap(tin(1)) for name in names})
    visitor.crawl()
    assert sum(target.endswith(".xml") for target in targets(visitor)) == MOST_FEEDS
    assert problems(visitor) == [
        (f"{HOST}/{MOST_FEEDS - 1}.xml", "follow", "there are more feeds and sitemaps than are asked for")
    ]


def test_what_is_not_of_the_portal_or_no_page_does_no_harm(visit):
    trap = "/a/b/a/b/a/b/trang.aspx"
    visitor = visit(
        {"/so-do.xml": sitemap("/tai-lieu.pdf", "/anh.jpg", trap, "/gioi-thieu", "/khong-co", "/noi-bo/mat", tin(1))
         + "<!-- -->", "/gioi-thieu": home("/portal/Pages/Kinh-te.aspx")},
        robots=ROBOTS + "Sitemap: https://khac.example/sitemap.xml\nSitemap: //[\n",
    )  # fmt: skip
    visitor.crawl()
    assert targets(visitor)[5:] == ["/so-do.xml", "/gioi-thieu", "/khong-co"]
    assert titles(visitor) == ["Tin số 1", "Tin số 2", "Tin số 3"]
    assert (f"{HOST}/noi-bo/mat", "follow", "robots.txt forbids it") in problems(visitor)
    other = sitemap("/tin.aspx", host="https://khac.example")
    visitor.portal.pages["/so-do.xml"] = other
    next_day(visitor)
    visitor.crawl()
    assert targets(visitor)[-1] == "/so-do.xml"


def test_robots_txt_is_obeyed_for_sitemaps_too(visit):
    visitor = visit(robots=f"User-agent: *\nDisallow: /so-do.xml\nSitemap: {HOST}/so-do.xml\n")
    visitor.crawl()
    assert "/so-do.xml" not in targets(visitor)


def test_a_feed_in_the_head_of_a_page_is_found(visit):
    head = '<link rel="alternate" type="application/rss+xml" href="/tin.rss">'
    visitor = visit({"/": home("/portal/Pages/Kinh-te.aspx").replace("<title>", f"{head}<title>"),
                     "/tin.rss": rss(tin(3), tin(4))}, count=4, robots="User-agent: *\n")  # fmt: skip
    visitor.crawl()
    assert targets(visitor) == ["/", "/portal/Pages/Kinh-te.aspx", tin(3), tin(2), tin(1), "/tin.rss", tin(4)]


def test_a_feed_that_navigation_leads_to_is_known_for_one_from_then_on(visit):
    visitor = visit({"/": home("/portal/Pages/Kinh-te.aspx", "/nguon-tin"), "/nguon-tin": rss(tin(4))}, count=4,
                    robots="User-agent: *\n")  # fmt: skip
    visitor.crawl()
    assert "Tin số 4" in titles(visitor)
    next_day(visitor)
    visitor.crawl()
    assert "/nguon-tin" in targets(visitor)


LIFERAY = PORTALS["demo-liferay"]


@pytest.mark.parametrize("answer", [failure(404, b""), ok(home("/portal/Pages/Kinh-te.aspx").encode())])
def test_where_the_platform_alone_says_that_there_is_one_nothing_there_is_no_problem(visit, answer):
    visitor = visit({"/sitemap.xml": answer}, known=LIFERAY, robots="User-agent: *\n")
    visitor.crawl()
    assert "/sitemap.xml" in targets(visitor)
    assert problems(visitor) == []
    assert visitor.count("feeds") == 0
    for _ in range(3):
        next_day(visitor)
        visitor.crawl(recheck="due")
    assert "/sitemap.xml" in targets(visitor)
    next_day(visitor)
    visitor.crawl(recheck="due")
    assert "/sitemap.xml" not in targets(visitor)


def test_a_sitemap_that_robots_txt_names_and_is_not_there_is_a_problem(visit):
    visitor = visit()
    visitor.crawl()
    assert problems(visitor) == [(f"{HOST}/so-do.xml", "fetch", "HTTP 404")]


def test_a_redirected_sitemap_is_found(visit):
    there = failure(301, b"", ("Location", "/moi/so-do.xml"))
    visitor = visit({"/so-do.xml": there, "/moi/so-do.xml": sitemap(tin(4))}, count=4)
    visitor.crawl()
    assert targets(visitor)[5:] == ["/so-do.xml", "/moi/so-do.xml", tin(4)]


def test_a_run_that_is_killed_loses_no_entry(visit):
    visitor = visit({"/so-do.xml": sitemap(*map(tin, range(1, 7)))}, count=6)
    for kept in (6, 1):
        visitor.kill_after = kept
        with pytest.raises(StoppedError):
            visitor.crawl()
    visitor.kill_after = None
    visitor.crawl()
    assert len(titles(visitor)) == 6


ROUTES = {"nukeviet": 9, "liferay": 1, "landmarks": 1}  # feeds, sitemaps and indexes that each dress has


@pytest.fixture(scope="module", params=ROUTES)
def dressed(request, tmp_path_factory):
    """A crawl of a dress in which a story is in no list; the sitemap does not know the latest."""
    portal = DressedPortal(DRESSES[request.param], stories(24), lambda: NOW, faults=False)
    unlisted = portal.truth().stories[12]
    portal.unlist(unlisted.url)
    visitor = Visitor(portal, tmp_path_factory.mktemp("dressed"), known=PORTALS[f"demo-{request.param}"])
    visitor.crawl()
    return visitor, unlisted


def entries(visitor, kind):
    return visitor.archive.execute(
        "SELECT DISTINCT feed_entries.url, feed_entries.title, listed_at, kind FROM feed_entries"
        " JOIN feeds USING (request_key) WHERE kind = ?",
        (kind,),
    ).fetchall()


def test_the_second_route_of_a_dress_is_found(dressed):
    visitor, _ = dressed
    found = {url for (url,) in visitor.archive.execute("SELECT url FROM feeds")}
    assert visitor.portal.dress.host + visitor.portal.dress.sitemap_path in found
    if visitor.portal.dress.feed_path:
        assert visitor.portal.dress.host + visitor.portal.dress.feed_path(None) in found
        assert {(url, title, at) for url, title, at, _ in entries(visitor, "rss")} == {
            (url, title, at.isoformat()) for url, title, _, at in visitor.portal.told()
        }  # of all sections together; the newest twenty of the site are among them
    assert sorted(url for url, *_ in entries(visitor, "sitemap")) == sorted(
        url for url, *_ in visitor.portal.told()[LATE:]
    )
    assert visitor.archive.execute("SELECT url FROM problems WHERE NOT resolved").fetchall() == []


def test_an_article_in_no_list_is_found_by_it(dressed):
    visitor, unlisted = dressed
    (row,) = visitor.archive.execute(
        "SELECT title, last_listed_at FROM articles WHERE url = ?", (unlisted.url,)
    ).fetchall()
    assert row == (unlisted.title, None)
    assert visitor.count("articles") == 24


def test_a_dress_with_nothing_new_costs_no_more_on_the_same_day_and_its_feeds_on_the_next(dressed):
    visitor, _ = dressed
    visitor.crawl()
    lists = visitor.captures.execute("SELECT count(*) FROM lists").fetchone()[0]
    assert len(visitor.asked) == lists + 1  # and the home page
    next_day(visitor)
    visitor.crawl()
    assert len(visitor.asked) == lists + 1 + ROUTES[visitor.portal.dress.key]


def test_an_entry_that_was_refused_is_asked_for_again_and_a_page_of_another_kind_is_not(visit):
    visitor = visit({"/so-do.xml": sitemap("/gioi-thieu", tin(4)), tin(4): failure(403, b""),
                     "/gioi-thieu": home("/portal/Pages/Kinh-te.aspx")})  # fmt: skip
    visitor.crawl()
    next_day(visitor)
    visitor.portal.pages |= articles(4)
    visitor.crawl(recheck="due")
    assert "/gioi-thieu" not in targets(visitor)
    assert "Tin số 4" in titles(visitor)
