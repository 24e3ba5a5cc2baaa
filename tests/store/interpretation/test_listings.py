"""What lists showed, and when."""

import pytest

from archiver.store.databases.opening import writing
from archiver.store.interpretation.articles import refresh
from tests.store.conftest import article, box, listing, url

ONE = ("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")
TWO = ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH")


def snapshots(evidence):
    return evidence.all("SELECT * FROM list_snapshots ORDER BY snapshot")


def test_rows_stand_as_printed(evidence):
    evidence.see("Kinh-te", listing(ONE, TWO))
    (snapshot,) = snapshots(evidence)
    assert (snapshot["list_url"], snapshot["list_title"], snapshot["list_kind"]) == (
        url("Kinh-te"),
        "Kinh tế",
        "section",
    )
    assert (snapshot["page"], snapshot["box"], snapshot["context_article_key"]) == (1, 1, None)
    rows = evidence.all("SELECT position, url, title, listed_at, listed_raw FROM list_rows ORDER BY position")
    assert rows[0] == {
        "position": 1, "url": url("a"), "title": "Thị xã họp bàn việc", "listed_at": "2023-06-09T09:24:00+07:00",
        "listed_raw": "(09/06/2023 9:24 SA)",
    }  # fmt: skip
    assert [row["position"] for row in rows] == [1, 2]


def test_a_list_seen_unchanged_only_lengthens_its_snapshot(evidence):
    first = evidence.see("Kinh-te", listing(ONE, TWO))
    last = evidence.see("Kinh-te", listing(ONE, TWO, extra="<div>Lượt truy cập: 5</div>"))
    (snapshot,) = snapshots(evidence)
    assert (snapshot["seen_from"], snapshot["seen_to"]) == (first.captured_at, last.captured_at)
    assert snapshot["observations"] == 2
    assert evidence.archive.table("list_rows").count == 2


@pytest.mark.parametrize(
    "then",
    [(TWO, ONE), (ONE,), (("a", "Thị xã họp bàn", "09/06/2023 9:24 SA"), TWO), ((*ONE[:2], "09/06/2023 9:25 SA"), TWO)],
)
def test_another_order_row_title_or_minute_is_another_snapshot(evidence, then):
    evidence.see("Kinh-te", listing(ONE, TWO))
    evidence.see("Kinh-te", listing(*then))
    evidence.see("Kinh-te", listing(ONE, TWO))
    assert [snapshot["observations"] for snapshot in snapshots(evidence)] == [1, 1, 1]


def test_each_box_is_kept_with_the_article_it_stood_on(evidence):
    evidence.see("c", article(extra=box(ONE, TWO)))
    (snapshot,) = snapshots(evidence)
    key = evidence.one("SELECT article_key FROM articles")["article_key"]
    assert (snapshot["list_kind"], snapshot["heading"], snapshot["context_article_key"]) == (
        "latest",
        "Tin mới nhất",
        key,
    )
    assert snapshot["list_title"] is None


def test_a_304_to_a_page_without_its_list_is_no_look_at_the_list(evidence):
    seen = evidence.see("Kinh-te", listing(ONE, TWO))
    evidence.see("Kinh-te", "<html><head><title>Access denied</title></head><body><div>Blocked.</div></body></html>")
    evidence.see("Kinh-te", None, 304)
    snapshot = evidence.one("SELECT seen_from, seen_to, observations FROM list_snapshots")
    assert snapshot == {"seen_from": seen.captured_at, "seen_to": seen.captured_at, "observations": 1}


def test_an_article_knows_when_a_list_last_showed_it(evidence):
    evidence.see("a", article())
    evidence.see("Kinh-te", listing(ONE, TWO))
    last = evidence.see("Kinh-te", listing(ONE, TWO))
    evidence.see("Kinh-te", listing(TWO))
    evidence.settle()
    assert evidence.one("SELECT last_listed_at FROM articles")["last_listed_at"] == last.captured_at


def test_so_does_one_that_was_read_after_the_list(evidence):
    listed = evidence.see("Kinh-te", listing(ONE, TWO))
    evidence.see("a", article())
    evidence.settle()
    assert evidence.one("SELECT last_listed_at FROM articles")["last_listed_at"] == listed.captured_at


def test_presence_in_lists_is_a_view_to_start_from(evidence):
    evidence.see("Kinh-te", listing(ONE, TWO))
    row = evidence.one("SELECT * FROM list_presence WHERE position = 2")
    assert (row["list_title"], row["title"], row["listed_at"]) == ("Kinh tế", TWO[1], "2023-06-08T14:00:00+07:00")


def test_a_section_that_the_page_does_not_name_is_that_of_the_smallest_list(evidence):
    evidence.see("a", article(section=None))
    evidence.see("Tin-tuc", listing(ONE, TWO, title="Tin tức"))
    evidence.see("Kinh-te", listing(ONE, title="Kinh tế"))
    evidence.settle()
    assert evidence.one("SELECT section, section_from FROM articles") == {"section": "Kinh tế", "section_from": "list"}
    evidence.see("a", article(section="Chính trị"))
    evidence.settle()
    assert evidence.one("SELECT section, section_from FROM articles") == {
        "section": "Chính trị",
        "section_from": "breadcrumb",
    }


def test_a_box_that_stands_beside_every_article_does_not_make_each_new_one_slower(evidence):
    """What is looked at for an article that thousands of boxes show does not grow with their number."""
    evidence.see("a", article(title="A"))
    key = evidence.one("SELECT article_key FROM articles")["article_key"]
    steps = []
    for count in (10, 4000):
        with writing(evidence.archive):
            evidence.archive.conn.executemany(
                "INSERT INTO list_rows (snapshot, position, url, article_key, title, listed_at)"
                " VALUES (?, 1, '', ?, 'A', '2023-06-09T09:00:00+07:00')",
                [(count * 1000 + number, key) for number in range(count)],
            )
        ticks = []
        evidence.archive.conn.set_progress_handler(lambda ticks=ticks: ticks.append(1), 10)
        refresh(evidence.archive, [key])
        evidence.archive.conn.set_progress_handler(None, 0)
        steps.append(len(ticks))
    assert steps[1] < 2 * steps[0]
    assert evidence.one("SELECT published_at FROM articles")["published_at"] == "2023-06-09T09:00:00+07:00"
