"""The site in Vietnamese and English: which of them a reader wants, and what stands in it.

A choice is kept in a cookie; without one the browser's own preference counts, and Vietnamese where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files

from datasette.utils import parse_metadata
from datasette.utils.asgi import Request

LANGUAGES = ("vi", "en")
COOKIE = "language"
_PREFERENCE = re.compile(r"\s*([a-z]{1,8})(?:-[a-z0-9-]+)?\s*(?:;\s*q=([0-9.]+))?\s*", re.IGNORECASE)

Translator = Callable[..., str]


def language_of(request: Request | None) -> str:
    """The language for a reader: as asked for in the address, as chosen before, or as the browser prefers."""
    if request is None:
        return LANGUAGES[0]
    for choice in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return str(choice)
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """The language of ours that an `Accept-Language` likes best.

    >>> preferred("en-US,en;q=0.9,vi;q=0.8"), preferred("fr, vi;q=0.3, en;q=0.2"), preferred("fr"), preferred("*;q=x")
    ('en', 'vi', 'vi', 'vi')
    """
    liked: dict[str, float] = {}
    for part in header.split(","):
        match = _PREFERENCE.fullmatch(part)
        if match and match[1].lower() in LANGUAGES:
            liked.setdefault(match[1].lower(), _weight(match[2]))
    return max(liked, key=lambda each: liked[each], default=LANGUAGES[0])


@cache
def translator(language: str) -> Translator:
    """A function from the key of a text, and what is to be put into it, to the text."""
    texts = catalogue()

    def translate(key: str, **values: object) -> str:
        shown = {name: number(value, language) if isinstance(value, int) else value for name, value in values.items()}
        return texts[key][language].format(**shown)

    return translate


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every text by its key, in each language."""
    text = files("archiver.site").joinpath("texts.yaml").read_text(encoding="utf-8")
    return dict(parse_metadata(text))


def number(value: int, language: str) -> str:
    """A number with its thousands set apart.

    >>> number(12345, "vi"), number(12345, "en")
    ('12.345', '12,345')
    """
    return f"{value:,}".replace(",", ".") if language == "vi" else f"{value:,}"


def shown_day(text: str | None, language: str) -> str:
    """A day (YYYY-MM-DD, also the beginning of a moment) as people write it; "" for none.

    >>> shown_day("2021-12-28", "vi"), shown_day("2021-12-28T02:00:00Z", "en"), shown_day(None, "vi")
    ('28/12/2021', '28 Dec 2021', '')
    """
    if not text:
        return ""
    day = date.fromisoformat(text[:10])
    return f"{day:%d/%m/%Y}" if language == "vi" else f"{day.day} {day:%b %Y}"


def _weight(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
