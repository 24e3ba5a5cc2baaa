"""Tell everybody what is news to them, and note it. Nobody who cannot be told keeps it from the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archiver.alerting.apart import spoken_to
from archiver.alerting.conditions import Condition
from archiver.alerting.messages import Message, Sender, message
from archiver.alerting.said import Said, name_of, news, noted, save
from archiver.logs.secrets import keep_out

_SECONDS = 60  # for one who is told


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of telling one."""

    to: str  # which of the addresses, without what is secret in it
    title: str
    complaint: str | None  # why it could not be told; it is tried again at the next look


def addresses(value: str | None) -> list[str]:
    """The addresses in a variable of the environment, parted by spaces, lines, or commas before the next.

    >>> addresses("mailto://an:x@example.org, json://127.0.0.1:9/a,b")
    ['mailto://an:x@example.org', 'json://127.0.0.1:9/a,b']
    """
    found = [each for each in re.split(r"\s*,\s*(?=[a-zA-Z][\w+.-]*://)|\s+", value or "") if each]
    for each in found:
        keep_out(each)
    return found


def tell(
    now: Sequence[Condition], said: Said, to: Sequence[str], sender: Sender, folder: Path, at: str
) -> Iterator[Sent]:
    """Tell each what is news to them; what was told is kept before the next is told."""
    said.targets = {name: told for name, told in said.targets.items() if name in {name_of(each) for each in to}}
    for place, address in enumerate(to, 1):
        name = name_of(address)
        new = news(now, said.to(name))
        if new:
            sent = send(address, place, message(new, sender))
            if sent.complaint is None:
                said.targets[name] = noted(said.to(name), new, at)
                save(folder, said)
            yield sent


def send_to_all(to: Iterable[str], what: Message) -> list[Sent]:
    """Send one message to all."""
    return [send(address, place, what) for place, address in enumerate(to, 1)]


def send(address: str, place: int, what: Message) -> Sent:
    """Send a message to one address, the first, second … of those that were given."""
    order = {"address": address, "title": what.title, "body": what.body}
    return Sent(_shown(address, place), what.title, spoken_to("telling", order, _SECONDS))


def _shown(address: str, place: int) -> str:
    try:
        scheme = urlsplit(address).scheme
    except ValueError:  # half an address of IPv6; Apprise will say what it is not
        scheme = ""
    return f"address {place}{f' ({scheme})' if scheme.isalnum() else ''}"
