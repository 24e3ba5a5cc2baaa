"""The text of an article as the archive keeps it, taken apart for showing: paragraphs, lines, rows of tables."""

from __future__ import annotations

from dataclasses import dataclass

_BETWEEN_CELLS = " | "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of one or more lines, or the rows of a table."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def blocks_of(body: str | None) -> list[Block]:
    """A text in its blocks: they are parted by a blank line, lines by a break, cells of a table by a bar.

    >>> [len(block.rows) for block in blocks_of("Một đoạn.\\n\\nXã | Số hộ\\nTân Khê | 12\\n\\nHai | ba")]
    [0, 2, 0]
    """
    return [_block(tuple(part.split("\n"))) for part in (body or "").split("\n\n") if part.strip()]


def _block(lines: tuple[str, ...]) -> Block:
    rows = tuple(tuple(line.split(_BETWEEN_CELLS)) for line in lines)
    is_table = len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
    return Block(lines, rows if is_table else ())
