"""What the records of a WARC file say was asked and answered, whoever wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from archiver.clock import stamp
from archiver.exchange.members import Damage
from archiver.exchange.messages import UnreadableError, as_received, decoded, split, status_of
from archiver.exchange.records import Record
from archiver.store.evidence.captures import Answer, body_to_keep
from archiver.store.ground.keys import Form

ERROR_FIELD = "archiver-error"
"""In a metadata record of ours: why a request got no answer."""
FETCHED_FROM_FIELD = "X-Archiver-Fetched-From"
"""In a record of ours: where the connection went, if not to the portal."""

_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")
_BASE32 = re.compile(r"[A-Z2-7]{32}")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Request:
    """A request record, as far as it names what was asked."""

    id: str | None
    concurrent_to: str | None
    url: str
    date: str | None
    method: str
    form: Form | None  # null for one that cannot be read too
    is_form: bool  # whether what was posted, if anything, is a form


@dataclass(frozen=True, slots=True)
class Captured:
    """An answer, and what was asked for it."""

    offset: int
    id: str | None
    concurrent_to: str | None
    date: str | None
    url: str
    captured_at: str
    answer: Answer
    digest: str | None  # of the payload, as the file calls it
    is_repeat: bool  # the payload stands elsewhere
    fetched_from: str | None
    method: str = "GET"
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that is whole and says nothing of a page."""

    offset: int
    why: str


OTHER_RECORDS = "other records"
REPEATS_WITHOUT_ANSWER = "repeats that do not say with which status"
OTHER_METHODS = "asked for otherwise than by GET or a form"

Told = Captured | LeftOut | Damage


def captured(found: Iterable[Record | Damage]) -> Iterator[Told]:
    """Every answer together with its request, which may stand on either side of it; what is left out; every damage.

    An answer without a request was asked for with GET.
    """
    pairs = _Pairs()
    for each in found:
        yield from pairs.take(each)
    yield from pairs.rest()


class _Pairs:
    """Brings requests and answers together that stand next to each other."""

    def __init__(self) -> None:
        self.request: Request | None = None
        self.held: Captured | None = None  # until it is known whether its request stands behind it

    def take(self, each: Record | Damage) -> Iterator[Told]:
        """What is known once this record is read."""
        if isinstance(each, Record) and each.type == "request":
            yield from self._take_request(_request(each))
        else:
            yield from self.rest()
            yield from self._take_other(_told(each, self.request))

    def rest(self) -> Iterator[Told]:
        """An answer whose request does not stand behind it."""
        held, self.held = self.held, None
        if held is not None:
            yield held

    def _take_request(self, request: Request) -> Iterator[Told]:
        if self.held is not None and _belong_together(request, self.held):
            yield _asked_by(request, self.held)
            self.request, self.held = None, None
        else:
            yield from self.rest()
            self.request = request

    def _take_other(self, told: Told) -> Iterator[Told]:
        if not isinstance(told, Captured):
            yield told
        elif self.request is not None and _belong_together(self.request, told):
            yield _asked_by(self.request, told)
            self.request = None
        else:
            self.held = told


def warc_moment(text: str | None) -> str | None:
    """A date of a WARC record as the archive writes moments; null where it is none.

    >>> warc_moment("2023-06-09T02:24:00Z"), warc_moment("2023-06-09T02:24:00.5Z"), warc_moment("2023-06-31T02:24:00Z")
    ('2023-06-09T02:24:00.000000Z', '2023-06-09T02:24:00.500000Z', None)
    """
    match = _DATE.fullmatch((text or "").strip())
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(match[1]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return stamp(moment.replace(microsecond=int((match[2] or "").ljust(6, "0")[:6])))


def digest_label(text: str | None) -> str | None:
    """One spelling for a digest: `sha1:` and base32 in capitals, or `sha256:` and hexadecimal in small letters.

    >>> digest_label("3i42h3s6nnfq2msvx7xzkyayscx5qbyj"), digest_label("SHA-256:AB12"), digest_label("-")
    ('sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ', 'sha256:ab12', None)
    """
    name, mark, value = (text or "").strip().rpartition(":")
    if not mark:
        return f"sha1:{value.upper()}" if _BASE32.fullmatch(value.upper()) else None
    name = name.lower().replace("-", "")
    return f"{name}:{value.upper() if _BASE32.fullmatch(value.upper()) else value.lower()}"


def _told(each: Record | Damage, request: Request | None) -> Told:
    """What one record tells, for itself."""
    if isinstance(each, Damage):
        return each
    if not _is_about_a_capture(each, request):
        return LeftOut(each.offset, OTHER_RECORDS)
    if each.type == "revisit" and not each.block:
        return LeftOut(each.offset, REPEATS_WITHOUT_ANSWER)
    if each.field("WARC-Segment-Number"):
        return Damage(each.offset, f"one part of a record in several: {_url(each)}")
    if (at := warc_moment(each.field("WARC-Date"))) is None:
        return Damage(each.offset, f"its WARC-Date is missing or none: {_url(each)}")
    try:
        return _captured_at(at, each, _answer(each), request)
    except UnreadableError as error:
        return Damage(each.offset, f"{error}: {_url(each)}")


def _captured_at(at: str, record: Record, answer: Answer, request: Request | None) -> Captured:
    return Captured(
        record.offset,
        record.field("WARC-Record-ID"),
        record.field("WARC-Concurrent-To"),
        record.field("WARC-Date"),
        _url(record) or (request.url if request else ""),
        at,
        answer,
        digest_label(record.field("WARC-Payload-Digest")),
        record.type == "revisit" and answer.status != 304,
        record.field(FETCHED_FROM_FIELD),
    )


def _is_about_a_capture(record: Record, request: Request | None) -> bool:
    if record.type == "metadata":
        concerns = request is not None and request.id == record.field("WARC-Concurrent-To")
        return concerns and record.block.startswith(f"{ERROR_FIELD}:".encode())
    return record.type in ("response", "revisit") and _url(record).lower().startswith(("http://", "https://"))


def _answer(record: Record) -> Answer:
    if record.type == "metadata":
        error = record.block.decode("utf-8", errors="replace").partition(":")[2].strip()
        return Answer(None, error, (), None)
    first, headers, body = split(record.block)
    if record.type == "revisit":
        return Answer(status_of(first), None, as_received(headers), None)
    status = status_of(first)
    return Answer(status, None, as_received(headers), body_to_keep(status, decoded(headers, body)))


def _request(record: Record) -> Request:
    first, headers, body = split(record.block)
    media_type = next((value for name, value in headers if name.lower() == "content-type"), _FORM)
    is_form = media_type.partition(";")[0].strip().lower() == _FORM
    method = first.partition(" ")[0].upper()
    form = _form(body) if method == "POST" and is_form else None
    return Request(
        record.field("WARC-Record-ID"),
        record.field("WARC-Concurrent-To"),
        _url(record),
        record.field("WARC-Date"),
        method,
        form,
        is_form,
    )


def _form(body: bytes) -> Form | None:
    """The fields of a form; null where they are not UTF-8. Letters in their place would name another request."""
    try:
        return tuple(parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        return None


def _belong_together(request: Request, answer: Captured) -> bool:
    """By the names that they give each other; by address and time where they give none."""
    if request.concurrent_to is None and answer.concurrent_to is None:
        return (request.url, request.date) == (answer.url, answer.date)
    named = {request.concurrent_to, answer.concurrent_to} - {None}
    return bool(named & {request.id, answer.id})


def _asked_by(request: Request, answer: Captured) -> Told:
    if request.method == "GET":
        return answer
    if request.method == "POST" and request.is_form:
        if request.form is None:
            return Damage(answer.offset, f"the form that was posted for it is not UTF-8: {answer.url}")
        return replace(answer, method="POST", form=request.form)
    return LeftOut(answer.offset, OTHER_METHODS)


def _url(record: Record) -> str:
    return (record.field("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
