"""What keeps a page from being had, in plain words, and what to do next."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from archiver.crawling.judging import complaint
from archiver.crawling.options import is_address
from archiver.portals.addresses import as_sent
from archiver.store.evidence.captures import Answer


class ProbeError(Exception):
    """A page that is not to be had: what happened, and what to do."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(f"{what}. {advice}")
        self.what = what
        self.advice = advice


class _Known(NamedTuple):
    """A trouble that is known: what the library says of it, what that means, what to do."""

    said: str
    means: str
    advice: str


_TLS = (
    _Known(
        said=r"certificate verify failed|unable to get (?:local )?issuer|self.signed|certificate has expired",
        means="the certificate is refused: too weak for today, expired, for another name, or by nobody known here",
        advice="Try --tls old first, which lets short keys and old hashes pass and verifies all else (the value gets"
        " tls='old'). If that is refused too, look at the certificate in a browser: --tls unverified verifies nothing,"
        " and every capture will say so.",
    ),
    _Known(
        said=r"key too small|md too weak|ca md|unsupported protocol|no protocols|dh key|unsafe legacy|version too low"
        r"|tlsv1 alert protocol|handshake failure|no ciphers|wrong signature type",
        means="the server's TLS is old: its key, hash or cipher is weaker than what is usual today",
        advice="Try --tls old, which lets old keys and ciphers pass and still verifies the certificate; the value gets"
        " tls='old'.",
    ),
    _Known(
        said=r"wrong version number|unknown protocol|record layer failure|http request",
        means="the server does not speak TLS there",
        advice="Try the address with http:// instead of https://.",
    ),
)
_REASONS = {
    "the host name is not known": "Look whether it is spelt rightly; the portal may have been shut, or moved to another"
    " name. A web archive may hold it: archiver wayback, once the portal has a value.",
    "the connection was refused": "Nothing listens there now: try later, or http:// and https:// one for the other.",
    "no answer in time": "Try again later, from a network in Vietnam if you can: some portals answer none from abroad.",
    "the answer is too large": "Give the address of an article or of a list.",
}
_ELSE = "Try again later, and look at the address in a browser."
_STATUSES = {
    401: "It asks for a password: only what everybody may read is archived.",
    403: "The server refuses this program, or this network. Ask the portal's people; nothing is done to get past it.",
    404: "There is no such page. Take an address from the portal's own lists.",
    410: "The page was taken away. Take an address from the portal's own lists.",
    429: "The server wants to be left alone: try again tomorrow.",
}


def no_answer(url: str, answer: Answer) -> ProbeError:
    """No answer, or one of 5xx. TLS is told apart by what the library says of it."""
    if answer.status is not None:
        return refused(url, answer)
    host, said = urlsplit(url).hostname, (answer.error or "").lower()
    for known in _TLS if _is_tls(said) else ():
        if re.search(known.said, said):
            return ProbeError(f"{host}: {known.means}", known.advice)
    short = complaint(answer)
    return ProbeError(f"{host} does not answer: {short}", _REASONS.get(short, _ELSE))


def refused(url: str, answer: Answer) -> ProbeError:
    """An answer that is an error page."""
    status = answer.status or 0
    if status >= 500:
        advice = "The portal is ill: try again later."
    else:
        advice = _STATUSES.get(status, "Look at the address in a browser.")
    return ProbeError(f"{url} answers HTTP {status}", advice)


def forbidden(url: str) -> ProbeError:
    """robots.txt speaks against it."""
    return ProbeError(
        f"robots.txt forbids {url} to this program",
        "It is obeyed. Try a page that is allowed, or ask the portal's people (POLICY.md).",
    )


def went_elsewhere(url: str, target: str) -> ProbeError:
    """A redirect to another host, which is not asked without being told to, or to what no portal is asked for."""
    target = as_sent(target)
    if not is_address(target):
        return ProbeError(f"{url} leads to what is no address of the web, {target}", _ELSE)
    host, other = urlsplit(url).hostname or "", urlsplit(target).hostname or ""
    page = urljoin(target, "/") if urlsplit(url).path == "/robots.txt" else target
    if host == other:
        return ProbeError(f"{url} leads to another port, {target}", "Portals are crawled at the usual ports alone.")
    if host.removeprefix("www.") == other.removeprefix("www."):
        advice = f"Both are one portal: probe {page} and name {host} in its hosts too."
    else:
        advice = f"If the portal moved there, probe {page} and name {host} in its hosts too."
    return ProbeError(f"{url} leads to another host, {other}", advice)


def too_many_redirects(url: str, most: int) -> ProbeError:
    """A circle, or an odd way."""
    return ProbeError(f"{url}: no page after {most} requests", "It may lead round in a circle: open it in a browser.")


def _is_tls(said: str) -> bool:
    return any(word in said for word in ("ssl", "tls", "certificate"))
