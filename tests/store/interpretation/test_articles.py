"""Articles and revisions: what counts as a change, and what does not."""

import json

import pytest

from archiver.store.verify.verifying import faults_of_archive
from tests.store.conftest import article, box, listing, url


def numbers(evidence):
    return [row["number"] for row in evidence.all("SELECT number FROM revisions ORDER BY number")]


def test_the_first_capture_makes_an_article(evidence):
    capture = evidence.see("a", article(body="Một hai ba bốn."))
    row = evidence.one("SELECT * FROM articles")
    assert (row["title"], row["section"], row["section_from"]) == ("Thị xã họp", "Kinh tế", "breadcrumb")
    assert (row["published_on"], row["published_raw"]) == ("2023-06-09", "Đăng ngày 9 - 6 - 2023")
    assert (row["published_at"], row["published_precision"], row["published_from"]) == (None, "day", "page")
    assert (row["syllables"], row["revision_count"], row["web_status"]) == (4, 1, "live")
    assert row["first_captured_at"] == row["last_ok_at"] == row["last_checked_at"] == capture.captured_at
    revision = evidence.one("SELECT * FROM revisions")
    assert (revision["cause"], revision["changed_fields"], revision["same_as"]) == ("first", None, None)
    assert (revision["chars_added"], revision["chars_removed"]) == (0, 0)


def test_counters_and_lists_around_are_no_change(evidence):
    evidence.see("a", article(views=400))
    capture = evidence.see("a", article(views=1228, extra=box(("b", "Tin khác của thị xã", "9/6/2023 9:00 SA"))))
    assert numbers(evidence) == [1]
    assert evidence.one("SELECT last_ok_at FROM articles")["last_ok_at"] == capture.captured_at


UNCOUNTED = [
    "Sáng nay, họp.</p><p>{label}: {number}",
    "Sáng nay, họp. <img src='/Uploads/a.jpg?t={number}'>",
    "Sáng nay, họp. <a href='/Uploads/a.pdf?token={number}'>Quyết định</a>",
]


@pytest.mark.parametrize("label", ["Lượt xem", "Số lần đọc", "Lượt truy cập", "Đã xem"])
@pytest.mark.parametrize("body", UNCOUNTED)
def test_counters_and_tokens_within_the_text_are_no_change(evidence, body, label):
    for number in (400, 1228):
        evidence.see("a", article(body=body.format(label=label, number=number)))
    assert numbers(evidence) == [1]
    assert not [*faults_of_archive(evidence.archive, evidence.captures)]


@pytest.mark.parametrize("body", UNCOUNTED)
def test_an_edit_beside_a_counter_or_a_token_is_that_edit_alone(evidence, body):
    before, after = (body.format(label="Lượt xem", number=number) for number in (7, 888))
    evidence.see("a", article(body=before))
    evidence.see("a", article(body=after.replace("họp", "họp bàn")))
    revision = evidence.one("SELECT * FROM revisions WHERE number = 2")
    assert json.loads(revision["changed_fields"]) == ["body"]
    assert (revision["chars_added"], revision["chars_removed"], len(json.loads(revision["blocks"]))) == (4, 0, 2)


def test_a_counter_stays_in_the_text_as_published(evidence):
    evidence.see("a", article(body="Sáng nay, họp.</p><p>Lượt xem: 12"))
    assert evidence.one("SELECT body FROM bodies")["body"] == "Sáng nay, họp.\n\nLượt xem: 12"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": "Thị xã họp bàn"}, ["title"]),
        ({"body": "Chiều nay, thị xã họp bàn."}, ["body"]),
        ({"day": "10 - 6 - 2023"}, ["published_raw"]),
        ({"section": "Xã hội"}, ["section"]),
        ({"body": "Sáng nay, thị xã họp bàn.</p><p><img src='/a.jpg'>"}, ["images"]),
        ({"body": "Sáng nay, thị xã họp bàn.</p><p><a href='/VanBan/1.pdf'>Quyết định</a>"}, ["attachments"]),
        ({"body": "Sáng nay, thị xã họp bàn.</p><p>Tin: Bá Pểnh"}, ["author_raw"]),
    ],
)
def test_a_change_makes_a_revision_that_says_what_changed(evidence, change, fields):
    evidence.see("a", article())
    capture = evidence.see("a", article(**change))
    assert numbers(evidence) == [1, 2]
    revision = evidence.one("SELECT * FROM revisions WHERE number = 2")
    assert json.loads(revision["changed_fields"]) == fields
    assert (revision["cause"], revision["capture_key"]) == ("publisher", capture.capture_key)
    assert evidence.one("SELECT revision_count AS n FROM articles")["n"] == 2


def test_how_much_was_added_and_removed(evidence):
    evidence.see("a", article(body="Có 25 đại biểu."))
    evidence.see("a", article(body="Có 35 đại biểu dự."))
    revision = evidence.one("SELECT * FROM revisions WHERE number = 2")
    assert (revision["chars_added"], revision["chars_removed"]) == (4, 1)


def test_long_texts_are_compared_by_words(evidence):
    text = "Thị xã họp bàn việc nước sạch nông thôn. " * 200
    evidence.see("a", article(body=text))
    evidence.see("a", article(body=text.strip() + " Hết."))
    revision = evidence.one("SELECT * FROM revisions WHERE number = 2")
    assert (revision["chars_added"], revision["chars_removed"]) == (5, 0)


def test_an_old_text_that_comes_back_says_which(evidence):
    for body in ("Một.", "Hai.", "Một."):
        evidence.see("a", article(body=body))
    assert [row["same_as"] for row in evidence.all("SELECT same_as FROM revisions ORDER BY number")] == [None, None, 1]


def test_text_stands_once_and_the_view_shows_the_latest(evidence):
    evidence.see("a", article(body="Một."))
    evidence.see("a", article(body="Hai."))
    assert evidence.one("SELECT body FROM bodies")["body"] == "Hai."
    assert "body" not in evidence.archive.table("articles").columns_dict


def test_an_answer_that_is_none_is_only_a_check(evidence):
    good = evidence.see("a", article())
    for status, error in ((500, None), (404, None), (None, "no answer in time: 30 s")):
        last = evidence.see("a", None, status, error=error)
    row = evidence.one("SELECT * FROM articles")
    assert (row["last_ok_at"], row["last_checked_at"]) == (good.captured_at, last.captured_at)
    assert numbers(evidence) == [1]


def test_a_304_says_that_it_is_as_it_was(evidence):
    evidence.see("a", article(extra=box(("b", "Tin khác của thị xã", "9/6/2023 9:00 SA"))))
    same = evidence.see("a", None, 304)
    assert evidence.one("SELECT last_ok_at FROM articles")["last_ok_at"] == same.captured_at
    snapshot = evidence.one("SELECT * FROM list_snapshots")
    assert (snapshot["observations"], snapshot["seen_to"]) == (2, same.captured_at)


def test_a_page_that_is_no_article_any_more_leaves_the_article_as_it_was(evidence):
    evidence.see("a", article())
    evidence.see("a", "<html><body><p>Trang không tồn tại.</p></body></html>")
    row = evidence.one("SELECT * FROM articles")
    assert (row["title"], row["revision_count"]) == ("Thị xã họp", 1)


def test_images_and_attachments_are_those_of_the_latest_revision(evidence):
    picture = "<p><img src='/{}.jpg'></p><p><i>Ảnh {}</i>"
    evidence.see("a", article(body=picture.format(1, "một") + picture.format(2, "hai")))
    evidence.see("a", article(body=picture.format(2, "hai") + "</p><p><a href='/VanBan/x.docx'>Mẫu đơn</a>"))
    (image,) = evidence.all("SELECT position, url, caption FROM images")
    assert image == {"position": 1, "url": "https://anthuan.example/2.jpg", "caption": "Ảnh hai"}
    (attachment,) = evidence.all("SELECT position, url, label FROM attachments")
    assert attachment == {"position": 1, "url": "https://anthuan.example/VanBan/x.docx", "label": "Mẫu đơn"}


# -- the minute -------------------------------------------------------------------------------------------------------


def dated(evidence):
    return evidence.one(
        "SELECT published_on, published_at, published_precision, published_from, listed_at, date_conflict_days"
        " FROM articles WHERE url = ?", url("a"),
    )  # fmt: skip


def test_the_minute_is_the_earliest_that_lists_print_for_the_day(evidence):
    evidence.see("a", article())
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023 3:05 CH")))
    evidence.see("Xa-hoi", listing(("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")))
    assert dated(evidence) == {
        "published_on": "2023-06-09", "published_at": "2023-06-09T09:24:00+07:00", "published_precision": "minute",
        "published_from": "page and list", "listed_at": "2023-06-09T09:24:00+07:00", "date_conflict_days": None,
    }  # fmt: skip


def test_filling_a_minute_is_no_revision_and_the_order_does_not_matter(evidence):
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")))
    evidence.see("a", article())
    assert dated(evidence)["published_at"] == "2023-06-09T09:24:00+07:00"
    evidence.see("a", article(body="Khác."))
    assert dated(evidence)["published_at"] == "2023-06-09T09:24:00+07:00"
    assert numbers(evidence) == [1, 2]


@pytest.mark.parametrize(("printed", "days"), [("12/06/2023 9:24 SA", 3), ("01/06/2023 9:24 SA", -8)])
def test_rows_of_other_days_are_a_conflict_and_give_no_minute(evidence, printed, days):
    evidence.see("a", article())
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", printed)))
    row = dated(evidence)
    assert (row["published_at"], row["published_precision"], row["published_from"]) == (None, "day", "page")
    assert row["date_conflict_days"] == days
    assert row["listed_at"] is not None


def test_a_day_that_a_list_prints_is_no_minute(evidence):
    evidence.see("a", article())
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023")))
    row = dated(evidence)
    assert (row["published_at"], row["listed_at"], row["published_precision"]) == (None, "2023-06-09", "day")


def test_without_a_day_of_its_own_an_article_gets_none_from_lists(evidence):
    evidence.see("a", article(day=None))
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")))
    row = dated(evidence)
    assert (row["published_on"], row["published_at"], row["published_precision"], row["published_from"]) == (None,) * 4
    assert row["listed_at"] == "2023-06-09T09:24:00+07:00"


def test_a_second_that_the_page_tells_machines_stays(evidence):
    evidence.see("a", article(told="2023-06-09T14:30:05+07:00"))
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")))
    row = dated(evidence)
    assert (row["published_at"], row["published_precision"]) == ("2023-06-09T14:30:05+07:00", "second")
    assert row["published_from"] == "page and meta"


def test_a_day_that_only_machines_are_told_takes_its_minute_from_lists(evidence):
    evidence.see("a", article(day=None, told="2023-06-09"))
    assert (dated(evidence)["published_on"], dated(evidence)["published_from"]) == ("2023-06-09", "meta")
    for _ in range(2):
        evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")))
        assert dated(evidence)["published_at"] == "2023-06-09T09:24:00+07:00"
        assert dated(evidence)["published_from"] == "meta and list"


def test_a_minute_that_the_page_prints_stays(evidence):
    evidence.see("a", article(day="09/06/2023 14:30"))
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")))
    row = dated(evidence)
    assert (row["published_at"], row["published_from"]) == ("2023-06-09T14:30:00+07:00", "page")


# -- one article, one row ---------------------------------------------------------------------------------------------


def test_twins_are_one_article_shown_under_the_address_that_lists_print(evidence):
    evidence.tell(evidence.keep(f"{url('A')}?sid=12", article()))
    evidence.see("Kinh-te", listing(("A", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")))
    evidence.tell(evidence.keep(url("a").replace("/Pages/", "/pages/"), article(views=2)))
    row = evidence.one("SELECT url, revision_count FROM articles")
    assert row == {"url": url("A"), "revision_count": 1}
