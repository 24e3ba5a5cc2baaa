"""The site as a plugin of Datasette: its pages, its templates (templates/) and its looks (static/).

Loaded by `archiver serve`, and by any Datasette in whose environment the program is installed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils.asgi import Request, Response
from jinja2 import Environment
from markupsafe import Markup

from archiver.site.cells import linked, table_cells
from archiver.site.exports.renderers import can_render, ipynb, jsonl, parquet
from archiver.site.folding import with_columns_folded
from archiver.site.functions import register_functions
from archiver.site.languages import (
    LANGUAGES,
    address_in,
    language_of,
    machine_time,
    shown_day,
    shown_moment,
    shown_second,
    translator,
)
from archiver.site.misasked import App, answer_to, well_formed
from archiver.site.naming import with_names
from archiver.site.pages.answering import ARCHIVE
from archiver.site.pages.looks import address
from archiver.site.routes import ROUTES
from archiver.site.saved_queries import saved_queries
from archiver.site.searching import about_search, register_search
from archiver.site.wording import Words

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

Route = tuple[str, Callable[..., Any]]


@hookimpl
def register_routes() -> Iterable[Route]:
    """Our pages; all of Datasette's own stay where its users expect them."""
    return ROUTES


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """The functions of the search, in the place of Datasette's own, and those that some saved queries use."""
    register_functions(conn)
    register_search(conn)


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Nothing over which Datasette fails before it looks at it gets that far."""
    return well_formed


@hookimpl
def handle_exception(request: Request, exception: Exception) -> Response | None:
    """What is asked wrongly is no error of the site's."""
    return answer_to(request, exception)


@hookimpl
def get_metadata() -> dict[str, Any]:
    """What Datasette has to know to search an archive, where it was started without our metadata."""
    return about_search()


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    """Our saved queries, which our pages show and link to, in a Datasette that was started without our metadata too."""
    known = datasette.metadata("queries", database=database, fallback=False) or {}
    missing = saved_queries().keys() - known.keys() if database == ARCHIVE else ()
    return {name: dict(saved_queries()[name]) for name in missing}


@hookimpl
def register_output_renderer() -> list[dict[str, object]]:
    """More formats for every table, view and query."""
    return [
        {"extension": "jsonl", "render": jsonl, "can_render": can_render},
        {"extension": "parquet", "render": parquet, "can_render": can_render},
        {"extension": "ipynb", "render": ipynb, "can_render": can_render},
    ]


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, object]:
    """What every template may say: `t` translates, `language` is the reader's, the other one is a link away."""
    language = language_of(request)
    other = next(each for each in LANGUAGES if each != language)
    return {
        "t": translator(language),
        "language": language,
        "other_language": other,
        "in_other_language": address_in(other, request.query_string if request else ""),
        "day": lambda text: shown_day(text, language),
        "machine_time": machine_time,
        "minute": lambda text: shown_moment(text, language),
        "second": lambda text: shown_second(text, language),
        "words": Words(translator(language), language),
        "room": room_of(request),
        "looks": partial(address, datasette),
        "table_cells": table_cells,
    }


def room_of(request: Request | None) -> str:
    """The room of the site in which a page stands: the first part of its path, "" for the home page.

    A site below another path (`base_url`) is asked for with that path, which Datasette takes away for its routes alone.
    """
    path = str(request.scope.get("route_path") or request.path) if request else "/"
    return path.split("/")[1].partition(".")[0]


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """What Datasette's own pages need to look as ours do, errors too, for which the variables above are not asked."""
    names = ("fonts.css", "frame.css", "datasette.css")
    env.globals |= {
        "translator": translator,
        "with_names": with_names,
        "with_columns_folded": with_columns_folded,
        "datasettes_looks": [address(datasette, name) for name in names],
    }


@hookimpl
def render_cell(row: Any, value: object, column: str, datasette: Datasette) -> Markup | None:
    """From the rows of Datasette's tables to the pages of what they are about."""
    return linked(datasette.urls.path, row, column, value)
