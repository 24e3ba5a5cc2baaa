"""A published copy: numbers that name a person are nowhere in its file, and what else it says is what the archive says."""

import json
import sqlite3
from contextlib import closing

import pytest

from archiver.clock import SystemClock
from archiver.store.databases.opening import open_archive_file
from archiver.store.interpretation.file_texts import digest_of_text
from archiver.store.interpretation.published_words import ADDRESSES, JSON, OURS, tables_of
from archiver.store.rebuild.canonical import rows as canonical_rows
from archiver.store.search.functions import register
from archiver.store.sharing.copying import copy_archive, faults_of, finished_copy
from archiver.store.sharing.masking import unmasked
from tests.store.conftest import article, box, listing, url

CITIZEN, PHONE, ACCOUNT, BARE = "033085001234", "0912345678", "19012345678910", "0987654321"
SECRETS = (CITIZEN, PHONE, "0912 345 678", ACCOUNT, "19012345678911", BARE, "145678912", "145 678 912", "3942225")
WORDS = (
    f"Ông Nguyễn Văn A, CCCD {CITIZEN}, ĐT 0912 345 678, ủng hộ 1.500.000 đồng.</p><p>STK: {ACCOUNT} tại Agribank.</p>"
    "<p>Theo Quyết định số 1051/QĐ-UBND ngày 04/3/2021, CMND 145 678 912."
)


@pytest.fixture
def filled(evidence):
    """An archive in whose every corner a number stands that names a person."""
    rows = (("tin-1", f"Liên hệ {BARE}", "28/12/2021"), ("tin-2", "Tin hai", "27/12/2021"))
    evidence.see("ds", listing(*rows, title=f"Mục ĐT {BARE}"))
    image = f"<p><img src='/a-{ACCOUNT}.jpg'></p><p><i>Ảnh: CCCD {CITIZEN}</i></p>"
    files = "<p><a href='/x.pdf'>Danh sách, CMND 145678912</a></p>"
    page = article(title=f"Tin một, sđt {PHONE}", body=WORDS, extra=box(*rows)).replace(
        "</p></div>", f"</p>{image}{files}</div>"
    )
    evidence.see("tin-1", page)
    evidence.see("tin-1", page.replace("19012345678910", "19012345678911"))
    evidence.see(f"tin-{ACCOUNT}", article(title="Tin hai", body=f"Mã giao dịch {ACCOUNT}. Số máy 3942225."))
    evidence.see("tin-3", article(title="Tin ba", day="31 - 2 - 2021 lúc ĐT 0912345678"))
    evidence.settle()
    document = ("PDF", f"Danh sách: CMND 145678912, {WORDS}", 1, 0, "[]")
    evidence.archive.execute(
        "UPDATE attachments SET format = ?, text = ?, pages = ?, is_cut_off = ?, text_problems = ?, text_digest = ?,"
        " text_reader = 'x'",
        (*document, digest_of_text(*document)),
    )
    return evidence


@pytest.fixture
def copied(filled, tmp_path):
    target = tmp_path / "copy.db"
    copy = copy_archive(tmp_path / "archive.db", target, SystemClock(), "archiver 0", lambda *_: None)
    return target, copy


def all_text(file):
    with closing(sqlite3.connect(file)) as db:
        return "\n".join(db.iterdump())


def test_the_archive_itself_shows_all_of_them(filled, tmp_path):
    text = all_text(tmp_path / "archive.db")
    assert [each for each in SECRETS if each not in text] == []


def test_no_byte_of_the_copy_shows_one(copied):
    file, _ = copied
    assert [each for each in SECRETS if each.encode() in file.read_bytes()] == []
    assert sorted(each.name for each in file.parent.glob("copy.db*")) == ["copy.db"], "nothing is left beside it"


def test_what_names_nobody_is_as_it_was(filled, copied):
    file, _ = copied
    with finished_copy(file) as db:
        body = db.execute("SELECT body FROM revisions WHERE number = 1 AND title LIKE 'Tin một%'").fetchone()[0]
    assert "Ông Nguyễn Văn A, CCCD ••••••••••••, ĐT •••• ••• •••, ủng hộ 1.500.000 đồng." in body
    assert "Quyết định số 1051/QĐ-UBND ngày 04/3/2021, CMND ••• ••• •••." in body
    with finished_copy(file) as db:
        kept = list(canonical_rows(db))
    assert len(kept) == len(list(canonical_rows(filled.archive)))


def test_the_copy_says_what_was_masked_where(copied):
    file, copy = copied
    with finished_copy(file) as db:
        rows = db.execute(
            "SELECT in_table, row_key, in_column, citizens, phones, accounts, found_again FROM masked"
        ).fetchall()
        tables = {row[0] for row in rows}
        assert {"articles", "revisions", "list_rows", "images", "attachments", "captures"} <= tables
        (key,) = db.execute("SELECT article_key FROM articles WHERE title LIKE 'Tin một%'").fetchone()
        assert ("revisions", json.dumps([key, 1]), "body", 2, 1, 1, 0) in rows
        assert db.execute("SELECT is_masked, program FROM snapshot").fetchall() == [(1, "archiver 0")]
    assert copy.masked.rows == len({row[:2] for row in rows})
    assert copy.masked.counts["account"] >= 2


DIGESTS = {
    "revisions.content_sha256": "title LIKE 'Tin một%'",
    "revisions.text_sha256": "title LIKE 'Tin một%'",
    "attachments.text_digest": "true",
    "list_snapshots.rows_sha256": "true",
    "problems.problem_key": "raw LIKE '%0912345678%'",
    "articles_fts_entries.digest": "number IN (SELECT search_number FROM articles WHERE title LIKE 'Tin một%')",
}
"""Digests of published words, and in which rows these are masked."""
OF_BYTES = ("captures.sha256", "images.sha256", "attachments.sha256")


def test_no_digest_tells_the_number_to_who_tries_them_all(filled, copied):
    file, _ = copied
    text = all_text(file)
    for name, condition in DIGESTS.items():
        table, column = name.split(".")
        before = [digest for (digest,) in filled.archive.execute(f"SELECT {column} FROM {table} WHERE {condition}")]
        assert before, name
        assert all(before), name
        assert [each for each in before if each in text] == [], name


def test_every_digest_is_known(filled):
    found = {
        f"{table.name}.{column.name}"
        for table in filled.archive.tables
        for column in table.columns
        if "sha256" in column.name or "digest" in column.name
    }
    assert found == {*DIGESTS, *OF_BYTES} - {"problems.problem_key"}


def test_the_copy_is_whole_by_itself_and_knows_that_it_is_masked(copied):
    file, _ = copied
    assert faults_of(file) == []


def test_a_number_that_was_overlooked_is_a_fault(copied):
    file, _ = copied
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE list_rows SET title = 'ĐT 0912345679' WHERE title = 'Tin hai'")
    faults = faults_of(file)
    assert any(each.startswith("list_rows [") and "names a person" in each for each in faults)


def test_a_revision_that_was_altered_is_a_fault(copied):
    file, _ = copied
    with closing(sqlite3.connect(file)) as db, db:
        register(db)
        db.execute("UPDATE revisions SET body = 'khác' WHERE number = 1")
    assert any("has other content than its digest says" in each for each in faults_of(file))


def test_masking_can_be_switched_off(filled, tmp_path):
    target = tmp_path / "copy.db"
    copy_archive(tmp_path / "archive.db", target, SystemClock(), "archiver 0", lambda *_: None, masks=False)
    assert faults_of(target) == []
    with finished_copy(target) as db:
        assert list(canonical_rows(db)) == list(canonical_rows(filled.archive))
        assert db.execute("SELECT count(*) FROM masked").fetchone() == (0,)
        assert db.execute("SELECT is_masked FROM snapshot").fetchone() == (0,)


def test_a_search_index_holds_no_word_of_what_was_masked(filled, tmp_path):
    """An index with triggers, as a search would keep it."""
    db = filled.archive
    db.execute("CREATE VIRTUAL TABLE words USING fts5 (title, content='articles')")
    db.execute("INSERT INTO words (words) VALUES ('rebuild')")
    db.execute(
        "CREATE TRIGGER words_update AFTER UPDATE ON articles BEGIN"
        " INSERT INTO words (words, rowid, title) VALUES ('delete', old.rowid, old.title);"
        " INSERT INTO words (rowid, title) VALUES (new.rowid, new.title); END"
    )
    terms = "SELECT term FROM terms WHERE term GLOB '[0-9]*'"
    db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, row)")
    assert (PHONE,) in db.execute(terms).fetchall()
    target = tmp_path / "copy.db"
    copy_archive(tmp_path / "archive.db", target, SystemClock(), "archiver 0", lambda *_: None)
    with finished_copy(target) as copy:
        copy.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, row)")
        assert copy.execute(terms).fetchall() == []
        assert copy.execute("SELECT count(*) FROM words WHERE words MATCH 'tin'").fetchone() == (3,)
    assert PHONE.encode() not in target.read_bytes()


def test_addresses_that_differ_in_a_masked_number_alone_are_one(filled, tmp_path):
    (key,) = filled.archive.execute("SELECT article_key FROM articles LIMIT 1").fetchone()
    addresses = [(key, f"{url('x')}?{number}") for number in (PHONE, BARE)]
    filled.archive.conn.executemany("INSERT INTO article_urls VALUES (?, ?, 'demo', 'listed')", addresses)
    target = tmp_path / "copy.db"
    copy_archive(tmp_path / "archive.db", target, SystemClock(), "archiver 0", lambda *_: None)
    with finished_copy(target) as db:
        urls = [each for (each,) in db.execute("SELECT url FROM article_urls WHERE url LIKE '%?%'")]
        keys = [each for (each,) in db.execute("SELECT row_key FROM masked WHERE in_table = 'article_urls'")]
    assert urls == [f"{url('x')}?••••••••••"]
    assert not any(PHONE in each or BARE in each for each in keys)


def test_every_column_is_ours_or_is_looked_at(tmp_path):
    """What is not known to be ours is taken for published words: a new column is masked unless it is listed."""
    db = open_archive_file(tmp_path / "archive.db")
    looked_at = {name for table in tables_of(db) for name in table.columns}
    assert {
        "title",
        "lead",
        "body",
        "author_raw",
        "caption",
        "label",
        "text",
        "raw",
        "listed_raw",
        "detail",
    } <= looked_at
    columns = {column.name for table in db.tables for column in table.columns}
    assert columns >= (ADDRESSES | JSON)
    assert not looked_at & OURS
    assert list(unmasked(db)) == []
