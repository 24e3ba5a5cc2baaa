"""Crawling each dress of the made-up portal gives the rows that the first dress gives.

What is mapped before rows are compared: an article is the story that stands at its address, a file is the path of its
address; raw strings, and where a minute was printed, are left out. Where a dress prints no minute, times are days. Rows of
lists are compared in their order, whatever page they stand on.
"""

import json
from dataclasses import fields
from urllib.parse import urlsplit

import pytest

from archiver.demo import DRESSES, DemoPortal, DressedPortal, compose, stories
from archiver.demo.sections import SECTIONS
from archiver.portals import PORTALS
from tests.crawling.truth import stories_in
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

FIRST = PORTALS["demo"]
COLUMNS = (
    "a.title, a.lead, r.body, a.section, a.section_from, a.author, a.published_on, a.published_at, a.date_conflict_days,"
    " a.web_status, a.revision_count, a.syllables, r.chars_added, r.images, r.attachments"
)


def news():
    """Two pages of one section and little of the others, pictures, tables and documents among them."""
    few = stories(24)
    return (*few, *(compose(100 + i, "kinh-te", few[-1].listed_at.replace(day=i + 1), 7) for i in range(8)))


NEWS = news()


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A crawl of the first dress."""
    visitor = Visitor(DemoPortal(NEWS, lambda: NOW, faults=False), tmp_path_factory.mktemp("first"))
    visitor.crawl()
    return visitor


@pytest.fixture(scope="module", params=DRESSES)
def other(request, tmp_path_factory):
    """A crawl of each of the others."""
    portal = DressedPortal(DRESSES[request.param], NEWS, lambda: NOW, faults=False)
    visitor = Visitor(portal, tmp_path_factory.mktemp("other"), known=PORTALS[f"demo-{request.param}"])
    visitor.crawl()
    return visitor


def timed(dress):
    """The stories of which a dress prints the minute, by title."""
    told = dress.portal.truth().stories
    return {truth.title for truth in told if truth.published_at is not None}


def at(moment, title, minutes):
    return moment if moment is None or title in minutes else moment[:10]


def files(told):
    return [(urlsplit(each["url"]).path, each.get("caption"), each.get("label")) for each in json.loads(told)]


def articles(visitor, minutes):
    """What canonical rows say of articles and their latest revisions."""
    rows = visitor.archive.execute(
        f"SELECT {COLUMNS} FROM articles a JOIN revisions r ON r.article_key = a.article_key"
        " AND r.number = a.revision_count"
    ).fetchall()
    return sorted(
        (*row[:7], row[7] if row[0] in minutes else None, *row[8:-2], str(files(row[-2])), str(files(row[-1])))
        for row in rows
    )


def mentions(visitor):
    """Documents that are named, by the article's title."""
    return sorted(
        visitor.archive.execute(
            "SELECT a.title, m.position, part, m.number, key, year, kind, issuer, dated, start FROM document_mentions m"
            " JOIN articles a USING (article_key)"
        ).fetchall(),
        key=str,
    )


def lists(visitor, minutes):
    """The rows of lists of their own, each in its order: the list's kind and name, the titles and times of its rows."""
    rows = visitor.archive.execute(
        "SELECT s.list_kind, coalesce(s.heading, s.list_title), l.title, l.listed_at FROM list_rows l"
        " JOIN list_snapshots s USING (snapshot) WHERE s.context_article_key IS NULL"
        " ORDER BY 1, 2, s.page, s.box, l.position"
    ).fetchall()
    return [(kind, heading, title, at(moment, title, minutes)) for kind, heading, title, moment in rows]


def rows_minutes(dress):
    """The titles whose minute stands in lists of a dress."""
    told = dress.portal.truth().lists
    return {row.title for each in told for row in each.rows if "T" in row.listed_at}


def test_a_dress_has_a_portal_of_its_own():
    for key, dress in DRESSES.items():
        portal = PORTALS[f"demo-{key}"]
        assert (portal.url, portal.platform.key, portal.name) == (f"{dress.host}/", key, FIRST.name)


def test_every_dress_gives_the_articles_of_the_first(first, other):
    minutes = timed(other)
    assert articles(other, minutes) == articles(first, minutes)
    assert len(articles(other, minutes)) == len(NEWS)
    assert mentions(other) == mentions(first)


def test_every_dress_gives_the_lists_of_the_first(first, other):
    minutes = rows_minutes(other)
    assert lists(other, minutes) == lists(first, minutes)


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


def test_no_dress_leaves_a_problem(other):
    assert other.archive.execute("SELECT url, stage, reason, raw FROM problems WHERE NOT resolved").fetchall() == []
