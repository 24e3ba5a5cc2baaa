"""No page takes longer than it may, and what takes too long says so in plain words."""

import asyncio

import pytest

from archiver.site.public.editions import IS_FREE
from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_archive
from tests.site.public.conftest import Visitor, crawled, snapshots

__all__ = ["crawled", "snapshots"]

PAGES = ("/search?q=x", "/search.json?q=x", "/search.csv?q=x", "/search.atom?q=x", "/search/edits.atom?q=x", "/edits")
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"


@pytest.fixture
def slow(tmp_path, monkeypatch):
    """A site in which every question is one without an end, after a time that is short here."""
    open_archive(tmp_path).close()
    site = datasette_for(tmp_path / "archive.db")
    site._settings["sql_time_limit_ms"] = 30

    def endless(db, *_, **__):
        return db.execute(ENDLESS).fetchall()

    for place in ("search._found", "search_files._write", "search_feeds._latest", "edits._edits"):
        monkeypatch.setattr(f"archiver.site.pages.{place}", endless)
    return site


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "words"), [("vi", "quá nhiều thời gian"), ("en", "took too long")])
def test_a_page_ends_in_plain_words(slow, path, language, words):
    answer = asyncio.run(slow.client.get(path, headers={"Accept-Language": language}))
    assert answer.status_code == 400
    assert words in (answer.json()["error"] if ".json" in path else answer.text)


@pytest.mark.parametrize(("is_free", "milliseconds"), [(True, 2000), (False, 3000)])
def test_on_the_public_site_our_own_queries_have_longer(snapshots, monkeypatch, is_free, milliseconds):
    visitor, asked = Visitor(snapshots), []
    database = visitor.site.edition.datasette.get_database("archive")

    async def note(question):
        asked.append(question.milliseconds if hasattr(question, "milliseconds") else None)
        raise ValueError

    monkeypatch.setattr(database.free_sql, "ask", note)
    monkeypatch.setattr("archiver.site.public.editions.ask", lambda _, question: asked.append(question.milliseconds))
    IS_FREE.set(is_free)
    with pytest.raises((ValueError, AttributeError)):
        asyncio.run(database.execute("SELECT 1"))
    IS_FREE.set(False)
    assert asked == [milliseconds]
    visitor.close()
