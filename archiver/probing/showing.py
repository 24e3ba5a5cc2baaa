"""Texts of pages, where they are shown."""

from __future__ import annotations

from archiver.vietnamese.text import clean


def shown(text: str) -> str:
    """A text of a page for a terminal or a file of ours: in one line, without anything that steers either."""
    return "".join(letter for letter in clean(text) if letter.isprintable())
