"""Who signs an article: a labelled line at its end or around it, or a bare name set apart at the very end."""

from __future__ import annotations

import re

from archiver.reading.fragment import Block
from archiver.reading.words import sign_off

_LAST_BLOCKS = 4  # among which a sign-off stands
_MOST_WORDS = 5  # in a bare name
_SOURCE = re.compile(r"[(\[]?\s*nguồn", re.IGNORECASE)
# The signature of an office ends a document: "CHỦ TỊCH", then a name. That is who decides, not who reports.
_OFFICE = re.compile(r"(?:KT|TM|TL|Q)\.|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|BÍ THƯ|CHÁNH|NƠI NHẬN", re.IGNORECASE)


def signing_blocks(blocks: list[Block]) -> list[Block]:
    """The blocks at the end of an article that only say who signs."""
    signed = [block for block in blocks[-_LAST_BLOCKS:] if sign_off(block.text)]
    return signed or ([blocks[-1]] if _ends_with_name(blocks) else [])


def signature(lines: list[str]) -> tuple[str | None, str | None]:
    """Author and sign-off as printed, out of signing lines: a person goes before a source.

    >>> signature(["Tin, ảnh: Lê Văn Mẫu", "Nguồn: Báo An Thuận"])
    ('Lê Văn Mẫu', 'Tin, ảnh: Lê Văn Mẫu\\nNguồn: Báo An Thuận')
    """
    if not lines:
        return None, None
    by_person = [line for line in lines if not _SOURCE.match(line)]
    line = (by_person or lines)[0]
    return (sign_off(line) or line).strip(" .;,)]"), "\n".join(lines)


def _ends_with_name(blocks: list[Block]) -> bool:
    if len(blocks) < 2 or not blocks[-2].text:
        return False
    last, before = blocks[-1], blocks[-2]
    set_apart = last.align == "right" or (last.bold and not before.bold)
    return set_apart and last.style.cell is None and not _OFFICE.search(before.text) and _is_name(last.text)


def _is_name(text: str) -> bool:
    """Capitalised words and nothing else: `Đoàn Loan`, `HOÀI THƯƠNG – DIỄM HƯỜNG`, `HYTV`."""
    words = [word for word in re.split(r"[\s–-]+", text) if word]
    if not all(word.isalpha() and word[0].isupper() for word in words):
        return False
    return 2 <= len(words) <= _MOST_WORDS or (len(words) == 1 and text.isupper() and len(text) <= 6)
