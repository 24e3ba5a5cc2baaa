"""What readers write as SQL, run in processes of their own: whatever a query does, it ends, and the site goes on.

SQLite's own limits do not hold for everything that a query can think of: `instr` of two long texts looks at no clock,
and a hundred rows may be copied that each fill the memory. Here the kernel keeps the limits: a process that takes too
long is ended by its alarm, and gets no more memory than it may have.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import threading
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from archiver.site.errors import BusyError
from archiver.site.public.asking import Answer, Interrupted, Question, TooMuchError
from archiver.site.public.limits import Limits

_TIME_TO_BEGIN = 30  # seconds
_PROGRAM = "archiver.site.public.free_sql_process"
_ERRORS = {
    each.__name__: each
    for each in (sqlite3.DatabaseError, sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.DataError)
}


class Row(tuple[Any, ...]):
    """A row as sqlite3 gives it: by place, and by the name of a column whatever its letter case."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, names: tuple[str, ...], values: list[Any]) -> Row:
        """A row of some columns."""
        row = cls(values)
        row.names = names
        return row

    def keys(self) -> list[str]:
        """The names of the columns."""
        return list(self.names)

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        wanted = key.lower()
        for name, value in zip(self.names, self, strict=True):
            if name.lower() == wanted:
                return value
        raise IndexError("No item with that key")


class FreeSql:
    """A few processes that ask one snapshot."""

    def __init__(self, archive: Path, limits: Limits) -> None:
        self.archive, self.limits = archive, limits
        self.threads = ThreadPoolExecutor(limits.at_once, thread_name_prefix="free-sql")
        self.process = threading.local()
        self.started: list[subprocess.Popen[bytes]] = []
        self.asked = 0  # and not answered

    async def open(self) -> None:
        """Start the processes: the file may be deleted from now on."""
        barrier = threading.Barrier(self.limits.at_once)
        loop = asyncio.get_running_loop()
        begun = (loop.run_in_executor(self.threads, self._begin, barrier) for _ in range(self.limits.at_once))
        await asyncio.gather(*begun)

    async def ask(self, question: Question) -> Answer:
        """Like `asking.ask`; raises BusyError where too many wait."""
        if self.asked >= self.limits.at_once + self.limits.waiting:
            raise BusyError("too many queries are waiting; try again in a minute")
        self.asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, self._ask, question)
        finally:
            self.asked -= 1

    def close(self) -> None:
        """End the processes; whoever still waits gets an error."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        for process in self.started:
            process.kill()
            _wait_for(process)

    def _begin(self, barrier: threading.Barrier) -> None:
        """Start one thread's process, and wait until it answers, while the others do so too."""
        barrier.wait(_TIME_TO_BEGIN)
        self._ask(Question("SELECT 1", {}, 1, _TIME_TO_BEGIN * 1000, 100))

    def _ask(self, question: Question) -> Answer:
        process = self._running()
        order = {
            "sql": question.sql,
            "params": dict(question.params) if hasattr(question.params, "keys") else list(question.params),
            "rows": question.rows,
            "milliseconds": question.milliseconds,
            "characters": question.characters,
        }
        line = self._answer_of(process, json.dumps(order).encode() + b"\n")
        if not line:
            raise self._why(process, question)
        said = json.loads(line)
        if said["is_last"]:
            _wait_for(process)
        return _answer(said, question)

    def _running(self) -> subprocess.Popen[bytes]:
        """This thread's process; another one where the last was ended."""
        process: subprocess.Popen[bytes] | None = getattr(self.process, "running", None)
        if process is None or process.poll() is not None:
            line = [sys.executable, "-m", _PROGRAM, str(self.archive), str(self.limits.memory)]
            process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  our own program
            self.process.running = process
            self.started = [each for each in self.started if each.poll() is None] + [process]
        return process

    @staticmethod
    def _answer_of(process: subprocess.Popen[bytes], order: bytes) -> bytes:
        """A line of JSON; empty if the process ended over it."""
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process was started without pipes")
        try:
            process.stdin.write(order)
            process.stdin.flush()
        except BrokenPipeError:
            return b""
        return process.stdout.readline()

    def _why(self, process: subprocess.Popen[bytes], question: Question) -> Exception:
        """What ended the process."""
        if _wait_for(process) == -signal.SIGALRM:
            return Interrupted(question.sql, question.params)
        return TooMuchError("the query needs more memory than is allowed")


def _wait_for(process: subprocess.Popen[bytes]) -> int:
    """The status with which a process ended; nothing of it is left open."""
    status = process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    return status


def _answer(said: dict[str, Any], question: Question) -> Answer:
    if "error" in said:
        if said["error"] == Interrupted.__name__:
            raise Interrupted(question.sql, question.params)
        raise _ERRORS.get(said["error"], TooMuchError)(said["message"])
    names = tuple(said["names"])
    rows = [Row.of(names, [_value(value) for value in row]) for row in said["rows"]]
    return Answer(rows, said["is_cut"], [(name, None, None, None, None, None, None) for name in names])


def _value(value: Any) -> Any:
    return b64decode(value["bytes"]) if isinstance(value, dict) else value
