"""Backups: whole, private, incremental, read back; nothing that happens meanwhile harms an earlier one."""

import errno
import json
import random
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from archiver.backups import making as making_module
from archiver.backups.places import backup_at, backups_in
from archiver.backups.restoring import Order, restore_backup
from archiver.backups.retention import Retention
from archiver.store.databases.opening import open_captures, writing
from archiver.store.ground.errors import DataFolderError, LockedError, NewerVersionError
from archiver.store.ground.locks import PortalLock, whole_folder
from tests.backups.conftest import add_capture, all_rows, made


def restored(backup, folder, clock, **options):
    result = restore_backup(Order(backup, folder, **options), clock, lambda *_: None)
    assert result.is_done
    assert result.faults == []
    return folder


@contextmanager
def unguarded(data):
    """captures.db as one can open it who means to spoil it, without its guards meanwhile."""
    with closing(sqlite3.connect(data / "captures.db", isolation_level=None)) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in guards:
            db.execute(sql)


def increments(folder):
    return sorted((folder / "increments").iterdir())


def test_what_is_restored_is_what_was_backed_up(data, tmp_path, clock):
    backup = made(data, tmp_path / "backups", clock).backup
    assert all_rows(restored(backup, tmp_path / "new", clock)) == all_rows(data)


def test_of_captures_only_what_is_new_is_written(data, tmp_path, clock):
    first = made(data, tmp_path / "backups", clock)
    (whole,) = increments(tmp_path / "backups")
    before = whole.stat()
    add_capture(data, "mới" * 50)
    second = made(data, tmp_path / "backups", clock)
    assert second.added == {"payloads": 1, "captures": 1, "decisions": 0}
    assert second.rows["payloads"] == first.rows["payloads"] + 1
    assert (whole.stat().st_mtime_ns, whole.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert sum(file.stat().st_size for file in increments(tmp_path / "backups")) < before.st_size + 40_000
    assert all_rows(restored(second.backup, tmp_path / "new", clock)) == all_rows(data)
    third = made(data, tmp_path / "backups", clock)
    assert not any(third.added.values())
    assert len(increments(tmp_path / "backups")) == 2
    assert all_rows(restored(third.backup, tmp_path / "newer", clock)) == all_rows(data)


def test_rows_of_a_table_that_a_new_version_made_wider_are_written_anew(data, tmp_path, clock):
    first = made(data, tmp_path / "backups", clock)
    with closing(sqlite3.connect(data / "captures.db")) as db:
        db.execute("ALTER TABLE captures ADD COLUMN weather TEXT DEFAULT 'nắng'")
    second = made(data, tmp_path / "backups", clock)
    assert second.added == {"payloads": 0, "captures": first.rows["captures"], "decisions": 0}
    assert all_rows(restored(second.backup, tmp_path / "new", clock)) == all_rows(data)


def test_plain_tools_can_check_a_backup(data, tmp_path, clock):
    backup = made(data, tmp_path / "backups", clock).backup
    checked = subprocess.run(
        ["sha256sum", "-c", "MANIFEST.sha256"], cwd=backup.folder, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "increments" in checked.stdout
    assert "backup.json: OK" in checked.stdout


def test_nobody_else_may_read_it(data, tmp_path, clock):
    made(data, tmp_path / "backups", clock)
    places = [tmp_path / "backups", *(each for each in (tmp_path / "backups").rglob("*") if each.name != ".lock")]
    for place in places:
        assert stat.S_IMODE(place.stat().st_mode) == (0o700 if place.is_dir() else 0o600), place
    new = restored(backup_at(tmp_path / "backups"), tmp_path / "new", clock)
    assert all(stat.S_IMODE((new / name).stat().st_mode) == 0o600 for name in ("captures.db", "archive.db"))


def test_names_go_on_although_the_clock_was_set_back(data, tmp_path, clock):
    first = made(data, tmp_path / "backups", clock).backup
    clock.pass_by(days=-40)
    second = made(data, tmp_path / "backups", clock).backup
    assert second.name > first.name
    assert backup_at(tmp_path / "backups") == second


class TestDamage:
    def test_a_payload_that_is_damaged_before_it_was_ever_backed_up(self, data, tmp_path, clock):
        first = made(data, tmp_path / "backups", clock).backup
        good = all_rows(data)
        capture = add_capture(data, "mới" * 50)
        with unguarded(data) as db:
            db.execute("UPDATE payloads SET zstd = zeroblob(20) WHERE sha256 = ?", (capture.sha256,))
        result = made(data, tmp_path / "backups", clock)
        assert result.backup is None
        assert any(capture.sha256 in fault for fault in result.faults)
        assert backups_in(tmp_path / "backups") == [first]
        assert all_rows(restored(first, tmp_path / "new", clock)) == good

    def test_what_can_be_had_is_had_despite_it(self, data, tmp_path, clock):
        capture = add_capture(data, "mới" * 50)
        with unguarded(data) as db:
            db.execute("UPDATE payloads SET zstd = zeroblob(20) WHERE sha256 = ?", (capture.sha256,))
        result = made(data, tmp_path / "backups", clock, despite_damage=True)
        assert result.backup is not None
        assert not result.is_whole
        assert all_rows(restored(result.backup, tmp_path / "new", clock)) == all_rows(data)

    def test_a_payload_that_is_damaged_later_is_still_whole_in_the_backup(self, data, tmp_path, clock):
        made(data, tmp_path / "backups", clock)
        good = all_rows(data)
        with unguarded(data) as db:
            db.execute("UPDATE payloads SET zstd = zeroblob(20) WHERE rowid = 3")
        backup = made(data, tmp_path / "backups", clock).backup
        assert all_rows(restored(backup, tmp_path / "new", clock)) == good

    def test_evidence_that_nothing_guards_any_more_is_noticed(self, data, tmp_path, clock):
        with closing(sqlite3.connect(data / "captures.db")) as db:
            db.execute("DROP TRIGGER payloads_refuse_delete")
        result = made(data, tmp_path / "backups", clock)
        assert result.backup is None
        assert "the trigger payloads_refuse_delete is gone" in result.faults[0]

    def test_a_payload_that_is_gone_is_noticed(self, data, tmp_path, clock):
        with unguarded(data) as db:
            db.execute("DELETE FROM payloads WHERE sha256 = (SELECT min(sha256) FROM payloads)")
        result = made(data, tmp_path / "backups", clock)
        assert result.backup is None
        assert "names payload" in result.faults[0]

    def test_evidence_that_shrank_or_is_another_archives_is_refused(self, data, tmp_path, clock):
        made(data, tmp_path / "backups", clock)
        other = tmp_path / "other"
        add_capture_to_empty(other)
        with pytest.raises(DataFolderError, match="that backup is of another archive, or evidence was lost here"):
            made(other, tmp_path / "backups", clock)
        assert len(backups_in(tmp_path / "backups")) == 1

    def test_an_archive_that_is_damaged_keeps_no_evidence_from_being_backed_up(self, data, tmp_path, clock):
        (data / "archive.db").write_bytes(b"no database" * 1000)
        result = made(data, tmp_path / "backups", clock)
        assert result.backup is not None
        assert not result.is_whole
        assert any("archive.db" in note for note in result.notes)
        new = restored(result.backup, tmp_path / "new", clock)
        assert not (new / "archive.db").exists()

    @pytest.mark.parametrize("how", ["truncated", "gone"])
    def test_an_increment_that_is_not_whole_is_written_anew(self, data, tmp_path, clock, how):
        made(data, tmp_path / "backups", clock)
        (file,) = increments(tmp_path / "backups")
        file.unlink() if how == "gone" else file.write_bytes(file.read_bytes()[:-5000])
        backup = made(data, tmp_path / "backups", clock).backup
        assert all_rows(restored(backup, tmp_path / "new", clock)) == all_rows(data)

    def test_one_whose_bytes_changed_is_found_once_a_week_and_written_anew(self, data, tmp_path, clock):
        first = made(data, tmp_path / "backups", clock).backup
        (file,) = increments(tmp_path / "backups")
        spoiled = bytearray(file.read_bytes())
        spoiled[-3000] ^= 1
        file.write_bytes(spoiled)
        clock.pass_by(days=5)
        assert made(data, tmp_path / "backups", clock).is_whole, "not looked at yet"
        clock.pass_by(days=3)
        result = made(data, tmp_path / "backups", clock)
        assert first.name in result.damaged
        assert not result.is_whole
        assert all_rows(restored(result.backup, tmp_path / "new", clock)) == all_rows(data)
        assert made(data, tmp_path / "backups", clock, deep=True).damaged == {}, "the same bytes again, so all are well"

    @pytest.mark.parametrize("name", ["state.db.zst", "backup.json", "MANIFEST.sha256", "increment"])
    def test_a_damaged_backup_is_not_restored(self, data, tmp_path, clock, run, name):
        backup = made(data, tmp_path / "backups", clock).backup
        flip(increments(tmp_path / "backups")[0] if name == "increment" else backup.folder / name)
        result = run("verify", "--backup", tmp_path / "backups")
        assert result.exit_code == 1, result.output
        before = all_rows(data)
        result = run("restore", "--from", tmp_path / "backups", "--data", data, "--force")
        assert result.exit_code == 1, result.output
        assert "Traceback" not in result.output
        assert all_rows(data) == before
        assert not list(data.glob("replaced-*"))

    def test_what_can_be_read_of_a_damaged_backup_is_restored_if_that_is_asked(self, data, tmp_path, clock, run):
        made(data, tmp_path / "backups", clock)
        (file,) = increments(tmp_path / "backups")
        with closing(sqlite3.connect(file)) as db:
            db.execute("UPDATE payloads SET zstd = zeroblob(20) WHERE rowid = 3")
            db.commit()
        line = ["restore", "--from", tmp_path / "backups", "--data", tmp_path / "new"]
        assert run(*line).exit_code == 1
        result = run(*line, "--despite-damage")
        assert result.exit_code == 3, result.output
        assert "with 2 faults" in result.output
        payloads = {row[0]: row for row in all_rows(data)[0]["payloads"]}
        assert sum(payloads[row[0]] != row for row in all_rows(tmp_path / "new")[0]["payloads"]) == 1

    def test_an_archive_that_is_damaged_in_the_backup_is_left_out(self, data, tmp_path, clock, run):
        backup = made(data, tmp_path / "backups", clock).backup
        flip(backup.folder / "archive.db.zst")
        assert run("verify", "--backup", tmp_path / "backups").exit_code == 1
        result = run("restore", "--from", tmp_path / "backups", "--data", tmp_path / "new")
        assert result.exit_code == 3, result.output
        assert "`archiver reparse` makes it from captures.db" in result.output
        assert run("reparse", "--data", tmp_path / "new").exit_code == 0
        assert all_rows(tmp_path / "new") == all_rows(data)


def flip(file):
    """Spoil a byte in the middle of a file."""
    spoiled = bytearray(file.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    file.write_bytes(spoiled)


def add_capture_to_empty(folder):
    from archiver.portals import PORTALS
    from archiver.store.evidence.crawls import Again, open_crawl, plan_crawl

    captures = open_captures(folder)
    portal, now = PORTALS["demo"], "2025-07-01T01:00:00.000000Z"
    open_crawl(captures, portal, plan_crawl(captures, portal, now, {}), {}, {}, Again())
    captures.close()
    add_capture(folder, "khác")


class TestInterruptions:
    """Whatever ends it: the earlier backup is whole, the next one comes about."""

    STEPS = (
        "copy_archive", "part", "faults_of_state", "faults_of_increment", "pack", "digest_on_disk", "sync", "describe",
        "faults_of_backup", "name_it", "forget",
    )  # fmt: skip

    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("cause", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
    def test_at_any_step(self, data, tmp_path, clock, monkeypatch, step, cause):
        folder = tmp_path / "backups"
        first = made(data, folder, clock).backup
        add_capture(data, "mới" * 50)

        def fail(*_, **__):
            raise cause

        with monkeypatch.context() as patched:
            patched.setattr(making_module, step, fail)
            with pytest.raises((DataFolderError, KeyboardInterrupt)) as raised:
                made(data, folder, clock)
        if isinstance(cause, OSError):
            assert "there is no space left" in str(raised.value)
            assert "earlier ones stay as they are" in str(raised.value)
        assert not list(folder.glob(".making-*"))
        assert all_rows(restored(first, tmp_path / "old", clock))
        last = made(data, folder, clock).backup
        assert all_rows(restored(last, tmp_path / "new", clock)) == all_rows(data)
        needed = {f"{each}.db" for backup in backups_in(folder) for each in backup.record().needed}
        assert {file.name for file in increments(folder)} == needed, "nothing is left behind"

    def test_what_a_kill_left_is_no_backup_and_goes(self, data, tmp_path, clock):
        folder = tmp_path / "backups"
        first = made(data, folder, clock).backup
        shutil.copytree(first.folder, folder / ".making-x")
        (folder / "increments" / f"{'0' * 64}.db").write_bytes(b"half")
        assert backups_in(folder) == [first]
        made(data, folder, clock)
        assert not (folder / ".making-x").exists()
        assert not (folder / "increments" / f"{'0' * 64}.db").exists()


class TestRetention:
    def test_the_second_of_a_day_takes_the_place_of_the_first(self, data, tmp_path, clock):
        first = made(data, tmp_path / "backups", clock).backup
        second = made(data, tmp_path / "backups", clock)
        assert second.removed == [first.name]
        assert backups_in(tmp_path / "backups") == [second.backup]

    @pytest.mark.parametrize("lacks", ["evidence", "archive"])
    def test_one_that_lacks_something_takes_no_better_ones_place(self, data, tmp_path, clock, lacks):
        good = all_rows(data)
        first = made(data, tmp_path / "backups", clock).backup
        if lacks == "evidence":
            capture = add_capture(data, "mới" * 50)
            with unguarded(data) as db:
                db.execute("UPDATE payloads SET zstd = zeroblob(20) WHERE sha256 = ?", (capture.sha256,))
        else:
            (data / "archive.db").unlink()
        second = made(data, tmp_path / "backups", clock, despite_damage=True)
        assert not second.is_whole
        assert backups_in(tmp_path / "backups") == [first, second.backup]
        assert all_rows(restored(first, tmp_path / "new", clock)) == good

    def test_none_goes_before_the_one_in_its_stead_was_read_once_more(self, data, tmp_path, clock):
        folder, two = tmp_path / "backups", Retention(2, 0, 0)
        kept = []
        for _ in range(2):
            kept.append(made(data, folder, clock, retention=two).backup)
            clock.pass_by(days=1)
        state = kept[1].folder / "state.db.zst"
        state.write_bytes(bytes(state.stat().st_size))
        third = made(data, folder, clock, retention=two)
        assert list(third.damaged) == [kept[1].name]
        assert not third.is_whole
        assert backups_in(folder) == [*kept, third.backup]
        clock.pass_by(days=1)
        fourth = made(data, folder, clock, retention=two)
        assert fourth.removed == [each.name for each in kept], "two whole ones are there now"

    def test_increments_stay_as_long_as_any_backup_needs_them(self, data, tmp_path, clock):
        folder = tmp_path / "backups"
        removed = []
        for day in range(20):
            add_capture(data, f"ngày {day}", f"2025-07-{day + 2:02}T01:00:00.000000Z")
            result = made(data, folder, clock)
            removed += result.removed
            clock.pass_by(days=1)
        assert len(backups_in(folder)) < 12
        assert len(increments(folder)) == 20, "the oldest rows are in the newest backup"
        assert len(removed) == 20 - len(backups_in(folder))
        assert all_rows(restored(backups_in(folder)[0], tmp_path / "old", clock))
        assert all_rows(restored(result.backup, tmp_path / "new", clock)) == all_rows(data)

    def test_a_clock_that_was_far_ahead_once_spoils_neither_what_stays_nor_reading_all_weekly(
        self, data, tmp_path, clock
    ):
        folder = tmp_path / "backups"
        clock.pass_by(days=3650)
        made(data, folder, clock)
        clock.pass_by(days=-3650)
        first = made(data, folder, clock)
        assert first.deep
        for _ in range(4):
            clock.pass_by(days=1)
            assert not made(data, folder, clock).deep
        assert len(backups_in(folder)) == 6
        assert backups_in(folder)[-1].name > first.backup.name

    def test_where_one_cannot_say_what_it_needs_none_goes(self, data, tmp_path, clock):
        folder = tmp_path / "backups"
        first = made(data, folder, clock).backup
        (first.folder / "backup.json").write_text("{")
        orphan = folder / "increments" / f"{'0' * 64}.db"
        orphan.write_bytes(b"")
        assert made(data, folder, clock).backup is not None
        assert orphan.exists()
        assert first.folder.exists(), "what is damaged is for a person to look at"


class TestOthersAtWork:
    def test_a_crawl_may_go_on(self, data, tmp_path, clock):
        lock = PortalLock(data, "demo")
        lock.take()
        try:
            assert made(data, tmp_path / "backups", clock).backup
        finally:
            lock.free()

    def test_a_rebuild_may_not(self, data, tmp_path, clock, run):
        with whole_folder(data):
            with pytest.raises(LockedError, match="is being rebuilt"):
                made(data, tmp_path / "backups", clock)
            assert run("backup", tmp_path / "backups", "--data", data).exit_code == 4

    def test_nor_may_another_backup_into_the_same_folder(self, data, tmp_path, clock):
        with making_module.making(tmp_path / "backups"), pytest.raises(LockedError, match="another backup"):
            made(data, tmp_path / "backups", clock)

    def test_what_is_written_meanwhile_is_in_the_next_one(self, data, tmp_path, clock, monkeypatch):
        """A writer that waits for nobody, between the copies of both files and while captures are copied."""
        real = making_module.part

        def part_while_written(captures, *rest):
            add_capture(data, "trước khi chép")
            before = all_rows(data)[0]["captures"]
            parted = real(captures, *rest)
            assert parted.rows["captures"] == len(before)
            add_capture(data, "sau khi chép", "2025-07-03T01:00:00.000000Z")
            return parted

        monkeypatch.setattr(making_module, "part", part_while_written)
        result = made(data, tmp_path / "backups", clock)
        new = restored(result.backup, tmp_path / "new", clock)
        assert len(all_rows(new)[0]["captures"]) == len(all_rows(data)[0]["captures"]) - 1

    def test_a_long_transaction_of_a_writer_is_not_waited_for(self, data, tmp_path, clock):
        with closing(sqlite3.connect(data / "captures.db", isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("INSERT INTO payloads (sha256) VALUES ('half')")
            result = made(data, tmp_path / "backups", clock)
            writer.execute("ROLLBACK")
        assert result.backup


class TestCommand:
    def test_it_says_what_it_did(self, data, tmp_path, run):
        result = run("backup", tmp_path / "backups", "--data", data)
        assert result.exit_code == 0, result.output
        assert "read back" in result.output
        values = json.loads(run("backup", tmp_path / "backups", "--data", data, "--json").output)
        assert values["added"] == {"payloads": 0, "captures": 0, "decisions": 0}
        assert run("verify", "--backup", tmp_path / "backups").output.strip() == "1 backups: all is well", (
            "the newest of a day stays"
        )
        assert run("verify", "--backup", values["folder"]).output.strip() == "1 backups: all is well"

    def test_a_restored_archive_is_well_and_an_archive_is_never_overwritten(self, data, tmp_path, run):
        assert run("backup", tmp_path / "backups", "--data", data).exit_code == 0
        refused = run("restore", "--from", tmp_path / "backups", "--data", data)
        assert refused.exit_code == 1
        assert "archive.db and captures.db of an archive are in" in refused.output
        add_capture(data, "mới")
        before = all_rows(data)
        result = run("restore", "--from", tmp_path / "backups", "--data", data, "--force", "--json")
        assert result.exit_code == 0, result.output
        aside = json.loads(result.output)["aside"]
        assert all_rows(type(data)(aside)) == before
        assert all_rows(data) != before
        assert run("verify", "--data", data, "--deep").exit_code == 0

    def test_what_is_no_backup_is_named(self, data, tmp_path, run):
        result = run("restore", "--from", tmp_path / "nothing", "--data", tmp_path / "new")
        assert result.exit_code == 1
        assert "is no backup, and holds none" in result.output
        assert not (tmp_path / "new").exists()

    def test_a_folder_that_cannot_be_written_is_named(self, data, tmp_path, run):
        (tmp_path / "file").write_text("")
        result = run("backup", tmp_path / "file" / "backups", "--data", data)
        assert result.exit_code == 1
        assert "no backup could be made in" in result.output

    def test_a_backup_of_a_newer_version_is_refused(self, data, tmp_path, clock, run):
        backup = made(data, tmp_path / "backups", clock).backup
        record = json.loads((backup.folder / "backup.json").read_text())
        (backup.folder / "backup.json").write_text(json.dumps(record | {"format": 2}))
        for line in (["restore", "--from", tmp_path / "backups", "--data", tmp_path / "new"],
                     ["backup", tmp_path / "backups", "--data", data]):  # fmt: skip
            result = run(*line)
            assert result.exit_code == 1, result.output
            assert "made by a newer version of this program; update the program" in result.output

    def test_an_archive_of_a_newer_version_is_not_backed_up(self, data, tmp_path, clock):
        for name in ("captures.db", "archive.db"):
            with closing(sqlite3.connect(data / name, isolation_level=None)) as db:
                migrations = name.removesuffix(".db")
                db.execute(
                    "INSERT INTO _sqlite_migrations (migration_set, name) VALUES (?, 'm999_future')", (migrations,)
                )
                with pytest.raises(NewerVersionError):
                    made(data, tmp_path / "backups", clock)
                db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm999_future'")


def test_a_crawl_cannot_write_half_of_anything_into_it(data, tmp_path, clock):
    """The copy holds what was committed, and nothing else."""
    captures = open_captures(data)
    with writing(captures):
        captures.execute("INSERT INTO lists (list_key) VALUES ('half')")
        backup = made(data, tmp_path / "backups", clock).backup
    new = restored(backup, tmp_path / "new", clock)
    assert not open_captures(new).execute("SELECT 1 FROM lists WHERE list_key = 'half'").fetchall()


@pytest.mark.parametrize("room", [40_000, 60_000, 150_000, 250_000])
def test_a_disk_that_is_really_full_leaves_the_earlier_backup(data, tmp_path, clock, room):
    """The system refuses to write more than so many bytes into any file."""
    first = made(data, tmp_path / "backups", clock).backup
    add_capture(data, random.Random(room).randbytes(200_000).hex())
    line = [sys.executable, "-m", "archiver", "backup", str(tmp_path / "backups"), "--data", str(data)]
    ran = subprocess.run(
        line, capture_output=True, text=True, check=False, timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert "no backup could be made in" in ran.stderr
    assert "earlier ones stay as they are" in ran.stderr
    assert backups_in(tmp_path / "backups") == [first]
    assert restored(first, tmp_path / "new", clock)
    assert made(data, tmp_path / "backups", clock).backup
