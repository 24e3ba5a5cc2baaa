"""Saved queries on the archive of the bad fortnight: each gives what really happened, and nothing else."""

import re
import sqlite3
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from archiver.site.described import metadata
from archiver.vietnamese.spellings import spellings
from tests.site.plots.fortnight import BLIND, KEYS, OLD

QUERIES = metadata()["databases"]["archive"]["queries"]


@pytest.fixture
def ask(get):
    def ask(name, /, **parameters):
        answer = get(f"/archive/{name}.json?{urlencode(parameters | {'_shape': 'objects', '_size': 'max'})}")
        assert answer.status_code == 200, answer.text
        return answer.json()["rows"]

    return ask


def test_there_are_fifteen_at_least():
    assert len(QUERIES) >= 15


def test_publications_by_day_tells_silence_from_blindness(ask):
    days = {row["day"]: (row["articles"], row["coverage"]) for row in ask("publications_by_day", portal="demo")}
    assert days["2025-07-03"] == (1, "seen")
    assert days["2025-07-05"] == (0, "seen")
    assert days["2025-07-08"] == (1, "blind")
    assert days["2025-07-09"] == (0, "blind")
    assert days["2025-07-10"] == (0, "not asked")
    assert days["2025-06-20"] == (1, None), "before the first look"
    assert "2025-07-01" not in days


def test_all_portals_together_are_those_of_one(ask):
    assert ask("publications_by_day") == ask("publications_by_day", portal="demo")
    assert ask("publications_by_day", portal="another") == []


def test_changes_by_day_has_the_edit_and_the_disappearance(ask):
    changes = [(row["day"], row["edits"], row["disappearances"]) for row in ask("changes_by_day", portal="demo")]
    assert [row for row in changes if any(row[1:])] == [("2025-07-04", 1, 0), ("2025-07-11", 0, 1)]
    assert len(changes) == 35, "every day from the first look to the last"


def test_coverage_spells_are_the_days_in_a_row(ask):
    spells = [(row["status"], row["first_day"], row["days"]) for row in ask("coverage_spells", portal="demo")][::-1]
    assert spells[:4] == [
        ("seen", "2025-07-02", 5), ("blind", "2025-07-07", 3), ("not asked", "2025-07-10", 1), ("seen", "2025-07-11", 2)
    ]  # fmt: skip
    assert ask("coverage_spells")[-2]["reason"] == "no answer: HTTP 503"


def test_longest_silences_leave_out_what_was_not_seen(ask):
    first, *others = ask("longest_silences")
    assert (first["first_day"], first["last_day"], first["days"]) == ("2025-07-05", "2025-07-06", 2)
    assert all(row["days"] == 1 for row in others)
    assert "2025-07-09" not in {row["first_day"] for row in others}


def test_text_removed_soon_shows_the_paragraph_that_went(ask, fortnight):
    (row,) = ask("text_removed_soon")
    assert (row["article_key"], row["days_after"]) == (KEYS["MARKET"], 1)
    assert row["removed_paragraphs"] == fortnight.removed_text
    assert row["chars_removed"] >= len(fortnight.removed_text)
    assert row["capture_before"] != row["capture_after"]


def test_an_article_that_went_soon_is_text_removed_too(fortnight):
    db = sqlite3.connect(":memory:")
    fortnight.visitor.archive.conn.backup(db)
    db.execute(
        "UPDATE articles SET web_status = 'gone', first_missing_at = '2025-07-20T01:00:00.000000Z' WHERE article_key = ?",
        (KEYS["BRIDGE"],),
    )
    rows = db.execute(QUERIES["text_removed_soon"]["sql"]).fetchall()
    assert (rows[0][0], rows[0][3], rows[0][4]) == (KEYS["BRIDGE"], 16, "the whole article")
    assert len(rows) == 2


@pytest.mark.parametrize("typed", ["Bùi Văn Đảm", "bui van dam", "BÙI VĂN ĐẢM"])
def test_a_name_is_found_in_every_spelling_and_counted_by_year(ask, typed):
    rows = [(row["year"], row["spelling"].lower(), row["articles"]) for row in ask("articles_that_name", name=typed)]
    assert rows == [("2025", "bùi văn đảm", 2), ("2024", "bùi vân đãm", 1)]


def test_the_index_hides_no_article_that_prints_a_name(ask, fortnight):
    """Looked up by words first: nothing may be lost that reading every text would find."""
    archive = fortnight.visitor.archive
    texts = list(archive.execute("SELECT title, lead, body FROM articles JOIN bodies USING (article_key)"))
    words = re.findall(r"\w+", " ".join(title for title, *_ in texts))
    pairs = [" ".join(pair) for pair in pairwise(words)][::17][:40]
    counts = {}
    for name in [*pairs, *words[::23][:30], "Thuí Mi", "bui van dam, pho", "1051/QĐ", "UBND thi xa"]:
        counts[name] = sum(row["articles"] for row in ask("articles_that_name", name=name))
        assert counts[name] == sum(len(spellings(name, *each)) for each in texts), name
    assert sum(map(bool, counts.values())) > 50


def test_who_is_not_named_is_not_found(ask):
    assert ask("articles_that_name", name="Không Ai Cả") == []
    assert ask("articles_that_name", name="Bùi Văn Đả") == []
    assert ask("articles_that_name") == []
    assert ask("articles_that_name", name='"*) OR (') == []


def test_a_document_is_found_by_its_number(ask, fortnight):
    number, key = fortnight.visitor.archive.execute(
        "SELECT number, article_key FROM document_mentions ORDER BY article_key LIMIT 1"
    ).fetchone()
    assert key in {row["article_key"] for row in ask("articles_that_cite", number=number)}
    assert {row["number"] for row in ask("articles_that_cite", number=number)} == {number}
    assert ask("articles_that_cite", number=number[:1] + "999999/QĐ-UBND") == []


@pytest.mark.parametrize(
    ("day", "shown"),
    [("2025-07-02", []), ("2025-07-03", ["MARKET"]), ("2025-07-05", ["BRIDGE", "MARKET"]),
     ("2025-07-08", ["BRIDGE", "MARKET"]), ("2025-07-11", ["BACK", "BLIND", "BRIDGE", "MARKET", "OLD"])],
)  # fmt: skip
def test_a_list_is_known_day_by_day(ask, day, shown):
    rows = ask("list_on_day", day=day, list="https://anthuan.example/portal/Pages/Kinh-te.aspx")
    names = {key: name for name, key in KEYS.items()}
    if day == "2025-07-08":
        assert rows == [], "nobody saw it, and it looked otherwise before and after"
    else:
        first_page = [row for row in rows if row["page"] == 1]
        assert [names[row["article_key"]] for row in first_page if row["article_key"] in names] == shown
        assert [row["position"] for row in first_page] == list(range(1, len(first_page) + 1))


def test_the_last_covered_day_is_meant_if_none_is_given(ask):
    assert ask("list_on_day", list="Kinh tế") == ask("list_on_day", list="Kinh tế", day="2025-08-05")


def test_time_in_latest_has_a_lower_and_an_upper_bound(ask, fortnight):
    rows = {row["article_key"]: row for row in ask("time_in_latest", portal="demo")}
    assert {row["scope"] for row in rows.values()} == {"site"}
    gone = rows[fortnight.removed]
    assert (gone["entered_after"], gone["at_most_hours"]) == (None, None), "it was there when we first looked"
    assert gone["last_seen_at"][:10] == "2025-07-06"
    assert gone["left_before"][:10] == "2025-07-11"
    assert 96 <= gone["at_least_hours"] < 97
    assert rows[KEYS["MARKET"]]["entered_after"][:10] == "2025-07-02"


def test_what_came_into_a_list_late_is_told(ask):
    late = {row["article_key"]: row for row in ask("late_in_lists")}
    assert late.keys() == {KEYS["OLD"]}, "BLIND may have been listed on its own day: nobody looked"
    row = late[KEYS["OLD"]]
    assert (row["published_on"], row["not_yet_listed_on"], row["listed_on"]) == (
        "2025-06-20",
        "2025-07-06",
        "2025-07-11",
    )
    assert row["at_least_days_late"] == 16


def test_a_revision_is_proved_by_its_captures_and_their_digests(ask, fortnight):
    captures = fortnight.visitor.captures
    for number in (1, 2):
        rows = ask("proof_of_a_revision", key=KEYS["MARKET"], number=number)
        assert rows
        for row in rows:
            stored = captures.execute(
                "SELECT captured_at, coalesce(sha256, (SELECT sha256 FROM captures AS c WHERE c.capture_key = captures"
                ".confirms)) FROM captures WHERE capture_key = ?",
                (row["capture_key"],),
            ).fetchone()
            assert stored == (row["captured_at"], row["sha256"])
    first, later = (ask("proof_of_a_revision", key=KEYS["MARKET"], number=number) for number in (1, 2))
    assert max(row["captured_at"] for row in first) < min(row["captured_at"] for row in later)
    assert ask("proof_of_a_revision", key=KEYS["MARKET"]) == first + later


def test_older_queries_see_the_fortnight_too(ask, fortnight):
    assert [row["article_key"] for row in ask("latest_edits")] == [KEYS["MARKET"]]
    assert [row["article_key"] for row in ask("missing")] == [fortnight.removed]
    assert len(ask("both_versions", article_key=KEYS["MARKET"], number=2)) == 2
    assert ask("published_per_month", portal="demo")[0] == {
        "month": "2025-07", "section": "Kinh tế", "articles": 4,
        "syllables": sum(r["syllables"] for r in fortnight.visitor.archive.query(
            "SELECT syllables FROM articles WHERE published_on >= '2025-07'")),
    }  # fmt: skip
    assert {row["list_kind"] for row in ask("shown_in_lists", article_key=KEYS["OLD"])} >= {"section", "latest"}


def test_a_day_of_no_article_is_not_invented(ask):
    assert BLIND.listed_at.date().isoformat() not in {row["first_day"] for row in ask("longest_silences")}
    assert OLD.listed_at.date().isoformat() in {row["day"] for row in ask("publications_by_day")}
