"""Revisions of articles: what of a page counts as content, and what one version has that another has not."""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archiver.items import Article
from archiver.store.databases.opening import insert
from archiver.store.evidence.captures import Capture
from archiver.store.ground.keys import digest_of, sha256
from archiver.store.interpretation.uncounted import files_themselves, without_counters

CONTENT_COLUMNS = ("title", "lead", "body", "section", "author_raw", "published_raw", "images", "attachments")
_LONGEST_BY_CHARACTER = 1_500  # texts whose characters are compared one by one; longer ones by words
_MOST_PIECES = 2_000  # that are compared with one another: the time grows with their square
_WORDS = re.compile(r"\s*\S+\s*")  # with the space behind them: together they are the text
MOST_BLOCKS = 40  # of a revision that are remembered
_FIELDS = ("lead", "section", "author_raw", "published_raw")  # each is a block of its own
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Content:
    """What of an article counts: when any of it changes, that is a revision."""

    title: str | None
    lead: str | None
    body: str | None
    section: str | None
    author_raw: str | None
    published_raw: str | None
    images: str  # JSON
    attachments: str

    @property
    def digest(self) -> str:
        """One digest of all that is compared."""
        return sha256(as_json(self._compared()).encode())

    @property
    def compared(self) -> Content:
        """What versions are compared by: neither counters of readers nor what keeps a cache from its file."""
        return Content(*self._compared())

    def _compared(self) -> tuple[Any, ...]:
        return (
            self.title,
            without_counters(self.lead),
            without_counters(self.body),
            self.section,
            self.author_raw,
            self.published_raw,
            files_themselves(self.images),
            files_themselves(self.attachments),
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """What one version has that another has not."""

    changed_fields: str  # JSON
    chars_added: int  # of title, lead and text
    chars_removed: int


@dataclass(frozen=True, slots=True)
class Latest:
    """The revision that an article stands at."""

    number: int
    digest: str
    content: Content


def content_of(article: Article) -> Content:
    """The content of an article as its page shows it."""
    return Content(
        article.title,
        article.lead,
        article.body,
        article.section,
        article.author_raw,
        article.published_raw,
        as_json([asdict(image) for image in article.images]),
        as_json([asdict(attachment) for attachment in article.attachments]),
    )


def text_digest(article: Article) -> str:
    """What an article is known by at another address: title, text and day, without the section; without a text, files.

    Lead and text are one: what sets the lead apart in one place may not in another.
    """
    content = content_of(article).compared
    text = "\n\n".join(filter(None, (content.lead, content.body)))
    shown = text or [content.images, content.attachments]
    return digest_of(as_json([article.title, article.published_on, shown]).encode())


def latest_revision(db: Database, key: str) -> Latest | None:
    """The newest revision of an article; null for one that has none."""
    row = db.execute(
        f"SELECT number, content_sha256, {', '.join(CONTENT_COLUMNS)} FROM versions WHERE article_key = ?"
        " ORDER BY number DESC LIMIT 1",
        (key,),
    ).fetchone()
    return Latest(row[0], row[1], Content(*row[2:])) if row else None


def save_revision(
    db: Database, key: str, capture: Capture, article: Article, content: Content, before: Latest | None
) -> int:
    """Add a revision; returns its number. Where an old text came back, its number stands for the text."""
    number = before.number + 1 if before else 1
    same_as = db.execute(
        "SELECT min(number) FROM revisions WHERE article_key = ? AND content_sha256 = ?", (key, content.digest)
    ).fetchone()[0]
    changes = _changes(before.content, content) if before else {"cause": "first", "chars_added": 0, "chars_removed": 0}
    row = {
        "article_key": key,
        "number": number,
        "capture_key": capture.capture_key,
        "captured_at": capture.captured_at,
        "same_as": same_as,
        "content_sha256": content.digest,
        "text_sha256": text_digest(article),
    } | changes
    texts = asdict(content) | {"author": article.author}
    insert(db, "revisions", row if same_as else row | texts)
    return number


def content_at(db: Database, key: str, number: int) -> Content:
    """The content of a revision that is known to be there."""
    columns = ", ".join(CONTENT_COLUMNS)
    row = db.execute(f"SELECT {columns} FROM versions WHERE article_key = ? AND number = ?", (key, number)).fetchone()
    return Content(*row)


def edit_between(before: Content, after: Content) -> Edit:
    """What differs in two versions, of what counts."""
    before, after = before.compared, after.compared
    changed = [name for name in CONTENT_COLUMNS if getattr(before, name) != getattr(after, name)]
    return Edit(as_json(changed), *_difference(before, after))


def without_blocks(content: Content, blocks: Collection[str]) -> Content:
    """What counts of a version, without some paragraphs, named as in the column `blocks`, whatever happened to them."""
    content = content.compared
    names = {block[1:] for block in blocks}

    def is_kept(text: str) -> bool:
        return _without_numbers(text) not in names

    body = "\n\n".join(filter(is_kept, (content.body or "").split("\n\n")))
    lists = {
        name: as_json([each for each in json.loads(getattr(content, name)) if is_kept(as_json(each))])
        for name in ("images", "attachments")
    }
    fields: dict[str, Any] = {
        name: getattr(content, name) if is_kept(f"{name}:{getattr(content, name)}") else None for name in _FIELDS
    }
    return Content(title=content.title, body=body or None, **fields, **lists)


def _changes(before: Content, after: Content) -> dict[str, object]:
    edit = asdict(edit_between(before, after))
    blocks = _changed_blocks(before.compared, after.compared)
    return {"cause": "publisher", **edit, "blocks": as_json(sorted(blocks)[:MOST_BLOCKS])}


def _changed_blocks(before: Content, after: Content) -> Iterator[str]:
    """What came ("+"), went ("-") and changed in its numbers alone ("~"), paragraph by paragraph, as digests.

    A template puts the same into many articles; what it puts there may carry a date or a counter.
    """
    old, new = Counter(_blocks(before)), Counter(_blocks(after))
    came, went = {_without_numbers(text) for text in new - old}, {_without_numbers(text) for text in old - new}
    yield from (f"+{block}" for block in came - went)
    yield from (f"-{block}" for block in went - came)
    yield from (f"~{block}" for block in came & went)


def _without_numbers(text: str) -> str:
    """A digest of a text that is the same whatever numbers stand in it."""
    return digest_of(_DIGITS.sub("#", text).encode())


def _blocks(content: Content) -> Iterator[str]:
    yield from (content.body or "").split("\n\n")
    yield from (f"{name}:{getattr(content, name)}" for name in _FIELDS)
    yield from map(as_json, [*json.loads(content.images), *json.loads(content.attachments)])


def _difference(before: Content, after: Content) -> tuple[int, int]:
    """How many characters of title, lead and body were added and removed."""
    old, new = ("\n\n".join(filter(None, (each.title, each.lead, each.body))) for each in (before, after))
    start = _shared_length(old, new)
    end = _shared_length(old[start:][::-1], new[start:][::-1])
    one, other = (_pieces(text[start : len(text) - end]) for text in (old, new))
    if max(len(one), len(other)) > _MOST_PIECES:
        return sum(map(len, other)), sum(map(len, one))
    added = removed = 0
    for kind, first, last, other_first, other_last in difflib.SequenceMatcher(
        a=one, b=other, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            removed += sum(map(len, one[first:last]))
            added += sum(map(len, other[other_first:other_last]))
    return added, removed


def _shared_length(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _pieces(text: str) -> list[str]:
    """What is compared: characters of a short text, words of a longer one, paragraphs of a long one."""
    if len(text) <= _LONGEST_BY_CHARACTER:
        return list(text)
    words = _WORDS.findall(text)
    return words if len(words) <= _MOST_PIECES else text.splitlines(keepends=True)


def as_json(value: object) -> str:
    """As JSON columns are written: the letters as they are."""
    return json.dumps(value, ensure_ascii=False)
