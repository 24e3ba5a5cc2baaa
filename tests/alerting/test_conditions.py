"""What is wrong, from figures alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archiver.alerting.conditions import Figures, Limits, conditions
from archiver.alerting.said import Told, news, noted
from archiver.clock import stamp
from archiver.store.runs.health import RunCheck
from archiver.store.runs.watching import RunEnd, Watched

NOW = datetime(2025, 7, 10, 12, tzinfo=UTC)
GB = 1_000_000_000
LIMITS = Limits(2 * GB, 20, {"demo": timedelta(days=3)})


def run(status="finished", reason="everything that is due was asked for", checks=(), hours=1):
    return RunEnd("demo-1", stamp(NOW - timedelta(hours=hours)), status, reason, tuple(checks))


WELL = Watched("demo", stamp(NOW - timedelta(days=30)), run(), run(), "up", "", 0, 100)


def found(portal=WELL, known=(), **figures):
    return list(
        conditions(Figures(NOW, **({"free": 9 * GB, "portals": (portal,)} | figures)), LIMITS, frozenset(known))
    )


def bad(status="degraded", reason="it did not see what a good run sees: home page is well", checks=None, **options):
    checks = [RunCheck("home page is well", 0, 1)] if checks is None else checks
    return replace(WELL, latest=run(status, reason, checks, **options))


def test_nothing_is_wrong_with_what_is_well():
    assert found() == []
    assert found(replace(WELL, latest=run("limited"))) == []


@pytest.mark.parametrize(
    ("portal", "key", "words"),
    [
        (bad(), "demo/run", "the last run is degraded"),
        (bad("limited", "it was limited"), "demo/run", "the last run is degraded"),
        (bad("failed", "https://x.vn/ does not answer (HTTP 503)", ()), "demo/run", "the last run failed"),
        (replace(WELL, latest_good=run(hours=73)), "demo/silence", "no good run for 3 days"),
        (replace(WELL, latest_good=None), "demo/silence", "no good run for 30 days"),
        (replace(WELL, web_status="unreachable", web_status_detail="HTTP 503"), "demo/portal", "is out of reach"),
        (replace(WELL, web_status="replaced"), "demo/portal", "was replaced by another site"),
        (replace(WELL, missing=20), "demo/missing", "20 articles went missing within a day"),
    ],
)
def test_each_is_said_with_the_command_to_run(portal, key, words):
    (condition,) = found(portal)
    assert condition.key == key
    assert words in condition.title
    assert condition.command
    assert condition.well


def test_what_is_just_within_its_limits_is_well():
    assert found(replace(WELL, latest_good=run(hours=72), missing=19), free=2 * GB) == []


def test_a_portal_that_was_never_crawled_is_missed_once_it_was_looked_after_for_long():
    new = Watched("demo", None, None, None, "up", "", 0, 0)
    assert found(new) == []
    assert found(new, since={"demo": stamp(NOW - timedelta(days=2))}) == []
    (condition,) = found(new, since={"demo": stamp(NOW - timedelta(days=4))})
    assert condition.key == "demo/silence"


def test_a_disk_at_its_floor_is_no_news_every_hour():
    assert [each.key for each in found(free=1.9 * GB)] == ["disk"]
    assert found(free=2.1 * GB) == []
    assert [each.key for each in found(free=2.1 * GB, known=["disk"])] == ["disk"]
    assert found(free=2.3 * GB, known=["disk"]) == []


def test_the_details_of_a_failure_are_no_other_failure():
    reasons = [f"https://x.vn/ does not answer ({why})" for why in ("HTTP 503", "no answer in time")]
    assert len({found(bad("failed", reason, ()))[0].state for reason in reasons}) == 1
    other = [RunCheck("new articles", 0, 1)]
    assert found(bad())[0].state != found(bad(checks=other))[0].state
    assert found(bad(hours=5))[0].state == found(bad())[0].state


def told(conditions):
    return {each.key: Told(each.state, each.level, stamp(NOW), each.well) for each in conditions}


def test_each_is_told_once_again_when_it_changes_and_when_it_is_well():
    first = found(bad())
    assert [each.key for each in news(first, {}).begun] == ["demo/run"]
    known = noted({}, news(first, {}), stamp(NOW))
    assert not news(first, known)
    second = news(found(bad("failed", "the disk is full", ())), known)
    assert [each.key for each in second.changed] == ["demo/run"]
    known = noted(known, second, stamp(NOW + timedelta(days=1)))
    assert known["demo/run"].since == stamp(NOW), "since it was told first"
    last = news([], known)
    assert [key for key, _ in last.over] == ["demo/run"]
    assert noted(known, last, stamp(NOW)) == {}


def test_more_and_more_missing_is_news_and_fewer_are_not():
    known = told(found(replace(WELL, missing=25)))
    assert not news(found(replace(WELL, missing=30)), known)
    assert news(found(replace(WELL, missing=45)), known).changed
    known = told(found(replace(WELL, missing=45)))
    assert not news(found(replace(WELL, missing=25)), known)


def test_while_the_archive_cannot_be_opened_nothing_in_it_is_well_again():
    known = told([*found(bad(), free=1)])
    blind = news(found(portals=(), trouble="archive.db cannot be opened: it is no database"), known)
    assert [each.key for each in blind.begun] == ["archive"]
    assert [key for key, _ in blind.over] == ["disk"]
