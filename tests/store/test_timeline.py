"""Times of our own never run backwards, whatever the machine's clock does."""

from archiver.store.timeline import Timeline
from tests.store.conftest import article, url


def test_a_clock_set_back_does_not_turn_the_order(evidence):
    capture = evidence.keep(url("a"), article())
    evidence.clock.pass_by(days=-3)
    timeline = Timeline(evidence.clock, evidence.captures)
    assert timeline.stamp() > capture.captured_at
    evidence.clock.pass_by(days=4)
    later = timeline.stamp()
    assert later > capture.captured_at
    evidence.clock.pass_by(hours=-1)
    assert timeline.stamp() > later


def test_no_two_moments_are_one(evidence):
    """Two answers alike within a tick of the clock are two captures."""
    timeline = Timeline(evidence.clock, evidence.captures)
    stamps = [timeline.stamp() for _ in range(5)]
    assert stamps == sorted(set(stamps))
