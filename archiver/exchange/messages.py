"""HTTP messages as WARC records hold them: heads and bodies, as bytes and as they are kept."""

from __future__ import annotations

import re
import zlib
from http import HTTPStatus
from io import BytesIO

import zstandard
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

from archiver.crawling.options import LARGEST_ANSWER
from archiver.exchange.records import TOO_LARGE

Headers = tuple[tuple[str, str], ...]

ORIGINAL = "X-Archive-Orig-"
"""Stands before the name of a header that was received so and is not true of the body beside it."""

_ENCODINGS = ("content-encoding", "transfer-encoding")
_LENGTH = "content-length"
_PREFIXES = ("x-crawl-", "x-orig-")  # of Common Crawl and of browsertrix, for those three headers alone
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)?\s+(\d{3})(?:\s|$)")


class UnreadableError(Exception):
    """A message that cannot be read; the message says why."""


def split(message: bytes) -> tuple[str, Headers, bytes]:
    """First line, headers and body of a message. Headers are latin-1, as HTTP has them; folded ones are unfolded."""
    end = _END_OF_HEAD.search(message)
    head, body = (message, b"") if end is None else (message[: end.start()], message[end.end() :])
    first, *lines = re.sub(r"\r?\n[ \t]+", " ", head.decode("latin-1")).split("\n")
    pairs = (line.partition(":") for line in lines)
    return first.strip(), tuple((name.strip(), value.strip()) for name, mark, value in pairs if mark), body


def status_of(first_line: str) -> int:
    """The status in the first line of an answer; raises UnreadableError where it is none."""
    match = _STATUS_LINE.match(first_line)
    if match is None:
        raise UnreadableError(f"no answer of HTTP: {first_line[:40]!r}")
    return int(match[1])


def decoded(headers: Headers, body: bytes) -> bytes:
    """A body without transfer-encoding and content-encoding; raises UnreadableError where it is damaged.

    Many crawlers keep a body decoded and its headers as received: one that is not encoded is left as it is.
    """
    if "chunked" in _value(headers, "transfer-encoding"):
        body = _dechunked(body)
    for coding in reversed(_value(headers, "content-encoding").split(",")):
        body = _decoded(coding.strip(), body)
    if len(body) > LARGEST_ANSWER:
        raise UnreadableError(f"decoded {TOO_LARGE}")
    return body


def as_received(headers: Headers) -> Headers:
    """Headers as the portal sent them: those that a crawler or an archive put aside come back in their place."""
    renamed = [(_original_name(name), name, value) for name, value in headers]
    restored = {original.lower() for original, _, _ in renamed if original}
    if "transfer-encoding" in restored:
        restored.add(_LENGTH)
    return tuple(
        (original or name, value) for original, name, value in renamed if original or name.lower() not in restored
    )


def for_decoded(headers: Headers, size: int) -> Headers:
    """Headers that are true of a decoded body of so many bytes; `as_received` undoes it."""
    names = {name.lower() for name, _ in headers}
    is_wrong = any(name in _ENCODINGS or (name == _LENGTH and value != str(size)) for name, value in _lowered(headers))
    if not is_wrong:
        return headers
    aside = (*_ENCODINGS, _LENGTH)
    kept = tuple((ORIGINAL + name if name.lower() in aside else name, value) for name, value in headers)
    return (*kept, ("Content-Length", str(size))) if names & {_LENGTH, "transfer-encoding"} else kept


def status_line(status: int) -> str:
    """What stands behind `HTTP/1.1 ` for a status; its words are those of the standard, the portal's are not kept."""
    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {known.get(status, 'Unknown')}"


def _lowered(headers: Headers) -> Headers:
    return tuple((name.lower(), value) for name, value in headers)


def _value(headers: Headers, wanted: str) -> str:
    return next((value.lower() for name, value in _lowered(headers) if name == wanted), "")


def _original_name(name: str) -> str | None:
    lowered = name.lower()
    if lowered.startswith(ORIGINAL.lower()):
        return name[len(ORIGINAL) :]
    for prefix in _PREFIXES:
        if lowered.startswith(prefix) and lowered.removeprefix(prefix) in (*_ENCODINGS, _LENGTH):
            return name[len(prefix) :]
    return None


def _dechunked(body: bytes) -> bytes:
    try:
        return bytes(ChunkedDataReader(BytesIO(body), raise_exceptions=True).read())
    except ChunkedDataException as error:
        if not re.match(rb"[0-9A-Fa-f]+[ \t]*(?:;[^\r\n]*)?\r\n", body):
            return body
        raise UnreadableError(f"its chunks are damaged: {error}") from None


def _decoded(coding: str, body: bytes) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 16 + zlib.MAX_WBITS) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        return _deflated(body)
    if coding == "br":
        return _from_brotli(body)
    if coding == "zstd":
        return _from_zstd(body) if body.startswith(b"\x28\xb5\x2f\xfd") else body
    if coding in ("", "identity"):
        return body
    raise UnreadableError(f"its content-encoding is not known: {coding[:40]!r}")


def _inflated(body: bytes, window: int) -> bytes:
    decompressor = zlib.decompressobj(window)
    try:
        whole = decompressor.decompress(body, LARGEST_ANSWER + 1)
    except zlib.error as error:
        raise UnreadableError(f"its encoded content is damaged: {error}") from None
    if not decompressor.eof and len(whole) <= LARGEST_ANSWER:
        raise UnreadableError("its encoded content is cut off")
    return whole


def _deflated(body: bytes) -> bytes:
    """With zlib's frame as the standard wants it, bare as some servers send it, or decoded already."""
    if body[:1] == b"\x78":
        return _inflated(body, zlib.MAX_WBITS)
    return body if body.lstrip()[:1] == b"<" else _inflated(body, -zlib.MAX_WBITS)


def _from_brotli(body: bytes) -> bytes:
    """Brotli has no mark at its beginning: what looks like a page is decoded already."""
    import brotli

    if not body or body.lstrip()[:1] in (b"<", b"{"):
        return body
    decompressor = brotli.Decompressor()
    try:
        whole = bytes(decompressor.process(body, output_buffer_limit=LARGEST_ANSWER + 1))
    except brotli.error as error:
        raise UnreadableError(f"its encoded content is damaged: {error}") from None
    if not decompressor.is_finished() and len(whole) <= LARGEST_ANSWER:
        raise UnreadableError("its encoded content is cut off")
    return whole


def _from_zstd(body: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(body) as reader:
            return bytes(reader.read(LARGEST_ANSWER + 1))
    except zstandard.ZstdError as error:
        raise UnreadableError(f"its encoded content is damaged: {error}") from None
