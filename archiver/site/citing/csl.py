"""A reference as CSL-JSON, for Zotero, pandoc and every other processor of citation styles."""

from __future__ import annotations

from archiver.site.citing.reference import Reference, year_month_day

Item = dict[str, object]


def csl(reference: Reference) -> Item:
    """One item; a file of CSL-JSON is a list of them. Names are `literal`: no style turns them round."""
    item: Item = {
        "id": reference.name,
        "type": "webpage",
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "container-title": reference.publisher,
        "publisher": reference.publisher,
        "issued": _date(reference.published_on) if reference.published_on else None,
        "accessed": _date(reference.archived_on),
        "URL": reference.url,
        "archive": reference.archive,
        "archive_location": reference.permalink,
        "language": "vi",
        "version": str(reference.revision),
        "note": reference.proof,
    }
    return {name: value for name, value in item.items() if value}


def _date(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(year_month_day(day))]}
