"""What the words around a number say it is: a citizen's, a telephone's, an account's, a firm's, money, a date.

The word that stands nearest before the number decides. In a row of a table that is a word in its cell, in the cell
before it, or at the head of its column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from archiver.vietnamese.text import fold

About = Literal["citizen", "phone", "account", "tax", "amount", "other"]

_FARTHEST = 100  # characters from a word to its number
_LONGEST_LINE = 20_000  # of which the beginning is looked for
_WORDS: tuple[tuple[About, str], ...] = (
    ("citizen", r"\bcmnd\b|\bcmtnd\b|\bcmt\b|\bcccd\b|can cuoc|chung minh (?:nhan dan|thu)|so chung minh|dinh danh"),
    ("account", r"tai khoan|\bstk\b|\bso tk\b|\btk\b"),
    ("phone", r"dien thoai|\bdt(?:dd)?\b|\bs\.?dt\b|\b(?:tel|phone|mobile|hotline|fax|zalo|di dong)\b|duong day nong"),
    ("phone", r"lien he|so may"),
    ("tax", r"ma so thue|\bmst\b|ma so (?:doanh nghiep|ho kinh doanh)|\bmsdn\b|dang ky (?:kinh doanh|doanh nghiep)"),
    ("amount", r"so tien|kinh phi|tri gia|gia tri|tong (?:muc|so)|\bvon\b|du toan|ngan sach|doanh thu|don gia"),
    ("amount", r"loi nhuan|gia (?:goi thau|trung thau|khoi diem|dat)|dien tich|san luong|tien (?:thue|phat|dat)"),
    ("other", r"cap ngay|ngay cap|ngay sinh|quyet dinh so|ma ho so|ma so ho so|so hieu|toa do"),
)  # fmt: skip
_EDGE = r"(?:(?<![a-z])(?=[a-z])|(?<=[a-z])(?![a-z]))"  # of a word; digits are none of it: "ĐT0912…"
_WORD = re.compile("|".join(f"({words})" for _, words in _WORDS).replace(r"\b", _EDGE))
# What may stand between a word and its number if the one names the other: "Số điện thoại cố định là: …"
_BETWEEN = "(?:so|la|co dinh|di dong|ban|nha rieng|co quan|hoac|va|chu|ca nhan|cong dan|nhan dan)"
_NEAR = re.compile(rf"(?:[\s\d:.,;=/()\[\]•\-–]|{_EDGE}{_BETWEEN}{_EDGE})*")
_FIGURE = re.compile(r"[\d•]")
_SENTENCE_END = re.compile(r"[;!?]\s+|(?<!\bTP)(?<!\bTX)(?<!\bTT)(?<!\b[PQHT])\.\s+(?=([^\W\d_]))")
# What a number counts, where it does not stand for a person: it follows at once.
_UNIT = re.compile(
    r"\s*(?:\(?(?:đồng|dong)\b(?!\s+(?:chí|chi|bào|thời|ý)\b)|đ(?![\w/])|vnđ\b|vnd\b|usd\b|triệu\b|tỷ\b|tỉ\b|nghìn\b"
    r"|ngàn\b|m2\b|m²|m3\b|m³|ha\b|km\b|km2\b|kg\b|tấn\b|lít\b|kwh\b|cổ (?:phiếu|phần)\b|%|‰)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:lượt|lần|người|hộ(?!\s+khẩu)|hồ sơ|giao dịch|tài khoản|khách|cuộc|máy|thuê bao|điểm|cái|con|cây|bản)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a number is about by the words before it, and whether they name this very number."""

    about: About | None
    is_near: bool


_NOTHING = Context(None, False)


class Words:
    """A text, asked what its words say about its numbers, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.block = (0, 0)  # lines that stand together: where they begin and end
        self.heads: list[str] = []  # of its columns

    def before(self, start: int) -> Context:
        """What the words before a number say, which begins at `start`."""
        line_start = self.text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
        line_end = self.text.find("\n", start, start + _LONGEST_LINE)
        is_long = line_end < 0 or (not line_start and start > _LONGEST_LINE)
        if self.text.find("|", line_start, start + _LONGEST_LINE if is_long else line_end) >= 0 and not (
            start - line_start > _LONGEST_LINE
        ):
            return self._in_table(line_start, start)
        line = self.text[max(line_start, start - _FARTHEST) : start]
        said = _said(line)
        return said if said.about or any(map(str.isalnum, line)) else self._above(line_start)

    def _above(self, line_start: int) -> Context:
        """What the line above says, if it ends by naming what stands below."""
        above = self.text[max(0, line_start - _FARTHEST) : line_start].rstrip().rpartition("\n")[2]
        said = _said(above)
        return said if said.is_near else _NOTHING

    def _in_table(self, line_start: int, start: int) -> Context:
        """In its cell, in the cell before it, at the head of its column: the first that says something."""
        cells = self.text[line_start:start].split("|")
        said = _said(cells[-1])
        if said.about is None and len(cells) > 1 and not _FIGURE.search(cells[-2]):
            said = _said(cells[-2])
        if said.about is None:
            said = self._at_head(line_start, len(cells) - 1)
        return Context(said.about, said.about is not None)

    def _at_head(self, line_start: int, column: int) -> Context:
        """What the head of a column says: the first row of the lines that stand together."""
        if not self.block[0] <= line_start < self.block[1]:
            self._enter_block(line_start)
        return _said(self.heads[column].strip()) if column < len(self.heads) else _NOTHING

    def _enter_block(self, line_start: int) -> None:
        start = self.text.rfind("\n\n", self.block[1], line_start)
        start = self.block[1] if start < 0 else start + 2
        end = self.text.find("\n\n", line_start)
        self.block = (start, len(self.text) if end < 0 else end + 2)
        rows = (line for line in self.text[start : min(line_start, start + _LONGEST_LINE)].split("\n") if "|" in line)
        self.heads = next(rows, "").split("|")


def counts_something(text: str, end: int) -> bool:
    """Whether what follows at `end` is a unit of money, of area, of weight …

    >>> counts_something("123456789 đồng", 9), counts_something("123456789 đồng chí", 9), counts_something("9 đ", 1)
    (True, False, True)
    """
    return _UNIT.match(text, end) is not None


def counts_people(text: str, end: int) -> bool:
    """Whether what follows at `end` is what newspapers count: people, cases, accounts …

    >>> counts_people("1234567 lượt", 7), counts_people("145678912 hộ khẩu", 9)
    (True, False)
    """
    return _COUNTED.match(text, end) is not None


def _said(text: str) -> Context:
    """What the last word of a text says that speaks of numbers."""
    window = fold(_last_sentence(text[-_FARTHEST:])).lower()
    words = list(_WORD.finditer(window))
    if not words:
        return _NOTHING
    return Context(_WORDS[(words[-1].lastindex or 1) - 1][0], _NEAR.fullmatch(window, words[-1].end()) is not None)


def _last_sentence(text: str) -> str:
    end = 0
    for match in _SENTENCE_END.finditer(text):
        if match[1] is None or match[1].isupper():
            end = match.end()
    return text[end:]
