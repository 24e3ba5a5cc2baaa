"""Numbers of official documents: golden sentences, what they are compared by, and any text at all."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.vietnamese import document_codes
from archiver.vietnamese.documents import mentions
from archiver.vietnamese.text import clean

GOLDEN = Path(__file__).with_name("documents.txt")


def golden():
    """Sentences and the lines indented under each."""
    cases = []
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            cases[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            cases.append((line, []))
    return cases


def printed(mention):
    return " | ".join(value or "-" for value in (mention.number, mention.kind_name, mention.issuer_name, mention.dated))


@pytest.mark.parametrize(("sentence", "expected"), golden(), ids=[sentence for sentence, _ in golden()])
def test_golden_sentence(sentence, expected):
    assert [printed(mention) for mention in mentions(sentence)] == expected


def test_there_are_enough_golden_sentences():
    assert len(golden()) >= 60


@pytest.mark.parametrize(("sentence", "expected"), golden(), ids=[sentence for sentence, _ in golden()])
def test_golden_sentence_among_others(sentence, expected):
    """What stands around a sentence changes nothing in it."""
    around = f"Sáng nay, thị xã họp.\n\n{sentence}\n\nCác đại biểu thảo luận."
    found = mentions(around)
    assert [printed(mention) for mention in found] == expected
    assert [clean(around[each.start : each.end]) for each in found] == [each.number for each in found]


@pytest.mark.parametrize(
    "forms",
    [
        ("1051/QĐ-UBND", "1051/QD-UBND", "1051/Q\u00d0-UBND", "1051/qđ-ubnd", "1051 / QĐ – UBND", "1.051/QĐ-UBND"),
        ("05/2021/NQ-HĐND", "5/2021/NQ-HĐND", "05 / 2021 / NQ-HDND"),
        ("15-NQ/TU", "15 - NQ/TU", "15/NQ-TU", "15/NQ/TU", "15\u2013NQ/TU"),
        ("02-KH/ThU", "2-KH/THU"),
        ("12a/KH-UBND", "12A/KH-UBND"),
    ],
)
def test_one_number_typed_differently_has_one_key(forms):
    keys = {mention.key for form in forms for mention in mentions(f"Văn bản số {form}")}
    assert len(keys) == 1


@pytest.mark.parametrize("pair", [("12/QĐ-UBND", "13/QĐ-UBND"), ("12/KH-UBND", "12/QĐ-UBND"), ("5/2020/NQ-HĐND", "5/2021/NQ-HĐND"), ("12/KH-UBND", "12a/KH-UBND"), ("12/KH-UBND", "12/KH-HĐND")])  # fmt: skip
def test_other_numbers_have_other_keys(pair):
    one, other = (mentions(number)[0].key for number in pair)
    assert one != other


def test_all_that_is_said_of_a_mention():
    text = "Căn cứ Nghị quyết số 05/2021/NQ-HĐND ngày 15 tháng 7 năm 2021"
    [mention] = mentions(text)
    assert (mention.year, mention.kind, mention.issuer) == (2021, "NQ", "HĐND")
    assert (mention.dated, mention.dated_raw) == ("2021-07-15", "ngày 15 tháng 7 năm 2021")
    assert text[mention.start : mention.end] == mention.number


@pytest.mark.parametrize(
    ("number", "kind", "issuer"),
    [
        ("12/qđ-ubnd", "QĐ", "UBND"),
        ("12-kh/ThU", "KH", "ThU"),
        ("Công văn số 12/TTYT-KSBT", "CV", "TTYT"),
        ("15/KH-BCĐ389", "KH", "BCĐ389"),
        ("68/2020/QH14", None, "QH14"),
        ("Quyết định số 12/QĐ", "QĐ", None),
        ("03/2019/TTLT-BCA-BQP", "TTLT", "BCA-BQP"),
    ],
)
def test_codes(number, kind, issuer):
    [mention] = mentions(number)
    assert (mention.kind, mention.issuer) == (kind, issuer)


@pytest.mark.parametrize("day", ["ngày 30/02/2021", "ngày 04/3", "ngày 04/3/21", "ngày 5", "ngày 16/72/2020"])
def test_a_day_that_cannot_be_read_is_kept_as_printed(day):
    [mention] = mentions(f"Quyết định số 12/QĐ-UBND {day} của UBND thị xã")
    assert (mention.dated, mention.dated_raw) == (None, day)


@pytest.mark.parametrize("space", ["\xa0", "\n", "  ", "\u2009"])
def test_any_white_space_between_the_parts(space):
    text = f"Số:{space}45{space}/{space}KH{space}-{space}UBND ngày{space}04/3/2021"
    [mention] = mentions(text)
    assert mention.number == "45 / KH - UBND"
    assert mention.dated == "2021-03-04"
    assert clean(text[mention.start : mention.end]) == mention.number


def test_a_number_broken_over_two_lines():
    text = "Quyết định số\n1234/2021/QĐ-\nUBND ngày 04/3/2021; Công văn số 12/UBND-\nVX"
    assert [(each.number, each.dated) for each in mentions(text)] == [("1234/2021/QĐ- UBND", "2021-03-04"), ("12/UBND- VX", None)]  # fmt: skip


def test_a_decomposed_text_reads_the_same():
    text = "Quyết định số 12/QĐ-UBND ngày 15 tháng 6 năm 2021 của Tỉnh ủy"
    assert mentions(unicodedata.normalize("NFD", text)) == mentions(text)


def test_every_kind_is_read_in_a_number():
    for code, names in document_codes.KINDS.items():
        [mention] = mentions(f"số 12/{code}-UBND")
        assert (mention.kind, mention.kind_name) == (code, names[0] if len(names) == 1 else None)


def test_every_issuer_is_read_in_a_number():
    for code, names in document_codes.ISSUERS.items():
        [mention] = mentions(f"số 12-KH/{code}")
        names = document_codes.BY_PARTY.get(code, names)
        assert (mention.issuer, mention.issuer_name) == (code, names[0] if len(names) == 1 else None)


def test_no_licence_is_a_kind():
    assert not document_codes.NO_DOCUMENTS & document_codes.KINDS.keys()
    assert document_codes.PARTY


PIECES = st.sampled_from(
    ["1051/QĐ-UBND", "15-NQ/TU", "68/2020/QH14", "ngày 04/3/2021", "ngày 31/2/2021", "của Tỉnh ủy", "Quyết định số", " số ", ",", "/", "-",
     "12", "2021", "UBND", "QĐ", "\n", "\xa0", ".", "Đ", "\u00d0", "&", "\u0301", "tháng 10", "VX", "(", ")", "và", ":"]
)  # fmt: skip


@settings(deadline=None)
@given(st.text() | st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_any_text(text):
    text = unicodedata.normalize("NFC", text)
    place = 0
    for mention in mentions(text):
        assert place <= mention.start < mention.end <= len(text)
        assert clean(text[mention.start : mention.end]) == mention.number
        assert mention.number[0].isdigit()
        assert mention.key.isascii()
        assert mention.dated is None or mention.dated_raw is not None
        assert mention.kind_name is None or mention.kind_name[0].isupper()
        place = mention.end


HOSTILE = [
    "1",
    "/",
    "A",
    "Đ",
    " ",
    "1/",
    "1/A",
    "1/A-",
    "1/QĐ-",
    "1-",
    "1 ",
    "1\n/\nA",
    "1/2021/",
    "số ",
    "ngày 1/1/",
    "a&",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("before", ["", "1/QĐ-UBND ", "1/QĐ-UBND của UBND "])
def test_a_megabyte_of_anything_is_read_in_a_second(unit, before):
    text = before + unit * (1_000_000 // len(unit))
    started = time.process_time()
    mentions(text)
    assert time.process_time() - started < 1


def test_time_grows_with_the_text():
    """A text of nothing but numbers: twice as many take about twice as long."""
    few, many = (_seconds("Quyết định số 1/QĐ-UBND ngày 04/3/2021, " * count) for count in (1000, 4000))
    assert many < 12 * few


def _seconds(text):
    started = time.process_time()
    mentions(text)
    return time.process_time() - started
