"""Articles that stand at another address: told by their text, or by where their address sends."""

import pytest

from archiver.store.ground.keys import article_key
from tests.store.conftest import DEMO, article, home, listing, told_in_any_order, url

ROW = ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH")
TEXT = "Sáng nay, thị xã họp bàn việc nước sạch."
LIST = ("muc", listing(ROW), 200)
NOTICE = "<html><head><title>An Thuận</title></head><body><div>Bài viết không tồn tại</div></body></html>"


def key(name):
    return article_key(DEMO, url(name))


def days(evidence, *runs, apart=5):
    """Captures of runs some days apart, each a home page and then answers (name, html, status, keywords)."""
    captures = []
    for run in runs:
        evidence.clock.pass_by(days=apart)
        captures.append(evidence.keep(DEMO.url, home(ROW)))
        captures += [
            evidence.keep(url(name), html, status, **(more[0] if more else {})) for name, html, status, *more in run
        ]
    return captures


def seen(name, body=TEXT, **more):
    return name, article(body=body, **more), 200


def missing(name):
    return name, None, 404


def sent_to(name, where):
    return name, None, 301, {"headers": (("Location", where if where == "/" else f"/portal/Pages/{where}.aspx"),)}


@pytest.fixture
def told(tmp_path):
    """Tells runs in any order; returns the evidence. Every event is at the time of the capture that shows it."""

    def tell(*runs, apart=5):
        evidence = told_in_any_order(tmp_path, lambda each: days(each, *runs, apart=apart), 5)
        assert not evidence.all(
            "SELECT * FROM article_events LEFT JOIN captures USING (capture_key) WHERE at IS NOT captured_at"
        )
        return evidence

    return tell


def status(evidence, name="a"):
    return evidence.one("SELECT web_status FROM articles WHERE article_key = ?", key(name))["web_status"]


def events(evidence, name="a"):
    told = evidence.all("SELECT * FROM article_events WHERE article_key = ? ORDER BY at, event DESC", key(name))
    return [(row["event"], row["detail"]) for row in told]


def shown_at(evidence, name, place=0):
    """When a page was captured, by the number of the capture."""
    query = "SELECT captured_at FROM captures WHERE lower(url) = ? ORDER BY captured_at"
    return evidence.all(query, url(name).lower())[place]["captured_at"]


def test_a_text_that_stands_in_another_section_has_moved(told):
    evidence = told([seen("a")], [missing("a"), seen("moi", section="Xã hội", views=7)])
    assert (status(evidence), status(evidence, "moi")) == ("moved", "live")
    assert events(evidence) == [("suspect", "HTTP 404"), ("moved", key("moi"))]
    row = evidence.one("SELECT * FROM missing_articles")
    assert (row["detail"], row["last_ok_at"]) == (key("moi"), shown_at(evidence, "a"))
    assert row["first_missing_at"] == shown_at(evidence, "a", 1)
    assert row["capture_key"] == evidence.one("SELECT capture_key FROM captures WHERE article_key = ?", key("moi"))[
        "capture_key"]  # fmt: skip


def test_its_new_address_may_be_found_before_the_old_one_is_found_missing(told):
    evidence = told([seen("a")], [seen("moi", section=None)], [missing("a")])
    assert events(evidence) == [("suspect", "HTTP 404"), ("moved", key("moi"))]
    moved = evidence.one("SELECT * FROM article_events WHERE event = 'moved'")
    assert moved["at"] == shown_at(evidence, "a", 1), "before that, it stood at both"


def test_its_new_address_may_be_found_when_it_is_gone_already(told):
    evidence = told([seen("a")], *[[missing("a")]] * 4, [seen("moi")], [missing("a")])
    assert events(evidence) == [("suspect", "HTTP 404"), ("gone", "HTTP 404"), ("moved", key("moi"))]
    assert evidence.one("SELECT at FROM article_events WHERE event = 'moved'")["at"] == shown_at(evidence, "moi")


def test_what_becomes_of_the_new_address_does_not_undo_the_move(told):
    evidence = told(
        [seen("a")], [missing("a"), seen("moi")], [missing("a"), seen("moi", "Viết lại.")], [missing("moi")]
    )
    assert (status(evidence), status(evidence, "moi")) == ("moved", "suspect")
    assert evidence.one("SELECT revision_count AS n FROM articles WHERE article_key = ?", key("moi"))["n"] == 2


def test_it_is_the_last_text_that_counts(told):
    evidence = told([seen("a", "Bản nháp.")], [seen("a")], [missing("a"), seen("moi", "Bản nháp.")])
    assert status(evidence) == "suspect"


def test_another_day_is_another_article(told):
    weekly = "Lịch làm việc của lãnh đạo thị xã."
    evidence = told([seen("a", weekly, day="2 - 6 - 2023")], [missing("a"), seen("moi", weekly, day="9 - 6 - 2023")])
    assert status(evidence) == "suspect"


def test_notices_without_a_text_are_told_apart_by_their_files(told):
    def scan(number):
        return f"<a href='/VanBan/{number}.pdf'>Quyết định</a>"

    evidence = told([seen("a", scan(1)), seen("b", scan(2))], [missing("a"), missing("b"), seen("moi", scan(2))])
    assert (status(evidence), status(evidence, "b")) == ("suspect", "moved")


def test_of_two_copies_the_one_that_goes_has_moved_once_the_other_is_seen_again(told):
    both = [seen("a"), seen("b", section="Xã hội")]
    evidence = told(both, [missing("a")], [missing("a"), seen("b", section="Xã hội")])
    assert events(evidence) == [("suspect", "HTTP 404"), ("moved", key("b"))]
    assert evidence.one("SELECT at FROM article_events WHERE event = 'moved'")["at"] == shown_at(evidence, "b", 1)


def test_two_copies_that_go_together_are_gone(told):
    both = [seen("a"), seen("b", section="Xã hội")]
    evidence = told(both, *[[missing("a"), missing("b")]] * 4)
    assert (status(evidence), status(evidence, "b")) == ("gone", "gone")


def test_it_may_move_there_and_back(told):
    evidence = told([seen("a")], [missing("a"), seen("b")], [seen("a"), missing("b")], [seen("a")])
    assert events(evidence) == [("suspect", "HTTP 404"), ("moved", key("b")), ("returned", "")]
    assert events(evidence, "b") == [("suspect", "HTTP 404"), ("moved", key("a"))]


class TestARedirect:
    def test_to_the_same_text_is_a_move_whatever_becomes_of_that(self, told):
        evidence = told(
            [seen("a")],
            [sent_to("a", "moi"), seen("moi", section="Xã hội")],
            [sent_to("a", "moi"), seen("moi", "Viết lại.", title="Khác", section="Xã hội")],
        )
        assert events(evidence) == [("moved", key("moi"))]
        row = evidence.one("SELECT * FROM missing_articles")
        assert (row["first_missing_at"], row["detail"]) == (shown_at(evidence, "a", 1), key("moi"))

    def test_to_the_same_title_and_day_is_a_move_on_which_it_was_edited(self, told):
        evidence = told([seen("a")], [sent_to("a", "moi"), seen("moi", "Viết lại.")])
        assert events(evidence) == [("moved", key("moi"))]

    def test_to_the_same_file_in_another_folder_is_a_move_on_which_its_title_was_edited_too(self, told):
        """Of a change of all addresses: what is edited meanwhile is found under the name that its page always had."""
        name = "Xa-Tan-Khe-trao-nha-nhan-aiPWX5169"
        edited = seen(f"cong/{name}", "Viết lại.", title="Tựa mới")
        evidence = told([seen(name)], [sent_to(name, f"cong/{name}"), edited])
        assert events(evidence, name) == [("moved", key(f"cong/{name}"))]

    def test_but_not_to_a_file_of_a_name_that_many_have(self, told):
        other = seen("tin/chi-tiet", "Bài khác.", title="Khác")
        evidence = told([seen("chi-tiet"), other], *[[sent_to("chi-tiet", "tin/chi-tiet"), other]] * 4)
        assert [event for event, _ in events(evidence, "chi-tiet")] == ["suspect", "gone"]

    def test_nor_to_that_of_another_day(self, told):
        name = "Xa-Tan-Khe-trao-nha-nhan-aiPWX5169"
        other = seen(f"cong/{name}", "Bài khác.", title="Khác", day="10 - 6 - 2023")
        evidence = told([seen(name), other], *[[sent_to(name, f"cong/{name}"), other]] * 4)
        assert [event for event, _ in events(evidence, name)] == ["suspect", "gone"]

    def test_to_another_article_is_a_soft_404(self, told):
        other = seen("khac", "Bài khác.", title="Khác")
        evidence = told([seen("a"), other], *[[sent_to("a", "khac"), other]] * 4)
        assert events(evidence) == [(name, "redirects to another article") for name in ("suspect", "gone")]

    def test_by_way_of_others_leads_where_the_last_one_leads(self, told):
        evidence = told(
            [seen("a"), seen("b", "Hai."), seen("c", "Ba.", title="Tin ba")],
            [
                sent_to("a", "x"),
                sent_to("x", "moi"),
                seen("moi"),
                sent_to("b", "y"),
                sent_to("y", "/"),
                sent_to("c", "z"),
                ("z", NOTICE, 200),
            ],
        )
        assert events(evidence, "a") == [("moved", key("moi"))]
        assert events(evidence, "b") == [("suspect", "redirects to the home page")]
        assert events(evidence, "c") == [("suspect", "redirects to a page that is not there")]

    def test_in_a_circle_or_to_what_nobody_saw_says_nothing(self, told):
        evidence = told(
            [seen("a"), seen("b", "Hai.")], [sent_to("a", "x"), sent_to("x", "a"), sent_to("b", "chua-biet")]
        )
        assert (status(evidence), status(evidence, "b")) == ("live", "live")

    def test_is_judged_by_what_stood_there_then(self, told):
        """What was seen there before holds until something else is."""
        evidence = told([seen("a"), LIST], [sent_to("a", "muc")], [seen("muc", "Bài khác.")])
        assert events(evidence) == [("suspect", "redirects to a list")]

    def test_is_not_judged_by_what_stands_there_long_after(self, told):
        evidence = told([seen("a")], [sent_to("a", "muc")], [LIST])
        assert status(evidence) == "live"
