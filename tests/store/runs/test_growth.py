"""How an archive grows, and how long the disk lasts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.clock import stamp
from archiver.demo import DemoPortal, stories
from archiver.store.databases.opening import checkpoint
from archiver.store.runs.growth import (
    Room,
    foretold,
    growth_at_last_run,
    growth_in_words,
    growth_of,
    rooms,
)
from tests.demo.conftest import NOW as DEMOS_NOW
from tests.driving.visitor import Visitor

NOW = datetime(2025, 7, 1, tzinfo=UTC)
MEGA = 1_000_000
NOTED = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 10**12), st.integers(0, 10**12)), unique_by=lambda each: each[0]
)


def room(ago, captures, archive=0):
    return Room(NOW - timedelta(days=ago), captures, archive)


def steadily(days, size):
    """A run a day, the last one now; each found so much new."""
    return [room(ago, (days - ago) * size) for ago in range(days, -1, -1)]


def test_a_steady_archive_is_foretold_to_the_day():
    noted = [room(ago, (100 - ago) * MEGA, (100 - ago) * MEGA) for ago in range(100, -1, -1)]
    growth = foretold(noted, 150 * MEGA, 50 * MEGA, 1000 * MEGA, 500 * MEGA)
    assert (growth.per_day, growth.days_left, growth.measured_days) == (2 * MEGA, 250, 28)


def test_a_first_crawl_is_no_pace_however_young_the_archive():
    noted = [room(10, 10_000 * MEGA), room(0, 10_010 * MEGA)]
    growth = foretold(noted, 10_010 * MEGA, 0, 1000 * MEGA, 0)
    assert (growth.per_day, growth.measured_days) == (MEGA, 10)


def test_a_young_archive_foretells_nothing():
    for noted in ([], steadily(6, MEGA), [room(0, MEGA)]):
        growth = foretold(noted, MEGA, MEGA, MEGA, 0)
        assert (growth.per_day, growth.measured_days, growth.days_left) == (None, None, None)
        assert "not known before a week of runs" in growth_in_words(growth)


def test_one_that_does_not_grow_lasts():
    growth = foretold([room(20, MEGA), room(0, MEGA)], MEGA, MEGA, MEGA, 0)
    assert (growth.per_day, growth.days_left) == (0, None)


def test_an_archive_made_anew_and_smaller_does_not_hide_what_evidence_grows_by():
    growth = foretold([room(10, 100 * MEGA, 90 * MEGA), room(0, 110 * MEGA, 40 * MEGA)], 0, 0, 100 * MEGA, 0)
    assert (growth.per_day, growth.days_left) == (MEGA, 100)


def test_a_disk_that_is_full_lasts_no_day():
    assert foretold(steadily(30, MEGA), MEGA, MEGA, 10, 100).days_left == 0


@given(NOTED, st.integers(0, 10**13))
def test_it_is_never_less_than_nothing_and_less_room_never_lasts_longer(noted, free):
    known = [room(*each) for each in sorted(noted, reverse=True)]
    more, less = (foretold(known, 1, 1, there, 10**9) for there in (free, free // 2))
    assert more.days_left is None or more.days_left >= (less.days_left or 0) >= 0
    assert (more.per_day is None) == (not noted or max(noted)[0] - min(noted)[0] < 7)
    assert more.per_day is None or more.per_day >= 0


@pytest.fixture
def visitor(tmp_path):
    return Visitor(DemoPortal(stories(20), lambda: DEMOS_NOW, faults=False), tmp_path)


def test_each_run_notes_the_room_of_both_files_at_its_end(visitor, tmp_path):
    visitor.crawl()
    visitor.clock.pass_by(days=8)
    visitor.crawl()
    captures, archive = visitor.captures, visitor.archive
    first, second = rooms(captures)
    assert second.at - first.at >= timedelta(days=8)
    assert second.captures >= first.captures > 100_000
    assert rooms(archive) == [first, second], "the archive is told the same"
    for db, noted in ((captures, second.captures), (archive, second.archive)):
        checkpoint(db)
        size = (tmp_path / db.execute("SELECT file FROM pragma_database_list").fetchone()[0]).stat().st_size
        assert abs(size - noted) < 0.05 * size, "as large as the file, once its log is folded into it"
    at, growth = growth_at_last_run(archive)
    assert (at, growth.captures_size) == (stamp(second.at), second.captures)
    assert growth.measured_days == 8
    assert growth_of(tmp_path, captures).per_day == growth.per_day


def test_a_run_that_was_killed_noted_nothing_and_the_next_one_does(visitor):
    visitor.begin()
    assert growth_at_last_run(visitor.archive) is None
    visitor.clock.pass_by(seconds=60)
    visitor.crawl()
    assert len(rooms(visitor.archive)) == 1


def test_sizes_are_those_of_the_files(evidence):
    growth = growth_of(evidence.folder, evidence.captures)
    assert growth.captures_size >= (evidence.folder / "captures.db").stat().st_size > 0
    assert growth.archive_size > 0
    assert growth.free > 0
