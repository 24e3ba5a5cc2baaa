"""What a file is, whatever it is called; what its text is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.files import problems
from archiver.files.blocks import Blocks, visible
from archiver.files.formats import recognise
from archiver.files.limits import Limits
from archiver.files.lines import Line, paragraphs
from archiver.files.reading import read_file
from archiver.vietnamese.text import clean_lines
from tests.files.making import docx, p, pdf, zipped

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500


@pytest.mark.parametrize(
    ("body", "name", "media_type", "found"),
    [
        (pdf("chữ"), None, None, "PDF"),
        (b"\r\n\xef\xbb\xbf%PDF-1.4\n", "van-ban.doc", "application/msword", "PDF"),
        (docx(p("chữ")), "bang.xlsx", None, "DOCX"),
        (zipped({"xl/workbook.xml": ""}), None, None, "XLSX"),
        (zipped({"xl/workbook.bin": ""}), None, None, "XLSB"),
        (zipped({"ppt/presentation.xml": ""}), None, None, "PPTX"),
        (zipped({"content.xml": "", "mimetype": ""}), None, None, "OpenDocument"),
        (zipped({"van-ban.pdf": ""}), "van-ban.zip", None, "ZIP"),
        (docx(p("chữ"))[:-30], "van-ban.docx", None, "DOCX"),
        (docx(p("chữ"))[:-30], "/tai-ve?id=1", "application/vnd.openxmlformats-officedocument.wordprocessingml.document; charset=binary", "DOCX"),
        (docx(p("chữ"))[:-30], None, None, "ZIP"),
        (OLD + "WordDocument".encode("utf-16-le"), None, None, "DOC"),
        (OLD + "Workbook".encode("utf-16-le"), None, None, "XLS"),
        (OLD + "PowerPoint Document".encode("utf-16-le"), None, None, "PPT"),
        (OLD, "bao-cao.DOC", None, "DOC"),
        (OLD, None, None, "old Office"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.docx", None, "Office, encrypted"),
        (b"Rar!\x1a\x07\x00", "ho-so.zip", None, "RAR"),
        (b"7z\xbc\xaf\x27\x1c", None, None, "7Z"),
        (b"{\\rtf1", "a.doc", None, "RTF"),
        (b"\xff\xd8\xff\xe0", "a.jpg", None, "JPEG"),
        (b"\n<!DOCTYPE html><html>", "van-ban.pdf", "application/pdf", "HTML"),
        (b"", "van-ban.pdf", "application/pdf", None),
        (b"abc", "ghi-chu.txt", "text/plain", None),
        (b"abc", "van-ban.pdf", None, "PDF"),
    ],
)  # fmt: skip
def test_formats(body, name, media_type, found):
    assert recognise(body, name, media_type) == found


@pytest.mark.parametrize(("body", "found"), [(b"Rar!\x1a\x07\x00", "RAR"), (OLD + "WordDocument".encode("utf-16-le"), "DOC"), (b"<html>", "HTML"), (b"abc", None)])  # fmt: skip
def test_what_is_not_read_says_so(body, found):
    file = read_file(body)
    assert (file.format, file.text) == (found, None)
    assert [(problem.reason, problem.raw) for problem in file.problems] == [(problems.NOT_READ, found)]


def test_an_encrypted_office_file_says_so():
    file = read_file(OLD + "EncryptedPackage".encode("utf-16-le"), "mat.docx")
    assert [problem.reason for problem in file.problems] == [problems.ENCRYPTED]


def test_a_file_that_is_too_large_is_not_read():
    file = read_file(docx(p("chữ")), limits=Limits(file_bytes=10))
    assert (file.text, [problem.reason for problem in file.problems]) == (None, [problems.TOO_LARGE])


@given(st.lists(st.text()), st.integers(0, 50))
def test_blocks_are_clean_and_no_longer_than_they_may_be(texts, characters):
    blocks = Blocks(characters)
    for text in texts:
        blocks.add(text)
    whole = "\n\n".join(filter(None, (clean_lines(visible(text)) for text in texts)))
    assert len(blocks.text) <= characters
    assert whole.startswith(blocks.text)
    assert blocks.is_full or blocks.text == whole
    assert "\x00" not in blocks.text


def line(text, left=70.0, right=500.0, bottom=700.0, is_row=False):
    return Line(text, left, right, bottom, bottom, 16.0, 30.0, is_row)


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        ([], []),
        ([line("Căn cứ Luật"), line("Đất đai;", right=200, bottom=684)], ["Căn cứ Luật Đất đai;"]),
        ([line("- một;", right=200), line("- hai;", right=210, bottom=684), line("x" * 9, bottom=668)], ["- một;\n- hai;\nxxxxxxxxx"]),
        ([line("hết đoạn.", right=200), line("Đoạn mới", left=98, bottom=684)], ["hết đoạn.", "Đoạn mới"]),
        ([line("một"), line("hai", bottom=684), line("ba", bottom=668), line("cách xa", bottom=630)], ["một hai ba", "cách xa"]),
        ([line("cột trái", right=250), line("cột phải", left=300, bottom=700)], ["cột trái", "cột phải"]),
        ([line("1 | a", is_row=True), line("2 | b", bottom=684, is_row=True), line("sau", bottom=668)], ["1 | a\n2 | b\nsau"]),
    ],
    ids=["nothing", "broken line", "own lines", "indent", "gap", "columns", "rows"],
)  # fmt: skip
def test_lines_become_paragraphs(lines, blocks):
    assert paragraphs(lines) == blocks
