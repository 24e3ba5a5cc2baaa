"""How an event looks: a line for people, or a line of JSON for programs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from archiver.logs.lines import cut, error_in_words, on_one_line, safe_json
from archiver.logs.runs import current_run
from archiver.logs.secrets import without_secrets


class LineFormat(logging.Formatter):
    """`WARNING: what happened [run demo-20250701T010000000000Z]`."""

    def format(self, record: logging.LogRecord) -> str:
        """One event on one line."""
        run = current_run()
        where = (f"run {run.crawl_key}" if run.crawl_key else run.portal) if run else ""
        error = f": {words}" if (words := error_of(record)) else ""
        return f"{record.levelname}: {on_one_line(message_of(record) + error)}" + (f" [{where}]" if where else "")


class JsonFormat(logging.Formatter):
    """One object an event: `time`, `level`, `event`, `from`, and where they are known `portal`, `run`, `error` …"""

    def format(self, record: logging.LogRecord) -> str:
        """One event on one line."""
        run = current_run()
        values = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
            "level": record.levelname.lower(),
            "event": message_of(record),
            "from": record.name,
            "portal": run.portal if run else None,
            "run": run.crawl_key if run else None,
            "error": error_of(record),
            **getattr(record, "fields", {}),
        }
        known = {name: value for name, value in values.items() if value is not None}
        return safe_json(json.dumps(known, ensure_ascii=False))


class NotToldTwice(logging.Filter):
    """Leaves out, for people, what the command itself prints: how a run ended."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether an event is to be written."""
        return not getattr(record, "is_printed", False)


class OursAndWarnings(logging.Filter):
    """Leaves out what merely happens within libraries, whatever level they set themselves."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether an event is to be written."""
        return record.levelno >= logging.WARNING or record.name.startswith("archiver")


def message_of(record: logging.LogRecord) -> str:
    """What an event says, without secrets and no longer than an event is."""
    try:
        words = record.getMessage()
    except (
        TypeError,
        ValueError,
    ) as error:  # it was given too few words: an event all the same
        words = f"{record.msg} ({type(error).__name__}: {error})"
    return cut(without_secrets(words))


def error_of(record: logging.LogRecord) -> str | None:
    """The error that an event tells of, with its places, on one line; null where there is none."""
    error = record.exc_info[1] if record.exc_info else None
    return without_secrets(error_in_words(error)) if error is not None else None
