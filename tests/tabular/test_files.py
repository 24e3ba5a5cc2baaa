"""Tables as files: what other programs read back is what went in."""

import csv
import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archiver.tabular.columns import Column
from archiver.tabular.files import write_table
from archiver.tabular.parquet import write_parquet

COLUMNS = [Column("title", "text"), Column("days", "integer"), Column("share", "real"), Column("captured_at", "moment"),
           Column("published_on", "day")]  # fmt: skip
ROWS = [
    ('Họp "bàn", rồi\nnghỉ', 3, 0.5, "2025-07-01T01:02:03.000004Z", "2025-06-30"),
    (None, None, None, None, None),
]


def test_csv(tmp_path):
    size = write_table(tmp_path / "a.csv", "csv", COLUMNS, ROWS)
    assert size == (tmp_path / "a.csv").stat().st_size
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        header, first, second = csv.reader(file)
    assert header == [column.name for column in COLUMNS]
    assert first == ['Họp "bàn", rồi\nnghỉ', "3", "0.5", "2025-07-01T01:02:03.000004Z", "2025-06-30"]
    assert second == [""] * 5


def test_json_lines(tmp_path):
    write_table(tmp_path / "a.jsonl", "jsonl", COLUMNS, ROWS)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [tuple(json.loads(line).values()) for line in lines] == ROWS


def test_parquet_has_types(tmp_path):
    write_table(tmp_path / "a.parquet", "parquet", COLUMNS, ROWS)
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.schema.types == [pa.string(), pa.int64(), pa.float64(), pa.timestamp("us", tz="UTC"), pa.date32()]
    first, second = table.to_pylist()
    assert first["captured_at"] == datetime(2025, 7, 1, 1, 2, 3, 4, tzinfo=UTC)
    assert first["published_on"] == date(2025, 6, 30)
    assert set(second.values()) == {None}


def test_an_empty_table_has_its_columns(tmp_path):
    for form in ("csv", "jsonl", "parquet"):
        write_table(tmp_path / f"a.{form}", form, COLUMNS, [])
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 0
    assert pq.read_schema(tmp_path / "a.parquet").names == [column.name for column in COLUMNS]
    assert (tmp_path / "a.csv").read_text() == "title,days,share,captured_at,published_on\n"
    assert (tmp_path / "a.jsonl").read_text() == ""


def test_many_rows_are_written_in_parts(tmp_path):
    with (tmp_path / "a.parquet").open("wb") as file:
        assert write_parquet(file, [Column("n", "integer")], ((n,) for n in range(12_345))) == 12_345
    assert pq.read_metadata(tmp_path / "a.parquet").num_row_groups == 3
    assert pq.read_table(tmp_path / "a.parquet")["n"].to_pylist() == list(range(12_345))


def test_a_value_of_another_kind_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ValueError, match="days: 'drei' is no integer"):
        write_table(tmp_path / "a.parquet", "parquet", [Column("days", "integer")], [("drei",)])


def test_what_fails_leaves_what_was_there(tmp_path):
    def broken():
        yield ("a",)
        raise OSError("the disk is full")

    write_table(tmp_path / "a.csv", "csv", [Column("x", "text")], [("before",)])
    with pytest.raises(OSError, match="full"):
        write_table(tmp_path / "a.csv", "csv", [Column("x", "text")], broken())
    assert "before" in (tmp_path / "a.csv").read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
