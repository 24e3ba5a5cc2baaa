"""Crawls that end early, and how the next one goes on."""

import random

import pytest

from archiver.demo import DemoPortal
from archiver.store.evidence.walks import is_walk_open
from archiver.store.rebuild.canonical import rows
from archiver.store.rebuild.rebuilding import rebuild
from tests.crawling.truth import later
from tests.demo.conftest import NOW
from tests.driving.visitor import DEMO, StoppedError, Visitor


def killed(*_):
    raise StoppedError


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, news):
    """A crawl of the same portal that nothing cut short: for comparing alone."""
    visitor = Visitor(DemoPortal(news, lambda: NOW, faults=False), tmp_path_factory.mktemp("whole"))
    visitor.crawl()
    return visitor


def fetched(visitor):
    """Requests that brought a page, with how often."""
    return dict(visitor.captures.execute("SELECT request_key, count(*) FROM captures WHERE status = 200 GROUP BY 1"))


class TestLimit:
    def test_it_makes_no_more_requests_and_the_next_crawl_goes_on(self, visitor, undisturbed):
        ending = visitor.crawl(limit=25)
        assert (ending.status, ending.exit_status, len(visitor.asked)) == ("limited", 0, 25)
        visitor.crawl()
        assert visitor.rows() == undisturbed.rows()

    @pytest.mark.parametrize("limit", [1, 2, 7, 8, 9, 10, 13, 40])
    def test_wherever_it_falls(self, visitor, undisturbed, limit):
        visitor.crawl(limit=limit)
        visitor.crawl(limit=limit)
        visitor.crawl()
        assert visitor.rows() == undisturbed.rows()

    def test_a_walk_that_it_cuts_short_goes_on_to_the_end(self, visitor, news):
        visitor.crawl()
        template = visitor.portal.catalogue.by_section["kinh-te"][0]
        new = [later(template, number) for number in range(1, 36)]
        for story in new:
            visitor.portal.publish(story)
        (kinh_te,) = (key for (key,) in visitor.captures.execute("SELECT list_key FROM lists WHERE title = 'Kinh tế'"))
        # The limit falls into the walk: rows go before pages, so that page 2 is not asked for before all of page 1.
        visitor.crawl(limit=10)
        assert is_walk_open(visitor.captures, kinh_te)
        visitor.crawl()
        assert not is_walk_open(visitor.captures, kinh_te)
        assert visitor.count("articles") == len(news) + 35

    def test_a_304_does_not_hide_that_a_walk_is_open(self, visitor, news, undisturbed):
        first_page = undisturbed.asked.index(("GET", "/portal/Pages/Kinh-te.aspx", 200))
        visitor.crawl(limit=first_page + 1)
        open_lists = visitor.captures.execute("SELECT url FROM lists WHERE is_walk_open").fetchall()
        assert any(url.endswith("Kinh-te.aspx") for (url,) in open_lists)
        visitor.crawl()
        assert ("GET", "/portal/Pages/Kinh-te.aspx", 304) not in visitor.asked
        assert visitor.count("articles") == len(news)


class TestKill:
    """The process ends between two commits; nothing is written down about its end."""

    @pytest.mark.parametrize("kills", range(6))
    def test_nothing_is_lost_or_doubled_or_fetched_twice(self, visitor, undisturbed, kills):
        dice = random.Random(kills)
        for _ in range(kills + 1):
            visitor.kill_after = dice.randrange(1, 15)
            with pytest.raises(StoppedError):
                visitor.crawl()
        visitor.kill_after = None
        visitor.crawl()
        assert visitor.rows() == undisturbed.rows()
        posted = {key for (key,) in visitor.captures.execute("SELECT list_key FROM frontier WHERE method = 'POST'")}
        again = {key for key, times in fetched(visitor).items() if times > 1}
        walked_anew = {
            key for (key,) in visitor.captures.execute("SELECT request_key FROM frontier WHERE method = 'POST'")
        }
        assert again <= posted | walked_anew, "only a list paged by forms is begun anew"

    def test_a_run_begins_by_reading_what_was_captured(self, visitor):
        visitor.kill_after = 8
        with pytest.raises(StoppedError):
            visitor.crawl()
        unread = visitor.captures.execute("SELECT count(*) FROM frontier WHERE state = 'captured'").fetchone()[0]
        assert unread == 1
        session = visitor.begin()
        assert session.frontier.unread() == []
        assert visitor.asked == []

    def test_the_crawl_that_was_killed_is_called_so(self, visitor):
        visitor.kill_after = 3
        with pytest.raises(StoppedError):
            visitor.crawl()
        visitor.kill_after = None
        visitor.crawl()
        statuses = visitor.archive.execute("SELECT status FROM crawls ORDER BY started_at").fetchall()
        assert statuses == [("killed",), ("finished",)]

    def killed_while_reading(self, visitor, monkeypatch):
        """A run that ends while it reads a row's page; returns the request."""
        visitor.crawl(limit=9)
        session = visitor.begin()
        read = session.read
        monkeypatch.setattr(session, "read", lambda *what: killed() if what[1].status == 200 else read(*what))
        with pytest.raises(StoppedError):
            visitor.run(session)
        (key,) = visitor.captures.execute("SELECT request_key FROM frontier WHERE state = 'captured'").fetchone()
        return key

    def kill_while_reading_again(self, times, visitor, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr("archiver.crawling.session.CrawlSession.read", killed)
            for _ in range(times):
                with pytest.raises(StoppedError):
                    visitor.begin()

    def state_of(self, visitor, key):
        return visitor.captures.execute("SELECT state FROM frontier WHERE request_key = ?", (key,)).fetchone()[0]

    def problems_of(self, visitor, key):
        return visitor.archive.execute(
            "SELECT stage, reason FROM problems WHERE request_key = ? AND NOT resolved", (key,)
        ).fetchall()

    def test_a_page_that_killed_the_reader_twice_is_unreadable(self, visitor, monkeypatch):
        """Once a run, and then the process that tried it apart."""
        key = self.killed_while_reading(visitor, monkeypatch)
        monkeypatch.setattr("archiver.crawling.beginning.survives", lambda *_: False)
        visitor.crawl()
        assert self.state_of(visitor, key) == "unreadable"
        assert self.problems_of(visitor, key) == [("read", "reading it ended the program twice")]

    def test_whatever_else_kills_the_program_while_it_reads_says_nothing_of_the_page(self, visitor, news, monkeypatch):
        key = self.killed_while_reading(visitor, monkeypatch)
        self.kill_while_reading_again(3, visitor, monkeypatch)
        visitor.crawl()
        assert self.state_of(visitor, key) == "done"
        assert self.problems_of(visitor, key) == []
        assert visitor.count("articles") == len(news)

    def test_a_page_that_ends_the_program_only_there_is_given_up_in_the_end(self, visitor, monkeypatch):
        key = self.killed_while_reading(visitor, monkeypatch)
        self.kill_while_reading_again(4, visitor, monkeypatch)
        visitor.crawl()
        assert self.state_of(visitor, key) == "unreadable"

    def test_the_archive_catches_up_with_the_evidence(self, visitor, news, tmp_path):
        """The archive is written last: it may lack what the evidence holds, even all of it."""
        visitor.crawl()
        before = visitor.rows()
        for file in tmp_path.glob("archive.db*"):
            file.unlink()
        visitor.crawl()
        assert visitor.rows() == before


def test_reparse_makes_the_same_archive(faulty):
    faulty.crawl()
    faulty.clock.pass_by(days=1)
    story = faulty.portal.catalogue.by_section["kinh-te"][3]
    faulty.portal.edit(story.url, title="Tiêu đề mới")
    faulty.crawl(recheck="all")
    before = faulty.rows()
    archive = faulty.archive
    rebuild(faulty.captures, archive, [DEMO], faulty.folder, lambda done, total: None, "2025-07-01T00:00:00.000000Z")
    assert list(rows(archive)) == before
