"""What a 304 says: that all is as it was seen last, or that an older version is back."""

import pytest

from tests.store.conftest import DEMO, article, box, home, told_in_any_order, url

ROW = ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH")
OTHER = ("c", "Xã Lạc Hồng khởi công", "07/06/2023 2:00 CH")
FIREWALL = "<html><head><title>Access denied</title></head><body><div>Your request was blocked.</div></body></html>"


def etag(version):
    return (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{version}"'))


def versions(evidence, *seen):
    """Captures of one page, each (text, version): of null the text, a 304 with that version."""
    return [
        evidence.keep(url("a"), None, 304, headers=etag(version) if version else ())
        if text is None
        else evidence.keep(url("a"), article(body=text, extra=box(ROW if text == "Một." else OTHER)), headers=etag(version))
        for text, version in seen
    ]  # fmt: skip


def revisions(evidence):
    return [
        (row["body"], row["same_as"], row["shown"])
        for row in evidence.all(
            "SELECT body, same_as, (SELECT count(*) FROM captures WHERE captures.article_key = revisions.article_key"
            " AND revision = number) AS shown FROM revisions ORDER BY number"
        )
    ]


@pytest.mark.parametrize("last", [(None, "1"), ("Một.", "1")], ids=["a 304", "a page"])
def test_an_older_version_that_is_back_is_a_revision_whether_a_304_or_a_page_says_so(tmp_path, last):
    evidence = told_in_any_order(tmp_path, lambda each: versions(each, ("Một.", "1"), ("Hai.", "2"), last))
    assert revisions(evidence) == [("Một.", None, 1), ("Hai.", None, 1), (None, 1, 1)]
    (edit, _) = evidence.all("SELECT * FROM edits ORDER BY number DESC")
    back = evidence.one("SELECT * FROM captures ORDER BY captured_at DESC LIMIT 1")
    assert (edit["capture_after"], edit["same_as"]) == (back["capture_key"], 1)
    assert (back["answer"], back["kind"], back["revision"]) == ("article", "article", 3)
    assert evidence.one("SELECT body FROM bodies")["body"] == "Một."
    first = evidence.one("SELECT sha256 FROM captures ORDER BY captured_at LIMIT 1")
    assert evidence.one("SELECT sha256 FROM citations") == first, "the bytes that prove it"
    assert len(evidence.all("SELECT * FROM list_snapshots")) == 3, "the list beside it is back as well"


def test_later_ones_confirm_what_was_seen_last(tmp_path):
    seen = [("Một.", "1"), ("Hai.", "2"), (None, "1"), (None, None), (None, "1"), (None, "2"), (None, None)]
    evidence = told_in_any_order(tmp_path, lambda each: versions(each, *seen))
    assert revisions(evidence) == [("Một.", None, 1), ("Hai.", None, 1), (None, 1, 3), (None, 2, 2)]


def test_a_version_that_nobody_knows_confirms_what_was_seen_last(tmp_path):
    evidence = told_in_any_order(tmp_path, lambda each: versions(each, ("Một.", "1"), ("Hai.", "2"), (None, "9")))
    assert revisions(evidence) == [("Một.", None, 1), ("Hai.", None, 2)]


def test_behind_a_firewall_the_version_that_is_named_is_there(tmp_path):
    def story(evidence):
        first = versions(evidence, ("Một.", "1"))
        firewall = evidence.keep(url("a"), FIREWALL)
        return [*first, firewall, *versions(evidence, (None, None), (None, "1"))]

    evidence = told_in_any_order(tmp_path, story)
    answers = [row["answer"] for row in evidence.all("SELECT answer FROM captures ORDER BY captured_at")]
    assert answers == ["article", "other", "other", "article"]
    assert revisions(evidence) == [("Một.", None, 2)]


def test_a_304_to_a_list_at_the_address_of_an_article_brings_nothing_back(evidence):
    evidence.see("a", article())
    for page, status in ((home(ROW), 200), (None, 304)):
        evidence.clock.pass_by(days=1)
        evidence.see_home()
        evidence.see("a", page, status)
    evidence.settle()
    assert evidence.one("SELECT web_status FROM articles WHERE portal = ?", DEMO.key)["web_status"] == "suspect"
