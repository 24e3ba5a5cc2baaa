"""Which fields of a page were read right, judged by the made-up portal's own input data."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from archiver.demo import RowTruth, StoryTruth
from bench.pages import PageSet
from bench.timing import Found

OUR_FIELDS = (
    "title", "day", "body", "lead", "section", "author", "images, captions", "attachments", "list rows",
)  # fmt: skip
CHROME = ("Tin mới nhất", "100%", "Đăng ngày", "Lượt xem", "người đang online")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TAG = re.compile(r"<[^>]*>")

Right = dict[str, int | None]  # field: on how many pages it is right; null where the tool has no such field


def ours_right(pages: PageSet, found: Sequence[Found]) -> Right:
    """Every field must be exactly what was published."""
    truths = [_truth(story, rows) for story, rows in zip(pages.stories, pages.boxes, strict=True)]
    return {
        field: sum(one.get(field) == truth[field] for one, truth in zip(found, truths, strict=True))
        for field in OUR_FIELDS
    }


def peers_right(pages: PageSet, found: Sequence[Found]) -> Right:
    """White space, invisible characters, layout of tables and what else is kept of the article are left to the tool.

    `all text` asks for every paragraph of the body, `body` also for nothing of the page around the article.
    """
    judged = [_judged(*each) for each in zip(found, pages.stories, pages.boxes, strict=True)]
    return {field: _sum(each[field] for each in judged) for field in ("title", "day", "all text", "body")}


def _truth(story: StoryTruth, rows: Iterable[RowTruth]) -> Found:
    return {
        "title": story.title,
        "day": story.published_on,
        "body": story.body,
        "lead": story.lead,
        "section": story.section,
        "author": story.author,
        "images, captions": [list(image) for image in story.images],
        "attachments": [list(attachment) for attachment in story.attachments],
        "list rows": [[row.url, row.title, row.listed_at] for row in rows],
    }


def _judged(found: Found, story: StoryTruth, rows: Iterable[RowTruth]) -> dict[str, bool | None]:
    text = bare(_text_of(found))
    is_complete = all(part in text for part in _parts(story.body))
    chrome = [*CHROME, *(row.title for row in rows)]
    return {
        "title": bare(str(found.get("title") or "")) == bare(story.title),
        "day": found["day"] == story.published_on if "day" in found else None,
        "all text": is_complete,
        "body": is_complete and not any(bare(each) in text for each in chrome if not _says(story, each)),
    }


def _text_of(found: Found) -> str:
    """The body as text; of readability's HTML, what is left without its tags."""
    if "html" in found:
        return html.unescape(_TAG.sub(" ", str(found["html"])))
    return str(found.get("body") or "")


def _parts(body: str) -> list[str]:
    """The paragraphs of a body; of a table, its cells, so that it does not matter how they are laid out."""
    return [bare(cell) for paragraph in body.split("\n\n") for cell in paragraph.split(" | ")]


def _says(story: StoryTruth, words: str) -> bool:
    """Whether the article itself says something."""
    own = (story.title, story.lead, story.body, story.author_raw, *(caption for _, caption in story.images))
    return any(bare(words) in bare(text) for text in own if text)


def bare(text: str) -> str:
    r"""Letters and signs alone: composed, without white space, without what cannot be seen.

    >>> bare(" Mỹ\u200b\n  Hào ")
    'MỹHào'
    """
    return "".join(_INVISIBLE.sub("", normalize("NFC", text)).split())


def _sum(rights: Iterable[bool | None]) -> int | None:
    known = [right for right in rights if right is not None]
    return sum(known) if known else None
