"""Changes that came to many articles at once: a template's, not the publishers', until later days say otherwise.

A block is a paragraph that came, went, or changed in its numbers alone (a counter). One that most of the changed
articles of a day share is a batch's. A revision that brings nothing else carries `batch_flag` 1 and is no edit; what
one brings beside the block is an edit all the same, of just that. An article agrees to a block once two later days have
shown it standing; when half of those in which it was found agree, and it did not go again from half of them, it is
content wherever it came, then and later: the flag becomes 0. A few articles speak for the rest neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.store.batches.evidence import Change, Evidence

_FEWEST_RECHECKED = 20
_FEWEST_CHANGED = 5
_DAYS_THAT_AGREE = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """A block that came to many articles, from the day on which it was found."""

    block: str
    found_at: str
    is_content: bool


def batches_of(evidence: Evidence) -> list[Batch]:
    """The blocks that came, went or moved on with many articles at once."""
    found: dict[str, Batch] = {}
    for day, changes in _by_day(evidence.changes).items():
        if len(changes) >= _FEWEST_CHANGED and evidence.rechecked_on(day) >= _FEWEST_RECHECKED:
            for block in _shared(changes):
                if block not in found:
                    found[block] = Batch(block, changes[0].captured_at, _is_content(evidence, block, changes))
    return list(found.values())


def held_blocks(changes: Iterable[Change], batches: list[Batch]) -> dict[Change, frozenset[str]]:
    """The changes that carry a batch's block, whatever has happened to it since; and which of theirs are held back."""
    by_text: dict[str, list[Batch]] = defaultdict(list)
    for batch in batches:
        by_text[_text(batch.block)].append(batch)
    told = {}
    for change in changes:
        carried = {
            block: [each for each in by_text.get(_text(block), []) if each.found_at <= change.captured_at]
            for block in change.blocks
        }
        if any(carried.values()):
            told[change] = frozenset(
                block for block, found in carried.items() if found and not _is_settled(block, found)
            )
    return told


def _is_settled(block: str, found: list[Batch]) -> bool:
    """Whether a block is content: never so by the text around it, if it is a counter that moves on."""
    is_known = block[0] != "~" or any(batch.block == block for batch in found)
    return is_known and all(batch.is_content for batch in found)


def _by_day(changes: list[Change]) -> dict[str, list[Change]]:
    by_day: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_day[change.day].append(change)
    return by_day


def _shared(changes: list[Change]) -> list[str]:
    counts = Counter(block for change in changes for block in change.blocks)
    return sorted(block for block, count in counts.items() if 2 * count > len(changes))


def _text(block: str) -> str:
    """What a block says, whether it came, went or changed."""
    return block[1:]


def _undone(block: str) -> str | None:
    """The same block the other way: what came has gone."""
    return {"+": "-", "-": "+"}[block[0]] + block[1:] if block[0] in "+-" else None


def _is_content(evidence: Evidence, block: str, changes: list[Change]) -> bool:
    """Whether half of the articles in which a block was found agree to it, and it went again from fewer."""
    found = [change for change in changes if block in change.blocks]
    went = [_went(evidence, block, change) for change in found]
    agree = sum(_agrees(evidence, block, change, gone) for change, gone in zip(found, went, strict=True))
    return 2 * agree >= len(found) > 2 * sum(gone is not None for gone in went)


def _went(evidence: Evidence, block: str, change: Change) -> int | None:
    """The later revision of an article that undoes a block; null if none does."""
    undone = _undone(block)
    later = (each for each in evidence.of(change.article_key) if each.number > change.number)
    return next((each.number for each in later if undone in each.blocks), None)


def _agrees(evidence: Evidence, block: str, change: Change, gone: int | None) -> bool:
    """Whether two later days showed an article with a block: at the revision that brought it, or one that kept it.

    A counter must have stood still.
    """
    end = change.number + 1 if block[0] == "~" else gone
    days = {
        look.day
        for look in evidence.looks_at(change.article_key)
        if look.revision >= change.number and (end is None or look.revision < end) and look.day > change.day
    }
    return len(days) >= _DAYS_THAT_AGREE
