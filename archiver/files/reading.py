"""An attached file: what it is, and what it says."""

from __future__ import annotations

from dataclasses import replace

from archiver.files.docx import read_docx
from archiver.files.formats import ENCRYPTED_OFFICE, recognise
from archiver.files.limits import LIMITS, Limits
from archiver.files.pdf import read_pdf
from archiver.files.problems import ENCRYPTED, LEGACY_FONT, NOT_READ, TOO_LARGE, problem
from archiver.files.xlsx import read_xlsx
from archiver.items import FileText
from archiver.vietnamese.legacy import legacy_code

_READERS = {"PDF": read_pdf, "DOCX": read_docx, "XLSX": read_xlsx}


def read_file(body: bytes, name: str | None = None, media_type: str | None = None, limits: Limits = LIMITS) -> FileText:
    """The text of a PDF, DOCX or XLSX file, and what is wrong with it; of any other file, only what it is.

    A hostile file can make the libraries below hang, take all memory, or end the process: files from outside are read
    by `archiver.extraction.extract`, which calls this function in a process of its own.

    >>> read_file(b"Rar!\\x1a\\x07", "ho-so.pdf").format
    'RAR'
    """
    found = recognise(body, name, media_type)
    if len(body) > limits.file_bytes:
        return FileText(found, None, problems=(problem(TOO_LARGE, len(body)),))
    if found == ENCRYPTED_OFFICE:
        return FileText(found, None, problems=(problem(ENCRYPTED),))
    if found not in _READERS:
        return FileText(found, None, problems=(problem(NOT_READ, found),))
    return _flagged(_READERS[found](body, limits))


def _flagged(file: FileText) -> FileText:
    """With a problem where the text is in a code of before Unicode: its letters are kept as they are."""
    code = legacy_code(file.text or "")
    return replace(file, problems=(*file.problems, problem(LEGACY_FONT, code))) if code else file
