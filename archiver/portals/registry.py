"""One registry: our own portals, and those that another installed package brings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import ModuleType

from archiver.portals.model import Portal

GROUP = "archiver.portals"
"""Of entry points, each of which is a Portal or several: `[project.entry-points."archiver.portals"]`."""
KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_DRESSED = re.compile(r"demo-")
_MADE_UP = ".example"  # no such host can exist: RFC 2606


def installed() -> Iterator[Portal]:
    """The portals of other packages. Raises TypeError for what is none."""
    for entry in entry_points(group=GROUP):
        found = entry.load()
        for each in [found] if isinstance(found, Portal) else found:
            if not isinstance(each, Portal):
                raise TypeError(f"the entry point {entry.name} of {GROUP} ({entry.value}) holds {each!r}, no Portal")
            yield each


def portals_in(package: str, places: Iterable[str], first: tuple[str, ...] = ()) -> tuple[Portal, ...]:
    """The portals that the files of a package name, `first` those of these files; the others by the files' names.

    A file names a portal, or a tuple of them, at its top; one that names none holds what portals are made of.
    """
    names = sorted(each.name for each in iter_modules(list(places)))
    names = [*(name for name in first if name in names), *(name for name in names if name not in first)]
    found = (each for name in names for each in _named_in(import_module(f"{package}.{name}")))
    return tuple(dict.fromkeys(found))  # a value that another file imports is one


def _named_in(module: ModuleType) -> Iterator[Portal]:
    for value in vars(module).values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Portal):
                yield each


def by_key(portals: Iterable[Portal]) -> dict[str, Portal]:
    """The registry. Raises ValueError where two portals have one key, or a key cannot be a name of a file."""
    known: dict[str, Portal] = {}
    for portal in portals:
        if portal.key in known:
            raise ValueError(f"two portals are called {portal.key!r}")
        if not KEY.fullmatch(portal.key):
            raise ValueError(f"{portal.key!r} is no key of a portal: small letters, digits and -")
        known[portal.key] = portal
    return known


def listed(portals: dict[str, Portal]) -> dict[str, Portal]:
    """Those that lists of portals name: all but the made-up one in the dresses of other platforms, which is for trials.

    >>> from archiver.portals import PORTALS
    >>> "demo-nukeviet" in PORTALS, "demo-nukeviet" in listed(PORTALS), "demo" in listed(PORTALS)
    (True, False, True)
    """
    return {key: portal for key, portal in portals.items() if not (is_made_up(portal) and _DRESSED.match(key))}


def is_made_up(portal: Portal) -> bool:
    """Whether a portal stands on no network: it can be crawled only where it is served."""
    return portal.hosts[0].endswith(_MADE_UP)
