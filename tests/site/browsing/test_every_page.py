"""Every page in both languages: on a phone and in the dark, for eyes and for screen readers, with nothing going wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from archiver.site.languages import LANGUAGES
from archiver.site.routes import ROUTES
from tests.site.browsing.pages import DATASETTES, OTHERS, OURS, PAGES
from tests.site.browsing.visiting import DESK, PHONE, Visitor

COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe that a scheme of colours can break


@dataclass(frozen=True)
class Seen:
    """What a visit showed."""

    status: int
    went_wrong: list[str]
    elsewhere: list[str]
    broken: list[str]
    widths: list[dict]
    fonts: set[str]
    faults: dict[str, list[str]]


@pytest.fixture(scope="package")
def visit(visitors, path_of):
    """Visits a page once in each language, however many tests ask for it."""
    seen: dict[tuple[str, str], Seen] = {}
    open_windows: dict[str, Visitor] = {}

    def visit(name: str, language: str) -> Seen:
        if (name, language) not in seen:
            window = open_windows.get(language) or visitors.visitor(language, PHONE)
            open_windows[language] = window
            seen[name, language] = _look(window, path_of(name), language)
        return seen[name, language]

    yield visit
    for window in open_windows.values():
        window.close()


def _look(window: Visitor, path: str, language: str) -> Seen:
    """In Vietnamese all of axe's rules in the light, and those of colours in the dark; in English all of them in the dark."""
    window.page.set_viewport_size(PHONE)
    window.page.emulate_media(color_scheme="light" if language == "vi" else "dark")
    answer = window.open(path)
    window.unfold()
    widths, faults = [window.width()], {"all": window.faults()}
    if language == "vi":
        window.page.emulate_media(color_scheme="dark")
        faults["colours, dark"] = window.faults(COLOURS)
    window.page.set_viewport_size(DESK)
    widths.append(window.width())
    found = Seen(
        answer.status,
        [*window.errors, *window.failed],
        [*window.elsewhere],
        window.broken_pictures(),
        widths,
        window.fonts(),
        faults,
    )
    for notes in (window.errors, window.failed, window.elsewhere):
        notes.clear()
    return found


@pytest.fixture(params=[(name, language) for name in OURS for language in LANGUAGES]
                + [(name, language) for name, language in zip(DATASETTES, ("vi", "en") * len(DATASETTES), strict=False)],
                ids=" ".join)  # fmt: skip
def seen(request, visit):
    return visit(*request.param)


def test_nothing_goes_wrong_and_nothing_is_asked_for_elsewhere(seen):
    assert seen.status in (200, 400, 404, 410)
    assert seen.went_wrong == []
    assert seen.elsewhere == []
    assert seen.broken == []


def test_nothing_is_wider_than_the_window(seen):
    for found in seen.widths:
        assert found["width"] <= found["room"]
        assert found["wide"] == []


def test_the_fonts_are_ours(seen):
    assert {"Noto Sans", "Noto Serif"} <= seen.fonts


def test_axe_finds_nothing_that_keeps_people_out(seen):
    assert seen.faults == {rules: [] for rules in seen.faults}


def test_what_is_no_page_is_there_too(reader, keys):
    window = reader()
    window.open("/search")
    for path, kind in OTHERS.items():
        answer = window.page.evaluate(
            "async path => { const got = await fetch(path); return [got.status, got.headers.get('content-type')]; }",
            path.format(**keys),
        )
        assert answer[0] == 200, path
        assert answer[1].startswith(kind), path


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in ROUTES])
def test_no_route_is_forgotten(keys, pattern):
    """A new page has to be added to `pages.py`."""
    known = [path.format(**keys).partition("?")[0] for path in (*PAGES.values(), *OTHERS)]
    first = {path: next((each for each, _ in ROUTES if re.match(each, path)), None) for path in known}
    assert pattern in first.values()
