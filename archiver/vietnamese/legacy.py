"""Texts typed for fonts of before Unicode, whose letters are others' marks: "ÑIEÅM BAÙO" (VNI), "nh©n d©n" (TCVN3).

They are recognised, not converted: which letters were meant depends on the font of every run.
"""

from __future__ import annotations

import re
from typing import Literal

LegacyCode = Literal["VNI", "TCVN3"]

# VNI sets a mark behind its vowel as a letter of its own. Behind a, e, i, y and another's mark no such letter stands in
# Vietnamese; behind o and u some do ("hoà", "quê"), and are left out.
_VNI = re.compile(
    r"[^\W\d_]*(?:[aeAE][\u00c0-\u00c5\u00c8-\u00cf\u00d2-\u00d6\u00d8-\u00dd\u00e0-\u00e5\u00e8-\u00ef\u00f2-\u00f6\u00f8-\u00fd]"
    r"|[oOuUyYöÖôÔ][ùøûõïåäëÙØÛÕÏÅÄË]|[oO][âÂ]|\b[ñÑ](?=[aeiouyöôAEIOUYÖÔ]))"
)
# TCVN3 puts small letters with marks in the place of signs and of capitals.
_TCVN3 = re.compile(r"[^\W\d_]*(?:[A-Za-z][¨©ª«¬®µ¶·¸¹»¼½¾×÷\u03bc]|[®§¦][A-Za-z]|[a-z][ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞ])")
_UNICODE = re.compile(r"[^\W\d_]*[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_WORD = re.compile(r"\S+")
_SAMPLE = 200_000  # characters
_FEWEST_WORDS = 2
_LEAST_SHARE = 0.08  # of all words, and of those with marks


def legacy_code(text: str) -> LegacyCode | None:
    """The code that a good part of a text is in, by words that no Unicode text has; null for others.

    >>> legacy_code("ÑIEÅM BAÙO"), legacy_code("Uû ban nh©n d©n tØnh"), legacy_code("Ủy ban nhân dân tỉnh, điểm báo")
    ('VNI', 'TCVN3', None)
    """
    words = _WORD.findall(text[:_SAMPLE])
    unicode = sum(_UNICODE.match(word) is not None for word in words)
    counts: dict[LegacyCode, int] = {
        "VNI": sum(_VNI.match(word) is not None for word in words),
        "TCVN3": sum(_TCVN3.match(word) is not None for word in words),
    }
    code = max(counts, key=lambda each: counts[each])
    count = counts[code]
    is_legacy = count >= max(_FEWEST_WORDS, _LEAST_SHARE * len(words), _LEAST_SHARE * (count + unicode))
    return code if is_legacy else None
