"""`archiver crawl` without a name, as a timer calls it: what is due is crawled, whatever the others do."""

import json
import re
import signal
import time
from datetime import timedelta

from archiver.commands.scheduled import teller
from archiver.commands.shared import Shared
from archiver.configuration import Configuration
from archiver.crawling.report import Ending
from archiver.store.databases.opening import open_archive
from archiver.store.ground.locks import PortalLock
from archiver.supervising.errands import Errand
from tests.driving.clocks import SetClock
from tests.driving.towns import Calm, Endless, Silent
from tests.waiting import PATIENCE, assert_apart, wait_until


def test_what_is_due_is_crawled_and_then_nothing_is(towns):
    both = towns(Calm(), Calm())
    first = both.values("crawl")
    assert {name: each["status"] for name, each in first.items()} == {
        "town-1": "finished",
        "town-2": "finished",
        "exit": 0,
    }
    assert (both.articles("town-1"), both.articles("town-2")) == (20, 20)
    asked = [len(served.requests) for served in both.served]
    again = both.run("crawl")
    assert again.returncode == 0
    assert re.match(
        r"nothing is due; the first is town-[12]: next due in (1 d|23 h \d+ min), every 1 d, because ", again.stdout
    )
    assert [len(served.requests) for served in both.served] == asked
    assert both.values("crawl")[""]["next_portal"] in ("town-1", "town-2")
    assert both.values("crawl", "town-1")["town-1"]["status"] == "finished", "by name it is crawled all the same"


def test_status_says_when_the_next_is_due(towns):
    town = towns(Calm())
    town.run("crawl")
    stands = town.values("status")["town-1"]
    assert stands["enabled"] is True
    assert stands["is_due"] is False
    assert "next due in" in town.run("status").stdout


def test_a_run_writes_down_how_often_its_portal_is_to_be_crawled(towns):
    """Also where the configuration was named: the processes of the runs are told."""
    town = towns(Calm())
    town.configure(lambda _: "delay = 0\nshortest_interval_minutes = 20\nlongest_interval_minutes = 300")
    named = (town.data / "archiver.toml").rename(town.folder / "elsewhere.toml")
    assert town.values("crawl", "--config", str(named))["town-1"]["status"] == "finished"
    (settings,) = open_archive(town.data).execute("SELECT settings FROM crawls").fetchone()
    told = json.loads(settings)
    assert (told["shortest_interval_minutes"], told["longest_interval_minutes"]) == (20, 300)


def test_one_that_hangs_one_that_never_ends_and_one_that_is_heavy_harm_no_other(towns):
    ill = towns(Silent(), Endless(), Endless(450_000), Calm(), Calm())
    limits = {1: "deadline_minutes = 0.02", 2: "page_budget = 15", 3: "memory_mb = 128"}
    ill.configure(lambda number: f"delay = 0\n{limits.get(number, '')}", "jobs = 3")
    values = ill.values("crawl")
    assert values["exit"]["status"] == 1
    assert {values[town]["status"] for town in ("town-4", "town-5")} == {"finished"}
    assert (ill.articles("town-4"), ill.articles("town-5")) == (20, 20)
    assert values["town-1"]["status"] == "failed"
    assert "answered nothing until the deadline" in values["town-1"]["reason"]
    assert values["town-2"]["status"] == values["town-3"]["status"] == "limited"
    assert values["town-2"]["reason"] == "page budget: it made 15 requests; the next crawl goes on from here"
    assert values["town-3"]["reason"].startswith("memory: it held ")


def test_a_run_that_met_its_deadline_is_due_at_once_and_gone_on_with(towns):
    town = towns(Calm())
    town.configure(lambda _: "delay = 0.06\ndeadline_minutes = 0.05")
    statuses = []
    while "finished" not in statuses:
        values = town.values("crawl")
        statuses.append(values["town-1"]["status"])
        assert values["exit"]["status"] in (0, 3)
        assert len(statuses) < 20
    assert statuses[0] == "limited"
    assert town.articles("town-1") == 20
    assert town.runs("town-1")[0][1] == "deadline: it ran for 3 seconds; the next crawl goes on from here"
    asked = [asked.target for asked in town.served[0].requests if asked.target != "/robots.txt"]
    assert len(asked) - len(set(asked)) < len(statuses), "what was finished is not asked for again"


def test_a_portal_that_is_crawled_by_hand_is_left_alone(towns):
    both = towns(Calm(), Calm())
    lock = PortalLock(both.data, "town-1")
    lock.take()
    try:
        values = both.values("crawl")
    finally:
        lock.free()
    assert (values["town-1"]["status"], values["town-2"]["status"]) == ("locked", "finished")
    assert values["exit"]["status"] == 0


def test_named_together_none_is_asked_faster_than_its_own_pause(towns):
    both = towns(Calm(), Calm())
    both.configure(lambda number: f"delay = {0.4 * (number - 1)}")
    both.run("crawl", "town-1", "town-2", "--limit", "4")
    at = [asked.at for asked in both.served[1].requests]
    assert len(at) == 5
    assert_apart(at, 0.4)


def test_a_signal_ends_all_cleanly(towns):
    both = towns(Endless(), Endless())
    both.configure(lambda _: "delay = 0.3")
    process = both.start("crawl", "--json")
    wait_until(lambda: all(len(served.requests) >= 5 for served in both.served), process)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["interrupted"] * 2, err
    assert both.runs("town-1") == both.runs("town-2")
    assert "Traceback" not in err
    asked = len(both.served[0].requests)
    time.sleep(0.5)
    assert len(both.served[0].requests) == asked


def test_in_a_long_turn_the_outside_switch_hears_of_good_ends(monkeypatch, tmp_path, capsys):
    clock, beats = SetClock(), []
    monkeypatch.setattr("archiver.commands.scheduled.after_turn", lambda *_, **said: beats.append((clock.time, said)))
    told = teller(Shared(tmp_path, True, False, clock), Configuration())
    began = clock.time
    for minutes, status in ((5, "finished"), (11, "failed"), (12, "finished"), (20, "finished"), (40, "locked")):
        clock.time = began + timedelta(minutes=minutes)
        told(Errand("town", (), 1), Ending(status, ""), "")
    assert [((at - began).seconds // 60, said) for at, said in beats] == [
        (20, {"went_well": True}),
        (40, {"went_well": True}),
    ]
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_none_enabled_is_said(towns):
    town = towns(Calm())
    town.configure(lambda _: "enabled = false")
    ran = town.run("crawl")
    assert (ran.returncode, ran.stdout) == (0, "no portal is enabled\n")


def test_a_wrong_configuration_begins_nothing(towns):
    town = towns(Calm())
    town.configure(of_all="job = 3")
    ran = town.run("crawl")
    assert ran.returncode == 2
    assert "no key is called 'job'; did you mean jobs?" in ran.stderr
    assert not town.served[0].requests


def test_a_portal_of_this_machine_that_is_not_served_is_not_crawled(towns):
    town = towns(Calm())
    (town.data / "archiver.toml").write_text("[portals.myhao]\nenabled = false")
    assert town.run("crawl").stdout == "no portal is enabled\n"
    assert [file.name for file in town.data.iterdir()] == ["archiver.toml"]
