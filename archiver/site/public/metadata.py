"""What Datasette says about a published copy: what it says about the archive, the copy's own tables, and no more."""

from __future__ import annotations

from copy import deepcopy
from importlib.resources import files
from typing import Any

from datasette.utils import parse_metadata

from archiver.site.described import metadata


def metadata_of_snapshot() -> dict[str, Any]:
    """The metadata of a published copy."""
    described = deepcopy(metadata())
    described["databases"]["archive"]["tables"] |= _own_tables()
    return described


def closed_to_all(described: dict[str, Any], tables: list[str]) -> dict[str, Any]:
    """The same, with every table closed that is not described: what indexes and migrations keep for themselves."""
    about = described["databases"]["archive"]["tables"]
    for name in tables:
        if "columns" not in about.get(name, {}) and not _is_index(name, tables):
            about[name] = {**about.get(name, {}), "hidden": True, "allow": False}
    return described


def _is_index(name: str, tables: list[str]) -> bool:
    """Whether a table is a full-text index itself: Datasette's search asks it."""
    return f"{name}_data" in tables


def _own_tables() -> dict[str, Any]:
    return dict(parse_metadata(files("archiver.site").joinpath("snapshot.yaml").read_text(encoding="utf-8")))
