"""A large archive of made-up articles: syllables as often as in a real text, and names that are met in most of them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate, product, zip_longest
from typing import NamedTuple

from sqlite_utils import Database

from archiver.store.databases.opening import insert, writing
from archiver.store.search.index import index_anew, take_down

_ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip
_RIMES = (
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "au", "ăn", "ăng", "âm", "ân", "âu", "e", "en", "eo", "ê",
    "ên", "i", "iên", "iêu", "in", "inh", "o", "oa", "oan", "oi", "on", "ong", "ô", "ôi", "ôn", "ông", "ơ", "ơi", "u",
    "ua", "uân", "uy", "uyên", "ư", "ưa", "ươi", "ương", "y",
)  # fmt: skip
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_MOST_SYLLABLES = 7_000
_FIRST_DAY, _DAYS = date(2013, 1, 1), 4_000

NAMES = {
    "thị xã Mỹ Hào": 0.78,  # the town's own name stands in most articles of its portal
    "Mỹ Hào": 0.3,
    "UBND thị xã": 0.4,
    "Ủy ban nhân dân": 0.2,
    "đường tỉnh": 0.1,
    "chuyển đổi số": 0.05,
    "liệt sĩ": 0.02,
    "liệt sỹ": 0.01,
    "Đào Quang Minh": 0.0005,
}
"""In which share of the articles a name stands."""
SECTIONS = ("Tin tức", "Kinh tế", "Văn hóa", "Y tế", "Giáo dục", "Chính quyền")
PORTALS = ("mot", "hai", "ba")
_WITH_FILE = 0.05


class _Article(NamedTuple):
    key: str
    portal: str
    section: str
    day: str
    title: str
    body: str
    attached: str | None


def fill(db: Database, count: int) -> int:
    """Put articles into an empty archive, without an index; returns the bytes of their texts."""
    size = 0
    with writing(db):
        take_down(db)
        for portal in PORTALS:
            insert(db, "portals", {"portal": portal, "name": portal})
        for article in _articles(count):
            _keep(db, article)
            size += len(f"{article.title}{article.body}{article.attached or ''}".encode())
    return size


def index(db: Database) -> None:
    """Make the index of all that is there."""
    with writing(db):
        index_anew(db)


def _keep(db: Database, article: _Article) -> None:
    shared = {"article_key": article.key, "title": article.title, "section": article.section}
    insert(db, "revisions", shared | {"number": 1, "cause": "first", "body": article.body})
    row = {
        "portal": article.portal,
        "url": f"https://{article.portal}.example/portal/Pages/{article.key}.aspx",
        "published_on": article.day,
        "web_status": "live",
        "first_captured_at": f"{article.day}T01:00:00.000000Z",
        "revision_count": 1,
    }
    insert(db, "articles", shared | row)
    if article.attached:
        file = {"article_key": article.key, "position": 1, "label": "Phụ lục.pdf", "text": article.attached}
        insert(db, "attachments", file)


def sentences(dice: random.Random) -> Callable[[int], str]:
    """Makes texts of so many syllables, each as often as in a real text."""
    syllables = _syllables()
    weights = list(accumulate(1 / (place + 2.7) for place in range(len(syllables))))

    def text(length: int) -> str:
        return " ".join(dice.choices(syllables, cum_weights=weights, k=length))

    return text


def _articles(count: int) -> Iterator[_Article]:
    dice = random.Random(7)
    text = sentences(dice)
    for number in range(count):
        names = [name for name, share in NAMES.items() if dice.random() < share][:4]
        paragraphs = [text(max(10, round(dice.gauss(120, 60)))) for _ in range(4)]
        yield _Article(
            f"k{number:09d}",
            dice.choice(PORTALS),
            dice.choice(SECTIONS),
            (_FIRST_DAY + timedelta(days=dice.randrange(_DAYS))).isoformat(),
            f"{text(8).capitalize()} {dice.choice(names) if names else ''}".strip(),
            "\n\n".join(f"{paragraph} {name}" for paragraph, name in zip_longest(paragraphs, names, fillvalue="")),
            text(900) if dice.random() < _WITH_FILE else None,
        )


def _syllables() -> list[str]:
    """Onset, rime and tone in many ways, in an order that is always the same."""
    made = (onset + _toned(rime, tone) for onset, rime, tone in product(_ONSETS, _RIMES, _TONES))
    ordered = sorted({unicodedata.normalize("NFC", syllable) for syllable in made})
    random.Random(1).shuffle(ordered)
    return ordered[:_MOST_SYLLABLES]


def _toned(rime: str, tone: str) -> str:
    vowels = [place for place, letter in enumerate(rime) if unicodedata.normalize("NFD", letter)[0] in "aeiouy"]
    place = vowels[-1] if rime[-1] not in "aiuyo" or len(vowels) == 1 else vowels[-2]
    return rime[: place + 1] + tone + rime[place + 1 :]
