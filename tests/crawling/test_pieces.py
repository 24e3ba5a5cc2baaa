"""Lists whose script posts for their further pages: every page is asked for, and what is not a page ends no list."""

import json
import random
import shutil
from contextlib import suppress
from copy import copy
from typing import ClassVar

import pytest

from archiver.clock import stamp
from archiver.crawling.judging import MOST_ATTEMPTS
from archiver.crawling.robots import rules_of
from archiver.demo.responses import failure, ok, redirect
from archiver.reading.fragment_forms import SECOND_LIST
from archiver.store.databases.opening import open_archive
from archiver.store.decisions.following import follow_decision
from archiver.store.evidence.captures import Answer, captures_in_order
from archiver.store.evidence.frontier import FORBIDDEN
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.interpreting import interpret
from archiver.store.interpretation.list_pieces import NO_LIST
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.rebuild.canonical import rows as canonical_rows
from archiver.store.rebuild.rebuilding import rebuild
from archiver.store.runs.settling import NOT_TO_THE_END, settle
from tests.crawling.pieced_sites import LOAD, PORTAL, SITE, PiecedSite, article, listing, rows, script
from tests.crawling.small_sites import home
from tests.driving.visitor import StoppedError, Visitor
from tests.exchange.conftest import bring, export, rows_in
from tests.store.conftest import Evidence

FIRST = "54441"
LIST = "/kinh-te"


def newest(count):
    return list(range(count, 0, -1))


@pytest.fixture
def visit(tmp_path):
    """Visits a site, always in the same folder unless another is named."""
    return lambda site, folder="here": Visitor(site, tmp_path / folder, known=PORTAL)


def open_lists(visitor):
    return visitor.captures.execute("SELECT url FROM lists WHERE is_walk_open").fetchall()


def problems(visitor):
    return visitor.archive.execute("SELECT stage, reason, raw FROM problems WHERE NOT resolved").fetchall()


def listed(visitor, url="https://anthuan-uiarticle.example" + LIST):
    return visitor.archive.execute(
        "SELECT s.page, list_title, list_kind, l.title FROM list_snapshots s JOIN list_rows l USING (snapshot)"
        " WHERE list_url = ? ORDER BY s.page, position",
        (url,),
    ).fetchall()


def whole(count, size=5, name="Mục kinh-te"):
    return [(1 + place // size, name, "section", f"Tin số {n} của thị xã") for place, n in enumerate(newest(count))]


@pytest.mark.parametrize("in_json", [False, True])
@pytest.mark.parametrize("says_pages", [True, False])
@pytest.mark.parametrize("count", [1, 5, 6, 13])
def test_every_page_is_walked(visit, count, says_pages, in_json):
    site = PiecedSite({LIST: newest(count)}, says_pages=says_pages)
    site.in_json = in_json
    visitor = visit(site)
    visitor.crawl()
    assert visitor.count("articles") == count
    assert listed(visitor) == whole(count)
    assert (open_lists(visitor), problems(visitor)) == ([], [])
    pages = -(-count // 5)
    asked = list(range(2, pages + 2)) if pages > 1 or not says_pages else []
    assert [page for _, page in site.posted] == asked, "up to the one that is empty"


def test_rows_that_are_nothing_but_links_are_no_menu(visit):
    """Many such portals print neither days nor words in their lists."""
    site = PiecedSite({LIST: newest(19)}, size=8)
    site.bare = True
    visitor = visit(site)
    visitor.crawl()
    assert listed(visitor) == whole(19, size=8)
    assert (visitor.count("articles"), open_lists(visitor), problems(visitor)) == (19, [], [])


def test_a_list_at_two_addresses_is_walked_to_the_end_at_both(visit):
    site = PiecedSite({LIST: newest(13)})
    site.more = {"/": home(LIST, "/kinh-te-xa-hoi"), "/kinh-te-xa-hoi": site.first_page(LIST)}
    visitor = visit(site)
    visitor.crawl()
    assert (visitor.count("articles"), open_lists(visitor), problems(visitor)) == (13, [], [])
    site.lists[LIST] = newest(20)
    site.more["/kinh-te-xa-hoi"] = site.first_page(LIST)
    for _ in range(2):  # both walks meet at the same pieces, so that the later one has them
        visitor.clock.pass_by(days=1)
        visitor.crawl()
    assert (visitor.count("articles"), open_lists(visitor), problems(visitor)) == (20, [], [])


def test_of_two_lists_on_a_page_the_second_is_a_problem_until_it_is_met_elsewhere(visit):
    site = PiecedSite({LIST: newest(13), "/van-hoa": newest(24)[:11]})
    both = site.first_page(LIST).replace("</body>", site.first_page("/van-hoa").partition("<h1>")[2])
    site.more = {LIST: both, "/": home(LIST)}
    visitor = visit(site)
    visitor.crawl()
    assert problems(visitor) == [("list", SECOND_LIST, "54442")]
    assert visitor.count("articles") == 13 + 5
    site.more["/"] = home(LIST, "/van-hoa")
    visitor.clock.pass_by(days=1)
    visitor.crawl()
    assert visitor.count("articles") == 24


def test_a_list_without_rows_is_none(visit):
    visitor = visit(PiecedSite({LIST: [], "/van-hoa": newest(7)}))
    visitor.crawl()
    assert visitor.count("articles") == 7
    assert (open_lists(visitor), problems(visitor)) == ([], [])


def test_a_later_crawl_ends_at_the_first_page_that_shows_nothing_new(visit):
    site = PiecedSite({LIST: newest(23)})
    visitor = visit(site)
    visitor.crawl()
    for new, asked in ((0, []), (2, [2]), (9, [2, 3])):
        site.posted.clear()
        site.lists[LIST] = newest(site.lists[LIST][0] + new)
        visitor.clock.pass_by(days=1)
        visitor.crawl()
        assert [page for _, page in site.posted] == asked
        assert visitor.count("articles") == site.lists[LIST][0]
        assert open_lists(visitor) == []
    site.posted.clear()
    visitor.clock.pass_by(days=1)
    visitor.crawl(full=True)
    assert [page for _, page in site.posted] == [2, 3, 4, 5, 6, 7, 8]


def test_each_list_has_its_own_rows(visit):
    site = PiecedSite({LIST: newest(12), "/van-hoa": newest(11), "/xa-hoi": [40, 30, 20, 9, 8, 7, 6, 5]})
    visitor = visit(site)
    visitor.crawl()
    host = "https://anthuan-uiarticle.example"
    assert listed(visitor) == whole(12)
    assert listed(visitor, f"{host}/van-hoa") == whole(11, name="Mục van-hoa")
    assert [title for *_, title in listed(visitor, f"{host}/xa-hoi")][-1] == "Tin số 5 của thị xã"
    lists = visitor.archive.execute("SELECT list_url, list_title FROM lists WHERE list_kind = 'section'").fetchall()
    assert sorted(lists) == [(f"{host}{address}", f"Mục {address[1:]}") for address in sorted(site.lists)]


def test_a_row_that_moves_on_meanwhile_is_met_on_the_page_behind_the_last(visit):
    site = PiecedSite({LIST: newest(10)})

    def publish(_, page, html):
        site.lists[LIST] = newest(12)
        return html

    site.answer = publish
    visitor = visit(site)
    visitor.crawl()
    assert visitor.archive.execute("SELECT count(*) FROM articles WHERE title = 'Tin số 1 của thị xã'").fetchone() == (
        1,
    )


class TestWhatIsNoPage:
    """In its place stands something else: the list is open, a problem says so, and the next crawl walks it anew."""

    ELSEWHERE: ClassVar = {
        "nothing": "",
        "the page before": None,
        "an error page": "<html><body><h1>Lỗi</h1><h3>Tin mới nhất</h3></body></html>",
        "words": "<p>Có lỗi xảy ra</p>",
        "broken JSON": '{"d": "<ul><li>',
        "a message": '{"Message":"There was an error processing the request."}',
        "a login": redirect("/dang-nhap"),
        "the home page": redirect("/"),
        "the list itself": redirect(LIST),
        "not there": failure(404, b""),
        "gone": failure(410, b""),
        "forbidden": failure(403, b""),
        "a file": ok(b"%PDF-1.4", content_type="application/pdf"),
    }

    def broken(self, site, answer, pages=(3,)):
        before = {}

        def piece(_, page, html):
            before[page] = html
            if page not in pages:
                return html
            return before[page - 1] if answer is None else answer

        site.answer = piece

    @pytest.mark.parametrize("what", ELSEWHERE)
    def test_it_ends_no_list(self, visit, what):
        site = PiecedSite({LIST: newest(23), "/van-hoa": [23, 22]})
        self.broken(site, self.ELSEWHERE[what])
        visitor = visit(site)
        visitor.crawl()
        assert [page for _, page in site.posted] == [2, 3]
        assert [title for *_, title in listed(visitor)][:10] == [row[-1] for row in whole(23)][:10]
        assert visitor.count("articles") == 10
        assert [url for (url,) in open_lists(visitor)] == ["https://anthuan-uiarticle.example" + LIST]
        assert NOT_TO_THE_END in {reason for _, reason, _ in problems(visitor)}
        site.answer = lambda _, __, html: html
        visitor.clock.pass_by(days=1)
        visitor.crawl()
        assert visitor.count("articles") == 23
        assert (open_lists(visitor), problems(visitor)) == ([], [])

    @pytest.mark.parametrize(
        "what", [each for each in ELSEWHERE if each not in ("nothing", "the page before", "a file")]
    )
    def test_behind_the_last_page_it_does(self, visit, what):
        site = PiecedSite({LIST: newest(12)})
        self.broken(site, self.ELSEWHERE[what], pages=(4,))
        visitor = visit(site)
        visitor.crawl()
        assert listed(visitor) == whole(12)
        assert open_lists(visitor) == []
        assert NOT_TO_THE_END not in {reason for _, reason, _ in problems(visitor)}

    def test_the_last_page_again_ends_it_too(self, visit):
        site = PiecedSite({LIST: newest(12)})
        self.broken(site, None, pages=(4,))
        visitor = visit(site)
        visitor.crawl()
        assert (visitor.count("articles"), open_lists(visitor), problems(visitor)) == (12, [], [])

    def test_where_nobody_knows_how_many_there_are_nothing_and_the_same_again_are_the_end(self, visit):
        for answer in ("", None):
            site = PiecedSite({LIST: newest(12)}, says_pages=False)
            self.broken(site, answer, pages=(4,))
            visitor = visit(site, f"{answer}")
            visitor.crawl()
            assert (visitor.count("articles"), open_lists(visitor), problems(visitor)) == (12, [], [])

    def test_a_portal_that_gives_the_first_page_for_any_does_not_end_the_list_with_it(self, visit):
        site = PiecedSite({LIST: newest(23)})
        site.answer = lambda *_: (
            site.piece("", {"article_category_id": FIRST, "page": "1", "page_size": "5", "site_id": "4"})
            if _[1] != 1
            else _[2]
        )
        visitor = visit(site)
        visitor.crawl()
        assert len(open_lists(visitor)) == 1
        assert (NOT_TO_THE_END, "page 2 of 5 shows the rows of the page before") in [
            each[1:] for each in problems(visitor)
        ]

    @pytest.mark.parametrize("failures", [2, MOST_ATTEMPTS])
    def test_it_is_asked_for_again_after_an_error(self, visit, failures):
        bad = [failure(500, b'{"Message":"x"}')] * failures
        site = PiecedSite({LIST: newest(23)})
        site.answer = lambda _, page, html: bad.pop() if bad and page == 3 else html
        visitor = visit(site)
        visitor.crawl()
        times = [page for _, page in site.posted].count(3)
        assert times == min(failures + 1, MOST_ATTEMPTS)
        assert len(open_lists(visitor)) == (failures == MOST_ATTEMPTS)
        assert visitor.count("articles") == (10 if failures == MOST_ATTEMPTS else 23)

    def test_fields_that_are_not_told_leave_the_list_open(self, visit):
        site = PiecedSite({LIST: newest(23)})
        site.more = {
            LIST: listing("Mục kinh-te", newest(5), f'<script>post("{LOAD}", {{ article_category_id: id }});</script>')
        }
        visitor = visit(site)
        visitor.crawl()
        assert site.posted == []
        assert len(open_lists(visitor)) == 1
        told = {reason for _, reason, _ in problems(visitor)}
        assert told == {"further pages of the list cannot be asked for", NOT_TO_THE_END}


def test_robots_txt_is_kept_to(visit):
    site = PiecedSite({LIST: newest(12)})
    rules = b"User-agent: *\nDisallow: /DesktopModule/\n"
    site.more = {"/robots.txt": ok(rules, content_type="text/plain")}
    visitor = visit(site)
    visitor.crawl()
    assert site.posted == []
    assert len(open_lists(visitor)) == 1
    assert ("follow", FORBIDDEN, None) in problems(visitor)
    site.more = {}
    visitor.clock.pass_by(days=1)
    visitor.crawl()
    assert (visitor.count("articles"), open_lists(visitor), problems(visitor)) == (12, [], [])
    assert rules_of(Answer(200, None, (("Content-Type", "text/plain"),), rules), "archiver").allows(
        PORTAL.url + "kinh-te"
    )


def two_lists():
    return PiecedSite({LIST: newest(23), "/van-hoa": newest(12)})


@pytest.fixture(scope="module")
def undisturbed_rows(tmp_path_factory):
    """The rows of two lists, by a crawl that nothing disturbs."""
    visitor = Visitor(two_lists(), tmp_path_factory.mktemp("whole"), known=PORTAL)
    visitor.crawl()
    return visitor.rows()


class TestInterrupted:
    def test_the_next_run_goes_on_in_the_midst(self, visit, undisturbed_rows):
        site = two_lists()
        visitor = visit(site)
        visitor.kill_after = 12
        for _ in range(20):
            site.posted.clear()
            with suppress(StoppedError):
                visitor.crawl()
                break
        assert visitor.rows() == undisturbed_rows
        times = visitor.captures.execute(
            "SELECT count(*) FROM captures WHERE method = 'POST' AND status = 200 GROUP BY request_key"
        ).fetchall()
        assert set(times) == {(1,)}, "no piece is asked for twice"

    @pytest.mark.parametrize("limit", [3, 8, 14])
    def test_whatever_the_limit(self, visit, limit):
        visitor = visit(two_lists())
        for _ in range(60):
            if visitor.crawl(limit=limit).status == "finished":
                break
        assert visitor.count("articles") == 23
        assert open_lists(visitor) == []

    @pytest.mark.parametrize("seed", range(3))
    def test_kills_and_limits_in_any_order_change_nothing(self, visit, seed, undisturbed_rows):
        visitor = visit(two_lists())
        visitor.crawl_disturbed(random.Random(seed))
        assert visitor.rows() == undisturbed_rows


@pytest.fixture(scope="module")
def crawled_twice(tmp_path_factory):
    """Two lists, of which one moved and both grew between two crawls."""
    site = two_lists()
    visitor = Visitor(site, tmp_path_factory.mktemp("twice"), known=PORTAL)
    visitor.crawl()
    site.lists = {LIST: newest(26), "/van-hoa": newest(31)}
    site.more = {
        LIST: redirect("/kinh-te-xa-hoi"),
        "/kinh-te-xa-hoi": site.first_page(LIST).replace("Mục", "Tên mới:"),
    }
    visitor.clock.pass_by(days=9)
    visitor.crawl(full=True)
    return visitor


class TestEvidenceAlone:
    """What the archive says of pieces is a function of the captures."""

    @pytest.fixture
    def crawled(self, crawled_twice, tmp_path):
        folder = shutil.copytree(crawled_twice.folder, tmp_path / "here")
        return Visitor(crawled_twice.portal, folder, copy(crawled_twice.clock), PORTAL)

    @pytest.mark.parametrize("seed", range(3))
    def test_it_says_the_same_in_any_order_of_arrival(self, crawled, tmp_path, seed):
        captures = list(captures_in_order(crawled.captures, [PORTAL.key]))
        random.Random(seed).shuffle(captures)
        archive, reader = open_archive(tmp_path / "shuffled"), Reader(crawled.captures, PORTAL)
        save_portal(archive, PORTAL)
        for number, capture in enumerate(captures):
            interpret(archive, reader, capture, reader.page(capture))
            if number % 20 == 0:
                settle(archive, crawled.captures, PORTAL)
        settle(archive, crawled.captures, PORTAL)
        assert list(canonical_rows(archive)) == crawled.rows()

    def test_pieces_without_their_list_say_so_until_it_comes(self, crawled, tmp_path):
        archive, reader = open_archive(tmp_path / "parted"), Reader(crawled.captures, PORTAL)
        save_portal(archive, PORTAL)
        captures = list(captures_in_order(crawled.captures, [PORTAL.key]))
        for capture in (each for each in captures if each.method == "POST"):
            interpret(archive, reader, capture, reader.page(capture))
        settle(archive, crawled.captures, PORTAL)
        pieces = archive.execute("SELECT DISTINCT list_url, list_title, list_key FROM list_snapshots").fetchall()
        assert pieces == [(None, None, None)]
        assert archive.execute("SELECT count(*) FROM lists").fetchone() == (0,)
        told = archive.execute(
            "SELECT DISTINCT stage, reason, raw FROM problems WHERE NOT resolved ORDER BY raw"
        ).fetchall()
        assert told == [("list", NO_LIST, f"article_category_id={n}&site_id=4") for n in (54441, 54442)]
        for capture in (each for each in captures if each.method == "GET"):
            interpret(archive, reader, capture, reader.page(capture))
        settle(archive, crawled.captures, PORTAL)
        assert list(canonical_rows(archive)) == crawled.rows()

    def test_also_where_a_list_and_a_piece_are_of_the_same_second(self, tmp_path):
        """As captures of WARC files often are: it is the list that was seen last, the piece's second counted."""
        posted = json.dumps([["article_category_id", FIRST], ["site_id", SITE], ["page", "2"], ["page_size", "5"]])
        for number, order in enumerate(((0, 1, 2), (0, 2, 1), (2, 1, 0))):
            evidence = Evidence(tmp_path / str(number), PORTAL)
            captures = [
                evidence.keep(f"{PORTAL.url}{name}", listing(name, newest(5), script(int(FIRST), 5, 2)))
                for name in ("before", "after")
            ]
            captures.append(evidence.keep(f"{PORTAL.url[:-1]}{LOAD}", rows([6, 7]), form=posted, seconds=0))
            for each in order:
                evidence.tell(captures[each])
            for make in (evidence.settle, evidence.rebuild):
                make()
                told = evidence.one("SELECT list_url FROM list_snapshots WHERE continues IS NOT NULL")
                assert told == {"list_url": f"{PORTAL.url}after"}

    @pytest.mark.parametrize(
        "body", ["<p>{}</p>", '{{"D": "<a href=\'/tin-4\'>{}</a>"}}', '{{"d": "<a href=\'/tin-4\'>{}</a>', '["{}"]']
    )
    def test_what_cannot_be_read_of_a_piece_shows_no_withheld_title(self, tmp_path, body):
        evidence, title = Evidence(tmp_path, PORTAL), "Tin số 4 của thị xã"
        evidence.tell(evidence.keep(f"{PORTAL.url}tin-4", article(4)))
        posted = json.dumps([["article_category_id", FIRST], ["site_id", SITE], ["page", "2"], ["page_size", "5"]])
        evidence.tell(evidence.keep(f"{PORTAL.url[:-1]}{LOAD}", body.format(title), form=posted))
        key = article_key(PORTAL, f"{PORTAL.url}tin-4")
        save_decision(evidence.captures, PORTAL, key, "withhold", None, "x", evidence.at())
        follow_decision(evidence.archive, evidence.captures, PORTAL, key)
        evidence.archive.conn.commit()
        left = "\n".join(evidence.archive.conn.iterdump())
        assert evidence.all("SELECT reason FROM problems WHERE NOT resolved")
        assert title not in left
        assert "/tin-4" not in left

    @pytest.mark.parametrize("address", ["tin-3", "kinh-te"])  # in a piece, and the list itself
    def test_what_is_withheld_is_hidden_in_pieces_and_shown_again(self, crawled, address):
        key, before = article_key(PORTAL, PORTAL.url + address), crawled.rows()
        for decision in ("withhold", "restore"):
            crawled.clock.pass_by(days=1)
            save_decision(crawled.captures, PORTAL, key, decision, None, "x", stamp(crawled.clock.now()))
            archive = crawled.archive
            follow_decision(archive, crawled.captures, PORTAL, key)
            kept = crawled.rows()
            assert (kept == before) == (decision == "restore")
            rebuild(crawled.captures, archive, [PORTAL], crawled.folder, lambda *_: None, stamp(crawled.clock.now()))
            assert crawled.rows() == kept

    def test_what_is_exported_and_imported_says_the_same(self, crawled, tmp_path):
        file = export(crawled.folder, tmp_path / "all.warc.gz", (PORTAL.key,))
        bring(tmp_path / "elsewhere", file)
        assert rows_in(tmp_path / "elsewhere") == crawled.rows()

    def test_a_rebuild_says_the_same(self, crawled):
        before = crawled.rows()
        rebuild(
            crawled.captures,
            crawled.archive,
            [PORTAL],
            crawled.folder,
            lambda done, total: None,
            "2026-07-01T00:00:00.000000Z",
        )
        assert crawled.rows() == before

    def test_a_piece_belongs_to_the_first_page_before_it_in_time(self, crawled):
        kept = crawled.archive.execute(
            "SELECT list_url, list_title FROM list_snapshots WHERE page = 3 AND continues LIKE '%54441%' ORDER BY seen_from"
        ).fetchall()
        host = "https://anthuan-uiarticle.example"
        assert kept == [(f"{host}/kinh-te", "Mục kinh-te"), (f"{host}/kinh-te-xa-hoi", "Tên mới: kinh-te")]
