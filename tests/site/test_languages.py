"""The site in two languages: every text stands in both, and every template's text is there."""

import re
from pathlib import Path

import pytest

import archiver.site
from archiver.site.languages import LANGUAGES, address_in, catalogue, shown_day, shown_moment, translator

ROOT = Path(archiver.site.__file__).parent
USED = re.compile(r"""\bt\(\s*f?["']([a-z_.]+)["']\s*[,)]""")
TEMPLATES = sorted((ROOT / "plugin" / "templates").glob("*.html"))


@pytest.mark.parametrize("key", catalogue())
def test_every_text_stands_in_both_languages_with_the_same_gaps(key):
    texts = catalogue()[key]
    assert texts.keys() == set(LANGUAGES)
    gaps = [sorted(re.findall(r"\{(\w+)\}", texts[language])) for language in LANGUAGES]
    assert gaps[0] == gaps[1]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_say_only_what_is_in_the_catalogue(template):
    assert set(USED.findall(template.read_text(encoding="utf-8"))) <= catalogue().keys()


def test_a_number_is_written_as_the_language_has_it():
    assert translator("vi")("home.articles", count=12345) == "12.345 bài"
    assert translator("en")("home.articles", count=12345) == "12,345 articles"


def test_another_language_asks_for_the_same_in_it():
    assert (
        address_in("en", "from=1&to=2&lang=vi&q=h%E1%BB%8Dp+b%C3%A0n") == "?from=1&to=2&q=h%E1%BB%8Dp+b%C3%A0n&lang=en"
    )
    assert address_in("vi", "empty=") == "?empty=&lang=vi"


def test_a_moment_of_ours_is_shown_on_the_clock_of_the_portals():
    """Late on the 28th in Greenwich is the 29th in Vietnam; a time that the portal printed stays as it is."""
    assert shown_day("2021-12-28T18:30:00.000000Z", "vi") == "29/12/2021"
    assert shown_day("2021-12-28T18:30:00+07:00", "vi") == "28/12/2021"
    assert shown_moment("2021-12-28T18:30:00.000000Z", "vi") == "29/12/2021 01:30"
    assert shown_moment("2021-12-28T18:30:00.000000Z", "en") == "29 Dec 2021, 01:30"
    assert shown_moment("2021-12-28T09:24:00+07:00", "en") == "28 Dec 2021, 09:24"
    assert shown_moment("2021-12-28", "en") == "28 Dec 2021"
    assert shown_moment(None, "en") == ""
