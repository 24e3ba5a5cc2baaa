"""The same visible page gives the same result, whatever its markup."""

import re

from archiver.reading.page import read
from tests.reading.conftest import DEMO, as_expected, expected, read_rendering, rendering_files, url_of

REFUSED_DATE = "(31/02/2023 9:00 SA)"  # in the list page, on purpose
_NAMES = re.compile(rb"""\s(?:class|id)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


def test_there_are_enough_of_them():
    assert len(rendering_files()) >= 15
    assert len({file.parent for file in rendering_files()}) >= 3


def test_reads_as_a_person_does(rendering):
    page = read_rendering(rendering)
    assert as_expected(page) == expected(rendering)
    assert [problem.raw for problem in page.problems] == ([] if page.article else [REFUSED_DATE])


def test_reads_the_same_by_landmarks_alone(rendering):
    """Without any class name or id there is nothing left for selectors."""
    nameless = _NAMES.sub(b"", rendering.read_bytes())
    assert b"tandan" not in nameless or b"tandan" in b"".join(re.findall(rb'"[^"]*tandan[^"]*"', nameless))
    assert as_expected(read_rendering(rendering, nameless)) == expected(rendering)


def test_reading_twice_gives_the_same(rendering):
    assert read_rendering(rendering) == read_rendering(rendering)


def test_carriage_returns_change_nothing(rendering):
    body = rendering.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert as_expected(read_rendering(rendering, body)) == expected(rendering)


def test_a_declared_charset_that_is_wrong_changes_nothing(rendering):
    page = read(rendering.read_bytes(), DEMO, url_of(rendering), "text/html; charset=iso-8859-1")
    assert as_expected(page) == expected(rendering)


def test_a_legacy_charset_is_read():
    """Windows-1258 prints tones as combining marks; the page says so itself."""
    file = next(file for file in rendering_files() if file.stem == "two-dates")
    text = file.read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="windows-1258"')
    page = read_rendering(file, _as_windows_1258(text))
    assert as_expected(page) == expected(file)


def _as_windows_1258(text):
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    encoded = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in tones)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        encoded.append((base + tone).encode("cp1258", "xmlcharrefreplace"))
    return b"".join(encoded)
