"""A reference as RIS. A name without a comma is one name to those who read it: family-first names stay as they are."""

from __future__ import annotations

import re

from archiver.site.citing.reference import Reference

_BREAKS = re.compile(r"\s+")


def ris(reference: Reference) -> str:
    """One record, its lines ended as the format wants it."""
    lines = (f"{tag}  - {_BREAKS.sub(' ', value).strip()}" for tag, value in _fields(reference) if value)
    return "\r\n".join((*lines, "ER  - ", ""))


def _fields(reference: Reference) -> list[tuple[str, str]]:
    published = reference.published_on or ""
    return [
        ("TY", "ELEC"),
        ("ID", reference.name),
        *(("AU", name.replace(",", " ")) for name in reference.authors),
        ("TI", reference.title),
        ("T2", reference.publisher),
        ("PB", reference.publisher),
        ("PY", published[:4]),
        ("DA", f"{published.replace('-', '/')}/" if published else ""),
        ("Y2", f"{reference.archived_on.replace('-', '/')}/"),
        ("UR", reference.url),
        ("DB", reference.archive),
        ("AN", reference.permalink),  # what Zotero takes for the place in the archive
        ("LA", "vi"),
        ("N1", f"Archived {reference.archived_on}: {reference.permalink}, {reference.proof}"),
    ]
