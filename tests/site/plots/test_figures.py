"""Figures and the page of plots, on the archive of the bad fortnight."""

import csv
import re
from datetime import date
from io import StringIO

import pytest

from archiver.site.figures.figure import Story
from archiver.site.figures.latest import latest
from archiver.site.figures.publications import calendar
from archiver.site.figures.sections import sections
from archiver.site.languages import translator
from archiver.site.pages.plots import QUERIES
from archiver.site.wording import Words

VI = Words(translator("vi"), "vi")


def row(day, articles=0, coverage=None):
    return {"portal": "x", "day": day, "articles": articles, "coverage": coverage, "reason": None}


@pytest.fixture
def page(get):
    return get("/plots?lang=en").text


def figures(page):
    return dict(re.findall(r'<section id="(\w+)">(.*?)</section>', page, re.DOTALL))


def test_every_plot_has_its_sql_its_numbers_and_what_it_does_not_mean(get, page):
    shown = figures(page)
    assert shown.keys() == QUERIES.keys()
    for name, figure in shown.items():
        assert "Does not mean" in figure
        for address in (f"/archive/{QUERIES[name]}?portal=demo", f"/plots/{name}.csv?portal=demo"):
            assert f'"{address}"' in figure
            assert get(address).status_code == 200


def test_blind_days_are_hatched_in_every_plot_over_time(page):
    for name in ("calendar", "sections", "changes", "coverage"):
        assert re.search(r'fill="url\(#[\w-]+-blind\)"', figures(page)[name]), name
        assert re.search(r'fill="url\(#[\w-]+-not-asked\)"', figures(page)[name]), name


def test_no_two_things_of_a_page_have_the_same_name(page):
    names = re.findall(r'\bid="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r"url\(#([\w-]+)\)", page)) <= set(names)


def test_it_needs_no_script(page):
    assert "<script" not in page


def test_the_numbers_are_those_of_the_query_all_of_them(get, fortnight):
    rows = list(csv.DictReader(StringIO(get("/plots/calendar.csv?portal=demo").text)))
    total = fortnight.visitor.count("articles", "published_on IS NOT NULL")
    assert sum(int(row["articles"]) for row in rows) == total
    assert get("/plots/calendar.csv").headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="calendar-demo.csv"' in get("/plots/calendar.csv?portal=demo").headers["content-disposition"]


def test_both_languages_are_there(get):
    assert "Không có nghĩa là" in get("/plots", headers={"Accept-Language": "vi"}).text


def test_an_unknown_portal_is_not_found(get):
    assert get("/plots?portal=khong-co").status_code == 404


def test_all_years_can_be_asked_for(get, page):
    years = re.findall(r'<span class="name">(\d{4})</span>', page)
    everything = re.findall(r'<span class="name">(\d{4})</span>', get("/plots?years=all").text)
    assert years == ["2025", "2024", "2023", "2022", "2021", "2020"]
    assert everything == [*years, "2019"]


def test_the_table_tells_silence_blindness_and_ignorance_apart():
    rows = [
        row("2025-06-30", 2),
        row("2025-07-02", 0, "seen"),
        row("2025-07-03", 1, "blind"),
        row("2025-07-04", 0, "blind"),
    ]
    table = calendar(Story(rows), VI).table
    assert table.rows[1][:6] == ["07/2025", "", "0", "1×", "×", ""]
    assert table.rows[0][30] == "2"


def test_impossible_days_are_said_and_not_drawn():
    rows = [row("1025-07-01", 1), row("2025-07-01", 1, "seen"), row("2052-07-01", 3)]
    figure = calendar(Story(rows), VI)
    assert [piece.name for piece in figure.pieces] == ["2025"]
    assert figure.remark.startswith("4 bài")


def test_an_empty_archive_is_drawn_as_nothing():
    assert calendar(Story([]), VI).pieces == []
    assert sections(Story([]), [], VI).pieces == []


def test_small_sections_are_taken_together():
    months = [{"month": "2025-07", "section": f"Mục {n}", "articles": 20 - n} for n in range(12)]
    figure = sections(Story([row("2025-07-01", 1, "seen")]), months, VI)
    assert len(figure.table.columns) == 10
    assert figure.table.rows[0][-2:] == [sum(20 - n for n in range(7, 12)), sum(20 - n for n in range(12))]
    assert sum(figure.table.rows[0][1:-1]) == figure.table.rows[0][-1]


def test_time_in_latest_counts_only_what_is_bounded():
    stays = [{"at_least_hours": 30.0, "at_most_hours": 80.0}, {"at_least_hours": 5.0, "at_most_hours": None}]
    figure = latest(stays, VI)
    assert [row[1:] for row in figure.table.rows][:3] == [[0, 0], [1, 0], [0, 1]]
    assert "1 lượt khác" in figure.remark
    assert latest([], VI).pieces == []


def test_the_story_knows_when_somebody_first_looked():
    story = Story([row("2025-06-01", 1), row("2025-07-01", 0, "seen"), row("2025-07-02", 0, "blind")])
    assert story.watched[0].day == date(2025, 7, 1)
    assert [(span.kind, span.begin.day) for span in story.spans] == [("seen", 1), ("blind", 2)]
