"""Searching in the plain sqlite3 shell, as README says: most of it works without any of our functions."""

import shutil
import sqlite3
import subprocess
import unicodedata

import pytest

from tests.store.search.golden import kept_in


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return kept_in(tmp_path_factory.mktemp("shell"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("my hao", {1, 2, 3, 4, 6, 7, 8}),  # not Mĩ: that takes (my OR mi)
        ("(my OR mi) AND hao", {1, 2, 3, 4, 5, 6, 7, 8}),
        ("MY HAO", {1, 2, 3, 4, 6, 7, 8}),
        ('"my hao"', {1, 2, 3, 4, 6, 7, 8}),
        ('"Mỹ Hào"', {1, 6, 7}),
        ('"MỸ HÀO"', {1, 6, 7}),
        ("duong", {1, 2, 9, 10, 18, 39, 42}),
        ("đường", {1, 9, 10, 42}),
        ('"ủy ban"', {11, 12, 14, 15, 39}),  # not uỷ: it is indexed as ủy
        ("uy ban", {11, 12, 14, 15, 39}),
        ("hòa", {7, 16, 17}),
        ('"hoàn thành"', {16, 17}),
        ('"quý"', {21, 22}),
        ("liet sy", {28}),
        ('"Đào Quang Minh"', {24}),
        ("dao quang minh", {24, 25, 26}),
        ("chuyen*", {5, 6, 52, 53}),
        ("hội nghị NOT (tổng kết hội)", set()),
        ("ubnd OR (uy ban nhan dan)", {11, 12, 13, 14, 48}),
        ('"1051 QĐ UBND"', {48}),
        ("title_folded : my hao", {1, 2, 3, 4, 6, 7, 8}),
        ("nhạn", {58}),
    ],
)
def test_a_query_in_the_shells_own_words(file, typed, found):
    db = sqlite3.connect(file)
    rows = db.execute(
        "SELECT article_key FROM articles JOIN articles_fts ON articles_fts.rowid = search_number"
        " WHERE articles_fts MATCH ? ORDER BY rank",
        (typed,),
    ).fetchall()
    assert {int(key[1:]) for (key,) in rows} == found


def test_the_newest_come_last_to_first_and_the_letters_are_those_of_the_source(file):
    db = sqlite3.connect(file)
    rows = db.execute(
        "SELECT snippet(articles_fts, -1, '[', ']', '…', 8) FROM articles_fts WHERE articles_fts MATCH 'hoa binh'"
        " ORDER BY rowid DESC"
    ).fetchall()
    as_kept = unicodedata.normalize("NFD", "[Hoà] [bình] và hạnh phúc là lời chúc…")
    assert rows == [(as_kept,)]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell on this machine")
def test_the_shell_itself(file):
    query = "SELECT title FROM articles_fts WHERE articles_fts MATCH '\"Mỹ Hào\"' ORDER BY rank LIMIT 1"
    ran = subprocess.run(["sqlite3", "-readonly", str(file), query], capture_output=True, text=True, timeout=30)
    if "no such module: fts5" in ran.stderr:
        pytest.skip("the shell was made without FTS5")
    assert "mỹ hào" in unicodedata.normalize("NFC", ran.stdout).lower()
