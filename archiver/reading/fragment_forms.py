"""Lists whose script posts a form for further pages: the form as the first page tells it, and as it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from archiver.items import PagerStep, Problem
from archiver.portals import Portal
from archiver.portals.addresses import canonical, tidy
from archiver.portals.model import Fragments
from archiver.reading.lines import Element
from archiver.reading.told_fields import ToldFields

Form = tuple[tuple[str, str], ...]

UNREACHABLE = "further pages of the list cannot be asked for"
SECOND_LIST = "further pages of a second list are not asked for"
_MOST_PAGES = 100_000
_NUMBER = re.compile(r"\d{1,5}")
_ANYTHING = re.compile(r".{1,200}")


@dataclass(frozen=True, slots=True)
class Further:
    """What the first page of a list tells of the pages behind it."""

    series: str | None = None  # what names the list in the form; null where the page does not tell
    step: PagerStep | None = None  # to the second page
    pages: int | None = None  # how many there are, itself counted, at the least
    problems: tuple[Problem, ...] = ()


NOTHING = Further()


def is_fragment(portal: Portal, url: str) -> bool:
    """Whether an address is where the portal's lists post for their further pages."""
    fragments = portal.platform.fragments
    if fragments is None or fragments.path.lower() not in url.lower():
        return False
    return canonical(portal, url).partition("?")[0] == canonical(portal, urljoin(portal.url, fragments.path))


def further(root: Element, portal: Portal) -> Further:
    """How a list goes on behind its first page. What that does not tell is a problem, unless there is no other page."""
    fragments = portal.platform.fragments
    if fragments is None:
        return NOTHING
    told = ToldFields(root, fragments)
    values = {name: told.value(name, re.compile(pattern)) for name, pattern in fragments.taken}
    series = _series(values, fragments)
    last = told.last_page()
    if last is not None and last < 2:
        return Further(series, None, last)
    missing = [name for name, value in values.items() if value is None]
    if missing:
        is_cut_short = told.names_path or (last or 0) > 1
        problems = (Problem("list", UNREACHABLE, ", ".join(missing)),) if is_cut_short else ()
        return Further(series, None, last, problems)
    form = _form({name: value or "" for name, value in values.items()}, told, fragments)
    step = PagerStep(2, False, tidy(portal, urljoin(portal.url, fragments.path)), form)
    others = told.others(fragments.named_by[0], values[fragments.named_by[0]])
    return Further(series, step, last, tuple(Problem("list", SECOND_LIST, other) for other in others))


def series_of(form: Iterable[tuple[str, str]], fragments: Fragments) -> str | None:
    """What names the list in a form that was posted for a page of it; null where the form does not.

    >>> from archiver.portals.platforms.uiarticle import UIARTICLE
    >>> series_of([("page", "3"), ("site_id", "4"), ("article_category_id", "54441")], UIARTICLE.fragments)
    'article_category_id=54441&site_id=4'
    """
    return _series(_lowered(form), fragments)


def page_asked(form: Iterable[tuple[str, str]], fragments: Fragments) -> int | None:
    """Which page of its list a form asks for; null where it does not say so."""
    number = _lowered(form).get(fragments.page.lower(), "")
    return int(number) if _NUMBER.fullmatch(number) else None


def rows_asked(form: Iterable[tuple[str, str]], fragments: Fragments) -> int | None:
    """How many rows to a page a form asks for; null where it does not say so."""
    found = _lowered(form).get(fragments.size.lower(), "")
    return int(found) if _NUMBER.fullmatch(found) else None


def step_behind(form: Form, portal: Portal) -> PagerStep | None:
    """The step to the page behind the one that a form asked for: the same form with the next number."""
    fragments = portal.platform.fragments
    number = page_asked(form, fragments) if fragments is not None else None
    if fragments is None or number is None or number >= _MOST_PAGES:
        return None
    page = fragments.page.lower()
    fields = tuple((name, str(number + 1) if name.lower() == page else value) for name, value in form)
    return PagerStep(number + 1, False, tidy(portal, urljoin(portal.url, fragments.path)), fields)


def _form(values: dict[str, str], told: ToldFields, fragments: Fragments) -> Form:
    others = ((name, told.of_script(name, _ANYTHING) or said) for name, said in fragments.said)
    said = tuple((name, value) for name, value in others if value is not None)
    return (*values.items(), (fragments.page, "2"), *said)


def _series(values: dict[str, str | None] | dict[str, str], fragments: Fragments) -> str | None:
    named = [(name, values.get(name) or values.get(name.lower())) for name in fragments.named_by]
    return None if any(value is None for _, value in named) else urlencode(named)


def _lowered(form: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in form}
