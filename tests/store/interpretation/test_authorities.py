"""Whose an article is hangs on its day."""

from dataclasses import replace

import pytest

from archiver.portals import Authority, Tenure
from archiver.store.interpretation.portal_rows import save_portal
from tests.store.conftest import DEMO, article

TOWN = Authority("town", "Thị xã", "made up", unit_type="thị xã", valid_from="2019-05-01")
DISTRICT = Authority("district", "Huyện", "made up", unit_type="huyện", valid_to="2019-04-30", successor=TOWN)


def tenures(until, since):
    return (Tenure(DISTRICT, "made up", valid_to=until), Tenure(TOWN, "made up", valid_from=since))


def whose(evidence, held):
    save_portal(evidence.archive, replace(DEMO, tenures=held))
    return {
        row["published_on"]: row["authority"] for row in evidence.archive.query("SELECT * FROM article_authorities")
    }


@pytest.fixture
def days(evidence):
    for number, day in enumerate(("30 - 12 - 2018", "30 - 04 - 2019", "01 - 05 - 2019", "01 - 01 - 2020", "")):
        evidence.see(f"a{number}", article(day=day))
    return evidence


def test_each_article_has_the_authority_of_its_day(days):
    assert whose(days, tenures("2019-04-30", "2019-05-01")) == {
        "2018-12-30": "district",
        "2019-04-30": "district",
        "2019-05-01": "town",
        "2020-01-01": "town",
    }


@pytest.mark.parametrize(("until", "since"), [("2019", "2019"), ("2019-04", "2019-05")])
def test_where_only_a_year_or_month_is_proven_nothing_is_said_of_days_within(days, until, since):
    found = whose(days, tenures(until, since))
    assert (found["2018-12-30"], found["2020-01-01"]) == ("district", "town")
    assert not {"2019-04-30", "2019-05-01"} & set(found)


def test_a_portal_of_nobody_says_nothing(days):
    assert whose(days, ()) == {}


def test_successors_are_kept_and_what_is_no_longer_said_goes(days):
    save_portal(days.archive, replace(DEMO, tenures=tenures("2019-04-30", "2019-05-01")[:1]))
    rows = {row["authority"]: row["successor"] for row in days.archive.query("SELECT * FROM authorities")}
    assert (rows["district"], rows["town"]) == ("town", None)
    assert [row["authority"] for row in days.archive.query("SELECT * FROM portal_authorities")] == ["district"]
