"""Titles: what an article is called, without the name of the site that printed it."""

from __future__ import annotations

import re

from archiver.vietnamese.text import clean, fold

# "<article> - CỔNG THÔNG TIN ĐIỆN TỬ …" (Tân Dân), "Cổng Thông tin điện tử tỉnh Khánh Hòa - …" (a prefix there)
_SITE_WORDS = re.compile(
    r"^(cong (thong tin|giao tiep|ttdt)|trang (thong tin|tin|chu)|website|so thong tin|ubnd |uy ban nhan dan )"
)
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
    if first is not None and _is_site(title[: first.start()], names):
        return title[first.end() :]
    for separator in _SEPARATOR.finditer(title, max(0, len(title) - _LONGEST_SITE_NAME)):
        if _is_site(title[separator.end() :], names):
            return title[: separator.start()]
    return title


def is_site_name(text: str, site_names: tuple[str, ...] = ()) -> bool:
    """Whether a text names a site and nothing else.

    >>> is_site_name("CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ MỸ HÀO"), is_site_name("Hội nghị tổng kết")
    (True, False)
    """
    return _is_site(clean(text), {fold(name).lower() for name in site_names})


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
