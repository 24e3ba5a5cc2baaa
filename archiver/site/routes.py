"""Which page stands at which address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archiver.site.pages.home import home
from archiver.site.pages.looks import looks

ROUTES: tuple[tuple[str, Callable[..., Any]], ...] = (
    (r"^/$", home),
    (r"^/-/looks/(?P<name>[a-zA-Z0-9._-]+)$", looks),
)
