"""The index of a web archive: what it holds of a portal's pages, through cdx-toolkit.

cdx-toolkit knows the dialects of the Internet Archive and of pywb. Its own way of asking is not used: it names itself
and not us, and asks an archive that does not answer on and on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from cdx_toolkit import CDXFetcher, cdx_to_captures

from archiver.exchange.asking import Asker, NoAnswerError
from archiver.exchange.captured import digest_label
from archiver.exchange.options import INTERNET_ARCHIVE
from archiver.portals import Portal
from archiver.portals.addresses import is_on

_FILTERS = ("status:200", "mime:text/html")
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
    if source.endswith("/cdx/search/cdx"):
        return WebArchive(source, source.removesuffix("/cdx/search/cdx") + "/web")
    copies = re.sub(r"/(?:cdx|index)$", "", source)
    return WebArchive(source if copies != source else f"{source}/cdx", copies)


def mementos(asker: Asker, archive: WebArchive, portal: Portal, first: str | None, last: str | None) -> list[Memento]:
    """The portal's pages in an archive: the oldest capture of each that has its digest, in the order of the index.

    `first` and `last` bound the times: YYYY, YYYYMM or YYYYMMDD. Raises NoAnswerError where the archive gives no index.
    """
    found: dict[tuple[str, str], Memento] = {}
    for host in portal.hosts:
        for key, memento in _listed(asker, archive, host, first, last):
            if is_on(portal, memento.url) and _is_between(memento.timestamp, first, last):
                found.setdefault((key, memento.digest or memento.timestamp), memento)
    return list(found.values())


class _Fetcher(CDXFetcher):  # type: ignore[misc]  # cdx-toolkit has no types
    """cdx-toolkit's pages of an index, asked for in our way."""

    def __init__(self, asker: Asker, archive: WebArchive) -> None:
        source = "ia" if archive.index == INTERNET_ARCHIVE else archive.index
        super().__init__(source=source, wb=archive.copies)
        self.asker = asker
        self.last_page = ""

    def get_for_iter(
        self, endpoint: int, page: int, params: dict[str, Any] | None = None, index_list: tuple[str, ...] = ()
    ) -> tuple[str, list[Any]]:
        """One page of the index. pywb shows its only page for any number: one that comes twice is the last."""
        if endpoint >= len(index_list):
            return "last endpoint", []
        sent = {name.removesuffix("_ts"): value for name, value in (params or {}).items()} | {"page": page}
        answer = self.asker.get(index_list[endpoint], sent)
        if answer.status not in (200, 400, 404):
            raise NoAnswerError(f"HTTP {answer.status}")
        text = (answer.body or b"").decode("utf-8", errors="replace")
        if answer.status == 400 or not text or text == self.last_page:
            return "last page", []
        self.last_page = text
        return "ok", cdx_to_captures(SimpleNamespace(status_code=answer.status, text=text), wb=self.wb)


def _listed(
    asker: Asker, archive: WebArchive, host: str, first: str | None, last: str | None
) -> Iterator[tuple[str, Memento]]:
    """What the index lists of a host: each with the key of its address. What was posted cannot be asked for."""
    times = {name: value for name, value in (("from_ts", first), ("to", last)) if value}
    try:
        for row in _Fetcher(asker, archive).iter(f"{host}/*", filter=list(_FILTERS), **times):
            url, timestamp = row.get("url", ""), row.get("timestamp", "")
            was_posted = row.get("method", "GET") != "GET" or "__wb_method" in row.get("urlkey", "")
            if url and not was_posted and _TIMESTAMP.fullmatch(timestamp):
                yield row.get("urlkey") or url, Memento(url, timestamp, digest_label(row.get("digest")))
    except ValueError as error:  # what cdx-toolkit says of an answer that is no index
        raise NoAnswerError(f"it answers, but not with an index: {error}") from None


def _is_between(timestamp: str, first: str | None, last: str | None) -> bool:
    """Whether a time lies between two that may be shorter.

    >>> _is_between("20230609022400", "2023", "202306"), _is_between("20230701000000", None, "202306")
    (True, False)
    """
    return (not first or timestamp[: len(first)] >= first) and (not last or timestamp[: len(last)] <= last)
