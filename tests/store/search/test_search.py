"""What comes first, what is counted, what is shown, and what is left out."""

import random
import sqlite3
import threading

import pytest

from archiver.store.databases.opening import open_archive_file, writing
from archiver.store.search import searching as searching
from archiver.store.search.filters import Filters
from archiver.store.search.passages import MARK_BEGIN, MARK_END
from archiver.store.search.searching import search
from tests.store.search.golden import Text, keep, keep_one

FILLER = " ".join(f"chữ{number}" for number in range(60))


@pytest.fixture
def db(tmp_path):
    return open_archive_file(tmp_path / "archive.db")


def titles(found):
    return [hit.title for hit in found.hits]


def shown(text):
    return text.replace(MARK_BEGIN, "[").replace(MARK_END, "]")


class TestRanking:
    def test_title_over_lead_over_text_over_file(self, db):
        texts = [
            Text(1, "2020-01-01", "Một", None, FILLER, [("Tệp", "lúa")]),
            Text(2, "2020-01-01", "Hai", None, f"{FILLER} lúa"),
            Text(3, "2020-01-01", "Ba", "lúa", FILLER),
            Text(4, "2020-01-01", "Bốn lúa", None, FILLER),
        ]
        keep(db, texts)
        assert titles(search(db.conn, "lúa")) == ["Bốn lúa", "Ba", "Hai", "Một"]

    def test_however_often_it_stands_elsewhere_and_however_long_the_article_is(self, db):
        texts = [
            Text(1, "2020-01-01", "Nhiều lần", None, "lúa " * 40),
            Text(2, "2020-01-01", "Dài", "lúa", " ".join([FILLER] * 20)),
            Text(3, "2020-01-01", "Rất dài lúa", None, " ".join([FILLER] * 60), [("Tệp", " ".join([FILLER] * 100))]),
            *(Text(number, "2020-01-01", f"Bài {number}", None, FILLER) for number in range(4, 30)),
        ]
        keep(db, texts)
        assert titles(search(db.conn, "lúa")) == ["Rất dài lúa", "Dài", "Nhiều lần"]
        assert titles(search(db.conn, "lua")) == ["Rất dài lúa", "Dài", "Nhiều lần"]

    def test_the_shells_own_rank_agrees(self, db):
        keep(
            db,
            [
                Text(1, "2020-01-01", "Một", None, f"{FILLER} lúa"),
                Text(2, "2020-01-01", "Hai", "lúa", FILLER),
                Text(3, "2020-01-01", "Ba lúa", None, FILLER),
            ],
        )
        rows = db.execute("SELECT title FROM articles_fts WHERE articles_fts MATCH 'lua' ORDER BY rank").fetchall()
        assert [title for (title,) in rows] == ["Ba lúa", "Hai", "Một"]

    def test_what_is_as_good_comes_newest_first(self, db):
        keep(db, [Text(n, f"20{10 + n}-01-01", f"Bài {n}", None, "lúa") for n in (3, 1, 2)])
        assert titles(search(db.conn, "lúa")) == ["Bài 3", "Bài 2", "Bài 1"]

    def test_of_too_many_the_newest_are_ranked_and_that_is_said(self, db, monkeypatch):
        monkeypatch.setattr(searching, "MOST_RANKED", 10)
        keep(db, [Text(n, f"2020-01-{n:02}", f"Bài {n}", None, f"lúa {FILLER}") for n in range(1, 31)])
        with writing(db):
            db.execute("UPDATE articles SET title = 'lúa' WHERE article_key IN ('t000000001', 't000000021')")
        found = search(db.conn, "lúa", limit=100)
        assert (found.total, found.is_cut, len(found.hits)) == (30, True, 10)
        assert titles(found)[0] == "lúa", "the good one among the newest"
        assert {hit.published_on for hit in found.hits} == {f"2020-01-{day}" for day in range(21, 31)}
        assert not search(db.conn, "lúa", Filters(last="2020-01-10")).is_cut
        newest = search(db.conn, "lúa", sort="newest", limit=100)
        assert (newest.is_cut, len(newest.hits)) == (False, 30)

    def test_five_thousand_is_what_is_ranked(self):
        assert searching.MOST_RANKED == 5_000

    def test_pages_follow_one_another(self, db):
        keep(db, [Text(n, f"2020-01-{n:02}", f"Bài {n}", None, f"lúa {'lúa ' * n}") for n in range(1, 26)])
        for sort in ("rank", "newest"):
            whole = titles(search(db.conn, "lúa", sort=sort, limit=25))
            pages = [titles(search(db.conn, "lúa", sort=sort, limit=10, offset=n)) for n in (0, 10, 20, 30)]
            assert [title for page in pages for title in page] == whole
            assert len(set(whole)) == 25


class TestFilters:
    @pytest.fixture
    def filled(self, db):
        dice = random.Random(3)
        self.rows = []
        with writing(db):
            for portal in ("mot", "hai"):
                db.execute("INSERT INTO portals (portal, name) VALUES (?, ?)", (portal, portal))
            for number in range(1, 81):
                day = dice.choice(
                    [None, f"20{dice.randrange(18, 23)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"]
                )
                row = (dice.choice(["mot", "hai"]), dice.choice(["Kinh tế", "Y tế"]), dice.choice(["live", "gone"]))
                word = dice.choice(["lúa", "ngô"])
                keep_one(db, Text(number, day, f"Bài {number}", None, word), *row)
                self.rows.append((f"t{number:09d}", day, *row, word))
        return db

    @pytest.mark.parametrize("typed", ["lúa", "lua", ""])
    @pytest.mark.parametrize("sort", ["rank", "newest"])
    @pytest.mark.parametrize(
        "filters",
        [
            Filters(),
            Filters(portal="mot"),
            Filters(section="Y tế"),
            Filters(status="gone"),
            Filters(portal="hai", section="Kinh tế", status="live"),
            Filters(first="2019"),
            Filters(last="2019"),
            Filters(first="2019-03", last="2020-06"),
            Filters(first="2020-02-03", last="2020-02-03"),
            Filters(portal="mot", first="2021", last="2022-06-15"),
            Filters(portal="không có"),
        ],
        ids=str,
    )
    def test_each_filter_alone_and_together(self, filled, typed, sort, filters):
        def passes(day, portal, section, status):
            return filters.portal in (None, portal) and filters.section in (None, section) and filters.status in (None, status)  # fmt: skip

        of_kind = [row for row in self.rows if (not typed or row[5] == "lúa") and passes(*row[1:5])]
        first, last = filters.first or "", f"{filters.last}~" if filters.last else "~"
        wanted = [
            row for row in of_kind if (first <= row[1] <= last if row[1] else not (filters.first or filters.last))
        ]
        found = search(filled.conn, typed, filters, sort, limit=100)
        assert {hit.article_key for hit in found.hits} == {row[0] for row in wanted}
        assert found.total == len(wanted) == len(found.hits)
        years = {}
        for row in of_kind:
            year = int(row[1][:4]) if row[1] else None
            years[year] = years.get(year, 0) + 1
        assert dict(found.years) == years
        assert list(found.years) == sorted(found.years, key=lambda each: each[0] or 0, reverse=True)
        if sort == "newest" or not typed:
            days = [hit.published_on or "" for hit in found.hits]
            assert days == sorted(days, reverse=True)

    def test_a_period_that_is_none_does_not_count_and_is_said(self, filled):
        found = search(filled.conn, "lúa", Filters(first="gần đây", last="2020-02-31"))
        assert found.not_understood == ("gần đây", "2020-02-31")
        assert found.total == search(filled.conn, "lúa").total

    def test_what_marks_keep_out_is_counted_within_the_filters(self, db):
        keep(db, [Text(1, "2020-01-01", "Ông Minh"), Text(2, "2021-01-01", "Ông Mình"), Text(3, None, "Bà minh")])
        assert search(db.conn, "Ông Minh").more_without_marks == 1
        assert search(db.conn, "Ông Minh").without_marks == "Ong Minh"
        assert search(db.conn, "Ông Minh", Filters(last="2020")).more_without_marks == 0
        assert search(db.conn, "Ông Minh", Filters(portal="khác")).more_without_marks == 0
        assert search(db.conn, "ong minh").more_without_marks == 0


class TestHits:
    def test_marks_stand_in_the_letters_of_the_source(self, db):
        keep(db, [Text(1, "2020-01-01", "UỶ BAN nhân dân họp", "Sáng nay.", "Uỷ ban bàn về đường sá.")])
        (hit,) = search(db.conn, '"ủy ban"').hits
        assert shown(hit.marked_title) == "[UỶ BAN] nhân dân họp"
        assert (shown(hit.snippet), hit.snippet_from) == ("[Uỷ ban] bàn về đường sá.", "body")
        (hit,) = search(db.conn, "duong").hits
        assert shown(hit.marked_title) == hit.title
        assert shown(hit.snippet) == "Uỷ ban bàn về [đường] sá."

    def test_where_only_the_title_has_it_the_article_begins(self, db):
        keep(
            db, [Text(1, "2020-01-01", "Lúa chín", "Sáng nay.", "Trời nắng."), Text(2, None, "Lúa", None, "Trời mưa.")]
        )
        hits = {hit.article_key: hit for hit in search(db.conn, "lua").hits}
        assert (hits["t000000001"].snippet, hits["t000000001"].snippet_from) == ("Sáng nay.", "lead")
        assert (hits["t000000002"].snippet, hits["t000000002"].snippet_from) == ("Trời mưa.", "body")

    def test_a_long_text_is_cut_around_what_was_found(self, db):
        keep(db, [Text(1, "2020-01-01", "Bài", None, f"{FILLER} lúa {FILLER}", [("Tệp", f"{FILLER} ngô {FILLER}")])])
        (hit,) = search(db.conn, "lúa").hits
        assert shown(hit.snippet).startswith("…")
        assert "[lúa]" in shown(hit.snippet)
        assert len(hit.snippet.split()) < 45
        (hit,) = search(db.conn, "ngo").hits
        assert hit.snippet_from == "files"
        assert "[ngô]" in shown(hit.snippet)

    def test_the_passage_with_most_words_is_shown(self, db):
        keep(db, [Text(1, "2020-01-01", "Bài", "Sáng nay Hào phát biểu.", f"{FILLER} thị xã Mỹ Hào họp. {FILLER}")])
        (hit,) = search(db.conn, "mỹ hào").hits
        assert hit.snippet_from == "body"
        assert "[Mỹ] [Hào]" in shown(hit.snippet)

    def test_words_next_to_each_other_before_words_apart(self, db):
        body = f"Hào nước bên đường Mỹ. {FILLER} thị xã Mỹ Hào họp. {FILLER}"
        keep(db, [Text(1, "2020-01-01", "Bài", "Ông Hào và ông Mỹ.", body)])
        for typed in ("mỹ hào", "my hao"):
            (hit,) = search(db.conn, typed).hits
            assert hit.snippet_from == "body"
            assert "thị xã [Mỹ] [Hào] họp" in shown(hit.snippet)
            assert len(hit.snippet.split()) <= 41

    def test_a_long_phrase_is_marked_to_the_end_of_the_passage(self, db):
        phrase = " ".join(f"tiếng{number}" for number in range(60))
        keep(db, [Text(1, "2020-01-01", "Bài", None, f"{FILLER} {phrase} {FILLER}")])
        (hit,) = search(db.conn, f'"{phrase}"').hits
        assert hit.snippet.count(MARK_BEGIN) == hit.snippet.count(MARK_END) == 1

    def test_an_article_with_nothing_but_a_day(self, db):
        keep(db, [Text(1, "2020-01-01", None, None, None)])
        (hit,) = search(db.conn, "").hits
        assert (hit.title, hit.snippet) == (None, "")

    def test_an_old_text_that_came_back_is_shown(self, db):
        keep(db, [Text(1, "2020-01-01", "Bài", None, "Trời nắng.")])
        with writing(db):
            db.execute("INSERT INTO revisions (article_key, number, body) VALUES ('t000000001', 2, 'Trời mưa.')")
            db.execute("INSERT INTO revisions (article_key, number, same_as) VALUES ('t000000001', 3, 1)")
            db.execute("UPDATE articles SET revision_count = 3")
        (hit,) = search(db.conn, "trời").hits
        assert shown(hit.snippet) == "[Trời] nắng."


class TestOneState:
    def test_an_archive_that_is_written_to_is_searched_all_the_same(self, db, tmp_path):
        keep(db, [Text(n, f"2020-01-{n:02}", f"Lúa {n}", None, "lúa") for n in range(1, 29)])
        stop, failed = threading.Event(), []

        def change():
            other, count = open_archive_file(tmp_path / "archive.db"), 0
            while not stop.is_set():
                count += 1
                with writing(other):
                    other.execute("DELETE FROM articles WHERE article_key = ?", (f"t{count % 28 + 1:09d}",))
                with writing(other):
                    other.execute(
                        "INSERT INTO articles (article_key, portal, url, title, published_on, web_status, revision_count)"
                        " VALUES (?, 'demo', 'u', ?, ?, 'live', 1)",
                        (f"t{count % 28 + 1:09d}", f"Lúa {count}", f"2021-{count % 12 + 1:02}-01"),
                    )

        writer = threading.Thread(target=change)
        writer.start()
        reader = sqlite3.connect(f"file:{tmp_path / 'archive.db'}?mode=ro", uri=True)
        try:
            for _ in range(60):
                found = search(reader, "lúa", limit=100)
                if not len(found.hits) == found.total == sum(count for _, count in found.years):
                    failed.append(found)
        finally:
            stop.set()
            writer.join()
        assert not failed
        assert not reader.in_transaction

    def test_a_transaction_that_is_open_stays_open(self, db):
        keep(db, [Text(1, "2020-01-01", "Lúa")])
        with writing(db):
            db.execute("UPDATE articles SET title = 'Ngô'")
            assert search(db.conn, "ngo").total == 1
            assert db.conn.in_transaction
