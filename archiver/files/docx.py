"""Text of DOCX files.

By lxml alone: what a person sees of WordprocessingML is paragraphs, tables and a handful of marks, and a parser that
tells each element as it comes keeps none of them, nor a bomb. python-docx keeps the whole tree, and its
`paragraph.text` leaves out inserted text (`w:ins`), content controls and text boxes, which the forms of offices are
made of; docx2python keeps it too, and leaves parting the text into blocks to its caller.

Not read: headers and footers, comments, and the numbers of automatic lists, which Word makes up as it shows the page.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, cast

from lxml import etree

from archiver.files.archives import BROKEN_ZIP, UnpacksTooLargeError, bites
from archiver.files.blocks import Blocks, row
from archiver.files.limits import Limits
from archiver.files.problems import BROKEN, CUT_OFF, NO_TEXT, UNPACKS_TOO_LARGE, problem
from archiver.items import FileText, Problem

_MAIN = re.compile(r"word/document\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "instrText", "binData"))
_MARKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONGEST_CELL = 240  # characters, on average; cells of a layout hold paragraphs


def read_docx(body: bytes, limits: Limits) -> FileText:
    """The text of a DOCX file, its footnotes behind it."""
    reader = _Reader(limits.characters)
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            for name in _parts(archive.namelist()):
                _read_part(archive, name, reader, limits)
    except UnpacksTooLargeError:
        return _result(reader, problem(UNPACKS_TOO_LARGE, limits.unpacked_bytes))
    except etree.XMLSyntaxError as error:
        return _result(reader, problem(BROKEN, error.msg))
    except BROKEN_ZIP as error:
        return _result(reader, problem(BROKEN, error))
    return _result(reader)


def _parts(names: list[str]) -> list[str]:
    """The parts that have text in them: the document, which some programs number, and its notes."""
    main = next((name for name in names if _MAIN.fullmatch(name)), "word/document.xml")
    return [main, *(name for name in _NOTES if name in names)]


def _read_part(archive: zipfile.ZipFile, name: str, reader: _Reader, limits: Limits) -> None:
    parser = etree.XMLParser(target=cast("Any", reader), resolve_entities=False, no_network=True)
    for bite in bites(archive, name, limits.unpacked_bytes):
        parser.feed(bite)
        if reader.blocks.is_full:
            return
    parser.close()


def _result(reader: _Reader, *problems: Problem) -> FileText:
    text = reader.blocks.text
    if reader.blocks.is_full:
        problems = (*problems, problem(CUT_OFF))
    if not text and not problems:
        problems = (problem(NO_TEXT),)
    return FileText("DOCX", text or None, None, bool(text and problems), problems)


@dataclass(slots=True)
class _Table:
    """A table being read: its rows of cells, each its paragraphs."""

    rows: list[list[list[str]]] = field(default_factory=list)


class _Reader:
    """Is told each element by the parser, whatever it is nested in, and gathers what is seen of it."""

    def __init__(self, characters: int) -> None:
        self.blocks = Blocks(characters)
        self.unseen = 0  # how many unseen elements are open
        self.paragraphs: list[list[str]] = []  # open ones; a text box is a paragraph within another
        self.tables: list[_Table] = []  # open ones
        self.in_text = self.is_hidden = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self.unseen or name in _UNSEEN:
            self.unseen += 1
        elif name == "p":
            self.paragraphs.append([])
        elif name == "r":
            self.is_hidden = False
        elif name == "vanish":
            self.is_hidden = not any(value in ("0", "false", "off") for value in attributes.values())
        elif name == "t":
            self.in_text = True
        elif name in _MARKS:
            self.add(_MARKS[name])
        else:
            self.open_table_part(name)

    def open_table_part(self, name: str) -> None:
        if name == "tbl":
            self.tables.append(_Table())
        elif name == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif name == "tc" and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append([])

    def end(self, tag: str) -> None:
        if self.unseen:
            self.unseen -= 1
            return
        name = tag.rpartition("}")[2]
        if name == "t":
            self.in_text = False
        elif name == "p" and self.paragraphs:
            self.put("".join(self.paragraphs.pop()))
        elif name == "tbl" and self.tables:
            self.close_table(self.tables.pop())

    def data(self, text: str) -> None:
        if self.in_text:
            self.add(text)

    def close(self) -> None:
        """A part has ended; another may follow."""
        self.unseen, self.in_text = 0, False

    def add(self, text: str) -> None:
        if self.paragraphs and not self.unseen and not self.is_hidden:
            self.paragraphs[-1].append(text)

    def put(self, text: str) -> None:
        """Put a paragraph or an inner table where it belongs: into the cell it stands in, or into the text."""
        cell = self.cell
        if cell is None:
            self.blocks.add(text)
        elif text.strip():
            cell.append(text)

    @property
    def cell(self) -> list[str] | None:
        rows = self.tables[-1].rows if self.tables else []
        return rows[-1][-1] if rows and rows[-1] else None

    def close_table(self, table: _Table) -> None:
        rows = [[" ".join(cell) for cell in cells] for cells in table.rows]
        texts = [text for cells in rows for text in cells if text]
        is_data = any(len(cells) > 1 for cells in rows) and sum(map(len, texts)) <= _LONGEST_CELL * len(texts)
        if is_data:
            self.put("\n".join(filter(None, map(row, rows))))
            return
        for paragraph in (each for cells in table.rows for cell in cells for each in cell):
            self.put(paragraph)
