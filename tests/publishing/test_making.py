"""Snapshots: complete, dated, checked; readers see the last one until the next one is whole."""

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from archiver.cli import main
from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.rebuild.canonical import rows as canonical_rows
from archiver.store.sharing.copying import finished_copy
from archiver.store.sharing.snapshots import current, faults_of_manifest, free_name, making, snapshots_in
from tests.driving.clocks import SetClock
from tests.publishing.conftest import CITIZEN, PHONE, made
from tests.waiting import wait_until

FILES = ["CITATION.cff", "LICENSE.txt", "MANIFEST.sha256", "datapackage.json"]


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *line: runner.invoke(main, [str(word) for word in line])


def test_a_snapshot_is_complete_and_dated(data, tmp_path):
    clock = SetClock()
    snapshot = made(data, tmp_path / "out", clock).snapshot
    day = f"{clock.now():%Y-%m-%d}"
    assert snapshot == current(tmp_path / "out")
    assert sorted(each.name for each in snapshot.folder.iterdir()) == sorted([f"archive-{day}.db", *FILES])
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [".lock", day, "current"]
    assert snapshot.archive.read_bytes()[18:20] == b"\x01\x01", "it needs no file beside it"


def test_sha256sum_finds_nothing_wrong(data, tmp_path):
    folder = made(data, tmp_path / "out", with_payloads=True).snapshot.folder
    checked = subprocess.run(
        ["sha256sum", "-c", "--strict", "MANIFEST.sha256"], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(": OK") == 5


def test_a_file_that_was_altered_is_named(data, tmp_path):
    snapshot = made(data, tmp_path / "out").snapshot
    assert faults_of_manifest(snapshot) == []
    (snapshot.folder / "LICENSE.txt").write_text("anything goes")
    (snapshot.folder / "CITATION.cff").unlink()
    assert sorted(faults_of_manifest(snapshot)) == [
        "CITATION.cff is not there",
        "LICENSE.txt has other bytes than MANIFEST.sha256 says",
    ]


def test_the_package_describes_every_table_and_column(data, tmp_path):
    snapshot = made(data, tmp_path / "out").snapshot
    package = json.loads((snapshot.folder / "datapackage.json").read_text())
    described = {each["dialect"]["table"]: each for each in package["resources"]}
    with finished_copy(snapshot.archive) as db:
        names = [*db.table_names(), *db.view_names()]
        parts_of_the_indexes = ("_", "sqlite_", "articles_fts", "same_news_")
        assert {name for name in names if not name.startswith(parts_of_the_indexes)} <= set(described) <= set(names)
        for name, resource in described.items():
            fields = resource["schema"]["fields"]
            assert [each["name"] for each in fields] == [column.name for column in db[name].columns]
            assert all(each["description"] and each["type"] for each in fields)
            assert resource["description"]
            assert resource["rows"] == db[name].count


def test_the_package_keeps_to_the_specification(data, tmp_path):
    """The rules of datapackage.org for what stands in it."""
    snapshot = made(data, tmp_path / "out").snapshot
    package = json.loads((snapshot.folder / "datapackage.json").read_text())
    named, path = re.compile(r"[-a-z0-9._/]+"), re.compile(r"(?=^[^./~])(^((?!\.{2}).)*$).*")
    assert named.fullmatch(package["name"])
    assert all("name" in each or "path" in each for each in package["licenses"])
    assert all(path.fullmatch(each["path"]) for each in package["licenses"] + package["sources"] if "path" in each)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", package["created"])
    resources = {each["name"]: each["schema"] for each in package["resources"]}
    assert len(resources) == len(package["resources"])
    for resource in package["resources"]:
        assert named.fullmatch(resource["name"])
        assert path.fullmatch(resource["path"])
        assert (snapshot.folder / resource["path"]).exists()
        schema = resource["schema"]
        fields = [each["name"] for each in schema["fields"]]
        assert len(set(fields)) == len(fields)
        assert {each["type"] for each in schema["fields"]} <= {"string", "integer", "number", "any"}
        assert set(schema.get("primaryKey", [])) <= set(fields)
        for key in schema.get("foreignKeys", []):
            there = [each["name"] for each in resources[key["reference"]["resource"]]["fields"]]
            assert set(key["fields"]) <= set(fields)
            assert set(key["reference"]["fields"]) <= set(there)


def test_it_can_be_cited(data, tmp_path):
    snapshot = made(data, tmp_path / "out", contact="luutru@example.org: bà Hoa").snapshot
    citation = yaml.safe_load((snapshot.folder / "CITATION.cff").read_text())
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert citation["type"] == "dataset"
    assert citation["authors"][0]["name"] == "Cổng thông tin điện tử thị xã An Thuận"
    assert citation["contact"] == [{"name": "luutru@example.org: bà Hoa"}]
    assert citation["version"] == snapshot.name
    digest = hashlib.sha256(snapshot.archive.read_bytes()).hexdigest()
    assert citation["identifiers"][0]["value"] == f"sha256:{digest}"


def test_its_licence_notes_say_whose_the_texts_are_and_that_numbers_are_masked(data, tmp_path):
    text = (made(data, tmp_path / "out").snapshot.folder / "LICENSE.txt").read_text()
    assert "belong to their publishers" in text
    assert "CC0 1.0" in text
    assert "masked" in text
    text = (made(data, tmp_path / "out", masks=False).snapshot.folder / "LICENSE.txt").read_text()
    assert "are not masked in this copy" in text


@pytest.mark.parametrize("with_payloads", [False, True])
def test_no_file_of_it_shows_a_number(data, tmp_path, with_payloads):
    folder = made(data, tmp_path / "out", with_payloads=with_payloads).snapshot.folder
    for file in folder.iterdir():
        assert PHONE.encode() not in file.read_bytes(), file.name
        assert CITIZEN.encode() not in file.read_bytes(), file.name


def test_without_masking_it_says_what_the_archive_says(data, tmp_path):
    snapshot = made(data, tmp_path / "out", masks=False).snapshot
    with finished_copy(snapshot.archive) as db:
        assert list(canonical_rows(db)) == list(canonical_rows(open_archive(data)))


def bodies(file):
    """Every payload by its digest."""
    import zstandard

    with closing(sqlite3.connect(file)) as db:
        return {
            digest: zstandard.ZstdDecompressor().decompress(packed)
            for digest, packed in db.execute("SELECT sha256, zstd FROM payloads").fetchall()
        }


def test_payloads_come_along_masked_and_without_what_was_meant_for_the_crawl(data, tmp_path):
    made_ = made(data, tmp_path / "out", with_payloads=True)
    file = made_.snapshot.folder / "captures.db"
    kept, own = bodies(file), bodies(data / "captures.db")
    assert made_.payloads["masked"] > 0
    assert made_.payloads["as it came"] > 0
    assert set(kept) < set(own)
    assert not any(PHONE.encode() in body or CITIZEN.encode() in body for body in kept.values())
    unchanged = [digest for digest, body in kept.items() if body == own[digest]]
    assert unchanged, "pictures come as they are"
    with closing(sqlite3.connect(file)) as db:
        headers = [text for (text,) in db.execute("SELECT headers FROM captures WHERE headers IS NOT NULL")]
        assert headers
        assert not any("set-cookie" in text.lower() for text in headers)
        masked = {
            digest
            for digest, text in db.execute("SELECT sha256, headers FROM captures")
            if text and "X-Archive-Masked" in text
        }
        assert masked == set(kept) - set(unchanged)
        for table in ("frontier", "decisions", "crawls"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_without_masking_payloads_come_as_they_are(data, tmp_path):
    folder = made(data, tmp_path / "out", masks=False, with_payloads=True).snapshot.folder
    own = bodies(data / "captures.db")
    assert bodies(folder / "captures.db").items() <= own.items()


def withhold(run, data, title):
    archive = open_archive(data)
    (key,) = archive.execute("SELECT article_key FROM articles WHERE title = ?", (title,)).fetchone()
    archive.close()
    assert run("withhold", key, "--reason", "vì một lý do", "--data", data).exit_code == 0
    return key


def a_title_that_others_print(data, pages):
    """Of an article that the pages of other articles name in their lists."""
    archive = open_archive(data)
    titles = [title for (title,) in archive.execute("SELECT title FROM articles").fetchall()]
    archive.close()
    alone = [title for title in titles if sum(title in other for other in titles) == 1]
    return max(alone, key=lambda title: sum(title.encode() in body for body in pages))


def test_what_is_withheld_is_nowhere_in_it_and_pages_that_name_it_stay_out(run, data, tmp_path):
    before = made(data, tmp_path / "out", with_payloads=True, masks=False)
    pages = bodies(before.snapshot.folder / "captures.db").values()
    title = a_title_that_others_print(data, pages)
    assert sum(title.encode() in body for body in pages) > 1
    withhold(run, data, title)
    after = made(data, tmp_path / "out", with_payloads=True, masks=False)
    assert after.payloads["names what is withheld"] > 0
    assert title.encode() not in after.snapshot.archive.read_bytes()
    assert not any(title.encode() in body for body in bodies(after.snapshot.folder / "captures.db").values())
    assert after.removed == [before.snapshot.name], "an older one that shows it must not be handed on"
    assert snapshots_in(tmp_path / "out") == [after.snapshot]


def test_a_decision_that_the_archive_does_not_know_yet_ends_it(run, data, tmp_path):
    from archiver.portals import PORTALS
    from archiver.store.evidence.withholding import save_decision

    old = made(data, tmp_path / "out").snapshot
    (key,) = open_archive(data).execute("SELECT article_key FROM articles LIMIT 1").fetchone()
    save_decision(open_captures(data), PORTALS["demo"], key, "withhold", None, "vì", "2026-01-01T00:00:00Z")
    result = run("snapshot", tmp_path / "out", "--data", data)
    assert result.exit_code == 1
    assert "archiver reparse demo makes it anew" in result.output
    assert "readers still see the last one" in result.output
    assert current(tmp_path / "out") == old
    assert snapshots_in(tmp_path / "out") == [old]


def test_only_so_many_are_kept(data, tmp_path):
    names = [made(data, tmp_path / "out", SetClock(), keep=2).snapshot.name for _ in range(4)]
    day = names[0]
    assert names == [day, f"{day}.2", f"{day}.3", f"{day}.4"]
    assert [each.name for each in snapshots_in(tmp_path / "out")] == names[2:]
    assert current(tmp_path / "out").name == names[3]
    assert free_name(tmp_path / "out", day) == f"{day}.5"


@pytest.mark.parametrize("row", [5, 9])
def test_a_copy_that_fails_its_checks_is_not_shown(run, data, tmp_path, row):
    old = made(data, tmp_path / "out").snapshot
    archive = open_archive(data)
    archive.execute("UPDATE revisions SET body = 'bị sửa' WHERE rowid = ?", (row,))
    archive.close()
    result = run("snapshot", tmp_path / "out", "--data", data)
    assert result.exit_code == 1
    assert "has other content than its digest says" in result.output
    assert current(tmp_path / "out") == old
    assert not list((tmp_path / "out").glob(".making-*"))


def test_two_at_once_are_one(run, data, tmp_path):
    with making_of(tmp_path / "out"):
        result = run("snapshot", tmp_path / "out", "--data", data)
    assert result.exit_code == 4
    assert "another snapshot is being made" in result.output


def making_of(folder):
    folder.mkdir()
    return making(folder)


def test_without_an_archive_it_says_how_to_come_by_one(run, tmp_path):
    result = run("snapshot", tmp_path / "out", "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert "archiver crawl myhao" in result.output
    assert current(tmp_path / "out") is None


def test_the_command_says_what_it_made(run, data):
    result = run("snapshot", "--data", data)
    assert result.exit_code == 0, result.output
    assert re.search(
        r"snapshots/\d{4}-\d\d-\d\d: [\d,]+ bytes, checked\nmasked: \d+ numbers in \d+ rows", result.output
    )
    values = json.loads(run("snapshot", "--data", data, "--json").stdout)
    assert values["snapshot"].endswith(".2")
    assert values["masked"]["phone"] > 0
    assert values["faults"] == 0


def test_a_snapshot_can_be_verified_by_itself(run, data, tmp_path):
    snapshot = made(data, tmp_path / "out").snapshot
    result = run("verify", "--snapshot", tmp_path / "out" / "current")
    assert (result.exit_code, result.output) == (0, f"{snapshot.name}: all is well\n")
    with closing(sqlite3.connect(snapshot.archive)) as db, db:
        db.execute(f"UPDATE list_rows SET title = 'ĐT {PHONE}' WHERE rowid = 1")
    result = run("verify", "--snapshot", snapshot.folder)
    assert result.exit_code == 1
    assert "has other bytes than MANIFEST.sha256 says" in result.output
    digest = hashlib.sha256(snapshot.archive.read_bytes()).hexdigest()
    (snapshot.folder / "MANIFEST.sha256").write_text(f"{digest}  {snapshot.archive.name}\n")
    result = run("verify", "--snapshot", snapshot.folder)
    assert result.exit_code == 1
    assert "shows a number in title that names a person" in result.output


def test_a_folder_without_a_manifest_is_no_snapshot(run, tmp_path):
    result = run("verify", "--snapshot", tmp_path)
    assert result.exit_code == 1
    assert f"Error: {tmp_path / 'MANIFEST.sha256'} cannot be read" in result.output, result.exception


def test_withholding_says_that_snapshots_still_show_it(run, data):
    made(data, data / "snapshots")
    archive = open_archive(data)
    (key,) = archive.execute("SELECT article_key FROM articles LIMIT 1").fetchone()
    archive.close()
    assert "Snapshots still show it" in run("withhold", key, "--reason", "vì một lý do", "--data", data).stderr


WRITER = """
import sys, time
from pathlib import Path
from archiver.store.databases.opening import open_archive, writing
db = open_archive(Path(sys.argv[1]))
print("writes", flush=True)
for count in range(10**9):
    with writing(db):
        for table, key in (("crawl_checks", "name"),):
            db.execute("INSERT INTO crawl_checks VALUES ('a', ?, ?, 0, 1)", (f"n{count}", count))
            db.execute("INSERT INTO crawl_checks VALUES ('b', ?, ?, 0, 1)", (f"n{count}", count))
    time.sleep(0.0005)
"""


@pytest.fixture
def writer(data):
    """A process that writes pairs of rows, as fast as it can."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(data)], stdout=subprocess.PIPE, cwd=Path.cwd()) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_a_copy_made_while_another_writes_is_one_state(data, tmp_path, writer):
    counts = []
    for _ in range(3):
        snapshot = made(data, tmp_path / "out").snapshot
        with finished_copy(snapshot.archive) as db:
            one, other = (
                db.execute("SELECT count(*) FROM crawl_checks WHERE crawl_key = ?", (key,)).fetchone()[0]
                for key in "ab"
            )
        assert one == other
        counts.append(one)
    assert writer.poll() is None, "the writer never had to give up"
    assert counts == sorted(set(counts)), "each shows more than the one before"


def test_a_kill_leaves_the_last_one(data, tmp_path):
    """Four times, at moments of its life that are learnt from one that was let be."""
    old = made(data, tmp_path / "out").snapshot
    line = [sys.executable, "-m", "archiver", "snapshot", str(tmp_path / "out"), "--data", str(data), "--with-payloads"]
    lasts, killed = None, 0
    for share in (None, 0.1, 0.4, 0.7, 0.95):
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            wait_until(lambda: process.poll() is not None or list((tmp_path / "out").glob(".making-*")))
            begun = time.monotonic()
            if share is None:
                process.wait()
                lasts = time.monotonic() - begun
            else:
                time.sleep(share * lasts)
                process.kill()
        killed += process.returncode < 0
        seen = current(tmp_path / "out")
        assert seen is not None
        assert faults_of_manifest(seen) == []
        assert seen == old or seen.name.startswith(old.name)
    assert killed
    made(data, tmp_path / "out")
    assert not list((tmp_path / "out").glob(".making-*")), "what the killed one left is gone"
    assert all(faults_of_manifest(each) == [] for each in snapshots_in(tmp_path / "out"))


@pytest.mark.parametrize("log", ["text", "json"])
def test_how_far_it_is_has_no_place_among_events_for_programs(run, data, tmp_path, monkeypatch, log):
    monkeypatch.setattr("archiver.progress._BETWEEN_LINES", 0)
    made = run("snapshot", tmp_path / "out", "--data", data, "--log", log)
    assert made.exit_code == 0, made.output
    lines = [line for line in made.stderr.splitlines() if not line.startswith("{")]
    assert bool(lines) == (log == "text"), lines
