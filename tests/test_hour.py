"""How `make bench` judges an hour of twenty portals: its own judgement, without the hour."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archiver.store.runs.dueness import next_due
from bench.hour.clock import WINDING, FastClock
from bench.hour.judging import BOUNDS, judge
from bench.hour.playing import Played, Scale
from bench.hour.sections import Hour, goals, section
from bench.hour.seeing import Crawl, Seen
from bench.hour.timer import Keeper, Timer, printed_timer
from bench.hour.towns import START, NeverDone, Rhythm, planned
from bench.resident import Peak
from tests.driving.packages import install_towns

MINUTE = timedelta(minutes=1)
END = START + 60 * MINUTE


def crawl(begin, end, status="finished", reason=None):
    return Crawl(START + begin * MINUTE, START + end * MINUTE, status, reason)


def hourly(*crawls, news=(10, 50), late=5, **more):
    """A town that publishes hourly, so that it is due every half hour; `news` come besides, and are soon captured."""
    before = [START - (60 * number + 90) * MINUTE for number in range(8)]
    captured = {at: at + MINUTE for at in before} | {START + at * MINUTE: START + (at + late) * MINUTE for at in news}
    return Seen("town-3", "well", 60, (crawl(-25, -24), *crawls), captured, tuple(captured), **more)


def test_a_crawl_is_as_late_as_it_began_after_its_time():
    judged = judge(hourly(crawl(6, 8), crawl(37, 38), crawl(68, 69), news=()), START, END)
    assert [round(each.late / MINUTE) for each in judged.begun] == [1, 1]
    assert [each / MINUTE for each in judged.apart] == [31]
    assert judged.overdue is None, "what began after the end is not looked at"
    assert round(judged.begun[0].due.every / MINUTE) == 30


def test_one_that_did_not_come_counts_with_how_long_it_was_due():
    judged = judge(hourly(crawl(6, 8), news=()), START, END)
    assert judged.overdue == 24 * MINUTE
    assert max(judged.late) == 24 * MINUTE
    assert judge(hourly(crawl(6, 80), news=()), START, END).overdue is None, "one that goes on is not due"


def test_what_failed_is_due_by_the_rule_for_failures():
    failed = replace(hourly(news=()), crawls=(crawl(1, 4, "failed"), crawl(21, 24, "failed"), crawl(55, 58, "failed")))
    assert [round(each.late / MINUTE) for each in judge(failed, START, END).begun] == [1, 5, 4]


def test_what_was_cut_short_is_due_when_it_has_ended():
    cut = replace(hourly(news=()), crawls=(crawl(1, 4, "limited"), crawl(6, 9, "limited"), crawl(59, 70, "limited")))
    assert [round(each.late / MINUTE) for each in judge(cut, START, END).begun] == [1, 2, 50]


def test_news_are_found_missed_or_to_come():
    seen = hourly(crawl(6, 8), crawl(37, 38))
    seen = replace(seen, news=(*seen.news, START + 20 * MINUTE, START + 40 * MINUTE, START - MINUTE))
    judged = judge(seen, START, END)
    assert [each / MINUTE for each in judged.found] == [5, 5]
    assert sorted(judged.missed) == [START - MINUTE, START + 20 * MINUTE]
    assert judged.to_come == 1
    interrupted = replace(seen, crawls=(seen.crawls[0], replace(seen.crawls[1], status="limited")))
    assert judge(interrupted, START, END).to_come == 3, "only a crawl that came to its end must have seen all"


def hour(*seen):
    played = Played(Scale(()), Timer(5 * MINUTE, MINUTE), [], 12, 0, [0, 1], Peak(300.0, 90.0, 4), 240.0)
    return Hour(played, [judge(each, START, END) for each in seen])


def test_goals_can_be_reached_and_missed():
    well = hourly(crawl(6, 8), crawl(37, 38), gaps=(0.25,) * 50)
    ill = Seen("town-1", "never answers", None, (crawl(1, 4, "failed"),), {}, ())
    assert [goal.is_reached for goal in goals(hour(ill, well))] == [True] * 4
    late = hourly(crawl(6, 8), crawl(58, 59), gaps=(0.25,) * 50)
    assert [goal.is_reached for goal in goals(hour(ill, late))] == [False, True, True, True]
    cut = replace(hourly(crawl(6, 8), crawl(37, 38, "limited"), gaps=(0.1,) * 50), news=(START,))
    assert [goal.is_reached for goal in goals(hour(ill, cut, well))][1:] == [False, False, False]
    told = section(hour(ill, well))
    assert "| 60 min" in told
    assert "| never answers |      1 | failed |" in told
    assert "300 MB at the most, one of them 90 MB" in told


def test_the_timer_is_the_printed_one_and_begins_no_turn_beside_another():
    timer = printed_timer()
    assert timer.every >= 5 * timer.jitter
    ticks = [START, START + 5 * MINUTE, START + 10 * MINUTE]
    begun = []
    keeper = Keeper(iter(ticks), lambda: begun.append(1), lambda: len(begun) == 1)
    for at in (START - MINUTE, START, START + MINUTE, START + 5 * MINUTE):
        keeper.look(at)
    assert (keeper.begun, keeper.passed_over, keeper.next) == (1, 1, ticks[2])


@pytest.mark.parametrize("minutes", [34, 480])
def test_a_plan_has_the_rhythm_that_it_says(minutes):
    rhythm = Rhythm(minutes, 1)
    times = [story.listed_at for story in planned(rhythm, 5, 600)]
    known = [at for at in times if at <= START]
    due = next_due([crawl(0, 1).as_past], known, BOUNDS, START)
    assert due.every / rhythm.interval == pytest.approx(1, abs=0.1)
    assert len(set(times)) == len(times) == len(known) + sum(at > START for at in times)


def test_the_town_that_is_never_done_has_a_page_behind_each():
    town = NeverDone(planned(Rhythm(60, 1), 2, 60), lambda: START)
    assert b"kho.aspx" in town.respond("GET", "/").body
    assert "trang=8" in town.respond("GET", "/portal/Pages/kho.aspx?trang=7").body.decode()
    assert "số 69" in town.respond("GET", "/portal/Pages/kho-tin-69.aspx").body.decode()


def test_the_clock_runs_fast_in_a_process_of_the_program(tmp_path):
    started = FastClock(datetime.now(UTC).timestamp(), datetime(2031, 5, 1, tzinfo=UTC), 1000)
    environment = install_towns(tmp_path, 1, WINDING) | started.as_variable()
    environment["PYTHONPATH"] += f"{os.pathsep}{Path.cwd()}"
    looks = "from archiver.portals import PORTALS; from archiver.clock import SystemClock; c = SystemClock()"
    says = "a = c.now(); c.sleep(0.1); print('town-1' in PORTALS, (c.now() - a).total_seconds() > 90, a.year)"
    line = [sys.executable, "-c", f"{looks}; {says}"]
    ran = subprocess.run(line, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True", "2031"]
