"""A Jupyter notebook about the rows at an address. It runs with Python alone; with pandas it shows a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

_DAYS = (
    "published_on",
    "day",
    "captured_at",
    "first_captured_at",
    "first_seen_after_at",
    "first_missing_at",
    "found_at",
)
"""Columns by which rows are counted month by month, the best first."""

_FETCH = """\
import json
from urllib.request import urlopen

SOURCE = {source}

with urlopen(SOURCE) as answer:
    rows = [json.loads(line) for line in answer]
print(len(rows), "rows")"""

_SHOW = """\
try:
    import pandas
    table = pandas.DataFrame(rows)
except ImportError:  # without it, a few rows as they are
    table = rows[:5]
table"""

_COUNT = """\
from collections import Counter

months = Counter(row[{column}][:7] for row in rows if row[{column}])
for month, count in sorted(months.items()):
    print(month, f"{{count:5}}", "#" * min(count, 80))"""

_REMARKS = """\
Keys are made of content and never change. Times that end in Z are ours (UTC), times of the portals are local (+07:00);
what could not be read is null. Each table and column is described where the rows come from."""


def notebook(title: str, description: str, source: str, columns: Sequence[str]) -> dict[str, Any]:
    """The notebook as JSON of format 4.5: fetch the rows, show them, and count them by month if they have days."""
    cells = [
        _words(f"# {title}\n\n{description}\n\nFrom <{source}>\n\n{_REMARKS}"),
        _code(_FETCH.format(source=json.dumps(source))),
        _code(_SHOW),
    ]
    if day := next((name for name in _DAYS if name in columns), None):
        cells.append(_code(_COUNT.format(column=json.dumps(day))))
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
        "cells": cells,
    }


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": _name(text), "metadata": {}, "source": text}


def _code(text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": "code", "id": _name(text), "metadata": {}, "source": text}
    return cell | {"execution_count": None, "outputs": []}


def _name(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
