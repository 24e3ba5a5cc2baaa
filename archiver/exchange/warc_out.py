"""Captures out into a WARC 1.1 file. Equal captures give equal bytes but for the date of the file's own record."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid5

from sqlite_utils import Database
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archiver import __version__
from archiver.exchange.captured import ERROR_FIELD, FETCHED_FROM_FIELD
from archiver.exchange.messages import ORIGINAL, for_decoded, status_line
from archiver.portals import PORTALS
from archiver.store.databases.opening import reading
from archiver.store.evidence.captures import Capture, body_of, page_before
from archiver.store.evidence.withholding import withheld_articles
from archiver.store.sharing.exports import Original, captures_to_export, count_captures, newest_capture

Progress = Callable[[int, int], None]  # captures written, captures in all

VERSION = "WARC/1.1"
_IDS = UUID("0f1cbb1e-6a3c-5d55-9a43-5d0e3c1f7a61")  # the space of names in which our records have theirs
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_DECLARED = {
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "robots": "obeyed (RFC 9309); a portal whose robots.txt is not to be had is not crawled",
    "description": "Captures of Vietnamese local-government portals, from the captures.db of an archiver.",
    "bodies": "content-encoding and transfer-encoding removed by Scrapy or by an import; headers that were true of the"
    f" encoded body are renamed {ORIGINAL}*, and Content-Length is that of the body in the record",
    "headers": "of responses as received, in their order; the words of the status line and HTTP/1.1 are supplied",
    "requests": "method, address and Host; no other header was kept. Forms are as kept: without __VIEWSTATE and"
    " __EVENTVALIDATION, in the order of their names",
    "no-answer": f"a request without an answer is followed by a metadata record, {ERROR_FIELD}",
    "revisits": "a payload stands in the first record that brought it; later ones refer to that",
}


class _AsReceived(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Headers byte by byte as they came; warcio would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        text = self.to_str(header_filter) + "\r\n"
        self.headers_buff = text.encode("latin-1" if text.isascii() or max(text) < "\u0100" else "utf-8")


@dataclass(frozen=True, slots=True)
class Exported:
    """What stands in a file, and what does not."""

    captures: int
    left_out: int  # captures of withheld articles, and redirects to them


def export_warc(
    db: Database, portals: list[str], to: Path, now: str, progress: Progress, *, with_withheld: bool = False
) -> Exported:
    """Write all captures of some portals to a new file, compressed if its name ends in .gz.

    Those of withheld articles stay out unless they are asked for. Raises FileExistsError for a file that is there, and
    OSError where none can be written. What is written appears under its name once it is whole.
    """
    if to.exists():
        raise FileExistsError(f"{to} is there already and stays as it is; give another name")
    part = to.with_name(f"{to.name}.part")
    with part.open("wb") as file, reading(db):
        withheld = set() if with_withheld else {key for name in portals for key in withheld_articles(db, PORTALS[name])}
        exported = _write_all(db, portals, withheld, file, to.name, now, progress)
    part.rename(to)
    return exported


def default_name(db: Database, portals: list[str]) -> str:
    """A name that says what is in the file: the portals, and the day of their newest capture."""
    latest = newest_capture(db, portals) or "empty"
    return f"{'-'.join(portals)}-{latest[:10].replace('-', '')}.warc.gz"


def _write_all(
    db: Database, portals: list[str], withheld: set[str], file: BinaryIO, name: str, now: str, progress: Progress
) -> Exported:
    writer = WARCWriter(file, gzip=name.endswith(".gz"), warc_version=VERSION)
    writer.write_record(_info(writer, portals, name, now, leaves_out=bool(withheld)))
    total, count = count_captures(db, portals), 0
    for count, (capture, original) in enumerate(captures_to_export(db, portals, withheld), 1):
        _write(writer, db, capture, original)
        progress(count, total)
    return Exported(count, total - count)


def _write(writer: WARCWriter, db: Database, capture: Capture, original: Original | None) -> None:
    """The request, then what came of it."""
    fields = {"WARC-Date": capture.captured_at, "WARC-Concurrent-To": _id(capture, "request")}
    if capture.fetched_from:
        fields[FETCHED_FROM_FIELD] = capture.fetched_from
    writer.write_record(_request(writer, capture))
    if capture.status is None:
        writer.write_record(_no_answer(writer, capture, fields))
    elif capture.status == 304 and (page := page_before(db, capture)) is not None:
        writer.write_record(_not_modified(writer, capture, page, fields))
    elif original is not None:
        writer.write_record(_repeat(writer, capture, original, fields))
    else:
        writer.write_record(_response(writer, capture, body_of(db, capture) or b"", fields))


def _info(writer: WARCWriter, portals: list[str], name: str, now: str, *, leaves_out: bool) -> Any:
    declared = {"software": f"archiver/{__version__}", **_DECLARED, "isPartOf": ", ".join(portals)}
    if leaves_out:
        declared["withheld"] = "captures of articles that the archive withholds are left out; lists may name them"
    text = "".join(f"{field}: {value}\r\n" for field, value in declared.items()).encode()
    fields = {
        "WARC-Record-ID": f"<{uuid5(_IDS, 'warcinfo ' + ' '.join(portals)).urn}>",
        "WARC-Date": now,
        "WARC-Filename": name,
    }
    return writer.create_warc_record("", "warcinfo", payload=BytesIO(text), length=len(text), warc_headers_dict=fields)


def _request(writer: WARCWriter, capture: Capture) -> Any:
    parts = urlsplit(capture.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    body = urlencode([tuple(pair) for pair in json.loads(capture.form or "[]")]).encode()
    headers = [("Host", parts.netloc)]
    if capture.method == "POST":
        headers += [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]
    return writer.create_warc_record(
        capture.url,
        "request",
        payload=BytesIO(body),
        length=len(body),
        http_headers=_AsReceived(f"{capture.method} {target} HTTP/1.1", headers, is_http_request=True),
        warc_headers_dict={"WARC-Record-ID": _id(capture, "request"), "WARC-Date": capture.captured_at},
    )


def _response(writer: WARCWriter, capture: Capture, body: bytes, fields: dict[str, str]) -> Any:
    fields = {"WARC-Record-ID": _id(capture, "response"), **fields}
    if capture.sha256:
        fields["WARC-Payload-Digest"] = f"sha256:{capture.sha256}"
    return writer.create_warc_record(
        capture.url,
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=_head(capture, len(body)),
        warc_headers_dict=fields,
    )


def _repeat(writer: WARCWriter, capture: Capture, original: Original, fields: dict[str, str]) -> Any:
    return writer.create_revisit_record(
        capture.url,
        f"sha256:{capture.sha256}",
        original.url,
        original.captured_at,
        http_headers=_head(capture, original.size),
        warc_headers_dict={
            "WARC-Record-ID": _id(capture, "response"),
            "WARC-Refers-To": _id_of(original.capture_key, "response"),
            **fields,
        },
    )


def _not_modified(writer: WARCWriter, capture: Capture, page: Capture, fields: dict[str, str]) -> Any:
    return writer.create_warc_record(
        capture.url,
        "revisit",
        http_headers=_head(capture, 0),
        warc_headers_dict={
            "WARC-Record-ID": _id(capture, "response"),
            "WARC-Profile": f"{_PROFILE}server-not-modified",
            "WARC-Refers-To": _id(page, "response"),
            "WARC-Refers-To-Target-URI": page.url,
            "WARC-Refers-To-Date": page.captured_at,
            **fields,
        },
    )


def _no_answer(writer: WARCWriter, capture: Capture, fields: dict[str, str]) -> Any:
    """Without an address of its own: indexers take a metadata record that has one for a capture of the page."""
    text = f"{ERROR_FIELD}: {capture.error}\r\n".encode()
    return writer.create_warc_record(
        "",
        "metadata",
        payload=BytesIO(text),
        length=len(text),
        warc_headers_dict={"WARC-Record-ID": _id(capture, "metadata"), **fields},
    )


def _head(capture: Capture, size: int) -> _AsReceived:
    received = tuple((name, value) for name, value in json.loads(capture.headers or "[]"))
    headers = for_decoded(received, size) if capture.status != 304 else received
    return _AsReceived(status_line(capture.status or 0), list(headers), protocol="HTTP/1.1")


def _id(capture: Capture, part: str) -> str:
    return _id_of(capture.capture_key, part)


def _id_of(capture_key: str, part: str) -> str:
    return f"<{uuid5(_IDS, f'{part} {capture_key}').urn}>"
