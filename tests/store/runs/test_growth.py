"""How an archive grows, and how long the disk lasts."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archiver.clock import stamp
from archiver.store.databases.opening import insert
from archiver.store.runs.growth import bytes_by_day, foretold, growth_in_words, growth_of
from tests.store.conftest import article

TODAY = date(2025, 7, 1)
MEGA = 1_000_000
BY_DAY = st.dictionaries(st.integers(0, 400).map(lambda ago: TODAY - timedelta(days=ago)), st.integers(0, 10**9))


def steadily(days, size):
    return {TODAY - timedelta(days=ago): size for ago in range(1, days + 1)}


def test_a_steady_archive_is_foretold_to_the_day():
    growth = foretold(steadily(100, MEGA), 150 * MEGA, 50 * MEGA, 1000 * MEGA, TODAY, 500 * MEGA)
    assert (growth.per_day, growth.days_left) == (2 * MEGA, 250)


def test_a_first_crawl_long_ago_is_no_pace():
    by_day = steadily(60, MEGA) | {TODAY - timedelta(days=60): 10_000 * MEGA}
    assert foretold(by_day, 10_059 * MEGA, 0, 1000 * MEGA, TODAY, 0).per_day == MEGA


def test_a_young_archive_foretells_nothing():
    for by_day in ({}, steadily(6, MEGA), {TODAY: MEGA}):
        growth = foretold(by_day, MEGA, MEGA, MEGA, TODAY, 0)
        assert (growth.per_day, growth.days_left) == (None, None)
        assert "too young" in growth_in_words(growth)


def test_one_that_does_not_grow_lasts():
    growth = foretold({date(2020, 1, 1): MEGA}, MEGA, MEGA, MEGA, TODAY, 0)
    assert (growth.per_day, growth.days_left) == (0, None)


def test_a_disk_that_is_full_lasts_no_day():
    growth = foretold(steadily(30, MEGA), MEGA, MEGA, 10, TODAY, 100)
    assert growth.days_left == 0


def test_today_which_is_not_over_does_not_slow_it():
    by_day = steadily(30, MEGA)
    assert foretold(by_day, 30 * MEGA, 0, 1, TODAY, 0) == foretold(by_day | {TODAY: 0}, 30 * MEGA, 0, 1, TODAY, 0)


@given(BY_DAY, st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**13))
def test_it_is_never_less_than_nothing_and_less_room_never_lasts_longer(by_day, captures, archive, free):
    more, less = (foretold(by_day, captures, archive, room, TODAY, 10**9) for room in (free, free // 2))
    assert more.days_left is None or more.days_left >= (less.days_left or 0) >= 0
    assert (more.per_day is None) == (not by_day or min(by_day) > TODAY - timedelta(days=7))


def test_bytes_are_counted_once_on_the_day_on_which_they_came(evidence):
    evidence.see("a", article(body="một"))
    evidence.clock.pass_by(days=1)
    evidence.see("a", article(body="một"))
    evidence.see("b", article(body="hai"))
    evidence.crawl_key = "import-1"
    at = stamp(datetime(2025, 8, 1, tzinfo=UTC))
    insert(evidence.captures, "crawls", {"crawl_key": "import-1", "portal": "demo", "kind": "import", "started_at": at})
    evidence.see("c", article(body="ba"))
    with_source = "UPDATE captures SET source = 'warc' WHERE crawl_key = 'import-1'"
    evidence.captures.execute("DROP TRIGGER captures_refuse_update")
    evidence.captures.execute(with_source)
    by_day = bytes_by_day(evidence.captures)
    assert list(by_day) == [date(2025, 7, 1), date(2025, 7, 2), date(2025, 8, 1)]
    (kept,) = evidence.captures.execute("SELECT sum(length(zstd)) FROM payloads").fetchone()
    assert sum(by_day.values()) == kept


def test_sizes_are_those_of_the_files(evidence):
    evidence.see("a", article())
    growth = growth_of(evidence.folder, evidence.captures, TODAY)
    assert growth.captures_size >= (evidence.folder / "captures.db").stat().st_size > 0
    assert growth.archive_size > 0
    assert growth.free > 0
