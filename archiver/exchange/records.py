"""The records of a WARC file, one after the other, and every place that is none.

warcio's own iterator stops at the first damage and says what it met on standard error. Here a damaged record is left
out and said so, and reading goes on at the next one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, BinaryIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from archiver.crawling.options import LARGEST_ANSWER
from archiver.exchange.members import Damage, Member, find, members

TOO_LARGE = f"larger than {LARGEST_ANSWER // 2**20} MB"
_LONGEST_HEADER = 64 * 1024
_VERSIONS = ("WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17")
_MARK = b"WARC/"
_WHY = {"cut off": "the file ends within it", "corrupt": "the compressed data is corrupt"}
_PARSER = StatusAndHeadersParser(_VERSIONS)


@dataclass(frozen=True, slots=True)
class Record:
    """One record."""

    offset: int  # in the file, in bytes; of a compressed record, where its member begins
    fields: tuple[tuple[str, str], ...]
    block: bytes

    def field(self, name: str) -> str | None:
        """The first value of a field, whatever its letter case."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    @property
    def type(self) -> str:
        """What kind of record: response, revisit, request, metadata …"""
        return (self.field("WARC-Type") or "").lower()


def records(file: BinaryIO) -> Iterator[Record | Damage]:
    """Every record that is whole, in the order of the file, and every damage. Needs a file that can seek."""
    for member in members(file):
        if isinstance(member, Damage):
            yield member
        else:
            yield from _records_in(member)


def _records_in(member: Member) -> Iterator[Record | Damage]:
    position: int | None = 0
    said = member.soundness == "whole" and member.stream.seek(0, 2) == 0
    if said:
        yield Damage(member.offset, "nothing is here")
    while (position := _skip_blank(member.stream, position)) is not None:
        found, end = _record_at(member, position)
        if isinstance(found, Record) and not _is_believable(member, found, end):
            found, end = Damage(found.offset, _WHY[member.soundness]), None
        yield found
        said |= isinstance(found, Damage)
        position = end if end is not None else _next_record(member.stream, position + 1)
    if member.soundness != "whole" and not said:
        yield Damage(member.offset, _WHY[member.soundness])


def _record_at(member: Member, position: int) -> tuple[Record | Damage, int | None]:
    """The record that begins at a position, and where it ends; null after damage."""
    offset = member.offset if member.is_compressed else position
    header = _header_at(member.stream, position)
    if isinstance(header, str):
        return Damage(offset, header), None
    start, fields = header
    length = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not (length.isascii() and length.isdecimal()):
        return Damage(offset, f"its Content-Length is no number: {length[:40]!r}"), None
    end = start + int(length)
    if complaint := _complaint_about_end(member.stream, end):
        return Damage(offset, complaint), None
    if int(length) > LARGEST_ANSWER:
        return Damage(offset, f"{TOO_LARGE}: {_target(fields)}"), end
    member.stream.seek(start)
    record = Record(offset, fields, member.stream.read(int(length)))
    if _is_proven(record) is False:
        return Damage(offset, f"its bytes do not match its digest: {_target(fields)}"), end
    return record, end


def _header_at(stream: IO[bytes], position: int) -> tuple[int, tuple[tuple[str, str], ...]] | str:
    """Where a record's block starts, with the record's fields; or what is wrong with its header."""
    stream.seek(position)
    beginning = stream.read(_LONGEST_HEADER)
    if not beginning.startswith(_MARK):
        return "no record begins here"
    size = beginning.find(b"\r\n\r\n")
    if size < 0:
        return "its header does not end" if len(beginning) == _LONGEST_HEADER else "the file ends within it"
    try:
        parsed = _PARSER.parse(BytesIO(beginning[: size + 4]))
    except StatusAndHeadersParserException:
        return f"not a version of WARC that is known: {beginning[:20]!r}"
    return position + size + 4, tuple(parsed.headers)


def _complaint_about_end(stream: IO[bytes], end: int) -> str | None:
    """What is wrong where a record says that it ends: behind it stands nothing, or an empty line."""
    size = stream.seek(0, 2)
    if end > size:
        return "the file ends within it, or its Content-Length is too large"
    stream.seek(end)
    behind = stream.read(4)
    if behind and not behind.startswith((b"\r\n", b"\n", _MARK[:4])):
        return "its Content-Length is wrong"
    return None


def _skip_blank(stream: IO[bytes], position: int | None) -> int | None:
    """The next position that holds more than empty lines; null at the end."""
    if position is None:
        return None
    stream.seek(position)
    while (byte := stream.read(1)) in (b"\r", b"\n"):
        position += 1
    return position if byte else None


def _next_record(stream: IO[bytes], start: int) -> int | None:
    """Where a line begins that may begin a record."""
    place = find(stream, b"\n" + _MARK, start)
    return None if place is None else place + 1


def _is_believable(member: Member, record: Record, end: int | None) -> bool:
    """Whether a record is as it was written, in a member whose checksum, at its end, is missing or wrong.

    Its own digest proves it. In a member that was cut off, so does another record behind it: what is compressed goes
    wrong from a changed byte on.
    """
    if member.soundness == "whole" or _is_proven(record):
        return True
    behind = _skip_blank(member.stream, end)
    return member.soundness == "cut off" and behind is not None


def _is_proven(record: Record) -> bool | None:
    """Whether a record's bytes match their digest; null where it has none that can be computed."""
    name, _, digest = (record.field("WARC-Block-Digest") or "").partition(":")
    algorithm = name.lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha512") or not digest:
        return None
    computed = hashlib.new(algorithm, record.block, usedforsecurity=False)
    in_base32 = base64.b32encode(computed.digest()).decode("ascii").rstrip("=")
    return digest.strip().rstrip("=").upper() in (in_base32, computed.hexdigest().upper())


def _target(fields: tuple[tuple[str, str], ...]) -> str:
    return next((value for name, value in fields if name.lower() == "warc-target-uri"), "no address")
