"""What is typed is understood, whatever it is."""

import sqlite3
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver.vietnamese.abbreviations import ABBREVIATIONS, DOCUMENTS
from archiver.vietnamese.search_forms import exact, folded, words
from archiver.vietnamese.search_query import NOTHING, match_expression, read_query
from archiver.vietnamese.search_typed import without_marks

RUBBISH = st.one_of(
    st.text(),
    st.text(st.sampled_from("\"'*-+^:(){}[]|&!~<>=\\/%_;,.?#@$\x00\x1f\u200b\ufeff\ud800 aăđÐhoà“”«»ANDORNOT012")),
    st.lists(
        st.sampled_from(["AND", "OR", "NOT", "NEAR(", ")", '"', "*", "-", "title:", "{", "}", "^", "my", "Mỹ"])
    ).map(" ".join),
)


@pytest.fixture(scope="module")
def index():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE held USING fts5 (e, f, tokenize='unicode61 remove_diacritics 0')")
    text = "Thị xã Mỹ Hào AND OR NOT NEAR một hai"
    db.execute("INSERT INTO held VALUES (?, ?)", (exact(text), folded(text)))
    return db


def finds(index, query):
    return index.execute(
        "SELECT count(*) FROM held WHERE held MATCH ?", (match_expression(query, "e", "f"),)
    ).fetchone()[0]


@settings(max_examples=300)
@given(typed=RUBBISH, marks=st.booleans(), abbreviations=st.booleans())
@example(typed="\ud800", marks=True, abbreviations=True)
@example(typed='"' * 1000, marks=True, abbreviations=True)
@example(typed="a" * 100_000, marks=True, abbreviations=True)
@example(typed="ky ly my " * 5_000, marks=True, abbreviations=True)
@example(typed='"' + "ky ly my " * 5_000, marks=False, abbreviations=True)
@example(typed="ky/ly/my/" * 5_000, marks=True, abbreviations=True)
@example(typed="-" + "ky/ly/my/" * 5_000, marks=True, abbreviations=False)
@example(typed="-a " * 1_000, marks=True, abbreviations=True)
@example(typed="UBND MTTQ BCH TT TU " * 200, marks=True, abbreviations=True)
@example(typed='"' + "UBND MTTQ BCH TT TU " * 200, marks=True, abbreviations=True)
@example(typed="a" + "\u0301" * 50_000, marks=True, abbreviations=True)
def test_nothing_that_is_typed_is_an_error(index, typed, marks, abbreviations):
    query = read_query(typed, marks=marks, abbreviations=abbreviations)
    finds(index, query)
    assert len(query.wanted) + len(query.unwanted) <= 64
    finds(index, read_query(without_marks(typed)))


@given(st.text(st.characters(categories=["L", "N", "Zs"])))
def test_whoever_types_marks_finds_no_more_than_without(index, typed):
    assert finds(index, read_query(typed)) <= finds(index, read_query(typed, marks=False))


def test_capitals_and_normal_forms_ask_for_the_same():
    typed = "Uỷ ban nhân dân thị xã Mỹ Hào"
    asked = {
        match_expression(read_query(form), "e", "f")
        for form in (
            typed,
            typed.upper(),
            typed.lower(),
            unicodedata.normalize("NFD", typed),
            typed.replace("Uỷ", "Ủy"),
        )
    }
    assert len(asked) == 1


def test_one_mark_makes_all_words_exact():
    assert match_expression(read_query("Đào quang minh"), "e", "f").startswith("{e} :")
    assert match_expression(read_query("dao quang minh"), "e", "f").startswith("{f} :")
    assert match_expression(read_query("dao -Mình"), "e", "f") == '{f} : ("dao") NOT {e} : ("mình")'
    assert match_expression(read_query("Đào -minh"), "e", "f") == '{e} : ("đào") NOT {e} : ("minh")'


@pytest.mark.parametrize("typed", ["", "  ", "*", '"', '""', "-", "- -", "…", "-covid", '-"a b"', "\x00", "( ) { }"])
def test_where_no_word_is_wanted_nothing_is_found(typed):
    assert match_expression(read_query(typed), "e", "f") == NOTHING


def test_what_was_not_taken_as_typed_is_said():
    for typed in ("h*", "th*", "ngh*", '"thị ng"*'):
        assert read_query(typed).notes == ("a star behind too few letters",)
    for typed in ("ho*", "hà*", "HĐND*", "20*", '"thị x xã"*'):
        assert read_query(typed).notes == ()
    assert read_query("ho* ha* hi* hu* ho*").notes == ("too many stars",)
    assert read_query("-covid").notes == ("nothing but exclusions",)
    assert read_query("một " * 65).notes == ("too many words",)
    assert read_query("một " * 64).notes == ()


def test_there_are_enough_abbreviations_and_each_stands_for_something_else():
    assert len(ABBREVIATIONS) >= 60
    for short, meanings in ABBREVIATIONS.items():
        assert meanings
        assert len(set(meanings)) == len(meanings)
        assert short == unicodedata.normalize("NFC", short)
        letters = "".join(words(folded(short)))
        for meaning in meanings:
            assert meaning[0].isupper()
            assert letters[0] == folded(meaning)[0] or short == "OCOP", short


def test_no_two_abbreviations_are_one_without_marks():
    assert len({tuple(words(folded(short))) for short in ABBREVIATIONS}) == len(ABBREVIATIONS)


@pytest.mark.parametrize("short", [short for short in ABBREVIATIONS if len(short) > 2])
def test_an_abbreviation_asks_for_its_full_words(short):
    (expansion,) = read_query(short).expansions
    assert expansion.typed == " ".join(words(short))
    assert expansion.means == ABBREVIATIONS[short]
    assert read_query(short, abbreviations=False).expansions == ()


def test_full_words_ask_for_the_abbreviation_if_it_stands_for_nothing_else():
    assert read_query("Uỷ ban nhân dân").expansions[0].means == ("UBND",)
    assert read_query("uy ban nhan dan").expansions[0].means == ("UBND",)
    assert read_query("Ban Chấp hành").expansions == (), "BCH stands for two others too"
    assert read_query("Quyết định").expansions == (), "QĐ stands in the number of every other document"
    assert {"QĐ", "KH", "NQ"} <= DOCUMENTS.keys()
    assert read_query("Công an").expansions == (), "ca is a word"
    assert read_query("CA").expansions[0].means == ("Công an",)


def test_capitals_tell_an_abbreviation_from_a_word_unless_all_is_in_capitals():
    assert read_query("nghị quyết TU").expansions[0].means[0] == "Tỉnh ủy"
    assert read_query("nghi quyet TU").expansions
    assert read_query("NGHI QUYET TU").expansions == ()
    assert read_query("tu").expansions == ()
    assert read_query("TU 2021").expansions
    assert read_query("ubnd").expansions


def test_the_number_of_a_document_is_taken_as_it_is():
    assert match_expression(read_query("1051/QĐ-UBND"), "e", "f") == '{e} : ("1051 qđ ubnd")'
    assert read_query("1051/QĐ-UBND").expansions == ()


def test_what_is_excluded_is_excluded_as_typed():
    assert match_expression(read_query("họp -UBND"), "e", "f") == '{e} : ("họp") NOT {e} : ("ubnd")'


def test_the_query_without_marks_can_be_typed_again():
    assert without_marks("Đào Quang Minh -Mình “Ủy ban”") == 'Dao Quang Minh -Mình "Uy ban"'
