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
