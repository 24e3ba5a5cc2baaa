"""Titles: what an article is called, without the name of the site that printed it."""

from __future__ import annotations

import re

from archiver.vietnamese.text import clean, fold

# "<article> - CỔNG THÔNG TIN ĐIỆN TỬ …" (Tân Dân), "Cổng Thông tin điện tử tỉnh Khánh Hòa - …" (a prefix there)
_SITE_WORDS = re.compile(
    r"^(cong (thong tin|giao tiep|ttdt)|trang (thong tin|tin|chu|nhat)|website|so thong tin|ubnd |uy ban nhan dan )"
)
# What is left of a site's name behind this is the name of a place; titles of articles begin in the same way, and go on.
_SITE_HEAD = re.compile(
    r"(?:(?:cong|trang) (?:thong tin|giao tiep|ttdt|tin|chu|nhat)(?: dien tu)?|website"
    r"|so thong tin(?: va truyen thong)?|ubnd|uy ban nhan dan)\b"
    r"(?: (?:ubnd|uy ban nhan dan|so|tinh|thanh pho|thi xa|huyen|quan|phuong|xa|thi tran|cua)\b)*"
)
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS_OF_PLACE = 4
_BETWEEN_PLACES = frozenset(("tỉnh", "thành", "phố", "thị", "xã", "huyện", "quận", "phường", "trấn", "và"))
_SEPARATOR = re.compile(r"\s+[-–—|»]\s+")
_LONGEST_SITE_NAME = 200  # characters
_CUT_SHORT = re.compile(r"\s*(\.\.\.|…)$")


def without_site(title: str, site_names: tuple[str, ...] = ()) -> str:
    """A `<title>` without the site's name before or behind it.

    >>> without_site("Hội nghị tổng kết - CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ MỸ HÀO")
    'Hội nghị tổng kết'
    >>> without_site("Cổng Thông tin điện tử tỉnh Khánh Hòa - Lễ hội - 2023")
    'Lễ hội - 2023'
    """
    title = clean(title)
    names = {fold(name).lower() for name in site_names}
    first = _SEPARATOR.search(title)
    for separator in _SEPARATOR.finditer(title, max(0, len(title) - _LONGEST_SITE_NAME)):
        if _is_site(title[separator.end() :], names):
            return title[: separator.start()]
    if first is not None and _is_site(title[: first.start()], names):
        return title[first.end() :]
    return title


def is_site_name(text: str, site_names: tuple[str, ...] = ()) -> bool:
    """Whether a text names a site and nothing else.

    >>> is_site_name("CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ MỸ HÀO"), is_site_name("Hội nghị tổng kết")
    (True, False)
    >>> is_site_name("Trang chủ"), is_site_name("Trang nhất")
    (True, True)
    >>> is_site_name("UBND thị xã Mỹ Hào"), is_site_name("UBND thị xã Mỹ Hào họp phiên thường kỳ")
    (True, False)
    """
    text = clean(text)
    if fold(text).lower() in {fold(name).lower() for name in site_names}:
        return True
    head = _SITE_HEAD.match(fold(text).lower())
    if head is None:
        return False
    rest = _WORD.findall(text[head.end() :])
    if text.isupper():
        return len(rest) <= _MOST_WORDS_OF_PLACE
    return all(word[0].isupper() or word in _BETWEEN_PLACES for word in rest)


def full_title(shown: str, attribute: str | None) -> str:
    """The whole title of a list row that shows it cut short with dots and carries it in `title=`.

    >>> full_title("Thị xã tổ chức Lễ...", "Thị xã tổ chức Lễ đúc chuông")
    'Thị xã tổ chức Lễ đúc chuông'
    >>> full_title("Thị xã tổ chức Lễ...", "Xem tiếp")
    'Thị xã tổ chức Lễ...'
    """
    if not attribute or not shown.endswith(("...", "…")):
        return shown
    whole, stem = clean(attribute), _CUT_SHORT.sub("", shown)
    return whole if len(whole) > len(stem) and whole.startswith(stem) else shown


def _is_site(part: str, names: set[str]) -> bool:
    folded = fold(part).lower()
    return folded in names or _SITE_WORDS.match(folded) is not None
