"""The requests that are known, and how each comes on."""

import pytest

from archiver.clock import stamp
from archiver.store.databases.opening import open_captures, writing
from archiver.store.evidence.frontier import TOO_FAR, Found, Frontier
from tests.driving.clocks import SetClock
from tests.store.conftest import DEMO, url

NOW = stamp(SetClock().now())


@pytest.fixture
def frontier(tmp_path):
    return Frontier(open_captures(tmp_path), DEMO)


def add(frontier, *found, crawl="demo-1"):
    with writing(frontier.db):
        return frontier.add(found, url("home"), NOW, crawl)


def claim(frontier):
    return frontier.claim(NOW, ())


def finish(frontier, wanted, crawl="demo-1"):
    with writing(frontier.db):
        frontier.captured(wanted, "capture", crawl)
        frontier.done(wanted, "article")


def test_what_comes_first(frontier):
    add(
        frontier,
        Found(url("menu"), "navigation"),
        Found(url("page2"), "page"),
        Found(url("article"), "row"),
        Found(url("posted"), "posted page", form=(("a", "b"),)),
        Found(url("list"), "list"),
        Found(url("home"), "home"),
    )
    order = []
    while wanted := claim(frontier):
        order.append(wanted.role)
        finish(frontier, wanted)
    assert order == ["home", "list", "posted page", "row", "page", "navigation"]


def test_a_request_is_known_once_whatever_its_address_looks_like(frontier):
    assert add(frontier, Found(url("A"), "row"), Found(url("a") + "?sid=3", "row")) == 1
    finish(frontier, claim(frontier))
    assert add(frontier, Found(url("a"), "row")) == 0
    assert claim(frontier) is None


def test_what_is_done_comes_again_only_in_another_crawl_and_only_if_due(frontier):
    add(frontier, Found(url("a"), "page"))
    finish(frontier, claim(frontier))
    assert add(frontier, Found(url("a"), "page", again=True)) == 0
    assert add(frontier, Found(url("a"), "page"), crawl="demo-2") == 0
    assert add(frontier, Found(url("a"), "page", again=True), crawl="demo-2") == 1
    assert claim(frontier).url == url("a")


def test_a_link_met_again_as_a_row_goes_before_the_menu(frontier):
    add(frontier, Found(url("b"), "navigation"), Found(url("a"), "navigation", 2))
    assert claim(frontier).url == url("b")
    add(frontier, Found(url("a"), "row"))
    assert (claim(frontier).url, claim(frontier).role) == (url("a"), "row")


def test_what_was_too_far_is_asked_for_once_it_is_near(frontier):
    add(frontier, Found(url("a"), "navigation", 4, refusal=TOO_FAR))
    assert claim(frontier) is None
    assert add(frontier, Found(url("a"), "navigation", 2)) == 1
    assert claim(frontier).url == url("a")


def test_a_refusal_for_good_stays(frontier):
    add(frontier, Found(url("a"), "navigation", refusal="the address repeats itself"))
    add(frontier, Found(url("a"), "row"))
    assert claim(frontier) is None


def test_an_answer_that_was_none_is_asked_for_when_it_is_due(frontier):
    add(frontier, Found(url("a"), "row"))
    wanted = claim(frontier)
    with writing(frontier.db):
        frontier.again(wanted, "2025-07-01T01:00:02.000000Z", 1)
    assert claim(frontier) is None
    assert frontier.next_due() == "2025-07-01T01:00:02.000000Z"
    assert frontier.claim("2025-07-01T01:00:02.000000Z", ()).attempts == 1


def test_what_is_under_way_is_not_claimed_twice(frontier):
    add(frontier, Found(url("a"), "row"), Found(url("b"), "row"))
    first = claim(frontier)
    assert frontier.claim(NOW, [first.request_key]).url == url("b")


def test_what_is_captured_and_not_read_is_known(frontier):
    add(frontier, Found(url("a"), "row"))
    with writing(frontier.db):
        frontier.captured(claim(frontier), "capture", "demo-1")
    assert claim(frontier) is None
    (unread,) = frontier.unread()
    assert (unread.capture_key, unread.reads) == ("capture", 1)
    with writing(frontier.db):
        frontier.reading_again(unread)
    assert frontier.unread()[0].reads == 2
    with writing(frontier.db):
        frontier.give_up(unread, "unreadable", "killed twice")
    assert frontier.unread() == []
    assert frontier.counts() == {"unreadable": 1}


def test_portals_do_not_mix(frontier, tmp_path):
    from archiver.portals import PORTALS

    add(frontier, Found(url("a"), "row"))
    other = Frontier(frontier.db, PORTALS["myhao"])
    assert (other.claim(NOW, ()), other.next_due(), other.counts()) == (None, None, {})


def test_an_article_from_elsewhere_is_known_as_if_it_had_been_crawled(frontier):
    add(frontier, Found(url("b"), "row"))
    with writing(frontier.db):
        frontier.know(url("a"), "capture-a", "demo-2", NOW)
        frontier.know(url("b"), "capture-b", "demo-2", NOW)
    assert frontier.counts() == {"done": 1, "waiting": 1}
    assert add(frontier, Found(url("a"), "row")) == 0
    assert claim(frontier).url == url("b"), "what a crawl knows, it knows better"
