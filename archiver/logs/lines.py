"""Anything on one line: what a portal sends must neither begin a line of its own nor command a terminal."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

LONGEST = 2000  # characters of one event; whatever is longer is a page, and has no place in a log
_MOST_PLACES = 30
# Control characters, marks that turn the direction of a line or end it, halves of characters.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def on_one_line(text: str) -> str:
    r"""A text as it may be shown anywhere.

    >>> print(on_one_line("Tin mới\nERROR: all is lost\x1b[2J\u202e"))
    Tin mới\nERROR: all is lost\x1b[2J\u202e
    """
    return _UNSAFE.sub(_escaped, text)


def safe_json(written: str) -> str:
    r"""JSON in which what is unsafe to show is written as JSON writes it: it stays the same value.

    >>> print(safe_json('{"event": "\u202eTin"}'))
    {"event": "\u202eTin"}
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def cut(text: str) -> str:
    """The beginning of a text that is too long for an event, and how much was left out."""
    left = len(text) - LONGEST
    return text if left <= 0 else f"{text[:LONGEST]} … ({left:,} more characters)"


def error_in_words(error: BaseException) -> str:
    """An error, where it was raised and from where that was called, and the errors that led to it; a line of text."""
    words = " ".join("".join(traceback.format_exception_only(error)).split("\n")).strip()
    said = f"{cut(words)} (at {' < '.join(_places(error)) or 'no known place'})"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{said}; after {error_in_words(cause)}" if cause is not None else said


def _places(error: BaseException) -> list[str]:
    """Where an error passed, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    return [f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in reversed(frames)]


def _short(file: str) -> str:
    """The end of a path, which says enough: `archiver/store/ground/keys.py`."""
    parts = Path(file).parts
    for root in ("site-packages", "archiver"):
        if root in parts:
            place = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[place + (root == "site-packages") :])
    return "/".join(parts[-2:])


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _SHORT.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
