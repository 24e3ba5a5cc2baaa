"""What of a text is compared in a search: as it is written, whatever way it was typed; and the same without marks.

The index holds both forms of every text. They have the same words in the same places as the text itself, so that a
place found in one of them can be shown in the other. Whoever changes what they give has to raise FORMS_VERSION: an
index that was made of other forms is made anew.
"""

from __future__ import annotations

import re
import unicodedata

from archiver.vietnamese.text import nfc

FORMS_VERSION = 1

# The marks that the tokenizer `unicode61` takes for parts of a word; any other mark that stands alone parts words.
_MARKS = "\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331"
_ANY_MARK = re.compile("[\u0300-\u036f]")
_PARTING_MARK = re.compile(f"(?![{_MARKS}]){_ANY_MARK.pattern}")

_TO_FIRST = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TO_SECOND = {first: second for second, first in _TO_FIRST.items()}
_OPEN = re.compile(f"(?<!q)(?:{'|'.join(_TO_FIRST)})(?![^\\W_])")
_CLOSED = re.compile(f"(?:{'|'.join(_TO_SECOND)})(?=[^\\W_])|(?<=q)(?:ùy|úy|ủy|ũy|ụy)")

_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{_MARKS}])*")
_ONLY_I_OR_Y = re.compile(r"(h|k|l|m|s|t|v|qu)[iy]")


def exact(text: str) -> str:
    """Lower case, NFC, one letter đ; of two places for a tone the one that most people write.

    Open syllables carry it on the first vowel (hòa, ủy), closed ones and `quy` on the second (hoàn, quý).

    >>> exact("HOÀ BÌNH, \\u00d0ảng uỷ, qúy I"), exact("Hoàn thành; hòan thành")
    ('hòa bình, đảng ủy, quý i', 'hoàn thành; hoàn thành')
    """
    text = text.lower()
    if text.isascii():
        return text
    text = _OPEN.sub(lambda match: _TO_FIRST[match[0]], _composed(text))
    return _CLOSED.sub(lambda match: _TO_SECOND[match[0]], text)


def folded(text: str) -> str:
    """Lower case without marks, đ as d. A mark that parts words leaves a space behind.

    >>> folded("Đảng uỷ thị xã MỸ HÀO"), folded("\\u00d0ường")
    ('dang uy thi xa my hao', 'duong')
    """
    text = text.lower()
    if text.isascii():
        return text
    text = _PARTING_MARK.sub(" ", _composed(text)).replace("đ", "d")
    without = _ANY_MARK.sub("", unicodedata.normalize("NFD", text))
    return without if without.isascii() else unicodedata.normalize("NFC", without)


def words(text: str) -> list[str]:
    """The words of a text that is in one of the two forms, as the tokenizer parts them.

    >>> words("1051/qđ-ubnd (ngày 04/3/2021)")
    ['1051', 'qđ', 'ubnd', 'ngày', '04', '3', '2021']
    """
    return _WORD.findall(text)


def spellings(word: str) -> tuple[str, ...]:
    """A folded word as it is written too: y for i, and i for y, where it is the whole rime.

    >>> spellings("my"), spellings("si"), spellings("quy")
    (('my', 'mi'), ('si', 'sy'), ('quy', 'qui'))
    >>> spellings("uy"), spellings("thi"), spellings("hay")
    (('uy',), ('thi',), ('hay',))
    """
    if _ONLY_I_OR_Y.fullmatch(word):
        return word, word[:-1] + ("i" if word[-1] == "y" else "y")
    return (word,)


def beginnings(start: str) -> tuple[str, ...]:
    """The begin of a word in the exact form as it may go on: the tone stands elsewhere once the syllable is closed.

    >>> beginnings("hòa"), beginnings("chuyể")
    (('hòa', 'hoà'), ('chuyể',))
    """
    closed = _CLOSED.sub(lambda match: _TO_SECOND[match[0]], start + "n")[:-1]
    return (start,) if closed == start else (start, closed)


def _composed(text: str) -> str:
    """NFC. U+00D0 and U+0189 look like Đ and are typed for it; these are their small letters."""
    return nfc(text).replace("ð", "đ").replace("ɖ", "đ")
