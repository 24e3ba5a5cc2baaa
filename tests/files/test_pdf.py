"""PDF files: what they say, and what they may be."""

import zlib
from dataclasses import replace

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.platypus import Spacer

from archiver.files import problems
from archiver.files.limits import LIMITS
from archiver.files.reading import read_file
from tests.files.making import (
    ALL_LETTERS,
    ARTICLE,
    DECISION,
    JUSTIFIED,
    NEW_PAGE,
    ROWS,
    drawn_pdf,
    pdf,
    raw_pdf,
    stream,
)


def reasons(file):
    return [problem.reason for problem in file.problems]


def test_paragraphs_are_whole_again():
    file = read_file(pdf(DECISION, ARTICLE, ARTICLE))
    assert file.text == f"{DECISION}\n\n{ARTICLE}\n\n{ARTICLE}"
    assert (file.format, file.pages, file.is_cut_off, file.problems) == ("PDF", 1, False, ())


def test_justified_paragraphs_are_known_by_their_indented_first_line():
    file = read_file(pdf(DECISION, ARTICLE * 2, DECISION, style=JUSTIFIED))
    assert file.text == f"{DECISION}\n\n{ARTICLE * 2}\n\n{DECISION}"


def test_every_letter_of_vietnamese_is_read():
    words = " ".join(ALL_LETTERS[start : start + 6] for start in range(0, len(ALL_LETTERS), 6))
    assert read_file(pdf(words, words.upper(), words.lower())).text.split("\n\n") == [
        words,
        words.upper(),
        words.lower(),
    ]


def test_a_table_is_rows_of_cells():
    assert read_file(pdf(DECISION, ROWS, Spacer(0, 24), ARTICLE)).text.split("\n\n") == [
        DECISION,
        "\n".join(" | ".join(row) for row in ROWS),
        ARTICLE,
    ]


def test_pages_follow_each_other():
    file = read_file(pdf("Trang một", NEW_PAGE, "Trang hai"))
    assert (file.text, file.pages) == ("Trang một\n\nTrang hai", 2)


def test_a_number_broken_at_its_hyphen_stays_a_number():
    def draw(canvas):
        canvas.drawString(50, 700, "Thực hiện Quyết định số 1234/2021/QĐ-")
        canvas.drawString(50, 684, "UBND ngày 04/3/2021 của thị xã")

    assert read_file(drawn_pdf(draw)).text == "Thực hiện Quyết định số 1234/2021/QĐ-UBND ngày 04/3/2021 của thị xã"


def test_the_head_of_a_letter_is_cells():
    def draw(canvas):
        canvas.drawString(50, 700, "Số: 45/KH-UBND")
        canvas.drawString(300, 700, "An Thuận, ngày 15 tháng 6 năm 2021")

    assert read_file(drawn_pdf(draw)).text == "Số: 45/KH-UBND | An Thuận, ngày 15 tháng 6 năm 2021"


def test_a_scanned_file_says_so():
    def draw(canvas):
        canvas.drawInlineImage(_picture(), 0, 0, 500, 700)
        canvas.showPage()

    file = read_file(drawn_pdf(draw))
    assert (file.text, reasons(file)) == (None, [problems.SCANNED])
    assert file.problems[0].raw == "1 of 1 pages"


def test_scanned_pages_among_others():
    def draw(canvas):
        canvas.drawString(50, 700, "Danh sách kèm theo")
        canvas.showPage()
        canvas.drawInlineImage(_picture(), 0, 0, 500, 700)
        canvas.showPage()

    file = read_file(drawn_pdf(draw))
    assert (file.text, reasons(file)) == ("Danh sách kèm theo", [problems.PARTLY_SCANNED])
    assert file.problems[0].raw == "1 of 2 pages"


def _picture():
    from PIL import Image

    return Image.new("RGB", (8, 8), "gray")


def test_a_file_without_anything_in_it():
    file = read_file(drawn_pdf(lambda canvas: canvas.showPage()))
    assert (file.text, reasons(file)) == (None, [problems.NO_TEXT])


def test_an_encrypted_file():
    file = read_file(pdf(DECISION, encrypt=StandardEncryption("mật khẩu", ownerPassword="chủ")))
    assert (file.text, reasons(file)) == (None, [problems.ENCRYPTED])


def test_a_file_that_anyone_may_read_but_not_change():
    file = read_file(pdf(DECISION, encrypt=StandardEncryption("", ownerPassword="chủ", canModify=0)))
    assert (file.text, file.problems) == (DECISION, ())


def test_a_text_in_a_legacy_font_is_kept_and_said():
    def draw(canvas):
        canvas.drawString(50, 700, "ÑIEÅM BAÙO NGAØY 5")

    file = read_file(drawn_pdf(draw))
    assert file.text == "ÑIEÅM BAÙO NGAØY 5"
    assert [(problem.reason, problem.raw) for problem in file.problems] == [(problems.LEGACY_FONT, "VNI")]


def test_letters_that_the_file_does_not_explain():
    """Without its table of meanings a font's letters are shapes; some are guessed, others missing."""
    body = pdf(DECISION).replace(b"/ToUnicode", b"/ToNothing")
    assert reasons(read_file(body)) == [problems.LETTERS_WITHOUT_MEANING]


def test_only_so_many_pages_and_characters():
    body = pdf("Một", NEW_PAGE, "Hai", NEW_PAGE, "Ba")
    file = read_file(body, limits=replace(LIMITS, pages=2))
    assert (file.text, file.pages, file.is_cut_off, reasons(file)) == ("Một\n\nHai", 3, True, [problems.CUT_OFF])
    file = read_file(pdf(DECISION), limits=replace(LIMITS, characters=21))
    assert (len(file.text), file.is_cut_off, reasons(file)) == (21, True, [problems.CUT_OFF])
    assert DECISION.startswith(file.text)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
TEXT = stream(b"BT /F 12 Tf 50 700 Td (Trang mot) Tj ET")


def test_ten_thousand_pages_that_are_not_there():
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 10000>>"
    file = read_file(raw_pdf(CATALOG, pages, PAGE, FONT, TEXT))
    assert file.text == "Trang mot"
    assert file.is_cut_off == bool(file.problems)


def test_the_same_page_ten_thousand_times():
    pages = b"<</Type/Pages/Kids[" + b"3 0 R " * 10000 + b"]/Count 10000>>"
    file = read_file(raw_pdf(CATALOG, pages, PAGE, FONT, TEXT))
    assert file.pages == 10000
    assert (file.is_cut_off, reasons(file)) == (True, [problems.CUT_OFF])


@pytest.mark.parametrize(
    "objects",
    [
        [CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"],
        [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"[" * 50_000 + b"]" * 50_000],
        [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</A" * 50_000 + b">>" * 50_000],
        [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, FONT, stream(b"q " * 200_000 + b"[" * 100_000)],
        [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, FONT, stream(b"x", b"/Filter[" + b"/FlateDecode" * 2000 + b"]")],
        [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count -1>>", PAGE, FONT, TEXT],
        [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 99999999999>>", PAGE, FONT, TEXT],
        [b"<<>>"],
    ],
    ids=["own parent", "deep array", "deep dictionary", "deep content", "many filters", "fewer than none", "countless", "nothing"],
)  # fmt: skip
def test_structures_that_no_program_makes(objects):
    file = read_file(raw_pdf(*objects))
    assert file.format == "PDF"
    assert file.text or file.problems


def test_a_page_that_unpacks_to_a_hundred_times_its_size():
    content = zlib.compress(b"BT /F 12 Tf 50 700 Td (Trang mot) Tj ET\n" * 20_000, 9)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    file = read_file(raw_pdf(CATALOG, pages, PAGE, FONT, stream(content, b"/Filter/FlateDecode")))
    assert file.text.startswith("Trang mot")
