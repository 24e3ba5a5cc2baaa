"""The two forms of a text: the same however it was typed, and word by word those of the text itself."""

import hashlib
import sqlite3
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.vietnamese.search_forms import FORMS_VERSION, beginnings, exact, folded, spellings, words

VIETNAMESE = st.text(
    st.sampled_from(
        "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
        "AĐÐƠƯỲỸÂ 12-/.,\u0300\u0301\u0303\u0309\u0323_"
    )
)
ANY = st.one_of(VIETNAMESE, st.text())
ONSETS = ("", "b", "h", "k", "kh", "l", "m", "ng", "nh", "q", "s", "t", "th", "v", "x")
RIMES = ("oa", "oan", "oai", "oe", "oen", "uy", "uyn", "uyên", "uya", "a", "ơ", "ư", "i", "y", "ay", "ây", "ê", "ô")
MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def syllables():
    """Syllables with the tone on every letter that can bear one, composed."""
    for onset, rime, mark in product(ONSETS, RIMES, MARKS):
        for place in range(len(rime)):
            yield unicodedata.normalize("NFC", onset + rime[: place + 1] + mark + rime[place + 1 :])


def test_what_is_in_an_index_does_not_change_unless_the_version_does():
    """Another digest: raise FORMS_VERSION, so that every index is made anew, and write the digest down here."""
    made = " ".join(f"{exact(each)} {folded(each)}" for each in syllables())
    assert (FORMS_VERSION, hashlib.sha256(made.encode()).hexdigest()[:16]) == (1, "91c8daa14a15a867")


@given(ANY)
def test_both_forms_are_those_of_each_word(text):
    composed = unicodedata.normalize("NFC", text)
    for form in (exact, folded):
        assert words(form(text)) == [form(word) for word in words(composed.lower())]


@given(VIETNAMESE)
def test_case_and_normal_form_do_not_matter(text):
    for form in (exact, folded):
        assert form(unicodedata.normalize("NFD", text)) == form(text)
        assert form(text.upper()) == form(text.lower())


@given(ANY.filter(lambda text: not any(map(unicodedata.combining, unicodedata.normalize("NFC", text)))))
def test_a_form_of_a_form_is_the_same(text):
    for form in (exact, folded):
        assert form(form(text)) == form(text)
    assert folded(exact(text)) == folded(text)


@given(st.lists(ANY, min_size=1, max_size=5))
def test_the_tokenizer_finds_as_many_words_in_a_text_as_in_its_forms(texts):
    """Or what is marked in the text would not be what was found."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE held USING fts5 (a, b, c, tokenize='unicode61 remove_diacritics 0')")
    for text in texts:
        composed = unicodedata.normalize("NFC", text)
        db.execute("INSERT INTO held VALUES (?, ?, ?)", (composed, exact(composed), folded(composed)))
    for (sizes,) in db.execute("SELECT sz FROM held_docsize"):
        assert len(set(sizes_of(sizes))) == 1


def sizes_of(blob):
    """Three numbers, seven bits a byte."""
    sizes, number = [], 0
    for byte in blob:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            sizes.append(number)
            number = 0
    return sizes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"), ("HOÁ", "Hóa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("uỷ", "ủy"), ("hòan", "hoàn"),
        ("qúy", "quý"), ("qùy", "quỳ"), ("thúyên", "thuýên"), ("Ðảng", "Đảng"), ("ðảng", "đảng"), ("Ɖảng", "đảng"),
        ("hoà_bình", "hòa_bình"), ("hoà,", "hòa,"),
    ],
)  # fmt: skip
def test_what_is_written_in_two_ways_is_one(one, other):
    assert exact(one) == exact(other)


@pytest.mark.parametrize(
    ("one", "other"), [("mĩ", "mỹ"), ("quí", "quý"), ("mà", "má"), ("đa", "da"), ("túy", "túi"), ("hóa", "hoa")]
)
def test_what_is_another_word_is_not(one, other):
    assert exact(one) != exact(other)


def test_most_words_are_in_the_index_as_most_people_write_them():
    """So that the plain sqlite3 shell finds them."""
    for word in ("hoàn", "quý", "khoản", "hoạt", "xoáy", "huỳnh", "khuỷu", "hòa", "ủy", "khỏe"):
        assert exact(word) == word


def test_y_stands_for_i_where_it_is_the_whole_rime():
    for onset in ("h", "k", "l", "m", "s", "t", "v", "qu"):
        assert spellings(f"{onset}y") == (f"{onset}y", f"{onset}i")
        assert spellings(f"{onset}i") == (f"{onset}i", f"{onset}y")
    for word in (
        "uy",
        "tuy",
        "tui",
        "hay",
        "hai",
        "thi",
        "chi",
        "nhi",
        "y",
        "i",
        "kinh",
        "bi",
        "di",
        "gi",
        "phi",
        "ni",
    ):
        assert spellings(word) == (word,)


def test_a_tone_may_stand_elsewhere_once_a_word_goes_on():
    assert beginnings(exact("hoà")) == ("hòa", "hoà")
    assert beginnings("khuy") == ("khuy",)
