"""Times of our own never run backwards, whatever the machine's clock does."""

from archiver.store.ground.timeline import Timeline
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


def test_a_clock_is_behind_the_evidence_by_more_than_an_hour(evidence):
    assert not Timeline(evidence.clock, evidence.captures).is_ahead_of_clock, "nothing is kept"
    evidence.keep(url("a"), article())
    for minutes, is_ahead in ((0, False), (-59, False), (-2, True), (600, False)):
        evidence.clock.pass_by(minutes=minutes)
        timeline = Timeline(evidence.clock, evidence.captures)
        assert timeline.is_ahead_of_clock == is_ahead
        timeline.stamp()
        assert timeline.is_ahead_of_clock == is_ahead
