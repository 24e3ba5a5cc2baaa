"""The index of a web archive: what it holds of a portal's pages, through cdx-toolkit.

cdx-toolkit knows the dialects of the Internet Archive and of pywb. Its own way of asking is not used: it names itself
and not us, and asks an archive that does not answer on and on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from cdx_toolkit import CDXFetcher, cdx_to_captures

from archiver.exchange.asking import Asker, NoAnswerError
from archiver.exchange.captured import digest_label
from archiver.exchange.options import INTERNET_ARCHIVE
from archiver.exchange.times import doubt_of
from archiver.portals import Portal
from archiver.portals.addresses import is_on
from archiver.store.ground.keys import request_key

# Pages, and what an archive met again and did not keep twice; of that the status is not always said.
_FILTERS = ("~status:(200|-|0)?$", "~mime:(text/html|warc/revisit)$")
_FILTERS_OF_INTERNET_ARCHIVE = ("statuscode:(200|-)", "mimetype:(text/html|warc/revisit)")
_OF_FILES = ("~status:200$", "!~mime:(text/html|warc/revisit)$")
_OF_FILES_OF_INTERNET_ARCHIVE = ("statuscode:200", "!mimetype:(text/html|warc/revisit)")
_WORDS_OF_INTERNET_ARCHIVE = "/cdx/search/cdx"  # where its server answers, on whatever host
_REVISIT = "warc/revisit"
_TIMESTAMP = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True)
class WebArchive:
    """Where a web archive answers: its index, and its copies."""

    index: str
    copies: str

    def copy(self, memento: Memento) -> str:
        """The address of a copy as it was captured, without the archive's own additions."""
        return f"{self.copies}/{memento.timestamp}id_/{memento.url}"


@dataclass(frozen=True, slots=True)
class Memento:
    """One capture that a web archive holds."""

    url: str  # as the archive has it
    timestamp: str  # YYYYMMDDhhmmss, UTC
    digest: str | None  # of the payload, one spelling
    status: int | None = None  # as the index says; null where it does not

    @property
    def captured_at(self) -> str:
        """Its moment, as the archive writes moments."""
        at = self.timestamp
        return f"{at[:4]}-{at[4:6]}-{at[6:8]}T{at[8:10]}:{at[10:12]}:{at[12:]}.000000Z"


def archive_at(source: str) -> WebArchive:
    """A web archive by the address of its index, or by that of a collection of pywb.

    >>> archive_at("https://web.archive.org/cdx/search/cdx")
    WebArchive(index='https://web.archive.org/cdx/search/cdx', copies='https://web.archive.org/web')
    >>> archive_at("http://127.0.0.1:8080/towns/") == archive_at("http://127.0.0.1:8080/towns/cdx")
    True
    """
    source = source.rstrip("/")
    if source.endswith(_WORDS_OF_INTERNET_ARCHIVE):
        return WebArchive(source, source.removesuffix(_WORDS_OF_INTERNET_ARCHIVE) + "/web")
    copies = re.sub(r"/(?:cdx|index)$", "", source)
    return WebArchive(source if copies != source else f"{source}/cdx", copies)


def mementos(asker: Asker, archive: WebArchive, portal: Portal, first: str | None, last: str | None) -> list[Memento]:
    """The portal's pages in an archive: of each the captures at which its payload was another one than before.

    A payload that comes back is listed again: the page had become another meanwhile. `first` and `last` bound the
    times: YYYY, YYYYMM or YYYYMMDD. Raises NoAnswerError where the archive gives no index.
    """
    found = [row for host in portal.hosts for row in _listed(asker, archive, host, first, last)]
    pages = {row.memento.digest for row in found if not row.is_revisit}
    by_key: dict[str, list[Memento]] = {}
    for row in found:
        is_wanted = is_on(portal, row.memento.url) and _is_between(row.memento.timestamp, first, last)
        if is_wanted and (not row.is_revisit or row.memento.digest in pages - {None}):  # else of a picture, a file
            by_key.setdefault(row.key, []).append(row.memento)
    return [memento for listed in by_key.values() for memento in changes(listed)]


def mementos_of_files(
    asker: Asker, archive: WebArchive, portal: Portal, first: str | None, last: str | None, wanted: Collection[str]
) -> list[Memento]:
    """Of files (by the names of their requests) the captures at which each was another one than before."""
    by_key: dict[str, list[Memento]] = {}
    for host in portal.hosts:
        for row in _listed(asker, archive, host, first, last, files=True):
            key = request_key(portal, "GET", row.memento.url)
            if key in wanted and _is_between(row.memento.timestamp, first, last):
                by_key.setdefault(key, []).append(row.memento)
    return [memento for listed in by_key.values() for memento in changes(listed)]


def changes(listed: Iterable[Memento]) -> Iterator[Memento]:
    """Of one page's captures, in whatever order, those whose payload is not that of the one before, by time.

    One of a time that cannot be is passed on, to be refused, and hides no other.

    >>> at = [("2020", "A"), ("2021", "A"), ("2024", "A"), ("2022", "B"), ("2023", "B"), ("2025", None), ("2026", None)]
    >>> [memento.timestamp[:4] for memento in changes(Memento("", f"{year}0101000000", name) for year, name in at)]
    ['2020', '2022', '2024', '2025', '2026']
    """
    before = None
    for memento in sorted(listed, key=lambda each: each.timestamp):
        if memento.digest is None or memento.digest != before:
            yield memento
        if doubt_of(memento.captured_at, memento.captured_at) is None:
            before = memento.digest


class _Fetcher(CDXFetcher):  # type: ignore[misc]  # cdx-toolkit has no types
    """cdx-toolkit's pages of an index, asked for in our way."""

    def __init__(self, asker: Asker, archive: WebArchive, *, files: bool) -> None:
        source = "ia" if archive.index == INTERNET_ARCHIVE else archive.index
        super().__init__(source=source, wb=archive.copies)
        self.asker = asker
        self.last_page = ""
        is_as_theirs = archive.index.endswith(_WORDS_OF_INTERNET_ARCHIVE)
        theirs, ours = (_OF_FILES_OF_INTERNET_ARCHIVE, _OF_FILES) if files else (_FILTERS_OF_INTERNET_ARCHIVE, _FILTERS)
        self.filters = list(theirs if is_as_theirs else ours)

    def get_for_iter(
        self, endpoint: int, page: int, params: dict[str, Any] | None = None, index_list: tuple[str, ...] = ()
    ) -> tuple[str, list[Any]]:
        """One page of the index. pywb shows its only page for any number: one that comes twice is the last."""
        if endpoint >= len(index_list):
            return "last endpoint", []
        asked = {name.removesuffix("_ts"): value for name, value in (params or {}).items()}
        sent = asked | {"filter": self.filters, "page": page}
        answer = self.asker.get(index_list[endpoint], sent)
        if answer.status not in (200, 400, 404):
            raise NoAnswerError(f"HTTP {answer.status}")
        text = (answer.body or b"").decode("utf-8", errors="replace")
        if answer.status == 400 or not text or text == self.last_page:
            return "last page", []
        self.last_page = text
        return "ok", cdx_to_captures(SimpleNamespace(status_code=answer.status, text=text), wb=self.wb)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of an index."""

    key: str  # of the address
    memento: Memento
    is_revisit: bool  # met again with the payload of an earlier capture


def _listed(
    asker: Asker, archive: WebArchive, host: str, first: str | None, last: str | None, *, files: bool = False
) -> Iterator[_Row]:
    """What the index lists of a host: its pages, or else its files. What was posted cannot be asked for."""
    times = {name: value for name, value in (("from_ts", first), ("to", last)) if value}
    try:
        for row in _Fetcher(asker, archive, files=files).iter(f"{host}/*", **times):
            url, timestamp = row.get("url", ""), row.get("timestamp", "")
            was_posted = row.get("method", "GET") != "GET" or "__wb_method" in row.get("urlkey", "")
            if url and not was_posted and _TIMESTAMP.fullmatch(timestamp):
                memento = Memento(url, timestamp, digest_label(row.get("digest")), _status(row.get("status")))
                yield _Row(row.get("urlkey") or url, memento, row.get("mime") == _REVISIT)
    except ValueError as error:  # what cdx-toolkit says of an answer that is no index
        raise NoAnswerError(f"it answers, but not with an index: {error}") from None


def _status(text: str | None) -> int | None:
    """A status as an index gives it; "-" and 0 are none."""
    return int(text) or None if text and text.isdecimal() else None


def _is_between(timestamp: str, first: str | None, last: str | None) -> bool:
    """Whether a time lies between two that may be shorter.

    >>> _is_between("20230609022400", "2023", "202306"), _is_between("20230701000000", None, "202306")
    (True, False)
    """
    return (not first or timestamp[: len(first)] >= first) and (not last or timestamp[: len(last)] <= last)
