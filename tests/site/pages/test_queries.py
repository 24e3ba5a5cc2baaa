"""Pages of one article ask by index, so that they are as fast among 100,000 articles as among forty."""

import asyncio
import re
import sqlite3
import statistics
import time
from functools import partial

import pytest

from archiver.site.dossier import capture_row, dossier, tombstone
from archiver.site.pages import beside, capture, citations, files, history
from archiver.store.databases.opening import read_captures

# A handful of rows each, whatever the archive holds.
SMALL = {"portals", "withheld"}


@pytest.fixture
def asked(told):
    """The statements that a function runs on the archive, and SQLite's plans for them.

    In a copy that has forgotten how few rows it holds: of a table of two rows, all are read whatever indexes there are.
    """

    def listen(question):
        db = sqlite3.connect(":memory:")
        sqlite3.connect(told.folder / "archive.db").backup(db)
        db.execute("DELETE FROM sqlite_stat1")
        db.execute("ANALYZE sqlite_schema")
        statements = []
        db.set_trace_callback(statements.append)
        question(db)
        db.set_trace_callback(None)
        plans = [(each, [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {each}")]) for each in statements]
        db.close()
        return plans

    return listen


def scans(plans):
    """Steps that run through a whole table or index."""
    steps = [(statement, step) for statement, plan in plans for step in plan]
    names = [(re.match(r"SCAN (\w+)", step), statement, step) for statement, step in steps]
    return [
        (step, " ".join(statement.split())[:200])
        for match, statement, step in names
        if match and match[1] not in SMALL and not match[1].startswith(("constant", "list_rows"))
    ]


def test_no_question_of_an_article_runs_through_a_table(asked, told):
    key = told.key("edited")
    evidence = read_captures(told.folder)
    capture_key = (
        told.archive().execute("SELECT capture_key FROM revisions WHERE article_key = ?", (key,)).fetchone()[0]
    )
    (digest,) = told.archive().execute("SELECT sha256 FROM images WHERE sha256 IS NOT NULL LIMIT 1").fetchone()
    questions = [
        partial(dossier, key=key),
        partial(dossier, key=told.key("gone")),
        partial(tombstone, key=told.key("secret")),
        partial(capture_row, key=key, capture=capture_key),
        partial(citations._article, key=key),
        partial(beside._told, key=told.key("moved"), other=told.key("moved_to")),
        partial(history._told, key=key, wanted=(None, None)),
        partial(files._shown, evidence=evidence, digest=digest, with_body=True),
        partial(capture._look, evidence=evidence, key=key, capture=capture_key, withheld_text="-"),
    ]
    for question in questions:
        plans = asked(question)
        assert plans, question
        assert scans(plans) == [], question


def test_a_scan_would_be_noticed(asked):
    assert scans(asked(lambda db: db.execute("SELECT * FROM articles WHERE title = 'x'").fetchall()))
    assert scans(asked(lambda db: db.execute("SELECT * FROM captures WHERE url = 'x'").fetchall()))


def test_the_rows_of_lists_that_are_looked_at_have_a_limit(asked, told):
    """The one scan that is let through is that of the limited rows."""
    plans = asked(partial(dossier, key=told.key("edited")))
    (listed,) = [(statement, plan) for statement, plan in plans if "FROM list_rows" in statement]
    assert "LIMIT 2000" in listed[0]
    assert any(step.startswith("SEARCH list_rows USING INDEX") for step in listed[1])


@pytest.mark.parametrize("rest", ["", ".json", "/history"])
def test_pages_are_there_in_no_time(site, told, rest):
    """Of the processor's time, whoever else uses it."""

    async def times():
        taken = []
        for _ in range(9):
            start = time.process_time()
            answer = await site.client.get(f"/a/{told.key('edited')}{rest}")
            taken.append(time.process_time() - start)
            assert answer.status_code == 200
        return taken

    assert statistics.median(asyncio.run(times())) < 0.05
