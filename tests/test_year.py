"""A month of the year that `make bench` plays, with two troubles and some kills: nothing missed, nothing invented."""

from bench.year.course import live
from bench.year.life import A_MONTH, A_YEAR, Publish, Remove, life, moment_of
from bench.year.playing import Run
from bench.year.sections import forecast, goals, section


def test_a_month_is_archived_as_it_was(tmp_path):
    month = live(tmp_path, A_MONTH, 1, lambda _: None)
    judged = month.judged
    assert judged.articles > 60
    assert judged.edits >= 3
    assert judged.revisions >= 3
    assert judged.blind_days == 4
    assert sum(run.was_killed for run in month.runs) >= 2
    wrong = (judged.missed, judged.unseen, judged.false_edits, judged.false_disappearances, judged.wrong_days)
    assert wrong == ([], [], [], [], [])
    assert (month.faults, month.differing) == ([], 0)
    events = [event.split()[1] for event in judged.portal_events]  # of slow days too, where the home page is late
    assert events[::2] == ["unreachable"] * (len(events) // 2)
    assert events[1::2] == ["up"] * (len(events) // 2)
    assert len(events) >= 4
    assert "What is wrong: nothing." in section(month)
    assert all(goal.is_reached for goal in goals(month)[:5])


def test_a_year_is_decided_by_its_seed():
    assert life(3, A_YEAR) == life(3, A_YEAR) != life(4, A_YEAR)
    deeds = [deed.what for deed in life(3, A_YEAR)]
    assert 300 < sum(isinstance(deed, Publish) for deed in deeds) < 800
    assert sum(isinstance(deed, Remove) for deed in deeds) > 8


def test_what_a_change_of_addresses_brings_is_told_apart_and_nothing_else_is():
    def run(day, megabytes):
        return Run(moment_of(day), moment_of(day, 1), "finished", "", 1, 0.1, 50.0, megabytes, 1.0)

    steady = [run(day, 2 + day / 10) for day in range(0, 365, 5)]
    assert forecast(steady).is_near
    jumps = [run(day, 2 + day / 10 + (15 if day > 253 else 0)) for day in range(0, 365, 5)]
    assert not forecast(jumps).is_near
    moved = forecast(jumps, moment_of(253))
    assert moved.is_near
    assert round(moved.moved) == 15
    early = [run(day, 2 + day / 10 + (15 if day > 200 else 0)) for day in range(0, 365, 5)]
    assert not forecast(early, moment_of(253)).is_near, "what grows at another time counts"
