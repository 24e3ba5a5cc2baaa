"""What "Tin mới nhất" is a list of is measured, never assumed."""

import pytest

from archiver.store.lists.scopes import settle_scopes
from tests.store.conftest import DEMO, Evidence, article, box, url

SECTIONS = ("Kinh tế", "Chính trị")
ROWS = [(f"tin-{n}", f"Tin số {n}", f"0{n}/06/2023 9:24 SA") for n in range(1, 6)]


def see(evidence, name, section, rows, **more):
    evidence.see(name, article(f"Bài {name}", section=section, extra=box(*rows)), **more)


def of_site(number, section):
    return ROWS


def of_section(number, section):
    return [(f"{name}-{section[:4].strip()}", title, printed) for name, title, printed in ROWS]


def of_article(number, section):
    return [(f"{name}-{number}", title, printed) for name, title, printed in ROWS]


def of_neighbours(number, section):
    return [(f"bai-{n}", f"Bài {n}", "09/06/2023 9:24 SA") for n in range(number + 2, number + 12, 2)]


def scopes(evidence):
    return {row["scope"] for row in evidence.all("SELECT DISTINCT scope FROM list_snapshots")}


@pytest.mark.parametrize(
    ("rows", "scope"),
    [(of_site, "site"), (of_section, "section"), (of_article, "article"), (of_neighbours, "article")],
)
def test_boxes_within_an_hour_tell_what_they_list(evidence, rows, scope):
    for number in range(30):
        section = SECTIONS[number % 2]
        see(evidence, f"bai-{number}", section, rows(number, section))
    evidence.settle()
    assert scopes(evidence) == {scope}


def test_few_boxes_tell_nothing(evidence):
    for number in range(4):
        see(evidence, f"bai-{number}", SECTIONS[number % 2], ROWS)
    evidence.settle()
    assert scopes(evidence) == {None}


def test_nor_do_boxes_that_are_hours_apart(evidence):
    for number in range(14):
        see(evidence, f"bai-{number}", SECTIONS[number % 2], ROWS, seconds=7200)
    evidence.settle()
    assert scopes(evidence) == {None}


def test_nor_do_articles_of_one_section_say_whether_all_others_show_the_same(evidence):
    for number in range(14):
        see(evidence, f"bai-{number}", SECTIONS[0], ROWS)
    evidence.settle()
    assert scopes(evidence) == {None}


def test_a_new_article_in_the_middle_of_a_crawl_is_no_contradiction(evidence):
    for number in range(40):
        newer = [("moi", "Tin mới", "10/06/2023 9:24 SA")] if number > 20 else []
        see(evidence, f"bai-{number}", SECTIONS[number % 2], [*newer, *ROWS][:5])
    evidence.settle()
    assert scopes(evidence) == {"site"}


def test_a_box_may_leave_out_the_article_on_which_it_stands(evidence):
    everything = [(f"bai-{n}", f"Bài {n}", "09/06/2023 9:24 SA") for n in range(14)]
    for number in range(14):
        rows = [row for row in everything if row[0] != f"bai-{number}"][:5]
        see(evidence, f"bai-{number}", SECTIONS[number % 2], rows)
    evidence.settle()
    assert scopes(evidence) == {"site"}


def test_what_is_the_same_in_other_months_is_measured_anew(evidence):
    for number in range(14):
        see(evidence, f"bai-{number}", SECTIONS[number % 2], ROWS)
    evidence.clock.pass_by(days=62)
    see(evidence, "bai-cuoi", SECTIONS[0], ROWS)
    evidence.settle()
    rows = evidence.all("SELECT scope FROM list_snapshots ORDER BY seen_from")
    assert [row["scope"] for row in rows] == ["site"] * 14 + [None]


def test_a_box_on_the_home_page_lists_the_site_if_its_rows_are_of_several_sections(evidence):
    for number, section in ((1, "Kinh tế"), (2, "Chính trị")):
        evidence.see(f"tin-{number}", article(f"Tin số {number}", section=section))
    evidence.see_home(f"<html><head><title>Trang chủ</title></head><body>{box(*ROWS)}</body></html>")
    evidence.settle()
    assert scopes(evidence) == {"site"}


def test_the_order_in_which_captures_arrive_does_not_count(tmp_path):
    told = []
    for turn in (1, -1):
        evidence = Evidence(tmp_path / str(turn))
        captures = [
            evidence.keep(url(f"bai-{n}"), article(f"Bài {n}", section=SECTIONS[n % 2], extra=box(*ROWS)))
            for n in range(12)
        ]
        for capture in captures[::turn]:
            evidence.tell(capture)
        evidence.settle()
        told.append(evidence.all("SELECT context_article_key, scope, list_key FROM list_snapshots ORDER BY 1"))
        told.append(evidence.all("SELECT * FROM list_stays ORDER BY article_key"))
    assert {row["scope"] for row in told[0]} == {"site"}
    assert told[:2] == told[2:]


def test_measuring_twice_changes_nothing(evidence):
    for number in range(14):
        see(evidence, f"bai-{number}", SECTIONS[number % 2], ROWS)
    evidence.settle()
    changes = evidence.archive.conn.total_changes
    settle_scopes(evidence.archive, DEMO)
    assert evidence.archive.conn.total_changes == changes
