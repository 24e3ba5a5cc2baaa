"""The documented example, written by the same dataclasses that are read: the two cannot disagree."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archiver.configuration.finding import USUAL_NAME, VARIABLE_OF_FILE
from archiver.configuration.keys import Key, keys_of
from archiver.configuration.sections import Alerts, Crawling, Heartbeat, Pace, PortalChoice


def example(portal: str) -> str:
    """A whole file in which every key stands with its default; `portal` is the key of one that is known."""
    return "\n".join(_lines(portal))


def _lines(portal: str) -> Iterator[str]:
    yield f"# Read from --config FILE, ${VARIABLE_OF_FILE}, or {USUAL_NAME} in --data."
    yield "# Every key may be left out: what stands here is what holds without it. Secrets stand in the environment."
    yield from _section("crawl", *keys_of(Crawling), *keys_of(Pace))
    yield from _section(f"portals.{portal}", *keys_of(PortalChoice))
    yield "# Every key of [crawl] but jobs may stand here too, for this portal alone:"
    yield from (f"# {each.name} = {_as_toml(each.default)}" for each in keys_of(Pace))
    yield from _section("alerts", *keys_of(Alerts))
    yield from _section("heartbeat", *keys_of(Heartbeat))


def _section(name: str, *keys: Key) -> Iterator[str]:
    yield ""
    yield f"[{name}]"
    for each in keys:
        yield f"# {each.says}"
        yield f"#   {each.allowed}"
        yield f"{each.name} = {_as_toml(each.default)}"


def _as_toml(value: object) -> str:
    """A default as TOML writes it; JSON's texts, numbers, true and false are TOML's."""
    return json.dumps(value)
