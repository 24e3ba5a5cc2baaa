"""The index is right after whatever is done to the rows, and where it is not, that is noticed."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archiver.store.databases.archive_schema import ARCHIVE
from archiver.store.databases.opening import keep_searchable, open_archive, open_archive_file, writing
from archiver.store.decisions.deciding import Order, decide
from archiver.store.evidence.withholding import save_decision, withheld_articles
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.readers import sign
from archiver.store.rebuild.rereading import NOBODY
from archiver.store.search.check import faults_of_every_word, faults_of_index
from archiver.store.search.schema import triggers
from archiver.store.search.searching import search
from tests.store.conftest import DEMO, Evidence, article, url
from tests.store.search.golden import Text, keep, keep_one, texts
from tests.store.search.watching import words_anew, words_of

DOCUMENT = "</p><p><a href='/VanBan/1.pdf'>Phụ lục kèm theo</a>"


@pytest.fixture
def golden(tmp_path):
    db = open_archive_file(tmp_path / "archive.db")
    keep(db, texts())
    return db


def finds(db, typed):
    return {hit.article_key for hit in search(db.conn, typed, limit=100).hits}


def faults(db):
    return [*faults_of_index(db), *faults_of_every_word(db)]


def plain(db):
    """The same file, for a program that does not know our functions."""
    (file,) = [file for _, name, file in db.execute("PRAGMA database_list").fetchall() if name == "main"]
    return sqlite3.connect(file)


class TestWhatCapturesDo:
    def check(self, evidence):
        assert faults(evidence.archive) == []
        assert words_of(evidence.archive) == words_anew(evidence.archive)

    def test_a_new_article_is_found_and_its_lead_and_files_are(self, evidence):
        evidence.see("a", article("Thị xã họp", f"<b>Mở đầu của bài viết này.</b></p><p>Một.{DOCUMENT}"))
        key = article_key(DEMO, url("a"))
        for typed in ("thi xa", '"mở đầu của bài"', "một", "phụ lục kèm theo"):
            assert finds(evidence.archive, typed) == {key}, typed
        self.check(evidence)

    def test_a_revision_is_found_and_the_text_before_is_not(self, evidence):
        evidence.see("a", article(body="Trời nắng."))
        evidence.see("a", article(body="Trời mưa."))
        assert finds(evidence.archive, "mưa")
        assert not finds(evidence.archive, "nắng")
        self.check(evidence)

    def test_an_old_text_that_comes_back_is_found_again(self, evidence):
        for body in ("Trời nắng.", "Trời mưa.", "Trời nắng."):
            evidence.see("a", article(body=body))
        assert finds(evidence.archive, "nắng")
        assert not finds(evidence.archive, "mưa")
        self.check(evidence)

    def test_a_day_that_is_corrected_numbers_the_article_anew(self, evidence):
        evidence.see("a", article("Cũ nhất", day="1 - 1 - 2020"))
        evidence.see("b", article("Mới hơn", day="1 - 1 - 2021"))
        evidence.see("a", article("Cũ nhất", day="1 - 1 - 2022"))
        found = search(evidence.archive.conn, "thi xa hop", sort="newest")
        assert [hit.title for hit in found.hits] == ["Cũ nhất", "Mới hơn"]
        assert found.years == ((2022, 1), (2021, 1))
        self.check(evidence)

    def test_a_capture_that_comes_late_tells_the_story_anew(self, evidence):
        first = evidence.keep(url("a"), article(body="Trời nắng."))
        evidence.see("a", article(body="Trời mưa."))
        evidence.tell(first)
        assert finds(evidence.archive, "mưa")
        assert not finds(evidence.archive, "nắng")
        self.check(evidence)

    def test_the_text_of_a_document_that_comes_later_is_found(self, evidence):
        evidence.see("a", article(body=f"Xem tệp.{DOCUMENT}"))
        with writing(evidence.archive):
            evidence.archive.execute("UPDATE attachments SET text = 'Thửa đất số bảy'")
        assert finds(evidence.archive, "thửa đất") == {article_key(DEMO, url("a"))}
        assert search(evidence.archive.conn, "thửa đất").hits[0].snippet_from == "files"
        self.check(evidence)

    def test_reading_all_again_gives_the_same(self, evidence):
        for name in "abc":
            evidence.see(name, article(f"Tin {name} của thị xã", f"Bài {name}.{DOCUMENT}"))
        evidence.see("b", article("Tin b đã sửa"))
        evidence.settle()
        before = words_of(evidence.archive)
        evidence.rebuild()
        assert words_of(evidence.archive) == before
        self.check(evidence)
        evidence.see("d", article("Tin sau khi đọc lại"))
        assert finds(evidence.archive, "đọc lại")
        self.check(evidence)

    def test_nothing_of_a_withheld_article_is_left_in_the_index(self, evidence):
        evidence.see("a", article("Danh sách hộ nghèo", "Ông Zzyzx."))
        evidence.see("b", article("Xã khánh thành", "Hai."))
        evidence.settle()
        self.decide(evidence, "withhold", "2025-07-02T00:00:00.000000Z")
        assert not finds(evidence.archive, "zzyzx")
        evidence.archive.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = b"".join(file.read_bytes() for file in evidence.folder.glob("archive.db*"))
        assert b"zzyzx" not in content
        self.check(evidence)
        self.decide(evidence, "restore", "2025-07-03T00:00:00.000000Z")
        assert finds(evidence.archive, "Zzyzx") == {article_key(DEMO, url("a"))}
        self.check(evidence)

    def test_nor_where_the_decision_alone_is_carried_through(self, evidence):
        for number in range(12):
            evidence.see(f"bai-{number}", article(f"Tin số {number}"))
        evidence.see("a", article("Danh sách hộ nghèo", "Ông Zzyzx."))  # FTS5 writes only what a word has of its own
        with writing(evidence.archive):
            sign(evidence.archive, DEMO, evidence.at())
        evidence.settle()
        for decision in ("withhold", "restore"):
            decide(evidence.folder, Order(decision, url("a"), "vì sao"), evidence.clock, NOBODY)
            evidence.archive.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            content = b"".join(file.read_bytes() for file in evidence.folder.glob("archive.db*"))
            assert (b"zzyzx" in content) == (decision == "restore")
            self.check(evidence)

    def decide(self, evidence, decision, at):
        save_decision(evidence.captures, DEMO, article_key(DEMO, url("a")), decision, "personal data", "Vì sao", at)
        evidence.rebuild()
        evidence.reader.withheld = withheld_articles(evidence.captures, DEMO)

    CHANGES = st.one_of(
        st.tuples(
            st.just("see"),
            st.sampled_from("abc"),
            st.sampled_from(["Trời nắng.", "Trời mưa.", f"Có tệp.{DOCUMENT}"]),
            st.sampled_from(["1 - 1 - 2020", "9 - 6 - 2023", None]),
        ),
        st.tuples(st.just("late"), st.sampled_from("abc"), st.sampled_from(["Trời nắng.", "Trời gió."])),
        st.tuples(st.just("document"), st.sampled_from(["Thửa đất", "Thửa ruộng", None])),
        st.tuples(st.sampled_from(["withhold", "restore"])),
        st.tuples(st.just("rebuild")),
        st.tuples(st.just("settle")),
    )

    @settings(max_examples=25, deadline=None)
    @given(changes=st.lists(CHANGES, max_size=12))
    def test_whatever_is_captured_and_decided(self, changes, tmp_path_factory):
        evidence = Evidence(tmp_path_factory.mktemp("data"))
        for count, (what, *more) in enumerate(changes):
            if what == "see":
                evidence.see(more[0], article(f"Tin {more[0]}", more[1], day=more[2]))
            elif what == "late":
                capture = evidence.keep(url(more[0]), article(f"Tin {more[0]}", more[1]))
                evidence.see(more[0], article(f"Tin {more[0]}", "Trời tối."))
                evidence.tell(capture)
            elif what == "document":
                evidence.archive.execute("UPDATE attachments SET text = ? WHERE position = 1", (more[0],))
            elif what in ("withhold", "restore"):
                self.decide(evidence, what, f"2025-07-02T00:00:{count:02}.000000Z")
            else:
                getattr(evidence, what)()
            assert faults(evidence.archive) == []
        self.check(evidence)


KEYS = st.sampled_from(["t000000001", "t000000002", "t000000003"])
WORDS = st.sampled_from(["Mỹ Hào", "uỷ ban", "đường", "", None])
DAYS = st.sampled_from(["2020-02-02", "2021-01-01", "1950-01-01", "no day", None])
NEW_ARTICLE = "INSERT INTO articles (article_key, title, published_on, revision_count) VALUES (?1, ?2, ?3, 1)"
STATEMENTS = st.one_of(
    st.tuples(
        st.sampled_from(
            [
                NEW_ARTICLE.replace("INSERT", "INSERT OR IGNORE"),
                NEW_ARTICLE.replace("INSERT", "INSERT OR REPLACE"),
                f"{NEW_ARTICLE} ON CONFLICT DO UPDATE SET lead = excluded.title",
                f"{NEW_ARTICLE} ON CONFLICT DO UPDATE SET url = excluded.title",
                "UPDATE articles SET title = ?2, published_on = ?3 WHERE article_key = ?1",
                "UPDATE OR IGNORE articles SET article_key = ?1, lead = ?2 WHERE ?3 IS NULL",
                "UPDATE OR REPLACE articles SET article_key = ?1, lead = ?2 WHERE published_on = ?3",
                "UPDATE articles SET revision_count = 2 WHERE article_key = ?1 AND ?2 IS ?2 AND ?3 IS ?3",
                "DELETE FROM articles WHERE article_key = ?1 AND ?2 IS ?2 AND ?3 IS ?3",
                "DELETE FROM articles WHERE ?1 IS ?1 AND ?2 IS ?2 AND ?3 IS ?3",
            ]
        ),
        KEYS,
        WORDS,
        DAYS,
    ),
    st.tuples(
        st.sampled_from(
            [
                "INSERT OR IGNORE INTO revisions (article_key, number, body, same_as) VALUES (?1, ?3, ?2, NULL)",
                "INSERT OR REPLACE INTO revisions (article_key, number, body, same_as) VALUES (?1, ?3, ?2, NULL)",
                "INSERT OR REPLACE INTO revisions (article_key, number, same_as) VALUES (?1, 2, ?3 + (?2 IS NULL) * 0)",
                "UPDATE revisions SET body = ?2 WHERE article_key = ?1 AND number = ?3",
                "UPDATE OR REPLACE revisions SET number = ?3 WHERE article_key = ?1 AND ?2 IS ?2",
                "DELETE FROM revisions WHERE article_key = ?1 AND number = ?3 AND ?2 IS ?2",
                "INSERT OR IGNORE INTO attachments (article_key, position, text) VALUES (?1, ?3, ?2)",
                "INSERT OR REPLACE INTO attachments (article_key, position, label) VALUES (?1, ?3, ?2)",
                "UPDATE attachments SET label = ?2 WHERE article_key = ?1 AND ?3 IS ?3",
                "UPDATE OR REPLACE attachments SET position = 3 - position WHERE article_key = ?1 AND ?2 IS ?2 AND ?3 IS ?3",
                "UPDATE attachments SET sha256 = ?2 WHERE article_key = ?1 AND ?3 IS ?3",
                "DELETE FROM attachments WHERE article_key = ?1 AND ?3 IS ?3 AND ?2 IS ?2",
            ]
        ),
        KEYS,
        WORDS,
        st.sampled_from([1, 2]),
    ),
)


class TestWhatStatementsDo:
    @pytest.mark.parametrize("recursive", [True, False])
    @settings(max_examples=60, deadline=None)
    @given(statements=st.lists(STATEMENTS, max_size=25))
    def test_whatever_is_changed(self, recursive, statements, tmp_path_factory):
        db = open_archive_file(tmp_path_factory.mktemp("data") / "archive.db")
        db.execute(f"PRAGMA recursive_triggers = {recursive:d}")
        for number in (1, 2):
            keep_one(db, Text(number, "2020-02-02", "Thị xã Mỹ Hào", None, "Sửa đường.", [("Tệp", "bảy")]))
        for statement, *values in statements:
            db.execute(statement, values)
        assert faults(db) == []
        assert words_of(db) == words_anew(db)

    @settings(max_examples=60, deadline=None)
    @given(written=st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=4))
    def test_whatever_is_written(self, written, tmp_path_factory):
        """Letters of any script: the check finds no fault where there is none."""
        db = open_archive_file(tmp_path_factory.mktemp("data") / "archive.db")
        keep(db, [Text(number, None, *three) for number, three in enumerate(written)])
        assert faults(db) == []

    def test_a_change_that_is_taken_back_leaves_all_as_it_was(self, golden):
        before = words_of(golden)
        golden.conn.execute("BEGIN")
        golden.execute("UPDATE articles SET title = 'Khác hẳn'")
        golden.execute("DELETE FROM attachments")
        golden.conn.rollback()
        assert words_of(golden) == before
        assert faults(golden) == []

    def test_a_program_without_our_functions_is_refused_and_spoils_nothing(self, golden):
        other = plain(golden)
        for statement in (
            "INSERT INTO articles (article_key, title) VALUES ('k', 'Mới')",
            "UPDATE articles SET title = 'x'",
            "UPDATE articles SET published_on = '2020-01-01'",
            "DELETE FROM articles",
            "UPDATE revisions SET body = 'x'",
            "DELETE FROM revisions",
            "INSERT OR REPLACE INTO attachments (article_key, position, text) VALUES ('t000000057', 1, 'x')",
            "UPDATE attachments SET text = 'x'",
            "DELETE FROM attachments",
        ):
            with pytest.raises(sqlite3.OperationalError, match="no such function: vi_"):
                other.execute(statement)
        other.execute("UPDATE articles SET web_status = 'gone'")
        other.execute("UPDATE attachments SET sha256 = 'x'")
        other.execute("INSERT INTO images (article_key, position) VALUES ('k', 1)")
        other.commit()
        other.execute("VACUUM")
        assert faults(golden) == []

    def test_a_million_articles_of_one_day_are_refused_not_misnumbered(self, golden):
        golden.execute("UPDATE articles SET search_number = search_number + 1048573 WHERE published_on = '2023-06-09'")
        row = {"article_key": "k", "published_on": "2023-06-09"}
        golden["articles"].insert(row)
        with pytest.raises(sqlite3.IntegrityError, match=r"articles_fts_entries\.number"):
            golden["articles"].insert({**row, "article_key": "l"})


class TestWhatGoesWrong:
    def test_a_rebuild_by_fts5_itself(self, golden):
        golden.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        assert not finds(golden, "hoi nghi"), "which is why it matters"
        (fault,) = faults_of_index(golden)
        assert "with marks and without unlike" in fault
        assert "archiver reparse" in fault
        assert list(faults_of_every_word(golden))

    def test_a_trigger_that_is_gone(self, golden):
        golden.execute("DROP TRIGGER articles_after_update_search")
        (fault,) = faults_of_index(golden)
        assert "triggers are gone" in fault
        assert "articles_after_update_search" in fault
        golden.execute("UPDATE articles SET title = 'Khác hẳn' WHERE article_key = 't000000001'")
        found = list(faults_of_index(golden))
        assert any("say something else" in fault and "t000000001" in fault for fault in found)

    @pytest.mark.parametrize("table", ["articles", "revisions", "attachments"])
    def test_a_table_that_was_transformed(self, golden, table):
        """Which drops its triggers, and says nothing of it."""
        golden.table(table).transform(types={"article_key": str})
        (fault,) = faults_of_index(golden)
        assert f"{table}_after_update_search" in fault
        assert words_of(golden) == words_anew(golden)

    @pytest.mark.parametrize("name", sorted(triggers()))
    def test_any_trigger_that_is_gone(self, golden, name):
        golden.execute(f"DROP TRIGGER {name}")
        assert any(name in fault for fault in faults_of_index(golden))

    def test_a_trigger_that_is_another(self, golden):
        golden.execute("DROP TRIGGER articles_before_update_search")
        golden.execute("CREATE TRIGGER articles_before_update_search BEFORE UPDATE ON articles BEGIN SELECT 1; END")
        assert any("articles_before_update_search" in fault for fault in faults_of_index(golden))

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ("DELETE FROM articles_fts_entries WHERE article_key = 't000000003'", "the search index lacks"),
            ("DELETE FROM articles_fts_docsize WHERE id = (SELECT min(id) FROM articles_fts_docsize)", "went out"),
            ("INSERT INTO articles_fts (rowid, title) VALUES (7, 'Ma')", "belong to no article"),
            ("UPDATE articles SET search_number = 7 WHERE article_key = 't000000003'", "the search index lacks"),
            ("INSERT INTO articles_fts_entries VALUES (7, 'k', 'x')", "that the archive has not"),
            ("UPDATE articles_fts_entries SET digest = 'x' WHERE article_key = 't000000003'", "something else"),
            ("DELETE FROM articles_fts_version", "made by another version"),
            ("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')", "their own words do not find"),
        ],
    )
    def test_what_was_changed_behind_its_back(self, golden, change, fault):
        golden.execute(change)
        assert any(fault in each for each in faults_of_index(golden)), list(faults_of_index(golden))

    def test_words_of_one_article_under_the_number_of_another(self, golden):
        """The quick check may pass; that of every word does not."""
        one, two = golden.execute(
            "SELECT number, title, lead, body FROM articles_fts_source WHERE number > 1 ORDER BY number LIMIT 2"
        ).fetchall()
        for (number, *now), (_, *then) in ((one, two), (two, one)):
            for what, (title, lead, body) in (("'delete', ", now), ("", then)):
                golden.execute(
                    f"INSERT INTO articles_fts ({'articles_fts, ' if what else ''}rowid, title, lead, body, title_folded,"
                    f" lead_folded, body_folded) VALUES ({what}?1, vi_exact(?2), vi_exact(?3), vi_exact(?4),"
                    " vi_folded(?2), vi_folded(?3), vi_folded(?4))",
                    (number, title, lead, body),
                )
        assert list(faults_of_every_word(golden))

    def test_a_change_of_what_is_already_wrong_is_refused(self, golden):
        trigger = golden.execute("SELECT sql FROM sqlite_master WHERE name = 'articles_after_update_search'").fetchone()
        golden.execute("DROP TRIGGER articles_after_update_search")
        golden.execute("UPDATE articles SET title = 'Khác hẳn' WHERE article_key = 't000000001'")
        golden.execute(trigger[0])
        with pytest.raises(sqlite3.IntegrityError, match="archiver reparse makes it anew"):
            golden.execute("UPDATE articles SET title = 'Lại khác' WHERE article_key = 't000000001'")
        golden.execute("UPDATE articles SET title = 'Lại khác' WHERE article_key = 't000000002'")

    def test_looking_at_every_word_leaves_all_as_it_is(self, golden):
        before = golden.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        assert list(faults_of_every_word(golden)) == []
        assert golden.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall() == before
        assert not golden.conn.in_transaction
        assert finds(golden, "mỹ hào")


class TestOpening:
    def test_what_another_version_made_is_made_anew(self, golden, tmp_path, caplog):
        right = words_of(golden)
        golden.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        golden.execute("UPDATE articles_fts_version SET version = '0'")
        golden.execute("DROP TRIGGER articles_after_update_search")
        golden.execute("CREATE TRIGGER old_search AFTER UPDATE ON articles BEGIN SELECT 1; END")
        golden.close()
        db = open_archive(tmp_path)
        assert "made anew" in caplog.text
        assert words_of(db) == right
        assert faults(db) == []
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'old_search'").fetchone()

    def test_an_archive_from_before_there_was_an_index_has_one_then(self, golden, tmp_path):
        right = words_of(golden)
        old = Database(sqlite3.connect(tmp_path / "old.db", isolation_level=None))
        (first,) = [each.name for each in ARCHIVE._migrations if each.name.endswith("_search")]
        ARCHIVE.apply(old, stop_before=first)
        golden.conn.execute("ATTACH ? AS old", (str(tmp_path / "old.db"),))
        for table in ("portals", "articles", "revisions", "attachments"):
            columns = ", ".join(old.table(table).columns_dict)
            golden.execute(f"INSERT INTO old.{table} ({columns}) SELECT {columns} FROM {table}")
        db = open_archive_file(tmp_path / "old.db")
        assert words_of(db) == right
        assert faults(db) == []

    @pytest.mark.parametrize("table", ["articles", "revisions", "attachments"])
    def test_a_migration_that_transforms_a_table_leaves_it_right(self, golden, tmp_path, monkeypatch, table):
        def m999_future(db):
            db.execute("UPDATE articles SET title = 'Khác hẳn' WHERE article_key = 't000000001'")
            db.table(table).transform(types={"article_key": str})
            db.execute("UPDATE articles SET lead = 'Mở đầu' WHERE article_key = 't000000002'")

        golden.close()
        monkeypatch.setattr(ARCHIVE, "_migrations", [*ARCHIVE._migrations, ARCHIVE._Migration("m999", m999_future)])
        db = open_archive(tmp_path)
        assert finds(db, "khác hẳn")
        assert finds(db, "mở đầu")
        assert faults(db) == []
        assert words_of(db) == words_anew(db)

    def test_an_unwatched_archive_is_made_right_before_anything_is_added(self, golden):
        golden.execute("DROP TRIGGER revisions_after_delete_search")
        golden.execute("UPDATE articles SET title = 'Khác hẳn' WHERE article_key = 't000000001'")
        keep_searchable(golden)
        assert faults(golden) == []

    def test_a_new_archive_is_quiet(self, tmp_path, caplog):
        open_archive(tmp_path)
        assert caplog.text == ""

    def test_numbers_follow_days_whatever_the_order_of_coming(self, golden):
        rows = golden.execute("SELECT published_on FROM articles ORDER BY search_number").fetchall()
        days = [day or "" for (day,) in rows]
        assert days == sorted(days)

    def test_vacuum_and_a_copy_leave_it_right(self, golden, tmp_path):
        golden.execute("VACUUM")
        golden.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
        assert faults(golden) == []
        copy = open_archive_file(tmp_path / "copy.db")
        assert faults(copy) == []
        assert words_of(copy) == words_of(golden)
