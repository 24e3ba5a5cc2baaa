"""What people decided not to show stands nowhere in the archive; the evidence stays."""

import pytest

from archiver.store.evidence.withholding import HIDDEN, lags_decisions, save_decision, withheld_articles
from archiver.store.ground.keys import article_key
from archiver.store.rebuild.canonical import rows
from tests.store.conftest import DEMO, article, box, listing, url

SECRET = ("bi-mat", "Danh sách hộ nghèo của xã Cẩm Đê", "09/06/2023 9:24 SA")
OTHER = ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH")
KEY = article_key(DEMO, url("bi-mat"))


@pytest.fixture
def known(evidence):
    evidence.see("Kinh-te", listing(SECRET, OTHER))
    evidence.see("bi-mat", article(SECRET[1], "Ông Quách Văn Nhạn, sinh năm 1950.", extra=box(OTHER)))
    evidence.see("bi-mat", article(SECRET[1], "Ông Quách Văn Nhạn, sinh năm 1951.", extra=box(OTHER)))
    evidence.see("b", article(OTHER[1], "Hai.", extra=box(SECRET)))
    evidence.see("cu", None, 301, headers=(("Location", url("bi-mat")),))
    evidence.settle()
    return evidence


def decide(evidence, decision, at="2025-07-02T00:00:00.000000Z"):
    """A decision that a reading of all captures carries out; test_following.py compares it with the shorter way."""
    save_decision(evidence.captures, DEMO, KEY, decision, "personal data", "Ông Nhạn xin gỡ", at)
    evidence.rebuild()


def test_the_text_is_nowhere_in_the_file(known):
    decide(known, "withhold")
    known.archive.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(file.read_bytes() for file in known.folder.glob("archive.db*"))
    for secret in ("Quách Văn Nhạn", "Danh sách hộ nghèo", "bi-mat"):
        assert secret.encode() not in content, secret
    assert b"Ong Nhan" not in content
    assert "xin gỡ".encode() not in content, "the reason is the operator's"


def test_a_tombstone_stays_and_other_articles_too(known):
    decide(known, "withhold")
    assert known.one("SELECT * FROM withheld") == {
        "article_key": KEY, "portal": "demo", "withheld_on": "2025-07-02", "category": "personal data"}  # fmt: skip
    assert known.one("SELECT title FROM articles")["title"] == OTHER[1]
    shown = known.all("SELECT title, url FROM list_rows WHERE article_key = ?", KEY)
    assert shown
    assert all(row == {"title": HIDDEN, "url": HIDDEN} for row in shown)


def test_what_is_captured_later_stays_withheld(known):
    decide(known, "withhold")
    known.reader.withheld = withheld_articles(known.captures, DEMO)
    known.see("bi-mat", article(SECRET[1], "Bản thứ ba."))
    known.settle()
    assert known.all("SELECT * FROM revisions WHERE article_key = ?", KEY) == []


def test_the_evidence_stays_and_so_does_each_decision(known):
    payloads = known.captures.table("payloads").count
    decide(known, "withhold")
    decide(known, "restore", "2025-07-03T00:00:00.000000Z")
    assert known.captures.table("payloads").count == payloads
    assert [row["decision"] for row in known.captures.query("SELECT decision FROM decisions ORDER BY decided_at")] == [
        "withhold", "restore"]  # fmt: skip


def test_a_restored_article_is_as_it_was(known):
    before = list(rows(known.archive))
    decide(known, "withhold")
    assert list(rows(known.archive)) != before
    decide(known, "restore", "2025-07-03T00:00:00.000000Z")
    assert list(rows(known.archive)) == before


def test_an_address_that_leads_to_it_is_not_shown(known):
    decide(known, "withhold")
    row = known.one("SELECT url, redirects_to FROM captures WHERE answer = 'redirect'")
    assert row == {"url": HIDDEN, "redirects_to": HIDDEN}


def test_a_decision_whose_reading_was_cut_short_is_noticed(known):
    assert not lags_decisions(known.archive, known.captures, DEMO)
    save_decision(known.captures, DEMO, KEY, "withhold", None, "x", "2025-07-02T00:00:00.000000Z")
    assert lags_decisions(known.archive, known.captures, DEMO)
    known.rebuild()
    assert not lags_decisions(known.archive, known.captures, DEMO)
