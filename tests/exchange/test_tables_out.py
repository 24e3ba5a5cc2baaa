"""`archiver export --csv | --jsonl | --parquet`: every table, every row, in one state of the archive."""

import csv
import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from archiver.cli import main
from archiver.store.databases.opening import open_archive
from archiver.store.sharing.tables import tables
from tests.site.plots.fortnight import live


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    live(folder)
    return folder


@pytest.fixture
def export(folder):
    def export(*options):
        return CliRunner().invoke(main, ["export", "--data", str(folder), "--json", *map(str, options)])

    return export


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_table_is_written_whole(export, folder, tmp_path, form):
    answer = export(f"--{form}", tmp_path / "out")
    assert answer.exit_code == 0, answer.output
    archive = open_archive(folder)
    told = {line["table"]: line for line in map(json.loads, answer.output.splitlines())}
    assert told.keys() == set(tables(archive.conn))
    for name, line in told.items():
        count = archive.table(name).count
        assert (line["rows"], rows_in(tmp_path / "out" / f"{name}.{form}", form)) == (count, count), name
        assert line["bytes"] == (tmp_path / "out" / f"{name}.{form}").stat().st_size


def rows_in(path, form):
    if form == "parquet":
        return pq.read_table(path).num_rows
    with path.open(newline="", encoding="utf-8") as file:
        return len(list(csv.reader(file))) - 1 if form == "csv" else len([json.loads(line) for line in file])


def test_values_come_through(export, folder, tmp_path):
    export("--parquet", tmp_path, "--csv", tmp_path, "--jsonl", tmp_path, "--table", "articles")
    (row,) = open_archive(folder).query("SELECT * FROM articles WHERE revision_count = 2")
    with (tmp_path / "articles.csv").open(newline="", encoding="utf-8") as file:
        from_csv = next(each for each in csv.DictReader(file) if each["article_key"] == row["article_key"])
    assert from_csv == {name: "" if value is None else str(value) for name, value in row.items()}
    lines = (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert row in [json.loads(line) for line in lines]
    typed = pq.read_table(
        tmp_path / "articles.parquet", filters=[("article_key", "=", row["article_key"])]
    ).to_pylist()[0]
    assert typed["published_on"].isoformat() == row["published_on"]
    assert typed["first_captured_at"].isoformat().startswith(row["first_captured_at"][:19])
    assert typed["revision_count"] == 2


def test_a_view_can_be_asked_for(export, tmp_path):
    assert export("--jsonl", tmp_path, "--table", "edits").exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["edits.jsonl"]
    assert json.loads((tmp_path / "edits.jsonl").read_text(encoding="utf-8"))["changed_fields"] == '["body"]'


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--csv", "x", "--table", "nothing"], "no table or view is called nothing"),
        (["--csv", "x", "demo"], "say what is to be written"),
        (["--csv", "x", "--warc"], "say what is to be written"),
        (["--table", "articles"], "say what is to be written"),
        ([], "say what is to be written"),
    ],
)
def test_what_cannot_be_meant(export, options, says):
    answer = export(*options)
    assert answer.exit_code == 2
    assert says in " ".join(answer.output.split())


def test_no_archive_is_no_export(tmp_path):
    answer = CliRunner().invoke(main, ["export", "--data", str(tmp_path), "--csv", str(tmp_path / "out")])
    assert answer.exit_code == 1
    assert "there is no archive.db" in answer.output
