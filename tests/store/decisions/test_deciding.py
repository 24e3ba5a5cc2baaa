"""The course of a decision, and what people may name an article by."""

import sqlite3
from contextlib import closing

import pytest

from archiver.store.databases.opening import open_archive, open_captures, writing
from archiver.store.decisions.deciding import Order, decide
from archiver.store.evidence.withholding import HIDDEN
from archiver.store.ground.errors import DataFolderError, LockedError
from archiver.store.ground.keys import article_key
from archiver.store.ground.locks import PortalLock
from archiver.store.interpretation.readers import sign
from archiver.store.rebuild.canonical import rows
from archiver.store.rebuild.rereading import NOBODY, Listener
from tests.store.conftest import DEMO, HOST, article, listing, url

READ = ("a", "Thị xã họp bàn việc", "09/06/2023 9:24 SA")
LISTED = ("b", "Danh sách hộ nghèo", "08/06/2023 2:00 CH")
BY_KEY = {name: article_key(DEMO, url(name)) for name in ("a", "b", "hong")}


@pytest.fixture
def known(evidence):
    """An article; one that is known from a list alone; and an address that never answered well."""
    evidence.see("Kinh-te", listing(READ, LISTED))
    evidence.see("a", article(READ[1]))
    evidence.see("hong", None, 503)
    with writing(evidence.archive):
        sign(evidence.archive, DEMO, evidence.at())
    evidence.settle()
    return evidence


def order(known, subject, decision="withhold", listener=NOBODY):
    return decide(known.folder, Order(decision, subject, "vì sao", "personal data"), known.clock, listener).article_key


@pytest.mark.parametrize("name", ["a", "b", "hong"])
@pytest.mark.parametrize("by", ["key", "url", "another spelling"])
def test_whatever_is_known_can_be_withheld_and_restored(known, name, by):
    before = list(rows(known.archive))
    named = {"key": BY_KEY[name], "url": url(name), "another spelling": f"{url(name.upper())}?utm_source=x#top"}[by]
    assert order(known, named) == BY_KEY[name]
    assert known.one("SELECT article_key, category FROM withheld") == {
        "article_key": BY_KEY[name], "category": "personal data"}  # fmt: skip
    for secret in {"a": READ[1:2], "b": LISTED[1:2], "hong": ("hong.aspx",)}[name]:
        assert secret.encode() not in b"".join(file.read_bytes() for file in known.folder.glob("archive.db*"))
    assert order(known, named, "restore") == BY_KEY[name]
    assert list(rows(known.archive)) == before


def test_a_row_that_leads_to_another_site_can_be_withheld(known):
    address = "https://bao.example/tin-1.html"
    known.see("Kinh-te", listing(READ, LISTED).replace("/portal/Pages/b.aspx", address))
    known.settle()
    assert order(known, address) == article_key(DEMO, address)
    assert HIDDEN in {each["url"] for each in known.all("SELECT url FROM list_rows")}


@pytest.mark.parametrize(
    ("subject", "decision", "complaint"),
    [
        ("khongcokey", "withhold", "no article is called 'khongcokey'; its key stands in its row"),
        (f"{HOST}/portal/Pages/khong-co.aspx", "withhold", "khong-co.aspx was never captured, and no list names it"),
        ("https://example.org/", "withhold", "was never captured, and no list names it"),
        (BY_KEY["a"], "restore", f"{BY_KEY['a']} is not withheld"),
    ],
)
def test_what_cannot_be_meant_is_explained_and_nothing_kept(known, subject, decision, complaint):
    with pytest.raises(DataFolderError) as error:
        order(known, subject, decision)
    assert complaint in str(error.value)
    assert known.captures.table("decisions").count == 0


def test_nobody_else_may_be_at_work(known):
    lock = PortalLock(known.folder, "demo")
    lock.take()
    with pytest.raises(LockedError):
        order(known, "a")
    lock.free()


def test_the_later_of_two_decisions_holds_though_the_clock_was_set_back(known):
    order(known, BY_KEY["a"])
    known.clock.pass_by(days=-400)
    order(known, BY_KEY["a"], "restore")
    assert known.all("SELECT * FROM withheld") == []
    assert known.one("SELECT title FROM articles") == {"title": READ[1]}


@pytest.mark.parametrize("behind", ["DELETE FROM portals", "UPDATE readers SET reader_version = 'x'", None])
def test_an_archive_that_is_behind_is_read_again_as_a_whole(known, behind):
    order(known, BY_KEY["b"])
    if behind:
        known.archive.execute(behind)
    read = []
    order(known, BY_KEY["a"], listener=Listener(read=lambda portal, tally: read.append((portal, tally.pages))))
    assert read == ([("demo", 3)] if behind else [])
    assert {each["article_key"] for each in known.all("SELECT article_key FROM withheld")} == {BY_KEY["a"], BY_KEY["b"]}


def test_an_archive_that_is_lost_comes_back_without_what_is_withheld(known):
    known.archive.close()
    for file in known.folder.glob("archive.db*"):
        file.unlink()
    assert order(known, url("a")) == BY_KEY["a"]
    archive = open_archive(known.folder)
    assert [each["article_key"] for each in archive["withheld"].rows] == [BY_KEY["a"]]
    assert archive["articles"].count == 0
    assert archive["list_rows"].count == 2
    assert open_captures(known.folder)["decisions"].count == 1


def test_other_articles_with_the_same_text_are_named(known):
    known.see("chep", article(READ[1]))
    known.settle()
    decided = decide(known.folder, Order("withhold", BY_KEY["a"], "x"), known.clock, NOBODY)
    assert decided.same_text == (article_key(DEMO, url("chep")),)


def test_so_are_those_that_changed_it_a_little(known):
    text = " ".join(f"Hộ số {number} được nhận {number + 3} triệu đồng." for number in range(30))
    known.see("goc", article("Danh sách", text))
    known.see("chep", article("Danh sách hộ được hỗ trợ", f"Tin của tỉnh. {text}", day="11 - 6 - 2023"))
    known.settle()
    decided = decide(known.folder, Order("withhold", article_key(DEMO, url("goc")), "x"), known.clock, NOBODY)
    assert decided.same_text == (article_key(DEMO, url("chep")),)


def test_a_reader_who_holds_on_to_what_stood_there_is_named(known, monkeypatch):
    monkeypatch.setattr("archiver.store.databases.opening.PATIENCE", 0.1, raising=False)
    with closing(sqlite3.connect(known.folder / "archive.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        with pytest.raises(DataFolderError, match="end that program"):
            order(known, BY_KEY["a"])
        reader.rollback()
    assert known.all("SELECT * FROM articles WHERE article_key = ?", BY_KEY["a"]) == []
