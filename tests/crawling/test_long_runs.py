"""While a long run goes on, or runs that are cut short go on with one another, what is new is not kept waiting."""

from datetime import timedelta

import pytest

from archiver.clock import moment
from archiver.store.databases.opening import writing
from archiver.store.evidence.looks import queue_looks
from archiver.store.ground.keys import request_key
from tests.crawling.truth import later
from tests.driving.visitor import DEMO, StoppedError, Visitor

EVERY = timedelta(minutes=15)  # as often as may be
PACE = {"delay": 30, "shortest_interval_minutes": 15, "longest_interval_minutes": 15}
A_LOOK = timedelta(minutes=6)  # the home page, the lists, and what is new, 30 seconds apart


class Press:
    """A portal that publishes while it is crawled."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.published = {}  # when, by request
        self.at = set()  # requests of all runs, by number, before which a story is published
        self.asked = 0
        respond = visitor.portal.respond
        visitor.answers = lambda *request: (self.meanwhile(), respond(*request))[1]

    def meanwhile(self):
        self.asked += 1
        if self.asked not in self.at:
            return
        story = later(self.visitor.portal.catalogue.by_section["kinh-te"][0], self.asked)
        self.visitor.portal.publish(story)
        url = next(each.url for each in self.visitor.portal.truth().stories if each.title == story.title)
        self.published[request_key(DEMO, "GET", url)] = self.visitor.clock.now()

    def waits(self):
        """How long each story waited for its capture."""
        captured = dict(
            self.visitor.captures.execute(
                "SELECT request_key, min(captured_at) FROM captures WHERE status = 200 GROUP BY request_key"
            ).fetchall()
        )
        return [moment(captured[key]) - at for key, at in self.published.items()]


def reached(visitor):
    """What each list's finished walks have reached."""
    return set(visitor.captures.execute("SELECT list_key, request_key FROM list_reach WHERE is_finished").fetchall())


def open_walks(visitor):
    return visitor.captures.execute("SELECT count(*) FROM lists WHERE is_walk_open").fetchone()[0]


def whole(visitor, folder):
    """Whoever visits the portal as it stands now, undisturbed."""
    other = Visitor(visitor.portal, folder)
    other.crawl()
    return other


def test_in_one_long_run(visitor, news, tmp_path):
    press = Press(visitor)
    press.at = {25, 50}
    assert visitor.crawl(**PACE).status == "finished"
    assert len(press.published) == 2
    assert max(press.waits()) <= EVERY + A_LOOK
    visitor.clock.pass_by(days=1)
    visitor.crawl()
    other = whole(visitor, tmp_path / "whole")
    assert visitor.count("articles") == other.count("articles") == len(news) + 2
    assert reached(visitor) == reached(other)
    assert open_walks(visitor) == 0


def test_nothing_else_is_asked_for_twice_and_nothing_before_it_is_due(visitor):
    visitor.crawl(**PACE | {"delay": 10})
    times = visitor.times_asked()
    assert visitor.at[-1] - visitor.at[0] > 15 * 60, "the run is long enough for a look"
    lists = {
        url.removeprefix("https://anthuan.example") for (url,) in visitor.captures.execute("SELECT url FROM lists")
    }
    again = {target for target, count in times.items() if count > 1} - {"/"}
    assert again <= lists
    looks = int(visitor.at[-1] - visitor.at[0]) // (15 * 60)
    assert max(times[target] for target in lists if "?" not in target) <= 1 + looks + 1
    fast = Visitor(visitor.portal, visitor.folder / "fast")
    fast.crawl(**PACE | {"delay": 1})
    assert fast.times_asked()["/"] == 1


def test_in_runs_that_are_cut_short(visitor, news, tmp_path):
    """Each ends after ten minutes, and the next goes on at once: the lists' walks still come to their ends."""
    press = Press(visitor)
    press.at = {30, 90}
    statuses = []
    while "finished" not in statuses:
        statuses.append(visitor.crawl(limit=20, **PACE).status)
        assert len(statuses) < 25, "looks keep the walks from their ends"
    assert len(statuses) > 3
    assert max(press.waits()) <= EVERY + A_LOOK
    visitor.clock.pass_by(days=1)
    visitor.crawl()
    other = whole(visitor, tmp_path / "whole")
    assert visitor.count("articles") == other.count("articles")
    assert reached(visitor) == reached(other)


def test_a_look_that_outlives_its_run_begins_no_walk_again(visitor, news, tmp_path):
    """A kill leaves first pages waiting whose walks are in the midst of their lists."""
    template = visitor.portal.catalogue.by_section["kinh-te"][0]
    for number in range(1, 51):
        visitor.portal.publish(later(template, number))
    respond = visitor.portal.respond

    def killed_at_the_third_page(method, target, *request):
        if target.endswith("Kinh-te.aspx?PageIndex=3"):
            raise StoppedError
        return respond(method, target, *request)

    visitor.answers = killed_at_the_third_page
    with pytest.raises(StoppedError):
        visitor.crawl()
    captures = visitor.captures
    with writing(captures):
        assert queue_looks(captures, DEMO)
    visitor.answers = respond
    visitor.crawl()
    assert [target for _, target, _ in visitor.asked if "Kinh-te.aspx" in target][:2] == [
        "/portal/Pages/Kinh-te.aspx",
        "/portal/Pages/Kinh-te.aspx?PageIndex=3",
    ]
    assert visitor.times_asked()["/portal/Pages/Kinh-te.aspx?PageIndex=2"] == 0
    other = whole(visitor, tmp_path / "whole")
    assert visitor.count("articles") == other.count("articles") == len(news) + 50
    assert reached(visitor) == reached(other)


def test_more_than_a_page_of_news_is_found_by_the_next_walk(visitor, news, tmp_path):
    """A look shows the first page alone, and must not make the walk believe that it has been behind it."""
    press = Press(visitor)
    press.at = set(range(25, 65))
    visitor.crawl(**PACE)
    visitor.clock.pass_by(days=1)
    visitor.crawl()
    other = whole(visitor, tmp_path / "whole")
    assert visitor.count("articles") == other.count("articles") == len(news) + 40
    assert reached(visitor) == reached(other)
