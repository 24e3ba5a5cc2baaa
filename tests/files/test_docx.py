"""DOCX files: what they say, by Word's own markup and by python-docx, and what they may be."""

from dataclasses import replace
from io import BytesIO

import docx as python_docx
import pytest

from archiver.files import problems
from archiver.files.limits import LIMITS
from archiver.files.reading import read_file
from tests.files.making import ARTICLE, DECISION, ROWS, docx, p, table, zipped

BOX = (  # a text box, once as Word has it and once for programs that are older
    f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{p('trong')}</w:txbxContent></mc:Choice><mc:Fallback>"
    f"<w:pict>{p('trong')}</w:pict></mc:Fallback></mc:AlternateContent><w:t>ngoài</w:t></w:r></w:p>"
)


def read(body, **parts):
    return read_file(docx(body, **parts))


def reasons(file):
    return [problem.reason for problem in file.problems]


def test_what_python_docx_writes():
    document = python_docx.Document()
    document.add_heading("Quyết định", 1)
    document.add_paragraph(DECISION)
    rows = document.add_table(len(ROWS), len(ROWS[0]))
    for row, texts in zip(rows.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(ARTICLE)
    file = BytesIO()
    document.save(file)
    read = read_file(file.getvalue(), "quyet-dinh.docx")
    assert read.text == "\n\n".join(["Quyết định", DECISION, "\n".join(map(" | ".join, ROWS)), ARTICLE])
    assert (read.format, read.problems) == ("DOCX", ())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("Ủy ", "ban"), "Ủy ban"),
        (p("Đa\u0306ng nga\u0300y"), "Đăng ngày"),
        ("<w:p><w:r><w:t>Số:</w:t><w:tab/><w:t>45</w:t><w:noBreakHyphen/><w:t>KH</w:t></w:r></w:p>", "Số: 45-KH"),
        ("<w:p><w:r><w:t>Nơi nhận:</w:t><w:br/><w:t>- Như trên</w:t></w:r></w:p>", "Nơi nhận:\n- Như trên"),
        (
            "<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r></w:del></w:p>",
            "thêm",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>xưa</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>nay</w:t></w:r></w:moveTo></w:p>",
            "nay",
        ),
        (f"<w:sdt><w:sdtContent>{p('ô điền')}</w:sdtContent></w:sdt>", "ô điền"),
        ("<w:p><w:smartTag><w:r><w:t>Hưng Yên</w:t></w:r></w:smartTag></w:p>", "Hưng Yên"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>1</w:t></w:r></w:p>", "1"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>", "hiện"),
        ("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>hiện</w:t></w:r></w:p>", "hiện"),
        ("<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>hiện</w:t></w:r></w:p>", "hiện"),
        (BOX, "trong\n\nngoài"),
        (p("") + p("một") + p(" ") + p("hai"), "một\n\nhai"),
    ],
)
def test_markup(body, text):
    assert read(body).text == text


def test_a_table_is_rows_of_cells():
    assert read(p("trước") + table(ROWS) + p("sau")).text == "trước\n\n" + "\n".join(map(" | ".join, ROWS)) + "\n\nsau"


def test_a_cell_of_several_paragraphs_is_one_line_and_an_empty_row_none():
    assert read(table([[p("Ủy ban") + p("nhân dân"), "2"], ["", ""], ["3", ""]])).text == "Ủy ban nhân dân | 2\n3 |"


def test_a_table_within_a_table():
    assert read(table([["1", table([["a", "b"]])], ["2", "c"]])).text == "1 | a | b\n2 | c"


def test_a_table_that_only_lays_out_is_no_table():
    long = ARTICLE * 4
    assert read(table([[p(long) + p("một"), p(long)]])).text == f"{long}\n\nmột\n\n{long}"
    assert read(table([["một"], ["hai"]])).text == "một\n\nhai"


def test_footnotes_stand_behind_the_text():
    assert read(p("văn bản"), footnotes=f'<w:footnotes xmlns:w="w">{p("chú thích")}</w:footnotes>').text == "văn bản\n\nchú thích"  # fmt: skip


def test_strict_documents_and_numbered_ones():
    part = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("chữ")}</w:body></w:document>'
    assert read_file(zipped({"word/document2.xml": part})).text == "chữ"


def test_a_text_in_a_legacy_font_is_kept_and_said():
    file = read(p("Uû ban nh©n d©n tØnh H­ng Yªn, céng hßa x· héi chñ nghÜa"))
    assert file.text.startswith("Uû ban nh©n d©n")
    assert [(problem.reason, problem.raw) for problem in file.problems] == [(problems.LEGACY_FONT, "TCVN3")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (zipped({"word/document.xml": "<w:document"}), problems.BROKEN),
        (zipped({"word/document.xml": ""}), problems.BROKEN),
        (zipped({"word/styles.xml": "<a/>"}), problems.BROKEN),
        (docx(""), problems.NO_TEXT),
        (docx("<w:p><w:r><w:drawing/></w:r></w:p>"), problems.NO_TEXT),
        (zipped({"word/document.xml": b"\x00\xff" * 50}), problems.BROKEN),
    ],
)
def test_what_is_wrong_with_a_file(body, reason):
    file = read_file(body)
    assert (file.format, file.text, reasons(file)) == ("DOCX", None, [reason])


def test_the_text_before_a_break_is_kept():
    part = docx(p("một") + p("hai") + "<w:p><w:r>")
    file = read_file(part)
    assert (file.text, file.is_cut_off, reasons(file)) == ("một\n\nhai", True, [problems.BROKEN])


def test_entities_are_not_multiplied():
    entities = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"  # fmt: skip
    part = f'{entities}<w:document xmlns:w="w"><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:document>'
    file = read_file(zipped({"word/document.xml": part}))
    assert len(file.text or "") < 100_000
    assert file.problems


def test_files_of_the_machine_stay_there(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("bí mật", encoding="utf-8")
    part = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="w"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'
    assert "bí mật" not in (read_file(zipped({"word/document.xml": part})).text or "")


@pytest.mark.parametrize("tag", ["w:p", "w:tbl", "w:tbl><w:tr><w:tc", "w:del", "w:r"])
def test_any_depth(tag):
    parts = tag.split("><")
    body = f"<{tag}>" * 3000 + p("sâu") + "".join(f"</{part}>" for part in reversed(parts)) * 3000
    file = read(body)
    assert file.text or file.problems


def test_a_bomb_is_not_unpacked():
    file = read_file(docx(p("một") + p(" " * 30_000_000)), limits=replace(LIMITS, unpacked_bytes=1_000_000))
    assert (file.text, file.is_cut_off, reasons(file)) == ("một", True, [problems.UNPACKS_TOO_LARGE])


def test_a_part_that_lies_about_its_size():
    body = docx(p("một" * 1000))
    size = body.rindex(b"PK\x01\x02") + 24  # of the last part, in the directory
    file = read_file(body[:size] + b"\x10\x00\x00\x00" + body[size + 4 :])
    assert (file.format, file.text, reasons(file)) == ("DOCX", None, [problems.BROKEN])


def test_only_so_many_characters():
    file = read_file(docx(p(DECISION) * 3), limits=replace(LIMITS, characters=300))
    assert (file.is_cut_off, reasons(file)) == (True, [problems.CUT_OFF])
    assert f"{DECISION}\n\n{DECISION}".startswith(file.text)
