"""The table of what is the same news: the same whatever came first, and however often it changed on the way."""

import random
from collections import defaultdict
from itertools import combinations
from types import SimpleNamespace

import pytest

from archiver.items import Article
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, writing
from archiver.store.decisions.following import follow_decision
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.articles import forget_article, save_article
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.twice import places
from archiver.store.twice.likeness import likeness
from archiver.store.twice.linking import link_anew, told_of
from archiver.store.twice.marks import marks_of
from archiver.store.verify.comparing import compared
from tests.store.conftest import DEMO, article, told_in_any_order, url

TOWN, PROVINCE = PORTALS["myhao"], PORTALS["hungyen"]
TEXT = " ".join(f"Thị xã Mỹ Hào giao cho tổ {number} làm xong việc thứ {number + 30}." for number in range(12))
OTHER = " ".join(
    f"Tỉnh Hưng Yên khởi công cầu {number}, dài {number + 50} mét, trên sông Luộc." for number in range(12)
)
LEAD = "Sáng nay, sau nhiều ngày chuẩn bị, công việc đã được bắt đầu trước sự có mặt của đông đảo người dân."


class Archive:
    """An archive into which articles are put by hand, of whatever portal."""

    def __init__(self, folder):
        self.db = open_archive(folder)
        self.looks = 0
        for portal in (TOWN, PROVINCE):
            save_portal(self.db, portal)

    def put(self, name, body, day="2023-06-09", title=None, portal=TOWN):
        self.looks += 1
        at = f"2023-06-{10 + self.looks // 86_400:02}T{self.looks // 3600 % 24:02}:{self.looks // 60 % 60:02}:00Z"
        capture = SimpleNamespace(portal=portal.key, capture_key=f"c{self.looks}", captured_at=at)
        page = Article(f"{portal.url}{name}", title or f"Tin {name}", None, body, None, None, None, day, None,
                       f"Đăng ngày {day}", "day", "page")  # fmt: skip
        with writing(self.db):
            save_article(self.db, self.key(name, portal), capture, page)

    def forget(self, name, portal=TOWN):
        with writing(self.db):
            forget_article(self.db, self.key(name, portal))

    def key(self, name, portal=TOWN):
        return article_key(portal, f"{portal.url}{name}")

    def rows(self):
        """From the side of the lesser key; it is the same from the other."""
        rows = self.db.execute("SELECT * FROM same_news ORDER BY article_key, other_key").fetchall()
        turned = [(other, key, *alike, None if days is None else -days, its, own)
                  for key, other, *alike, days, own, its in rows]  # fmt: skip
        assert sorted(turned, key=repr) == sorted(rows, key=repr)
        return [row for row in rows if row[0] < row[1]]

    def anew(self):
        """The rows of a table that is made anew; all else stays as it is."""
        self.db.execute("SAVEPOINT anew")
        link_anew(self.db)
        rows, kept = self.rows(), self.working()
        self.db.execute("ROLLBACK TO anew")
        self.db.execute("RELEASE anew")
        return rows, kept

    def working(self):
        return [self.db.execute(f"SELECT * FROM same_news_{table}").fetchall() for table in ("places", "marks")]

    def by_definition(self):
        """The pairs of which both stand near enough by a mark and are alike; worked out without any table."""
        told = [told_of(self.db, key) for (key,) in self.db.execute("SELECT article_key FROM articles")]
        sharing = defaultdict(list)
        for each in told:
            for mark in marks_of(each):
                sharing[mark].append(each)
        found = set()
        for beside in sharing.values():
            beside.sort(key=places.place_of)
            for (rank, one), (other_rank, other) in combinations(enumerate(beside), 2):
                first, second = sorted((one, other), key=lambda each: each.article_key)
                if other_rank - rank <= places.REACH and likeness(first, second):
                    found.add((first.article_key, second.article_key))
        return sorted(found)


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path)


def test_a_copy_on_another_portal_is_linked(archive):
    archive.put("a", TEXT, "2023-06-09")
    archive.put("b", f"{LEAD}\n\n{TEXT}", "2023-06-11", portal=PROVINCE)
    archive.put("c", OTHER, "2023-06-11", portal=PROVINCE)
    ((one, other, kind, similarity, days, *revisions),) = archive.rows()
    assert {one, other} == {archive.key("a"), archive.key("b", PROVINCE)}
    assert (kind, abs(days), revisions) == ("near", 2, [1, 1])
    assert 0.7 < similarity < 1.0


def test_both_articles_and_all_their_rows_stay(archive):
    archive.put("a", TEXT)
    archive.put("b", TEXT)
    assert archive.db["articles"].count == archive.db["revisions"].count == 2
    assert [row[2:] for row in archive.rows()] == [("exact", 1.0, 0, 1, 1)]


def test_the_view_shows_it_from_both_sides_with_the_captures_that_prove_it(archive):
    archive.put("a", OTHER, "2023-06-09")
    archive.put("a", TEXT, "2023-06-09")
    archive.put("b", TEXT, "2023-06-12", portal=PROVINCE)
    shown = {row["article_key"]: row for row in archive.db.query("SELECT * FROM texts_elsewhere")}
    town, province = shown[archive.key("a")], shown[archive.key("b", PROVINCE)]
    assert (town["days_later"], town["revision"], town["capture_key"]) == (3, 2, "c2")
    assert (town["other_portal"], town["other_revision"], town["other_capture_key"]) == ("hungyen", 1, "c3")
    assert (province["days_later"], province["other_key"]) == (-3, archive.key("a"))
    assert (province["capture_key"], province["other_capture_key"]) == ("c3", "c2")


def test_an_edited_text_still_proves_what_it_was(archive):
    archive.put("a", TEXT)
    archive.put("a", OTHER)
    archive.put("b", TEXT, portal=PROVINCE)
    ((*_, revision, other_revision),) = archive.rows()
    assert sorted((revision, other_revision)) == [1, 1]
    archive.put("b", LEAD, portal=PROVINCE)  # it too is edited, and the link stays
    assert [row[2] for row in archive.rows()] == ["exact"]


def test_a_day_that_is_corrected_is_counted_anew(archive):
    archive.put("a", TEXT, "2023-06-09")
    archive.put("b", TEXT, "2023-06-10")
    archive.put("b", TEXT, "2024-06-09")
    assert [abs(row[4]) for row in archive.rows()] == [366]
    archive.put("b", TEXT, None)
    assert [row[4] for row in archive.rows()] == [None]


def test_each_of_many_notices_on_a_template_is_compared_with_few(archive, monkeypatch):
    compared_with = []
    monkeypatch.setattr(
        "archiver.store.twice.linking.likeness", lambda *pair: compared_with.append(pair) or likeness(*pair)
    )
    notice = f"{TEXT} Ngày {{}}/6/2023."
    for number in range(60):
        archive.put(f"n{number}", notice.format(number))
    for number in range(4):
        archive.put(f"later{number}", notice.format(f"1{number}"), "2023-06-10")
    # Most marks are shared by all of them: with those on both sides, and with as many again that only some marks bring.
    assert len(compared_with) <= 64 * 4 * places.REACH
    assert archive.rows() == archive.anew()[0]


def operations(dice, archive, steps):
    """Articles come, change and go."""
    names = [f"t{number}" for number in range(14)]
    bodies = [TEXT, OTHER, f"{LEAD} {TEXT}", f"{TEXT} {LEAD}", f"{OTHER} {LEAD}", TEXT + OTHER, LEAD]
    titles = [None, "Thị xã Mỹ Hào thông báo kết quả xét tuyển viên chức"]
    for _ in range(steps):
        name, portal = dice.choice(names), dice.choice((TOWN, PROVINCE))
        if dice.random() < 0.25:
            archive.forget(name, portal)
        else:
            day = dice.choice((None, "2023-06-08", "2023-06-09", "2023-06-09", "2023-06-10"))
            archive.put(name, dice.choice(bodies), day, dice.choice(titles), portal)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_changes_and_goes_the_rows_are_those_of_what_is_there(archive, monkeypatch, seed):
    monkeypatch.setattr(places, "REACH", 2)
    dice = random.Random(seed)
    for _ in range(6):
        operations(dice, archive, 12)
        assert (archive.rows(), archive.working()) == archive.anew()
        assert [row[:2] for row in archive.rows()] == archive.by_definition()
    assert len(archive.rows()) > 10


def test_the_bound_binds(archive, monkeypatch):
    """Or the test before it would show nothing: two that are alike are no longer linked once others stand between."""
    monkeypatch.setattr(places, "REACH", 2)
    archive.put("a", TEXT, "2023-06-01")
    archive.put("d", TEXT, "2023-06-09")
    assert len(archive.rows()) == 1
    for day in (3, 4):
        archive.put(f"between{day}", TEXT, f"2023-06-0{day}")
    assert (archive.key("a"), archive.key("d")) not in {row[:2] for row in archive.rows()}
    archive.forget("between3")
    pair = tuple(sorted((archive.key("a"), archive.key("d"))))
    assert pair in {row[:2] for row in archive.rows()}


# -- of captures -------------------------------------------------------------------------------------------------------


def story(evidence):
    """An article under two addresses, edited, moved in time, with captures that come late."""
    keep = evidence.keep
    return [
        keep(url("a"), article("Tin một", TEXT, day="9 - 6 - 2023")),
        keep(url("b"), article("Tin hai", OTHER, day="10 - 6 - 2023")),
        keep(url("c"), article("Tin ba", f"{LEAD} {TEXT}", day="12 - 6 - 2023")),
        keep(url("a"), article("Tin một", f"{TEXT} {LEAD}", day="9 - 6 - 2023")),
        keep(url("d"), article("Tin bốn", OTHER, day="10 - 6 - 2023")),
        keep(url("b"), article("Tin hai", TEXT, day="11 - 6 - 2023")),
        keep(url("b"), status=404),
        keep(url("c"), article("Tin ba", f"{LEAD} {TEXT}", day="13 - 6 - 2023")),
    ]


def links(db):
    return sorted(db.execute("SELECT * FROM same_news").fetchall())


def test_told_in_any_order_live_and_rebuilt(tmp_path):
    evidence = told_in_any_order(tmp_path, story)
    kinds = {tuple(sorted(row[:2])): row[2] for row in links(evidence.archive)}
    keys = {name: article_key(DEMO, url(name)) for name in "abcd"}
    assert kinds[tuple(sorted((keys["b"], keys["d"])))] == "exact"
    assert kinds[tuple(sorted((keys["a"], keys["b"])))] == "exact"
    assert kinds[tuple(sorted((keys["a"], keys["c"])))] == "near"


def test_a_second_reading_finds_the_same(evidence):
    for capture in story(evidence):
        evidence.tell(capture)
    evidence.settle()
    findings = compared(evidence.captures, evidence.archive, [DEMO], evidence.folder, lambda done, total: None)
    assert not [each for each in findings if each.kind == "fault"]


def decide(evidence, name, decision):
    key = article_key(DEMO, url(name))
    evidence.clock.pass_by(seconds=60)
    save_decision(evidence.captures, DEMO, key, decision, None, "Vì sao", evidence.at())
    follow_decision(evidence.archive, evidence.captures, DEMO, key)
    return key


def test_what_is_withheld_is_in_no_row_of_it_and_comes_back(evidence):
    for capture in story(evidence):
        evidence.tell(capture)
    evidence.rebuild()
    before = links(evidence.archive)
    key = decide(evidence, "b", "withhold")
    assert before
    assert not any(key in row for row in links(evidence.archive))
    for table in ("same_news_places", "texts_elsewhere"):
        assert key not in str(evidence.archive.execute(f"SELECT * FROM {table}").fetchall())
    assert links(evidence.archive)  # of the others
    withheld = links(evidence.archive)
    evidence.rebuild()
    assert links(evidence.archive) == withheld
    decide(evidence, "b", "restore")
    assert links(evidence.archive) == before


def test_reading_one_portal_again_keeps_what_links_it_with_others(evidence):
    for capture in story(evidence):
        evidence.tell(capture)
    other = Archive(evidence.folder)
    other.put("x", TEXT, portal=PROVINCE)
    before = links(evidence.archive)
    assert any(other.key("x", PROVINCE) in row for row in before)
    evidence.rebuild()
    assert links(evidence.archive) == before
