"""Official documents that a text mentions, by their numbers.

    1051/QĐ-UBND           a number, the kind, the issuer: decisions, plans, notices … of the State
    05/2021/NQ-HĐND        with a year: what has the force of law
    68/2020/QH14           of the National Assembly, by its term
    1234/UBND-VX           without a kind: a letter (công văn), the office that wrote it behind the issuer
    15-NQ/TU               of the Party: the kind before the stroke

A number is believed if its letters are codes that are known, or if the word that announces it stands before it ("Công
văn số"). Documents that are named without such a number ("Nghị quyết 19") are not found, nor are numbers that share
their letters ("12, 13/QĐ-UBND" is the second alone). Nothing is guessed: where a code has several meanings and the
words beside it choose none, the meaning is null.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from archiver.items import DocumentMention
from archiver.vietnamese import document_codes as codes
from archiver.vietnamese.dates import find_date
from archiver.vietnamese.text import clean, fold, place_tone

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212-"
_MOST_CODES = 6
_LONG_CODE = 4  # letters by which an issuer is known even without "số" before its number
_BEFORE = 60  # characters in which the announcing word stands
_TITLE = 160  # characters in which a law has its name, between "Luật" and its number
_BEHIND = 120  # characters in which the date and the issuer's name stand

_NUMBER = re.compile(
    rf"(?<![\w/])(?<!\d[.,:])(?<!\w[{_DASHES}])(?P<number>\d{{1,2}}\.\d{{3}}|\d{{1,6}}(?:bis|[a-zđA-ZĐ])?)\s{{0,2}}"
    rf"(?:/\s{{0,2}}(?P<year>(?:19|20)\d\d)\s{{0,2}}/|(?P<mark>[/{_DASHES}]))\s{{0,2}}(?=[^\W\d_])"
)
_CODE = re.compile(r"[^\W\d_](?:&?[^\W_]){0,15}(?![\w&])")
_MARK = re.compile(rf"\s{{0,2}}([/{_DASHES}])\s{{0,2}}")
_CLOSE_MARK = re.compile(rf"([/{_DASHES}])\n?")
_DOT = re.compile(r"(\.)")
_ASSEMBLY = re.compile(r"(QH|UBTVQH)\d{1,2}", re.IGNORECASE)

_KIND_TABLES = (codes.KINDS, codes.PARTY_KINDS, codes.ASSEMBLY_KINDS)
_KIND_NAMES = {fold(name).lower(): name for table in _KIND_TABLES for names in table.values() for name in names}
_CODE_OF_NAME = {names[0]: code for code, names in reversed(codes.KINDS.items()) if len(names) == 1}
_ANY_KIND = "van ban"
_LONGEST_NAME = 4  # words
_URGENCY = frozenset(("mat", "khan", "hoa", "toc"))
_MONTHS = frozenset(("thang", "ngay", "quy"))
_LICENCES = re.compile(r"\b(?:giay phep|giay chung nhan|hop dong|bien so|hoa don|tai khoan)\b")
_AGAIN = re.compile(r"\s*(?:[,;]|(?<=\s)và(?=\s)|[,;]\s*và(?=\s))\s*(?:số\s*:?\s*)?", re.IGNORECASE)
_LAW = re.compile(r"\b(bo luat|luat|phap lenh|nghi quyet|hien phap)\b")

_OTHER_ISSUERS = (
    "Đảng bộ", "Trung ương", "Bộ Chính trị", "Ban Bí thư", "Chủ tịch", "Thủ tướng", "Ban Thường vụ", "Ban Chấp hành",
    "BCH", "BTV", "UBND", "HĐND", "Chủ tịch UBND", "Thường trực",
)  # fmt: skip
_ISSUER_NAMES = {place_tone(name) for names in (*codes.ISSUERS.values(), _OTHER_ISSUERS) for name in names}
_ISSUING = "|".join(map(re.escape, sorted(_ISSUER_NAMES, key=len, reverse=True)))
_PROPER_NAME = r"(?:\s+[A-ZÀ-ÝĐĂƠƯ\u1EA0-\u1EF9]\w*){0,5}"
_LEVEL = r"\s+(?i:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn)\b"
_OF_WHOM = re.compile(
    rf"\s+(?:của|do)(?:\s+(?i:{_ISSUING})\b){{1,3}}(?:{_LEVEL})?{_PROPER_NAME}(?:,?{_LEVEL}{_PROPER_NAME}){{0,2}}"
)
_SIGNED = re.compile(r"\s*[,(]?(?:\s*(?:được\s+)?(?:ký\s+ban hành|ban hành|ký|đề))?\s*(?=ngày\b)", re.IGNORECASE)
_PLACE = re.compile(r"\s*\|?\s*[^\W\d_]\w*(?:\s\w+){0,6},\s*(?=ngày\s)")  # "Số: 45/KH-UBND   Mỹ Hào, ngày …"
_DAY = re.compile(
    r"ngày\s+\d{1,2}(?:\s?[/.\-–]\s?\d{1,2}(?:\s?[/.\-–]\s?\d{1,4})?|\s+tháng\s+\w+(?:,?\s+(?:năm\s+)?\d{1,4})?)?(?!\d)",
    re.IGNORECASE,
)


class _Code(NamedTuple):
    """Letters of a number, and the mark before them."""

    mark: str
    letters: str
    end: int


@dataclass(frozen=True, slots=True)
class _Announced:
    """What stands before a number."""

    word: str | None  # the kind's name, or "văn bản" for any
    in_list: str | None  # the kind's name, before an earlier number of the same list
    number: bool  # "số"
    is_month: bool  # "tháng", "quý": what follows is no document's number
    is_licence: bool  # nor is a licence's or a contract's, by all appearance


class _Named(NamedTuple):
    """What the letters of a number say."""

    kind: str | None
    kind_names: codes.Meanings
    issuers: tuple[str, ...]  # the letters of each


def mentions(text: str) -> tuple[DocumentMention, ...]:
    """The document numbers in a text, in its order, each as often as it stands there.

    Offsets are those of the text in NFC, which every text of the archive is.

    >>> [mention] = mentions("Quyết định số 1051/QĐ-UBND ngày 04/3/2021 của UBND thị xã")
    >>> mention.number, mention.kind_name, mention.issuer_name, mention.dated
    ('1051/QĐ-UBND', 'Quyết định', 'Ủy ban nhân dân', '2021-03-04')
    >>> [(each.number, each.issuer_name) for each in mentions("số 15-NQ/TU của Tỉnh ủy, số 12-KH/ThU, 12/2021, 24/24")]
    [('15-NQ/TU', 'Tỉnh ủy'), ('12-KH/ThU', None)]
    """
    text = unicodedata.normalize("NFC", text)
    found: list[DocumentMention] = []
    place = 0
    while match := _NUMBER.search(text, place):
        mention = _mention(text, match, found[-1] if found else None)
        place = mention.end if mention else match.end()
        if mention:
            found.append(mention)
    return tuple(found)


def _mention(text: str, match: re.Match[str], previous: DocumentMention | None) -> DocumentMention | None:
    letters = _letters(text, match)
    announced = _announced(text, match.start(), previous)
    named = _named(letters, match, announced)
    if named is None:
        return None
    start, end = match.start(), letters[-1].end
    behind = place_tone(text[end : end + _BEHIND])
    dated, dated_raw = _date(behind, is_head=announced.number and announced.word is None)
    return DocumentMention(
        number=clean(text[start:end]),
        key=_key(match, letters),
        year=int(match["year"]) if match["year"] else None,
        kind=named.kind,
        kind_name=_kind_name(named, announced, text[max(0, start - _TITLE) : start]),
        issuer="-".join(map(_issuer, named.issuers)) or None,
        issuer_name=_issuer_name(named, match, behind),
        dated=dated,
        dated_raw=dated_raw,
        start=start,
        end=end,
    )


def _letters(text: str, match: re.Match[str]) -> list[_Code]:
    """The codes behind a number, as far as they are codes.

    Spaces stand only around the mark behind a kind: "12/QĐ - UBND" is one number, "12/UBND - UBND xã" is not.
    """
    found: list[_Code] = []
    mark, place = match["mark"] or "/", match.end()
    while len(found) < _MOST_CODES and (code := _CODE.match(text, place)) and _is_code(code[0]):
        found.append(_Code(mark, code[0], code.end()))
        pattern = _MARK if len(found) == 1 and codes.kind_code(code[0]) else _CLOSE_MARK
        next_mark = pattern.match(text, code.end()) or _dot(text, found)
        if next_mark is None:
            break
        mark, place = next_mark[1], next_mark.end()
    return found


def _is_code(letters: str) -> bool:
    """Whether letters are a code: one that is known, or capitals mostly ("SGDĐT-GDTrH"), without any vowel's mark."""
    if codes.kind_code(letters) or codes.issuer_code(letters):
        return True
    plain = codes.with_stroke(letters).replace("Đ", "D").replace("Ư", "U")
    capitals = sum(letter.isupper() for letter in plain)
    return plain.isascii() and letters[0].isupper() and capitals > sum(letter.islower() for letter in plain)


def _dot(text: str, found: list[_Code]) -> re.Match[str] | None:
    """A dot for a dash, as in "12/QĐ.UBND" and "123/UBND.VX"; otherwise it ends the sentence."""
    dot = _DOT.match(text, found[-1].end)
    code = _CODE.match(text, dot.end()) if dot else None
    if code is None or len(found) > 1:
        return None
    first = found[0].letters
    is_issuer = codes.kind_code(first) and codes.issuer_code(code[0])
    is_office = codes.issuer_code(first) and len(code[0]) <= 3 and code[0].isupper()
    return dot if is_issuer or is_office else None


def _announced(text: str, start: int, previous: DocumentMention | None) -> _Announced:
    """The words before a number."""
    before = fold(text[max(0, start - _BEFORE) : start]).lower()
    words = [word.strip("([{\"'“”‘’") for word in before.rstrip(" :.\xa0\n\t").split()]
    number = words[-1:] == ["so"]
    words = words[:-1] if number else words
    while words and words[-1] in _URGENCY:
        words.pop()
    name = _last_name(words)
    in_list = _name_in_list(text, start, previous) if previous and not name else None
    is_month = not number and bool(words) and words[-1] in _MONTHS
    is_licence = name is None and _LICENCES.search(" ".join(words[-6:])) is not None
    return _Announced(name, in_list, number, is_month, is_licence)


def _name_in_list(text: str, start: int, previous: DocumentMention) -> str | None:
    """A list names the kind once: "các Quy định số 37-QĐ/TW, 41-QĐ/TW"."""
    if start - previous.end > _BEFORE:
        return None
    between = text[previous.end : start]
    if previous.dated_raw:
        between = between.replace(previous.dated_raw, "", 1)
    return previous.kind_name if _AGAIN.fullmatch(between) else None


def _last_name(words: list[str]) -> str | None:
    for length in range(_LONGEST_NAME, 0, -1):
        name = " ".join(words[-length:])
        if name in _KIND_NAMES or name == _ANY_KIND:
            return _KIND_NAMES.get(name, _ANY_KIND)
    return None


def _named(letters: list[_Code], match: re.Match[str], announced: _Announced) -> _Named | None:
    """What kind of document of whom a number is; null if it is no document's number."""
    if not letters or announced.is_month or codes.is_no_document(letters[0].letters):
        return None
    first, others = letters[0].letters, tuple(code.letters for code in letters[1:])
    is_known = bool(codes.kind_code(first) and others and codes.issuer_code(others[0]))
    if not is_known and (announced.is_licence or any(each.islower() for each in (first, *others))):
        return None  # small letters are believed only where kind and issuer are known
    assembly = _ASSEMBLY.fullmatch(first)
    if assembly and match["year"]:
        return _Named(None, codes.ASSEMBLY_KINDS[assembly[1].upper()], (first,))
    if letters[0].mark != "/":
        return _of_the_party(letters, announced)
    kind = codes.kind_code(first)
    if kind:
        return _of_the_state(kind, others, announced)
    return None if match["year"] and not announced.word else _without_kind(first, others, announced)


def _of_the_party(letters: list[_Code], announced: _Announced) -> _Named | None:
    """ "15-NQ/TU"; "15-NQ-TU" only where it is announced."""
    if len(letters) == 1:
        return None
    kind, issuer = codes.kind_code(letters[0].letters), letters[1].letters
    is_known = bool(kind or (announced.word and codes.issuer_code(issuer)))
    if not is_known or (letters[1].mark != "/" and not (announced.word or announced.number)):
        return None
    return _Named(kind, _party_meanings(kind), (issuer,))


def _party_meanings(kind: str | None) -> codes.Meanings:
    return codes.PARTY_KINDS.get(kind) or codes.KINDS[kind] if kind else ()


def _of_the_state(kind: str, others: tuple[str, ...], announced: _Announced) -> _Named | None:
    """ "1051/QĐ-UBND"; "1051/QĐ" only behind the word "Quyết định"."""
    is_of_party = bool(others) and codes.issuer_code(others[0]) in codes.PARTY
    names = _party_meanings(kind) if is_of_party or kind not in codes.KINDS else codes.KINDS[kind]
    if not others:
        return _Named(kind, names, ()) if announced.word in names else None
    return _Named(kind, names, others if kind in codes.JOINT_KINDS else others[:1])


def _without_kind(first: str, others: tuple[str, ...], announced: _Announced) -> _Named | None:
    """ "1234/UBND-VX": known issuers, and others behind a word that names a document."""
    is_long = len(first) >= _LONG_CODE
    known = codes.issuer_code(first) is not None and (
        announced.word or (announced.number and (others or is_long)) or (others and is_long)
    )
    if not known and not (announced.word and (others or is_long)):
        return None
    name = announced.word
    kind = codes.OFFICIAL_LETTER if name in (None, _ANY_KIND) else _CODE_OF_NAME.get(name)
    if not known and kind != codes.OFFICIAL_LETTER:
        return _Named(kind, _names_of(kind), ())
    if not known and name == _ANY_KIND:
        kind = None
    return _Named(kind, _names_of(kind), (first,))


def _names_of(kind: str | None) -> codes.Meanings:
    return codes.KINDS[kind] if kind else ()


def _kind_name(named: _Named, announced: _Announced, before: str) -> str | None:
    names = named.kind_names
    for word in (announced.word, announced.in_list):
        if word in names:
            return word
    if names in codes.ASSEMBLY_KINDS.values():
        return _law_before(before, names)
    return names[0] if len(names) == 1 else None


def _law_before(before: str, names: codes.Meanings) -> str | None:
    """Luật Đất đai số 45/2013/QH13: the only word for a law in the same sentence; two could each be meant."""
    sentence = re.split(r"[.;:)]|\d/", fold(before).lower())[-1]
    words = set(_LAW.findall(sentence))
    name = _KIND_NAMES[words.pop()] if len(words) == 1 else None
    return name if name in names else None


def _issuer(letters: str) -> str:
    """A known code as it is written by the rules, any other as printed."""
    known = codes.issuer_code(letters)
    digits = letters[len(letters.rstrip("0123456789")) :]
    return known + digits if known else codes.with_stroke(letters)


def _issuer_name(named: _Named, match: re.Match[str], behind: str) -> str | None:
    names = [_one_issuer_name(letters, named, match, behind) for letters in named.issuers]
    return ", ".join(name for name in names if name) if names and all(names) else None


def _one_issuer_name(letters: str, named: _Named, match: re.Match[str], behind: str) -> str | None:
    code = codes.issuer_code(letters)
    if code is None:
        return None
    names = codes.ISSUERS[code]
    if match["year"] or named.kind in ("TT", "TTLT", "VBHN"):
        names = codes.BY_LAW.get(code, names)
    elif match["mark"] != "/":
        names = codes.BY_PARTY.get(code, names)
    return names[0] if len(names) == 1 else _named_behind(names, behind)


def _named_behind(names: Iterable[str], behind: str) -> str | None:
    """The one of an issuer's names that the text gives: "15-NQ/TU ngày 03/02/2020 của Tỉnh ủy"."""
    _, _, whose = behind[:90].partition(" của ")
    said = [name for name in names if place_tone(name).lower() in whose[:45].lower()]
    return said[0] if len(said) == 1 else None


def _date(behind: str, *, is_head: bool) -> tuple[str | None, str | None]:
    """The day beside a number, and as printed: right behind it, behind its issuer, or behind the place in a head."""
    of_whom = _OF_WHOM.match(behind)
    place = of_whom.end() if of_whom else 0
    before_day = _SIGNED.match(behind, place) or (_PLACE.match(behind) if is_head else None)
    day = _DAY.match(behind, before_day.end()) if before_day else None
    if day is None:
        return None, None
    reading = find_date(day[0])
    return (str(reading.on) if reading and reading.on else None), clean(day[0])


def _key(match: re.Match[str], letters: list[_Code]) -> str:
    number = match["number"].replace(".", "").lstrip("0") or "0"
    parts = [number, *([match["year"]] if match["year"] else []), *(code.letters for code in letters)]
    return fold("/".join(parts)).upper()
