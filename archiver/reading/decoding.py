"""Bytes to text, whatever the server claims about them."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from archiver.items import Problem

_DECLARED_IN_PAGE = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 4096  # bytes in which a page declares its charset
# What servers call Latin-1 is the Windows code page (WHATWG Encoding); Vietnamese pages of old used 1258.
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_LEGACY = "cp1258"
# Codecs of Python that no browser takes for a page's charset; some cannot even replace what they cannot read.
_NO_CHARSETS = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"))


class Decoded(NamedTuple):
    """The text of a page, what was wrong with its bytes, and whether these are that text in UTF-8, byte for byte."""

    text: str
    problems: tuple[Problem, ...]
    is_plain: bool = False


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of a page, and what was wrong with its bytes.

    Valid UTF-8 is UTF-8, whatever is declared: servers are configured once, pages change. Bytes that are not are read
    by the declared charset, a legacy one being guessed only for pages that hold no UTF-8 at all.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return _read_as(charset, body[len(bom) :])
    try:
        return Decoded(body.decode("utf-8"), (), is_plain=True)
    except UnicodeDecodeError as error:
        if error.end == len(body) and error.reason == "unexpected end of data":  # the page is cut off in a character
            return Decoded(body[: error.start].decode("utf-8"), ())
    return _read_as(_declared(body, content_type) or _guess(body), body)


def _declared(body: bytes, content_type: str | None) -> str | None:
    in_header = _DECLARED_IN_HEADER.search(content_type or "")
    in_page = _DECLARED_IN_PAGE.search(body, 0, _HEAD)
    for name in (in_header and in_header[1], in_page and in_page[1].decode("ascii", "replace")):
        charset = _MEANT.get((name or "").lower(), name)
        if charset and _is_text_codec(charset) and not (_is_utf8(charset) and _guess(body) == _LEGACY):
            return charset
    return None


def _guess(body: bytes) -> str:
    """UTF-8 with some broken bytes, or no UTF-8 at all: whichever most bytes above 127 speak for."""
    broken = body.decode("utf-8", errors="replace").count("\ufffd")
    high = sum(byte > 127 for byte in body)
    return "utf-8" if broken * 2 < high else _LEGACY


def _is_text_codec(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
        if codec.name in _NO_CHARSETS:
            return False
        "".encode(codec.name)
    except LookupError:  # unknown, or one that makes no text of bytes: "base64", "zip"
        return False
    return True


def _is_utf8(name: str) -> bool:
    return codecs.lookup(name).name == "utf-8"


def _read_as(charset: str, body: bytes) -> Decoded:
    text = body.decode(charset, errors="replace")
    lost = text.count("\ufffd")
    if charset == _LEGACY:
        return Decoded(text, (Problem("decode", "charset guessed", charset),))
    return Decoded(text, (Problem("decode", f"bytes that are no {charset}", str(lost)),) if lost else ())
