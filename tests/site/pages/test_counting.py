"""Figures that pages count from indexes alone are those that counting row by row gives."""

import pytest

from archiver.site.pages.home import _facts
from archiver.site.pages.plots import portals
from archiver.site.saved_queries import rows_of, saved_queries
from archiver.store.databases.opening import open_archive
from bench.search_corpus import fill
from bench.serving_corpus import tell_more


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    archive = open_archive(tmp_path_factory.mktemp("data"))
    fill(archive, 400)
    tell_more(archive)
    archive.execute("UPDATE articles SET published_on = NULL WHERE rowid % 40 = 1")
    archive.execute("INSERT INTO portals (portal, name, web_status) VALUES ('none', 'none', 'up')")
    return archive.conn


def all_of(db, query):
    return db.execute(query).fetchall()


def test_the_home_page_counts_portals_and_years(db):
    facts = _facts(db)
    shown = [
        (row["portal"], row["articles"], row["first_day"], row["last_day"], row["looked_at"])
        for row in facts["portals"]
    ]
    assert sorted(shown) == all_of(
        db,
        "SELECT portals.portal, count(article_key), min(published_on), max(published_on), max(last_checked_at)"
        " FROM portals LEFT JOIN articles USING (portal) GROUP BY 1 ORDER BY 1",
    )
    assert [(row["year"], row["articles"]) for row in facts["years"]] == all_of(
        db,
        "SELECT substr(published_on, 1, 4) AS year, count(*) FROM articles WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1",
    )
    assert [row["articles"] for row in portals(db)] == [row["articles"] for row in facts["portals"]]


def test_the_home_page_calls_nothing_missing_that_moved_or_is_behind_a_silent_portal(told):
    shown = {row["article_key"] for row in _facts(told.archive().conn)["missing"]}
    assert {told.key("gone"), told.key("suspect")} <= shown
    assert told.key("moved") not in shown


@pytest.mark.parametrize("portal", ["", "hai", "none", "unknown"])
def test_the_plots_count_as_row_by_row(db, portal):
    per_month = rows_of(db, "published_per_month", portal=portal)
    expected = db.execute(
        "SELECT substr(published_on, 1, 7), section, count(*), sum(syllables) FROM articles"
        " WHERE published_on IS NOT NULL AND ? IN ('', portal) GROUP BY 1, 2 ORDER BY 1, 2",
        (portal,),
    ).fetchall()
    assert sorted(tuple(row.values()) for row in per_month) == expected
    days = rows_of(db, "publications_by_day", portal=portal)
    assert sum(row["articles"] for row in days) == sum(count for _, _, count, _ in expected)


@pytest.mark.parametrize("name", ["publications_by_day", "published_per_month", "changes_by_day"])
def test_plots_look_at_no_row_of_an_article_that_they_do_not_show(db, name):
    plan = db.execute(f"EXPLAIN QUERY PLAN {saved_queries()[name]['sql']}", {"portal": "hai"}).fetchall()
    steps = [step for *_, step in plan if " articles " in step]
    usual = ("COVERING INDEX", "articles_that_are_missing", "sqlite_autoindex_articles_1")
    assert steps
    assert all(any(words in step for words in usual) for step in steps), steps


def test_an_empty_archive_has_no_years(tmp_path):
    assert _facts(open_archive(tmp_path).conn)["years"] == []


def test_the_indexes_are_there(db):
    names = {name for (name,) in all_of(db, "SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert "idx_articles_portal_section_published_on_syllables" in names
