"""The made-up portal lives a good week and a bad one: what was edited, removed and moved is told, and nothing else."""

import pytest

from archiver.demo.responses import failure, ok, redirect
from archiver.portals import PORTALS
from archiver.store.rebuild.canonical import rows
from archiver.store.runs.overview import in_words, standing
from archiver.store.verify.verifying import faults_of_archive, faults_of_evidence
from tests.crawling.weeks import FIREWALL, HOST, NOTICE, Week, a_bad_month


@pytest.fixture
def week(tmp_path):
    week = Week(tmp_path)
    assert week.day().status == "finished"
    return week


def test_a_good_week_has_no_edits_and_no_disappearances(week):
    for _ in range(7):
        assert week.day().status == "finished"
    assert (week.count("edits"), week.count("article_events"), week.count("portal_events")) == (0, 0, 0)
    assert week.visitor.count("coverage_days", "status = 'seen'") == 8


def test_what_was_edited_removed_and_moved_is_told_with_its_proof(week):
    edited, removed, soft, home, moved = week.plain()[:5]
    week.day()
    week.portal.edit(edited.url, title=edited.title + " (đính chính)")
    week.put(removed, failure(404, b""))
    week.put(soft, ok(NOTICE))
    week.put(home, redirect("/"))
    week.move(moved, "cho-moi")
    for days in (2, 4, 8, 16):
        week.day(days)
    told = {story: week.status(story) for story in (edited, removed, soft, home, moved)}
    assert list(told.values()) == ["live", "gone", "gone", "gone", "moved"]
    (edit,) = week.visitor.archive.query("SELECT * FROM edits")
    assert edit["changed_fields"] == '["title"]'
    assert edit["last_seen_before_at"] < edit["first_seen_after_at"]
    before, after = (
        week.visitor.captures.execute("SELECT sha256 FROM captures WHERE capture_key = ?", (edit[name],)).fetchone()[0]
        for name in ("capture_before", "capture_after")
    )
    assert before != after
    assert week.visitor.count("missing_articles") == 4
    assert not [*faults_of_evidence(week.visitor.captures, lambda *_: None),
                *faults_of_archive(week.visitor.archive, week.visitor.captures)]  # fmt: skip


def test_an_outage_then_a_firewall_records_no_disappearance(week):
    for answer in (failure(503, b""), ok(FIREWALL), failure(403, FIREWALL), failure(503, b"")):
        week.everything = answer
        ending = week.day(4, recheck="all")
        assert ending.status in ("failed", "degraded")
        assert ending.exit_status in (1, 3)
    week.everything = None
    assert week.day(recheck="all").status == "finished"
    assert (week.count("article_events"), week.count("edits")) == (0, 0)
    events = [row["event"] for row in week.visitor.archive.query("SELECT event FROM portal_events ORDER BY at")]
    assert events[0] == "unreachable"
    assert events[-1] == "up"
    assert week.visitor.count("coverage_days", "status = 'blind'") >= 1


@pytest.mark.parametrize("instead", ["a firewall", "a list"])
def test_what_is_no_page_to_be_well_with_is_not_asked_to_be_confirmed(week, instead):
    """A server that would say "304, unchanged" to its own rubbish would have it confirmed for ever."""
    story = next(each for each in week.plain() if each.url in week.portal.playbill()["last_modified"])
    path = story.url.removeprefix(HOST)
    body = FIREWALL if instead == "a firewall" else week.respond("GET", "/portal/Pages/Kinh-te.aspx").body
    week.put(story, ok(body, ("ETag", '"rubbish"')))
    week.day(recheck="all")
    assert list(sent(week, path)) == ["If-Modified-Since"], "it was an article when it was seen last"
    week.day(recheck="all")
    assert sent(week, path) == {}
    week.instead.clear()
    week.day(recheck="all")
    week.day(recheck="all")
    assert list(sent(week, path)) == ["If-Modified-Since"]


def sent(week, path):
    """The headers that asked for a page in the latest crawl."""
    asked = [target for _, target, _ in week.visitor.asked]
    return week.visitor.sent[asked.index(path) - len(asked)]


def test_a_portal_that_closes_leaves_its_articles_unreachable(week):
    week.everything = failure(404, b"")
    for _ in range(5):
        week.day(5)
    (portal,) = week.visitor.archive.query("SELECT web_status FROM portals")
    assert portal["web_status"] == "closed"
    assert week.visitor.count("articles", "web_status = 'unreachable'") == week.count("articles")
    assert week.visitor.count("bodies", "body IS NOT NULL") == week.count("articles")


def test_the_story_of_a_bad_week_is_the_same_after_reading_it_all_again(week, tmp_path):
    story = week.plain()[0]
    week.put(story, failure(410, b""))
    for days in (1, 3, 7, 14):
        week.day(days)
    before = list(rows(week.visitor.archive))
    for file in tmp_path.glob("archive.db*"):
        file.unlink()
    week.day()
    assert [row for row in rows(week.visitor.archive) if row[0] != "problems"] == [
        row for row in before if row[0] != "problems"
    ]
    assert week.status(story) == "gone"


def test_status_shows_what_happened(week):
    edited, removed, moved, suspect = a_bad_month(week)
    week.everything = ok(FIREWALL)
    assert week.day().status in ("failed", "degraded")
    assert [week.status(each) for each in (edited, removed, moved, suspect)] == ["live", "gone", "moved", "suspect"]
    assert week.count("edits") == 1, "the edit on the day of the banner, and not the banner"
    visitor = week.visitor
    stands = standing(visitor.captures, visitor.archive, PORTALS["demo"], visitor.clock)
    words = in_words(stands)
    assert "  not live: 1 gone, 1 moved, 1 suspect\n" in words
    assert f"  {stands.held_revisions:,} changes held back: the same came to many articles at once\n" in words
    assert stands.held_revisions > 60, "it came to nearly forty articles, and went"
    assert len(stands.blind_days) == 1
    assert f"  blind on {stands.blind_days[0]}\n" in words
    assert "    home page is well: 0, at least 1" in words
    assert "crawl" in words


def test_one_crawl_of_a_clock_years_ahead_hides_no_edit_and_is_named(week):
    """All that is captured later is stamped behind it, until the years are over."""
    edited, removed = week.plain()[:2]
    week.day(3650)
    week.visitor.clock.pass_by(days=-3649)
    week.portal.edit(edited.url, title=edited.title + " (đính chính)")
    week.put(removed, failure(404, b""))
    ending = week.day(20)
    assert (ending.status, ending.exit_status) == ("degraded", 3)
    assert ending.reason.endswith("the clock is not behind the captures")
    assert (week.count("edits"), week.status(removed)) == (1, "suspect")
    visitor = week.visitor
    words = in_words(standing(visitor.captures, visitor.archive, PORTALS["demo"], visitor.clock))
    assert "  the clock is behind the captures, which go to 2035-0" in words
    visitor.clock.pass_by(days=3650)
    assert "the clock is" not in week.day().reason
    stands = standing(visitor.captures, visitor.archive, PORTALS["demo"], visitor.clock)
    assert stands.ahead_of_clock is None
    assert "the clock is behind the captures, which" not in in_words(stands)
