"""Articles of a snapshot with payloads: pictures and captured pages are there, and no number is in any of them."""

import hashlib
import re

import pytest

from tests.publishing.conftest import CITIZEN, PHONE, made
from tests.site.public.conftest import Visitor


@pytest.fixture(scope="module")
def visitor(crawled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("with-payloads")
    made(crawled, folder, with_payloads=True)
    visitor = Visitor(folder, "/kho/")
    yield visitor
    visitor.close()


def rows(visitor, sql):
    return visitor.ask(f"/kho/archive.json?sql={sql.replace(' ', '+')}").json()["rows"]


def test_every_page_of_every_article_is_free_of_numbers(visitor):
    keys = [key for (key,) in rows(visitor, "select article_key from articles")]
    assert len(keys) == 40
    texts = [visitor.ask(f"/kho/a/{key}{part}") for key in keys for part in ("", ".json", "/history", ".bib")]
    assert all(each.status_code == 200 for each in texts)
    assert not any(PHONE in each.text or CITIZEN in each.text for each in texts)
    assert any("•" in each.text for each in texts)


def test_a_search_is_handed_out_under_the_path_and_free_of_numbers(visitor):
    for form in (".csv", ".jsonl", ".parquet", ".ipynb", ".json", ".atom", "/edits.atom", "/missing.atom", ""):
        answer = visitor.ask(f"/kho/search{form}?q=UBND")
        assert answer.status_code == 200, form
        assert PHONE not in answer.text
        assert ("sandbox" in answer.headers["content-security-policy"]) == (form != ""), form
    assert "http://localhost/kho/search.jsonl?q=UBND" in visitor.ask("/kho/search.ipynb?q=UBND").text
    assert '"/kho/search?q=UBND&amp;from=' in visitor.ask("/kho/search?q=UBND").text
    assert visitor.ask("/kho/archive/found_by_year.csv?q=UBND").status_code == 200


def test_pictures_are_there_byte_for_byte(visitor):
    ((digest,),) = rows(visitor, "select sha256 from images where sha256 is not null limit 1")
    answer = visitor.ask(f"/kho/-/files/{digest}")
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == digest
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_captured_page_is_shown_masked_and_its_bytes_are_not_said_to_be_the_portals(visitor):
    sql = "select article_key, capture_key from revisions where title like '%25•%25' limit 1"
    ((article, capture),) = rows(visitor, sql)
    here = f"/kho/a/{article}/capture/{capture}"
    page = visitor.ask(here)
    assert page.status_code == 200
    assert "•" in visitor.ask(f"{here}/page").text
    assert PHONE not in visitor.ask(f"{here}/page").text
    assert "X-Archive-Masked" in page.text
    assert "đã được che" in page.text
    assert f"{here}/bytes" not in page.text
    assert visitor.ask(f"{here}/bytes").status_code == 404
    assert "sandbox" in visitor.ask(f"{here}/page").headers["content-security-policy"]


def test_every_link_and_look_of_an_article_is_under_the_path(visitor):
    ((key,),) = rows(visitor, "select article_key from images where sha256 is not null limit 1")
    text = visitor.ask(f"/kho/a/{key}").text
    own = re.findall(r'(?:href|src|action)="(/[^"]*)"', text)
    assert own
    assert all(each.startswith("/kho/") and not each.startswith("/kho/kho") for each in own)
    assert all(visitor.ask(each).status_code == 200 for each in own if "/-/looks/" in each or "/-/files/" in each)
