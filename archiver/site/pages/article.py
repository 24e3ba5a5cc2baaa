"""/a/KEY : an article as a person reads it, with all that the archive knows of it, and how to cite it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from archiver.site.blocks import blocks_of
from archiver.site.citing.bibtex import bibtex
from archiver.site.citing.embedded import coins, tags
from archiver.site.citing.plain import plain
from archiver.site.citing.reference import Reference
from archiver.site.citing.ris import ris
from archiver.site.dossier import Dossier, changed_fields, dossier
from archiver.site.evidence import has_evidence
from archiver.site.languages import LANGUAGES
from archiver.site.pages.absent import no_article
from archiver.site.pages.answering import ask, page
from archiver.site.pages.citations import csl_text, reference_to
from archiver.site.pages.formats import Form, data_beside

if TYPE_CHECKING:  # Datasette loads its plugins while it is loaded itself
    from datasette.app import Datasette


async def article(datasette: Datasette, request: Request) -> Response:
    """One article."""
    key = request.url_vars["key"]
    known = await ask(datasette, partial(dossier, key=key))
    if known is None:
        return await no_article(datasette, request, key)
    reference = reference_to(datasette, request, known.article, known.version)
    values = _values(known) | _citing(reference) | {"has_evidence": has_evidence(datasette), "data": _data(key)}
    return await page(datasette, request, "article.html", values)


def _data(key: str) -> list[Form]:
    return data_beside(f"/archive/versions{{}}?article_key={key}", [("JSON", f"/a/{key}.json")])


def _values(known: Dossier) -> dict[str, object]:
    return {
        "article": known.article,
        "version": known.version,
        "authorities": known.authorities,
        "blocks": blocks_of(known.version["body"]),
        "revisions": known.revisions,
        "images": known.images,
        "attachments": [row | {"problems": json.loads(row["text_problems"] or "[]")} for row in known.attachments],
        "captures": known.captures,
        "capture_count": known.capture_count,
        "events": known.events,
        "elsewhere": known.elsewhere,
        "listings": known.listings,
        "is_listed_further": known.is_listed_further,
        "mentions": known.mentions,
        "problems": known.problems,
        "neighbours": known.neighbours,
        "moved_to": next((event["detail"] for event in known.events if event["event"] == "moved"), None),
        "changed_fields": changed_fields,
    }


def _citing(reference: Reference) -> dict[str, object]:
    return {
        "reference": reference,
        "coins": coins(reference),
        "tags": tags(reference),
        "plain": [(language, plain(reference, language)) for language in LANGUAGES],
        "files_to_cite": [
            ("BibTeX", "bib", bibtex(reference)),
            ("RIS", "ris", ris(reference).replace("\r\n", "\n")),
            ("CSL-JSON", "csl.json", csl_text(reference)),
        ],
    }
