"""/a/KEY.bib, .ris, .csl.json : an article as a reference, to be opened by a reference manager."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.clock import local_day
from archiver.site.citing.bibtex import bibtex
from archiver.site.citing.csl import csl
from archiver.site.citing.reference import Reference, authors_of
from archiver.site.citing.ris import ris
from archiver.site.dossier import article_row, versions
from archiver.site.languages import language_of, translator
from archiver.site.pages.absent import no_article
from archiver.site.pages.answering import Row, ask

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


def csl_text(reference: Reference) -> str:
    """A file of CSL-JSON: a list of one item."""
    return json.dumps([csl(reference)], ensure_ascii=False, indent=2) + "\n"


_FORMS: dict[str, tuple[Callable[[Reference], str], str]] = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "csl.json": (csl_text, "application/vnd.citationstyles.csl+json"),
}


async def citation(datasette: Datasette, request: Request) -> Response:
    """The article's reference in one form."""
    key, form = request.url_vars["key"], request.url_vars["form"]
    found = await ask(datasette, partial(_article, key=key))
    if found is None:
        return await no_article(datasette, request, key)
    reference = reference_to(datasette, request, *found)
    write, media_type = _FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="{reference.name}.{form}"', "Vary": "Accept-Language"}
    return Response(write(reference), headers=headers, content_type=f"{media_type}; charset=utf-8")


def reference_to(datasette: Datasette, request: Request, article: Row, version: Row) -> Reference:
    """What a citation of an article says; the archive is called as in the reader's language."""
    t = translator(language_of(request))
    return Reference(
        portal=article["portal"],
        key=article["article_key"],
        title=article["title"] or t("untitled"),
        authors=authors_of(article["author"]),
        publisher=article["portal_name"],
        published_on=article["published_on"],
        url=article["url"],
        permalink=datasette.absolute_url(request, datasette.urls.path(f"/a/{article['article_key']}")),
        archive=t("site.name"),
        archived_on=local_day(version["captured_at"]),
        capture_key=version["capture_key"],
        sha256=version["sha256"],
        revision=version["number"],
    )


def _article(db: sqlite3.Connection, key: str) -> tuple[Row, Row] | None:
    article = article_row(db, key)
    number = article["revision_count"] if article else 0
    return (article, versions(db, key, [number])[number]) if article else None
