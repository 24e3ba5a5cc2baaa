"""A run that ends before its first request: the next one asks for all that it would have asked for."""

import pytest

from tests.driving.visitor import StoppedError

STEPS = ("plan_crawl", "wake_late_sleepers", "save_portal", "copy_runs", "catch_up", "open_crawl")


def killed(*_):
    raise StoppedError


@pytest.mark.parametrize("step", STEPS)
def test_wherever_it_is_killed_while_it_begins(visitor, monkeypatch, step):
    visitor.crawl()
    visitor.portal.edit(visitor.portal.truth().stories[5].url, title="Tin đã sửa")
    visitor.clock.pass_by(days=1)
    monkeypatch.setattr(f"archiver.crawling.session.{step}", killed)
    with pytest.raises(StoppedError):
        visitor.crawl(recheck="all")
    monkeypatch.undo()
    visitor.crawl(recheck="all")
    assert visitor.count("edits") == 1
    assert visitor.times_asked()["/portal/Pages/Kinh-te.aspx"] == 1


def test_it_is_killed_when_it_has_queued_everything(visitor):
    visitor.crawl()
    visitor.portal.edit(visitor.portal.truth().stories[5].url, title="Tin đã sửa")
    visitor.clock.pass_by(days=1)
    session = visitor.begin(recheck="all")
    assert session.next(()) is not None
    visitor.crawl(recheck="all")
    assert visitor.count("edits") == 1
    statuses = visitor.captures.execute("SELECT status FROM crawls ORDER BY started_at").fetchall()
    assert statuses == [("finished",), ("killed",), ("finished",)]


def test_one_after_a_killed_one_is_killed_before_it_begins(visitor, monkeypatch):
    """The third goes on with the first."""
    visitor.kill_after = 9
    with pytest.raises(StoppedError):
        visitor.crawl()
    visitor.kill_after = None
    monkeypatch.setattr("archiver.crawling.session.catch_up", killed)
    with pytest.raises(StoppedError):
        visitor.crawl()
    monkeypatch.undo()
    session = visitor.begin()
    assert session.opened.goes_on
    assert visitor.run(session).status == "finished"
    assert visitor.times_asked()["/"] == 0
