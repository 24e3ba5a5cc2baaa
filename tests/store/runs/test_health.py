"""Whether a run saw what a good run sees."""

import pytest

from archiver.clock import stamp
from archiver.store.databases.opening import writing
from archiver.store.decisions.deciding import Order, decide
from archiver.store.evidence.crawls import Again, close_crawl, open_crawl, plan_crawl
from archiver.store.evidence.frontier import Found, Frontier
from archiver.store.evidence.walks import open_walk
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.rebuild.rereading import NOBODY
from archiver.store.runs.health import RunSeen, checks_of_run
from tests.store.conftest import DEMO, article, box, home, listing, url

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
        opened = plan_crawl(self.evidence.captures, DEMO, stamp(self.evidence.clock.now()), {})
        open_crawl(self.evidence.captures, DEMO, opened, {}, {}, Again())
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

    def see_list(self, html=None, status=200, name="Kinh-te", **more):
        capture = self.evidence.see(name, html or (listing(*ROWS) if status == 200 else None), status, **more)
        open_walk(self.evidence.captures, capture.request_key, "demo", url(name), "Kinh tế")

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


@pytest.mark.parametrize("rows", [[], [(name, title, "mới") for name, title, _ in ROWS[:3]]], ids=["none", "undated"])
def test_a_home_page_that_lost_its_rows_or_their_dates_fails(runs, rows):
    runs.begin()
    runs.evidence.see_home(home(*rows).replace("(mới)", ""))
    runs.see_list()
    assert failed(runs.end()) == {"home page lists what is new"}


def test_a_home_page_that_never_had_rows_is_well(evidence):
    runs = Runs(evidence)
    for _ in range(2):
        runs.begin()
        evidence.see_home(home())
        assert failed(runs.end()) == set()


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


def again(runs):
    """A run over the home page and the list, in which all is well so far."""
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    runs.see_list()


def test_what_was_read_of_a_page_in_an_earlier_run_says_nothing_of_this_one(runs):
    again(runs)
    for letter in "abcdef":
        runs.see(f"bai-{letter}", "<html><body><div id='app'></div></body></html>" if letter < "d" else None,
                 200 if letter < "d" else 403)  # fmt: skip
    checks = runs.end()
    assert checks["listed pages that read as articles"].value == 0, "three pages, none an article; three refusals"


def test_a_304_to_an_article_is_a_page_that_reads_as_one(runs):
    again(runs)
    for letter in "abcdef":
        runs.see(f"bai-{letter}", None, 304)
    checks = runs.end()
    assert (checks["listed pages that read as articles"].value, failed(checks)) == (1, set())


def test_a_304_to_what_was_no_article_is_none(runs):
    for page, status in (("<html><body><div id='app'></div></body></html>", 200), (None, 304)):
        again(runs)
        for letter in "abcdef":
            runs.see(f"bai-{letter}", page, status)
        assert runs.end()["listed pages that read as articles"].value == 0


EMPTY = "<html><head><title>Lịch</title></head><body><h2>Lịch</h2><p>Đang cập nhật</p></body></html>"


def test_a_section_that_was_always_empty_fails_no_run(runs):
    for _ in range(2):
        again(runs)
        runs.see_list(EMPTY, name="Lich")
        assert failed(runs.end()) == set()


def test_a_section_that_was_emptied_fails_every_run_until_it_has_rows_again(runs):
    for _ in range(2):
        again(runs)
        runs.see_list(EMPTY, name="Xa-hoi")
        assert failed(runs.end()) == set()
    again(runs)
    runs.see_list(name="Xa-hoi")
    assert failed(runs.end()) == set()
    for _ in range(2):
        again(runs)
        runs.see_list(EMPTY, name="Xa-hoi")
        assert failed(runs.end()) == {"known lists that read as lists"}
    again(runs)
    runs.see_list(name="Xa-hoi")
    assert failed(runs.end()) == set()


def test_a_list_that_never_was_dated_fails_no_run(runs):
    bare = "".join(
        f"<label class='channel-news-title'><a href='/portal/Pages/{name}.aspx'>{title}</a></label>"
        for name, title, _ in ROWS
    )
    page = f"<html><head><title>Ảnh</title></head><body><h2>Ảnh</h2>{bare}</body></html>"
    for _ in range(2):
        again(runs)
        runs.see_list(page, name="Anh")
        checks = runs.end()
        assert (failed(checks), checks["known lists that read as lists"].value) == (set(), 1)


def test_a_list_that_is_seen_twice_in_a_run_is_dated_both_times(runs):
    again(runs)
    runs.see_list()
    runs.see_list(None, 304)
    assert runs.end()["lists whose rows are dated"].value == 1


def test_selectors_and_landmarks_that_disagree_fail(runs):
    """A theme in which a class name stands on something else: a person sees another title above the date."""

    def moved(letter):
        title = f"Tin {letter} của thị xã"
        misplaced = "<p class='tandan-p-article-news-title'>Tin nổi bật trong tuần</p>"
        html = article(title, f"Bài {letter} nói về việc của thị xã.")
        return html.replace(f"<p class='tandan-p-article-news-title'>{title}</p>", f"{misplaced}<h1>{title}</h1>")

    again(runs)
    for letter in "abcdefgh":
        runs.see(f"bai-{letter}", moved(letter))
    checks = runs.end()
    assert failed(checks) == {"articles with a header that looks right"}
    assert checks["articles with a header that looks right"].value == 0


def test_a_section_that_was_emptied_is_not_made_up_for_by_a_box_beside_it(runs):
    newest = box(("bai-a", "Tin a của thị xã An Thuận", "09/06/2023 9:24 SA"))
    again(runs)
    runs.see_list(listing(*ROWS, title="Xã hội", extra=newest), name="Xa-hoi")
    assert failed(runs.end()) == set()
    again(runs)
    runs.see_list(EMPTY.replace("</body>", f"{newest}</body>"), name="Xa-hoi")
    assert failed(runs.end()) == {"known lists that read as lists"}


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


LOGIN = "<html><head><title>Đăng nhập</title></head><body>Đăng nhập</body></html>"
ALL_SENT = "requests that are not all sent to one place"


def sent_to(where):
    return {"html": None, "status": 302, "headers": (("Location", where),)}


def test_a_portal_that_sends_all_but_its_home_page_to_a_login_fails_each_run(runs):
    for _ in range(3):
        runs.begin()
        runs.evidence.see_home(home(*ROWS[:3]))
        for letter in "abcdefgh":
            runs.see(f"bai-{letter}", **sent_to(f"/login.aspx?ReturnUrl=bai-{letter}"))
        checks = runs.end()
        assert failed(checks) == {ALL_SENT}
        assert (checks[ALL_SENT].value, checks[ALL_SENT].floor) == (round(1 / 9, 4), 0.5)


def test_listed_pages_that_are_sent_to_what_is_no_article_are_none(evidence):
    runs = Runs(evidence)
    runs.begin()
    evidence.see_home(home(*ROWS[:20]))
    evidence.see("login", LOGIN)
    for letter in "abcdefghijklmnopqrst":
        runs.see(f"bai-{letter}", **sent_to("/portal/Pages/login.aspx"))
    checks = runs.end()
    assert failed(checks) == {ALL_SENT, "listed pages that read as articles"}
    assert checks["listed pages that read as articles"].value == 0


def test_addresses_that_moved_and_other_names_of_the_home_page_fail_no_run(runs):
    """Lists and articles that all moved, each to a place of its own, on a day with nothing else to do."""
    runs.begin()
    runs.evidence.see_home(home(*ROWS[:3]))
    for name in ("default", "index", "trang-chu"):
        runs.evidence.see(name, **sent_to("/"))
    for letter in "abcdefgh":
        runs.evidence.see(f"muc-{letter}", **sent_to(f"/portal/Pages/muc-moi.aspx?muc={letter}"))
        runs.evidence.tell(runs.evidence.keep(f"{url('muc-moi')}?muc={letter}", listing(*ROWS)))
        runs.see(f"bai-{letter}", **sent_to(f"/portal/Pages/tin.aspx?so={letter}"))
        runs.evidence.tell(runs.evidence.keep(f"{url('tin')}?so={letter}", page(letter)))
    assert failed(runs.end()) == set()


def test_articles_that_are_gone_lead_to_the_home_page_without_failing_a_run(runs):
    for days in (5, 8, 9, 30):
        runs.begin(days)
        runs.evidence.see_home(home(*ROWS[:3]))
        for letter in "abcdefgh":
            runs.see(f"bai-{letter}", **sent_to("/"))
        checks = runs.end()
        assert (failed(checks) == set()) == (days >= 9), "until they are known to be gone, it may be anything"
    assert runs.evidence.one("SELECT count(*) AS n FROM articles WHERE web_status = 'gone'")["n"] == 8


NO_ARTICLE = "<html><head><title>An Thuận</title></head><body><div id='app'></div></body></html>"
NEW_ROWS = "new rows of lists that are articles"


def days_of_news(runs, days, **answer):
    """One row a day of which each answers alike; the names of the checks that failed on each day."""
    told = []
    for _ in range(days):
        again(runs)
        runs.see(f"moi-{runs.evidence.clock.now():%Y%m%d}", **answer)
        told.append(failed(runs.end()))
    return told


@pytest.mark.parametrize("answer", [{"html": NO_ARTICLE}, {"html": None, "status": 403}], ids=["no article", "403"])
def test_new_pages_of_a_slow_portal_that_do_not_read_fail_from_the_fifth_on(runs, answer):
    assert days_of_news(runs, 6, **answer) == [set()] * 4 + [{NEW_ROWS}] * 2


def test_a_slow_portal_that_was_well_for_years_fails_within_a_fortnight(runs):
    for _ in range(30):
        runs.evidence.clock.pass_by(days=1)
        name = f"cu-{runs.evidence.clock.now():%Y%m%d}"
        runs.see(name, article(name, f"Bài {name}."))
    told = days_of_news(runs, 12, html=NO_ARTICLE)
    assert (told[0], told[-1]) == (set(), {NEW_ROWS})


def test_a_portal_whose_lists_always_mix_in_other_pages_fails_no_run(evidence):
    runs = Runs(evidence)
    again(runs)
    for number in range(20):
        runs.see(f"cu-{number}", article(f"Tin {number}", f"Bài {number}.") if number % 5 == 0 else None,
                 200 if number % 5 == 0 else 404)  # fmt: skip
    runs.end()
    for number in range(12):
        again(runs)
        runs.see(f"moi-{number}", article(f"Tin {number}", f"Bài {number}.") if number % 5 == 0 else None,
                 200 if number % 5 == 0 else 404)  # fmt: skip
        assert NEW_ROWS not in failed(runs.end())


def test_new_rows_that_are_sent_to_their_articles_are_articles(runs):
    for number in range(6):
        again(runs)
        runs.evidence.see(f"bai-that-{number}", article(f"Tin {number}", f"Bài {number}."))
        runs.see(f"moi-{number}", **sent_to(f"/portal/Pages/bai-that-{number}.aspx"))
        assert failed(runs.end()) == set()


def test_a_withheld_row_is_none_to_be_missed(runs):
    for number in range(6):
        again(runs)
        name = f"moi-{number}"
        runs.see(name, article(name, f"Bài {name}."))
        decide(runs.evidence.folder, Order("withhold", url(name), "test"), runs.evidence.clock, NOBODY)
        runs.evidence.reader = Reader(runs.evidence.captures, DEMO)
        check = runs.end()[NEW_ROWS]
        assert (check.value, check.passed) == (1, True)
