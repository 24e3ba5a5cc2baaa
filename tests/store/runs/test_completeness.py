"""What a second route says of the lists: counts, and an estimate that is held against a known truth."""

import random
from pathlib import Path

import pytest
from sqlite_utils import Database

from archiver.store.databases.archive_schema import ARCHIVE
from archiver.store.databases.opening import insert, open_archive_file
from archiver.store.runs.completeness import comparison_in_words, comparisons
from tests.store.conftest import article, listing, url
from tests.store.interpretation.test_feeds import RSS, SITEMAP, rss, see_feed, sitemap

DAY = "2025-06-10"
ROOT = Path(__file__).resolve().parents[3]


class Counted:
    """An archive of made-up articles, of which it is known where each stands."""

    def __init__(self, folder):
        self.db = open_archive_file(folder / "archive.db")
        insert(self.db, "portals", {"portal": "demo", "name": "An Thuận"})
        self.count = 0

    def feed(self, kind="sitemap", **more):
        row = {"request_key": kind, "portal": "demo", "url": kind, "kind": kind, "first_seen_at": f"{DAY}T01:00:00Z",
               "last_seen_at": f"{DAY}T01:00:00Z", "is_cut_off": 0, "compared_from": None} | more  # fmt: skip
        insert(self.db, "feeds", row)
        return row["request_key"]

    def add(self, feed, count=1, *, listed, told, **more):
        for _ in range(count):
            self.count += 1
            key = f"a{self.count}"
            row = {"article_key": key, "portal": "demo", "published_on": "2025-06-09", "web_status": "live"}
            insert(self.db, "articles", row | {"last_listed_at": "2025-06-10" if listed else None} | more)
            if told:
                self.tell(feed, key)

    def tell(self, feed, key, request=None):
        entry = {"request_key": feed, "article_key": key, "portal": "demo", "page_request_key": request}
        insert(self.db, "feed_entries", entry)

    def told(self, route="sitemap"):
        (row,) = self.db.query("SELECT * FROM completeness WHERE route = ?", (route,))
        return row

    def counts(self, route="sitemap"):
        return tuple(self.told(route)[name] for name in ("lists_alone", "second_alone", "both"))


@pytest.fixture
def counted(tmp_path):
    return Counted(tmp_path)


def test_a_portal_without_a_second_route_is_compared_with_nothing(counted):
    counted.add(None, 5, listed=True, told=False)
    (row,) = counted.db.query("SELECT * FROM completeness")
    assert row == {"portal": "demo", "route": None, "documents": 0, "cut_off": None, "compared_after": None,
                   "compared_to": None, "lists_alone": None, "second_alone": None, "both": None, "not_asked": 0,
                   "share_listed": None, "estimate": None, "estimate_low": None, "estimate_high": None}  # fmt: skip
    assert comparisons(counted.db) == {}


def fill(counted, lists_alone, second_alone, both, kind="sitemap", **more):
    feed = counted.feed(kind, **more)
    counted.add(feed, lists_alone, listed=True, told=False)
    counted.add(feed, second_alone, listed=False, told=True)
    counted.add(feed, both, listed=True, told=True)
    return feed


def test_the_estimate_is_that_of_the_books(counted):
    """Chapman: (n1 + 1)(n2 + 1)/(m + 1) − 1 = 101 · 81 / 61 − 1."""
    fill(counted, 40, 20, 60)
    row = counted.told()
    assert (row["lists_alone"], row["second_alone"], row["both"], row["share_listed"]) == (40, 20, 60, 0.75)
    assert row["estimate"] == round(101 * 81 / 61 - 1) == 133
    assert (row["estimate_low"], row["estimate_high"]) == (120, 155)  # 100 / 0.8316 < 120 known; 100 / 0.6451


def test_the_readmes_example_is_one(counted):
    fill(counted, 2, 1, 27)
    (told,) = comparisons(counted.db)["demo"]
    assert f"\n      {comparison_in_words(told)}\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_below_ten_in_both_there_is_no_estimate(counted):
    feed = fill(counted, 5, 2, 9)
    assert counted.told()["estimate"] is counted.told()["estimate_high"] is counted.told()["estimate_low"] is None
    counted.add(feed, listed=True, told=True)
    assert counted.told()["estimate"] == 18


def test_lists_that_lack_nothing_may_lack_something_all_the_same(counted):
    fill(counted, 0, 0, 30)
    row = counted.told()
    assert (row["estimate"], row["estimate_low"], row["estimate_high"]) == (30, 30, 34)


def test_while_many_entries_were_not_asked_for_there_is_no_estimate(counted):
    feed = fill(counted, 0, 0, 30)
    for number in range(4):
        counted.tell(feed, f"x{number}", f"r{number}")
    assert (counted.told()["not_asked"], counted.told()["estimate"]) == (4, None)
    insert(counted.db, "captures", {"capture_key": "c", "portal": "demo", "request_key": "r0"})
    assert (counted.told()["not_asked"], counted.told()["estimate"]) == (3, 30)
    counted.tell(feed, "elsewhere", None)
    assert counted.told()["not_asked"] == 3


def test_articles_that_went_before_or_came_after_are_not_compared(counted):
    feed = counted.feed()
    counted.add(feed, listed=True, told=False, first_missing_at="2025-06-01T00:00:00Z")
    counted.add(feed, listed=True, told=False, published_on="2025-06-11")
    assert counted.counts() == (None, None, None)
    counted.add(feed, listed=True, told=False, first_missing_at="2025-06-20T00:00:00Z")
    counted.add(feed, listed=True, told=False, published_on=None)
    assert counted.counts() == (2, 0, 0)


def test_feeds_are_compared_behind_the_day_from_which_all_of_them_reach(counted):
    feed = counted.feed("rss", compared_from="2025-06-03T10:00:00+07:00")
    counted.feed("atom", compared_from="2025-06-05")
    counted.add(feed, listed=True, told=True, published_on="2025-06-05")
    counted.add(feed, listed=True, told=False, published_on=None)
    assert counted.counts("feed") == (None, None, None)
    counted.add(feed, listed=True, told=True, published_on="2025-06-06")
    counted.add(feed, listed=False, told=True, published_on="2025-06-10")
    assert counted.counts("feed") == (0, 1, 1)
    assert (counted.told("feed")["compared_after"], counted.told("feed")["documents"]) == ("2025-06-05", 2)


def test_feeds_without_times_are_compared_with_nothing(counted):
    feed = counted.feed("rss")
    counted.add(feed, 30, listed=True, told=True)
    assert counted.counts("feed") == (None, None, None)


def test_each_route_is_compared_for_itself(counted):
    fill(counted, 1, 0, 12)
    fill(counted, 0, 2, 11, "rss", compared_from="2025-01-01")
    counted.feed("sitemap index", url="index")
    told = comparisons(counted.db)["demo"]
    assert [(each.route, each.lists_alone, each.second_alone, each.both) for each in told] == [
        ("sitemap", 12, 0, 12),
        ("feed", 13, 2, 11),
    ]


def interval(db, lists_alone, second_alone, both):
    """What the view makes of counts, without making articles."""
    db.execute("DELETE FROM counts")
    insert(db, "counts", {"lists_alone": lists_alone, "second_alone": second_alone, "both": both})
    return db.execute("SELECT estimate, estimate_low, estimate_high FROM completeness").fetchone()


@pytest.fixture(scope="module")
def reckoning():
    """The view over a table of counts in the place of articles."""
    db = Database(memory=True)
    ARCHIVE.apply(db)
    insert(db, "portals", {"portal": "demo"})
    insert(db, "feeds", {"request_key": "s", "portal": "demo", "kind": "sitemap", "last_seen_at": DAY})
    db.execute("CREATE TABLE counts (lists_alone INTEGER, second_alone INTEGER, both INTEGER)")
    (shown,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'completeness'").fetchone()
    begin, end = shown.index("SELECT portal, route, sum("), shown.index("), unasked AS")
    db.execute("DROP VIEW completeness")
    counts = (
        "SELECT 'demo' AS portal, 'sitemap' AS route, lists_alone, second_alone, both,"
        " lists_alone + second_alone + both AS known FROM counts"
    )
    db.execute(shown[:begin] + counts + shown[end:])
    return db


@pytest.mark.parametrize(
    ("there_are", "in_lists", "in_second"),
    [(60, 0.9, 0.5), (200, 0.95, 0.9), (200, 0.6, 0.4), (1000, 0.98, 0.1), (1000, 0.8, 0.99), (400, 0.99, 0.97)],
)
def test_of_two_independent_samples_it_finds_how_many_there_are(reckoning, there_are, in_lists, in_second):
    chance = random.Random(f"{there_are} {in_lists} {in_second}")
    estimates, hits, times = [], 0, 400
    for _ in range(times):
        seen = [(chance.random() < in_lists, chance.random() < in_second) for _ in range(there_are)]
        both = seen.count((True, True))
        estimate, low, high = interval(reckoning, seen.count((True, False)), seen.count((False, True)), both)
        estimates.append(estimate)
        hits += low <= there_are <= high
    assert abs(sum(estimates) / times - there_are) < 0.02 * there_are
    assert hits / times >= 0.93  # 95, within what 400 trials tell


def test_what_feeds_and_lists_say_is_compared_in_an_archive(evidence):
    """A sitemap that lacks the newest and knows one in no list."""
    for number in range(14):
        evidence.see(f"tin-{number}", article(f"Tin số {number}", day="9 - 6 - 2025"))
    evidence.see("Kinh-te", listing(*((f"tin-{n}", f"Tin số {n}", "09/06/2025 9:00 SA") for n in range(13))))
    see_feed(evidence, sitemap(*(url(f"tin-{number}") for number in range(1, 14))), SITEMAP)
    evidence.settle()
    (told,) = comparisons(evidence.archive)["demo"]
    assert (told.lists_alone, told.second_alone, told.both, told.estimate) == (1, 1, 12, 14)
    found = evidence.all("SELECT title, listed, told FROM article_routes WHERE NOT (listed AND told) ORDER BY title")
    assert [tuple(row.values()) for row in found] == [("Tin số 0", 1, 0), ("Tin số 13", 0, 1)]
    see_feed(evidence, rss(("tin-1", "Tin số 1", 8)), RSS)
    evidence.rebuild()
    assert comparisons(evidence.archive)["demo"][0] == told
