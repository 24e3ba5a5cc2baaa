"""A second reading of all captures finds what is wrong, and tells it from what is only behind."""

import pytest

from archiver.portals import PORTALS
from archiver.store.databases.opening import insert, writing
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.readers import sign
from archiver.store.verify.comparing import compared
from archiver.store.verify.verification import Report
from tests.store.conftest import DEMO, article, box, url
from tests.store.interpretation.test_interpreting import ROW, a_story, told


@pytest.fixture
def whole(evidence):
    """An archive that a run brought to its end."""
    insert(evidence.captures, "crawls", {"crawl_key": "demo-1", "portal": "demo", "status": "finished"})
    told(evidence, a_story(evidence))
    with writing(evidence.archive):
        sign(evidence.archive, DEMO, evidence.at())
    return evidence


def found(evidence, portals=(DEMO,)):
    steps = []
    findings = list(
        compared(evidence.captures, evidence.archive, portals, evidence.folder, lambda *step: steps.append(step))
    )
    assert [path.name for path in evidence.folder.glob(".rebuild*")] == []
    return findings, steps


def test_nothing_is_found_where_all_is_well(whole):
    findings, steps = found(whole, PORTALS.values())
    assert findings == []
    assert steps == [(count, 12) for count in range(1, 13)]


def test_what_no_capture_says_is_a_fault_and_stays_as_it_is(whole):
    whole.archive.execute("UPDATE list_rows SET title = 'Không có gì' WHERE rowid = 1")
    findings, _ = found(whole)
    assert {each.kind for each in findings} == {"fault"}
    kept, read = sorted((each.words for each in findings), key=lambda words: "no capture says so" not in words)
    assert "no capture says so" in kept
    assert "Không có gì" in kept
    assert "is what captures say, but not in archive.db" in read
    assert whole.archive.execute("SELECT count(*) FROM list_rows WHERE title = 'Không có gì'").fetchone() == (1,)


@pytest.mark.parametrize("late", [False, True])
def test_captures_that_are_not_read_yet_are_no_fault(whole, late):
    """Not even one that belongs in the middle of a story that is told, or that brings rows to a list."""
    seconds = -30 * 60 if late else 60
    whole.keep(url("a"), article(body="Một, chưa đọc.", extra=box(ROW)), seconds=seconds)
    whole.keep(url("moi"), article("Tin mới", extra=box(ROW)), seconds=60)
    (finding,), _ = found(whole)
    assert finding.kind == "note"
    assert finding.words.startswith("demo: not read yet: 2 captures; `archiver reparse demo` or the next crawl")
    assert whole.archive.execute("SELECT count(*) FROM articles WHERE title = 'Tin mới'").fetchone() == (0,)


def test_damage_in_an_archive_that_is_behind_is_one(whole):
    whole.keep(url("moi"), article("Tin mới"))
    whole.archive.execute("UPDATE revisions SET body = 'Không có gì.' WHERE number = 1")
    findings, _ = found(whole)
    assert {each.kind for each in findings} == {"note", "fault"}
    assert any("Không có gì." in each.words for each in findings)


def test_what_a_run_had_not_settled_is_no_fault(whole):
    """A section that only a list tells is told once a run is over; this one was killed before."""
    insert(whole.captures, "crawls", {"crawl_key": "demo-2", "portal": "demo", "status": "running"})
    whole.archive.execute("UPDATE articles SET section = NULL, section_from = NULL WHERE section_from = 'list'")
    assert whole.archive.execute("SELECT changes()").fetchone() == (1,)
    (finding,), _ = found(whole)
    assert finding.kind == "note"
    assert "demo: a run did not come to its end" in finding.words
    whole.captures.execute("UPDATE crawls SET status = 'running'")
    whole.settle()
    findings, _ = found(whole)
    assert findings == []


def test_but_it_is_where_no_run_was_cut_short(whole):
    whole.archive.execute("UPDATE articles SET section = NULL, section_from = NULL WHERE section_from = 'list'")
    assert {each.kind for each in found(whole)[0]} == {"fault"}


def test_what_another_reader_made_is_not_compared(whole):
    whole.archive.execute("UPDATE readers SET reader_version = 'older'")
    whole.archive.execute("UPDATE revisions SET author_raw = 'x'")
    (finding,), steps = found(whole)
    assert (finding.kind, steps) == ("unchecked", [])
    assert finding.words.startswith("demo: not compared, for another reader (older) made it; `archiver reparse demo`")


def test_a_withheld_article_is_withheld_in_both(whole):
    save_decision(
        whole.captures, DEMO, article_key(DEMO, url("a")), "withhold", None, "x", "2025-07-02T00:00:00.000000Z"
    )
    whole.rebuild()
    assert found(whole)[0] == []
    whole.archive.execute("DELETE FROM withheld")
    assert [each.kind for each in found(whole)[0]] == ["fault"]


def test_the_end_says_how_all_counts(whole):
    report = Report()
    assert (report.status, report.in_words({"articles": 2})) == ("finished", "2 articles: all is well")
    whole.keep(url("moi"), article("Tin mới"))
    for finding in found(whole)[0]:
        report.add(finding)
    assert (report.status, report.in_words({"articles": 2})) == ("finished", "2 articles: all that was read is well")
    whole.archive.execute("UPDATE readers SET reader_version = 'older'")
    for finding in found(whole)[0]:
        report.add(finding)
    assert (report.status, report.in_words({"articles": 2})) == ("degraded", "2 articles: not all could be compared")
