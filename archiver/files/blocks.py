"""Text gathered from a file, up to a limit: paragraphs parted by a blank line, rows by a newline, cells by " | "."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archiver.vietnamese.text import clean, clean_lines

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def visible(text: str) -> str:
    """Without what no reader sees and no database keeps: controls, halves of characters.

    >>> visible("Quy\\x00ết\\x0c định")
    'Quyết định'
    """
    return _CONTROLS.sub("", text)


def row(cells: Iterable[str]) -> str:
    """A row of a table in one line; empty for a row that is.

    >>> row(["1", "Nguyễn Thị  An\\n(chủ hộ)", ""]), row(["", " "])
    ('1 | Nguyễn Thị An (chủ hộ) |', '')
    """
    texts = [clean(visible(cell)) for cell in cells]
    return " | ".join(texts).strip() if any(texts) else ""


class Blocks:
    """The blocks of a text, clean, and whether there would have been more than `characters` of it."""

    def __init__(self, characters: int) -> None:
        self.room = characters
        self.is_full = False  # something had no room
        self.done: list[str] = []

    def add(self, block: str) -> None:
        """Add a block as a person reads it; lines count, empty ones go. What has no room is cut off."""
        if self.is_full:
            return
        text = clean_lines(visible(block[: self.room + 1]))
        self.is_full = len(text) > self.room or bool(block[self.room + 1 :].strip())
        if text:
            self.done.append(text[: self.room])
            self.room = max(0, self.room - len(text) - len("\n\n"))

    @property
    def text(self) -> str:
        return "\n\n".join(self.done).strip()
