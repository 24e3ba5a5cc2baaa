"""Changes that come to many articles at once: noise of a template until two later runs agree that they are content."""

import pytest

from tests.store.conftest import article

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


def test_it_is_content_once_two_later_runs_agree(known):
    run(known, 2, banner=NAMES[:12])
    run(known, 3, banner=NAMES[:12])
    assert edits(known) == 0
    run(known, 4, banner=NAMES[:12])
    assert edits(known) == 12
    assert set(flags(known)) == {(2, 0), (3, 1), (4, 1)}, "its counter moves on, and that is never content"


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
