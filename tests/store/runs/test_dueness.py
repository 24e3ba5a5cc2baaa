"""When a portal is due: by what it publishes and by how its last runs ended."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.store.runs.dueness import Bounds, PastRun, in_words, next_due

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)  # noon of a Monday in Vietnam
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
BOUNDS = Bounds(QUARTER, DAY)


def run(status="finished", ago=timedelta(0), reason=None):
    return PastRun(NOW - ago, status, reason)


def every(published):
    return next_due([run()], published, BOUNDS, NOW).every


def days_of(hours, days=20):
    """Published at these hours before now, day after day."""
    return [NOW - timedelta(days=day, hours=hour) for day in range(days) for hour in hours]


class TestInterval:
    def test_who_publishes_more_is_looked_at_more_often(self):
        daily, thrice, hourly = (every(days_of(hours)) for hours in ([0], [0, 3, 6], range(10)))
        assert QUARTER <= hourly < thrice < daily <= DAY
        assert timedelta(hours=10) < daily < timedelta(hours=14)
        assert timedelta(hours=1) < thrice < timedelta(hours=4)

    def test_nothing_known_is_looked_at_daily(self):
        assert every([]) == every([NOW, NOW - DAY]) == DAY

    def test_a_burst_is_one_piece_of_news(self):
        burst = [NOW - timedelta(days=3, seconds=second) for second in range(0, 1000, 5)]
        assert every(burst) == DAY
        calm = days_of([0])
        assert abs(every(calm + burst) - every(calm)) < timedelta(hours=1)

    def test_what_is_dated_back_or_ahead_tells_nothing(self):
        calm = days_of([0])
        backdated = [NOW - timedelta(days=400, minutes=31 * number) for number in range(500)]
        ahead = [NOW + timedelta(minutes=31 * number) for number in range(1, 500)]
        assert every(calm + backdated + ahead) == every(calm)

    def test_silence_is_looked_at_ever_more_seldom(self):
        busy = [each - timedelta(days=6) for each in days_of(range(10), 5)]
        assert every(busy) > 4 * every(days_of(range(10), 5))
        assert "it has published nothing for 6 d" in next_due([run()], busy, BOUNDS, NOW).because


class TestRuns:
    def test_one_that_was_never_crawled_is_due(self):
        due = next_due([], [], BOUNDS, NOW)
        assert due.is_due(NOW)
        assert in_words(due, NOW) == "due now, every 1 d, because it was never crawled"

    def test_a_good_run_is_followed_by_one_interval_later(self):
        due = next_due([run(ago=timedelta(hours=1))], days_of([0]), BOUNDS, NOW)
        assert due.at == NOW - timedelta(hours=1) + due.every
        assert not due.is_due(NOW)

    @pytest.mark.parametrize("status", ["interrupted", "limited"])
    def test_one_that_was_cut_short_is_gone_on_with_at_once(self, status):
        assert next_due([run(status)], [], BOUNDS, NOW).is_due(NOW)

    @pytest.mark.parametrize("status", ["failed", "killed", "running"])
    def test_failures_are_tried_again_ever_later(self, status):
        waits = [next_due([run(status)] * count + [run()], [], BOUNDS, NOW).at - NOW for count in range(1, 10)]
        assert waits[:4] == [QUARTER, 2 * QUARTER, 4 * QUARTER, 8 * QUARTER]
        assert waits[-1] == DAY
        why = next_due([run(status)] * 3, [], BOUNDS, NOW).because
        assert why == (
            "its last run goes on, or ended without a word" if status == "running" else "its last 3 runs failed"
        )

    def test_memory_that_ran_out_counts_as_a_failure(self):
        runs = [run("limited", reason="memory: it held 600 MB"), run("limited", reason="memory: it held 700 MB")]
        assert next_due(runs, [], BOUNDS, NOW).at == NOW + 2 * QUARTER

    def test_a_clock_that_was_set_back_stops_nothing(self):
        assert next_due([run(ago=-timedelta(days=3000))], [], BOUNDS, NOW).is_due(NOW)


@given(
    st.lists(st.timedeltas(timedelta(days=-9000), timedelta(days=9000)).map(lambda ago: NOW - ago), max_size=60),
    st.lists(st.sampled_from(["finished", "degraded", "failed", "killed", "running", "limited", "interrupted"])),
    st.timedeltas(timedelta(days=-9000), timedelta(days=9000)),
)
def test_nobody_waits_longer_than_the_longest_interval(published, statuses, ago):
    due = next_due([run(status, ago) for status in statuses], published, BOUNDS, NOW)
    assert due.at <= NOW + DAY
    assert QUARTER <= due.every <= DAY
