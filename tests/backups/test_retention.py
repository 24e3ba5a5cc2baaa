"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archiver.backups.retention import Retention, to_keep

DAWN = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.sets(
    st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: DAWN + timedelta(minutes=minutes)), min_size=1, max_size=80
)
COUNTS = st.builds(Retention, st.integers(1, 9), st.integers(0, 9), st.integers(0, 15))


@given(MOMENTS, COUNTS)
def test_the_newest_always_stays_and_nothing_is_made_up(moments, retention):
    kept = to_keep(moments, retention)
    assert max(moments) in kept <= moments
    assert len(kept) <= retention.daily + retention.weekly + retention.monthly


@given(MOMENTS, COUNTS)
def test_what_stayed_once_stays_when_it_is_asked_again(moments, retention):
    kept = to_keep(moments, retention)
    assert to_keep(kept, retention) == kept


@given(MOMENTS, COUNTS)
def test_of_each_of_the_last_days_one_stays(moments, retention):
    last_days = sorted({moment.date() for moment in moments})[-retention.daily :]
    assert {moment.date() for moment in to_keep(moments, retention)} >= set(last_days)


def test_no_backups_at_all_are_no_trouble():
    assert to_keep(set(), Retention()) == set()


def test_years_of_daily_backups_leave_a_week_five_weeks_and_a_year():
    kept, now = set(), datetime(2024, 1, 1, 2, tzinfo=UTC)
    for _ in range(900):
        now += timedelta(days=1)
        kept = to_keep(kept | {now}, Retention())
    ages = sorted((now - moment).days for moment in kept)
    assert ages[:7] == list(range(7))
    assert len({moment.isocalendar()[:2] for moment in kept if (now - moment).days < 35}) >= 5
    assert len({(moment.year, moment.month) for moment in kept}) == 12
    assert 11 * 28 <= ages[-1] <= 366
    assert len(kept) <= 24


def test_with_none_to_keep_the_newest_stays_all_the_same():
    now = datetime(2024, 1, 1, tzinfo=UTC)
    assert to_keep({now, now - timedelta(days=1)}, Retention(0, 0, 0)) == {now}


def test_days_are_those_by_which_backups_are_named():
    """A night in Việt Nam falls on one day of UTC and a morning on the next, or both on one, as their names say."""
    late, early, later = (datetime(2025, 7, day, hour, tzinfo=UTC) for day, hour in ((1, 23), (2, 1), (2, 23)))
    assert to_keep({late, early}, Retention(2, 0, 0)) == {late, early}
    assert to_keep({early, later}, Retention(2, 0, 0)) == {later}
