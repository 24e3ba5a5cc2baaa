"""What a reader does, from the search box to the proof: with and without marks, in either language, by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.site.browsing.pages import OURS
from tests.site.browsing.town import MARKED, UNMARKED
from tests.site.browsing.visiting import PHONE

PLOTS = ("calendar", "sections", "changes", "coverage", "latest")


def search_for(window, words):
    box = window.page.get_by_role("searchbox")
    box.fill(words)
    window.follow(window.page.get_by_role("button", name=re.compile("^(Search|Tìm)$")))


def found(window):
    return window.page.locator("ol.hits > li > a").all_inner_texts()


# -- searching ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["/", "/search"])
def test_without_marks_every_spelling_is_found(reader, start):
    window = reader(language="en")
    window.open(start)
    search_for(window, "my hao")
    assert {MARKED, UNMARKED} <= set(found(window))
    marks = window.page.locator("ol.hits mark").all_inner_texts()
    assert {"Mỹ", "Hào", "My", "Hao"} <= {word for mark in marks for word in mark.split()}
    assert window.page.locator("ol.hits p mark").count() > 0, "in snippets, not in titles alone"
    expect(window.page.get_by_role("searchbox")).to_have_value("my hao")


@pytest.mark.parametrize("start", ["/", "/search"])
def test_with_marks_these_alone_and_more_without(reader, start):
    window = reader(language="en")
    window.open(start)
    search_for(window, "Mỹ Hào")
    assert MARKED in found(window)
    assert UNMARKED not in found(window)
    window.follow(window.page.get_by_role("link", name="1 more without marks"))
    assert {MARKED, UNMARKED} <= set(found(window))


def test_a_column_of_the_years_narrows_the_search(reader):
    window = reader(language="en")
    window.open("/search?q=UBND")
    before = found(window)
    window.follow(window.page.locator("section.years svg a").first)
    expect(window.page).to_have_url(re.compile("from=2019"))
    assert 0 < len(found(window)) < len(before)


# -- reading --------------------------------------------------------------------------------------------------------------


def test_from_a_hit_to_the_article_its_versions_and_its_proof(reader):
    window = reader(language="en")
    window.open("/search?q=My+Hao")
    window.follow(window.page.get_by_role("link", name=MARKED))
    expect(window.page.get_by_role("heading", level=1)).to_have_text(MARKED)
    expect(window.page.locator(".text")).to_contain_text("Lê Thị Bình")
    window.follow(window.page.get_by_role("link", name=re.compile("versions", re.IGNORECASE)).first)
    gone, new = (" ".join(window.page.locator(f".pair {each}").all_inner_texts()) for each in ("del", "ins"))
    assert "Trần Văn Nam" in re.sub(r"\[[^:]*: |\]", "", gone)
    assert "Lê Thị Bình" in re.sub(r"\[[^:]*: |\]", "", new)
    for element, line in (("del", "line-through"), ("ins", "underline")):
        style = window.page.locator(f".pair {element}").first.evaluate(
            "each => { const style = getComputedStyle(each); return [style.textDecorationLine, style.backgroundColor]; }"
        )
        assert style[0] == line
        assert style[1] not in ("rgba(0, 0, 0, 0)", "transparent")
    window.follow(window.page.locator("section.side.before").get_by_role("link").first)
    framed = window.page.frame_locator("iframe.captured")
    expect(framed.locator("body")).to_contain_text("Trần Văn Nam")


def test_pictures_are_shown_and_files_can_be_had(reader, keys):
    window = reader()
    window.open(f"/a/{keys['rich']}")
    window.unfold()
    pictures = window.page.locator(".pictures img")
    assert pictures.count() > 0
    assert window.broken_pictures() == []
    window.follow(window.page.locator(".pictures a").first)
    expect(window.page).to_have_url(re.compile("/-/files/[0-9a-f]{64}$"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_plot_is_drawn_and_has_its_numbers(reader, scripts):
    window = reader(language="en", java_script_enabled=scripts)
    window.open("/plots")
    for name in PLOTS:
        plot = window.page.locator(f"section#{name} figure.plot")
        box = plot.locator("svg").first.bounding_box()
        assert box["width"] > 200, name
        assert box["height"] > 20, name
        assert plot.locator("svg").first.locator("rect, path").count() > 1, name
        plot.locator("summary").click()
        expect(plot.locator("table")).to_be_visible()
        assert plot.locator("table tbody tr").count() > 0, name


def test_without_scripts_our_pages_are_the_same(reader, path_of):
    windows = [reader(java_script_enabled=scripts) for scripts in (True, False)]
    for name in ("home", "search", "article with pictures", "history", "capture", "lists", "coverage"):
        texts = []
        for window in windows:
            window.open(path_of(name))
            texts.append(window.page.locator("main").inner_text())
        assert texts[0] == texts[1] != "", name


def test_days_that_nobody_saw_are_hatched(reader):
    window = reader()
    window.open("/coverage")
    assert window.page.locator('svg rect[fill*="blind"]').count() > 0


# -- languages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "shown"), [("vi", "vi"), ("en", "en"), ("fr-FR", "vi")])
def test_the_browser_says_which_language(reader, language, shown):
    window = reader(language=language)
    window.open("/")
    expect(window.page.locator("html")).to_have_attribute("lang", shown)


@pytest.mark.parametrize(("language", "link", "other"), [("vi", "English", "en"), ("en", "Tiếng Việt", "vi")])
def test_a_language_once_chosen_is_kept(reader, path_of, language, link, other):
    window = reader(language=language)
    window.open("/search?q=my+hao")
    window.follow(window.page.get_by_role("link", name=link))
    html = window.page.locator("html")
    expect(html).to_have_attribute("lang", other)
    expect(window.page.get_by_role("searchbox")).to_have_value("my hao")
    window.page.reload()
    expect(html).to_have_attribute("lang", other)
    for path in ("/", path_of("article with pictures"), "/plots"):
        window.open(path)
        expect(html).to_have_attribute("lang", other)
    window.open("/archive/articles")
    expect(window.page.locator("header.site")).to_have_attribute("lang", other)


# -- keyboard -------------------------------------------------------------------------------------------------------------

_FOCUSED = """() => { const each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
  return { tag: each.tagName, words: each.innerText || each.name || each.id, outline: parseFloat(style.outlineWidth),
    line: style.outlineStyle, seen: box.width > 0 && box.right > 0 && box.bottom > 0, is_hit: each.closest("ol.hits") !== null }; }"""


def walk(window, most):
    """Where the Tab key leads, one after the other."""
    steps = []
    for _ in range(most):
        window.page.keyboard.press("Tab")
        steps.append(window.page.evaluate(_FOCUSED))
        if steps[-1]["tag"] == "BODY":
            break
    return steps


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_first_key_skips_to_the_content(reader, size):
    window = reader(**({"size": PHONE} if size == "phone" else {}))
    for path in ("/", "/search?q=my+hao", "/archive/articles"):
        window.open(path)
        (first,) = walk(window, 1)
        assert "nội dung chính" in first["words"]
        assert first["seen"]
        window.page.keyboard.press("Enter")
        expect(window.page).to_have_url(re.compile("#"))
        (after,) = walk(window, 1)
        assert after["tag"] in ("INPUT", "A", "BUTTON", "SUMMARY")
        assert window.page.evaluate("() => document.activeElement.closest('main') !== null")


def test_a_search_by_keyboard_alone(reader):
    window = reader()
    window.open("/")
    steps = walk(window, 15)
    assert "q" in [step["words"] for step in steps]
    box = window.page.get_by_role("searchbox")
    box.focus()
    window.page.keyboard.type("my hao")
    window.follow(box, key="Enter")
    expect(window.page).to_have_url(re.compile(r"/search\?q=my\+hao$"))
    steps = walk(window, 60)
    assert next(step for step in steps if step["is_hit"])["words"] in found(window)
    window.follow(window.page.locator("ol.hits a").first, key="Enter")
    expect(window.page).to_have_url(re.compile("/a/[a-z2-7]{10}$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_everywhere(reader, path_of, scheme):
    window = reader(color_scheme=scheme)
    for name in ("home", "search", "article with pictures", "history", "plots", "lists", "table", "query"):
        window.open(path_of(name))
        steps = [step for step in walk(window, 24) if step["tag"] not in ("BODY", "HTML")]
        assert len(steps) > 8
        unseen = [step for step in steps if not step["seen"] or step["line"] == "none" or step["outline"] < 1]
        assert [step for step in unseen if step["tag"] != "TEXTAREA"] == [], (name, "that of CodeMirror shows a cursor")


# -- light and dark ---------------------------------------------------------------------------------------------------------


def test_light_is_light_and_dark_is_dark(reader, path_of):
    window = reader()
    ground = "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    for name in ("home", "article with pictures", "plots", "table", "query", "page that there is not"):
        window.open(path_of(name))
        brightness = {}
        for scheme in ("light", "dark"):
            window.page.emulate_media(color_scheme=scheme)
            brightness[scheme] = sum(window.page.evaluate(ground)) / 3
        assert brightness["light"] > 200, name
        assert brightness["dark"] < 60, name


def test_pages_can_be_enlarged_twice(reader, path_of):
    """At 320 pixels, as a window of 1280 is at 400 %."""
    window = reader(size={"width": 320, "height": 640})
    for name in ("home", "search", "article with pictures", "history", "plots", "lists", "coverage"):
        assert name in OURS
        window.open(path_of(name))
        measured = window.width()
        assert measured["width"] <= measured["room"], name
