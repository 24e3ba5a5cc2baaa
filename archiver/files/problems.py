"""What can be wrong with a file, by the names under which it is kept. None of them is an error of the program's."""

from __future__ import annotations

from archiver.items import Problem

BROKEN = "broken file"
ENCRYPTED = "encrypted"
NOT_READ = "no reader for this format"
TOO_LARGE = "larger than the limit, not read"
UNPACKS_TOO_LARGE = "unpacks to more than the limit"
CUT_OFF = "longer than the limit, the rest is not read"
SCANNED = "scanned: no text in it"
PARTLY_SCANNED = "pages without text"
UNREADABLE_PAGES = "pages that cannot be read"
NO_TEXT = "no text in it"
LETTERS_WITHOUT_MEANING = "letters whose meaning the file does not give"  # they are missing in the text, or wrong
LEGACY_FONT = "text in a legacy font"
TOOK_TOO_LONG = "took too long"
TOO_MUCH_MEMORY = "needs too much memory"
READER_FAILED = "the reader failed"  # an error of a library or of ours: look into it


def problem(reason: str, raw: object = None) -> Problem:
    """A problem of reading, with what it is about."""
    return Problem("file", reason, None if raw is None else str(raw)[:200])
