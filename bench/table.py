"""Tables that read well on a terminal and in Markdown."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The first column stands left, all others right.

    >>> print(table(("tool", "ms"), [("ours", 1.5), ("another", 12)]))
    | tool    |  ms |
    |:--------|----:|
    | ours    | 1.5 |
    | another |  12 |
    """
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    first, *others = (_line(row, widths) for row in cells)
    rule = "|:" + "-" * (widths[0] + 1) + "|" + "".join("-" * (width + 1) + ":|" for width in widths[1:])
    return "\n".join([first, rule, *others])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return "| " + " | ".join(padded) + " |"
