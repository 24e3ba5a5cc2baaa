"""Versions beside each other: what is compared, what proves it, and that neither loses a word."""

import html5lib
import pytest


def text_of(element):
    return "".join("".join(part for part in _texts(element)))


def _texts(element):
    """Its text but for what only screen readers are told."""
    if "unseen" in (element.get("class") or ""):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def spoken(element):
    return " ".join("".join(element.itertext()).split())


@pytest.fixture
def history(get, told):
    def read(name, query=""):
        page = get(f"/a/{told.key(name)}/history?lang=en{query}").text
        return html5lib.parse(page, namespaceHTMLElements=False)

    return read


def field(tree, name):
    (section,) = [each for each in tree.iter("section") if each.get("aria-labelledby") == f"field-{name}"]
    return section


def sides(section):
    pairs = [each for each in section.iter("div") if (each.get("class") or "").startswith("pair")]
    return [tuple(text_of(side) for side in pair) for pair in pairs]


def versions(told, name):
    return {
        row["number"]: row
        for row in told.archive().query("SELECT * FROM versions WHERE article_key = ?", (told.key(name),))
    }


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 3), (1, 3), (3, 1)])
def test_both_texts_are_there_to_the_letter(history, told, first, second):
    texts = versions(told, "edited")
    tree = history("edited", f"&from={first}&to={second}")
    for name in ("title", "lead", "body"):
        if texts[first][name] is None:
            continue
        found = sides(field(tree, name))
        assert "\n\n".join(before for before, _ in found if before) == texts[first][name]
        assert "\n\n".join(after for _, after in found if after) == texts[second][name]


def test_changed_words_are_marked_and_said(history):
    body = field(history("edited", "&from=1&to=2"), "body")
    assert [spoken(each) for each in body.iter("ins")] == ["[added: (đã-sửa)]", "[added: Một đoạn được viết thêm vào.]"]
    assert [spoken(each).startswith("[removed: ") for each in body.iter("del")] == [True]
    unchanged = [each for each in body.iter("div") if each.get("class") == "pair same"]
    assert unchanged
    assert not [mark for each in unchanged for mark in each.iter("ins")]


def test_without_a_choice_the_last_change_is_shown(history, told):
    tree = history("edited")
    chosen = {
        select.get("name"): option.get("value")
        for select in tree.iter("select")
        for option in select.iter("option")
        if option.get("selected") is not None
    }
    assert chosen == {"from": "2", "to": "3"}
    assert [spoken(each) for each in field(tree, "title").iter("ins")] == ["[added: (đính chính)]"]


@pytest.mark.parametrize(
    "query", ["&from=0&to=9", "&from=x&to=", "&from=-1", "&from=²&to=1e3", "&to=99999999999999999999"]
)
def test_a_choice_that_is_none_is_passed_over(history, query):
    tree = history("edited", query)
    assert len(list(tree.iter("select"))) == 2


def test_each_side_has_its_captures_and_digests(history, told):
    tree = history("edited", "&from=1&to=2")
    archive = told.archive()
    for side, number in (("before", 1), ("after", 2)):
        (section,) = [each for each in tree.iter("section") if each.get("aria-labelledby") == side]
        words, links = spoken(section), [a.get("href") for a in section.iter("a")]
        key, digest, content = archive.execute(
            "SELECT capture_key, sha256, content_sha256 FROM revisions JOIN captures USING (capture_key)"
            " WHERE revisions.article_key = ? AND number = ?",
            (told.key("edited"), number),
        ).fetchone()
        assert key in words
        assert digest in words
        assert content in words
        assert f"/a/{told.key('edited')}/capture/{key}" in links
    last = [each for each in tree.iter("dt") if each.text == "Last seen"]
    assert not last, "both were seen once only"


def test_digests_and_unchanged_parts_are_folded(history):
    tree = history("edited")
    named = [each.get("aria-labelledby") for each in tree.iter("section")]
    assert named.index("field-title") < named.index("before"), "what changed comes before what proves it"
    for side in ("before", "after"):
        (section,) = [each for each in tree.iter("section") if each.get("aria-labelledby") == side]
        assert section.find("details") is not None
        folded = {code for each in section.iter("details") for code in each.iter("code")}
        assert set(section.iter("code")) == folded, "no digest stands outside"
    assert list(field(tree, "title").iter("details")) == [], "it changed"
    assert spoken(field(tree, "body").find("details").find("summary")) == "Text (unchanged)"


def test_it_says_between_which_moments_the_change_was_made(history, told):
    before, after = (
        told.archive().execute(
            "SELECT last_seen_before_at, first_seen_after_at FROM edits WHERE article_key = ? AND number = 3",
            (told.key("edited"),),
        ).fetchone()
    )  # fmt: skip
    assert before < after
    assert "Changed between 3 Jul 2025, 08:0" in spoken(history("edited").find("body"))


def test_a_text_that_came_back_is_explained(history, told):
    tree = history("back")
    assert "This is the content of version 1 come back, to the letter" in spoken(tree.find("body"))
    texts = versions(told, "back")
    assert sides(field(tree, "title")) == [(texts[2]["title"], texts[1]["title"])]


def test_a_change_that_came_to_many_articles_is_explained(history, told):
    archive, key = told.archive(), told.key("edited")
    for flag, words in ((1, "The same change came to many articles"), (0, "later days showed that it is content")):
        archive.execute("UPDATE revisions SET batch_flag = ? WHERE article_key = ? AND number = 3", (flag, key))
        assert words in spoken(history("edited").find("body"))
    archive.execute("UPDATE revisions SET batch_flag = NULL WHERE article_key = ? AND number = 3", (key,))
    assert "many articles" not in spoken(history("edited").find("body"))


def test_one_version_is_said_to_be_one(history):
    words = spoken(history("rich").find("body"))
    assert "There is one version" in words
    assert "Compare" not in words


def test_its_data_can_be_had(history, get, told):
    links = [a.get("href") for a in history("edited").iter("a") if (a.get("href") or "").startswith("/archive/")]
    assert len(links) == 8
    for link in links:
        assert get(link).status_code == 200, link
