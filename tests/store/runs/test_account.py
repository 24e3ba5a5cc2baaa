"""How a portal stands by archive.db alone, as of its last run."""

import json
from datetime import timedelta

import pytest

from archiver.clock import moment, stamp
from archiver.demo import DemoPortal, stories
from archiver.demo.responses import failure
from archiver.portals import PORTALS
from archiver.store.databases.opening import insert
from archiver.store.rebuild.rebuilding import rebuild
from archiver.store.runs.account import accounts
from archiver.store.runs.dueness import Bounds
from archiver.store.runs.rhythm import capture_lag, due_of, last_success
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

DEMO = PORTALS["demo"]
BOUNDS = {"shortest_interval_minutes": 20.0, "longest_interval_minutes": 300.0}


@pytest.fixture
def visitor(tmp_path):
    return Visitor(DemoPortal(stories(20), lambda: NOW, faults=False), tmp_path)


def told(visitor):
    (account,) = accounts(visitor.archive)
    return account


def test_it_says_what_the_run_itself_would_have_said_at_its_end(visitor):
    visitor.crawl(**BOUNDS)
    captures, archive, account = visitor.captures, visitor.archive, told(visitor)
    assert account.as_of == account.last_success == last_success(captures, "demo")
    bounds = Bounds(timedelta(minutes=20), timedelta(minutes=300))
    assert account.due == due_of(captures, archive, "demo", bounds, moment(account.as_of))
    assert account.due.every == timedelta(minutes=300)
    assert account.lag == capture_lag(captures, archive, "demo")
    assert account.articles == 20
    visitor.clock.pass_by(days=400)
    assert told(visitor) == account, "no clock of ours changes it"


def test_an_archive_that_is_made_anew_says_the_same(visitor):
    visitor.crawl(**BOUNDS)
    before = told(visitor)
    rebuild(visitor.captures, visitor.archive, [DEMO], visitor.folder, lambda *_: None, stamp(visitor.clock.now()))
    assert told(visitor) == before


def test_a_run_that_failed_is_no_success_and_is_tried_again_soon(visitor):
    visitor.crawl(**BOUNDS)
    success = told(visitor).last_success
    visitor.clock.pass_by(days=1)
    visitor.answers = lambda *_: failure(503, b"")
    visitor.crawl(**BOUNDS)
    account = told(visitor)
    assert account.last_success == success < account.as_of
    assert account.due.why.kind == "failed"
    assert account.due.at < moment(account.as_of) + timedelta(minutes=20)
    failed = [check.name for check in account.checks.failed]
    assert "home page is well" in failed
    run = visitor.archive.execute("SELECT crawl_key FROM crawls ORDER BY started_at DESC LIMIT 1").fetchone()[0]
    assert account.checks.crawl_key == run
    assert account.checks.passed + len(failed) == visitor.count("crawl_checks", f"crawl_key = '{run}'")
    assert len(account.blind_days) == 1
    by_stage = {each.stage: each.count for each in account.problems}
    assert sum(by_stage.values()) == visitor.count("problems", "NOT resolved")
    assert by_stage["fetch"] == visitor.count("problems", "NOT resolved AND stage = 'fetch'")


def test_a_run_that_ended_without_a_word_is_known_by_its_begin(visitor):
    visitor.crawl(**BOUNDS)
    visitor.clock.pass_by(days=1)
    began = visitor.begin(**BOUNDS).opened.started_at
    account = told(visitor)
    assert account.as_of == began
    assert account.due.why.kind == "running"


def test_without_bounds_nobody_says_when_it_is_due(visitor):
    visitor.crawl()
    archive = visitor.archive
    archive.execute("UPDATE crawls SET settings = json_remove(settings, '$.longest_interval_minutes')")
    account = told(visitor)
    assert account.due is None
    assert {name: account.as_json()[name] for name in ("next_due", "interval_minutes", "because")} == dict.fromkeys(
        ("next_due", "interval_minutes", "because")
    )


def test_what_was_only_imported_was_never_crawled(evidence):
    imported = {"crawl_key": "import-1", "portal": "demo", "kind": "import", "started_at": stamp(NOW)}
    insert(evidence.archive, "crawls", imported | {"finished_at": stamp(NOW), "settings": json.dumps(BOUNDS)})
    (account,) = accounts(evidence.archive)
    assert (account.as_of, account.last_success, account.due, account.checks) == (None, None, None, None)


def test_one_portal_or_all(visitor):
    visitor.crawl()
    assert [each.portal for each in accounts(visitor.archive)] == ["demo"]
    assert [each.portal for each in accounts(visitor.archive, "demo")] == ["demo"]
    assert accounts(visitor.archive, "khac") == []
