"""Changes that come to many articles at once: noise of a template until two later runs agree that they are content."""

import json

import pytest

from archiver.store.ground.keys import article_key
from archiver.store.runs.rechecks import articles_to_recheck
from tests.store.conftest import DEMO, article, home, told_in_any_order, url

NAMES = [f"bai-{letter}" for letter in "abcdefghijklmnopqrstuvwx"]
BANNER = "</p><p>Chào mừng kỷ niệm ngày thành lập thị xã</p><p>Số người xem: "


def page(name, *, banner=False, edit="", views=1):
    text = f"Bài {name} nói về việc của thị xã.{' ' + edit if edit else ''}"
    return article(f"Tin {name}", f"{text}{BANNER}{views}" if banner else text)


def run(evidence, number, banner=(), edits=(), names=NAMES):
    """One run that rechecks articles; some carry the banner, some were edited by hand."""
    evidence.clock.pass_by(days=1)
    evidence.new_run(f"demo-{number}")
    evidence.see_home()
    for name in names:
        evidence.see(name, page(name, banner=name in banner, edit="Đã sửa." if name in edits else "", views=number))
    evidence.settle()


def flags(evidence):
    return sorted(
        (row["number"], row["batch_flag"])
        for row in evidence.all("SELECT number, batch_flag FROM revisions WHERE number > 1")
    )


def edits(evidence):
    return evidence.one("SELECT count(*) AS n FROM edits")["n"]


@pytest.fixture
def known(evidence):
    run(evidence, 1)
    return evidence


def test_the_same_block_in_many_articles_is_no_edit(known):
    run(known, 2, banner=NAMES[:12])
    assert flags(known) == [(2, 1)] * 12
    assert edits(known) == 0


def test_an_edit_by_hand_in_the_same_run_is_one(known):
    run(known, 2, banner=NAMES[:12], edits=[NAMES[20]])
    assert edits(known) == 1


def flag_of(evidence, name, number=2):
    query = "SELECT batch_flag FROM revisions WHERE article_key = ? AND number = ?"
    return evidence.one(query, article_key(DEMO, url(name)), number)["batch_flag"]


def test_an_edit_by_hand_in_the_same_article_is_one_without_the_block(known):
    run(known, 2, banner=NAMES[:12], edits=NAMES[:1])
    edit = known.one("SELECT * FROM edits")
    assert edit["article_key"] == article_key(DEMO, url(NAMES[0]))
    assert (json.loads(edit["changed_fields"]), edit["chars_added"], edit["chars_removed"]) == (["body"], 8, 0)
    assert sorted(flags(known)) == [(2, 0), *[(2, 1)] * 11]
    whole = known.one("SELECT * FROM revisions WHERE number = 2 AND batch_flag = 0")
    assert whole["chars_added"] > 60, "the revision itself says all that changed"


def test_a_new_title_beside_the_block_is_an_edit(known):
    run(known, 2, banner=NAMES[:12], names=NAMES[1:])
    known.see(NAMES[0], page(NAMES[0], banner=True).replace("Tin bai-a", "Tin bai-a (đính chính)"))
    known.settle()
    edit = known.one("SELECT * FROM edits")
    assert (json.loads(edit["changed_fields"]), edit["chars_added"]) == (["title"], 13)


def test_once_it_is_content_an_edit_beside_it_is_whole(known):
    for number in (2, 3, 4):
        run(known, number, banner=NAMES[:12], edits=NAMES[:1])
    edit = known.one("SELECT * FROM edits WHERE article_key = ?", article_key(DEMO, url(NAMES[0])))
    assert edit["chars_added"] > 60


def test_it_is_content_once_two_later_runs_agree(known):
    run(known, 2, banner=NAMES[:12])
    run(known, 3, banner=NAMES[:12])
    assert edits(known) == 0
    run(known, 4, banner=NAMES[:12])
    assert edits(known) == 12
    assert set(flags(known)) == {(2, 0), (3, 1), (4, 1)}, "its counter moves on, and that is never content"


def test_a_few_articles_do_not_speak_for_the_rest(known):
    run(known, 2, banner=NAMES[:12])
    for number in (3, 4, 5):
        run(known, number, banner=NAMES[:12], names=NAMES[:5])
    assert edits(known) == 0
    for number in (6, 7):
        run(known, number, banner=NAMES[:12], names=NAMES[5:7])
    assert edits(known) == 12, "seven of twelve do, each on days of its own"


def test_one_that_loses_the_block_does_not_speak_for_the_rest(known):
    run(known, 2, banner=NAMES[:12])
    run(known, 3, banner=NAMES[1:12])
    run(known, 4, banner=NAMES[1:12])
    assert edits(known) == 13, "what came to all, and what went from one"


def test_an_article_that_meets_the_block_when_it_is_content_is_an_edit(known):
    for number in (2, 3, 4):
        run(known, number, banner=NAMES[:12])
    late = {"banner": NAMES, "names": NAMES[12:]}
    run(known, 5, **late)
    assert edits(known) == 24, "many more meet it, which does not make it noise again"
    run(known, 6, banner=NAMES, names=NAMES[20:22])
    assert flag_of(known, NAMES[20], 3) == 1, "its counter moves on in a few articles alone"


def test_what_goes_again_never_was_content(known):
    run(known, 2, banner=NAMES[:12])
    run(known, 3)
    run(known, 4)
    run(known, 5)
    assert set(flags(known)) == {(2, 1), (3, 1)}
    assert edits(known) == 0


def test_an_article_that_meets_the_block_later_is_of_the_same_batch(known):
    run(known, 2, banner=NAMES[:12])
    run(known, 3, banner=[NAMES[20]], names=[NAMES[20]])
    assert (2, 1) in flags(known)
    assert edits(known) == 0


@pytest.mark.parametrize(("changed", "rechecked"), [(4, 24), (12, 15)])
def test_a_few_changes_or_a_small_run_are_no_batch(evidence, changed, rechecked):
    run(evidence, 1)
    run(evidence, 2, banner=NAMES[:changed], names=NAMES[:rechecked])
    assert set(flags(evidence)) == {(2, None)}
    assert edits(evidence) == changed


def test_many_edits_that_share_nothing_are_edits(known):
    evidence = known
    evidence.clock.pass_by(days=1)
    evidence.new_run("demo-2")
    for name in NAMES:
        evidence.see(name, article(f"Tin {name}", f"Bài {name} được viết lại: {name * 3}."))
    evidence.settle()
    assert edits(evidence) == len(NAMES)


def days_to_recheck(evidence, name, days):
    """On which of the following days an article is due, if its counter moves on each time that it is looked at."""
    found, request = (
        [],
        evidence.one("SELECT request_key FROM captures WHERE url = ? LIMIT 1", url(name))["request_key"],
    )
    for day in range(1, days):
        evidence.clock.pass_by(days=1)
        if request in articles_to_recheck(evidence.archive, DEMO, evidence.clock.now(), "due"):
            evidence.see(name, page(name, banner=True, views=10 + day))
            evidence.settle()
            found.append(day)
    return found


def test_a_change_that_is_held_is_looked_at_twice_more_soon(known):
    """Else a batch of old articles would be held for years, until each is due again."""
    known.clock.pass_by(days=400)
    run(known, 2, banner=NAMES[:12])
    assert days_to_recheck(known, NAMES[0], 60) == [1, 3]
    assert days_to_recheck(known, NAMES[20], 2) == []


def test_a_counter_that_moves_on_is_not_looked_at_daily(known):
    known.clock.pass_by(days=400)
    for number in range(2, 6):
        run(known, number, banner=NAMES[:12])
    assert days_to_recheck(known, NAMES[0], 90) == [1, 4, 11, 27, 87], "by the steps after the day it became content"


def test_the_same_comes_out_in_whatever_order_captures_arrive(tmp_path):
    def story(evidence):
        captures = []
        for number, banner in enumerate([(), NAMES[:12], NAMES[:12], NAMES, NAMES]):
            evidence.clock.pass_by(days=1)
            captures.append(evidence.keep(DEMO.url, home()))
            names = NAMES[:8] if number == 2 else NAMES
            captures += [
                evidence.keep(url(name), page(name, banner=name in banner, views=number, edit="Sửa." * (name == "bai-b")))
                for name in names
            ]  # fmt: skip
        return captures

    evidence = told_in_any_order(tmp_path, story, 3)
    assert {row["batch_flag"] for row in evidence.all("SELECT batch_flag FROM revisions")} == {None, 0, 1}
