"""One list of rows in three forms: a page, JSON, an Atom feed; and where all of it is to be had."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from datasette.utils.asgi import Request, Response

from archiver.site.feeds.atom import Entry, Feed, atom, name_of
from archiver.site.feeds.entries import Link
from archiver.site.languages import language_of, translator
from archiver.site.pages.answering import Row
from archiver.site.wording import Words

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette

PAGE_SIZE = 50
_PAGES = {"articles": "/search?sort=newest"}  # where a person finds the rows, if not at a page of their name

Form = tuple[str, str]  # a name, and a path of the site


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: which portal ("" for all), and which page of the list, from 1."""

    portal: str
    page: int

    @property
    def offset(self) -> int:
        """How many rows stand before this page."""
        return (self.page - 1) * PAGE_SIZE


def asked(request: Request) -> Asked:
    """Read an address; a page that is no number is the first."""
    page = request.args.get("page") or "1"
    return Asked(request.args.get("portal") or "", max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1)


def words_for(request: Request) -> Words:
    """How the reader's language says things."""
    language = language_of(request)
    return Words(translator(language), language)


def split(rows: Sequence[Row]) -> tuple[Sequence[Row], bool]:
    """The rows of a page, of which one more was looked up, and whether there are more."""
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def other_form(
    datasette: Datasette,
    request: Request,
    name: str,
    rows: Sequence[Row],
    next_page: int | None,
    entries: Callable[[Sequence[Row], Words, Link], list[Entry]],
    feed_rows: Sequence[Row] | None = None,
    beside: Mapping[str, object] | None = None,
) -> Response | None:
    """The rows as JSON or as a feed, where the address asks for one; null where it asks for the page.

    `feed_rows` stand in the feed, where they are others than those of the page; `beside` stands in the JSON as well.
    """
    if request.url_vars["format"] == ".json":
        return as_json(datasette, request, name, rows, next_page, beside)
    if request.url_vars["format"] == ".atom":
        told = entries(
            rows if feed_rows is None else feed_rows, words_for(request), partial(link_to, datasette, request)
        )
        return as_feed(datasette, request, name, told)
    return None


def as_json(
    datasette: Datasette,
    request: Request,
    name: str,
    rows: Sequence[Row],
    next_page: int | None,
    beside: Mapping[str, object] | None = None,
) -> Response:
    """The rows of a page, the address of the next one, and what else stands beside them."""
    following = own_link(datasette, request, page=next_page) if next_page else None
    return Response.json({**(beside or {}), name: list(rows), "next": following})


def as_feed(datasette: Datasette, request: Request, name: str, entries: Sequence[Entry]) -> Response:
    """An Atom feed. Its texts are "NAME.page" and "NAME.intro" in the catalogue."""
    words, portal = words_for(request), request.args.get("portal") or ""
    site = words.t("site.name")
    feed = Feed(
        id=name_of("feed", name, portal),
        title=f"{words.t(f'{name}.page')} – {portal or site}",
        subtitle=words.t(f"{name}.intro"),
        link=link_to(datasette, request, _of_portal(_PAGES.get(name, f"/{name}"), portal)),
        own_link=own_link(datasette, request),
        author=site,
        language=words.language,
        entries=entries,
    )
    return Response(atom(feed), content_type="application/atom+xml; charset=utf-8")


def link_to(datasette: Datasette, request: Request, path: str) -> str:
    """The whole address of a path of the site."""
    return str(datasette.absolute_url(request, datasette.urls.path(path)))


def own_link(datasette: Datasette, request: Request, **changes: object) -> str:
    """The whole address of what is asked for, with other arguments: a web server in front may have taken the path away
    under which the site stands.
    """
    base = str(datasette.setting("base_url"))
    path = f"/{str(request.path).removeprefix(base).removeprefix('/')}"
    kept: Mapping[str, object] = {name: request.args.get(name) for name in request.args} | changes
    return link_to(datasette, request, f"{path}?{urlencode(kept)}" if kept else path)


def data_of(table: str, query: str, portal: str = "", own: Sequence[Form] = (), key: str | None = None) -> list[Form]:
    """Where the rows of a page are to be had: a name and a path for each form. `own` come first: JSON, Atom.

    `key` is what names each row of a table that Datasette sorts by something else: the pages of which it makes a CSV
    lose rows where many share what they are sorted by.
    """
    whole = "csv?_stream=on" + (f"&_sort={key}" if key else "")
    forms = (("CSV", whole), ("JSON lines", "jsonl"), ("Parquet", "parquet"), ("Jupyter", "ipynb"))
    paths = [*own, *((label, f"/archive/{table}.{form}") for label, form in forms), ("SQL", f"/archive/{query}")]
    return [(label, _of_portal(path, portal)) for label, path in paths]


def data_beside(rows: str, own: Sequence[Form] = (), query: str | None = None) -> list[Form]:
    """The same for rows of one article: `rows` is a path of the site with a query, and "{}" where the form stands."""
    own = [*own, ("CSV", rows.format(".csv") + "&_stream=on")]  # else a page of them
    forms = (("JSON lines", ".jsonl"), ("Parquet", ".parquet"), ("Jupyter", ".ipynb"))
    return [*own, *((name, rows.format(form)) for name, form in forms), *([("SQL", query)] if query else [])]


def _of_portal(path: str, portal: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}portal={quote(portal)}" if portal else path
