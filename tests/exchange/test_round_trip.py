"""Captures go out into a WARC file and come back the same."""

import gzip
import json
import re
import resource

import pytest

from archiver.demo import DemoPortal, stories
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.evidence.frontier import Frontier
from archiver.store.rebuild.canonical import rows
from archiver.store.rebuild.rebuilding import rebuild
from tests.crawling.truth import later
from tests.crawling.weeks import Week, a_bad_month
from tests.demo.conftest import NOW
from tests.driving.clocks import SetClock
from tests.driving.visitor import Visitor
from tests.exchange.conftest import DEMO, bring, evidence_in, export, proof_in, rows_in
from tests.store.conftest import Evidence, all_told, article, url


@pytest.fixture(scope="module")
def imported(exported, tmp_path_factory):
    folder = tmp_path_factory.mktemp("imported")
    assert bring(folder, exported).exit_status == 0
    return folder


def test_the_archive_is_the_same(crawled, imported):
    assert len(rows_in(crawled)) > 500
    assert rows_in(imported) == rows_in(crawled)


def test_so_is_the_evidence(crawled, imported):
    assert evidence_in(imported) == evidence_in(crawled)
    assert proof_in(imported) == proof_in(crawled)
    statuses = {row[7] for row in evidence_in(crawled)}
    assert {None, 200, 302, 304, 404, 503} <= statuses


def test_so_are_pictures_and_documents(tmp_path):
    Visitor(DemoPortal(stories(20), lambda: NOW), tmp_path / "live").crawl(file_budget=500)
    export(tmp_path / "live", tmp_path / "all.warc.gz")
    assert bring(tmp_path / "brought", tmp_path / "all.warc.gz").exit_status in (0, 3)
    assert rows_in(tmp_path / "brought") == rows_in(tmp_path / "live")
    files = open_archive(tmp_path / "brought").execute("SELECT count(*), count(sha256) FROM attachments").fetchone()
    assert files[0] == files[1] > 0


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    """A month of outages, template noise, edits, losses and moves."""
    folder = tmp_path_factory.mktemp("troubled")
    week = Week(folder)
    week.day()
    a_bad_month(week)
    week.visitor.archive.close()
    return folder


def test_so_is_what_became_of_a_portal_in_a_bad_month(troubled, tmp_path):
    live = all_told(open_archive(troubled))
    db = open_archive(troubled)
    assert {event for (event,) in db.execute("SELECT event FROM article_events")} == {"suspect", "gone", "moved"}
    assert {event for (event,) in db.execute("SELECT event FROM portal_events")} == {"unreachable", "up"}
    assert {flag for (flag,) in db.execute("SELECT batch_flag FROM revisions")} == {None, 0, 1}
    assert db.execute("SELECT count(*) FROM edits").fetchone()[0] == 1
    bring(tmp_path / "there", export(troubled, tmp_path / "month.warc.gz"))
    assert all_told(open_archive(tmp_path / "there")) == live
    again = tmp_path / "again"
    rebuild(open_captures(troubled), open_archive(again), [DEMO], again, lambda *_: None, "2026-01-01T00:00:00.000000Z")
    assert all_told(open_archive(again)) == live


def test_its_source_is_said(imported):
    assert open_captures(imported).execute("SELECT DISTINCT source FROM captures").fetchall() == [("warc",)]
    (run,) = open_archive(imported).query("SELECT * FROM crawls")
    assert (run["kind"], run["status"]) == ("import", "finished")
    assert json.loads(run["settings"]) == {"files": ["towns.warc.gz"]}


def test_a_rebuild_of_what_was_imported_is_the_same_too(crawled, imported, tmp_path):
    captures, archive = open_captures(imported), open_archive(tmp_path)
    rebuild(captures, archive, [DEMO], tmp_path, lambda count, total: None, "2025-07-01T00:00:00.000000Z")
    assert list(rows(archive)) == rows_in(crawled)


def test_coming_back_into_the_same_folder_adds_nothing(exported, imported):
    before = evidence_in(imported), rows_in(imported)
    again = bring(imported, exported)
    assert dict(again.endings["demo"].summary)["new captures"] == 0
    assert (evidence_in(imported), rows_in(imported)) == before


def test_the_next_export_is_the_same_but_for_the_date_of_its_own_record(crawled, imported, exported, tmp_path):
    other = export(imported, tmp_path / "towns.warc.gz", now="2027-01-01T00:00:00.000000Z")
    one, two = (gzip.decompress(file.read_bytes()) for file in (exported, other))
    assert one != two
    dates = re.compile(rb"WARC-Date: [^\r]+")
    head = one.index(b"WARC/1.1", 10)
    assert dates.sub(b"", one[:head]) == dates.sub(b"", two[:head])
    assert one[head:] == two[head:]


def test_articles_that_came_are_due_as_if_they_were_crawled(imported):
    db = open_captures(imported)
    known = db.execute("SELECT count(*) FROM frontier WHERE state = 'done' AND kind = 'article'").fetchone()[0]
    assert known == open_archive(imported).table("articles").count
    assert Frontier(db, DEMO).counts() == {"done": known}, "lists and other pages are left for a crawl to find"


def test_the_file_says_what_is_in_it(exported):
    info = gzip.decompress(exported.read_bytes()).partition(b"\r\n\r\n\r\n")[0].decode()
    assert info.startswith("WARC/1.1\r\n")
    for word in ("software: archiver/", "format: WARC File Format 1.1", "robots: obeyed", "content-encoding",
                 "removed by Scrapy", "X-Archive-Orig-", "__VIEWSTATE", "WARC-Filename: towns.warc.gz"):  # fmt: skip
        assert word in info


def test_an_uncompressed_file_comes_back_too(crawled, tmp_path):
    file = export(crawled, tmp_path / "towns.warc")
    assert file.read_bytes().startswith(b"WARC/1.1\r\n")
    bring(tmp_path / "data", file)
    assert rows_in(tmp_path / "data") == rows_in(crawled)


def test_headers_of_encoded_bodies_are_put_aside_and_come_back(tmp_path):
    evidence = Evidence(tmp_path / "a")
    headers = (
        ("Content-Encoding", "gzip"),
        ("Content-Length", "77"),
        ("X-M\xe1y", "ch\xe1\xbb\xa7"),
        ("Set-Cookie", "a=1"),
    )
    evidence.keep(url("a"), article(), headers=headers)
    evidence.keep(url("b"), article(), headers=(("Transfer-Encoding", "chunked"), ("Server", "IIS")))
    evidence.keep(url("c"), None, 204, headers=())
    file = export(tmp_path / "a", tmp_path / "one.warc")
    text = file.read_bytes()
    assert b"X-Archive-Orig-Content-Encoding: gzip\r\nX-Archive-Orig-Content-Length: 77\r\n" in text
    assert b"ch\xe1\xbb\xa7\r\n" in text, "byte by byte"
    assert b"\r\nContent-Length: %d\r\n\r\n<html>" % len(article().encode()) in text
    bring(tmp_path / "b", file)
    assert evidence_in(tmp_path / "b") == evidence_in(tmp_path / "a")


def test_the_first_capture_with_headers_brings_the_payload(tmp_path):
    """A web archive's index tells of earlier ones: they refer to it, and come back although it stands behind them."""
    evidence = Evidence(tmp_path / "a")
    for headers in ((), (("Content-Type", "text/html; charset=utf-8"),), ()):
        evidence.tell(evidence.keep(url("a"), article(), headers=headers))
    evidence.settle()
    file = export(tmp_path / "a", tmp_path / "one.warc")
    text = file.read_bytes()
    assert text.count(b"WARC-Type: revisit") == 2
    assert b"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>" in text
    bring(tmp_path / "b", file)
    assert evidence_in(tmp_path / "b") == evidence_in(tmp_path / "a")
    assert rows_in(tmp_path / "b") == rows_in(tmp_path / "a")


def test_where_the_connection_went_comes_back(crawled, tmp_path):
    """Without it, a redirect to the place where the portal was served would lead to another site."""
    evidence = Evidence(tmp_path / "a")
    moved = (("Location", "http://127.0.0.1:8000/portal/Pages/b.aspx"),)
    capture = evidence.keep(url("a"), None, 302, headers=moved, fetched_from="http://127.0.0.1:8000")
    evidence.tell(capture)
    evidence.settle()
    assert evidence.all("SELECT * FROM problems") == []
    bring(tmp_path / "b", export(tmp_path / "a", tmp_path / "one.warc.gz"))
    assert evidence_in(tmp_path / "b") == evidence_in(tmp_path / "a")
    assert rows_in(tmp_path / "b") == rows_in(tmp_path / "a") == rows_in(tmp_path / "a")


def test_a_file_that_is_there_stays(crawled, tmp_path):
    (tmp_path / "towns.warc.gz").write_bytes(b"mine")
    with pytest.raises(FileExistsError, match="is there already"):
        export(crawled, tmp_path / "towns.warc.gz")
    assert (tmp_path / "towns.warc.gz").read_bytes() == b"mine"


def test_memory_does_not_grow_with_the_number_of_captures(tmp_path):
    evidence = Evidence(tmp_path / "a")
    body = b"<html>" + bytes(range(256)) * 4 * 1024
    for number in range(60):
        evidence.keep(url(f"a{number}"), body + bytes([number]), seconds=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    export(tmp_path / "a", tmp_path / "many.warc.gz")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 30 * 1024, "kilobytes, of 60 MB that were written"


def test_a_crawl_goes_on_from_what_was_imported(exported, tmp_path):
    """Lists are found and walked, new articles with them; articles that came are asked for only when they are due."""
    clock = SetClock()
    clock.pass_by(days=1, hours=2)
    bring(tmp_path, exported, clock=clock)
    visitor = Visitor(DemoPortal(stories(60), lambda: NOW, faults=False), tmp_path, clock)
    new = later(visitor.portal.catalogue.by_section["kinh-te"][0], 1)
    visitor.portal.publish(new)
    ending = visitor.crawl(recheck="due")
    assert ending.status == "finished"
    assert dict(ending.summary)["new articles"] == 1
    assert visitor.count("articles") == 61
    assert visitor.captures.execute("SELECT count(*) FROM lists").fetchone()[0] == 6
    asked = {target for _, target, _ in visitor.asked}
    articles = {
        url.removeprefix("https://anthuan.example") for (url,) in visitor.archive.execute("SELECT url FROM articles")
    }
    assert len(asked & articles) == 1, "of articles the new one alone"
    clock.pass_by(days=400)
    visitor.crawl(recheck="due")
    assert len(visitor.asked) > 61
