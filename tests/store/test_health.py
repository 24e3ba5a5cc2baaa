"""Whether a run saw what a good run sees."""

import pytest

from archiver.clock import stamp
from archiver.store.crawls import close_crawl, open_crawl
from archiver.store.database import writing
from archiver.store.frontier import Found, Frontier
from archiver.store.health import RunSeen, checks_of_run
from archiver.store.walks import open_walk
from tests.store.conftest import DEMO, article, home, listing, url

ROWS = [
    (f"bai-{letter}", f"Tin {letter} của thị xã An Thuận", "09/06/2023 9:24 SA")
    for letter in "abcdefghijklmnopqrstuvwx"
]
CAPTCHA = "<html><head><title>Attention</title></head><body><div>Verify you are human</div></body></html>"


def page(letter, **more):
    return article(f"Tin {letter}", f"Bài {letter} nói về việc của thị xã.", **more)


class Runs:
    """Runs made by hand, each asking for the home page, a list and articles."""

    def __init__(self, evidence):
        self.evidence = evidence
        self.key = None

    def begin(self, days=1):
        self.evidence.clock.pass_by(days=days)
        opened = open_crawl(self.evidence.captures, DEMO, stamp(self.evidence.clock.now()), {}, {})
        self.evidence.new_run(opened.crawl_key)
        self.opened = opened

    def see(self, name, html, status=200, **more):
        capture = self.evidence.see(name, html, status, **more)
        with writing(self.evidence.captures):
            frontier = Frontier(self.evidence.captures, DEMO)
            frontier.add([Found(url(name), "row")], None, capture.captured_at, self.opened.crawl_key)
            wanted = frontier.by_key(capture.request_key)
            frontier.captured(wanted, capture.capture_key, self.opened.crawl_key)
            read = self.evidence.reader.page(capture)
            frontier.done(wanted, read.kind if read else None)

    def see_list(self, html=None, status=200):
        capture = self.evidence.see("Kinh-te", html or listing(*ROWS), status)
        open_walk(self.evidence.captures, capture.request_key, "demo", url("Kinh-te"), "Kinh tế")

    def end(self):
        """The checks of the run, by name."""
        self.evidence.settle()
        run = RunSeen(self.opened.crawl_key, self.opened.started_at, self.opened.goes_on)
        found = list(checks_of_run(self.evidence.archive, self.evidence.captures, DEMO, run))
        kept = [check.as_json() for check in found]
        close_crawl(
            self.evidence.captures, self.opened, stamp(self.evidence.clock.now()), "finished", "", {}, kept, 1.0
        )
        return {check.name: check for check in found}


@pytest.fixture
def runs(evidence):
    """A first good run over a home page, a list, and twenty-four articles."""
    runs = Runs(evidence)
    runs.begin()
    evidence.see_home(home(*ROWS[:3]))
    runs.see_list()
    for letter in "abcdefghijklmnopqrstuvwx":
        runs.see(f"bai-{letter}", page(letter))
    runs.first = runs.end()
    return runs


def failed(checks):
    return {name for name, check in checks.items() if not check.passed}


def test_a_good_run_passes(runs):
    assert failed(runs.first) == set()
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    runs.see_list()
    for letter in "abcdef":
        runs.see(f"bai-{letter}", page(letter, views=2))
    assert failed(runs.end()) == set()


@pytest.mark.parametrize("answer", [(None, 503), (CAPTCHA, 200)])
def test_a_home_page_that_is_not_well_fails(runs, answer):
    runs.begin()
    runs.evidence.see_home(*answer)
    assert "home page is well" in failed(runs.end())


def test_a_list_without_rows_fails(runs):
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    runs.see_list("<html><head><title>Kinh tế</title></head><body><h2>Kinh tế</h2><p>Đang cập nhật</p></body></html>")
    assert failed(runs.end()) == {"known lists that read as lists"}


def test_a_list_that_lost_its_dates_fails(runs):
    items = "".join(
        f"<label class='channel-news-title'><a href='/portal/Pages/{name}.aspx'>{title}</a></label>"
        for name, title, _ in ROWS
    )
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    runs.see_list(f"<html><head><title>Kinh tế</title></head><body><h2>Kinh tế</h2>{items}</body></html>")
    assert failed(runs.end()) == {"lists whose rows are dated"}


def test_a_layout_in_which_no_day_is_found_fails_and_makes_no_edits(runs):
    def redesigned(letter):
        return page(letter).replace("Đăng ngày 9 - 6 - 2023", "09 JUN")

    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    runs.see_list()
    for letter in "abcdefghijklmnopqrstuvwx":
        runs.see(f"bai-{letter}", redesigned(letter))
    assert "articles with a day" in failed(runs.end())
    assert runs.evidence.one("SELECT count(*) AS n FROM edits")["n"] == 0, "one block changed in all of them"


def test_pages_that_are_no_articles_any_more_fail(runs):
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    runs.see_list()
    for letter in "abcdef":
        runs.see(f"bai-{letter}", "<html><head><title>An Thuận</title></head><body><div id='app'></div></body></html>")
    assert "listed pages that read as articles" in failed(runs.end())


def test_many_refusals_fail(runs):
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    for letter in "abcdefghijkl":
        runs.see(f"bai-{letter}", None, 403)
    assert "answers that are no 4xx" in failed(runs.end())


def test_a_broken_crawl_does_not_pass_for_a_quiet_week(evidence):
    runs = Runs(evidence)
    runs.begin()
    evidence.see_home(home(*ROWS[:3]))
    for number in range(60):
        day = evidence.clock.now().date()
        runs.see(
            f"tin-{number}", article(f"Tin số {number}", f"Bài {number}.", day=f"{day.day} - {day.month} - {day.year}")
        )
        evidence.clock.pass_by(days=1)
    runs.end()
    runs.begin(days=20)
    evidence.see_home(home(*ROWS[:3]))
    checks = runs.end()
    assert failed(checks) == {"new articles"}
    assert (checks["new articles"].value, checks["new articles"].floor) == (0, 1)


def test_a_day_without_news_is_no_failure(runs):
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    assert runs.end()["new articles"].passed
