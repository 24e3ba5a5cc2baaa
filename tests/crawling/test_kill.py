"""SIGKILL to the real process, again and again: nothing is lost, nothing finished is fetched twice, nothing doubled."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from archiver.demo import DemoPortal, stories
from tests.demo.conftest import NOW
from tests.waiting import Gate, wait_until

KILLS = 20
MOST_BEYOND = 5  # requests that a crawl makes before it is killed, beyond what it is killed for


def captured(folder: Path) -> int:
    """How many captures are committed, seen as another process sees them."""
    if not (folder / "captures.db").exists():
        return 0
    with closing(sqlite3.connect(folder / "captures.db")) as db:
        try:
            return db.execute("SELECT count(*) FROM captures WHERE url NOT LIKE '%robots.txt'").fetchone()[0]
        except sqlite3.OperationalError:  # not made yet
            return 0


def kill_again_and_again(run, gate, kills, seed):
    """Kill `kills` crawls, each after at least one new commit; returns at how many an open request was met."""
    dice = random.Random(seed)
    met_open_requests = 0
    for number in range(kills):
        before = captured(run.folder)
        commits = dice.randint(1, 6)
        is_held = number % 3 != 2
        beyond = 1 if is_held else MOST_BEYOND  # so that some of the portal is left for the next one
        gate.hold(gate.asked + 1 + commits + beyond)  # robots.txt, what is committed, and the one that is held
        process = run.start()
        if is_held:
            wait_until(gate.held.is_set, process)
            wait_until(lambda before=before: captured(run.folder) > before, process)
            met_open_requests += 1
        else:
            wait_until(lambda goal=before + commits: captured(run.folder) >= goal, process)
            time.sleep(dice.random() * 0.03)
        process.kill()
        process.communicate()
        gate.open()
    return met_open_requests


def assert_that_nothing_is_lost_or_doubled(run, whole):
    run.values()
    assert run.rows() == whole.rows()
    twice = run.captures.execute(
        "SELECT url, count(*) FROM captures WHERE status = 200 AND url NOT LIKE '%robots.txt' GROUP BY request_key"
        " HAVING count(*) > 1"
    ).fetchall()
    assert {url for url, _ in twice} <= {"https://anthuan.example/portal/Pages/Chinh-tri.aspx"}, (
        "only a list whose pages are posted with the state of the one before is begun anew"
    )


def crawls(command, tmp_path):
    """A crawl to be killed, its gate, and one that was not disturbed."""
    whole = command(portal())
    whole.folder = tmp_path / "whole"
    whole.values()
    run = command(portal())
    return run, Gate(run.served.portal), whole


def portal():
    return DemoPortal(stories(), lambda: NOW, slow_seconds=0.2, crawl_delay=0)


def test_twenty_kills_change_nothing(command, tmp_path):
    run, gate, whole = crawls(command, tmp_path)
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    met_open_requests = kill_again_and_again(run, gate, KILLS, seed)
    print(f"{KILLS} kills, {met_open_requests} during an open request, {captured(run.folder)} captures by then")
    assert met_open_requests >= 10
    assert_that_nothing_is_lost_or_doubled(run, whole)


def test_a_crawl_whose_frontier_is_not_committed_fails_this_test(command, tmp_path):
    """The test can fail: it does without what it is there to show."""
    run, gate, whole = crawls(command, tmp_path)
    run.program = (str(Path(__file__).with_name("forgetful.py")),)
    kill_again_and_again(run, gate, 1, seed=1)
    with pytest.raises(AssertionError):
        assert_that_nothing_is_lost_or_doubled(run, whole)
    lost = len(list(whole.archive["articles"].rows)) - len(list(run.archive["articles"].rows))
    assert lost > 100, "the crawl after the kill calls itself finished, with most of the portal missing"
