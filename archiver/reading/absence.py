"""Pages that say there is nothing: what a portal answers, often with status 200, where an article has been removed.

And pages that are another site's: a portal that was given up goes on to answer, with a parked domain or a successor.
"""

from __future__ import annotations

import re

from archiver.portals import Portal
from archiver.reading.lines import Line, Outline
from archiver.reading.words import key

_THING = r"(?:trang(?: web| tin)?|noi dung|bai(?: viet)?|tin(?: bai| tuc)?|duong dan|lien ket|dia chi|du lieu|tai lieu)"
_SAYS_MISSING = re.compile(
    r"(?:xin loi|rat tiec|sorry|the|this)?[,.!: ]*(?:"
    rf"khong (?:tim|the tim) thay {_THING}"
    rf"|{_THING}\b.{{0,40}} (?:khong (?:con )?ton tai|khong (?:duoc )?tim thay|(?:da )?bi (?:xoa|go)|da (?:xoa|go) bo)"
    r"|(?:requested )?(?:page|file|directory|resource|item|article|content)\b.{0,40} "
    r"(?:not found|cannot be found|could not be found|does not exist|no longer exists|has been (?:removed|deleted))"
    r"|(?:loi|error)? ?404(?: [-–:]? ?(?:not found|khong tim thay))?$)"
)
_LONGEST_NOTICE = 200  # characters; a text about something that was not found is longer


def says_missing(page: Outline) -> bool:
    """Whether a page that shows no article says that there is none."""
    return any(_is_notice(line) for line in page.lines) or _SAYS_MISSING.match(key(page.window_title)) is not None


def names_portal(page: Outline, portal: Portal) -> bool:
    """Whether a page names the place whose portal it is meant to be, anywhere a person can see."""
    names = [key(name) for name in (place_of(portal), *portal.site_names)]
    shown = [key(page.window_title), *(key(line.text) for line in page.lines)]
    return any(name in text for name in names for text in shown) or any(
        name in key(text) for name in names for _, menu in page.menus for _, text in menu
    )


def place_of(portal: Portal) -> str:
    """The place in a portal's name, without what kind of office and of site it is.

    >>> from archiver.portals import PORTALS
    >>> place_of(PORTALS["myhao"])
    'Mỹ Hào'
    """
    _, _, place = portal.name.partition(portal.unit_type) if portal.unit_type else ("", "", "")
    return place.strip() or portal.name


def _is_notice(line: Line) -> bool:
    return not line.is_link and len(line.text) <= _LONGEST_NOTICE and _SAYS_MISSING.match(key(line.text)) is not None
