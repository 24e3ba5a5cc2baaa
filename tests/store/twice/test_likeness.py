"""What counts as the same news, measured on made-up pairs of which a person knows whether they are."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from archiver.store.twice import likeness as rules
from archiver.store.twice.likeness import Likeness, Told, Version, likeness
from archiver.store.twice.marks import marks_of
from archiver.store.twice.texts import syllables, text_of
from tests.store.twice.labelled import pairs

LONG = " ".join(f"Câu số {number} của một bài viết dài, kể rằng {number + 40} hộ đã làm xong." for number in range(12))


@cache
def version(text):
    return Version(1, text_of(None, text))


def told(text=LONG, *more, title="Thị xã họp", day=date(2023, 6, 9), key="a"):
    versions = [Version(number, text_of(None, each)) for number, each in enumerate((text, *more), 1)]
    long_enough = [each for each in versions if each.text.syllables >= rules.FEWEST_SYLLABLES]
    return Told(key, syllables(title), day, len(versions), tuple(long_enough))


def found(one, other):
    """What is found of two texts that have neither titles nor days in common."""
    return likeness(
        Told("a", "mot", date(2023, 6, 9), 1, (version(one),)), Told("b", "hai", date(2023, 6, 9), 1, (version(other),))
    )


@pytest.fixture(scope="module")
def judged():
    return [(name, is_same, found(one, other) is not None) for name, one, other, is_same in pairs()]


def test_precision_and_recall_on_the_labelled_pairs(judged):
    """Of 4,236 pairs: nothing that is no news twice, and all copies but one, in a date of which a word was changed."""
    counts = Counter((is_same, is_found) for _, is_same, is_found in judged)
    assert counts == {(True, True): 479, (True, False): 1, (False, False): 4236 - 480}


def test_what_each_rule_is_for(judged, monkeypatch):
    """Without the rule on numbers two thirds of what is found are notices on a template."""
    monkeypatch.setattr(rules, "_NUMBERS_THAT_MAY_DIFFER", 1.0)
    wrong = Counter(name for name, one, other, is_same in pairs() if not is_same and found(one, other))
    assert sum(wrong.values()) > 2 * 480
    assert set(wrong) >= {"power_cut", "weather", "reception", "houses", "a notice for another day"}


def test_copies_are_found_by_their_marks():
    """What was measured: of copies that are alike, how many share a mark with their original."""
    copies = [(one, other) for _, one, other, is_same in pairs() if is_same and found(one, other)]
    marks = cache(lambda text: marks_of(Told("a", "", None, 1, (version(text),))))
    missed = sum(marks(one).isdisjoint(marks(other)) for one, other in copies)
    assert (len(copies), missed) == (479, 1)


def test_the_same_text_typed_otherwise_is_exact():
    assert likeness(told(LONG), told(LONG.upper().replace(",", " –"), key="b")) == Likeness("exact", 1.0, 1, 1)


def test_any_two_versions_count():
    """The province took over what the town corrected later."""
    other = " ".join(f"Đoạn {number} nói chuyện khác hẳn, rằng {number} thôn đã góp đất." for number in range(12))
    assert likeness(told(other, LONG), told(LONG, other + LONG, key="b")) == Likeness("exact", 1.0, 2, 1)


def test_a_text_that_is_short_is_not_compared():
    short = "Xem nội dung chi tiết trong tệp đính kèm. Trân trọng thông báo."
    assert likeness(told(short), told(short, key="b")) is None


@pytest.mark.parametrize("text", ["", "Xem tệp đính kèm.", LONG])
def test_title_and_day_tell_where_a_text_is_short(text):
    title = "UBND thị xã thông báo kết quả xét tuyển công chức"
    same = likeness(told(title=title), told("", title=title.upper(), key="b"))
    assert same == Likeness("title_and_day", None, 1, 1)
    assert likeness(told(text, title=title), told("", title=title, day=date(2023, 6, 10), key="b")) is None
    assert likeness(told(text, title=title), told("", title=f"{title} năm 2023", key="b")) is None
    assert likeness(told(text, title="Lịch công tác tuần"), told("", title="Lịch công tác tuần", key="b")) is None
    assert likeness(told(text, title=title, day=None), told("", title=title, day=None, key="b")) is None


def test_title_and_day_do_not_tell_against_the_texts():
    """Notices of two communes, of one day and under one title, with other numbers."""
    title = "Thông báo lịch tiếp công dân của Chủ tịch xã"
    numbers = LONG.replace("Câu số", "Câu số 7")
    assert likeness(told(LONG, title=title), told(numbers.replace("4", "9"), title=title, key="b")) is None


def test_title_and_day_tell_of_a_text_that_was_cut_to_a_third():
    title = "UBND thị xã thông báo kết quả xét tuyển công chức"
    third = " ".join(LONG.split()[: len(LONG.split()) * 2 // 5])
    same = likeness(told(LONG, title=title), told(third, title=title, key="b"))
    assert (same.kind, same.similarity < rules.NEAR) == ("title_and_day", True)
    assert likeness(told(LONG), told(third, key="b", day=date(2023, 6, 10))) is None
