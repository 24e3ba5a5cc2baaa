"""When an article is asked for again."""

import pytest

from archiver.clock import moment, stamp
from archiver.store.databases.opening import writing
from archiver.store.evidence.frontier import Found, Frontier
from archiver.store.ground.keys import request_key
from archiver.store.runs.rechecks import articles_to_recheck, rows_to_ask_again
from tests.store.conftest import DEMO, article, url


def due(evidence, which="due"):
    return articles_to_recheck(evidence.archive, DEMO, evidence.clock.now(), which)


def test_soon_after_it_is_new_then_ever_more_seldom(evidence):
    capture = evidence.see("a", article())
    checks, start = [], moment(capture.captured_at)
    for _ in range(800):
        evidence.clock.pass_by(days=1)
        if due(evidence):
            checks.append((evidence.clock.now() - start).days)
            evidence.see("a", article(), seconds=0)
    assert checks == [1, 3, 7, 14, 30, 90, 180, 365, 730]


def test_a_change_begins_it_anew(evidence):
    evidence.see("a", article())
    evidence.clock.pass_by(days=100)
    evidence.see("a", article(body="Sửa."))
    evidence.clock.pass_by(days=1)
    assert len(due(evidence)) == 1


@pytest.mark.parametrize(("which", "count"), [("all", 2), ("none", 0), ("due", 1)])
def test_all_none_or_what_is_due(evidence, which, count):
    evidence.see("a", article())
    evidence.clock.pass_by(days=2)
    evidence.see("b", article())
    assert len(due(evidence, which)) == count


def test_what_was_asked_for_longest_ago_comes_first(evidence):
    one, two = evidence.see("a", article()), evidence.see("b", article())
    evidence.see("a", None, 304)
    assert due(evidence, "all") == [two.request_key, one.request_key]
    assert url("a") != url("b")


def missing_after_long(evidence):
    """When an article that was there for more than a year was first found missing."""
    evidence.see_home()
    evidence.see("a", article())
    evidence.clock.pass_by(days=400)
    evidence.see_home()
    missing = moment(evidence.see("a", None, 404).captured_at)
    evidence.settle()
    return missing


def test_a_suspect_is_looked_at_again_soon(evidence):
    missing, checks = missing_after_long(evidence), []
    for _ in range(40):
        evidence.clock.pass_by(days=1)
        if due(evidence):
            checks.append((evidence.clock.now() - missing).days)
            evidence.see_home(seconds=0)
            evidence.see("a", None, 404, seconds=0)
            evidence.settle()
    assert checks[:4] == [1, 3, 7, 14]
    assert evidence.one("SELECT web_status FROM articles")["web_status"] == "gone"


def test_a_suspect_that_could_not_be_looked_at_is_asked_for_until_it_is_settled(evidence):
    missing, checks = missing_after_long(evidence), []
    for day in range(1, 100):
        evidence.clock.pass_by(days=1)
        if evidence.one("SELECT web_status FROM articles")["web_status"] == "suspect" and due(evidence):
            checks.append((evidence.clock.now() - missing).days)
            evidence.see_home(seconds=0)
            evidence.see("a", None, 503 if day < 50 else 404, seconds=0)
            evidence.settle()
    assert checks == [1, 3, 7, 14, 28, 42, 56, 70]
    assert evidence.one("SELECT web_status FROM articles")["web_status"] == "gone", (
        "three bad checks, the first included"
    )


def test_a_page_that_flips_is_not_asked_for_ever_more(evidence):
    evidence.see("a", article(body="Một."))
    evidence.see("a", article(body="Hai."))
    checks, start = [], evidence.clock.now()
    for number in range(200):
        evidence.clock.pass_by(days=1)
        if due(evidence):
            checks.append((evidence.clock.now() - start).days)
            evidence.see("a", article(body=("Một.", "Hai.")[number % 2]), seconds=0)
    assert checks == [1, 3, 7, 14, 30, 90, 180]
    texts = evidence.all("SELECT body FROM revisions WHERE body IS NOT NULL")
    assert len(texts) == 2, "each text stands once, however often it comes back"


def test_suspects_come_first_and_no_more_than_the_budget(evidence):
    evidence.see_home()
    captures = [evidence.see(name, article(f"Tin {name}")) for name in "abc"]
    evidence.see_home()
    evidence.see("c", None, 404)
    evidence.settle()
    keys = articles_to_recheck(evidence.archive, DEMO, evidence.clock.now(), "all", 2)
    assert keys == [captures[2].request_key, captures[0].request_key]


def test_a_row_that_was_refused_is_asked_for_again_ever_more_seldom(evidence):
    found = Found(url("a"), "row")
    with writing(evidence.captures):
        frontier = Frontier(evidence.captures, DEMO)
        frontier.add([found], None, stamp(evidence.clock.now()), "demo-1")
    asked, start = [], evidence.clock.now()
    for _ in range(20):
        evidence.clock.pass_by(days=1)
        wanted = frontier.by_key(request_key(DEMO, "GET", url("a")))
        if wanted.capture_key is None or rows_to_ask_again(evidence.captures, DEMO, evidence.clock.now(), "due"):
            asked.append((evidence.clock.now() - start).days)
            capture = evidence.see("a", None, 403, seconds=0)
            with writing(evidence.captures):
                frontier.captured(wanted, capture.capture_key, "demo-1")
                frontier.done(wanted, None)
    assert asked == [1, 3, 7, 14]
