"""archive.db anew from captures.db."""

import sqlite3

import pytest

from archiver.demo import DemoPortal, demo_clock, stories
from archiver.portals import PORTALS
from archiver.store.interpretation.interpreting import interpret
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.rebuild.canonical import rows
from archiver.store.rebuild.rebuilding import rebuild
from tests.store.conftest import DEMO, Evidence, article, url
from tests.store.interpretation.test_interpreting import a_story, told


def whole_demo(evidence, count=40):
    """Every article and first list page of a small demo portal."""
    portal = DemoPortal(stories(count), demo_clock(), faults=False)
    truth = portal.truth()
    addresses = [*(story.url for story in truth.stories), *dict.fromkeys(each.url for each in truth.lists)]
    for address in addresses:
        path = address.removeprefix("https://anthuan.example")
        response = portal.respond("GET", path, {})
        evidence.tell(evidence.keep(address, response.body, response.status, headers=tuple(response.headers)))
    evidence.settle()


def test_the_same_rows_come_out(evidence):
    whole_demo(evidence)
    before = list(rows(evidence.archive))
    assert len(before) > 300
    tallies = evidence.rebuild()
    assert list(rows(evidence.archive)) == before
    assert tallies["demo"].new == evidence.archive.table("articles").count > 30


def test_a_story_of_changes_and_failures_comes_out_the_same(evidence):
    before = told(evidence, a_story(evidence))
    evidence.rebuild()
    assert list(rows(evidence.archive)) == before


def test_an_archive_that_is_lost_comes_back(tmp_path):
    evidence = Evidence(tmp_path)
    before = told(evidence, a_story(evidence))
    evidence.archive.close()
    for file in tmp_path.glob("archive.db*"):
        file.unlink()
    fresh = Evidence(tmp_path)
    fresh.rebuild()
    assert list(rows(fresh.archive)) == before


def test_what_was_tampered_with_is_mended(evidence):
    before = told(evidence, a_story(evidence))
    evidence.archive.execute("UPDATE revisions SET body = 'Không có gì.'")
    evidence.archive.execute("DELETE FROM list_rows")
    evidence.rebuild()
    assert list(rows(evidence.archive)) == before


@pytest.mark.parametrize("table", ["articles", "list_snapshots", "captures", "crawls"])
def test_rows_whose_parents_are_gone_do_not_stay(evidence, table):
    before = told(evidence, a_story(evidence))
    evidence.archive.execute(f"DELETE FROM {table}")
    evidence.rebuild()
    assert list(rows(evidence.archive)) == before


def test_other_portals_keep_their_rows(evidence):
    evidence.see("a", article())
    myhao = PORTALS["myhao"]
    save_portal(evidence.archive, myhao)
    before = list(rows(evidence.archive))
    rebuild(evidence.captures, evidence.archive, [myhao], evidence.folder, lambda count, total: None, evidence.at())
    assert list(rows(evidence.archive)) == before


def test_readers_see_the_old_rows_until_the_new_ones_are_there(evidence):
    evidence.see("a", article())
    evidence.archive.execute("UPDATE articles SET title = 'verändert'")
    file = f"file:{evidence.folder / 'archive.db'}?mode=ro"
    reader = sqlite3.connect(file, uri=True)
    seen = []

    def look(count, total):
        seen.append(reader.execute("SELECT title FROM articles").fetchone()[0])

    rebuild(evidence.captures, evidence.archive, [DEMO], evidence.folder, look, evidence.at())
    assert seen == ["verändert"]
    assert reader.execute("SELECT title FROM articles").fetchone()[0] == "Thị xã họp"
    assert [path.name for path in evidence.folder.glob(".rebuild*")] == []


def test_progress_counts_every_capture(evidence):
    for name in "abc":
        evidence.keep(url(name), article())
    steps = []
    rebuild(
        evidence.captures, evidence.archive, [DEMO], evidence.folder, lambda *step: steps.append(step), evidence.at()
    )
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_rebuild_reads_with_the_reader_of_today(evidence, monkeypatch):
    """What an older reader missed is simply there; it is no revision."""
    monkeypatch.setattr(
        "archiver.store.interpretation.reading_captures.read", lambda *_: (_ for _ in ()).throw(ValueError("older"))
    )
    evidence.see("a", article())
    assert evidence.archive.table("articles").count == 0
    monkeypatch.undo()
    evidence.rebuild()
    assert evidence.one("SELECT revision_count FROM articles") == {"revision_count": 1}
    assert evidence.all("SELECT * FROM problems") == []


def test_reading_again_needs_no_network_and_no_frontier(evidence):
    capture = evidence.keep(url("a"), article())
    reader = Reader(evidence.captures, DEMO)
    interpret(evidence.archive, reader, capture, reader.page(capture))
    assert evidence.captures.table("frontier").count == 0
    assert evidence.archive.table("articles").count == 1


def test_portals_that_were_never_crawled_are_not_in_it(evidence):
    evidence.see("a", article())
    evidence.settle()
    before = list(rows(evidence.archive))
    rebuild(
        evidence.captures, evidence.archive, PORTALS.values(), evidence.folder, lambda done, total: None, evidence.at()
    )
    assert list(rows(evidence.archive)) == before
