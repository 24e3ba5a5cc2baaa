"""Articles that go, come back and move; portals that die. What each answer counts for."""

import pytest

from archiver.store.ground.keys import article_key
from tests.store.conftest import DEMO, article, box, home, listing, told_in_any_order, url

NOTICE = (
    "<html><head><title>An Thuận</title></head><body><div>Bài viết không tồn tại hoặc đã bị xóa</div></body></html>"
)
CAPTCHA = "<html><head><title>Attention</title></head><body><div>Verify you are human</div></body></html>"
ROW = ("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")
DAY = 24 * 3600


def run(evidence, name, *looks, home_page=True, days=5):
    """One run some days later: the home page, then answers for pages, each (name, html, status or keywords)."""
    evidence.clock.pass_by(days=days)
    evidence.new_run(f"demo-{name}")
    if home_page is True:
        evidence.see_home(home(ROW))
    elif home_page is not None:
        evidence.see_home(*home_page)
    for page, html, status, *more in looks:
        evidence.see(page, html, status, **(more[0] if more else {}))
    evidence.settle()


def status(evidence, name="a"):
    return evidence.one("SELECT web_status FROM articles WHERE article_key = ?", article_key(DEMO, url(name)))[
        "web_status"
    ]


def events(evidence, name="a"):
    rows = evidence.all(
        "SELECT event, detail FROM article_events WHERE article_key = ? ORDER BY at", article_key(DEMO, url(name))
    )
    return [(row["event"], row["detail"]) for row in rows]


def redirect(where):
    return (("Location", where),)


BAD = {
    "404": (None, 404),
    "410": (None, 410),
    "soft 404": (NOTICE, 200),
    "a list": (listing(ROW, ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH")), 200),
    "a redirect to the home page": (None, 302, {"headers": redirect("/")}),
    "a redirect to a list": (None, 301, {"headers": redirect("/portal/Pages/Kinh-te.aspx")}),
}
REASONS = {
    "404": "HTTP 404",
    "410": "HTTP 410",
    "soft 404": "the page says so",
    "a list": "answers with a list",
    "a redirect to the home page": "redirects to the home page",
    "a redirect to a list": "redirects to a list",
}
SHELL = (
    "<html><head><title>Cổng thông tin điện tử thị xã An Thuận</title></head><body>"
    f"<p>Đã xảy ra lỗi, vui lòng thử lại sau.</p>{box(ROW, ('b', 'Xã Cẩm Đê khánh thành', '08/06/2023 2:00 CH'))}"
)
SILENT = {
    "403": (None, 403),
    "429": (None, 429),
    "500": (None, 500),
    "503": (None, 503),
    "a time-out": (None, 0, {"error": "no answer in time: 30 s"}),
    "a captcha": (CAPTCHA, 200),
    "a redirect to another site": (None, 302, {"headers": redirect("https://login.example/")}),
    "an error page with a box of the newest articles": (SHELL, 200),
}


@pytest.fixture
def known(evidence):
    """A portal with an article and a list, captured well."""
    run(evidence, "0", ("a", article(), 200), ("Kinh-te", listing(ROW), 200))
    return evidence


@pytest.mark.parametrize("how", BAD)
def test_each_way_to_be_missing_counts(known, how):
    run(known, "1", ("a", *BAD[how]))
    assert (status(known), events(known)) == ("suspect", [("suspect", REASONS[how])])
    for number in "234":
        run(known, number, ("a", *BAD[how]))
    assert status(known) == "gone"
    row = known.one("SELECT * FROM missing_articles")
    assert (row["title"], row["detail"]) == ("Thị xã họp", REASONS[how])
    assert row["last_ok_at"] < row["first_missing_at"]
    assert known.one("SELECT body FROM bodies WHERE article_key = ?", row["article_key"])["body"]
    assert known.one("SELECT answer FROM captures WHERE capture_key = ?", row["capture_key"])


@pytest.mark.parametrize("how", SILENT)
def test_what_says_nothing_of_the_page_never_counts(known, how):
    for number in "1234":
        run(known, number, ("a", *SILENT[how]))
    assert (status(known), events(known)) == ("live", [])


def test_a_login_page_with_a_box_of_the_newest_articles_is_no_list_to_be_sent_to(known):
    for number in "1234":
        run(known, number, ("a", None, 302, {"headers": redirect("/portal/Pages/login.aspx")}), ("login", SHELL, 200))
    run(known, "5", ("a", None, 302, {"headers": redirect("/portal/Pages/login.aspx")}), ("login", None, 304))
    assert (status(known), events(known)) == ("live", [])


def test_a_frame_around_a_box_says_nothing_in_whatever_order_it_comes(tmp_path):
    """Among pages that are missing: a list where the article stood, and a redirect to one."""

    def story(evidence):
        kept = []
        sent = {"headers": redirect("/portal/Pages/login.aspx")}
        looks = [(article(), 200), (SHELL, 200), BAD["a list"], (None, 302, sent), BAD["a redirect to a list"]]
        for html, code, *more in looks:
            evidence.clock.pass_by(days=5)
            kept.append(evidence.keep(DEMO.url, home(ROW)))
            kept.append(evidence.keep(url("a"), html, code, **(more[0] if more else {})))
            kept.append(evidence.keep(url("login"), SHELL))
            kept.append(evidence.keep(url("Kinh-te"), listing(ROW)))
        return kept

    told = told_in_any_order(tmp_path, story)
    assert [row["event"] for row in told.all("SELECT event FROM article_events ORDER BY at")] == ["suspect"]
    assert told.one("SELECT detail FROM article_events")["detail"] == "answers with a list"


@pytest.mark.parametrize(
    "home_page",
    [(None, 503), (CAPTCHA, 200), None],
    ids=["the portal is down", "a firewall stands before it", "not asked"],
)
def test_nothing_counts_while_the_portal_itself_is_not_well(known, home_page):
    run(known, "1", ("a", None, 404), home_page=home_page)
    run(known, "2", ("a", None, 404), home_page=home_page)
    assert status(known) == "live"


def test_a_good_check_brings_it_back_with_an_event(known):
    for number in "1234":
        run(known, number, ("a", None, 404))
    run(known, "5", ("a", article(views=9), 200))
    assert (status(known), [event for event, _ in events(known)]) == ("live", ["suspect", "gone", "returned"])
    assert known.one("SELECT first_missing_at, revision_count FROM articles") == {
        "first_missing_at": None, "revision_count": 1}  # fmt: skip


def test_three_checks_in_one_week_are_not_enough(known):
    for number in "123":
        run(known, number, ("a", None, 404), days=2)
    assert status(known) == "suspect"


def test_a_304_is_a_good_check(known):
    run(known, "1", ("a", None, 404))
    run(known, "2", ("a", None, 304))
    assert status(known) == "live"


def test_an_article_that_is_sent_to_its_new_address_has_moved(known):
    run(known, "1", ("a", None, 301, {"headers": redirect("/portal/Pages/moi.aspx")}), ("moi", article(), 200))
    assert (status(known), status(known, "moi")) == ("moved", "live")
    assert events(known) == [("moved", article_key(DEMO, url("moi")))]


def test_an_article_that_is_missing_and_stands_elsewhere_has_moved(known):
    run(known, "1", ("a", None, 404), ("moi", article(), 200))
    assert (status(known), status(known, "moi")) == ("moved", "live")
    assert ("moved", article_key(DEMO, url("moi"))) in events(known)


def test_an_address_that_never_was_an_article_does_not_disappear(known):
    run(known, "1", ("khong-co", None, 404))
    assert known.all("SELECT * FROM article_events") == []


class TestThePortal:
    def status(self, evidence):
        return evidence.one("SELECT web_status FROM portals")["web_status"]

    def events(self, evidence):
        return [row["event"] for row in evidence.all("SELECT event FROM portal_events ORDER BY at")]

    def test_is_unreachable_and_comes_back(self, known):
        run(known, "1", home_page=(None, 503))
        assert self.status(known) == "unreachable"
        run(known, "2")
        assert (self.status(known), self.events(known)) == ("up", ["unreachable", "up"])
        assert status(known) == "live"

    def test_is_closed_and_its_articles_are_unreachable_but_never_gone(self, known):
        for number in "1234":
            run(known, number, ("a", None, 404), home_page=(None, 404))
        assert (self.status(known), self.events(known)) == ("closed", ["unreachable", "closed"])
        assert status(known) == "unreachable"
        run(known, "5", ("a", article(), 200))
        assert (self.status(known), status(known)) == ("up", "live")

    def test_whose_plain_home_page_is_unchanged_is_up(self, known):
        """One without dated rows is told from a notice by its links, which a 304 does not repeat."""
        plain = home(name="thị xã An Thuận").replace("<ul></ul>", "")
        run(known, "1", home_page=(plain, 200))
        assert known.all("SELECT answer FROM captures ORDER BY captured_at DESC")[0]["answer"] == "other"
        run(known, "2", home_page=(None, 304))
        assert (self.status(known), self.events(known)) == ("up", [])

    @pytest.mark.parametrize("answer", [(None, 403), (None, 429), (CAPTCHA, 200)])
    def test_that_refuses_us_is_unreachable_but_not_closed(self, known, answer):
        for number in "12345":
            run(known, number, home_page=answer)
        assert (self.status(known), self.events(known)) == ("unreachable", ["unreachable"])
        assert status(known) == "live"

    def test_is_replaced_by_another_site(self, known):
        parked = home(name="Tên miền đang được bán")
        for number in "1234":
            run(known, number, ("a", None, 404), home_page=(parked, 200))
        assert self.status(known) == "replaced"
        assert status(known) == "unreachable"

    def test_is_replaced_by_the_site_that_it_sends_to(self, known):
        for number in "1234":
            known.clock.pass_by(days=5)
            known.new_run(f"demo-{number}")
            known.see_home(None, 301, headers=redirect("https://hungyen.example/"))
            known.settle()
        assert self.status(known) == "replaced"

    def test_whose_home_page_sends_to_a_page_of_its_own_is_well(self, known):
        for number in "12":
            known.clock.pass_by(days=5)
            known.new_run(f"demo-{number}")
            known.see_home(None, 302, headers=redirect("/portal/Pages/trang-chu.aspx"))
            known.see("trang-chu", home(ROW))
            known.see("a", None, 404)
            known.settle()
        assert self.status(known) == "up"
        assert status(known) == "suspect"

    def test_whose_home_page_leads_on_by_several_steps_is_well(self, known):
        known.clock.pass_by(days=5)
        known.new_run("demo-1")
        known.see_home(None, 302, headers=redirect("/portal"))
        known.tell(known.keep("https://anthuan.example/portal", None, 301, headers=redirect("/portal/Pages/moi.aspx")))
        known.see("moi", home(ROW))
        known.see("a", None, 404)
        known.settle()
        assert (self.status(known), status(known)) == ("up", "suspect")

    def test_is_not_known_to_be_well_by_what_its_home_page_leads_to_long_after(self, tmp_path):
        def story(evidence):
            captures = [evidence.keep(url("a"), article())]
            evidence.clock.pass_by(days=5)
            captures.append(evidence.keep(DEMO.url, None, 302, headers=redirect("/portal/Pages/trang-chu.aspx")))
            captures.append(evidence.keep(url("a"), None, 404))
            evidence.clock.pass_by(days=2)
            return [*captures, evidence.keep(url("trang-chu"), home(ROW))]

        assert status(told_in_any_order(tmp_path, story)) == "live"


def test_the_story_is_the_same_in_whatever_order_captures_arrive(tmp_path):
    def story(evidence):
        captures = []
        for number in range(7):
            evidence.clock.pass_by(days=5)
            evidence.new_run(f"demo-{number}")
            captures.append(evidence.keep(DEMO.url, home(ROW)) if number != 3 else evidence.keep(DEMO.url, None, 503))
            captures.append(evidence.keep(url("a"), *((article(extra=box(ROW)), 200) if number < 2 else (None, 404))))
            captures.append(evidence.keep(url("Kinh-te"), listing(ROW)))
        return captures

    assert status(told_in_any_order(tmp_path, story, 4)) == "gone"


def test_an_article_in_a_layout_that_reads_as_a_list_does_not_disappear(known):
    redesigned = listing(ROW, ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH"), title="Thị xã họp")
    for number in "1234":
        run(known, number, ("a", redesigned, 200))
    assert status(known) == "live"


def test_a_304_says_no_more_than_the_page_that_it_confirms(known):
    for number in "1234":
        run(known, number, ("a", NOTICE if number == "1" else None, 200 if number == "1" else 304))
    assert status(known) == "gone"
    assert events(known)[0] == ("suspect", "the page says so")
    assert known.one("SELECT max(revision) AS shown FROM captures WHERE answer = 'unchanged'")["shown"] is None


def test_a_line_that_something_is_missing_makes_no_list_missing(known):
    run(known, "1", ("Kinh-te", listing(ROW, extra="<div>Không tìm thấy dữ liệu</div>"), 200))
    assert known.one("SELECT answer FROM captures ORDER BY captured_at DESC LIMIT 1")["answer"] == "list"
