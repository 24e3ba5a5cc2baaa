"""The ledger: which lists there are, and from when to when each showed an article."""

import pytest

from archiver.store.lists.stays import Look, stays
from tests.store.conftest import article, box, home, listing, url

A, B, C = ((name, f"Tin {name}", "09/06/2023 9:24 SA") for name in "abc")


def told(*looks):
    return [
        (stay.article_key, stay.entered_after, stay.first_seen_at, stay.last_seen_at, stay.left_before)
        for stay in stays(Look(str(at), tuple(shown)) for at, shown in enumerate(looks, 1))
    ]


def test_a_stay_is_bounded_by_the_looks_around_it():
    assert told("a", "ba", "ba", "b") == [("a", None, "1", "3", "4"), ("b", "1", "2", "4", None)]


def test_what_comes_back_stays_twice():
    assert told("a", "b", "ab")[0] == ("a", None, "1", "1", "2")
    assert ("a", "2", "3", "3", None) in told("a", "b", "ab")


def test_a_stay_knows_how_far_it_sank_and_how_often_it_was_seen():
    (stay,) = [stay for stay in stays([Look("1", ("a",)), Look("2", ("b", "a"))]) if stay.article_key == "a"]
    assert (stay.first_position, stay.last_position, stay.looks) == (1, 2, 2)


def test_a_box_says_nothing_of_the_article_on_which_it_stands():
    looks = [Look("1", ("a", "b"), "x"), Look("2", ("b",), "a"), Look("3", ("a", "b"), "x")]
    assert [(stay.article_key, stay.looks, stay.last_seen_at) for stay in stays(looks)] == [
        ("a", 2, "3"),
        ("b", 3, "3"),
    ]


def lists(evidence):
    return {row["list_title"]: row for row in evidence.all("SELECT * FROM lists")}


def stay_of(evidence, title, name):
    return evidence.one(
        "SELECT list_stays.* FROM list_stays JOIN lists USING (list_key) WHERE list_title = ? AND article_key IN"
        " (SELECT article_key FROM list_rows WHERE title = ?)",
        title,
        f"Tin {name}",
    )


def test_each_list_has_a_name_that_stays(evidence):
    evidence.see("Kinh-te", listing(A, B))
    evidence.settle()
    (before,) = evidence.all("SELECT * FROM lists")
    assert (before["list_title"], before["list_kind"], before["states"]) == ("Kinh tế", "section", 1)
    evidence.see("Kinh-te", listing(C, A, B))
    evidence.settle()
    (after,) = evidence.all("SELECT * FROM lists")
    assert (after["list_key"], after["states"]) == (before["list_key"], 2)
    evidence.rebuild()
    assert evidence.all("SELECT * FROM lists") == [after]


def test_when_an_article_entered_and_left(evidence):
    looks = [evidence.see("Kinh-te", listing(*rows), seconds=86400) for rows in ((A,), (B, A), (B,))]
    evidence.settle()
    first, second, third = (look.captured_at for look in looks)
    of_a, of_b = stay_of(evidence, "Kinh tế", "a"), stay_of(evidence, "Kinh tế", "b")
    assert (of_a["entered_after"], of_a["first_seen_at"], of_a["last_seen_at"], of_a["left_before"]) == (
        None, first, second, third
    )  # fmt: skip
    assert (of_b["entered_after"], of_b["first_seen_at"], of_b["left_before"]) == (first, second, None)


def test_a_page_that_was_not_asked_for_is_no_absence(evidence):
    """Later pages of a list are walked only now and then: leaving is told by the first page alone."""
    evidence.see("Kinh-te", listing(A, B))
    evidence.tell(evidence.keep(url("Kinh-te") + "?page=2", listing(C)))
    evidence.see("Kinh-te", listing(A, B, extra="<p>Khác</p>"))
    evidence.settle()
    assert len(evidence.all("SELECT page FROM list_snapshots")) == 2
    assert len(lists(evidence)) == 1
    assert {row["left_before"] for row in evidence.all("SELECT left_before FROM list_stays")} == {None}


def test_blocks_of_the_home_page_are_lists_of_their_own(evidence):
    blocks = "".join(
        f"<h3>{heading}</h3><ul><li><a href='/portal/Pages/{row[0]}.aspx'>{row[1]}</a> ({row[2]})</li></ul>"
        for heading, row in (("Kinh tế", A), ("Chính trị", B))
    )
    evidence.see_home(home().replace("</body>", blocks + "</body>"))
    evidence.settle()
    assert {"Kinh tế", "Chính trị"} <= lists(evidence).keys()


@pytest.mark.parametrize(("count", "expected"), [(14, {"Tin mới nhất"}), (3, set())])
def test_tin_moi_nhat_beside_articles_is_one_list_where_its_scope_is_known(evidence, count, expected):
    for number in range(count):
        evidence.see(
            f"x{number}", article(f"X {number}", section=("Kinh tế", "Chính trị")[number % 2], extra=box(A, B))
        )
    evidence.settle()
    assert lists(evidence).keys() == expected
    if expected:
        assert lists(evidence)["Tin mới nhất"]["scope"] == "site"
        assert stay_of(evidence, "Tin mới nhất", "a")["looks"] == count


def test_settling_twice_changes_no_row(evidence):
    evidence.see("Kinh-te", listing(A, B))
    evidence.see("Kinh-te", listing(C, A))
    evidence.settle()
    before = [evidence.all(f"SELECT * FROM {table}") for table in ("lists", "list_stays")]
    evidence.settle()
    assert [evidence.all(f"SELECT * FROM {table}") for table in ("lists", "list_stays")] == before
