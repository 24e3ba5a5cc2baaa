"""What two archives must agree on: every column of every table is either compared or named as left out."""

import tracemalloc

import pytest

from archiver.items import Problem
from archiver.store.databases.opening import insert, open_archive_file, writing
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.problems import Subject, note_problems
from archiver.store.rebuild.canonical import CONTENT, LEFT_OUT, differences, rows
from tests.store.conftest import DEMO, Evidence, article, box, listing, url

SHADOWS = {"_sqlite_migrations", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An archive with a row in every table that counts, no value null where the store fills it."""
    evidence = Evidence(tmp_path_factory.mktemp("filled"))
    more = (
        "</p><p><img src='/1.jpg'></p><p><i>Ảnh một</i></p><p><a href='/VanBan/1.pdf'>Quyết định</a></p><p>Tin: Bá Pểnh"
    )
    row = ("a", "Thị xã họp bàn việc", "10/06/2023 9:24 SA")
    evidence.see(
        "a",
        article(
            body=f"<b>Mở đầu của bài viết này.</b></p><p>Một, theo Quyết định số 1051/QĐ-UBND ngày 04/3/2021.{more}",
            extra=box(row),
        ),
    )
    evidence.see("a", article(body=f"<b>Mở đầu của bài viết này.</b></p><p>Hai.{more}", extra=box(row)))
    evidence.see(
        "a",
        article(
            body=f"<b>Mở đầu của bài viết này.</b></p><p>Một, theo Quyết định số 1051/QĐ-UBND ngày 04/3/2021.{more}",
            extra=box(row),
        ),
    )
    evidence.see("Kinh-te", listing(row, ("b", "Tin của xã Cẩm Đê", "31/02/2023")))
    evidence.see("c", article(day="9/6/2023 14:30"))
    evidence.see("d", article("Tin không ai nên đọc"))
    feed = f"<rss><channel><title>Tin</title><item><title>Một</title><link>{url('a')}</link>"
    feed += "<pubDate>27 Jun 2023 10:14:00 +0700</pubDate></item></channel></rss>"
    evidence.tell(evidence.keep(url("rss"), feed))
    twice = " ".join(f"Câu số {number} của bài này." for number in range(20))
    evidence.see("e", article("Một tin", twice))
    evidence.see("f", article("Một tin đăng lại", twice))
    evidence.see_home()
    evidence.see("c", status=404)
    evidence.new_run("demo-2")
    evidence.clock.pass_by(days=1)
    evidence.see_home(status=503)
    save_decision(evidence.captures, DEMO, article_key(DEMO, url("d")), "withhold", "personal", "Vì sao", evidence.at())
    evidence.rebuild()
    evidence.settle()
    return evidence


@pytest.fixture
def full(filled):
    """The same for a test that changes it: all is as it was for the next one."""
    filled.archive.execute("SAVEPOINT as_it_was")
    yield filled
    filled.archive.execute("PRAGMA ignore_check_constraints = OFF")
    filled.archive.execute("ROLLBACK TO as_it_was")
    filled.archive.execute("RELEASE as_it_was")


def tables(db):
    return [name for name in db.table_names() if name not in SHADOWS]


def test_every_column_is_compared_or_left_out(evidence):
    for table in tables(evidence.archive):
        columns = set(evidence.archive.table(table).columns_dict)
        if LEFT_OUT.get(table) == ("*",):
            assert table not in CONTENT
            continue
        compared, left_out = set(CONTENT[table]), set(LEFT_OUT.get(table, ()))
        assert not compared & left_out
        assert compared | left_out == columns, table


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, names in CONTENT.items() for column in names])
def test_one_changed_character_in_any_column_is_seen(full, table, column):
    before = list(rows(full.archive))
    full.archive.execute("PRAGMA ignore_check_constraints = ON")
    keys = full.archive.table(table).pks
    which = "WHERE met_as = 'listed'" if table == "article_urls" else ""
    changed = full.archive.execute(
        f"UPDATE {table} SET {column} = CASE WHEN {column} IS NULL THEN 'x' ELSE {column} || 'x' END"
        f" WHERE ({', '.join(keys)}) = (SELECT {', '.join(keys)} FROM {table} {which} LIMIT 1)"
    )
    assert changed.rowcount == 1
    assert list(rows(full.archive)) != before


def test_a_row_more_or_less_is_seen(full):
    before = list(rows(full.archive))
    for table in CONTENT:
        full.archive.execute("SAVEPOINT test")
        full.archive.execute(f"DELETE FROM {table}")
        assert list(rows(full.archive)) != before, table
        full.archive.execute("ROLLBACK TO test")
    assert list(rows(full.archive)) == before


def test_our_own_times_runs_and_counts_are_not(full):
    before = list(rows(full.archive))
    for table, columns in LEFT_OUT.items():
        for column in columns:
            if column not in ("*", "snapshot", "met_as", "resolved", "problem_key", "search_number"):
                full.archive.execute(f"UPDATE {table} SET {column} = 7")
    full.archive.execute("DELETE FROM captures")
    assert list(rows(full.archive)) == before


def test_a_problem_that_is_over_does_not_count(evidence):
    evidence.see("a", article())
    evidence.settle()
    before = list(rows(evidence.archive))
    evidence.see("a", None, 503)
    assert list(rows(evidence.archive)) != before
    evidence.see("a", article(views=3))
    assert list(rows(evidence.archive)) == before


def test_what_only_a_frontier_knows_does_not_count(evidence):
    """robots.txt forbids an address, redirects turn in a circle: no capture says so, and no WARC file brings it back."""
    evidence.see("a", article())
    before = list(rows(evidence.archive))
    subject = Subject("demo", "key", url("noi-bo"))
    note_problems(evidence.archive, subject, [Problem("follow", "robots.txt forbids it")], evidence.at(days=0))
    assert list(rows(evidence.archive)) == before
    note_problems(evidence.archive, subject, [Problem("fetch", "robots.txt forbids it")], evidence.at(days=0))
    assert list(rows(evidence.archive)) != before


def test_numbers_of_rows_do_not_count(evidence):
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023")))
    before = list(rows(evidence.archive))
    evidence.archive.execute("UPDATE list_snapshots SET snapshot = snapshot + 70")
    evidence.archive.execute("UPDATE list_rows SET snapshot = snapshot + 70")
    assert list(rows(evidence.archive)) == before
    assert url("a") in str(before)


class TestDifferences:
    def test_each_row_that_only_one_side_has_is_told_with_its_side(self, full, tmp_path):
        other = open_archive_file(tmp_path / "other.db")
        full.archive.conn.backup(other.conn)
        assert list(differences(full.archive, other)) == []
        other.execute("UPDATE revisions SET lead = NULL WHERE number = 1")
        other.execute("UPDATE list_rows SET position = 2.5, listed_raw = NULL WHERE title = 'Tin của xã Cẩm Đê'")
        other.execute("DELETE FROM images")
        found = list(differences(full.archive, other))
        assert set(found) == {(*row, True) for row in set(rows(full.archive)) - set(rows(other))} | {
            (*row, False) for row in set(rows(other)) - set(rows(full.archive))
        }
        assert {table for table, _, _ in found} == {"revisions", "list_rows", "images"}
        assert [each for each in found if each[0] == "images"] == [
            ("images", row, True) for table, row in rows(full.archive) if table == "images"
        ]

    def test_a_row_that_stands_twice_is_not_the_same_as_once(self, tmp_path):
        one, other = (open_archive_file(tmp_path / f"{name}.db") for name in "ab")
        event = {"portal": "demo", "event": "closed", "detail": "x"}
        for archive, times in ((one, "12"), (other, "1")):
            for at in times:
                insert(archive, "portal_events", event | {"at": at})
        assert list(differences(one, other)) == [("portal_events", ("demo", "closed", "x"), True)]

    @pytest.mark.parametrize("step", [2, 3, 5])
    def test_rows_are_sorted_as_sqlite_sorts_them(self, tmp_path, step):
        """Damage may put anything anywhere; the two sides still meet."""
        archives = [open_archive_file(tmp_path / f"{name}.db") for name in "ab"]
        values = [None, -1, 2.5, 10, 900, "", "Z", "Đ", "a", "đ", "ữ", "😀", "z"]
        for archive, shown in zip(archives, (values, values[::step]), strict=True):
            for value in shown:
                insert(archive, "images", {"article_key": "k", "position": value})
        found = [(row[1], is_first) for _, row, is_first in differences(*archives)]
        assert sorted(found, key=str) == sorted(
            [(value, True) for value in values if value not in values[::step]], key=str
        )

    def test_no_archive_is_held_in_memory(self, tmp_path):
        archives = [open_archive_file(tmp_path / f"{name}.db") for name in "ab"]
        for archive in archives:
            with writing(archive):
                for number in range(1200):
                    body = f"{number} " + "chữ " * 2500
                    insert(archive, "revisions", {"article_key": f"k{number:09}", "number": 1, "body": body})
        archives[0].execute("UPDATE revisions SET body = 'x' || body WHERE article_key = 'k000000700'")
        tracemalloc.start()
        found = list(differences(*archives))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(found) == 2
        assert peak < 1_000_000, "bytes, of 24 MB of text on either side"
