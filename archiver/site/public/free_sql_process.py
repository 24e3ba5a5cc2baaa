"""The process that runs readers' SQL: a line of JSON in, a line of JSON out, until nothing comes any more.

python -m archiver.site.public.free_sql_process ARCHIVE BYTES_OF_MEMORY
"""

from __future__ import annotations

import json
import resource
import signal
import sqlite3
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

from archiver.site.public.asking import Answer, Interrupted, Question, TooMuchError, ask
from archiver.site.public.limits import restrain_strictly
from archiver.site.serving import datasette_for

_GRACE = 0.5  # seconds beyond a query's own limit, after which the kernel ends the process
_USUAL_SIZE = 512 * 1024 * 1024  # bytes of the process itself, where the system does not tell
_LARGEST_FILE = 256 * 1024 * 1024  # bytes that a query may write into temporary files


def main() -> None:
    """Answer until the end of the standard input."""
    connection = _connected(Path(sys.argv[1]))
    _keep_to(int(sys.argv[2]))
    for line in sys.stdin.buffer:
        order = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, order["milliseconds"] / 1000 + _GRACE)
        said = _said(connection, Question(**order))
        sys.stdout.buffer.write(_as_json(said) + b"\n")
        sys.stdout.buffer.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)
        if said["is_last"]:
            return


def _connected(archive: Path) -> sqlite3.Connection:
    """A connection as the site's own are, with the functions of its plugins; then it only reads."""
    datasette = datasette_for(archive)
    connection = sqlite3.connect(f"{archive.resolve().as_uri()}?immutable=1", uri=True)
    datasette._prepare_connection(connection, "archive")  # noqa: SLF001  there is no public way to a connection of one's own
    connection.row_factory = None
    restrain_strictly(connection)
    return connection


def _keep_to(memory: int) -> None:
    """Limits that hold from here to the end of the process."""
    size = _size() + memory
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))


def _size() -> int:
    """Bytes that the process has by now."""
    told = Path("/proc/self/statm")
    if not told.exists():
        return _USUAL_SIZE
    return int(told.read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _said(connection: sqlite3.Connection, question: Question) -> dict[str, Any]:
    """The answer. The process ends after an error for want of memory: what that left in pieces would be missed."""
    try:
        return _rows(ask(connection, question))
    except MemoryError:
        return _error(TooMuchError("the query needs more memory than is allowed"), is_last=True)
    except Interrupted as error:
        return _error(error, is_last=False)
    except sqlite3.Error as error:
        return _error(error, is_last=isinstance(error.__cause__, MemoryError))


def _rows(answer: Answer) -> dict[str, Any]:
    names = [column[0] for column in answer.description]
    rows = [[_value(value) for value in row] for row in answer.rows]
    return {"names": names, "rows": rows, "is_cut": answer.is_cut, "is_last": False}


def _error(error: Exception, *, is_last: bool) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error), "is_last": is_last}


def _as_json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def _value(value: Any) -> Any:
    return {"bytes": b64encode(value).decode("ascii")} if isinstance(value, bytes) else value


if __name__ == "__main__":
    main()
