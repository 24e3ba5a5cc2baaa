"""Crawling each dress of the made-up portal gives the canonical rows that the first dress gives, faults and all.

Table by table, but for addresses, raw strings, and minutes where a dress prints none: `likeness` says what is mapped, and
which columns no two dresses can have alike.
"""

from dataclasses import fields

import pytest

from archiver.demo import DRESSES, DemoPortal, DressedPortal, article_answers, compose, stories
from archiver.demo.faults import FAULTY_ROWS
from archiver.demo.sections import SECTIONS
from archiver.portals import PORTALS
from archiver.store.rebuild.canonical import CONTENT
from tests.crawling.likeness import (
    COLUMNS,
    LEFT_OUT,
    AsDressed,
    compared,
    named,
    names_in,
    tables_of,
)
from tests.crawling.truth import stories_in
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

FIRST = PORTALS["demo"]
NOT_IN_TIME = 9.0  # seconds
EVERY_FAULT = {3: "unavailable", 5: "broken_twice", 8: "cut", 11: "slow", 14: "wrong_charset", 17: "no_charset"}
OF_LISTS = ("list_snapshots", "list_rows")
OF_SECOND_ROUTES = ("feeds", "feed_entries")  # the first dress has none; `test_second_route` compares what others tell


def news():
    """Two pages of one section and little of the others, pictures, tables and documents among them."""
    few = stories(24)
    return (*few, *(compose(100 + i, "kinh-te", few[-1].listed_at.replace(day=i + 1), 7) for i in range(8)))


NEWS = news()


@pytest.fixture(scope="module", autouse=True)
def every_fault():
    """So few stories play no more than two of the faults, unless they are told to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(article_answers, "STORY_FAULTS", EVERY_FAULT)
        yield


def crawled(portal, folder, known):
    """A crawl of a portal, its files included."""
    visitor = Visitor(portal, folder, known=known)
    visitor.crawl(file_budget=100)
    visitor.named = named(tables_of(visitor.archive), names_in(portal, known))
    return visitor


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A crawl of the first dress."""
    portal = DemoPortal(NEWS, lambda: NOW, slow_seconds=NOT_IN_TIME)
    return crawled(portal, tmp_path_factory.mktemp("first"), FIRST)


@pytest.fixture(scope="module", params=DRESSES)
def other(request, tmp_path_factory):
    """A crawl of each of the others."""
    portal = DressedPortal(DRESSES[request.param], NEWS, lambda: NOW, slow_seconds=NOT_IN_TIME)
    return crawled(portal, tmp_path_factory.mktemp("other"), PORTALS[f"demo-{request.param}"])


@pytest.fixture(scope="module")
def as_dressed(first, other):
    """The first dress's rows as each of the others would print them."""
    return AsDressed(other.portal.fitting).tables(first.named)


def test_a_dress_has_a_portal_of_its_own():
    for key, dress in DRESSES.items():
        portal = PORTALS[f"demo-{key}"]
        assert (portal.url, portal.platform.key, portal.name) == (f"{dress.host}/", key, FIRST.name)


@pytest.mark.parametrize("table", [each for each in CONTENT if each not in (*OF_LISTS, *OF_SECOND_ROUTES)])
def test_every_dress_gives_the_rows_of_the_first(first, other, as_dressed, table):
    assert compared(table, other.named[table]) == compared(table, as_dressed[table])


@pytest.mark.parametrize("table", OF_LISTS)
def test_every_dress_gives_the_lists_of_the_first(first, other, as_dressed, table):
    assert compared(table, other.named[table]) == compared(table, as_dressed[table])


def test_what_is_compared_is_the_whole_news_and_every_fault(first, other):
    assert len(first.named["articles"]) == len(NEWS)
    assert all(first.named[table] for table in ("images", "attachments", "document_mentions", "authorities"))
    assert {row["stage"] for row in first.named["problems"]} == {"fetch", "parse", "file"}
    loops = [row for row in FAULTY_ROWS if row.fault == "redirect_loop"]  # of which the frontier knows, and no capture
    broken = [row for row in first.named["problems"] if row["stage"] == "file"]
    assert (
        len(first.named["problems"]) - len(broken) + len(loops) == len(FAULTY_ROWS) - 1
    )  # one only says it is missing
    assert not [row for row in other.named["articles"] if row["url"].startswith("/")]


def changed(value):
    """A value with one more character, or one more; of what is told as JSON, in its first text."""
    if isinstance(value, int | float):
        return value + 1
    text = value or ""
    return text.replace('": "', '": "x', 1) if text.startswith("[{") else f"{text}x"


def with_change(tables, table, column):
    """The rows of an archive, one of them with another value in a column; of an empty table, a row too many."""
    rows = [*tables[table], dict.fromkeys(COLUMNS[table])]
    row = next((row for row in rows if row[column] not in (None, "[]")), rows[0])
    others = [each for each in tables[table] if each is not row]
    return tables | {table: [*others, row | {column: changed(row[column])}]}


@pytest.mark.parametrize("table", CONTENT)
def test_one_changed_character_in_any_column_is_seen(other, table):
    tables, names = tables_of(other.archive), names_in(other.portal, other.known)
    same = compared(table, other.named[table])
    counting = [column for column in COLUMNS[table] if (table, column) not in LEFT_OUT]
    unseen = [
        column
        for column in counting
        if compared(table, named(with_change(tables, table, column), names)[table]) == same
    ]
    assert unseen == []


def test_an_archive_holds_what_the_dress_says_of_itself(other):
    told = {truth.url: truth for truth in other.portal.truth().stories}
    found = stories_in(other.archive, told)
    assert found.keys() == told.keys()
    for url, truth in told.items():
        for field in fields(truth):
            assert getattr(found[url], field.name) == getattr(truth, field.name), (url, field.name)


def test_what_is_next_older_is_read_beside_articles(other):
    truth = next(truth for truth in other.portal.truth().stories if truth.section == SECTIONS[0].name)
    box = other.portal.box(truth.url)
    rows = other.archive.execute(
        "SELECT l.title, l.listed_at, l.listed_raw FROM list_rows l JOIN list_snapshots s USING (snapshot) JOIN articles a"
        " ON a.article_key = s.context_article_key WHERE a.title = ? AND s.heading = ? ORDER BY l.position",
        (truth.title, box.heading),
    ).fetchall()
    assert rows == [(row.title, row.listed_at, row.listed_raw) for row in box.rows]
