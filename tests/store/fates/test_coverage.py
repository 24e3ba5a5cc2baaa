"""On which days a portal could be seen."""

import pytest

from archiver.store.databases.opening import writing
from archiver.store.evidence.captures import Answer, Asked, save_capture
from archiver.store.fates.coverage import days
from archiver.store.fates.telling import PortalCheck
from archiver.store.ground.keys import request_key
from archiver.store.rebuild.rereading import NOBODY, reparse
from tests.store.conftest import DEMO, article, url
from tests.store.fates.test_disappearances import run


def check(day, found, reason=""):
    return PortalCheck(f"2025-06-{day:02d}T03:00:00.000000Z", f"c{day}", found, reason)


def test_every_day_between_first_and_last_capture_has_a_status():
    captures = {"2025-06-01": 5, "2025-06-03": 1, "2025-06-04": 2, "2025-06-06": 9}
    checks = [check(1, "well"), check(3, "no answer", "HTTP 503"), check(6, "refused"), check(6, "well")]
    told = [(day.day[-2:], day.status, day.reason) for day in days(captures, checks)]
    assert told == [
        ("01", "seen", None),
        ("02", "not asked", "no crawl ran"),
        ("03", "blind", "no answer: HTTP 503"),
        ("04", "partly", "single pages were captured, the home page was not"),
        ("05", "not asked", "no crawl ran"),
        ("06", "seen", None),
    ]


def test_nothing_captured_is_nothing_said():
    assert list(days({}, [])) == []


def test_an_archive_says_on_which_days_it_was_blind(evidence):
    run(evidence, "1", days=0)
    run(evidence, "2", home_page=(None, 503), days=1)
    run(evidence, "3", days=2)
    rows = evidence.all("SELECT status, reason FROM coverage_days ORDER BY day")
    assert [row["status"] for row in rows] == ["seen", "blind", "not asked", "seen"]
    assert rows[1]["reason"] == "no answer: HTTP 503"


@pytest.mark.parametrize("at", ["1-01-01T00:00:00.000000Z", "0001-01-01T00:00:00.000000Z"])
def test_a_capture_of_the_year_1_that_was_once_let_in_spoils_no_day(evidence, at):
    """Evidence is not changed, so that what an older version let in stays there."""
    run(evidence, "1", days=0)
    asked = Asked("demo", evidence.crawl_key, "GET", url("a"), None, request_key(DEMO, "GET", url("a")), None, "warc")
    with writing(evidence.captures):
        kept = save_capture(evidence.captures, asked, Answer(200, None, (), article().encode()), at)
    evidence.tell(kept)
    evidence.settle()
    assert [row["status"] for row in evidence.all("SELECT status FROM coverage_days")] == ["seen"]
    reparse(evidence.folder, [DEMO], "2026-01-01T00:00:00.000000Z", NOBODY)
    assert evidence.all("SELECT count(*) AS days FROM coverage_days") == [{"days": 1}]
