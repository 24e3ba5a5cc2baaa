"""Text of PDF files.

By pypdfium2 (BSD and Apache licences, wheels with Google's PDFium): on 100 pages of Vietnamese it took 0.1 s and 22 MB
where pypdf took 0.3 to 0.6 s and pdfminer.six 1.3 to 1.7 s, with 36 to 40 MB. All three knew every mark, but in
justified lines pypdf and pdfminer double the spaces, and the cells of a row came out in one line from PDFium alone. It
is C++ that reads hostile input: it belongs into a process of its own (`archiver.extraction`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from ctypes import c_double

import pypdfium2
from pypdfium2 import raw

from archiver.files.blocks import Blocks
from archiver.files.limits import Limits
from archiver.files.lines import Line, paragraphs
from archiver.files.problems import (
    BROKEN,
    CUT_OFF,
    ENCRYPTED,
    LETTERS_WITHOUT_MEANING,
    NO_TEXT,
    PARTLY_SCANNED,
    SCANNED,
    UNREADABLE_PAGES,
    problem,
)
from archiver.items import FileText, Problem

_LINE = re.compile(r"[^\r\n]*[^\r\n\s]")
_FIRST_WORD = re.compile(r"\s*\S+")
_SPACES = re.compile(r"(?<=\S)\s+(?=\S)")
_HYPHEN_AT_A_LINE_END = "\ufffe"  # PDFium joins the two halves with it: "QĐ-" and "UBND"
_GAP = 1.5  # times a line's height: cells are so far apart, words are not
_SMALL_GAP = 0.8  # so are they, where other gaps of the line are much smaller
_MUCH_WIDER = 2.5
_SAMPLE = 500  # characters of a page that are asked whether they have a meaning
_FEW = 0.01  # of them may have none: ornaments
_MOST_BROKEN_PAGES = 100  # in a row, from the first on: then nothing is there


def read_pdf(body: bytes, limits: Limits) -> FileText:
    """The text of a PDF file, page by page."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        is_encrypted = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return FileText("PDF", None, problems=(problem(ENCRYPTED if is_encrypted else BROKEN, error),))
    with closing(document):
        return _Reading(document, limits).result()


class _Reading:
    """What was met in a document, from its first page to its last or to a limit."""

    def __init__(self, document: pypdfium2.PdfDocument, limits: Limits) -> None:
        self.pages = len(document)
        self.blocks = Blocks(limits.characters)
        self.read = self.broken = self.pictured = self.asked = self.unknown = 0
        for number in range(min(self.pages, limits.pages)):
            if self.blocks.is_full or (self.broken >= _MOST_BROKEN_PAGES and not self.read):
                break
            self.add(document, number, limits)

    def add(self, document: pypdfium2.PdfDocument, number: int, limits: Limits) -> None:
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                found = _text_of(text, limits)
                is_picture = not found and _has_picture(page)
                self.ask(text)
        except pypdfium2.PdfiumError:
            self.broken += 1
            return
        self.read += 1
        self.pictured += is_picture
        for block in found:
            self.blocks.add(block)

    def ask(self, text: pypdfium2.PdfTextPage) -> None:
        """Count letters that PDFium knows by their shape alone; a font may say which they are, and need not."""
        count = min(text.count_chars(), _SAMPLE)
        self.asked += count
        self.unknown += sum(raw.FPDFText_HasUnicodeMapError(text, index) == 1 for index in range(count))

    def result(self) -> FileText:
        text = self.blocks.text
        is_whole = self.read + self.broken == self.pages and not self.blocks.is_full
        problems = tuple(self.problems(bool(text), is_whole))
        return FileText("PDF", text or None, self.pages, bool(text) and not (is_whole and not self.broken), problems)

    def problems(self, has_text: bool, is_whole: bool) -> Iterator[Problem]:
        if self.broken:
            yield problem(UNREADABLE_PAGES, f"{self.broken} of {self.pages}")
        if self.pictured:
            yield problem(PARTLY_SCANNED if has_text else SCANNED, f"{self.pictured} of {self.pages} pages")
        elif not has_text and not self.broken:
            yield problem(NO_TEXT, f"{self.pages} pages")
        if self.unknown > _FEW * self.asked:
            yield problem(LETTERS_WITHOUT_MEANING, f"{self.unknown} of {self.asked}")
        if not is_whole:
            yield problem(CUT_OFF, f"{self.read} of {self.pages} pages")


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4), None) is not None


def _text_of(text: pypdfium2.PdfTextPage, limits: Limits) -> list[str]:
    """A page's blocks; without its geometry, where characters and their places cannot be told to belong together."""
    count = min(text.count_chars(), limits.characters + 1)
    shown = text.get_text_range(0, count) if count else ""
    if len(shown) != count:
        return [_whole_hyphens(shown)]
    places = _Places(text)
    return paragraphs([_line(match, places) for match in _LINE.finditer(shown)])


class _Places:
    """Where characters stand. One set of numbers for all of them: a page has thousands."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self.text = text
        self.edges = tuple(c_double() for _ in range(4))
        self.rectangle = raw.FS_RECTF()

    def sides(self, index: int) -> tuple[float, float]:
        """Left and right of a character; 0 and 0 for one that PDFium made up."""
        left, right, bottom, top = self.edges
        if not raw.FPDFText_GetCharBox(self.text, index, left, right, bottom, top):
            return 0.0, 0.0
        return left.value, right.value

    def heights(self, index: int) -> tuple[float, float]:
        """Bottom and top of a character's font where it stands."""
        if not raw.FPDFText_GetLooseCharBox(self.text, index, self.rectangle):
            return 0.0, 0.0
        return self.rectangle.bottom, self.rectangle.top


def _line(match: re.Match[str], places: _Places) -> Line:
    shown = match[0]
    indent = len(shown) - len(shown.lstrip())
    first, last = match.start() + indent, match.end() - 1
    (left, _), (_, right) = places.sides(first), places.sides(last)
    bottom, top = places.heights(first)
    word_end = _FIRST_WORD.match(shown)
    word_right = places.sides(match.start() + word_end.end() - 1)[1] if word_end else left
    text, is_row = _cells(shown, match.start(), places, top - bottom)
    return Line(
        text=_whole_hyphens(text),
        left=left,
        right=right,
        bottom=bottom,
        last_bottom=places.heights(last)[0],
        height=top - bottom,
        first_word=word_right - left,
        is_row=is_row,
    )


def _cells(shown: str, start: int, places: _Places, height: float) -> tuple[str, bool]:
    """A line, its cells parted by " | " where gaps are too wide for spaces; in a justified line all are alike."""
    spaces = list(_SPACES.finditer(shown))
    gaps = [places.sides(start + space.end())[0] - places.sides(start + space.start() - 1)[1] for space in spaces]
    wide = min(_GAP * height, max(_SMALL_GAP * height, _MUCH_WIDER * min(gaps, default=0.0)))
    parts, begun = [], 0
    for space, gap in zip(spaces, gaps, strict=True):
        if gap > wide > 0:
            parts.append(shown[begun : space.start()])
            begun = space.end()
    return " | ".join([*parts, shown[begun:]]), bool(parts)


def _whole_hyphens(text: str) -> str:
    return text.replace(_HYPHEN_AT_A_LINE_END, "-")
