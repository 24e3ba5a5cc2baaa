"""Which page of which list an address is, as its pager tells: the one number in which its steps differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from archiver.items import PagerStep

_ARGUMENT = re.compile(r"(?<!\d)\d{1,9}(?!\d)")
_PATH_NUMBERS = re.compile(r"\d+")
_NAMED_FOR_PAGES = re.compile(r"^p$|page(?!size)|trang(?!thai)", re.IGNORECASE)
_PAGE_IN_PATH = re.compile(r"/(?:page|trang)[-/]?\d{1,9}/?$", re.IGNORECASE)


def place_in_list(url: str, pager: Iterable[PagerStep]) -> tuple[str, int | None]:
    """The address of a list's first page, and which page this one is; null where the pager does not tell.

    >>> steps = [PagerStep(1, False, "https://x.vn/tin.aspx?Trang=1"), PagerStep(3, False, "https://x.vn/tin.aspx?Trang=3")]
    >>> place_in_list("https://x.vn/tin.aspx?Trang=2", steps)
    ('https://x.vn/tin.aspx', 2)

    The last page of a list that is paged by "Trang sau" alone has no pager; its parameter's name tells:

    >>> place_in_list("https://x.vn/tin.aspx?page=3", [])
    ('https://x.vn/tin.aspx', 3)
    """
    others = [step.url for step in pager if step.form is None]
    name = next((each for other in others if (each := _differing_parameter(url, other))), None)
    if name is not None:
        return _without_parameter(url, name), _value(url, name)
    if not others and (named := _paging_parameter(url)):
        return _without_parameter(url, named), _value(url, named)
    if _PAGE_IN_PATH.search(url):
        return _PAGE_IN_PATH.sub("/", url), int(_PATH_NUMBERS.findall(url)[-1])
    differing = (_differing_number(url, other) for other in others)
    found = next((each for each in differing if each is not None), None)
    if found is None:
        return url, 1
    place, number = found
    return url[: place[0]] + "1" + url[place[1] :], number


def posted_page(form: Iterable[tuple[str, str]]) -> int | None:
    """Which page of a list a posted form asks for: the number in the argument of the postback.

    >>> posted_page([("__EVENTTARGET", "grid"), ("__EVENTARGUMENT", "Page$3")])
    3
    """
    argument = dict(form).get("__EVENTARGUMENT", "")
    found = _ARGUMENT.findall(argument)
    return int(found[-1]) if found else None


def _differing_parameter(url: str, other: str) -> str | None:
    """The one query parameter with a number in which two addresses of the same path differ."""
    if urlsplit(url).path.lower() != urlsplit(other).path.lower():
        return None
    own, their = _parameters(url), _parameters(other)
    differing = [name for name in own.keys() | their.keys() if own.get(name) != their.get(name)]
    if len(differing) != 1:
        return None
    values = (own.get(differing[0], "1"), their.get(differing[0], "1"))
    return differing[0] if all(value.isdecimal() for value in values) else None


def _paging_parameter(url: str) -> str | None:
    """The one parameter with a number whose name speaks of pages."""
    named = [name for name, value in _parameters(url).items() if _NAMED_FOR_PAGES.search(name) and value.isdecimal()]
    return named[0] if len(named) == 1 else None


def _parameters(url: str) -> dict[str, str]:
    pairs = (parameter.partition("=") for parameter in urlsplit(url).query.split("&") if parameter)
    return {name: value for name, _, value in pairs}


def _value(url: str, name: str) -> int | None:
    value = _parameters(url).get(name, "1")
    return int(value) if len(value) < 7 else None


def _without_parameter(url: str, name: str) -> str:
    address, _, query = url.partition("?")
    kept = "&".join(parameter for parameter in query.split("&") if parameter.partition("=")[0] != name)
    return f"{address}?{kept}" if kept else address


def _differing_number(url: str, other: str) -> tuple[tuple[int, int], int] | None:
    """The one number in which two addresses differ: where it stands in the first, and its value there."""
    own, their = list(_PATH_NUMBERS.finditer(url)), _PATH_NUMBERS.findall(other)
    if len(own) != len(their) or _PATH_NUMBERS.sub("#", url) != _PATH_NUMBERS.sub("#", other):
        return None
    differing = [match for match, number in zip(own, their, strict=True) if match[0] != number]
    if len(differing) != 1 or len(differing[0][0]) > 6:
        return None
    return differing[0].span(), int(differing[0][0])
