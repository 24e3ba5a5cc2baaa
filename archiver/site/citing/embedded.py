"""A reference within a page, for whoever saves the page: COinS, the `citation_…` tags of Highwire, and Dublin Core.

Zotero takes a name apart at its last space unless it is told not to: `rft.aulast` alone, and a comma behind the whole
name in `citation_author`, are how it is told. Without the type "webpage" in Dublin Core it would take the article for
one of a journal. The address that these give is that of the archived article; the original one is its source.
"""

from __future__ import annotations

from urllib.parse import quote

from archiver.site.citing.reference import Reference

Tag = tuple[str, str]


def coins(reference: Reference) -> str:
    """The title of a `<span class="Z3988">`: an OpenURL context object in one line."""
    pairs = [
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "webpage"),
        ("rft.title", reference.title),
        *(("rft.aulast", name) for name in reference.authors),
        ("rft.date", reference.published_on),
        ("rft.source", reference.publisher),
        ("rft.publisher", reference.publisher),
        ("rft.identifier", reference.permalink),
        ("rft.language", "vi"),
    ]
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs if value)


def tags(reference: Reference) -> list[Tag]:
    """Names and contents of `<meta>` elements for the page's head."""
    published = reference.published_on or ""
    pairs = [
        ("citation_title", reference.title),
        *(("citation_author", f"{name}," if " " in name else name) for name in reference.authors),
        ("citation_publication_date", published.replace("-", "/")),
        ("citation_publisher", reference.publisher),
        ("citation_language", "vi"),
        ("citation_public_url", reference.permalink),
        ("citation_fulltext_html_url", reference.permalink),
        ("DC.type", "webpage"),
        ("DC.title", reference.title),
        *(("DC.creator", name) for name in reference.authors),
        ("DC.publisher", reference.publisher),
        ("DC.date", published),
        ("DC.language", "vi"),
        ("DC.identifier", reference.permalink),
        ("DC.source", reference.url),
    ]
    return [(name, content) for name, content in pairs if content]
