"""Made-up pages in each platform's own markup, each beside what a person reads on it (see `platforms/README.md`)."""

import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.demo import DemoPortal, stories
from archiver.portals import PORTALS, Selectors
from archiver.portals.platforms import PLATFORMS
from archiver.reading.page import read
from archiver.reading.recognising import recognised
from tests.reading.conftest import DEMO, RENDERINGS, as_expected, expected, rendering_files, url_of

GOLDENS = Path(__file__).parent / "platforms"
FILES = sorted(GOLDENS.glob("*/*.html"))
NAMES = re.compile(rb"""\s(?:class|id)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
WITHOUT_GOLDENS = {"landmarks"}  # nobody's markup
THEMES = ("tandan-p-article-news-title", "tandan-title-view")  # of the first platform, the current and the older one


def truth_of(file):
    return json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))


def portal_of(file):
    return PORTALS["demo" if file.parent.name == "tandan" else f"demo-{file.parent.name}"]


def read_golden(file, body=None):
    return read(body or file.read_bytes(), portal_of(file), truth_of(file)["url"], "text/html")


def in_short(page, url):
    return {"url": url, **as_expected(page)}


@pytest.fixture(params=FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def golden(request):
    return request.param


def test_every_platform_has_an_article_a_list_and_an_odd_page():
    by_platform = {}
    for file in FILES:
        by_platform.setdefault(file.parent.name, set()).add(file.stem)
    assert set(by_platform) == set(PLATFORMS) - WITHOUT_GOLDENS
    assert all({"article", "list"} < names for names in by_platform.values())


def test_both_themes_of_the_first_platform_have_articles_here_and_on_the_portal():
    pages = [file.read_text(encoding="utf-8") for file in (GOLDENS / "tandan").glob("*.html")]
    portal = DemoPortal(stories(40), lambda: datetime(2025, 6, 30, tzinfo=UTC), faults=False)
    shown = [portal.respond("GET", f"{story.url}?v=2").body.decode() for story in portal.truth().stories]
    for theme in THEMES:
        assert any(f'class="{theme}"' in page for page in pages)
        assert any(f'class="{theme}"' in page for page in shown)
    assert all(any(theme in page for theme in THEMES) for page in shown)


def test_reads_as_a_person_does(golden):
    assert in_short(read_golden(golden), truth_of(golden)["url"]) == truth_of(golden)


def test_is_recognised_as_its_own_platform(golden):
    assert recognised(golden.read_bytes()).platform is PLATFORMS[golden.parent.name]


def test_marks_apart_from_their_letters_change_nothing(golden):
    body = unicodedata.normalize("NFD", golden.read_text(encoding="utf-8")).encode()
    assert body != golden.read_bytes()
    assert as_expected(read_golden(golden, body)) == as_expected(read_golden(golden))


def test_carriage_returns_change_nothing(golden):
    body = golden.read_bytes().replace(b"\n", b"\r\n")
    assert as_expected(read_golden(golden, body)) == as_expected(read_golden(golden))


def test_no_date_is_made_up_where_none_is_printed():
    problems = read_golden(GOLDENS / "uiarticle" / "undated.html").problems
    assert [problem.reason for problem in problems] == ["no date line in the header"]


def test_midnight_is_no_time_and_no_problem():
    assert read_golden(GOLDENS / "liferay" / "midnight.html").problems == ()


@pytest.mark.parametrize(("name", "steps"), [("list", [2, 3]), ("posted-page", [1, 3])])
def test_pages_that_are_posted_for_carry_the_state_of_their_own_page(name, steps):
    file = GOLDENS / "webforms" / f"{name}.html"
    pager = read_golden(file).pager
    assert [step.number for step in pager] == steps
    state = re.search(r'id="__VIEWSTATE" value="([^"]+)"', file.read_text(encoding="utf-8"))[1]
    assert {dict(step.form)["__VIEWSTATE"] for step in pager} == {state}
    assert [dict(step.form)["__EVENTARGUMENT"] for step in pager] == [f"Page${number}" for number in steps]


# The least share of each part that landmarks alone must find, and what they do not: of an article that prints no date
# (uiarticle/undated) nothing that is seen tells it from a page like "Giới thiệu"; and a breadcrumb whose steps are items of a
# list, parted by its style alone, is no other than a menu (nukeviet/article, nukeviet/older-theme, liferay/article,
# liferay/midnight).
FLOORS = {
    "kind": 0.98, "title": 0.97, "published_on": 0.97, "published_at": 0.97, "body": 0.97, "lead": 0.97, "author": 0.97,
    "images": 0.97, "attachments": 0.97, "section": 0.86, "rows": 1.0,
}  # fmt: skip


def test_landmarks_alone_find_almost_all_of_every_page_in_any_markup():
    """Of every rendering and every golden page, read without selectors, class names and ids to select by."""
    right, wrong = Counter(), {part: [] for part in FLOORS}
    for name, found, truth in pages_without_names():
        for part, is_right in judged(found, truth):
            right[part] += is_right
            wrong[part] += [] if is_right else [name]
    shares = {part: right[part] / (right[part] + len(wrong[part])) for part in FLOORS}
    table = "\n".join(f"{part}: {shares[part]:.1%}, not {', '.join(wrong[part]) or 'one'}" for part in FLOORS)
    assert all(shares[part] >= floor for part, floor in FLOORS.items()), table
    assert set().union(*wrong.values()) == {
        "platforms/uiarticle/undated", "platforms/liferay/article", "platforms/liferay/midnight",
        "platforms/nukeviet/article", "platforms/nukeviet/older-theme",
    }, table  # fmt: skip


def judged(found, truth):
    """Each part that a page should give, and whether it does; rows count one by one, what is no row against them."""
    yield "kind", found["kind"] == truth["kind"]
    own, wanted = ({(row["url"], row["title"], row["listed_at"]) for row in each["listed"]} for each in (found, truth))
    yield from (("rows", row in own and row in wanted) for row in own | wanted)
    if truth["article"]:
        article = found["article"] or {}
        yield from (
            (part, bool(article) and article[part] == truth["article"][part])
            for part in FLOORS.keys() - {"kind", "rows"}
        )


def pages_without_names():
    pages = [(file, DEMO, url_of(file), expected(file)) for file in rendering_files()]
    pages += [(file, portal_of(file), truth_of(file)["url"], truth_of(file)) for file in FILES]
    for file, portal, url, truth in pages:
        unknown = replace(portal, platform=replace(portal.platform, selectors=Selectors()))
        name = file.relative_to(RENDERINGS.parent).with_suffix("").as_posix()
        yield name, as_expected(read(NAMES.sub(b"", file.read_bytes()), unknown, url, "text/html")), truth
