"""The same articles as anybody would serve them: a table with its text, stock search, Datasette as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from sqlite_utils import Database

from bench.served import Site, served

FILE = "plain.db"
TIME_LIMIT_MS = 20_000  # of a query and of a facet, or many a page would be an error, or lack what ours shows
_COLUMNS = "article_key, portal, section, published_on, web_status, url, title, lead"


def copy(archive: Path, folder: Path) -> Path:
    """Put every article with its present text into one table, and make its index as sqlite-utils does."""
    file = folder / FILE
    db = Database(file)
    db.execute("ATTACH ? AS source", (str(archive),))
    columns = dict.fromkeys(_COLUMNS.split(", "), str)
    db.table("articles").create(columns | {"body": str}, pk="article_key")
    db.execute(
        f"INSERT INTO articles SELECT {_COLUMNS}, source.bodies.body"
        " FROM source.articles JOIN source.bodies USING (article_key) ORDER BY article_key"
    )
    db.conn.commit()
    db.execute("DETACH source")
    return file


def index(file: Path) -> None:
    """`sqlite-utils enable-fts`, with the tokenizer that it takes by itself."""
    db = Database(file)
    db.table("articles").enable_fts(["title", "lead", "body"])
    db.conn.close()


@contextmanager
def plain_site(file: Path) -> Iterator[Site]:
    """No plugin, no metadata, every setting as it comes but for two limits."""
    limits = [("--setting", f"{name}_time_limit_ms", str(TIME_LIMIT_MS)) for name in ("sql", "facet")]
    with served(["-m", "bench.plain_server", "serve", str(file), *chain(*limits)]) as site:
        yield site
