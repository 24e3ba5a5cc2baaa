"""Backups and snapshots: what is noted of them, and what is said of that."""

from datetime import UTC, datetime, timedelta

import pytest

from archiver.alerting.copies import FILE, begun, ended, load_copies, save_copies
from archiver.alerting.copy_conditions import Copies, copy_conditions
from archiver.alerting.said import Told, news
from archiver.clock import stamp

NOW = datetime(2025, 7, 10, 12, tzinfo=UTC)
LIMITS = {"backup": timedelta(hours=48), "snapshot": timedelta(hours=48)}


def at(hours):
    return stamp(NOW - timedelta(hours=hours))


def noted(*copies):
    """Copies from what became of each: kind, place, hours ago, outcome (null: it has no end)."""
    known = ()
    for kind, place, hours, outcome in copies:
        known = begun(known, kind, place, at(hours))
        if outcome:
            said = "" if outcome == "good" else "the disk is full"
            known = ended(known, kind, place, at(hours - 0.5), outcome, said)
    return known


def found(*copies, first_run_at=None, at_work=False):
    known = noted(*copies)
    looked_at = Copies(NOW, known, known if at_work else (), first_run_at or at(1))
    return {each.key: each for each in copy_conditions(looked_at, LIMITS)}


def test_what_is_good_and_young_is_well():
    assert found(("backup", "/mnt", 47, "good"), ("snapshot", "/srv/s", 47, "good")) == {}
    assert found(("backup", "/mnt", 60, "failed"), ("backup", "/mnt", 10, "good")) == {}


@pytest.mark.parametrize("kind", ["backup", "snapshot"])
@pytest.mark.parametrize(
    ("outcome", "title"), [("failed", "failed"), ("degraded", "is not whole"), (None, "was cut short")]
)
def test_the_last_one_that_is_not_good_is_said_with_the_command_to_run(kind, outcome, title):
    wrong = found((kind, "/mnt", 30, "good"), (kind, "/mnt", 6, outcome))
    assert list(wrong) == [f"copies/{kind}"]
    condition = wrong[f"copies/{kind}"]
    assert condition.title == f"the last {kind} {title}"
    assert condition.command == (kind, "/mnt")
    assert ("the disk is full" if outcome else "it was killed") in condition.lines[0]
    assert f"archiver-{kind}" in condition.lines[-1]


def test_one_that_is_being_made_is_not_one_that_was_cut_short():
    assert found(("backup", "/mnt", 30, "good"), ("backup", "/mnt", 6, None), at_work=True) == {}


def test_one_that_goes_on_for_days_is_too_old_all_the_same():
    assert list(found(("backup", "/mnt", 80, "good"), ("backup", "/mnt", 50, None), at_work=True)) == [
        "copies/backup-age"
    ]


def test_the_last_good_one_grows_old():
    condition = found(("backup", "/mnt", 73, "good"))["copies/backup-age"]
    assert condition.title == "no good backup for 3 days"
    assert "/mnt" in condition.lines[0]
    assert condition.command == ("backup", "/mnt")
    both = found(("backup", "/mnt", 100, "good"), ("backup", "/mnt", 3, "failed"))
    assert list(both) == ["copies/backup", "copies/backup-age"]


def test_evidence_that_is_backed_up_without_the_rest_is_backed_up():
    assert list(found(("backup", "/mnt", 73, "good"), ("backup", "/mnt", 3, "degraded"))) == ["copies/backup"]


def test_an_archive_without_any_backup_is_missed_one_and_snapshots_only_where_they_were_tried():
    assert found(first_run_at=at(47)) == {}
    wrong = found(first_run_at=at(49))
    assert list(wrong) == ["copies/backup-age"]
    assert wrong["copies/backup-age"].command == ("backup", "DEST")
    assert "copies/snapshot-age" in found(("snapshot", "/srv/s", 100, "failed"), ("snapshot", "/srv/s", 1, "failed"))


def test_one_place_that_fails_is_said_though_another_is_well_and_a_slip_is_forgotten():
    wrong = found(("backup", "/a", 5, "failed"), ("backup", "/b", 4, "good"))
    assert list(wrong) == ["copies/backup"]
    assert wrong["copies/backup"].command == ("backup", "/a")
    assert found(("backup", "/typo", 49, "failed"), ("backup", "/b", 4, "good")) == {}


def test_each_is_told_once_and_again_when_it_changes():
    def told(conditions):
        return {key: Told(each.state, each.level, at(0), each.well) for key, each in conditions.items()}

    first = found(("backup", "/mnt", 30, "good"), ("backup", "/mnt", 6, "failed"))
    later = found(("backup", "/mnt", 30, "good"), ("backup", "/mnt", 2, "failed"))
    assert not news(later.values(), told(first))
    cut_short = found(("backup", "/mnt", 30, "good"), ("backup", "/mnt", 2, None))
    assert news(cut_short.values(), told(first)).changed
    ((_, over),) = news([], told(first)).over
    assert over.well == "the last backup is good"


def test_it_is_kept_as_it_was(tmp_path):
    known = noted(("backup", "/mnt/lưu trữ", 6, "good"), ("snapshot", "/srv/s", 6, None))
    save_copies(tmp_path, known)
    assert load_copies(tmp_path) == known
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("kept", ["", "{", "[1]", '[{"kind": "backup"}]'])
def test_what_cannot_be_read_is_noted_anew(tmp_path, caplog, kept):
    assert load_copies(tmp_path / "none") == ()
    (tmp_path / FILE).write_text(kept)
    assert load_copies(tmp_path) == ()
    assert "cannot be read" in caplog.text
