"""Runs: where one begins, and where it goes on with one that was killed."""

import json

import pytest

from archiver.clock import stamp
from archiver.store.databases.opening import open_captures, writing
from archiver.store.evidence.crawls import FORBIDDEN, Again, close_crawl, open_crawl, open_import, plan_crawl
from archiver.store.evidence.frontier import Found, Frontier
from archiver.store.evidence.walks import open_walk
from tests.driving.clocks import SetClock
from tests.store.conftest import DEMO, url


class Runs:
    """Runs of the demo portal, one after the other."""

    def __init__(self, folder):
        self.clock = SetClock()
        self.db = open_captures(folder)
        self.frontier = Frontier(self.db, DEMO)

    def begin(self, rechecks=()):
        self.clock.pass_by(minutes=1)
        run = plan_crawl(self.db, DEMO, stamp(self.clock.now()), {"limit": None})
        open_crawl(self.db, DEMO, run, {"limit": None}, {"archiver": "0"}, Again(rechecks))
        return run

    def end(self, run, status="finished", reason="because"):
        close_crawl(self.db, run, stamp(self.clock.now()), status, reason, {"fetched": 3}, [], 60.5)

    def find(self, *found):
        with writing(self.db):
            self.frontier.add(found, None, stamp(self.clock.now()), "any")

    def finish(self, run, *names):
        for wanted in self.waiting():
            if wanted.url in names:
                with writing(self.db):
                    self.frontier.captured(wanted, "capture", run.crawl_key)
                    self.frontier.done(wanted, "list")

    def waiting(self):
        found, busy = [], []
        while wanted := self.frontier.claim(stamp(self.clock.now()), busy):
            found.append(wanted)
            busy.append(wanted.request_key)
        return found

    def urls(self):
        return [wanted.url.removeprefix("https://anthuan.example") for wanted in self.waiting()]

    def list_is_known(self, name):
        self.find(Found(url(name), "navigation"))
        key = next(each.request_key for each in self.waiting() if each.url == url(name))
        with writing(self.db):
            open_walk(self.db, key, "demo", url(name), name)
        return key


@pytest.fixture
def runs(tmp_path):
    return Runs(tmp_path)


def test_a_first_run_begins_at_the_home_page(runs):
    runs.begin()
    assert runs.urls() == ["/"]


def test_a_later_run_begins_with_the_home_page_and_every_list(runs):
    first = runs.begin()
    runs.list_is_known("Kinh-te")
    runs.find(Found(url("a"), "row"))
    runs.finish(first, DEMO.url, url("Kinh-te"), url("a"))
    runs.end(first)
    runs.begin()
    assert runs.urls() == ["/", "/portal/Pages/Kinh-te.aspx"]


def test_articles_that_are_due_come_after_lists_and_new_ones(runs):
    first = runs.begin()
    runs.find(Found(url("a"), "row"))
    key = next(each.request_key for each in runs.waiting() if each.url == url("a"))
    runs.finish(first, DEMO.url, url("a"))
    runs.end(first)
    runs.begin(rechecks=[key])
    runs.find(Found(url("b"), "row"))
    assert runs.urls() == ["/", "/portal/Pages/b.aspx", "/portal/Pages/a.aspx"]


def test_a_killed_run_is_gone_on_with(runs):
    killed = runs.begin()
    key = runs.list_is_known("Kinh-te")
    runs.find(Found(url("a"), "row"), Found(url("Kinh-te") + "?Trang=2", "page", list_key=key, page=2, again=True))
    runs.finish(killed, DEMO.url, url("Kinh-te"))
    second = runs.begin()
    assert second.goes_on
    assert runs.urls() == ["/portal/Pages/a.aspx", "/portal/Pages/Kinh-te.aspx?Trang=2"]
    status = {row["crawl_key"]: row["status"] for row in runs.db.query("SELECT * FROM crawls")}
    assert status == {killed.crawl_key: "killed", second.crawl_key: "running"}


def test_a_posted_walk_that_was_killed_begins_at_its_list(runs):
    killed = runs.begin()
    key = runs.list_is_known("Kinh-te")
    runs.find(Found(url("Kinh-te"), "posted page", list_key=key, page=2, form=(("a", "2"),), again=True))
    runs.finish(killed, DEMO.url)
    runs.begin()
    assert [(each.method, each.url) for each in runs.waiting()] == [("GET", url("Kinh-te"))]


def test_a_run_killed_long_ago_is_begun_anew(runs):
    killed = runs.begin()
    runs.list_is_known("Kinh-te")
    runs.finish(killed, DEMO.url, url("Kinh-te"))
    runs.clock.pass_by(hours=13)
    assert not runs.begin().goes_on
    assert runs.urls() == ["/", "/portal/Pages/Kinh-te.aspx"]


def test_pages_of_a_walk_that_was_cut_short_are_not_asked_for_before_its_list(runs):
    limited = runs.begin()
    key = runs.list_is_known("Kinh-te")
    runs.find(Found(url("Kinh-te") + "?Trang=5", "page", list_key=key, page=5, again=True), Found(url("a"), "row"))
    runs.finish(limited, DEMO.url, url("Kinh-te"))
    runs.end(limited, "limited")
    runs.begin()
    assert runs.urls() == ["/", "/portal/Pages/Kinh-te.aspx", "/portal/Pages/a.aspx"]


def test_what_failed_or_was_forbidden_is_tried_again(runs):
    first = runs.begin()
    runs.find(Found(url("a"), "row"), Found(url("b"), "row"), Found(url("c"), "row"))
    states = {"a": ("failed", "HTTP 503"), "b": ("refused", FORBIDDEN), "c": ("unreadable", "killed twice")}
    for wanted in runs.waiting():
        name = wanted.url.removesuffix(".aspx")[-1]
        if name in states:
            with writing(runs.db):
                runs.frontier.give_up(wanted, *states[name])
    runs.finish(first, DEMO.url)
    runs.end(first)
    runs.begin()
    assert runs.urls() == ["/", "/portal/Pages/a.aspx", "/portal/Pages/b.aspx"]


def test_how_a_run_ended_is_written_down(runs):
    runs.end(runs.begin(), "degraded")
    (row,) = runs.db.query("SELECT * FROM crawls")
    assert (row["portal"], row["kind"], row["status"], row["finish_reason"]) == ("demo", "crawl", "degraded", "because")
    assert json.loads(row["settings"]) == {"limit": None}
    assert json.loads(row["counts"]) == {"fetched": 3}
    assert (row["peak_memory_mb"], row["finished_at"]) == (60.5, stamp(runs.clock.now()))


class TestRunsThatBringCapturesFromElsewhere:
    def bring(self, runs, kind="import"):
        runs.clock.pass_by(minutes=1)
        return open_import(runs.db, DEMO, kind, stamp(runs.clock.now()), {"files": ["a.warc.gz"]}, {"archiver": "0"})

    def status(self, runs):
        return [row["status"] for row in runs.db.query("SELECT * FROM crawls ORDER BY started_at")]

    def test_they_are_of_their_own_kind(self, runs):
        self.bring(runs)
        self.bring(runs, "wayback")
        kinds = [row["kind"] for row in runs.db.query("SELECT * FROM crawls ORDER BY started_at")]
        assert kinds == ["import", "wayback"]

    def test_one_that_was_killed_is_no_crawl_to_go_on_with(self, runs):
        runs.end(runs.begin())
        self.bring(runs)
        assert not runs.begin().goes_on
        assert self.status(runs) == ["finished", "running", "running"]
        self.bring(runs)
        assert self.status(runs) == ["finished", "killed", "running", "running"], "of a crawl, a crawl tells"

    def test_a_killed_crawl_is_gone_on_with_whatever_was_imported_since(self, runs):
        runs.begin()
        runs.end(self.bring(runs))
        assert runs.begin().goes_on


class TestRunsThatAreAllCutShort:
    @pytest.mark.parametrize(
        ("status", "reason", "goes_on"),
        [
            ("interrupted", "by hand", True),
            ("limited", "deadline: it ran for 60 seconds", True),
            ("limited", "memory: it held 600 MB", True),
            ("limited", "page budget: it made 3000 requests", False),
            ("finished", "all", False),
        ],
    )
    def test_one_that_met_its_deadline_is_gone_on_with_by_any_other(self, runs, status, reason, goes_on):
        runs.end(runs.begin(), status, reason)
        assert runs.begin().goes_on is goes_on

    def test_twelve_hours_after_the_first_the_lists_are_asked_for_anew(self, runs):
        """Each begins within an hour of the last; else what is new would never be seen."""
        gone_on = []
        for _ in range(30):
            runs.clock.pass_by(minutes=59)
            run = runs.begin()
            gone_on.append(run.goes_on)
            runs.end(run, "limited", "deadline: it ran for an hour")
        assert [number for number, goes_on in enumerate(gone_on) if not goes_on] == [0, 12, 24]
