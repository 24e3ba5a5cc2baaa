"""Plots as SVG: what is drawn where, and that everybody can tell what it is."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from archiver.site.plots.bars import Bar, bars
from archiver.site.plots.calendar import Look, half_year
from archiver.site.plots.days import Day, Span
from archiver.site.plots.steps import Step, steps
from archiver.site.plots.svg import Caption
from archiver.site.plots.timeline import Axis, Column, columns, strip

CAPTION = Caption("plot", "Tên & tuổi", "Một cột < hai cột")
LOOK = Look([1, 3], lambda day: f"{day.day}: {day.count}", str)
JULY = date(2025, 7, 1)


def drawn(svg):
    return ElementTree.fromstring(svg)


def of_class(svg, name):
    return [each for each in drawn(svg).iter() if name in each.get("class", "").split()]


def hatched(svg, kind):
    return [each for each in drawn(svg).iter() if each.get("fill") == f"url(#plot-{kind})"]


def july(*days):
    return {JULY + timedelta(n): Day(JULY + timedelta(n), kind, count) for n, (kind, count) in enumerate(days)}


@pytest.fixture
def calendar():
    return half_year(CAPTION, JULY, july(("outside", 0), ("seen", 0), ("seen", 2), ("blind", 5), ("blind", 0)), LOOK)


@pytest.fixture
def timeline():
    axis = Axis(JULY, date(2025, 7, 11), (date(2025, 7, 3), "lần đầu"))
    own = [
        Column(JULY, date(2025, 7, 6), (3, 1), "3 và 1"),
        Column(date(2025, 7, 6), date(2025, 7, 11), (0, 2), "0 và 2"),
    ]
    return columns(
        CAPTION, axis, own, [Span("seen", JULY, date(2025, 7, 9)), Span("blind", date(2025, 7, 9), date(2025, 7, 11))]
    )


def test_every_plot_says_what_it_is(calendar, timeline):
    for svg in (
        calendar,
        timeline,
        bars(CAPTION, [Bar("a", (1, 2))]),
        strip(CAPTION, Axis(JULY, date(2025, 8, 1)), []),
    ):
        plot = drawn(svg)
        assert plot.get("role") == "img"
        assert [plot.find("title").text, plot.find("desc").text] == ["Tên & tuổi", "Một cột < hai cột"]
        assert plot.get("aria-labelledby").split() == [plot.find("title").get("id"), plot.find("desc").get("id")]
        assert "style=" not in svg, "a page may forbid styles that stand in elements"


def test_a_calendar_tells_four_kinds_of_days_apart(calendar):
    assert of_class(calendar, "outside")[0].get("d").count("M") == 1
    assert of_class(calendar, "quiet")[0].get("d").count("M") == 2, "one seen, one blind, both without an article"
    assert len(of_class(calendar, "shade-2")) == 1
    assert len(of_class(calendar, "shade-3")) == 1
    (veil,) = hatched(calendar, "blind")
    assert veil.get("d").count("M") == 2
    assert hatched(calendar, "not-asked") == []


def test_days_stand_in_weeks_with_monday_on_top(calendar):
    (shaded,) = of_class(calendar, "shade-2")  # Thursday, 3 July 2025
    assert (shaded.get("x"), shaded.get("y")) == ("0", str(14 + 3 * 11))
    assert shaded.find("title").text == "2025-07-03: 2"


def test_half_a_year_has_room_for_all_its_days():
    for year in range(2000, 2030):
        for month in (1, 7):
            days = {day: Day(day, "seen", 1) for n in range(200) if (day := date(year, month, 1) + timedelta(n))}
            squares = of_class(half_year(CAPTION, date(year, month, 1), days, LOOK), "shade-2")
            assert len(squares) in (181, 182, 184)
            assert max(int(square.get("x")) for square in squares) + 10 <= 28 * 11


def test_columns_are_as_high_as_they_count_and_stand_one_on_the_other(timeline):
    (first,) = of_class(timeline, "part-1")
    upper, second = of_class(timeline, "part-2")
    assert float(first.get("height")) == 3 * float(upper.get("height")) == 1.5 * float(second.get("height"))
    assert float(upper.get("y")) + float(upper.get("height")) == float(first.get("y"))
    assert first.find("title").text == "3 và 1"


def test_one_column_alone_is_no_wall():
    year = Column(date(2025, 1, 1), date(2026, 1, 1), (7,), "2025: 7")
    (column,) = of_class(columns(CAPTION, Axis(year.begin, date(2025, 12, 31)), [year], []), "part-1")
    left, width = (float(column.get(name).rstrip("%")) for name in ("x", "width"))
    assert width <= 15
    axis = Axis(year.begin, date(2025, 12, 31), named=((date(2025, 7, 1), "2025"),))
    assert [each.text for each in of_class(columns(CAPTION, axis, [year], []), "when")] == ["2025"]
    assert left + width / 2 == pytest.approx(50, abs=0.01)


def test_labels_stand_left_of_what_is_drawn(timeline):
    """Over columns and hatches nobody can read them."""
    axis = Axis(JULY, date(2025, 7, 11))
    sinking = steps(CAPTION, axis, [Step(1, JULY, date(2025, 7, 3), ""), Step(3, date(2025, 7, 3), axis.end, "")], [])
    for svg, named in ((timeline, ["0", "1", "2", "3", "4"]), (sinking, ["1", "3"])):
        labels = of_class(svg, "label")
        assert [each.text for each in labels] == named
        assert {(each.get("x"), each.get("text-anchor")) for each in labels} == {("0", "end")}
        assert all(int(each.get("dx")) < 0 for each in labels)
        assert "with-labels" in drawn(svg).get("class").split(), "the style sheet leaves room for them"


def test_blind_days_are_hatched_where_they_are(timeline):
    (blind,) = hatched(timeline, "blind")
    assert (blind.get("x"), blind.get("width")) == ("80%", "20%")


def test_the_first_look_is_marked(timeline):
    line, words = of_class(timeline, "mark")
    assert (line.get("x1"), words.text) == ("20%", "lần đầu")


def test_bars_are_as_long_as_they_count():
    one, two = of_class(bars(CAPTION, [Bar("a", (10,)), Bar("b", (5,))]), "part-1")
    assert (one.get("width"), two.get("width")) == ("85%", "42.5%")


def test_nothing_to_count_is_drawn_too():
    assert of_class(bars(CAPTION, [Bar("a", (0,))]), "part-1")[0].get("width") == "0%"
    assert of_class(columns(CAPTION, Axis(JULY, JULY), [], []), "part-1") == []
