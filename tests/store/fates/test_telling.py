"""What checks say became of an article, and of a portal."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from archiver.clock import stamp
from archiver.store.fates.telling import ArticleCheck, ArticleFate, Patience, PortalCheck, article_fate, portal_fate

START = datetime(2025, 1, 1, tzinfo=UTC)
PATIENCE = Patience()


def at(day):
    return stamp(START + timedelta(days=day))


def check(day, found, reason="", target=""):
    return ArticleCheck(at(day), f"c{day}", found, reason, target)


def fate(*found, patience=PATIENCE):
    return article_fate([check(day, *what) for day, *what in found], patience)


def told(fate):
    return [(event.event, event.capture_key) for event in fate.events]


def test_an_article_that_is_always_there_has_no_story():
    assert fate((0, "well"), (1, "well")) == ArticleFate("live", None, ())


def test_the_first_bad_check_makes_it_suspect():
    one = fate((0, "well"), (1, "missing", "HTTP 404"))
    assert (one.status, one.first_missing_at) == ("suspect", at(1))
    assert [(event.event, event.detail) for event in one.events] == [("suspect", "HTTP 404")]


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ((1, 2, 3), "suspect"),
        ((1, 20), "suspect"),
        ((1, 8, 14.9), "suspect"),
        ((1, 8, 15), "gone"),
        ((1, 2, 3, 16), "gone"),
    ],
)
def test_it_is_gone_after_three_checks_over_a_fortnight(days, status):
    one = fate((0, "well"), *((day, "missing") for day in days))
    assert one.status == status
    assert one.first_missing_at == at(1)


def test_patience_can_be_set():
    assert fate((0, "well"), (1, "missing"), (2, "missing"), patience=Patience(2, 1)).status == "gone"


def test_any_good_check_brings_it_back():
    one = fate((0, "well"), (1, "missing"), (8, "missing"), (16, "missing"), (20, "well"))
    assert (one.status, one.first_missing_at) == ("live", None)
    assert told(one) == [("suspect", "c1"), ("gone", "c16"), ("returned", "c20")]


def test_a_check_that_found_nothing_changes_nothing():
    one = fate((0, "well"), (1, "nothing"), (8, "nothing"), (16, "nothing"), (20, "nothing"))
    assert one == ArticleFate("live", None, ())
    assert fate((0, "well"), (1, "missing"), (8, "nothing"), (16, "missing")).status == "suspect", "two bad checks only"


def test_counting_begins_anew_after_it_came_back():
    one = fate((0, "well"), (1, "missing"), (2, "well"), (10, "missing"), (20, "missing"))
    assert (one.status, one.first_missing_at) == ("suspect", at(10))


def test_an_article_that_moved_says_where_to():
    one = article_fate(
        [check(0, "well"), check(1, "moved", target="abcdefghij"), check(2, "moved", target="x")], PATIENCE
    )
    assert one.status == "moved"
    assert [(event.event, event.detail) for event in one.events] == [("moved", "abcdefghij")]


@given(some.lists(some.sampled_from(["well", "missing", "moved", "nothing"]), max_size=12))
def test_a_status_is_explained_by_its_events(found):
    one = fate(*enumerate(found))
    last = {"suspect": "suspect", "gone": "gone", "moved": "moved"}.get(one.status, "returned")
    assert (one.events[-1].event == last) if one.events else one.status == "live"
    assert (one.first_missing_at is None) == (one.status == "live")


def run(day, found, reason=""):
    return PortalCheck(at(day), f"r{day}", found, reason)


@pytest.mark.parametrize(
    ("runs", "status", "events"),
    [
        ([(0, "well"), (1, "well")], "up", []),
        ([(0, "well"), (1, "no answer"), (2, "well")], "up", ["unreachable", "up"]),
        ([(0, "well"), (1, "no answer"), (2, "no answer"), (3, "no answer")], "unreachable", ["unreachable"]),
        ([(0, "well"), (1, "no answer"), (8, "no answer"), (15, "no answer")], "closed", ["unreachable", "closed"]),
        (
            [(0, "well"), (1, "no answer"), (8, "another site"), (15, "another site")],
            "replaced",
            ["unreachable", "replaced"],
        ),
        (
            [(0, "well"), (1, "no answer"), (8, "no answer"), (15, "no answer"), (40, "another site")],
            "replaced",
            ["unreachable", "closed", "replaced"],
        ),
        (
            [(0, "well"), (1, "no answer"), (8, "no answer"), (15, "no answer"), (40, "well")],
            "up",
            ["unreachable", "closed", "up"],
        ),
    ],
)
def test_a_portal_dies_slowly_and_may_come_back(runs, status, events):
    one = portal_fate([run(*each) for each in runs], PATIENCE)
    assert (one.status, [event.event for event in one.events]) == (status, events)
