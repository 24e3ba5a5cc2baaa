"""Two sorted sequences, one step at a time: what both have, and what only one has, without holding either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")


def side_by_side(
    one: Iterator[Item], other: Iterator[Item], key: Callable[[Item], Any]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Pairs of items with the same key; null beside an item that only one side has. Both are sorted by that key.

    >>> list(side_by_side(iter("abb"), iter("bcc"), key=str))
    [('a', None), ('b', 'b'), ('b', None), (None, 'c'), (None, 'c')]
    """
    left, right = next(one, None), next(other, None)
    while left is not None or right is not None:
        order = _order(left, right, key)
        yield (left if order <= 0 else None, right if order >= 0 else None)
        if order <= 0:
            left = next(one, None)
        if order >= 0:
            right = next(other, None)


def _order(left: Item | None, right: Item | None, key: Callable[[Item], Any]) -> int:
    """Below nought if the left item comes first, above if the right one does."""
    if left is None or right is None:
        return 1 if left is None else -1
    if left == right:
        return 0
    first, second = key(left), key(right)
    return 0 if first == second else -1 if first < second else 1
