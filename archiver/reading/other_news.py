"""Other articles that are listed amid the text of one: rows of links under a heading of such lists."""

from __future__ import annotations

from archiver.portals.addresses import is_document
from archiver.reading.fragment import Block
from archiver.reading.words import list_heading
from archiver.vietnamese.dates import find_date

_BESIDE_LINKS = " -–—•·*»›>+|()[]:;,.…"  # marks in front of rows, and around their dates


def without_other_news(found: list[Block]) -> list[Block]:
    """The blocks of an article without such lists; what stands behind the rows is the article's again."""
    kept: list[Block] = []
    place = 0
    while place < len(found):
        behind = _end_of_list(found, place) if list_heading(found[place].text) else place
        if behind == place:
            kept.append(found[place])
        place = max(behind, place + 1)
    return kept


def _end_of_list(found: list[Block], heading: int) -> int:
    """The place behind the rows below a heading, or the heading's own if there are none."""
    behind = heading
    for place in range(heading + 1, len(found)):
        block = found[place]
        if _is_row(block) or (behind > heading and _is_date(block.text)):
            behind = place + 1
        elif not (block.pictures or _is_date(block.text)):
            break
    return behind


def _is_row(block: Block) -> bool:
    """A link and no more than a date beside it; a document to download is the article's."""
    words = _without_date(block.text).replace(" ", "")
    return 0 < len(words) <= block.linked_text and not any(is_document(link.href) for link in block.links)


def _is_date(text: str) -> bool:
    return bool(text) and not _without_date(text)


def _without_date(text: str) -> str:
    date = find_date(text)
    return (text.replace(date.raw, "") if date else text).strip(_BESIDE_LINKS)
