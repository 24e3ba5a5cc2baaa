"""Vietnamese text as it arrives from portals: one normal form for keeping, two coarser ones for matching."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product

# Editors and Word leave these inside words; none of them is visible (U+00AD is, but only at a line's end).
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe]")

_LONG = 4_000  # characters; marks in fewer are put in order in no time
_MOST_MARKS = 30

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền sắc ngã hỏi nặng
_RIMES = ("oa", "oe", "uy")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_D = {"Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ɖ": "D", "ɖ": "d"}
_STROKED = re.compile("[" + "".join(_D) + "]")
_LOOKS_LIKE_D_WITH_STROKE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ"})


def nfc(text: str) -> str:
    """The text in NFC. Runs of marks longer than any language has are cut: putting them in order is quadratic."""
    return unicodedata.normalize("NFC", text if len(text) < _LONG else _marks_run().sub(r"\1", text))


@cache
def _marks_run() -> re.Pattern[str]:
    """A run of more combining marks than the Stream-Safe Text Format (UAX #15) allows."""
    marks = "".join(re.escape(char) for char in map(chr, range(0x300, 0x1E950)) if unicodedata.combining(char))
    return re.compile(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+")


def clean(text: str) -> str:
    """The text as a person sees it: NFC, runs of white space as one space, nothing invisible.

    >>> clean(" Thi\\u0323 \\xa0 xa\\u0303 M\\u200by\\u0303 Ha\\u0300o ")
    'Thị xã Mỹ Hào'
    """
    if not text.isprintable() or "  " in text:  # neither breaks, nbsp nor anything invisible is printable
        text = " ".join(_INVISIBLE.sub("", text).split())
    text = text.strip()
    return text if text.isascii() else nfc(text)


def clean_lines(text: str) -> str:
    """Like `clean`, for a text whose line breaks count; empty lines go.

    >>> clean_lines("Nơi nhận: \\n\\n  - Như trên;")
    'Nơi nhận:\\n- Như trên;'
    """
    if "\n" not in text:
        return clean(text)
    return "\n".join(line for line in map(clean, text.split("\n")) if line)


def fold(text: str) -> str:
    """Without marks, đ as d, letter case kept; for matching only.

    >>> fold("Đảng ủy thị xã Mỹ Hào"), fold("Ðường")
    ('Dang uy thi xa My Hao', 'Duong')
    """
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFD", _STROKED.sub(lambda match: _D[match[0]], text)))


def place_tone(text: str) -> str:
    """One tone placement for `oa`, `oe`, `uy` (on the first vowel) and one letter Đ; for matching only.

    It is applied blindly to both sides of a comparison, so that `hoàn` and `quý` stay consistent although nobody
    writes `hòan`. U+00D0 and U+0189 look like Đ and are typed for it.

    >>> place_tone("hoà bình, Uỷ ban, \\u00d0ảng uỷ")
    'hòa bình, Ủy ban, Đảng ủy'
    """
    text = nfc(text).translate(_LOOKS_LIKE_D_WITH_STROKE)
    return _TONE_ON_SECOND.sub(lambda match: _TONE_ON_FIRST[match[0]], text)


def _tone_pairs() -> dict[str, str]:
    def compose(first: str, second: str) -> str:
        return unicodedata.normalize("NFC", first + second)

    pairs = {}
    for rime, tone in product(_RIMES, _TONES):
        for first, second in product((rime[0], rime[0].upper()), (rime[1], rime[1].upper())):
            pairs[first + compose(second, tone)] = compose(first, tone) + second
    return pairs


_TONE_ON_FIRST = _tone_pairs()
_TONE_ON_SECOND = re.compile("|".join(_TONE_ON_FIRST))
