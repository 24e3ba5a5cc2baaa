"""XLSX files: what they say, and what they may be."""

from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
import pytest

from archiver.files import problems
from archiver.files.limits import LIMITS
from archiver.files.reading import read_file
from tests.files.making import ROWS, zipped


def xlsx(sheets):
    """Sheets by name, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def reasons(file):
    return [problem.reason for problem in file.problems]


def test_rows_and_cells():
    file = read_file(xlsx({"Sheet1": ROWS}), "danh-sach.xlsx")
    assert file.text == "\n".join(map(" | ".join, ROWS))
    assert (file.format, file.pages, file.is_cut_off, file.problems) == ("XLSX", None, False, ())


def test_values_as_they_are_read_here():
    row = [
        1,
        2.5,
        1_500_000,
        date(2021, 6, 5),
        datetime(2021, 6, 5, 8, 30),  # noqa: DTZ001  cells know no time zone
        time(8, 30),
        True,
        "Đa\u0306ng\nky\u0301",
        None,
        1e20,
    ]
    assert read_file(xlsx({"Sheet1": [row]})).text == "1 | 2.5 | 1500000 | 05/06/2021 | 05/06/2021 08:30 | 08:30 | TRUE | Đăng ký | | 1e+20"  # fmt: skip


def test_empty_rows_part_blocks_and_sheets_have_names():
    file = read_file(xlsx({"Hộ nghèo": [["a", "b"], [], ["c"]], "Trống": [], "Cận nghèo": [["d", None]]}))
    assert file.text == "Hộ nghèo\n\na | b\n\nc |\n\nCận nghèo\n\nd"


def test_an_empty_book():
    file = read_file(xlsx({"Sheet1": []}))
    assert (file.text, reasons(file)) == (None, [problems.NO_TEXT])


def test_only_so_many_cells_and_characters():
    body = xlsx({"Sheet1": [[str(row), "x"] for row in range(100)]})
    file = read_file(body, limits=replace(LIMITS, cells=20))
    assert file.text.splitlines() == [f"{row} | x" for row in range(10)]
    assert (file.is_cut_off, reasons(file)) == (True, [problems.CUT_OFF])
    file = read_file(body, limits=replace(LIMITS, characters=10))
    assert (file.text, reasons(file)) == ("0 | x\n1 |", [problems.CUT_OFF])


def test_a_bomb_is_not_unpacked():
    body = xlsx({"Sheet1": [["x"]]})
    file = read_file(body, limits=replace(LIMITS, unpacked_bytes=100))
    assert (file.text, reasons(file)) == (None, [problems.UNPACKS_TOO_LARGE])


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": "<workbook"},
        {"xl/workbook.xml": ""},
        {"xl/workbook.xml": "<workbook><sheets><sheet name='a' r:id='x'/></sheets></workbook>"},
        {"xl/workbook.xml": b"\x00" * 100},
    ],
)
def test_what_is_wrong_with_a_file(parts):
    file = read_file(zipped(parts))
    assert (file.format, file.text) == ("XLSX", None)
    assert set(reasons(file)) <= {problems.BROKEN, problems.NO_TEXT}
    assert file.problems
