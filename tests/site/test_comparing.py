"""Versions beside each other: what changed is marked, what did not is not, and neither loses a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.site.comparing import Pair, Patience, Piece, compared, stretches
from tests.waiting import toil_within

texts = st.lists(
    st.lists(st.sampled_from(["họp", "bàn", "thị xã", "số 12", ",", "  ", "\n", "Đ", "ữ"]), max_size=6).map(" ".join),
    max_size=5,
).map("\n\n".join)


@pytest.mark.parametrize(
    ("after", "runs"),
    [
        ("a b c d e f", [(True, 6)]),
        ("a b X d e f", [(False, 1), (False, 3), (True, 2)]),
        ("X b c d e f", [(False, 2), (True, 4)]),
        ("a b c X e f", [(True, 2), (False, 3), (False, 1)]),
    ],
)
def test_what_did_not_change_is_folded_but_for_what_stands_beside_a_change(after, runs):
    pairs = compared("a b c d e f".replace(" ", "\n\n"), after.replace(" ", "\n\n"))
    parted = stretches(pairs)
    assert [(is_folded, len(run)) for is_folded, run in parted] == runs
    assert [pair for _, run in parted for pair in run] == pairs


def text_of(pairs, side):
    paragraphs = (getattr(pair, side) for pair in pairs)
    return "\n\n".join("".join(piece.text for piece in pieces) for pieces in paragraphs if pieces)


def same(text):
    return Piece("same", text)


def gone(text):
    return Piece("gone", text)


def new(text):
    return Piece("new", text)


@pytest.mark.parametrize(
    ("before", "after", "pair"),
    [
        ("Họp lúc 8 giờ.", "Họp lúc 9 giờ.", Pair((same("Họp lúc "), gone("8"), same(" giờ.")), (same("Họp lúc "), new("9"), same(" giờ.")))),
        ("Họp lúc 8 giờ", "Họp lúc 8 giờ sáng", Pair((same("Họp lúc 8 giờ"),), (same("Họp lúc 8 giờ"), new(" sáng")))),
        ("ông Mẫu họp", "bà Sen họp", Pair((gone("ông Mẫu"), same(" họp")), (new("bà Sen"), same(" họp")))),
        ("một  hai", "một hai", Pair((same("một"), gone("  "), same("hai")), (same("một"), new(" "), same("hai")))),
        ("nâng cáo", "nâng cao", Pair((same("nâng "), gone("cáo")), (same("nâng "), new("cao")))),
    ],
)  # fmt: skip
def test_words_that_changed_are_marked_and_no_others(before, after, pair):
    assert compared(before, after) == [pair]


def test_paragraphs_are_paired_with_what_became_of_them():
    before = "Mở đầu không đổi.\n\nĐoạn này bị bỏ hẳn khỏi bài viết.\n\nHội nghị có 40 đại biểu tham dự.\n\nKết thúc."
    after = "Mở đầu không đổi.\n\nHội nghị có 45 đại biểu tham dự.\n\nMột câu hoàn toàn mới.\n\nKết thúc."
    pairs = compared(before, after)
    assert [pair.is_same for pair in pairs] == [True, False, False, False, True]
    assert (pairs[1].before, pairs[1].after) == ((gone("Đoạn này bị bỏ hẳn khỏi bài viết."),), ())
    assert gone("40") in pairs[2].before
    assert new("45") in pairs[2].after
    assert (pairs[3].before, pairs[3].after) == ((), (new("Một câu hoàn toàn mới."),))


@pytest.mark.parametrize(("before", "after"), [(None, None), ("", None), (None, "")])
def test_of_nothing_there_is_nothing_to_compare(before, after):
    assert compared(before, after) == []


def test_what_was_not_there_is_new_and_what_is_not_there_is_gone():
    assert compared(None, "một") == [Pair((), (new("một"),))]
    assert compared("một", None) == [Pair((gone("một"),), ())]


@given(texts, texts)
def test_neither_side_loses_a_character(before, after):
    pairs = compared(before, after)
    if before and after:  # of an empty text there is no paragraph, of an empty paragraph no piece
        assert text_of(pairs, "before").replace("\n\n", "") == before.replace("\n\n", "")
        assert text_of(pairs, "after").replace("\n\n", "") == after.replace("\n\n", "")


@given(texts, texts)
def test_what_is_the_same_is_the_same_on_both_sides(before, after):
    for pair in compared(before, after):
        one, other = (
            "".join(piece.text for piece in side if piece.kind == "same") for side in (pair.before, pair.after)
        )
        assert one == other
        assert {piece.kind for piece in pair.before} <= {"same", "gone"}
        assert {piece.kind for piece in pair.after} <= {"same", "new"}


@given(texts)
def test_equal_texts_have_no_change(text):
    assert all(pair.is_same for pair in compared(text, text))


def test_a_huge_change_ends_in_time():
    before = "\n\n".join(" ".join(f"từ{n * m % 97}" for m in range(900)) for n in range(290))
    after = "\n\n".join(" ".join(f"từ{n * m % 89}" for m in range(900)) for n in range(290))
    with toil_within(3):
        pairs = compared(before, after, Patience(2_000_000))
    assert text_of(pairs, "before") == before
    assert text_of(pairs, "after") == after
