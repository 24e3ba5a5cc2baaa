"""The site in two languages: every text stands in both, and every template's text is there."""

import re
from pathlib import Path

import pytest

import archiver.site
from archiver.site.languages import LANGUAGES, catalogue, translator

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
