"""A snapshot as Datasette serves it: one file that never changes, within limits, with a life of its own.

Each snapshot gets a Datasette of its own, with its own threads and connections: nothing of one is ever seen in an
answer of another. It ends when the last reader that it answers has its answer.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, Results
from datasette.plugins import pm

from archiver.site import plugin
from archiver.site.pages.answering import ARCHIVE
from archiver.site.public.asking import Params, Question, ask
from archiver.site.public.free_sql import FreeSql
from archiver.site.public.limits import LIMITS, Limits, restrain
from archiver.site.public.metadata import closed_to_all, metadata_of_snapshot
from archiver.site.serving import SETTINGS
from archiver.store.sharing.snapshots import Snapshot

IS_FREE: ContextVar[bool] = ContextVar("is_free", default=False)
"""Whether what is asked now contains SQL that a reader wrote."""

_TIME_TO_OPEN = 30.0  # seconds, for a connection in each thread


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator chose."""

    base_path: str = "/"  # under which the site stands, behind a proxy
    allows_sql: bool = True
    limits: Limits = LIMITS


class Edition:
    """One snapshot, open for readers."""

    def __init__(self, snapshot: Snapshot, choices: Choices) -> None:
        self.snapshot = snapshot
        self.digest = snapshot.digests[snapshot.archive.name]
        self.free_sql = FreeSql(snapshot.archive, choices.limits)
        self.datasette = _Restrained(snapshot, choices, self.free_sql, self.digest)
        self.app = self.datasette.app()
        self.readers = 0
        self.is_over = False

    async def open(self) -> None:
        """Have everything at hand that answers need: the file may be deleted from now on."""
        await self.datasette.invoke_startup()
        await self.datasette.get_database(ARCHIVE).open_all()
        if self.datasette.setting("default_allow_sql"):
            await self.free_sql.open()
        answer = await self.datasette.client.get("/")
        if answer.status_code != 200:
            raise sqlite3.DatabaseError(f"its home page answers with {answer.status_code}")

    @contextmanager
    def reader(self) -> Iterator[None]:
        """While one is answered."""
        self.readers += 1
        try:
            yield
        finally:
            self.readers -= 1
            if self.is_over and not self.readers:
                self.close()

    def retire(self) -> None:
        """Answer nobody new; close with the last answer."""
        self.is_over = True
        if not self.readers:
            self.close()

    def close(self) -> None:
        """Give back threads, connections and processes."""
        self.free_sql.close()
        self.datasette.close()


class _Database(Database):  # type: ignore[misc]  # Datasette has no types
    """A snapshot's file. Queries are asked within limits, readers' own ones elsewhere, and none is written down."""

    def __init__(self, datasette: Datasette, snapshot: Snapshot, limits: Limits, free_sql: FreeSql) -> None:
        super().__init__(datasette, path=str(snapshot.archive.resolve()), is_mutable=False)
        self.limits, self.free_sql = limits, free_sql

    async def execute(
        self,
        sql: str,
        params: Params | None = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,  # noqa: ARG002  errors hold what was searched for
    ) -> Results:
        """As Datasette's own, but for the limits."""
        longest = self.limits.milliseconds if IS_FREE.get() else self.limits.own_milliseconds
        milliseconds = min(custom_time_limit or longest, longest)
        most = self.limits.rows + (self.limits.rows == (page_size or self.ds.page_size))
        question = Question(sql, params or {}, most if truncate else None, milliseconds, self.limits.characters)
        if IS_FREE.get():
            answer = await self.free_sql.ask(question)
        else:
            answer = await self.execute_fn(lambda connection: ask(connection, question))
        return Results(answer.rows, answer.is_cut, answer.description)

    async def open_all(self) -> None:
        """A connection for every thread."""
        count = self.ds.setting("num_sql_threads")
        barrier = threading.Barrier(count)
        await asyncio.gather(*(self.execute_fn(lambda _: barrier.wait(_TIME_TO_OPEN)) for _ in range(count)))


class _Restrained(Datasette):  # type: ignore[misc]  # Datasette has no types
    """Datasette on one snapshot."""

    def __init__(self, snapshot: Snapshot, choices: Choices, free_sql: FreeSql, digest: str) -> None:
        if not pm.is_registered(plugin):
            pm.register(plugin)
        limits = choices.limits
        super().__init__(
            metadata=closed_to_all(metadata_of_snapshot(), _tables(snapshot)),
            settings=_settings(choices),
            inspect_data={ARCHIVE: _inspected(snapshot, digest)},
        )
        self.remove_database("_memory")
        self.add_database(_Database(self, snapshot, limits, free_sql), name=ARCHIVE)

    async def refresh_schemas(self) -> None:
        """A snapshot's schema is what it is; noting it down would need a thread that nobody ends."""

    def _prepare_connection(self, connection: sqlite3.Connection, database: str) -> None:
        super()._prepare_connection(connection, database)
        if database == ARCHIVE:
            restrain(connection)

    def close(self) -> None:
        """End its threads, and give back its connections."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.get_database(ARCHIVE).close()


def _settings(choices: Choices) -> dict[str, object]:
    limits = choices.limits
    return SETTINGS | {
        "base_url": choices.base_path,
        "default_allow_sql": choices.allows_sql,
        "sql_time_limit_ms": limits.own_milliseconds,
        "max_returned_rows": limits.rows,
        "num_sql_threads": 2 * limits.at_once,
        "max_csv_mb": 50,
        "allow_download": False,
        "trace_debug": False,
        "template_debug": False,
    }


def _inspected(snapshot: Snapshot, digest: str) -> dict[str, Any]:
    """What Datasette would count and add up in the whole file when it begins."""
    tables = {name: {"count": count} for name, count in snapshot.rows.items() if name in _tables(snapshot)}
    return {"hash": digest, "size": snapshot.archive.stat().st_size, "tables": tables}


def _tables(snapshot: Snapshot) -> list[str]:
    connection = sqlite3.connect(f"{snapshot.archive.resolve().as_uri()}?immutable=1", uri=True)
    try:
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    finally:
        connection.close()
