"""Rows of a damaged page can hold anything; whatever it is, it is named."""

import random
import tracemalloc

import pytest
import zstandard

from archiver.store.databases.opening import insert
from archiver.store.verify.verifying import faults_of_archive, faults_of_evidence
from tests.store.conftest import article


@pytest.fixture
def damaged(evidence):
    """Evidence that refuses no change."""
    insert(evidence.captures, "crawls", {"crawl_key": "demo-1", "portal": "demo", "status": "running"})
    evidence.see("a", article())
    for (name,) in evidence.captures.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        evidence.captures.execute(f"DROP TRIGGER {name}")
    return evidence


def faults(evidence):
    return [
        *(each for each in faults_of_evidence(evidence.captures, lambda count, total: None) if "trigger" not in each),
        *faults_of_archive(evidence.archive, evidence.captures),
    ]


@pytest.mark.parametrize("value", ["NULL", "7", "'text'", "x'ff'", "x''"])
@pytest.mark.parametrize("column", ["zstd", "size", "sha256"])
def test_of_payloads(damaged, column, value):
    damaged.captures.execute(f"UPDATE payloads SET {column} = {value}")
    assert any("payload" in each for each in faults(damaged))


@pytest.mark.parametrize("value", ["NULL", "7", "x'ff'"])
@pytest.mark.parametrize("column", ["capture_key", "portal", "request_key", "captured_at", "status", "sha256"])
def test_of_captures(damaged, column, value):
    damaged.captures.execute(f"UPDATE captures SET {column} = {value}")
    assert any("its row was altered" in each for each in faults(damaged))


@pytest.mark.parametrize("value", ["NULL", "7", "x'ff'"])
@pytest.mark.parametrize("column", ["title", "body", "images", "content_sha256"])
def test_of_revisions(damaged, column, value):
    damaged.archive.execute(f"UPDATE revisions SET {column} = {value}")
    assert any("other content than its digest says" in each for each in faults(damaged))


@pytest.mark.parametrize(
    "column", ["crawl_key", "portal", "source", "method", "request_key", "captured_at", "status", "sha256"]
)
def test_of_the_proof_that_an_archive_shows(damaged, column):
    damaged.archive.execute("PRAGMA foreign_keys = OFF")
    damaged.archive.execute(f"UPDATE captures SET {column} = '7'")
    assert any("something else in archive.db than in captures.db" in each for each in faults(damaged))


def test_a_payload_that_says_it_is_huge_is_not_unpacked(damaged):
    """A few damaged bytes could ask for all memory there is."""
    body = random.Random(1).randbytes(1000)
    huge = bytearray(zstandard.ZstdCompressor().compress(body))
    assert huge[4] & 0xC0 == 0x40, "the size stands in two bytes"
    huge[4] |= 0xC0
    damaged.captures.execute(
        "UPDATE payloads SET zstd = ?", (bytes(huge[:5] + b"\x00\x00\x00\x00\x00\x01\x00\x00" + huge[7:]),)
    )
    tracemalloc.start()
    found = faults(damaged)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert any("bytes where its row says" in each for each in found)
    assert peak < 10_000_000
