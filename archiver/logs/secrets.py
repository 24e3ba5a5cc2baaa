"""What no log and no message may show: the addresses that alerts go to, and whatever in them opens something.

A secret is known to be one from the moment it is read, for it is read here alone.
"""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

HIDDEN = "***"
_SHORTEST_PASSWORD = 4
_SHORTEST_PART = 8
_LONG_PART = 16  # letters alone, as of a token; shorter ones may be a word
_USERINFO = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^\s/?#@\"']*(?:@(?=[^\s/?#@]*@)[^\s/?#@\"']*)*@")
_TOKEN = re.compile(
    r"(?i)([?&;][\w.\-\[\]%]*(?:token|secret|passw(?:or)?d|pwd|api_?-?key|signature|auth)[\w.\-\[\]%]*=)[^&;\s#\"']+"
)
_known: set[str] = set()


def secret(variable: str) -> str | None:
    """The value of a variable of the environment that nobody may see; null where it is not set, or empty."""
    value = os.environ.get(variable, "").strip()
    if value:
        keep_out(value)
    return value or None


def keep_out(value: str) -> None:
    """From now on, neither a value nor what opens something in it is shown."""
    for part in {value, *_parts(value)}:
        _known.update((part, quote(part), quote(part, safe=""), unquote(part)))


def without_secrets(text: str) -> str:
    """A text without any secret that is known, names and passwords before a host, and tokens in addresses.

    >>> without_secrets("no answer of https://an:mat-khau@example.org/?token=abc&page=2")
    'no answer of https://***@example.org/?token=***&page=2'
    """
    for value in sorted(_known, key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    return _TOKEN.sub(rf"\1{HIDDEN}", _USERINFO.sub(rf"\1{HIDDEN}@", text))


def _parts(value: str) -> set[str]:
    """What may be a key by itself in an address: a password, a token in the place of a host, a path or an argument."""
    try:
        parts = urlsplit(value)
    except ValueError:  # it is no address; then it is secret as a whole
        return set()
    userinfo, _, host = parts.netloc.rpartition("@")
    passwords = {word for word in re.split("[:@]", userinfo) if len(word) >= _SHORTEST_PASSWORD}
    places = {*parts.path.split("/"), *(each for _, each in parse_qsl(parts.query)), parts.fragment}
    if "." not in host and not host.startswith("["):
        places |= {host, *host.split(":")}
    return passwords | {place for place in places if _may_be_a_key(place)}


def _may_be_a_key(text: str) -> bool:
    """Whether a part of an address could be a token, and is no plain word such as `services`."""
    return len(text) >= _LONG_PART or (len(text) >= _SHORTEST_PART and not text.islower()) or _has_digits(text)


def _has_digits(text: str) -> bool:
    return len(text) >= _SHORTEST_PART and any(letter.isdigit() for letter in text)
