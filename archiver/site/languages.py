"""The site in Vietnamese and English: which of them a reader wants, and what stands in it.

A choice is kept in a cookie; without one the browser's own preference counts, and Vietnamese where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode

from datasette.utils import parse_metadata
from datasette.utils.asgi import Request

from archiver.vietnamese.dates import INDOCHINA_TIME

LANGUAGES = ("vi", "en")
COOKIE = "language"
_PREFERENCE = re.compile(r"\s*([a-z]{1,8})(?:-[a-z0-9-]+)?\s*(?:;\s*q=([0-9.]+))?\s*", re.IGNORECASE)

_PART_OF_SECOND = re.compile(r"\.\d+")

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


def address_in(language: str, query: str) -> str:
    """Where the same page stands in a language: its query, with whatever else it asks for.

    >>> address_in("en", "from=1&to=2&lang=vi")
    '?from=1&to=2&lang=en'
    """
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "lang"]
    return "?" + urlencode([*kept, ("lang", language)])


def shown_day(text: str | None, language: str) -> str:
    """The day of a moment, or a day, as people write it, on the clock of the portals; "" for none.

    >>> shown_day("2021-12-28", "vi"), shown_day("2021-12-28T18:30:00.000000Z", "en"), shown_day(None, "vi")
    ('28/12/2021', '29 Dec 2021', '')
    """
    return _day(_local(text), language) if text else ""


def shown_moment(text: str | None, language: str) -> str:
    """The minute of a moment as people write it, on the clock of the portals; of a day, the day; "" for none.

    >>> shown_moment("2021-12-28T18:30:00.000000Z", "vi"), shown_moment("2021-12-28T09:24:00+07:00", "en")
    ('29/12/2021 01:30', '28 Dec 2021, 09:24')
    """
    if not text or "T" not in text:
        return shown_day(text, language)
    at = _local(text)
    return f"{_day(at, language)}{', ' if language == 'en' else ' '}{at:%H:%M}"


def shown_second(text: str, language: str) -> str:
    """The second of a moment as people write it, in UTC.

    >>> shown_second("2021-12-28T18:30:05.123456Z", "vi"), shown_second("2021-12-28T18:30:05.123456Z", "en")
    ('28/12/2021 18:30:05', '28 Dec 2021, 18:30:05')
    """
    at = datetime.fromisoformat(text).astimezone(UTC)
    return f"{_day(at, language)}{', ' if language == 'en' else ' '}{at:%H:%M:%S}"


def machine_time(text: str) -> str:
    """A day or a moment as the `datetime` of a `<time>` element may be written: with seconds, without their parts.

    >>> machine_time("2021-12-28T18:30:00.123456Z"), machine_time("2021-12-28T09:24:00+07:00")
    ('2021-12-28T18:30:00Z', '2021-12-28T09:24:00+07:00')
    """
    return _PART_OF_SECOND.sub("", text)


def _local(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at.astimezone(INDOCHINA_TIME) if at.tzinfo else at


def _day(day: date, language: str) -> str:
    return f"{day:%d/%m/%Y}" if language == "vi" else f"{day.day} {day:%b %Y}"


def _weight(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
