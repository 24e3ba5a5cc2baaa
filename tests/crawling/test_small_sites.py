"""Sites that are odd in one way each: lists, traps, redirects and faults that the bundled portal does not play."""

import random
from datetime import timedelta
from itertools import pairwise
from urllib.parse import quote

import pytest

from archiver.crawling.judging import MOST_ATTEMPTS
from archiver.crawling.robots import rules_of
from archiver.demo.responses import failure, redirect, unchanged
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.evidence.captures import Answer, captures_in_order
from archiver.store.interpretation.interpreting import interpret
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.rebuild.canonical import rows as canonical_rows
from archiver.store.rebuild.rebuilding import rebuild
from archiver.store.runs.settling import settle
from tests.crawling.small_sites import (
    NEW_EACH_TIME,
    SmallSite,
    arrows,
    articles,
    every_page,
    five_at_a_time,
    home,
    link,
    linked_list,
    page_posted,
    posted_list,
    posting,
    rows,
)
from tests.driving.visitor import DEMO, Visitor
from tests.store.conftest import article, listing

LIST = "/portal/Pages/tin-tuc.aspx"
MOST_REQUESTS = 400


class EndlessError(AssertionError):
    """More requests than any of these sites has pages."""


@pytest.fixture
def site(tmp_path):
    """Visits a site of some pages; crawls that find no end fail."""

    def of(pages):
        visitor = Visitor(SmallSite(pages), tmp_path)
        respond = visitor.answers

        def answers(*request):
            if len(visitor.asked) > MOST_REQUESTS:
                raise EndlessError
            return respond(*request)

        visitor.answers = answers
        return visitor

    return of


def walk_is_open(visitor):
    return visitor.captures.execute("SELECT is_walk_open FROM lists").fetchall() == [(1,)]


class TestPostedLists:
    def test_dots_lead_back_as_well_as_on(self, site):
        """A GridView shows ten numbers, and "..." before and behind them."""

        def pager(number, last):
            first = (number - 1) // 10 * 10 + 1
            numbers = [
                f"<span>{each}</span> " if each == number else posting(each, str(each))
                for each in range(first, min(first + 9, last) + 1)
            ]
            before = [posting(first - 1, "...")] if first > 1 else []
            behind = [posting(first + 10, "...")] if first + 9 < last else []
            return "".join(before + numbers + behind)

        visitor = site({"/": home(LIST), LIST: posted_list(list(range(66, 0, -1)), 2, pager)} | articles(66))
        visitor.crawl()
        assert visitor.count("articles") == 66
        assert not walk_is_open(visitor)

    def test_a_page_is_posted_again_after_a_bad_answer(self, site):
        bad = [failure(500, b"")] * 2
        numbers = posted_list(list(range(12, 0, -1)), 2, every_page)
        visitor = site(
            {"/": home(LIST), LIST: lambda *asked: bad.pop() if bad and page_posted(asked[1]) == 4 else numbers(*asked)}
            | articles(12)
        )
        visitor.crawl()
        assert visitor.count("articles") == 12
        assert visitor.times_asked()[LIST] == 6 + 2, "each page once, and two attempts that failed"

    @pytest.mark.parametrize("broken", [2, 4])
    def test_a_page_that_is_never_answered_leaves_the_walk_open(self, site, broken):
        numbers = posted_list(list(range(12, 0, -1)), 2, every_page)
        is_broken = [True]

        def page(*asked):
            return failure(500, b"") if is_broken[0] and page_posted(asked[1]) == broken else numbers(*asked)

        visitor = site({"/": home(LIST), LIST: page} | articles(12))
        visitor.crawl()
        assert walk_is_open(visitor)
        assert visitor.count("articles") == 2 * (broken - 1)
        is_broken[0] = False
        visitor.crawl()
        assert visitor.count("articles") == 12

    @pytest.mark.parametrize("field", ["__REQUESTDIGEST", "__RequestVerificationToken", "__VIEWSTATE1"])
    def test_fields_that_change_with_each_answer_do_not_name_a_page(self, site, field):
        pages = posted_list(
            list(range(12, 0, -1)),
            2,
            every_page,
            lambda: f"<input type='hidden' name='{field}' value='0x{next(NEW_EACH_TIME)},24 Nov 2025'/>",
        )
        visitor = site({"/": home(LIST), LIST: pages} | articles(12))
        visitor.crawl()
        before = visitor.rows()
        visitor.clock.pass_by(days=1)
        visitor.crawl(full=True)
        assert visitor.rows() == before


ADDRESSES = {
    "parameter": lambda page: LIST if page == 1 else f"{LIST}?PageIndex={page}",
    "parameter on the first page too": lambda page: f"{LIST}?Trang={page}",
    "counted from nought": lambda page: LIST if page == 1 else f"{LIST}?page={page - 1}",
    "counted in rows": lambda page: LIST if page == 1 else f"{LIST}?start={2 * page - 2}",
    "in the path": lambda page: "/tin-tuc/" if page == 1 else f"/tin-tuc/page/{page}/",
    "below a file": lambda page: "/tin-tuc.html" if page == 1 else f"/tin-tuc/trang-{page}.html",
    "below a number": lambda page: "/chuyen-muc/12" if page == 1 else f"/chuyen-muc/12/{page}",
    "in another order": lambda page: "/tin.aspx?CatID=7" if page == 1 else f"/tin.aspx?Page={page}&catid=7",
}


class TestLinkedLists:
    @pytest.mark.parametrize("pager", [five_at_a_time, arrows])
    @pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
    def test_every_page_is_reached_and_the_next_crawl_asks_for_the_first(self, site, address, pager):
        visitor = site({"/": home(address(1))} | linked_list(44, 2, address, pager) | articles(44))
        visitor.crawl()
        assert visitor.count("articles") == 44
        visitor.crawl()
        assert len(visitor.asked) == 2

    @pytest.mark.parametrize("pager", [five_at_a_time, arrows])
    @pytest.mark.parametrize("entries", [(2, 1), (3, 1), (7,)])
    @pytest.mark.parametrize("address", list(ADDRESSES.values())[:2], ids=list(ADDRESSES)[:2])
    def test_a_page_met_before_the_first_does_not_end_the_walk(self, site, address, entries, pager):
        """The home page says "Xem thêm" and leads to page 2."""
        visitor = site({"/": home(*map(address, entries))} | linked_list(44, 2, address, pager) | articles(44))
        visitor.crawl()
        assert visitor.count("articles") == 44
        assert not walk_is_open(visitor)


class TestEndsOfLists:
    @staticmethod
    def by_next_alone(behind_the_last):
        def page(target, _):
            number = int(target.partition("=")[2] or 1)
            if number > 3:
                return behind_the_last
            return listing(
                *rows([8 - 2 * number, 7 - 2 * number]), extra=link(f"{LIST}?page={number + 1}", "Trang sau")
            )

        return page

    @pytest.mark.parametrize("behind", [redirect(LIST), redirect(f"{LIST}?page=3"), failure(404, b"")])
    def test_a_page_behind_the_last_that_leads_back_ends_the_list(self, site, behind):
        visitor = site({"/": home(LIST), LIST: self.by_next_alone(behind)} | articles(6))
        visitor.crawl()
        assert visitor.count("articles") == 6
        assert not walk_is_open(visitor)
        visitor.crawl()
        assert len(visitor.asked) == 2

    def test_one_that_leads_elsewhere_does_not(self, site):
        visitor = site({"/": home(LIST), LIST: self.by_next_alone(redirect("/"))} | articles(6))
        visitor.crawl()
        assert walk_is_open(visitor)


class TestTraps:
    @pytest.mark.parametrize("heading", ["Tin mới nhất", "Tin nổi bật"])
    @pytest.mark.parametrize("label", ["Tháng sau »", "Tháng tới"])
    def test_a_calendar_of_empty_months_beside_a_box_of_news(self, site, heading, label):
        news = "".join(
            f"<li><a href='/portal/Pages/{name}.aspx'>{title}</a> ({printed})</li>"
            for name, title, printed in rows([1, 2, 3])
        )

        def month(target, _):
            number = int(target.partition("=")[2] or 1)
            following = link(f"/portal/lich.aspx?thang={number + 1}", label)
            return home().replace(
                "</body>", f"<h1>Lịch {number}</h1>{following}<h3>{heading}</h3><ul>{news}</ul></body>"
            )

        visitor = site({"/": home("/portal/lich.aspx"), "/portal/lich.aspx": month} | articles(3))
        visitor.crawl()
        assert visitor.count("articles") == 3
        assert len(visitor.asked) < 15


class TestRedirects:
    def test_a_location_in_raw_utf_8(self, site):
        target = "/portal/Pages/tin-thị-ủy.aspx"
        pages = {"/": home("/a.aspx"), "/a.aspx": redirect(target.encode().decode("latin-1")), quote(target): article()}
        visitor = site(pages)
        visitor.crawl()
        assert visitor.count("articles") == 1

    def test_to_itself_with_what_no_request_can_carry(self, site):
        def page(target, _):
            return article() if "kiem-tra" in target else redirect("/a.aspx?v=kiem-tra một hai#top")

        visitor = site({"/": home("/a.aspx"), "/a.aspx": page})
        visitor.crawl()
        assert visitor.count("articles") == 1
        assert visitor.asked[2][1] == "/a.aspx?v=kiem-tra%20m%E1%BB%99t%20hai"

    @pytest.mark.parametrize(("broken", "days"), [("/", 0), (LIST, 8)])
    def test_a_circle_that_passes(self, site, broken, days):
        visitor = site({"/": home(LIST), LIST: listing(*rows([3, 2, 1]))} | articles(3))
        whole = visitor.portal.pages[broken]
        visitor.portal.pages |= {broken: redirect("/dang-nhap.aspx"), "/dang-nhap.aspx": redirect(broken)}
        visitor.crawl()
        assert visitor.count("articles") == 0
        visitor.portal.pages[broken] = whole
        visitor.clock.pass_by(days=days)
        visitor.crawl()
        assert visitor.count("articles") == 3


class TestPatience:
    def test_a_broken_part_of_a_portal_does_not_hide_the_rest(self, site):
        broken = {f"/portal/Pages/tin-{number}.aspx": failure(500, b"") for number in range(100, 130)}
        pages = {"/": home(LIST), LIST: listing(*rows([*range(129, 99, -1), 3, 2, 1]))}
        visitor = site(pages | articles(3) | broken)
        visitor.crawl()
        assert visitor.count("articles") == 3
        assert visitor.times_asked()["/"] > 1, "the home page tells that the portal is well"

    def test_a_portal_that_goes_down_is_left_alone(self, site):
        visitor = site({"/": home(LIST), LIST: listing(*rows(list(range(60, 0, -1))))} | articles(60))
        respond = visitor.answers
        visitor.answers = lambda *request: failure(503, b"") if len(visitor.asked) > 20 else respond(*request)
        ending = visitor.crawl()
        assert ending.status == "degraded"
        assert len(visitor.asked) < 40
        visitor.answers = respond
        visitor.crawl()
        assert visitor.count("articles") == 60

    def test_much_that_is_broken_does_not_hide_what_is_new(self, site):
        broken = {f"/portal/Pages/tin-{number}.aspx": failure(500, b"") for number in range(100, 250)}
        pages = {"/": home(LIST), LIST: listing(*rows(list(range(249, 99, -1))))}
        visitor = site(pages | broken | articles(3))
        assert visitor.crawl().status == "degraded"
        visitor.portal.pages[LIST] = listing(*rows([3, 2, 1]))
        visitor.crawl()
        assert visitor.count("articles") == 3

    def test_a_rest_of_years_is_waited_for_a_day_at_most_and_by_no_run(self, site):
        pages = {"/": home(LIST), LIST: listing(*rows([3, 2, 1]))} | articles(3)
        whole = pages["/portal/Pages/tin-2.aspx"]
        visitor = site(pages | {"/portal/Pages/tin-2.aspx": failure(503, b"", ("Retry-After", "100000000"))})
        begun = visitor.clock.now()
        assert visitor.crawl().status == "degraded"
        visitor.portal.pages["/portal/Pages/tin-2.aspx"] = whole
        visitor.clock.time = begun + timedelta(hours=2)
        visitor.crawl()
        assert visitor.clock.now() - begun < timedelta(hours=3)
        assert visitor.count("articles") == 2
        visitor.clock.time = begun + timedelta(days=2)
        visitor.crawl()
        assert visitor.count("articles") == 3

    def test_a_clock_that_is_set_back_neither_shortens_nor_lengthens_a_pause(self, site):
        bad = [failure(500, b"")] * 3
        pages = {"/": home(LIST), LIST: lambda *_: bad.pop() if bad else listing(*rows([3, 2, 1]))}
        visitor = site(pages | articles(3))
        visitor.crawl()
        visitor.clock.pass_by(days=-5)
        bad += [failure(500, b"")] * 3
        visitor.crawl()
        asked = [at for (_, target, _), at in zip(visitor.asked, visitor.at[1:], strict=True) if target == LIST]
        assert [round(later - earlier, -1) for earlier, later in pairwise(asked)] == [0, 10, 30]
        assert min(later - earlier for earlier, later in pairwise(asked)) >= 2


class TestLimit:
    @pytest.mark.parametrize("limit", [1, 2, 3])
    def test_again_and_again_it_comes_to_the_end(self, site, limit):
        visitor = site({"/": home(LIST), LIST: TestEndsOfLists.by_next_alone(failure(404, b""))} | articles(6))
        while visitor.crawl(limit=limit).status == "limited":
            visitor.clock.pass_by(hours=1)
        assert visitor.count("articles") == 6
        assert not walk_is_open(visitor)

    def test_articles_come_before_a_posted_walk_that_is_begun_anew(self, site):
        numbers = posted_list(list(range(12, 0, -1)), 2, every_page)
        visitor = site({"/": home(LIST), LIST: numbers} | articles(12))
        for _ in range(6):
            visitor.crawl(limit=3)
        assert visitor.count("articles") >= 4


class TestRobots:
    @pytest.mark.parametrize(
        ("asked", "kept"), [("0.5", 0.5), ("90", 90), ("1e9", 3600), ("inf", 0), ("nan", 0), ("-3", 0)]
    )
    def test_crawl_delay(self, asked, kept):
        answer = Answer(200, None, (), f"User-agent: *\nCrawl-delay: {asked}\n".encode())
        assert rules_of(answer, "archiver").crawl_delay == kept


class TestAnswers:
    def test_a_304_to_a_page_that_is_not_known_says_nothing(self, site):
        visitor = site({"/": home(LIST), LIST: unchanged()})
        visitor.crawl()
        assert visitor.times_asked()[LIST] == MOST_ATTEMPTS
        visitor.portal.pages |= {LIST: listing(*rows([2, 1]))} | articles(2)
        visitor.crawl()
        assert visitor.count("articles") == 2

    def test_an_article_that_changes_goes_and_returns(self, site):
        address = "/portal/Pages/tin-1.aspx"
        one, two = (article("Tin số 1", words) for words in ("Một.", "Hai."))
        visitor = site({"/": home(address), address: one})
        for page in (one, one, two, failure(404, b""), two, unchanged(), failure(500, b""), one):
            visitor.portal.pages[address] = page
            visitor.clock.pass_by(days=400)
            visitor.crawl(recheck="all")
        told = visitor.archive.execute("SELECT number, cause, same_as, body FROM revisions ORDER BY number").fetchall()
        assert told == [(1, "first", None, "Một."), (2, "publisher", None, "Hai."), (3, "publisher", 1, None)]


def everything():
    """A posted list, two linked ones, a circle, a chain of pages that lead nowhere, and an article that is broken."""
    linked = {name: linked_list(30, size, ADDRESSES[name], pager)
              for name, size, pager in (("in the path", 5, arrows), ("parameter", 3, five_at_a_time))}  # fmt: skip
    chain = {f"/e/{number}.aspx": home(f"/e/{number + 1}.aspx") for number in range(1, 30)}
    entries = home("/tin-tuc/page/2/", "/posted.aspx", LIST, "/c.aspx", "/e/1.aspx")
    return (
        {"/": entries, "/posted.aspx": posted_list(list(range(30, 0, -1)), 4, every_page)}
        | {"/c.aspx": redirect("/d.aspx"), "/d.aspx": redirect("/c.aspx")}
        | linked["in the path"] | linked["parameter"] | chain | articles(30)
        | {"/portal/Pages/tin-7.aspx": failure(500, b"")}
    )  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The rows of everything, by a crawl that nothing disturbs."""
    undisturbed = Visitor(SmallSite(everything()), tmp_path_factory.mktemp("whole"))
    undisturbed.crawl()
    return undisturbed.rows()


@pytest.mark.parametrize("seed", range(8))
def test_kills_and_limits_in_any_order_change_nothing(site, seed, whole):
    visitor = site(everything())
    visitor.crawl_disturbed(random.Random(seed))
    assert visitor.rows() == whole


def test_two_captures_unite_in_either_order(tmp_path):
    """Of one crawl that was cut short, and of another that saw an article change."""
    one, other = (Visitor(SmallSite(everything()), tmp_path / name) for name in ("one", "other"))
    one.crawl(limit=40)
    other.crawl()
    other.portal.pages["/portal/Pages/tin-3.aspx"] = article("Tin đã sửa")
    other.clock.pass_by(days=1)
    other.crawl(recheck="all")
    assert united(one, other, tmp_path / "a") == united(other, one, tmp_path / "b")


def united(first, second, folder):
    """The rows of an archive of all captures of two."""
    captures, archive = open_captures(folder), open_archive(folder)
    first.captures.conn.backup(captures.conn)
    captures.execute("ATTACH ? AS other", (str(second.folder / "captures.db"),))
    for table in ("payloads", "captures", "crawls"):
        captures.execute(f"INSERT OR IGNORE INTO main.{table} SELECT * FROM other.{table}")
    rebuild(captures, archive, [DEMO], folder, lambda done, total: None, "2025-07-01T00:00:00.000000Z")
    return list(canonical_rows(archive))


@pytest.mark.parametrize("seed", range(4))
def test_captures_tell_the_same_in_any_order(site, tmp_path, seed):
    dice = random.Random(seed)
    visitor = site(everything())
    visitor.crawl()
    for number in range(1, 6):
        address = f"/portal/Pages/tin-{number}.aspx"
        other = [failure(404, b""), article(f"Sửa {number}"), redirect("/portal/Pages/tin-9.aspx"), listing(*rows([8]))]
        visitor.portal.pages[address] = dice.choice(other)
        visitor.clock.pass_by(days=30)
        visitor.crawl(recheck="all")
    captures = list(captures_in_order(visitor.captures, ["demo"]))
    dice.shuffle(captures)
    archive, reader = open_archive(tmp_path / "shuffled"), Reader(visitor.captures, DEMO)
    save_portal(archive, DEMO)
    for capture in captures:
        interpret(archive, reader, capture, reader.page(capture))
    settle(archive, visitor.captures, DEMO)
    assert list(canonical_rows(archive)) == visitor.rows()


@pytest.mark.parametrize(("which", "asked"), [("due", 3), ("all", 12)])
def test_the_budget_of_rechecks_is_for_articles_and_rows_together(site, which, asked):
    missing = {f"/portal/Pages/tin-{number}.aspx": failure(404, b"") for number in range(7, 13)}
    visitor = site({"/": home(LIST), LIST: listing(*rows(range(1, 13)))} | articles(6) | missing)
    visitor.crawl()
    visitor.clock.pass_by(days=2)
    visitor.crawl(recheck=which, recheck_budget=3)
    assert sum(target in articles(12) for _, target, _ in visitor.asked) == asked
