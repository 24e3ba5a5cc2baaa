"""What the selectors of a platform mean, made ready for the one pass over a page.

A selector is one element's: `p.lead`, `.lead`, `#news-bodyhtml`, `h1[itemprop=headline]`. An id also counts where it
ends a longer one behind `_`: `#PostDate` is `ctl00_Main_ctl07_PostDate` too, whose numbers vary by page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from lxml import etree

from archiver.portals import Selectors

_FORM = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<class>[^\s.#\[\]]+)|#(?P<id>[^\s.#\[\]]+)|\[itemprop=(?P<itemprop>\w+)\])"
)
NOT_BODY = "not_body"
_NOBODY = "\n"  # no id ends with it

Found = tuple[tuple[str, int, str | None], ...]  # part, rank of its selector in it, tag


class Selector(NamedTuple):
    """One selector, taken apart."""

    tag: str | None
    by: Literal["class", "id", "itemprop"]
    name: str


class Compiled(NamedTuple):
    """What attributes mean on a platform. Few ids end as a selector says: whether one does is asked first."""

    by_class: Callable[[str], Found]
    id_ends: tuple[str, ...]
    by_id: Callable[[str], Found]
    by_itemprop: Callable[[str], Found]


def taken_apart(selector: str) -> Selector:
    """A selector's tag, attribute and value. Raises ValueError for what is none.

    >>> taken_apart("h1[itemprop=headline]"), taken_apart("#_label")
    (Selector(tag='h1', by='itemprop', name='headline'), Selector(tag=None, by='id', name='_label'))
    """
    match = _FORM.fullmatch(selector)
    if match is None:
        raise ValueError(f"{selector!r} is no selector: tag.class, .class, #id or [itemprop=name]")
    for by in ("class", "id", "itemprop"):
        if match[by]:
            return Selector(match["tag"], by, match[by])
    raise AssertionError(selector)


@lru_cache(maxsize=512)  # one value for each platform, and for each portal that says otherwise
def compiled(selectors: Selectors) -> Compiled:
    """All that the pass over a page asks, for every part but what stands within the body."""
    known: dict[str, dict[str, Found]] = {"class": {}, "id": {}, "itemprop": {}}
    for part in _PARTS:
        for rank, (tag, by, name) in enumerate(map(taken_apart, getattr(selectors, part))):
            known[by][name] = (*known[by].get(name, ()), (part, rank, tag))
    return Compiled(
        _of_words(known["class"]), tuple(known["id"]) or (_NOBODY,), _of_id(known["id"]), _of_words(known["itemprop"])
    )


@cache
def furniture_of(selectors: Selectors) -> etree.XPath | None:
    """Finds what stands within the body's element and is none of it; null where a platform knows no such thing."""
    conditions = [_condition(taken_apart(each)) for each in selectors.not_body]
    return etree.XPath(f"descendant::*[{' or '.join(conditions)}]") if conditions else None


_PARTS = tuple(each.name for each in fields(Selectors) if each.name != NOT_BODY)


def _of_words(known: dict[str, Found]) -> Callable[[str], Found]:
    @lru_cache(maxsize=4096)
    def found(words: str) -> Found:
        return tuple(part for word in words.split() for part in known.get(word, ()))

    return found


def _of_id(known: dict[str, Found]) -> Callable[[str], Found]:
    def found(value: str) -> Found:
        return tuple(part for name, parts in known.items() if _is_named(value, name) for part in parts)

    return found


def _is_named(value: str, name: str) -> bool:
    return value == name or value.endswith(name if name.startswith("_") else f"_{name}")


def _condition(selector: Selector) -> str:
    tag, by, name = selector
    own = f"self::{tag} and " if tag else ""
    if by == "class":
        return f"({own}contains(concat(' ', normalize-space(@class), ' '), ' {name} '))"
    if by == "itemprop":
        return f"({own}contains(concat(' ', normalize-space(@itemprop), ' '), ' {name} '))"
    end = name if name.startswith("_") else f"_{name}"
    return f"({own}(@id = '{name}' or substring(@id, string-length(@id) - {len(end) - 1}) = '{end}'))"
