"""What is said once a run is over."""

import json
from functools import partial

from archiver.clock import stamp
from archiver.store.databases.opening import writing
from archiver.store.evidence.crawls import FORBIDDEN, Again, close_crawl, open_crawl, plan_crawl
from archiver.store.evidence.frontier import TOO_FAR, Found, Frontier
from archiver.store.rebuild.canonical import rows
from archiver.store.runs.settling import copy_runs
from tests.store.conftest import DEMO, article, url


def refuse(evidence, name, reason):
    with writing(evidence.captures):
        found = Found(url(name), "navigation", refusal=reason)
        Frontier(evidence.captures, DEMO).add([found], None, stamp(evidence.clock.now()), "c")


def test_what_was_not_followed_is_a_problem_but_not_an_endless_calendar(evidence):
    refuse(evidence, "noi-bo", FORBIDDEN)
    refuse(evidence, "lich", TOO_FAR)
    for _ in range(2):
        evidence.settle()
    problem = evidence.one("SELECT url, stage, reason, count FROM problems")
    assert problem == {"url": url("noi-bo").lower(), "stage": "follow", "reason": FORBIDDEN, "count": 1}


def test_what_is_allowed_again_is_no_problem(evidence):
    refuse(evidence, "noi-bo", FORBIDDEN)
    evidence.settle()
    evidence.captures.execute("UPDATE frontier SET state = 'waiting', reason = NULL")
    evidence.settle()
    assert evidence.one("SELECT resolved FROM problems") == {"resolved": 1}


def test_runs_and_their_checks_are_public(evidence):
    run = plan_crawl(evidence.captures, DEMO, stamp(evidence.clock.now()), {"limit": 5})
    open_crawl(evidence.captures, DEMO, run, {"limit": 5}, {"archiver": "0"}, Again())
    check = {"name": "home page answered", "value": 1.0, "floor": 1.0, "passed": 1}
    close_crawl(
        evidence.captures, run, stamp(evidence.clock.now()), "limited", "limited", {"fetched": 5}, [check], 60.0
    )
    for _ in range(2):
        evidence.settle()
    row = evidence.one("SELECT * FROM crawls")
    assert (row["crawl_key"], row["status"], json.loads(row["counts"])) == (run.crawl_key, "limited", {"fetched": 5})
    assert evidence.one("SELECT * FROM crawl_checks") == {"crawl_key": run.crawl_key, **check}


def test_a_run_that_is_told_already_is_not_written_again(evidence):
    """Runs become many: what a crawl takes must not grow with all that were before it."""
    run = plan_crawl(evidence.captures, DEMO, stamp(evidence.clock.now()), {})
    open_crawl(evidence.captures, DEMO, run, {}, {}, Again())
    copy = partial(copy_runs, evidence.archive, evidence.captures, DEMO)
    copy()
    before = evidence.archive.conn.total_changes
    copy()
    assert evidence.archive.conn.total_changes == before
    close_crawl(evidence.captures, run, stamp(evidence.clock.now()), "finished", "finished", {}, [], 60.0)
    copy()
    assert evidence.one("SELECT status FROM crawls") == {"status": "finished"}


def test_doing_it_twice_changes_nothing(evidence):
    evidence.see("a", article())
    refuse(evidence, "noi-bo", FORBIDDEN)
    evidence.settle()
    before = list(rows(evidence.archive))
    evidence.settle()
    assert list(rows(evidence.archive)) == before
