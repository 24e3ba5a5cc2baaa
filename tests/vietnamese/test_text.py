import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.vietnamese.text import clean, fold, place_tone
from archiver.vietnamese.titles import full_title, without_site


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\u200b" not in cleaned


def test_clean_keeps_misspellings():
    assert clean("  nâng cáo  ý chí\u00a0\u00a0đấu tranh ") == "nâng cáo ý chí đấu tranh"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thị xã Mỹ Hào", "Thi xa My Hao"),
        ("ĐƯỜNG đường", "DUONG duong"),
        ("\u00d0ảng \u00f0", "Dang d"),
        ("\u0189ảng", "Dang"),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "Uy ban nhan dan"),
        ("khuỷu, Nguyễn, ơ ư", "khuyu, Nguyen, o u"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("khoẻ", "khỏe"),
        ("\u00d0ảng uỷ", "Đảng ủy"),
        (unicodedata.normalize("NFD", "hoà"), "hòa"),
        ("Hoà Thành", "Hòa Thành"),
    ],
)
def test_one_tone_placement(one, other):
    assert place_tone(one) == place_tone(other)


def test_tone_placement_keeps_different_words_apart():
    assert place_tone("hòa") != place_tone("hóa")
    assert place_tone("quý") == place_tone("quý")
    assert place_tone("hoàn") != place_tone("hoan")


@given(st.text())
def test_placing_tones_twice_changes_nothing(text):
    assert place_tone(place_tone(text)) == place_tone(text)


@pytest.mark.parametrize(
    ("window_title", "title"),
    [
        ("Thu hoạch mận - CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ AN THUẬN", "Thu hoạch mận"),
        ("Cổng thông tin điện tử thị xã An Thuận | Thu hoạch mận", "Thu hoạch mận"),
        ("Thu hoạch mận - Thị xã An Thuận", "Thu hoạch mận"),
        ("Thu hoạch mận - được mùa, được giá", "Thu hoạch mận - được mùa, được giá"),
        ("Thu hoạch mận", "Thu hoạch mận"),
    ],
)
def test_the_site_is_no_part_of_a_title(window_title, title):
    assert without_site(window_title, ("Thị xã An Thuận",)) == title


def test_a_title_cut_short_is_completed_only_by_its_own_beginning():
    assert full_title("Thị xã ra quân…", "Thị xã ra quân làm sạch kênh mương") == "Thị xã ra quân làm sạch kênh mương"
    assert full_title("Thị xã ra quân…", "Chi tiết") == "Thị xã ra quân…"
    assert full_title("Thị xã ra quân", "Thị xã ra quân làm sạch") == "Thị xã ra quân"


def test_more_marks_than_any_language_has_are_cut_in_a_long_text():
    assert clean("ê\u0323" * 3_000) == "ệ" * 3_000
    assert len(clean("a" + "\u0323\u0302" * 100_000)) <= 31
