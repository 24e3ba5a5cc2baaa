"""JSON lines, Parquet and notebooks of any table, view or query."""

import asyncio
import contextlib
import io
import json
import subprocess
import sys
from urllib.parse import urlencode

import nbformat
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archiver.site.described import metadata
from archiver.site.serving import SETTINGS, datasette_for
from archiver.store.sharing.tables import tables, views

NAMED = {"tables": tables, "views": views}


def lines(answer):
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def parquet(answer):
    assert answer.status_code == 200, answer.text
    return pq.read_table(io.BytesIO(answer.content))


@pytest.mark.parametrize("kind", NAMED)
def test_every_table_and_view_comes_whole_and_equal_in_both(get, fortnight, kind):
    archive = fortnight.visitor.archive
    for name in NAMED[kind](archive.conn):
        rows = lines(get(f"/archive/{name}.jsonl"))
        assert len(rows) == archive.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        table = parquet(get(f"/archive/{name}.parquet"))
        assert (table.num_rows, table.schema.names) == (len(rows), [column.name for column in archive[name].columns])
        if rows:
            assert {json.dumps(row, sort_keys=True) for row in rows} == {
                json.dumps(row, sort_keys=True) for row in archive.query(f"SELECT * FROM {name}")
            }


def test_rows_of_one_day_are_not_lost_between_pages(fortnight, tmp_path, monkeypatch):
    """Datasette's own pages lose some: the first is sorted by the day alone, those after it by the key as well."""
    monkeypatch.setitem(SETTINGS, "max_returned_rows", 7)
    monkeypatch.setitem(SETTINGS, "default_page_size", 7)
    archive = fortnight.visitor.archive
    site = datasette_for(fortnight.visitor.folder / "archive.db")
    for name in ("captures", "list_rows", "list_stays"):
        rows = lines(asyncio.run(site.client.get(f"/archive/{name}.jsonl")))
        assert len({json.dumps(row) for row in rows}) == archive.table(name).count


def test_filters_and_searches_are_kept(get):
    rows = lines(get("/archive/articles.jsonl?" + urlencode({"section": "Kinh tế", "_col": "title"})))
    assert rows
    assert rows[0].keys() == {"article_key", "title"}
    everything = lines(get("/archive/articles.jsonl"))
    assert len(rows) == sum(row["section"] == "Kinh tế" for row in everything) < len(everything)


def test_a_page_of_a_size_says_where_the_next_one_is(get):
    answer = get("/archive/articles.jsonl?_size=3")
    assert len(lines(answer)) == 3
    assert 'rel="next"' in answer.headers["link"]
    assert "link" not in get("/archive/articles.jsonl").headers


def test_a_saved_query_comes_whole_too(get, monkeypatch):
    rows = lines(get("/archive/publications_by_day.jsonl?portal=demo"))
    assert rows[-1]["day"] == "2025-08-05"
    table = parquet(get("/archive/publications_by_day.parquet?portal=demo"))
    assert table.schema.field("articles").type == pa.int64()
    assert table.to_pylist() == rows


def test_numbers_of_a_query_are_what_all_its_rows_are(get):
    sql = "SELECT value, 1 AS one, NULL AS empty FROM json_each('[1, 2, 2.5]')"
    table = parquet(get("/archive.parquet?" + urlencode({"sql": sql})))
    assert table.to_pydict() == {"value": [1.0, 2.0, 2.5], "one": [1, 1, 1], "empty": [None, None, None]}


def test_a_query_that_gives_nothing_is_an_empty_file(get):
    assert lines(get("/archive.jsonl?sql=select+1+as+a+where+0")) == []
    assert parquet(get("/archive.parquet?sql=select+1+as+a+where+0")).schema.names == ["a"]


def test_a_row_is_a_file_of_one(get, fortnight):
    assert [row["article_key"] for row in lines(get(f"/archive/articles/{fortnight.removed}.jsonl"))] == [
        fortnight.removed
    ]


def test_parquet_knows_moments_and_days(get):
    schema = parquet(get("/archive/articles.parquet")).schema
    assert schema.field("first_captured_at").type == pa.timestamp("us", tz="UTC")
    assert schema.field("published_on").type == pa.date32()
    assert schema.field("listed_at").type == pa.string(), "a minute or a day, as the list prints it"


def test_what_is_too_much_is_refused_and_not_cut_off(fortnight, monkeypatch):
    monkeypatch.setitem(SETTINGS, "max_csv_mb", 1)
    site = datasette_for(fortnight.visitor.folder / "archive.db")
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) SELECT i, hex(zeroblob(80)) FROM n"
    for form in ("jsonl", "parquet"):
        answer = asyncio.run(site.client.get(f"/archive.{form}?" + urlencode({"sql": numbers})))
        assert answer.status_code == 400
        assert "more than 1 MB" in answer.text


def test_where_nothing_is_streamed_a_page_is_all_there_is(fortnight, monkeypatch):
    monkeypatch.setitem(SETTINGS, "allow_csv_stream", False)
    monkeypatch.setitem(SETTINGS, "default_page_size", 5)
    monkeypatch.setitem(SETTINGS, "max_returned_rows", 5)
    site = datasette_for(fortnight.visitor.folder / "archive.db")
    answer = asyncio.run(site.client.get("/archive/captures.jsonl"))
    assert len(lines(answer)) == 5
    assert 'rel="next"' in answer.headers["link"]


@pytest.mark.parametrize("page", ["/archive/articles", "/archive/latest_edits", "/archive/articles/{removed}"])
def test_datasettes_own_pages_offer_them(get, fortnight, page):
    shown = get(page.format(removed=fortnight.removed)).text
    for form in ("jsonl", "parquet", "ipynb"):
        assert f".{form}" in shown


@pytest.fixture(scope="module")
def served(fortnight):
    """The address of the real command's site."""
    line = [sys.executable, "-m", "archiver", "serve", "--json", "--port", "0", "--data", str(fortnight.visitor.folder)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        yield json.loads(process.stdout.readline())["url"]
        process.terminate()


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("articles.ipynb?section=Kinh+t%E1%BA%BF", "section"),
        ("latest_edits.ipynb", 1),
        ("publications_by_day.ipynb?portal=demo", None),
    ],
)
def test_a_notebook_opens_and_runs(served, fortnight, page, count):
    from urllib.request import urlopen

    with urlopen(f"{served}archive/{page}") as answer:
        book = nbformat.reads(answer.read().decode(), as_version=4)
    nbformat.validate(book)
    values, said = {}, io.StringIO()
    with contextlib.redirect_stdout(said):
        for cell in book.cells:
            if cell.cell_type == "code":
                exec(cell.source, values)
    expected = fortnight.visitor.count("articles", "section = 'Kinh tế'") if count == "section" else count
    assert expected in (None, len(values["rows"]))
    assert f"{len(values['rows'])} rows" in said.getvalue()
    assert "2025-07" in said.getvalue()


def test_a_notebook_says_what_its_rows_do_not_mean(get):
    words = json.loads(get("/archive/latest_edits.ipynb").text)["cells"][0]["source"]
    assert words.startswith("# " + metadata()["databases"]["archive"]["queries"]["latest_edits"]["title"])
    assert "Does not mean" in words
