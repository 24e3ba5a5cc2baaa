"""A visit: what is asked for, in which order and how much at most; what is not to be had, and what to do about it."""

import asyncio

import pytest

from archiver.probing import fetching
from archiver.probing.options import ProbeOptions
from archiver.probing.trouble import ProbeError
from archiver.probing.visiting import MOST_REQUESTS, Visitor
from archiver.store.evidence.captures import Answer
from tests.demo.conftest import NOW
from tests.probing.conftest import HOURS_AGO, Asking, article, whole

HOME = "https://vinhlac.example/"


def answer(status, body=b"", *headers):
    return Answer(status, None, (("Content-Type", "text/html; charset=utf-8"), *headers), body)


def error(words):
    return Answer(None, words, (), None)


def to(url, status=302):
    return answer(status, b"", ("Location", url))


def visit(asking, url=HOME, **options):
    return asyncio.run(Visitor(url, asking, "archiver/1 (tests)", **options).go())


def trouble(asking, url=HOME):
    with pytest.raises(ProbeError) as caught:
        visit(asking, url)
    return f"{caught.value.what} | {caught.value.advice}"


def test_robots_first_then_the_page_then_an_article_it_leads_to(town):
    asking = Asking(town)
    found = visit(asking)
    article_url = found.looks["article"].url
    assert asking.asked == [f"{HOME}robots.txt", HOME, article_url]
    assert (found.looks["page"].page.kind, found.looks["article"].page.kind) == ("list", "article")
    assert found.notes == []


def test_dates_that_count_backwards_are_counted_from_the_visit(town):
    asking = Asking(town, {HOME: answer(200, HOURS_AGO)})
    rows = visit(asking, captured_at=NOW).looks["page"].page.listed
    assert [(row.listed_at, row.listed_raw) for row in rows] == [(NOW.date().isoformat(), "2 giờ trước")] * 2


def test_of_an_article_the_home_page_is_looked_at_too(town):
    asking = Asking(town)
    url = HOME.rstrip("/") + town.fitting.path(town.catalogue.stories[0])
    found = visit(asking, url)
    assert list(found.looks) == ["page", "home"]
    assert asking.asked == [f"{HOME}robots.txt", url, HOME]


def test_an_article_that_is_not_there_is_told_of_and_another_tried(town):
    rows = visit(Asking(town)).looks["page"].page.listed
    found = visit(Asking(town, {rows[0].url: answer(404)}))
    assert found.notes == [f"{rows[0].url} answers HTTP 404"]
    assert found.looks["article"].url == rows[1].url


def test_what_robots_forbid_is_not_asked_for(town):
    asking = Asking(town, {"/robots.txt": answer(200, b"User-agent: *\nDisallow: /\n")})
    assert "robots.txt forbids https://vinhlac.example/" in trouble(asking)
    assert asking.asked == [f"{HOME}robots.txt"]


def test_the_home_page_is_left_out_where_robots_forbid_it_alone(town):
    asking = Asking(town, {"/robots.txt": answer(200, b"User-agent: *\nDisallow: /$\n")})
    url = HOME.rstrip("/") + town.fitting.path(town.catalogue.stories[0])
    found = visit(asking, url)
    assert (list(found.looks), HOME in asking.asked) == (["page"], False)
    assert "robots.txt forbids" in found.notes[0]


@pytest.mark.parametrize("said", [answer(503), error("no answer in time: 30 s")])
def test_without_its_robots_nothing_is_asked_for(town, said):
    asking = Asking(town, {"/robots.txt": said})
    assert "try again later" in trouble(asking).lower()
    assert asking.asked == [f"{HOME}robots.txt"]


def test_the_pause_that_robots_want_is_kept_or_nothing_more_is_asked_for(town):
    paused = []
    robots = {"/robots.txt": answer(200, b"User-agent: *\nCrawl-delay: 10\n")}
    found = visit(Asking(town, robots), slow_down=paused.append)
    assert "article" in found.looks
    assert found.notes == ["robots.txt wants 10 s between two requests"]
    assert paused == [10.0]
    robots = {"/robots.txt": answer(200, b"User-agent: *\nCrawl-delay: 600\n")}
    found = visit(Asking(town, robots))
    assert list(found.looks) == ["page"]
    assert found.notes == ["robots.txt wants 600 s between two requests: nothing more was asked for"]


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        (to("https://www.vinhlac.example/"), "leads to another host, www.vinhlac.example | Both are one portal"),
        (to("https://hungyen.example/vinhlac"), "If the portal moved there, probe https://hungyen.example/vinhlac"),
        (to("/"), "no page after"),
        (to("http://[::1"), "leads to what is no address of the web,"),
        (to("https://x.example/\x1b[2J"), "probe https://x.example/%1B[2J and"),
        (to("file:///etc/passwd"), "leads to what is no address of the web, file:///etc/passwd | "),
        (to("https://vinhlac.example:22/"), "leads to another port, https://vinhlac.example:22/ | "),
        (answer(403, b"<h1>Forbidden</h1>"), "HTTP 403 | The server refuses this program"),
        (answer(404), "HTTP 404 | There is no such page"),
        (answer(500), "HTTP 500 | The portal is ill"),
        (answer(429), "HTTP 429 | The server wants to be left alone"),
        (
            error("the host name is not known: DNS lookup failed"),
            "the host name is not known | Look whether it is spelt",
        ),
        (error("the connection was refused: 111"), "the connection was refused | Nothing listens there"),
        (error("the answer is too large: 9"), "the answer is too large | Give the address of an article"),
        (
            error("the download failed: [('SSL routines', '', 'certificate verify failed')]"),
            "--tls unverified verifies nothing",
        ),
        (error("the download failed: [('SSL routines', '', 'ee key too small')]"), "Try --tls old"),
        (error("the download failed: [('SSL routines', '', 'unsupported protocol')]"), "Try --tls old"),
        (error("the download failed: [('SSL routines', '', 'wrong version number')]"), "Try the address with http://"),
        (error("the download failed: SSL: something new"), "look at the address in a browser"),
    ],
)
def test_what_happened_is_said_in_plain_words_and_what_to_do(town, instead, words):
    assert words in trouble(Asking(town, {HOME: instead}))


def test_rules_that_lead_to_another_host_name_its_home_page(town):
    moved = Asking(town, {"/robots.txt": to("https://www.vinhlac.example/robots.txt")})
    assert "Both are one portal: probe https://www.vinhlac.example/ and name" in trouble(moved)


def test_a_redirect_on_the_same_host_is_followed_to_another_scheme_too(town):
    asking = Asking(town, {"http://vinhlac.example/": to(HOME, 301), "/robots.txt": answer(404)})
    found = visit(asking, "http://vinhlac.example/")
    assert found.looks["page"].url == HOME
    assert asking.asked[2] == HOME


def test_a_redirect_of_a_server_that_stands_in_is_one_of_the_portal(town):
    asking = Asking(town, {HOME: to("http://127.0.0.1:8000/vi/news/kinh-te/")})
    found = visit(asking, base_url="http://127.0.0.1:8000")
    assert found.looks["page"].url == f"{HOME}vi/news/kinh-te/"


def test_no_more_is_asked_for_than_a_handful(town):
    far = {f"/{number}": to(f"/{number + 1}") for number in range(20)}
    asking = Asking(town, {HOME: to("/0"), "/robots.txt": to("/robots2.txt"), "/robots2.txt": answer(404)} | far)
    assert "no page after" in trouble(asking)
    assert len(asking.asked) <= MOST_REQUESTS


def test_a_page_that_leads_nowhere_says_so(town):
    found = visit(Asking(town, {HOME: answer(200, whole("<h1>Giới thiệu</h1>", title="Xin chào"))}))
    assert found.notes == ["no list on these pages leads to an article of this host"]


def test_an_article_alone_needs_no_list(town):
    found = visit(Asking(town, {HOME: answer(200, article())}))
    assert list(found.looks) == ["page"]
    assert found.notes == []


def test_a_visit_ends_whatever_a_server_does(monkeypatch):
    """One that answers a byte a minute is not waited for."""

    async def for_ever(self, _):
        await asyncio.Event().wait()

    async def begun():
        return [request async for request in spider.start()]

    outcome = []
    spider = fetching.ProbeSpider(ProbeOptions(HOME), outcome, NOW)
    spider.settings = {"USER_AGENT": "archiver/1 (tests)"}
    monkeypatch.setattr(fetching.ProbeSpider, "ask", for_ever)
    monkeypatch.setattr(fetching, "LONGEST_VISIT", 0.01)
    assert asyncio.run(begun()) == []
    assert outcome[0].what == "it took more than 0.01 seconds"
