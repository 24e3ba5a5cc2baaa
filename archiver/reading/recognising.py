"""Which platform made a page: by the strings that only its pages hold, and by what its selectors find in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archiver.portals.model import Platform, Portal
from archiver.portals.platforms import PLATFORMS
from archiver.portals.platforms.landmarks import LANDMARKS
from archiver.reading.lines import Element
from archiver.reading.outline import outline
from archiver.reading.tree import parse

_TELLING_PARTS = ("title", "lead", "date", "body", "list_item")
_ENOUGH = 2  # signs and parts together: one alone may stand on a page by chance
CERTAIN = 5
"""So many signs and parts leave no doubt."""
_UNNAMED = "https://portal.example/"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A platform, and what speaks for it."""

    platform: Platform
    confidence: float  # 0 for none recognised, 1 for certain
    signs: tuple[str, ...] = ()  # that stand on the page
    parts: tuple[str, ...] = ()  # that the platform's selectors find


def recognised(body: bytes, content_type: str | None = None) -> Recognised:
    """The platform that a page looks like; landmarks only, with confidence 0, where none does or two do alike."""
    root = parse(body, content_type).root
    if root is None:
        return Recognised(LANDMARKS, 0.0)
    likely = (_likeness(each, body, root) for each in PLATFORMS.values() if each.signs)
    found = sorted(likely, key=_points, reverse=True)
    if not found or _points(found[0]) < _ENOUGH or (len(found) > 1 and _points(found[0]) == _points(found[1])):
        return Recognised(LANDMARKS, 0.0)
    return replace(found[0], confidence=min(1.0, _points(found[0]) / CERTAIN))


def _likeness(platform: Platform, body: bytes, root: Element) -> Recognised:
    signs = tuple(each for each in platform.signs if each.encode() in body)
    parts = outline(root, _portal_on(platform), _UNNAMED).parts
    return Recognised(platform, 0.0, signs, tuple(part for part in _TELLING_PARTS if part in parts))


def _points(found: Recognised) -> int:
    """A sign counts for one; so does a part, but only beside a sign: other systems name classes alike."""
    return len(found.signs) + len(found.parts) if found.signs else 0


def _portal_on(platform: Platform) -> Portal:
    return Portal("unknown", "", _UNNAMED, "", "", platform, ("portal.example",))
