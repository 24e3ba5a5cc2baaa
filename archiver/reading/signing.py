"""Who signs an article: a labelled line at its end or around it, or a bare name set apart at the very end."""

from __future__ import annotations

import re
from dataclasses import replace

from archiver.reading.captions import is_photo_credit
from archiver.reading.fragment import Block
from archiver.reading.words import sign_off
from archiver.vietnamese.dates import find_date_at_end

_LAST_BLOCKS = 4  # among which a sign-off stands
_MOST_WORDS = 5  # in a bare name
_SOURCE = re.compile(r"[(\[]?\s*nguồn", re.IGNORECASE)
# The signature of an office ends a document: "CHỦ TỊCH", then a name. That is who decides, not who reports.
_OFFICE = re.compile(r"(?:KT|TM|TL|Q)\.|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|BÍ THƯ|CHÁNH|NƠI NHẬN", re.IGNORECASE)


def signing_blocks(blocks: list[Block]) -> list[Block]:
    """The blocks at the end of an article that only say who signs."""
    places = range(max(0, len(blocks) - _LAST_BLOCKS), len(blocks))
    signed = [blocks[place] for place in places if sign_off(blocks[place].text) and not is_of_picture(blocks, place)]
    return signed or ([blocks[-1]] if ends_with_name(blocks) else [])


def sign_offs_apart(blocks: list[Block]) -> list[Block]:
    """The blocks of an article with sign-offs that end a paragraph, behind a line break, as blocks of their own."""
    start = max(0, len(blocks) - _LAST_BLOCKS)
    return blocks[:start] + [part for place in range(start, len(blocks)) for part in _parts(blocks, place)]


def lines_unsigned(text: str) -> int:
    """How many lines of a paragraph stand above the sign-off at its end.

    >>> lines_unsigned("Hội nghị kết thúc.\\nTin, ảnh: Lê Văn Mẫu"), lines_unsigned("Hội nghị kết thúc.")
    (1, 1)
    """
    lines = text.split("\n")
    while lines and sign_off(lines[-1]):
        lines.pop()
    return len(lines)


def signature(lines: list[str]) -> tuple[str | None, str | None]:
    """Author and sign-off as printed, out of signing lines: a person goes before a source.

    >>> signature(["Tin, ảnh: Lê Văn Mẫu", "Nguồn: Báo An Thuận"])
    ('Lê Văn Mẫu', 'Tin, ảnh: Lê Văn Mẫu\\nNguồn: Báo An Thuận')
    """
    if not lines:
        return None, None
    by_person = [line for line in lines if not _SOURCE.match(line)]
    line = (by_person or lines)[0]
    return _undated(sign_off(line) or line).strip(" .;,)]") or None, "\n".join(lines)


def _undated(name: str) -> str:
    """A name without the day behind it, on which the source has it.

    >>> _undated("Báo An Thuận, ngày 03/03/2013"), _undated("Báo An Thuận")
    ('Báo An Thuận', 'Báo An Thuận')
    """
    date = find_date_at_end(name)
    return name[: date.start].rstrip(" ,;(–-") if date else name


def _parts(blocks: list[Block], place: int) -> list[Block]:
    block, lines = blocks[place], blocks[place].text.split("\n")
    unsigned = max(1, lines_unsigned(block.text))
    if block.is_data or unsigned == len(lines) or is_of_picture(blocks, place):
        return [block]
    signed = [replace(block, text=line, links=[], linked_text=0) for line in lines[unsigned:]]
    return [replace(block, text="\n".join(lines[:unsigned])), *signed]


def is_of_picture(blocks: list[Block], place: int) -> bool:
    """Whether a block speaks of the picture above it rather than of the article: `Ảnh: …`."""
    return place > 0 and is_photo_credit(blocks[place - 1], blocks[place])


def ends_with_name(blocks: list[Block]) -> bool:
    """Whether the last block is a bare name that is set apart."""
    if len(blocks) < 2 or not blocks[-2].text:
        return False
    last, before = blocks[-1], blocks[-2]
    set_apart = last.align == "right" or (last.bold and not before.bold)
    return (
        set_apart and last.style.cell == before.style.cell and not _OFFICE.search(before.text) and _is_name(last.text)
    )


def _is_name(text: str) -> bool:
    """Capitalised words and nothing else: `Đoàn Loan`, `HOÀI THƯƠNG – DIỄM HƯỜNG`, `HYTV`."""
    words = [word for word in re.split(r"[\s–-]+", text) if word]
    if not all(word.isalpha() and word[0].isupper() for word in words):
        return False
    return 2 <= len(words) <= _MOST_WORDS or (len(words) == 1 and text.isupper() and len(text) <= 6)
