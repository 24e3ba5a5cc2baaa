"""Atom feeds: valid, with names that stay, and times that captures give."""

from urllib.parse import urlencode

import feedparser
import pytest

from archiver.site.feeds.atom import Entry, Feed, atom
from archiver.site.feeds.entries import article_entries, missing_entries
from archiver.site.languages import translator
from archiver.site.wording import Words
from tests.site.plots.fortnight import KEYS

FEEDS = (
    "/articles.atom", "/edits.atom", "/missing.atom", "/coverage.atom",
    "/search.atom?q=UBND", "/search/edits.atom?portal=demo&q=", "/search/missing.atom?status=gone",
)  # fmt: skip
EN = Words(translator("en"), "en")


@pytest.fixture
def feed(get):
    def feed(path, **headers):
        answer = get(path, headers=headers)
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        parsed = feedparser.parse(answer.content)
        assert not parsed.bozo, parsed.get("bozo_exception")
        return parsed

    return feed


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_all_that_atom_demands(feed, path):
    parsed = feed(path)
    assert parsed.version == "atom10"
    assert parsed.feed.id.startswith("urn:uuid:")
    assert parsed.feed.title
    assert parsed.feed.author
    assert {link.rel: link.href for link in parsed.feed.links}["self"] == f"http://localhost{path}"
    assert parsed.entries
    for entry in parsed.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.title
        assert entry.updated_parsed
        assert entry.link.startswith("http://localhost/")
        assert entry.summary
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    assert parsed.feed.updated == max(entry.updated for entry in parsed.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_names_stay_in_every_language_and_at_every_address(feed, path):
    vietnamese = feed(path, **{"Accept-Language": "vi"})
    english = feed(path, **{"Accept-Language": "en", "Host": "archive.example"})
    assert [entry.id for entry in vietnamese.entries] == [entry.id for entry in english.entries]
    assert [entry.updated for entry in vietnamese.entries] == [entry.updated for entry in english.entries]
    assert vietnamese.feed.id == english.feed.id
    assert vietnamese.feed.title != english.feed.title
    assert (vietnamese.feed.language, english.feed.language) == ("vi", "en")


def test_new_articles_come_by_capture_the_newest_first(feed, fortnight):
    entries = feed("/articles.atom").entries
    assert {entry.link.rpartition("/")[2] for entry in entries[:3]} == {KEYS["BLIND"], KEYS["BACK"], KEYS["OLD"]}
    assert [entry.updated for entry in entries] == sorted((entry.updated for entry in entries), reverse=True)
    assert entries[0].tags[0].term == "Kinh tế"


def test_an_edit_says_what_and_between_which_looks(feed):
    (entry,) = feed("/edits.atom", **{"Accept-Language": "en"}).entries
    assert entry.link.endswith(f"/a/{KEYS['MARKET']}/history")
    assert entry.title.startswith("Edited: ")
    assert entry.updated.startswith("2025-07-04T01:02")
    assert "between 3 Jul 2025, 08:01 and 4 Jul 2025, 08:02" in entry.summary


def test_a_disappearance_is_updated_when_it_is_certain(feed, fortnight):
    (entry,) = feed("/missing.atom", **{"Accept-Language": "en"}).entries
    assert entry.link.endswith(f"/a/{fortnight.removed}")
    assert entry.title.startswith("gone: ")
    assert entry.updated.startswith("2025-08-05")
    assert "HTTP 404" in entry.summary


def test_days_that_were_not_seen(feed):
    titles = [entry.title for entry in feed("/coverage.atom", **{"Accept-Language": "en"}).entries]
    assert "demo: could not be seen, 7 Jul 2025 – 9 Jul 2025" in titles
    assert len(titles) == 5


def test_one_portal_can_be_asked_for(feed):
    assert len(feed("/articles.atom?portal=demo").entries) == 45
    assert feed("/articles.atom?portal=khac").entries == []
    assert feed("/articles.atom?portal=demo").feed.id != feed("/articles.atom").feed.id


def test_a_search_has_feeds_of_its_own(feed, fortnight):
    title = fortnight.visitor.archive.execute(
        "SELECT title FROM articles WHERE article_key = ?", (KEYS["MARKET"],)
    ).fetchone()[0]
    asks = urlencode({"q": f'"{title}"'})
    (edit,) = feed(f"/search/edits.atom?{asks}").entries
    assert edit.id == feed("/edits.atom").entries[0].id, "the same entry wherever it is read"
    assert KEYS["MARKET"] in {entry.link.rpartition("/")[2] for entry in feed(f"/search.atom?{asks}").entries}
    assert feed(f"/search/missing.atom?{asks}").entries == []
    assert feed("/search/edits.atom?q=khongcotunay").entries == []
    ids = {feed(path).feed.id for path in ("/search.atom?q=a", "/search.atom?q=b", "/search/edits.atom?q=a")}
    assert len(ids) == 3
    assert feed("/search.atom?q=a&sort=newest").feed.id == feed("/search.atom?q=a").feed.id


def test_a_search_names_the_new_by_capture_whatever_day_they_carry(feed):
    """OLD carries a day before others that were there long before it."""
    newest = [entry.link.rpartition("/")[2] for entry in feed("/search.atom?q=").entries[:3]]
    assert set(newest) == {KEYS["BLIND"], KEYS["BACK"], KEYS["OLD"]}


def test_rows_of_a_search_make_a_feed_too():
    rows = [{"article_key": "abc", "title": None, "lead": None, "section": None, "author": None, "published_on": None,
             "first_captured_at": "2025-07-01T00:00:00.000000Z"}]  # fmt: skip
    (entry,) = article_entries(rows, EN, lambda path: f"https://archive.example{path}")
    assert (entry.title, entry.link) == ("(title could not be read)", "https://archive.example/a/abc")


def test_what_xml_cannot_hold_does_not_break_it():
    entry = Entry("urn:x:1", "a\x00b\x1b < & \ud800", "https://x.example/", "2025-07-01T00:00:00Z", "c\x0bd")
    text = atom(Feed("urn:x:f", "t", "s", "https://x.example/", "https://x.example/f", "who", "vi", [entry]))
    parsed = feedparser.parse(text.encode())
    assert not parsed.bozo
    assert parsed.entries[0].title.startswith("a\ufffdb\ufffd < & ")


def test_a_feed_without_entries_is_valid():
    parsed = feedparser.parse(
        atom(Feed("urn:x:f", "t", "s", "https://x.example/", "https://x.example/f", "who", "vi", []))
    )
    assert not parsed.bozo
    assert parsed.feed.updated == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("status", "detail", "why"),
    [("gone", "redirects to a list", "redirects to a list"), ("moved", "abcdefghij", "now article abcdefghij"),
     ("suspect", "HTTP 410", "HTTP 410")],
)  # fmt: skip
def test_why_an_article_is_missing(status, detail, why):
    row = {"article_key": "abc", "title": "T", "web_status": status, "detail": detail, "last_ok_at": None,
           "first_missing_at": "2025-07-01T00:00:00.000000Z"}  # fmt: skip
    (entry,) = missing_entries([row], EN, str)
    assert entry.summary.startswith(why)
