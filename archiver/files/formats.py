"""What a file is, by its first bytes, its insides, and only then by what it is called."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from archiver.files.archives import BROKEN_ZIP

_MAGIC = {
    b"Rar!": "RAR", b"7z\xbc\xaf\x27\x1c": "7Z", b"\x1f\x8b": "GZIP", b"{\\rtf": "RTF", b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF", b"BM": "BMP", b"ID3": "MP3",
}  # fmt: skip
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNMISTAKABLE = (
    b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"{\\rtf", b"\x89PNG",
    b"\xff\xd8\xff", b"GIF87a", b"GIF89a",
)  # fmt: skip
_PDF_HEAD = 1024  # bytes in which readers look for "%PDF-"
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script)", re.IGNORECASE)
_IN_ZIP = (
    ("word/", "DOCX"), ("xl/workbook.xml", "XLSX"), ("xl/workbook.bin", "XLSB"), ("xl/", "XLSX"), ("ppt/", "PPTX"),
    ("content.xml", "OpenDocument"),
)  # fmt: skip
_IN_OLD_OFFICE = {"EncryptedPackage": "Office, encrypted", "WordDocument": "DOC", "Workbook": "XLS", "Book": "XLS",
                  "PowerPoint Document": "PPT"}  # fmt: skip
_MEDIA_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}
_EXTENSION = re.compile(r"\.(pdf|docx|docm|xlsx|xlsm|pptx|doc|xls|ppt|odt|ods|zip)\W*$", re.IGNORECASE)
_SAME = {"DOCM": "DOCX", "XLSM": "XLSX", "ODT": "OpenDocument", "ODS": "OpenDocument"}

ENCRYPTED_OFFICE = "Office, encrypted"


def recognise(body: bytes, name: str | None = None, media_type: str | None = None) -> str | None:
    """The format of a file: "PDF", "DOCX", "XLSX", "DOC", "ZIP" …; null for what is none of the known ones.

    `name` is the file's name or address, `media_type` what the server said; both are asked only where the bytes do not
    tell, as with a ZIP whose directory is missing.

    >>> recognise(b"%PDF-1.7"), recognise(b"<!DOCTYPE html>", "van-ban.pdf"), recognise(b"PK\\x03\\x04", "a.docx")
    ('PDF', 'HTML', 'DOCX')
    """
    if b"%PDF-" in body[:_PDF_HEAD]:
        return "PDF"
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(body) or _called(name, media_type) or "ZIP"
    if body.startswith(_OLD_OFFICE):
        return _in_old_office(body) or _called(name, None) or "old Office"
    if _HTML.match(body):
        return "HTML"
    return next((found for magic, found in _MAGIC.items() if body.startswith(magic)), None) or (
        _called(name, media_type) if body else None
    )


def begins_like_a_file(body: bytes) -> bool:
    """Whether bytes are those of a document or a picture, wherever they came from.

    >>> begins_like_a_file(b"%PDF-1.4"), begins_like_a_file(b"<html>"), begins_like_a_file(b"BM: tin trong ngay")
    (True, False, False)
    """
    return body.startswith(_UNMISTAKABLE) and not is_page_body(body)


def is_page_body(body: bytes) -> bool:
    """Whether bytes are those of an HTML page."""
    return _HTML.match(body) is not None


def _in_zip(body: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = archive.namelist()
    except BROKEN_ZIP:
        return None
    return next((found for part, found in _IN_ZIP if any(name.startswith(part) for name in names)), "ZIP")


def _in_old_office(body: bytes) -> str | None:
    """By the names of its streams, which stand in it as UTF-16."""
    return next((found for name, found in _IN_OLD_OFFICE.items() if name.encode("utf-16-le") in body), None)


def _called(name: str | None, media_type: str | None) -> str | None:
    extension = _EXTENSION.search(name or "")
    if extension:
        return _SAME.get(extension[1].upper(), extension[1].upper())
    return _MEDIA_TYPES.get((media_type or "").partition(";")[0].strip().lower())
