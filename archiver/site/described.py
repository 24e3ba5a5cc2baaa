"""What the site says about the archive: its metadata, as Datasette takes it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from datasette.utils import parse_metadata


def metadata() -> dict[str, Any]:
    """What the site says about tables, columns and queries."""
    return dict(parse_metadata(files("archiver.site").joinpath("metadata.yaml").read_text(encoding="utf-8")))
