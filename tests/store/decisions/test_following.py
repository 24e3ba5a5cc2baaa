"""A decision that is carried through an archive gives what a reading of all captures gives, row by row."""

import json
import random

import pytest

from archiver.clock import stamp
from archiver.demo import DemoPortal, stories
from archiver.store.databases.opening import open_archive, open_archive_file, open_captures
from archiver.store.decisions.following import follow_decision
from archiver.store.evidence.withholding import HIDDEN, save_decision
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.interpreting import interpret
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.rebuild.canonical import rows
from archiver.store.rebuild.rebuilding import rebuild
from archiver.store.runs.settling import settle
from archiver.store.search.check import faults_of_index
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor
from tests.files.making import docx, p
from tests.store.conftest import DEMO, HOST, HTML, Evidence, article, box, home, listing, url
from tests.store.rebuild.test_canonical import tables
from tests.store.search.watching import words_of

NAMES = "abcdef"
TITLES = {name: f"Tin {name} của xã Cẩm Đê" for name in NAMES}
DAYS = {name: f"0{number}/06/2023 9:24 SA" for number, name in enumerate(NAMES, 1)}
BY_ITSELF = ("readers", "reading_changes")  # when something was read, and what a report said then


def everything(db):
    """All that an archive says, counts and times included, but for the numbers of rows."""
    for table in tables(db):
        if table not in BY_ITSELF and not table.startswith("articles_fts"):
            names = [name for name in db.table(table).columns_dict if name not in ("snapshot", "search_number")]
            columns = ", ".join(f"{table}.{name}" for name in names)
            lists = "JOIN list_snapshots USING (snapshot)" if table == "list_rows" else ""
            beside = ", request_key, box, seen_from" if table == "list_rows" else ""
            found = db.execute(f"SELECT {columns}{beside} FROM {table} {lists}").fetchall()
            yield table, sorted(found, key=repr)


def row(name):
    return name, TITLES[name], DAYS[name]


def some(dice, most=3):
    """Rows that name a few articles, each under one of two spellings of its address."""
    found = [row(name) for name in dice.sample(NAMES, dice.randint(1, most))]
    return [(dice.choice([name, name.upper()]), title, printed) for name, title, printed in found]


def answers(dice, name):
    """What an address may answer: an article, alone or beside a box; a list; nothing good."""
    day, body = f"{NAMES.index(name) + 1} - 6 - 2023", f"Bài {name}, bản {dice.randint(1, 2)}."
    yield article(TITLES[name], body, day=day, extra=box(*some(dice, 1))), 200, {}
    yield article(TITLES[name], body, day=day, section=None), 200, {}
    yield listing(*some(dice), title="Văn hóa"), 200, {"form": json.dumps([["trang", "2"]])}
    yield listing(*some(dice), title="Kinh tế"), 200, {}
    yield None, 301, {"headers": (("Location", url(dice.choice(NAMES))),)}
    yield None, 304, {}
    yield None, dice.choice([404, 404, 503]), {}


def a_story(evidence, dice):
    """Captures of a few days: articles that change, list each other, lead to each other, and go."""
    for day in range(4):
        evidence.new_run(f"demo-{day}")
        evidence.see_home(home(*some(dice)))
        for _ in range(12):
            name = dice.choice(NAMES)
            html, status, more = dice.choice(list(answers(dice, name)))
            evidence.see(dice.choice([name, name.upper()]), html, status, **more)
        second_page = url(dice.choice(NAMES)) + "?page=2"
        evidence.tell(evidence.keep(second_page, listing(*some(dice), title="Kinh tế")))
        evidence.clock.pass_by(days=1)
    evidence.settle()


def decided(evidence, key, decision):
    """The archive after a decision, carried through; and the same from a reading of all captures."""
    evidence.clock.pass_by(days=1)
    save_decision(evidence.captures, DEMO, key, decision, "personal", "x", stamp(evidence.clock.now()))
    follow_decision(evidence.archive, evidence.captures, DEMO, key)
    fresh = open_archive_file(evidence.folder / "fresh.db")
    rebuild(evidence.captures, fresh, [DEMO], evidence.folder, lambda *_: None, evidence.at())
    assert list(rows(evidence.archive)) == list(rows(fresh))
    assert words_of(evidence.archive) == words_of(fresh)
    assert list(faults_of_index(evidence.archive)) == []
    return dict(everything(evidence.archive)), dict(everything(fresh))


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_a_reading_of_all_captures_gives(tmp_path, seed):
    dice = random.Random(seed)
    evidence = Evidence(tmp_path)
    a_story(evidence, dice)
    withheld = []
    for _ in range(4):
        decision = dice.choice(["withhold", "withhold", "restore"]) if withheld else "withhold"
        key = article_key(DEMO, url(dice.choice(NAMES))) if decision == "withhold" else dice.choice(withheld)
        withheld = [each for each in withheld if each != key] + [key] * (decision == "withhold")
        followed, read = decided(evidence, key, decision)
        for table, found in read.items():
            assert followed[table] == found, (table, decision, key)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Two crawls of a whole portal, faults and traps included."""
    folder = tmp_path_factory.mktemp("crawled")
    visitor = Visitor(DemoPortal(stories(30), lambda: NOW, slow_seconds=4), folder)
    visitor.crawl()
    visitor.clock.pass_by(days=1)
    story = visitor.portal.catalogue.by_section["chinh-tri"][0]
    visitor.portal.edit(story.url, title=story.title + " (sửa)")
    visitor.crawl(recheck="all")
    return visitor, article_key(DEMO, story.url)


def test_the_same_holds_of_a_whole_portal(crawled, tmp_path):
    visitor, edited = crawled
    evidence = Evidence(tmp_path)
    for file, db in (("captures.db", evidence.captures), ("archive.db", evidence.archive)):
        opened = open_captures(visitor.folder) if file == "captures.db" else open_archive(visitor.folder)
        opened.conn.backup(db.conn)
    evidence.clock = visitor.clock
    before = list(rows(evidence.archive))
    newest = evidence.all("SELECT article_key FROM list_rows GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0][
        "article_key"
    ]
    only_listed = evidence.all(
        "SELECT article_key FROM list_rows EXCEPT SELECT article_key FROM articles ORDER BY 1 LIMIT 1"
    )
    keys = [edited, newest, *(each["article_key"] for each in only_listed)]
    for decision in ("withhold", "restore"):
        for key in keys:
            followed, read = decided(evidence, key, decision)
            assert {table for table in read if followed[table] != read[table]} == set(), (decision, key)
        assert (list(rows(evidence.archive)) == before) == (decision == "restore")


def test_an_address_that_only_the_withheld_page_listed_is_gone(evidence):
    """The article itself was first captured under another spelling, and later once more, unchanged, under that one."""
    evidence.see("a", article(TITLES["a"], extra=box(row("b"))))
    for name in "Bb":
        evidence.see(name, article(TITLES["b"], day="2 - 6 - 2023"))
    evidence.settle()
    assert evidence.one("SELECT url FROM articles WHERE title = ?", TITLES["b"])["url"] == url("b")
    followed, read = decided(evidence, article_key(DEMO, url("a")), "withhold")
    assert followed == read
    assert evidence.one("SELECT url FROM articles WHERE title = ?", TITLES["b"])["url"] == url("B")


def test_what_is_named_everywhere_is_read_again_once(evidence, monkeypatch):
    """The box of the newest articles stands on every page."""
    for number in range(30):
        evidence.see(f"bai-{number}", article(f"Tin số {number}", extra=box(row("a"), row("b"))))
    evidence.see("a", article(TITLES["a"]))
    evidence.settle()
    read, page = [], evidence.reader.__class__.page
    monkeypatch.setattr(
        "archiver.store.interpretation.reading_captures.Reader.page", lambda *of: read.append(of[1]) or page(*of)
    )
    key = article_key(DEMO, url("a"))
    for decision, most in (("withhold", 3), ("restore", 3)):
        evidence.clock.pass_by(days=1)
        save_decision(evidence.captures, DEMO, key, decision, None, "x", stamp(evidence.clock.now()))
        read.clear()
        follow_decision(evidence.archive, evidence.captures, DEMO, key)
        assert len(read) == most, decision
        shown = {each["title"] for each in evidence.all("SELECT title FROM list_rows WHERE article_key = ?", key)}
        assert shown == {HIDDEN if decision == "withhold" else TITLES["a"]}


def test_what_was_not_told_yet_is_not_told_by_a_decision(evidence):
    evidence.see("a", article(body="Một."))
    evidence.keep(url("a"), article(body="Hai."))
    evidence.settle()
    key = article_key(DEMO, url("a"))
    for decision in ("withhold", "restore"):
        evidence.clock.pass_by(days=1)
        save_decision(evidence.captures, DEMO, key, decision, None, "x", stamp(evidence.clock.now()))
        follow_decision(evidence.archive, evidence.captures, DEMO, key)
    assert [each["body"] for each in evidence.all("SELECT body FROM revisions")] == ["Một."]


def test_files_of_a_withheld_article_are_hidden_and_shown_again(evidence):
    """Their addresses spell what it was about; one that another article shows stays in that one."""
    links = "<p><a href='/tep/{}.pdf'>Văn bản</a></p>"
    secret, shared = (f"{HOST}/tep/{name}.pdf" for name in ("ho-so-ong-a", "chung"))
    evidence.see("a", article(body="Kèm theo:</p>" + links.format("ho-so-ong-a") + links.format("chung") + "<p>Hết."))
    evidence.see("b", article(body="Kèm theo:</p>" + links.format("chung") + "<p>Hết."))
    for address in (secret, shared):
        evidence.tell(evidence.keep(address, None, 503))
        evidence.tell(evidence.keep(address, b"%PDF-1.4 ...", headers=(("Content-Type", "application/pdf"),)))
    evidence.settle()
    followed, read = decided(evidence, article_key(DEMO, url("a")), "withhold")
    assert followed == read
    everything = "\n".join(evidence.archive.conn.iterdump())
    assert "ho-so-ong-a" not in everything
    assert evidence.one("SELECT article_key, url FROM attachments") == {
        "article_key": article_key(DEMO, url("b")),
        "url": shared,
    }
    followed, read = decided(evidence, article_key(DEMO, url("a")), "restore")
    assert followed == read
    assert evidence.one("SELECT count(*) AS files FROM attachments") == {"files": 3}


def test_redirects_of_a_withheld_article_s_files_lead_to_nothing_that_is_shown(evidence):
    link = "<p><a href='/tep/x.docx'>Văn bản</a></p>"
    evidence.see("a", article(body=f"Kèm theo:</p>{link}<p>Hết."))
    evidence.see("b", article(body=f"Cũng vậy:</p>{link}<p>Hết."))
    evidence.tell(evidence.keep(f"{HOST}/tep/x.docx", None, 302, headers=(("Location", "/kho/ho-so-ong-a.docx"),)))
    evidence.tell(evidence.keep(f"{HOST}/kho/ho-so-ong-a.docx", docx(p("Hồ sơ."))))
    evidence.tell(evidence.keep(f"{HOST}/kho/ho-so-ong-a.docx", None, 404))
    evidence.settle()
    followed, read = decided(evidence, article_key(DEMO, url("a")), "withhold")
    assert followed == read
    assert "ho-so-ong-a" not in "\n".join(evidence.archive.conn.iterdump())
    assert evidence.one("SELECT text FROM attachments")["text"] == "Hồ sơ.", "of the article that is not withheld"


def test_an_article_that_led_to_a_withheld_one_is_not_live_again(evidence):
    for _ in range(2):
        evidence.see_home()
        evidence.see("a", article(TITLES["a"]))
        evidence.see("c", article(TITLES["a"]))
    evidence.clock.pass_by(days=1)
    evidence.see_home()
    evidence.see("a", None, 301, headers=(("Location", url("c")),))
    evidence.settle()
    status = "SELECT web_status FROM articles WHERE article_key = ?"
    assert evidence.one(status, article_key(DEMO, url("a")))["web_status"] == "moved"
    followed, read = decided(evidence, article_key(DEMO, url("c")), "withhold")
    assert followed == read
    assert evidence.one(status, article_key(DEMO, url("a")))["web_status"] == "suspect"


def test_a_list_that_a_304_brought_back_is_restored(evidence):
    one, other = ((*HTML, ("ETag", f'"{number}"')) for number in (1, 2))
    evidence.see("Kinh-te", listing(row("a"), row("b")), headers=one)
    evidence.see("Kinh-te", listing(row("c")), headers=other)
    evidence.see("Kinh-te", None, 304, headers=one)
    evidence.see("Kinh-te", listing(row("c")), headers=other)
    evidence.settle()
    before = list(rows(evidence.archive))
    for decision in ("withhold", "restore"):
        followed, read = decided(evidence, article_key(DEMO, url("Kinh-te")), decision)
        assert followed == read
        followed, read = decided(evidence, article_key(DEMO, url("a")), decision)
        assert followed == read
    assert list(rows(evidence.archive)) == before


@pytest.mark.parametrize("seed", range(6))
def test_what_leads_to_a_withheld_article_is_hidden_in_any_order(tmp_path, seed):
    """Chains of redirects to it, its files and what they lead to, whatever of these was told first."""
    evidence = Evidence(tmp_path / "one")
    link = "<p><a href='/tep/mat.docx'>Văn bản</a></p>"
    story = [
        evidence.keep(url("cu-mat-1"), None, 301, headers=(("Location", url("cu-mat-2")),)),
        evidence.keep(f"{HOST}/tep/mat.docx", None, 302, headers=(("Location", "/kho/mat-2.docx"),)),
        evidence.keep(f"{HOST}/kho/mat-2.docx", None, 404),
        evidence.keep(url("cu-mat-2"), None, 301, headers=(("Location", url("a")),)),
        evidence.keep(url("a"), article("Chuyện kín", body=f"Kèm theo:</p>{link}<p>Hết.")),
        evidence.keep(url("a"), None, 302, headers=(("Location", "https://noikhac.example/chuyen-mat"),)),
        evidence.keep(url("b"), article(TITLES["b"])),
    ]
    save_decision(evidence.captures, DEMO, article_key(DEMO, url("a")), "withhold", None, "x", evidence.at(days=0))
    archive, early = open_archive(tmp_path / "other"), Evidence(tmp_path / "empty")
    save_decision(early.captures, DEMO, article_key(DEMO, url("a")), "withhold", None, "x", evidence.at(days=0))
    reader = Reader(early.captures, DEMO)  # as of a run that begins before any of it is captured
    reader.captures = evidence.captures
    save_portal(archive, DEMO)
    for capture in random.Random(seed).sample(story, len(story)):
        interpret(archive, reader, capture, reader.page(capture))
    settle(archive, evidence.captures, DEMO)
    assert "mat" not in "\n".join(f"{row}" for table in ("captures", "problems") for row in archive[table].rows)
    evidence.rebuild()
    for table in ("captures", "problems"):
        one, other = (sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for db in (archive, evidence.archive))
        assert one == other
