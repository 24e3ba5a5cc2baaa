"""The archive is made of the set of captures: neither their order of arrival nor repetition matters."""

import random
from itertools import permutations

import pytest

from archiver.store.interpretation.told_captures import unread_captures
from archiver.store.rebuild.canonical import rows
from tests.store.conftest import DEMO, Evidence, article, box, listing, told_in_any_order, url

ROW = ("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")
OTHER = ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH")


def a_story(evidence):
    """Captures of a few pages that change, fail, come back and list each other."""
    html = [
        ("a", article(body="Một.", extra=box(OTHER)), 200),
        ("Kinh-te", listing(ROW, OTHER), 200),
        ("b", article("Khánh thành", "Hai.", day="8 - 6 - 2023", section=None), 200),
        ("a", None, 503),
        ("a", article(body="Một, sửa.", extra=box(OTHER)), 200),
        ("Kinh-te", listing(OTHER, ROW), 200),
        ("Kinh-te", listing(ROW, OTHER), 200),
        ("b", None, 304),
        ("b", article("Khánh thành", "Hai.", day="31 - 6 - 2023", section=None), 200),
        ("b", article("Khánh thành", "Hai.", day="8 - 6 - 2023", section=None), 200),
        ("a", article(body="Một.", extra=box(OTHER)), 200),
        ("a", None, 404),
    ]
    return [evidence.keep(url(name), page, status) for name, page, status in html]


def told(evidence, captures):
    for capture in captures:
        evidence.tell(capture)
    evidence.settle()
    return list(rows(evidence.archive))


@pytest.fixture
def in_order(tmp_path):
    evidence = Evidence(tmp_path / "in-order")
    return told(evidence, a_story(evidence))


@pytest.mark.parametrize("seed", range(12))
def test_captures_that_come_late_find_their_place(tmp_path, in_order, seed):
    evidence = Evidence(tmp_path)
    captures = a_story(evidence)
    random.Random(seed).shuffle(captures)
    assert told(evidence, captures) == in_order


def test_what_is_posted_to_the_address_of_an_article_tells_of_no_article(tmp_path):
    """A form on its page: a poll, a comment, a search. What it answers is one of many pages at that address."""

    def story(evidence):
        return [
            evidence.keep(url("a"), article(body="Một.")),
            evidence.keep(url("a"), article(body="Cảm ơn đã bình chọn.", extra=box(OTHER)), form='[["phieu","1"]]'),
            evidence.keep(url("a"), article(body="Hai.")),
            evidence.keep(url("a"), article(body="Cảm ơn đã bình chọn."), form='[["phieu","1"]]'),
            evidence.keep(url("a"), None, 404, form='[["phieu","2"]]'),
            evidence.keep(url("a"), listing(ROW, OTHER, title="Thị xã họp"), form='[["phieu","3"]]'),
        ]

    evidence = told_in_any_order(tmp_path, story)
    assert [row["body"] for row in evidence.all("SELECT body FROM revisions ORDER BY number")] == ["Một.", "Hai."]
    last = evidence.one("SELECT captured_at FROM captures WHERE revision = 2")["captured_at"]
    assert evidence.one("SELECT last_checked_at FROM articles")["last_checked_at"] == last
    assert evidence.one("SELECT web_status FROM articles")["web_status"] == "live"


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_capture_without_headers_is_read_as_the_same_payload_with_them(tmp_path, order):
    """As a web archive's index tells of it; in a charset that the page itself does not name."""
    typed = (("Content-Type", "text/html; charset=utf-16-be"),)
    one, two = (article(body=body).encode("utf-16-be") for body in ("Một.", "Hai."))

    def captured(evidence):
        yield evidence.keep(url("a"), one, headers=())
        yield evidence.keep(url("a"), two, headers=typed)
        yield evidence.keep(url("a"), one, headers=typed)
        yield evidence.keep(url("a"), two, headers=())

    evidence = Evidence(tmp_path)
    captures = list(captured(evidence))
    told(evidence, [captures[place] for place in order])
    revisions = evidence.all("SELECT number, body, same_as FROM revisions ORDER BY number")
    assert revisions == [{"number": 1, "body": "Một.", "same_as": None}, {"number": 2, "body": "Hai.", "same_as": None},
                         {"number": 3, "body": None, "same_as": 1}, {"number": 4, "body": None, "same_as": 2}]  # fmt: skip


def test_what_such_a_capture_is_may_become_known_later(evidence):
    """Then it is read again."""
    body = article(body="Một.").encode("utf-16-be")
    bare = evidence.see("a", body, headers=())
    assert "Một." not in str(evidence.all("SELECT body FROM revisions"))
    evidence.see("a", body, headers=(("Content-Type", "text/html; charset=utf-16-be"),))
    assert evidence.all("SELECT body, captured_at FROM revisions") == [
        {"body": "Một.", "captured_at": bare.captured_at}
    ]


def test_counts_of_problems_are_the_same_after_a_late_capture(tmp_path):
    evidence = Evidence(tmp_path)
    first, second, third = (evidence.keep(url("a"), None, 503) for _ in range(3))
    for capture in (first, third, second):
        evidence.tell(capture)
    assert evidence.one("SELECT count, last_at FROM problems") == {"count": 3, "last_at": third.captured_at}


def test_telling_twice_changes_nothing(evidence, in_order):
    captures = a_story(evidence)
    assert told(evidence, captures + captures) == in_order


def test_what_the_archive_has_not_read_is_known_by_keys(evidence):
    one, two = evidence.keep(url("a"), article()), evidence.keep(url("b"), article())
    assert unread_captures(evidence.archive, evidence.captures, DEMO) == [one.capture_key, two.capture_key]
    evidence.tell(two)
    assert unread_captures(evidence.archive, evidence.captures, DEMO) == [one.capture_key]


def test_the_archive_carries_its_own_proof(evidence):
    capture = evidence.see("a", article())
    row = evidence.one("SELECT * FROM captures")
    assert (row["capture_key"], row["sha256"], row["kind"]) == (capture.capture_key, capture.sha256, "article")
    assert row["size"] == len(article().encode())
    assert not {"headers", "etag", "last_modified"} & set(row)


@pytest.mark.parametrize(
    ("address", "content_type"),
    [
        ("https://anthuan.example/portal/pages/print.aspx?p=31001", "text/html"),
        ("https://anthuan.example/portal/Pages/a.aspx?view=print", "text/html"),
        ("https://anthuan.example/WebResource.axd?d=x", "text/css; charset=utf-8"),
        ("https://anthuan.example/api/so-luot-xem", "application/json"),
    ],
)
def test_what_other_crawlers_bring_besides_pages_is_kept_and_not_read(evidence, address, content_type):
    evidence.tell(evidence.keep(address, None, 503))
    evidence.tell(evidence.keep(address, article(), headers=(("Content-Type", content_type),)))
    assert [row["kind"] for row in evidence.all("SELECT kind FROM captures")] == [None, None]
    assert evidence.all("SELECT * FROM articles") == evidence.all("SELECT * FROM problems WHERE NOT resolved") == []


def test_an_error_of_the_reader_is_counted_apart_and_hides_nothing(evidence, monkeypatch, caplog):
    def fails(*_):
        raise ZeroDivisionError("by mistake")

    monkeypatch.setattr("archiver.store.interpretation.reading_captures.read", fails)
    evidence.see("a", article())
    assert evidence.reader.tally.internal_errors == 1
    problem = evidence.one("SELECT stage, reason, raw FROM problems")
    assert problem == {"stage": "read", "reason": "the reader failed", "raw": "ZeroDivisionError: by mistake"}
    assert "The reader failed on" in caplog.text
