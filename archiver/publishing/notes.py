"""What a snapshot says for people: how it is cited (CITATION.cff), and what may be done with it (LICENSE.txt)."""

from __future__ import annotations

import json

from archiver.store.sharing.copying import Copy


def citation(name: str, title: str, copy: Copy, digest: str, portals: list[dict[str, str]], contact: str | None) -> str:
    """CITATION.cff (version 1.2.0). Those whose words it holds are its authors; `digest` is that of the database."""
    authors = [f"  - name: {_quoted(portal['name'])}\n    website: {_quoted(portal['url'])}" for portal in portals]
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(_MESSAGE)}",
        "type: dataset",
        f"title: {_quoted(title)}",
        f"version: {_quoted(name)}",
        f"date-released: {_quoted(copy.made_at[:10])}",
        "authors:",
        *authors,
        *([f"contact:\n  - name: {_quoted(contact)}"] if contact else []),
        "identifiers:",
        f"  - type: other\n    value: {_quoted('sha256:' + digest)}\n    description: SHA-256 of the database",
        f"abstract: {_quoted(_ABSTRACT)}",
    ]
    return "\n".join(lines) + "\n"


def licence(copy: Copy) -> str:
    """LICENSE.txt."""
    return _LICENCE + (_MASKED if copy.is_masked else _NOT_MASKED)


def _quoted(text: str) -> str:
    """As YAML takes any text: JSON is a part of it."""
    return json.dumps(text, ensure_ascii=False)


_MESSAGE = (
    "Cite an article with its publisher, day, address and capture, as the view citations has them; the whole as this"
)
_ABSTRACT = (
    "What portals of Vietnamese local government published, as it was captured: articles, their revisions, the lists"
    " that showed them, and the captures that prove it."
)
_LICENCE = """\
The texts and pictures in this archive belong to their publishers and authors. They are kept and shown as a record of
what public bodies published; whoever uses them further has to see to it that the law allows it.

What the archive adds (dates, addresses, keys, digests, descriptions, the structure of the database) may be used freely:
CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/

Articles that are withheld are not in it; the table "withheld" says of each when it was and for what kind of reason.
Whoever finds in it what ought not to be public, writes to the archive's operator with the article's key.
"""
_MASKED = """
Citizen numbers, telephone numbers and numbers of bank accounts are masked: • stands for each of their digits, and the
table "masked" says where. They were found by a program, which may have overlooked some, or masked what names nobody.
Pictures were not looked at.
"""
_NOT_MASKED = """
Numbers that name a person are not masked in this copy.
"""
