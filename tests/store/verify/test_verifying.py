"""Damage is found, and named by the row that it is about."""

import random

import pytest
import zstandard

from archiver.store.databases.opening import insert, open_archive
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from archiver.store.verify.verifying import faults_of_archive, faults_of_evidence
from tests.store.conftest import DEMO, article, box, url
from tests.store.interpretation.test_interpreting import ROW, a_story, told


@pytest.fixture
def whole(evidence):
    insert(evidence.captures, "crawls", {"crawl_key": "demo-1", "portal": "demo", "status": "running"})
    told(evidence, a_story(evidence))
    return evidence


def faults(evidence):
    return [
        *faults_of_evidence(evidence.captures, lambda count, total: None),
        *faults_of_archive(evidence.archive, evidence.captures),
    ]


def unguarded(evidence):
    """The evidence, as somebody could change it who wants to."""
    for name in (
        "captures_refuse_update",
        "captures_refuse_delete",
        "payloads_refuse_update",
        "payloads_refuse_delete",
    ):
        evidence.captures.execute(f"DROP TRIGGER {name}")
    return evidence.captures


def test_a_whole_archive_has_no_faults(whole):
    assert faults(whole) == []


def test_an_archive_that_lags_behind_has_none(whole):
    whole.keep(url("neu"), article("Tin mới của thị xã"))
    assert faults(whole) == []


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_bit_in_a_payload_is_named(whole, seed):
    dice = random.Random(seed)
    digest, packed = dice.choice(whole.captures.execute("SELECT sha256, zstd FROM payloads ORDER BY sha256").fetchall())
    spoiled = bytearray(packed)
    spoiled[dice.randrange(len(spoiled))] ^= 1 << dice.randrange(8)
    unguarded(whole).execute("UPDATE payloads SET zstd = ? WHERE sha256 = ?", (bytes(spoiled), digest))
    named = [fault for fault in faults(whole) if digest in fault]
    assert named or zstandard.ZstdDecompressor().decompress(bytes(spoiled)) == zstandard.ZstdDecompressor().decompress(
        packed
    ), "a bit that changes nothing of what is unpacked"


def test_a_guard_that_is_gone_is_named(whole):
    unguarded(whole)
    assert sum("evidence could be changed unnoticed" in fault for fault in faults(whole)) == 4


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("DELETE FROM payloads WHERE rowid = 1", "which is not there"),
        ("DELETE FROM captures WHERE rowid = 1", "stands in archive.db but not in captures.db"),
        ("UPDATE captures SET captured_at = '2020-01-01T00:00:00.000000Z' WHERE rowid = 2", "its row was altered"),
        ("DELETE FROM crawls", "was made by run demo-1, which is not there"),
        ("UPDATE captures SET status = 410 WHERE status = 404", "its row was altered"),
        ("UPDATE captures SET confirms = 'x' WHERE rowid = 3", "confirms x, which is not there"),
        ("UPDATE payloads SET size = 1 WHERE rowid = 1", "bytes where its row says 1"),
        ("INSERT INTO payloads (sha256, zstd, size) SELECT 'x', zstd, size FROM payloads LIMIT 1", "payload x"),
    ],
)
def test_changed_evidence_is_named(whole, change, fault):
    unguarded(whole).execute(change)
    assert any(fault in each for each in faults(whole)), faults(whole)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE revisions SET capture_key = 'x' WHERE rowid = 1", "names capture x, which is not there"),
        ("DELETE FROM revisions WHERE number = 1", "revisions where its row says"),
        ("UPDATE articles SET revision_count = 7", "revisions where its row says 7"),
        ("UPDATE revisions SET title = 'Thị xã không họp' WHERE rowid = 1", "other content than its digest says"),
        ("DELETE FROM list_rows", "of a list has no rows"),
        ("DELETE FROM articles", "names a row of articles that is not there"),
    ],
)
def test_a_changed_archive_is_named(whole, change, fault):
    whole.archive.execute("PRAGMA foreign_keys = OFF")
    whole.archive.execute(change)
    assert any(fault in each for each in faults(whole)), faults(whole)


def test_a_file_whose_pages_are_spoiled_is_named(whole):
    told(whole, [whole.keep(url(f"bai-{n}"), article(f"Tin số {n} của thị xã", extra=box(ROW))) for n in range(60)])
    (page,) = whole.archive.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revisions'").fetchone()
    (size,) = whole.archive.execute("PRAGMA page_size").fetchone()
    whole.archive.close()
    with (whole.folder / "archive.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)
    whole.archive = open_archive(whole.folder)
    found = list(faults_of_archive(whole.archive, whole.captures))
    assert any("could not be looked through to the end" in fault for fault in found)
    assert all(fault.startswith("archive.db: ") for fault in found)


class TestDecisions:
    KEY = article_key(DEMO, url("a"))

    def decide(self, whole, decision, at):
        save_decision(whole.captures, DEMO, self.KEY, decision, None, "x", at)

    def test_a_withheld_article_is_no_fault(self, whole):
        self.decide(whole, "withhold", "2025-07-02T00:00:00.000000Z")
        whole.rebuild()
        assert faults(whole) == []

    def test_a_decision_that_the_archive_does_not_follow_is_one(self, whole):
        self.decide(whole, "withhold", "2025-07-02T00:00:00.000000Z")
        assert faults(whole) == [
            f"article {self.KEY} is to be withheld, and archive.db was not told yet: run archiver reparse"
        ]
        whole.rebuild()
        self.decide(whole, "restore", "2025-07-03T00:00:00.000000Z")
        assert "no decision says so" in faults(whole)[0]

    @pytest.mark.parametrize(
        "change",
        [
            "INSERT INTO articles (article_key, portal, title, revision_count) VALUES (:key, 'demo', 'Bí mật', 0)",
            "INSERT INTO images (article_key, position, caption) VALUES (:key, 1, 'Bí mật')",
            "UPDATE list_rows SET title = 'Bí mật' WHERE article_key = :key",
        ],
    )
    def test_what_is_shown_all_the_same_is_named_by_its_key_alone(self, whole, change):
        self.decide(whole, "withhold", "2025-07-02T00:00:00.000000Z")
        whole.rebuild()
        whole.archive.execute("PRAGMA foreign_keys = OFF")
        whole.archive.execute(change, {"key": self.KEY})
        (fault,) = [each for each in faults(whole) if "shows it all the same" in each]
        assert self.KEY in fault
        assert "Bí mật" not in fault
