"""Files from outside, each read in a process of its own: whatever becomes of the process, there is a result."""

import time
import zlib
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from archiver import extraction
from archiver.extraction import extract
from archiver.files import problems
from archiver.files.limits import LIMITS, MEGABYTE
from archiver.files.reading import read_file
from tests.files.making import ARTICLE, DECISION, ROWS, docx, p, pdf, raw_pdf, stream
from tests.files.test_xlsx import xlsx

SMALL = replace(LIMITS, memory_bytes=300 * MEGABYTE)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (pdf(DECISION, ROWS, ARTICLE), "quyet-dinh.pdf"),
        (docx(p(DECISION)), "quyet-dinh.docx"),
        (xlsx({"Sheet1": ROWS}), "danh-sach.xlsx"),
        (b"", None),
        (b"Rar!", "hồ\x00 sơ\udcff.rar" * 10_000),
        (pdf(DECISION)[:500], "cut-off.pdf"),
        (b"abc\n\x00\xff", "van-ban.pdf"),
    ],
    ids=["PDF", "DOCX", "XLSX", "nothing", "a long odd name", "cut off", "not a PDF"],
)
def test_it_reads_what_the_function_reads(body, name):
    assert extract(body, name) == read_file(body, name)


def test_it_works_in_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert extract(docx(p(DECISION))).text == DECISION


def test_limits_reach_the_process():
    file = extract(docx(p(DECISION)), limits=replace(LIMITS, characters=10))
    assert (file.text, [problem.reason for problem in file.problems]) == (DECISION[:10], [problems.CUT_OFF])


def test_a_large_file_starts_no_process(monkeypatch):
    monkeypatch.setattr(extraction.sys, "executable", "nowhere")
    file = extract(pdf(DECISION), limits=replace(LIMITS, file_bytes=100))
    assert (file.format, file.text, [problem.reason for problem in file.problems]) == (
        "PDF",
        None,
        [problems.TOO_LARGE],
    )


def form(content, inner):
    resources = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>/XObject<</X %d 0 R>>>>" % inner
    )
    return stream(content, resources)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>/Contents 5 0 R>>"
HEAD = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>")  # fmt: skip
LAUGHS = [form(b"/X Do " * 10, 7 + depth) for depth in range(12)]


def far_cell():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "đầu", "cuối"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        raw_pdf(*HEAD, stream(b"/X Do " * 10), *LAUGHS, form(b"BT /F 12 Tf (a) Tj ET", 6)),
        raw_pdf(*HEAD, stream(zlib.compress(b"q " * 50_000_000), b"/Filter/FlateDecode")),
        raw_pdf(*HEAD, stream(zlib.compress(b"BT /F 12 Tf " + b"(Trang mot) Tj " * 600_000), b"/Filter/FlateDecode")),
        far_cell(),
    ],
    ids=[
        "forms in forms",
        "a stream's bomb",
        "a page of six million letters",
        "a sheet of seventeen thousand million cells",
    ],
)
def test_what_needs_too_much_memory(body):
    file = extract(body, limits=SMALL)
    assert (file.text, [problem.reason for problem in file.problems]) == (None, [problems.TOO_MUCH_MEMORY])


def test_what_takes_too_long():
    body = docx(p("một ") * 3_000_000)
    started = time.monotonic()
    file = extract(body, limits=replace(LIMITS, seconds=1, characters=10**9))
    assert (file.format, file.text, [problem.reason for problem in file.problems]) == (
        "DOCX",
        None,
        [problems.TOOK_TOO_LONG],
    )
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    ("becomes", "reason", "raw"),
    [
        ("sleep 60", problems.TOOK_TOO_LONG, "1 s"),
        ("kill -SEGV $$", problems.READER_FAILED, "SIGSEGV"),
        ("kill -KILL $$", problems.READER_FAILED, "SIGKILL"),
        ("echo 'Traceback'; echo 'KeyError: 7' >&2; exit 1", problems.READER_FAILED, "KeyError: 7"),
        ("echo MemoryError >&2; exit 1", problems.TOO_MUCH_MEMORY, f"{LIMITS.memory_bytes} bytes"),
        ("exit 3", problems.READER_FAILED, "3"),
    ],
)
def test_whatever_becomes_of_the_process(becomes, reason, raw, tmp_path, monkeypatch):
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{becomes}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(extraction.sys, "executable", str(program))
    monkeypatch.setattr(extraction, "_SECONDS_TO_BEGIN", 0)
    file = extract(pdf(DECISION) * 50, limits=replace(LIMITS, seconds=1))
    assert (file.format, file.text) == ("PDF", None)
    assert [(problem.reason, problem.raw) for problem in file.problems] == [(reason, raw)]
