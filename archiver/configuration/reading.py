"""From TOML to the configuration; whatever cannot be meant is an error that says what may stand there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType
from urllib.parse import urlsplit

from archiver.configuration.errors import ConfigurationError
from archiver.configuration.keys import Key, keys_of
from archiver.configuration.sections import Alerts, Configuration, Crawling, Heartbeat, Pace, PortalChoice
from archiver.crawling.options import LOOPBACK, POLITE_DELAY, is_address
from archiver.logs.secrets import without_secrets

SECTIONS = ("crawl", "portals", "alerts", "heartbeat")
_Table = Mapping[str, object]


def read_configuration(text: str, portals: Iterable[str], file: str) -> Configuration:
    """The configuration that stands in a file; `portals` are the keys of those that are known.

    Raises ConfigurationError, which names the file.
    """
    try:
        return replace(_understood(_parsed(text), tuple(portals)), file=file)
    except ConfigurationError as error:
        raise ConfigurationError(f"{file}: {error}") from None


def read_alerts(text: str) -> Alerts:
    """`[alerts]` alone, whatever else may stand there. Raises ConfigurationError."""
    return _alerts(_parsed(text))


def _parsed(text: str) -> _Table:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a thousand lists in each other
        raise ConfigurationError(f"that is not TOML: {error}") from None


def _understood(said: _Table, portals: tuple[str, ...]) -> Configuration:
    for name in said:
        _refuse_unknown(name, SECTIONS, "section")
    own = {each.name: each for each in keys_of(Crawling)}
    pace = {each.name: each for each in keys_of(Pace)}
    values = _values(_table(said, "crawl"), own | pace, "[crawl]")
    crawl = Crawling(
        pace=_bounded(Pace(**_only(values, pace)), "[crawl]"),  # type: ignore[arg-type]  # their kinds are checked
        **_only(values, own),  # type: ignore[arg-type]
    )
    return Configuration(
        crawl=crawl,
        portals=MappingProxyType(_portals(_table(said, "portals"), portals, crawl.pace)),
        alerts=_alerts(said),
        heartbeat=Heartbeat(
            **_values(_table(said, "heartbeat"), {each.name: each for each in keys_of(Heartbeat)}, "[heartbeat]")  # type: ignore[arg-type]
        ),
    )


def _alerts(said: _Table) -> Alerts:
    return Alerts(**_values(_table(said, "alerts"), {each.name: each for each in keys_of(Alerts)}, "[alerts]"))  # type: ignore[arg-type]


def _portals(said: _Table, known: tuple[str, ...], pace: Pace) -> dict[str, PortalChoice]:
    for name in said:
        _refuse_unknown(name, known, "portal")
    return {name: _portal(_table(said, name, "portals."), f"[portals.{name}]", pace) for name in said}


def _portal(said: _Table, place: str, pace: Pace) -> PortalChoice:
    """What is said of one portal. On this machine nobody needs to be spared."""
    own = {each.name: each for each in keys_of(PortalChoice)}
    paces = {each.name: each for each in keys_of(Pace)}
    base_url = str(said.get("base_url", ""))
    if is_on_loopback(base_url):
        paces["delay"] = replace(paces["delay"], at_least=0)
    values = _values(said, own | paces, place)
    if base_url and not is_address(base_url):  # a port that is none, half an address of IPv6
        raise ConfigurationError(f'{place} base_url cannot be "{base_url}"; it is {own["base_url"].allowed}')
    chosen = _bounded(replace(pace, **_only(values, paces)), place)  # type: ignore[arg-type]
    return PortalChoice(pace=chosen, **_only(values, own))  # type: ignore[arg-type]


def is_on_loopback(base_url: str) -> bool:
    """Whether an address stays on this machine.

    >>> is_on_loopback("http://127.0.0.1:8000"), is_on_loopback("http://127.0.0.1.example.org"), is_on_loopback("")
    (True, False, False)
    """
    try:
        return (urlsplit(base_url).hostname or "") in LOOPBACK
    except ValueError:  # an address that is none, which its pattern refuses
        return False


def _values(said: _Table, keys: Mapping[str, Key], place: str) -> dict[str, object]:
    for name, value in said.items():
        _refuse_unknown(name, keys, "key", f"{place} ")
        if not keys[name].allows(value):
            found = "what stands there" if keys[name].is_secret else _as_toml(value)
            hint = _why_so_slow(keys[name])
            raise ConfigurationError(f"{place} {name} cannot be {found}; it is {keys[name].allowed}{hint}")
    return {name: float(value) if keys[name].kind is float else value for name, value in said.items()}  # type: ignore[arg-type]


def _why_so_slow(wrong: Key) -> str:
    polite = wrong.name == "delay" and wrong.at_least == POLITE_DELAY
    return " (less only where base_url is on this machine)" if polite else ""


def _bounded(pace: Pace, place: str) -> Pace:
    if pace.shortest_interval_minutes > pace.longest_interval_minutes:
        raise ConfigurationError(
            f"{place} shortest_interval_minutes ({pace.shortest_interval_minutes:g}) is more than"
            f" longest_interval_minutes ({pace.longest_interval_minutes:g})"
        )
    return pace


def _table(said: _Table, name: str, within: str = "") -> _Table:
    table = said.get(name, {})
    if not isinstance(table, Mapping):
        raise ConfigurationError(f"{within}{name} is a section, [{within}{name}], not {_as_toml(table)}")
    return table


def _refuse_unknown(name: str, known: Iterable[str], kind: str, place: str = "") -> None:
    known = list(known)
    if name not in known:
        near = get_close_matches(name, known, 1)
        guess = f"; did you mean {near[0]}?" if near else ";"
        raise ConfigurationError(f"{place}no {kind} is called {name!r}{guess} known are {', '.join(known)}")


def _only(values: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    return {name: values[name] for name in names if name in values}


def _as_toml(value: object) -> str:
    """A value as it was found, near enough."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{without_secrets(value)}"' if isinstance(value, str) else str(value)
