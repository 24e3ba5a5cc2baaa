"""What is told of a portal, out of its two files."""

from datetime import timedelta

import pytest

from archiver.demo.responses import failure, ok
from archiver.portals import PORTALS
from archiver.store.runs.watching import watched
from tests.crawling.weeks import FIREWALL, Week


@pytest.fixture
def week(tmp_path):
    week = Week(tmp_path)
    week.day()
    return week


def seen(week, later=timedelta()):
    visitor = week.visitor
    return watched(visitor.captures, visitor.archive, PORTALS["demo"], visitor.clock.now() + later)


def test_a_good_run_and_a_bad_one(week):
    first = seen(week)
    assert first.latest == first.latest_good
    assert first.latest.is_good
    assert (first.first_run_at, first.web_status, first.missing) == (first.latest.started_at, "up", 0)
    week.everything = ok(FIREWALL)
    week.day()
    second = seen(week)
    assert second.latest.status in ("failed", "degraded")
    assert second.latest_good == first.latest
    assert second.latest.crawl_key != first.latest.crawl_key


def test_a_portal_that_does_not_answer(week):
    week.everything = failure(503, b"")
    week.day()
    assert (seen(week).web_status, seen(week).web_status_detail) == ("unreachable", "HTTP 503")


def test_what_went_missing_within_a_day(week):
    for story in week.plain()[:3]:
        week.put(story, failure(404, b""))
    week.day(recheck="all")
    assert seen(week).missing == 3
    assert seen(week, timedelta(days=2)).missing == 0
    week.instead.clear()
    week.day(recheck="all")
    assert seen(week).missing == 0


def test_what_was_never_crawled(week):
    visitor = week.visitor
    nothing = watched(visitor.captures, visitor.archive, PORTALS["myhao"], visitor.clock.now())
    assert (nothing.first_run_at, nothing.latest, nothing.latest_good, nothing.articles) == (None, None, None, 0)


def test_one_that_was_killed_is_a_power_cut_and_two_in_a_row_are_told(week):
    """A process that is killed writes down nothing: without this, nobody would hear of it for three days."""
    good = seen(week).latest

    def killed(day):
        row = (f"demo-{day}", f"2035-01-0{day}T00:00:00.000000Z", "demo", "crawl", "killed", "{}", "{}")
        names = "crawl_key, started_at, portal, kind, status, settings, versions"
        week.visitor.captures.execute(f"INSERT INTO crawls ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    killed(1)
    assert seen(week).latest == good
    killed(2)
    assert (seen(week).latest.crawl_key, seen(week).latest.status) == ("demo-2", "failed")
    assert not seen(week).latest.is_good
    assert seen(week).latest_good == good
