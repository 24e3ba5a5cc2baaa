"""Pictures and documents: joined with the articles that show them, whatever comes first, and read where they can be."""

import json
import random

import pytest

from archiver.store.databases.opening import open_archive
from archiver.store.interpretation import file_texts
from archiver.store.interpretation.interpreting import interpret, tell_late
from archiver.store.interpretation.portal_rows import save_portal
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.rebuild.canonical import rows
from archiver.store.runs.settling import settle
from archiver.store.verify.verifying import faults_of_archive
from tests.files.making import DECISION, docx, drawn_pdf, p, pdf
from tests.store.conftest import DEMO, HOST, article, url

PDF = (("Content-Type", "application/pdf"),)
WORD = (("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),)
JPEG = b"\xff\xd8\xff\xe0" + bytes(100) + b"\xff\xd9"
PLAN = f"{HOST}/portal/VanBan/kehoach.docx"
PHOTO = f"{HOST}/portal/Photos/hop.jpg"


def with_files(body="Kèm theo:", *names, photo=False):
    """An article with links to documents, and a picture."""
    links = "".join(f"<p><a href='/portal/VanBan/{name}'>Tải về {name}</a></p>" for name in names)
    picture = "<p><img src='/portal/Photos/hop.jpg'/></p>" if photo else ""
    return article(body=f"{body}</p>{links}{picture}<p>Hết.")


def keep_file(evidence, address, body, headers=WORD, status=200):
    return evidence.tell(evidence.keep(address, body, status, headers=headers))


def attachment(evidence):
    return evidence.one("SELECT * FROM attachments")


def problems(evidence):
    return [tuple(row.values()) for row in evidence.all("SELECT url, reason, resolved FROM problems ORDER BY reason")]


@pytest.mark.parametrize("first", ["article", "file"])
def test_a_document_is_joined_and_read_whichever_comes_first(evidence, first):
    steps = [
        lambda: evidence.see("a", with_files("Kèm theo:", "kehoach.docx")),
        lambda: keep_file(evidence, PLAN, docx(p(DECISION))),
    ]
    for step in steps if first == "article" else reversed(steps):
        step()
    evidence.settle()
    row = attachment(evidence)
    assert row["text"] == DECISION
    assert (row["format"], row["media_type"], row["is_cut_off"], row["text_problems"]) == ("DOCX", WORD[0][1], 0, "[]")
    capture = evidence.one("SELECT * FROM captures WHERE capture_key = ?", row["capture_key"])
    assert (capture["sha256"], capture["size"], capture["answer"]) == (row["sha256"], row["size"], "file")
    assert problems(evidence) == []


def test_numbers_in_a_document_are_mentions_that_name_it(evidence):
    evidence.see("a", with_files("Thực hiện Kế hoạch số 12-KH/ThU.", "kehoach.docx"))
    keep_file(evidence, PLAN, docx(p(DECISION)))
    found = evidence.all("SELECT position, part, attachment, number FROM document_mentions ORDER BY position")
    assert [tuple(row.values()) for row in found] == [
        (1, "body", None, "12-KH/ThU"),
        (2, "text of an attachment", 1, "1051/QĐ-UBND"),
    ]
    evidence.see("a", with_files("Không có gì.", "kehoach.docx"))
    assert [row["number"] for row in evidence.all("SELECT number FROM document_mentions")] == ["1051/QĐ-UBND"]


def test_a_picture_is_joined_and_not_read(evidence, monkeypatch):
    monkeypatch.setattr(file_texts, "extract", lambda *_: pytest.fail("a picture has no text"))
    evidence.see("a", with_files("Ảnh:", photo=True))
    capture = keep_file(evidence, PHOTO, JPEG, (("Content-Type", "image/jpeg"),))
    row = evidence.one("SELECT * FROM images")
    assert (row["sha256"], row["media_type"], row["size"]) == (capture.sha256, "image/jpeg", len(JPEG))
    assert row["capture_key"] == capture.capture_key


def test_a_document_that_was_replaced_is_read_anew_and_both_are_shown(evidence):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    old, new = (keep_file(evidence, PLAN, docx(p(text))) for text in ("Bản đầu.", "Bản sau."))
    assert attachment(evidence)["text"] == "Bản sau."
    change = evidence.one("SELECT * FROM file_changes")
    assert (change["before_sha256"], change["sha256"]) == (old.sha256, new.sha256)
    assert (change["before_capture_key"], change["capture_key"]) == (old.capture_key, new.capture_key)


def test_what_is_gone_stays_as_it_was_last(evidence):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    keep_file(evidence, PLAN, docx(p("Còn đây.")))
    keep_file(evidence, PLAN, None, status=404)
    assert attachment(evidence)["text"] == "Còn đây."
    assert problems(evidence) == [(PLAN.lower(), "HTTP 404", 0)]


@pytest.mark.parametrize(
    ("name", "body", "headers", "reason"),
    [
        ("hong.docx", docx(p("Một."))[:200], WORD, "broken file"),
        ("trang.pdf", drawn_pdf(lambda canvas: canvas.showPage()), PDF, "no text in it"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), WORD, "no reader for this format"),
    ],
)
def test_a_document_that_cannot_be_read_is_a_problem_until_it_can(evidence, name, body, headers, reason):
    address = f"{HOST}/portal/VanBan/{name}"
    evidence.see("a", with_files("Kèm theo:", name))
    keep_file(evidence, address, body, headers)
    evidence.settle()
    row = attachment(evidence)
    assert row["text"] is None
    assert [each["reason"] for each in json.loads(row["text_problems"])] == [reason]
    assert problems(evidence) == [(address.lower(), reason, 0)]
    evidence.settle()
    keep_file(evidence, address, pdf("Đọc được."), PDF)
    evidence.settle()
    assert attachment(evidence)["text"] == "Đọc được."
    assert problems(evidence) == [(address.lower(), reason, 1)]


def test_a_document_that_no_article_names_any_more_is_no_problem(evidence):
    evidence.see("a", with_files("Kèm theo:", "hong.docx"))
    keep_file(evidence, f"{HOST}/portal/VanBan/hong.docx", b"PK\x03\x04 ...")
    evidence.settle()
    evidence.see("a", with_files("Không kèm gì."))
    evidence.settle()
    assert [resolved for *_, resolved in problems(evidence)] == [1]


def test_a_page_in_place_of_a_document_is_none(evidence):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    keep_file(evidence, PLAN, "<!DOCTYPE html><html><body>Không tìm thấy</body></html>", WORD)
    evidence.settle()
    assert attachment(evidence)["sha256"] is None
    assert problems(evidence) == [(PLAN.lower(), "a page or nothing stands where a file should", 0)]


def test_a_document_behind_a_redirect_is_found(evidence):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    keep_file(evidence, PLAN, None, (("Location", "/portal/Luu/moi.docx"),), 302)
    keep_file(evidence, f"{HOST}/portal/Luu/moi.docx", docx(p("Ở chỗ khác.")))
    evidence.settle()
    assert attachment(evidence)["text"] == "Ở chỗ khác."


def test_a_document_at_the_address_of_a_page_is_no_page(evidence):
    evidence.tell(evidence.keep(url("taive"), pdf("Văn bản."), headers=PDF))
    assert evidence.one("SELECT kind, answer FROM captures") == {"kind": None, "answer": "file"}
    assert [reason for _, reason, _ in problems(evidence)] == ["a file stands where a page should"]


def test_the_same_archive_in_any_order_and_anew(evidence, tmp_path):
    story = [
        evidence.keep(url("a"), with_files("Một.", "kehoach.docx", "hong.docx", photo=True)),
        evidence.keep(PLAN, docx(p("Bản đầu.")), headers=WORD),
        evidence.keep(url("b"), with_files("Hai.", "kehoach.docx")),
        evidence.keep(f"{HOST}/portal/VanBan/hong.docx", b"PK\x03\x04 ...", headers=WORD),
        evidence.keep(PLAN, docx(p(DECISION)), headers=WORD),
        evidence.keep(PHOTO, JPEG, headers=(("Content-Type", "image/jpeg"),)),
        evidence.keep(PLAN, None, 404),
        evidence.keep(url("a"), with_files("Một, sửa.", "kehoach.docx", photo=True)),
    ]
    for capture in story:
        evidence.tell(capture)
    evidence.settle()
    expected = list(rows(evidence.archive))
    assert sum(table == "document_mentions" for table, _ in expected) == 2
    for seed, tell in enumerate((None, None, tell_late)):
        archive, reader = open_archive(tmp_path / str(seed)), Reader(evidence.captures, DEMO)
        save_portal(archive, DEMO)
        for capture in random.Random(seed).sample(story, len(story)):
            if tell is None:
                interpret(archive, reader, capture, reader.page(capture))
            else:
                tell(archive, reader, capture)
        settle(archive, evidence.captures, DEMO)
        assert list(rows(archive)) == expected
    evidence.rebuild()
    assert list(rows(evidence.archive)) == expected


def test_reading_anew_takes_the_texts_that_the_same_reader_read(evidence, monkeypatch):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx", "hong.docx"))
    keep_file(evidence, PLAN, docx(p(DECISION)))
    keep_file(evidence, f"{HOST}/portal/VanBan/hong.docx", b"PK\x03\x04 ...")
    evidence.settle()
    expected = list(rows(evidence.archive))
    with monkeypatch.context() as patched:
        patched.setattr(file_texts, "extract", lambda *_: pytest.fail("it was read before"))
        evidence.rebuild()
    assert list(rows(evidence.archive)) == expected
    read = []
    extract = file_texts.extract
    monkeypatch.setattr(file_texts, "file_reader_version", lambda: "another")
    monkeypatch.setattr(file_texts, "extract", lambda *file: read.append(file[1]) or extract(*file))
    evidence.rebuild()
    assert sorted(read) == [f"{HOST}/portal/VanBan/hong.docx", PLAN]


def test_an_older_file_that_a_304_names_is_back(evidence):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    one, other = ((*WORD, ("ETag", f'"{number}"')) for number in (1, 2))
    keep_file(evidence, PLAN, docx(p("Bản đầu.")), one)
    keep_file(evidence, PLAN, docx(p("Bản sau.")), other)
    assert attachment(evidence)["text"] == "Bản sau."
    keep_file(evidence, PLAN, None, one, 304)
    assert attachment(evidence)["text"] == "Bản đầu."
    expected = list(rows(evidence.archive))
    evidence.rebuild()
    assert list(rows(evidence.archive)) == expected


def test_a_redirected_document_is_read_once(evidence, monkeypatch):
    read, extract = [], file_texts.extract
    monkeypatch.setattr(file_texts, "extract", lambda *file: read.append(file[1]) or extract(*file))
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    keep_file(evidence, PLAN, None, (("Location", "/portal/Luu/moi.docx"),), 302)
    keep_file(evidence, f"{HOST}/portal/Luu/moi.docx", docx(p("Ở chỗ khác.")))
    for _ in range(3):
        evidence.reader.texts.remembered.clear()
        evidence.settle()
    assert len(read) == 1


def test_documents_are_read_before_the_archive_is_locked(evidence, monkeypatch):
    extract = file_texts.extract
    held = []
    monkeypatch.setattr(
        file_texts, "extract", lambda *file: held.append(evidence.archive.conn.in_transaction) or extract(*file)
    )
    evidence.tell(evidence.keep(url("a"), with_files("Kèm theo:", "kehoach.docx", "kh2.docx")))
    keep_file(evidence, PLAN, docx(p("Một.")))
    tell_late(
        evidence.archive,
        evidence.reader,
        evidence.keep(f"{HOST}/portal/VanBan/kh2.docx", docx(p("Hai.")), headers=WORD),
    )
    assert held == [False, False]


@pytest.mark.parametrize("behind", [article(), "<html><body>Trang chủ</body></html>", None])
def test_a_document_that_leads_to_a_page_is_a_problem(evidence, behind):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    keep_file(evidence, PLAN, None, (("Location", "/portal/Pages/b.aspx"),), 302)
    evidence.settle()
    assert problems(evidence) == [], "nobody looked behind it yet"
    evidence.see("b", behind, 200 if behind else 404)
    evidence.settle()
    assert [(row[0], row[2]) for row in problems(evidence) if row[1] == "a redirect leads to no file"] == [
        (PLAN.lower(), 0)
    ]
    keep_file(evidence, PLAN, docx(p("Trở lại.")))
    evidence.settle()
    assert [row[2] for row in problems(evidence) if row[1] == "a redirect leads to no file"] == [1]


def test_a_text_that_was_altered_is_named_and_read_anew(evidence):
    evidence.see("a", with_files("Kèm theo:", "kehoach.docx"))
    keep_file(evidence, PLAN, docx(p(DECISION)))
    evidence.settle()
    assert list(faults_of_archive(evidence.archive, evidence.captures)) == []
    evidence.archive.execute("UPDATE attachments SET text = 'Bịa đặt'")
    (fault,) = faults_of_archive(evidence.archive, evidence.captures)
    assert "attachment 1 of article" in fault
    evidence.rebuild()
    assert attachment(evidence)["text"] == DECISION
    assert list(faults_of_archive(evidence.archive, evidence.captures)) == []
