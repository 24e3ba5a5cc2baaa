"""The lead, where it has no place of its own in the platform's markup: a first block set apart from the rest."""

from __future__ import annotations

import re

from archiver.reading.captions import is_numbered
from archiver.reading.fragment import Block

_SHORTEST = 60  # characters, unless it ends as a sentence does
_TELLING = 3  # blocks behind the first that tell whether it has a container of its own
_SENTENCE_END = re.compile(r"[.!?…]['”\"’)]?$")
_CONTAINERS = frozenset(("div", "td", "section", "article", "main", "center"))


def is_lead(first: Block, rest: list[Block]) -> bool:
    """Whether a first block is the lead of the rest: set apart by a heading, bold, italic or its own container."""
    return _reads_as_lead(first) and _is_set_apart(first, rest)


def can_tell(blocks: list[Block]) -> bool:
    """Whether so much of a cut-off article is there that its first block is certainly the lead, or certainly not."""
    if len(blocks) < 2 or not blocks[0].text:
        return False
    first, second = blocks[0], blocks[1]
    return len(blocks) > _TELLING + 1 or _is_set_apart(first, [second]) or first.path[:-1] == second.path[:-1]


def _reads_as_lead(block: Block) -> bool:
    text = block.text
    if not text or block.is_data or is_numbered(text) or text.isupper() or text.endswith(":"):
        return False
    return len(text) >= _SHORTEST or _SENTENCE_END.search(text) is not None


def _is_set_apart(first: Block, rest: list[Block]) -> bool:
    if not rest:
        return False
    styles = ((first.style.heading, rest[0].style.heading), (first.bold, rest[0].bold), (first.italic, rest[0].italic))
    return any(own and not other for own, other in styles) or _has_own_container(first, rest[:_TELLING])


def _has_own_container(first: Block, rest: list[Block]) -> bool:
    """Whether the rest shares a container that the first block is not in."""
    if len(rest) < 2:
        return False
    shared = min(_length_in_common(rest[0].path, block.path) for block in rest[1:])
    with_first = _length_in_common(rest[0].path[:shared], first.path)
    return any(tag in _CONTAINERS for tag in rest[0].path_tags[with_first:shared])


def _length_in_common(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    for length, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return length
    return min(len(one), len(other))
