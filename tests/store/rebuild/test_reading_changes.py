"""What another reader reads differently: reported by field, and told from what the publisher changed."""

import json
import tracemalloc

import pytest

from archiver.store.databases.opening import insert, open_archive_file, writing
from archiver.store.interpretation.readers import sign
from archiver.store.rebuild.reading_changes import changes_between
from tests.store.conftest import DEMO, Evidence, article


def told_twice(tmp_path, pages, *, cut):
    """The same captures read by two readers, of which the older one cuts texts off."""
    old, new = Evidence(tmp_path / "old"), Evidence(tmp_path / "new")
    for name, title, body in pages:
        old.see(name, article(title, body.removesuffix(cut)))
        new.see(name, article(title, body))
    for evidence in (old, new):  # what is captured has the same name on both sides
        evidence.archive.execute("UPDATE captures SET capture_key = request_key || captured_at")
    return old, new


def reported(old, new):
    return {each.field: each for each in changes_between(old.archive, new.archive, DEMO)}


def test_a_report_names_fields_counts_and_examples(tmp_path):
    long = "Câu thứ nhất của bài. " * 30
    pages = [(f"bai-{number}", f"Tin {number}", long + ("Hết." if number else "Hết")) for number in range(5)]
    old, new = told_twice(tmp_path, pages, cut=".")
    changes = reported(old, new)
    assert {field: each.articles for field, each in changes.items()} == {"body": 4}
    examples = json.loads(changes["body"].examples)
    assert len(examples) == 3
    assert examples[0]["after"].endswith("Hết.")
    assert changes["body"].from_version is None


def test_an_article_that_only_one_reader_sees_is_one_of_its_own(tmp_path):
    old, new = told_twice(tmp_path, [("a", "Thị xã họp", "Một."), ("b", "Xã họp", "Hai.")], cut="x")
    for table in ("articles", "revisions"):
        new.archive.execute(f"DELETE FROM {table} WHERE title = 'Xã họp'")
    new.archive.execute("UPDATE captures SET article_key = NULL WHERE url LIKE '%/b.aspx'")
    (change,) = changes_between(old.archive, new.archive, DEMO)
    assert (change.field, change.articles) == ("article", 1)
    assert json.loads(change.examples)[0]["before"] == "Xã họp"
    assert json.loads(change.examples)[0]["after"] is None


def test_edits_that_an_archive_had_not_read_yet_are_none(tmp_path):
    """Its captures are kept, but the older archive was told nothing of them: the publisher changed the text, not us."""
    evidence = Evidence(tmp_path / "one")
    captures = [evidence.keep(f"{DEMO.url}{name}", article(body=body))
                for name, body in (("a", "Một."), ("a", "Một, sửa."), ("b", "Hai."), ("c", "Ba."))]  # fmt: skip
    old = Evidence(tmp_path / "old")
    for archive, told in ((old, captures[:1] + captures[3:]), (evidence, captures)):
        for capture in told:
            evidence.archive, kept = archive.archive, evidence.archive
            evidence.tell(capture)
            evidence.archive = kept
    old.archive.execute("UPDATE revisions SET body = 'Ba' WHERE body = 'Ba.'")
    changes = reported(old, evidence)
    assert {field: each.articles for field, each in changes.items()} == {"body": 1}
    assert "Ba." in changes["body"].examples


def test_the_same_reader_reads_nothing_differently(tmp_path):
    old, new = told_twice(tmp_path, [("a", "Thị xã họp", "Một.")], cut=".")
    assert reported(old, new)
    with writing(old.archive):
        sign(old.archive, DEMO, old.at())
    assert reported(old, new) == {}


@pytest.fixture
def two_large_archives(tmp_path):
    """Two archives of 24 MB of text, in which every article differs."""
    archives = [open_archive_file(tmp_path / f"{name}.db") for name in ("old", "new")]
    for archive in archives:
        with writing(archive):
            for number in range(1200):
                key, body = f"k{number:09}", f"{archive is archives[0]} {number} " + "chữ " * 2500
                insert(archive, "articles", {"article_key": key, "portal": "demo", "title": "x", "revision_count": 1})
                insert(archive, "revisions", {"article_key": key, "number": 1, "body": body})
    return archives


def test_no_archive_is_held_in_memory(two_large_archives):
    tracemalloc.start()
    changes = list(changes_between(*two_large_archives, DEMO))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [each.articles for each in changes] == [1200]
    assert peak < 1_000_000, "bytes, of 24 MB of text on either side"
