"""What a page tells machines: its title, and when it was published. It counts where it agrees with what a person sees.

It is written by the same system as the page, often from another field, and copied between templates: it may name the
portal instead of the article, the day of an import, or another article in a list. So it only ever completes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from archiver.reading.lines import Element
from archiver.reading.words import key
from archiver.vietnamese.dates import DateReading, Order
from archiver.vietnamese.machine_dates import read_told_date
from archiver.vietnamese.text import clean

_MARKS = (b"datePublished", b"published_time", b"pubdate")  # no other page is gone through for dates
_DATED = etree.XPath("//meta[@property='article:published_time' or @name='pubdate'] | //*[@itemprop='datePublished']")
_LINKED_DATA = etree.XPath("//script[@type='application/ld+json']")
_LONGEST = 200_000  # characters of linked data
_MOST_NODES = 500
_NEWS, _ARTICLES = "NewsArticle", "Article"  # at the end of types: there is ReportageNewsArticle
_OTHER_HALF_OF_DAY = timedelta(hours=12)
_HALVES = ("SA", "CH", "AM", "PM")
_SHORTEST_TITLE = 8  # characters


@dataclass(frozen=True, slots=True)
class Stated:
    """A moment that the markup gives for the article; `title` is what it calls it, null where it doesn't say."""

    date: DateReading
    title: str | None
    is_news: bool = False  # of the type NewsArticle: systems tell of pages like "Giới thiệu" as articles too


def stated(root: Element, body: bytes, order: Order) -> tuple[Stated, ...]:
    """Every moment of publication that a page tells machines; none where rows of a list each give their own."""
    if not any(mark in body for mark in _MARKS):
        return ()
    return (*_in_elements(root, order), *_in_linked_data(root, order))


def title_for_machines(root: Element) -> str:
    """`og:title`; "" where there is none."""
    for meta in root.iterfind("head/meta"):
        if meta.get("property") == "og:title":
            return clean(meta.get("content", ""))
    return ""


def completed(date: DateReading, said: tuple[Stated, ...], title: str | None) -> DateReading | None:
    """A header's date with what the markup knows better of the same day: the minute, the second; null if nothing.

    Of a time that differs the page's stands, unless it is the same hour of the other half of the day and the page does
    not say which: some systems print hours up to twelve and no more.
    """
    agreeing = (each.date for each in said if each.date.on == date.on and _is_of(each, title))
    for each in agreeing:
        if each.at is not None and _completes(date, each):
            return replace(date, at=each.at, precision=each.precision)
    return None


def alone(said: tuple[Stated, ...], title: str | None, captured_at: datetime | None) -> DateReading | None:
    """The date of an article whose page shows none: only if all that is said of it is of one day before the capture."""
    own = [each.date for each in said if _is_of(each, title)]
    if not own or len(own) < len(said) or len({each.on for each in own}) != 1:
        return None
    finest = max(own, key=lambda each: ("day", "hour", "minute", "second").index(each.precision or "day"))
    if finest.on is None or (captured_at is not None and finest.at is not None and finest.at > captured_at):
        return None
    return finest


def headline(said: tuple[Stated, ...]) -> str | None:
    """What a page tells machines that its news is called; null where it tells of no news, or of several."""
    names = {clean(each.title) for each in said if each.is_news and each.title}
    return names.pop() if len(names) == 1 else None


def _completes(date: DateReading, other: DateReading) -> bool:
    if date.at is None or other.at is None:
        return date.at is None
    if date.at.replace(second=0) == other.at.replace(second=0):
        return date.precision != "second" and other.precision == "second"
    half_is_said = any(half in date.raw.upper().split() for half in _HALVES)
    apart = abs(date.at.replace(second=0) - other.at.replace(second=0))
    return apart == _OTHER_HALF_OF_DAY and date.at.hour <= 12 and not half_is_said


def _is_of(said: Stated, title: str | None) -> bool:
    """Whether what is said is said of this article, as far as a title beside it tells."""
    if said.title is None or not title:
        return True
    one, other = key(clean(said.title)), key(title)
    shorter = min(one, other, key=len)
    return one == other or (len(shorter) >= _SHORTEST_TITLE and (one.startswith(other) or other.startswith(one)))


def _in_elements(root: Element, order: Order) -> Iterator[Stated]:
    texts = {}
    for element in _DATED(root):
        text = element.get("content") or element.get("datetime") or "".join(element.itertext())
        texts[clean(text)] = element
    dates = [date for date in (read_told_date(text, order) for text in texts) if date is not None]
    if len({date.on for date in dates}) == 1:
        yield from (Stated(date, None) for date in dates)


def _in_linked_data(root: Element, order: Order) -> Iterator[Stated]:
    found = [
        Stated(date, str(title) if title else None, _is_of_type(node, _NEWS))
        for script in _LINKED_DATA(root)
        for node in _nodes(script.text or "")
        if _is_of_type(node, _ARTICLES)
        if (date := read_told_date(str(node.get("datePublished", "")), order)) is not None
        for title in [node.get("headline") or node.get("name")]
    ]
    yield from (each for each in found if each.title or len(found) == 1)


def _is_of_type(node: dict[str, Any], name: str) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(name) for kind in kinds)


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """The objects of linked data, outer ones first. What is no JSON tells machines nothing, and a reader no more."""
    if len(text) > _LONGEST:
        return
    try:
        waiting = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting += [each for each in node.values() if isinstance(each, dict | list)]
        elif isinstance(node, list):
            waiting += node
