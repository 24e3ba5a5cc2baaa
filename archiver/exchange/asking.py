"""Asking a web archive, slowly: one request at a time, and longer pauses where it wants or needs them."""

from __future__ import annotations

import requests

from archiver.clock import Clock
from archiver.crawling.judging import LONGEST_PAUSE, backoff, complaint, judge, retry_after
from archiver.crawling.options import LARGEST_ANSWER
from archiver.store.evidence.captures import Answer

_PATIENCE = (30.0, 60.0)  # seconds for the connection, and between two bytes
_CHUNK = 64 * 1024


class NoAnswerError(Exception):
    """The archive gave no answer that says anything; the message says what it did."""


class Asker:
    """Asks for one address after the other, with the pause between two that was said."""

    def __init__(self, clock: Clock, delay: float, user_agent: str) -> None:
        self.clock = clock
        self.delay = delay  # seconds
        self.session = requests.Session()
        self.session.headers["User-Agent"] = user_agent
        self.free_at = clock.monotonic()

    def get(self, url: str, parameters: dict[str, object] | None = None) -> Answer:
        """An answer below 500 that is none of "later"; its body is decoded. Redirects are answers.

        Raises NoAnswerError after several attempts, or where the archive asks to be left alone for long.
        """
        attempt = 1
        while True:
            self._wait()
            answer = self._attempt(url, parameters)
            verdict = judge(answer, attempt)
            if verdict == "read":
                return answer
            asked_for = retry_after(answer, self.clock.now())
            pause = asked_for or backoff(attempt, self.delay)
            if verdict == "give up" or pause > LONGEST_PAUSE:
                raise NoAnswerError(complaint(answer))
            self.clock.sleep(pause.total_seconds())
            attempt += 1

    def _wait(self) -> None:
        self.clock.sleep(max(0.0, self.free_at - self.clock.monotonic()))

    def _attempt(self, url: str, parameters: dict[str, object] | None) -> Answer:
        try:
            with self.session.get(
                url, params=_as_text(parameters), timeout=_PATIENCE, allow_redirects=False, stream=True
            ) as response:
                body = _body_of(response)
                return Answer(response.status_code, None, tuple(response.headers.items()), body)
        except requests.RequestException as error:
            return Answer(None, _in_words(error), (), None)
        finally:
            self.free_at = self.clock.monotonic() + self.delay


def _body_of(response: requests.Response) -> bytes:
    """The body, as far as a capture may be large: one byte more says that it is larger."""
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            break
    return bytes(body)


def _as_text(parameters: dict[str, object] | None) -> dict[str, str | list[str]]:
    """Parameters as they are sent: null ones not at all, several values of one name each for itself."""
    return {
        name: [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
        for name, value in (parameters or {}).items()
        if value is not None
    }


def _in_words(error: requests.RequestException) -> str:
    """What happened, and behind a colon what the library said."""
    words = "no answer in time" if isinstance(error, requests.Timeout) else "no connection"
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        words = "the answer was cut off or damaged"
    return f"{words}: {' '.join(str(error).split())[:300]}"
