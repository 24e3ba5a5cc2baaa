"""Every fault befalls a small archive once, by real processes. `make bench` does the same many times."""

import random

import pytest

from bench.faults.course import find
from bench.faults.scale import QUICK
from bench.faults.sections import goals, section


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    return find(tmp_path_factory.mktemp("faults") / "all", QUICK, seed, print)


def test_a_kill_loses_and_doubles_nothing(found):
    for killed in found.killed:
        assert killed.compared.is_same, killed
        assert killed.compared.rows > 100


def test_a_killed_rebuild_leaves_the_old_archive_and_nothing_else(found):
    assert found.copied.kills == found.copied.rounds == 1
    assert found.copied.is_well, found.copied
    assert all(killed.is_well for killed in found.killed), found.killed


def test_no_space_is_said_in_plain_words_and_loses_nothing(found):
    assert [each.failed for each in found.hindered] == [1, 1]
    assert all(each.is_well for each in found.hindered), found.hindered


def test_a_locked_file_is_waited_for_or_given_up_in_plain_words(found):
    statuses = {(each.scene.name, each.file, each.how): each.ran.status for each in found.held}
    assert statuses == {
        ("crawl", "captures.db", "for too long"): 1,
        ("recheck", "archive.db", "for a while"): 0,
        ("import", "archive.db", "for too long"): 1,
        ("recheck", "captures.db", "from all readers"): 1,
    }
    assert all(each.is_well for each in found.held), found.held


def test_a_flipped_bit_is_named(found):
    by_kind = {each.kind: each for each in found.flipped}
    for kind in ("a payload", "a digest"):
        assert by_kind[kind].named + by_kind[kind].without_effect == 1, by_kind[kind]
    assert by_kind["the layout of a page"].is_well, by_kind


def test_a_clock_that_is_set_back_turns_no_order_and_tells_no_tales(found):
    assert found.set_back.behind > 0
    assert found.set_back.is_well, found.set_back


def test_all_of_it_is_told(found):
    text = section(found)
    assert f"seed {found.seed}" in text
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### SIGKILL", "### No space left", "### A locked file", "### Flipped bits", "### The clock set back",
    ]  # fmt: skip
    assert [goal.is_reached for goal in goals(found)] == [False, True, True, True], "five kills are no hundred"
