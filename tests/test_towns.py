"""What `make bench` does with twenty portals, with a few."""

from bench.towns import DELAY, goals, measure, section


def test_the_well_ones_are_crawled_whole_beside_one_that_hangs_and_one_that_never_ends(tmp_path, monkeypatch):
    monkeypatch.setattr("bench.towns._DEADLINE_MINUTES", 0.3)
    turn = measure(tmp_path, 4, 20)
    assert [town.kind for town in turn.towns] == ["hangs", "never ends", "well", "well"]
    assert [(town.status, town.articles) for town in turn.towns[2:]] == [("finished", 20)] * 2
    assert turn.towns[0].status == "failed"
    assert turn.exit_status == 1
    assert turn.peak_mb > turn.peak_of_one_mb > 40
    assert turn.again.startswith("nothing is due")
    assert all(sum(town.gaps) >= 0.9 * DELAY * len(town.gaps) for town in turn.towns)
    assert goals(turn)[0].is_reached
    assert "| well" in section(turn)
