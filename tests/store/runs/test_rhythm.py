"""What the archive tells of a portal's rhythm, and how soon what is new is captured."""

from datetime import UTC, datetime, timedelta

from archiver.demo import DemoPortal, stories
from archiver.store.runs.dueness import Bounds
from archiver.store.runs.rhythm import capture_lag, due_of, last_success, past_runs, published_lately
from tests.demo.conftest import NOW
from tests.driving.visitor import Visitor

DEMO = "demo"
BOUNDS = Bounds(timedelta(minutes=15), timedelta(days=1))


def crawled(folder, **options):
    visitor = Visitor(DemoPortal(stories(20), lambda: NOW, faults=False), folder)
    visitor.crawl(**options)
    return visitor


def test_it_is_told_from_the_two_files_alone(tmp_path):
    visitor = crawled(tmp_path)
    (run,) = past_runs(visitor.captures, DEMO)
    assert run.status == "finished"
    assert last_success(visitor.captures, DEMO) >= f"{run.started_at:%Y-%m-%d}"
    due = due_of(visitor.captures, visitor.archive, DEMO, BOUNDS, visitor.clock.now())
    assert visitor.clock.now() < due.at <= run.started_at + timedelta(days=1)


def test_publications_are_moments_with_their_zone_within_the_window(tmp_path):
    visitor = crawled(tmp_path)
    newest = visitor.archive.execute("SELECT max(published_on) FROM articles").fetchone()[0]
    now = datetime.fromisoformat(f"{newest}T23:00:00+07:00")
    lately = published_lately(visitor.archive, DEMO, now)
    assert lately
    assert all(moment.utcoffset() == timedelta(hours=7) for moment in lately)
    with visitor.archive.conn:
        visitor.archive.execute("UPDATE articles SET published_at = NULL, listed_at = published_on")
    assert {moment.hour for moment in published_lately(visitor.archive, DEMO, now)} == {12}


def test_lag_counts_what_came_after_the_first_crawl_began(tmp_path):
    visitor = crawled(tmp_path)
    assert capture_lag(visitor.captures, visitor.archive, DEMO) is None, "all was there before"
    began = past_runs(visitor.captures, DEMO)[-1].started_at
    keys = [key for (key,) in visitor.archive.execute("SELECT article_key FROM articles ORDER BY 1 LIMIT 3")]
    with visitor.archive.conn:
        for key, minutes in zip(keys, (10, 20, 60), strict=True):
            said, captured = began + timedelta(hours=1), began + timedelta(hours=1, minutes=minutes)
            visitor.archive.execute(
                "UPDATE articles SET published_at = ?, first_captured_at = ? WHERE article_key = ?",
                (said.astimezone().isoformat(), f"{captured.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}", key),
            )
    assert capture_lag(visitor.captures, visitor.archive, DEMO) == timedelta(minutes=20)


def test_a_run_that_was_limited_is_due_again(tmp_path):
    visitor = crawled(tmp_path, limit=3)
    assert due_of(visitor.captures, visitor.archive, DEMO, BOUNDS, visitor.clock.now()).is_due(visitor.clock.now())
