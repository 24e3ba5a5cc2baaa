"""CSV and JSON lines, a row at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

Row = Sequence[object]


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    r"""A header and a line for each row, as RFC 4180 has them; null is empty.

    >>> list(csv_lines(["title", "days"], [("Họp, rồi\nhọp", 3), (None, None)]))
    ['title,days\r\n', '"Họp, rồi\nhọp",3\r\n', ',\r\n']
    """
    line = StringIO()
    writer = csv.writer(line)
    for row in chain([columns], rows):
        writer.writerow(row)
        yield _taken(line)


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    r"""A JSON object for each row.

    >>> list(json_lines(["title", "days"], [("Họp", None)]))
    ['{"title": "Họp", "days": null}\n']
    """
    for row in rows:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n"


def _taken(line: StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
