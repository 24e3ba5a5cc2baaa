"""What comes from the network, on its way to be kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from archiver.crawling.judging import TOO_LARGE
from archiver.crawling.middlewares import RECEIVED_HEADERS
from archiver.store.evidence.captures import Answer, Capture, body_to_keep
from archiver.store.evidence.frontier import Wanted

_COMPLAINTS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "no answer in time"),
    (CannotResolveHostError, "the host name is not known"),
    (DownloadConnectionRefusedError, "the connection was refused"),
    (ResponseDataLossError, "the answer was cut off"),
    (DownloadCancelledError, TOO_LARGE),
    (ConnectionDone, "the connection was closed"),
    (ConnectionLost, "the connection was lost"),
    (ConnectError, "no connection"),
    (DownloadFailedError, "the download failed"),
)


@dataclass(slots=True)
class Fetched:
    """The answer to a request of the frontier, and the capture once it is kept."""

    wanted: Wanted
    answer: Answer = field(repr=False)  # whole pages, of which logs are full soon enough
    capture: Capture | None = field(default=None, repr=False)


def answer_of(response: Response) -> Answer:
    """A response as it is kept: its body decoded, its headers as received."""
    meta = response.request.meta if response.request is not None else {}
    body = body_to_keep(response.status, response.body)
    return Answer(response.status, None, meta.get(RECEIVED_HEADERS, ()), body)


def answer_of_error(error: BaseException | None) -> Answer:
    """What is kept of a request that got no answer."""
    complaint = next((words for kind, words in _COMPLAINTS if isinstance(error, kind)), "the download failed")
    detail = " ".join(str(error).split())[:300] or type(error).__name__
    return Answer(None, f"{complaint}: {detail}", (), None)
