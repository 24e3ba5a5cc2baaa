"""What is withheld is not handed out with the rest, unless it is asked for."""

import pytest

from archiver.exchange.warc_out import export_warc
from archiver.store.evidence.withholding import save_decision
from archiver.store.ground.keys import article_key
from tests.exchange.conftest import bring, evidence_in
from tests.store.conftest import DEMO, Evidence, article, listing, url

NOW = "2026-01-01T00:00:00.000000Z"
SECRET = "Ông Quách Văn Nhạn, sinh năm 1950."
TITLE = "Danh sách hộ nghèo"


@pytest.fixture
def evidence(tmp_path):
    """An article that is withheld: read, confirmed, asked for by a form, led to, listed; and what is not it."""
    evidence = Evidence(tmp_path / "data")
    evidence.keep(url("Kinh-te"), listing(("bi-mat", TITLE, "09/06/2023")))
    evidence.keep(url("bi-mat"), article(TITLE, SECRET))
    evidence.keep(url("bi-mat"), None, 304)
    evidence.keep(url("BI-MAT"), article(TITLE, SECRET), form='[["trang","2"]]')
    evidence.keep(url("cu"), None, 301, headers=(("Location", url("bi-mat")),))
    evidence.keep(url("cu"), None, 404)
    evidence.keep(url("bi-mat"), b"<html>Not now.</html>")
    evidence.keep(url("b"), b"<html>Not now.</html>")
    decide(evidence, "withhold", "2025-07-02T00:00:00.000000Z")
    return evidence


def decide(evidence, decision, at):
    save_decision(evidence.captures, DEMO, article_key(DEMO, url("bi-mat")), decision, None, "x", at)


def export(evidence, file, **options):
    return export_warc(evidence.captures, ["demo"], file, NOW, lambda *_: None, **options)


def test_it_stays_out_and_so_does_what_leads_to_it(evidence, tmp_path):
    exported = export(evidence, tmp_path / "a.warc")
    assert (exported.captures, exported.left_out) == (3, 5)
    text = (tmp_path / "a.warc").read_text(encoding="utf-8")
    assert SECRET not in text
    assert "withheld: captures of articles that the archive withholds are left out; lists may name them" in text
    assert TITLE in text, "a list is what the portal sent"
    bring(tmp_path / "b", tmp_path / "a.warc")
    whole = evidence_in(evidence.folder)
    assert evidence_in(tmp_path / "b") == [row for row in whole if row[3].rsplit("/")[-1] in ("Kinh-te.aspx", "b.aspx")
                                           or row[7] == 404]  # fmt: skip


def test_a_payload_that_it_brought_first_goes_out_with_another_page(evidence, tmp_path):
    export(evidence, tmp_path / "a.warc")
    assert (tmp_path / "a.warc").read_bytes().count(b"<html>Not now.</html>") == 1


def test_all_goes_out_where_that_is_asked_for(evidence, tmp_path):
    exported = export(evidence, tmp_path / "a.warc", with_withheld=True)
    assert (exported.captures, exported.left_out) == (8, 0)
    assert "withheld:" not in (tmp_path / "a.warc").read_text(encoding="utf-8")
    bring(tmp_path / "b", tmp_path / "a.warc")
    assert evidence_in(tmp_path / "b") == evidence_in(evidence.folder)


def test_what_is_restored_goes_out_again(evidence, tmp_path):
    decide(evidence, "restore", "2025-07-03T00:00:00.000000Z")
    assert export(evidence, tmp_path / "a.warc").left_out == 0


def test_another_portals_decisions_leave_no_word(evidence, tmp_path):
    exported = export_warc(evidence.captures, ["myhao"], tmp_path / "a.warc", NOW, lambda *_: None)
    assert (exported.captures, exported.left_out) == (0, 0)
    assert "withheld:" not in (tmp_path / "a.warc").read_text(encoding="utf-8")


def test_its_pictures_and_documents_stay_out_too(tmp_path):
    evidence = Evidence(tmp_path / "files")
    evidence.see("a", article(body="Kèm theo:</p><p><a href='/tep/ho-so-ong-a.pdf'>Hồ sơ</a></p><p>Hết."))
    evidence.tell(evidence.keep("https://anthuan.example/tep/ho-so-ong-a.pdf", b"%PDF-1.4 ...", headers=()))
    save_decision(evidence.captures, DEMO, article_key(DEMO, url("a")), "withhold", None, "x", NOW)
    exported = export(evidence, tmp_path / "a.warc")
    assert (exported.captures, exported.left_out) == (0, 2)
    assert b"ho-so-ong-a" not in (tmp_path / "a.warc").read_bytes()
