"""Pictures and documents of articles are fetched once everything else is, within a budget, and no more often than told."""

from collections import Counter
from urllib.parse import urlsplit

import pytest

from archiver.crawling import options
from archiver.demo.addresses import lookup_key
from archiver.demo.media import is_broken
from archiver.demo.responses import Response, failure, ok
from archiver.store.evidence.captures import payload_by_digest
from archiver.store.ground.keys import sha256
from archiver.store.verify.verifying import faults_of_archive
from tests.crawling.small_sites import SmallSite, home
from tests.driving.visitor import StoppedError, Visitor
from tests.files.making import docx, p
from tests.store.conftest import article

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def is_file(target):
    return target.lower().startswith(("/portal/photos/", "/portal/vanban/"))


def files_of(portal):
    """What the portal's articles show, by address: pictures and documents."""
    stories = portal.truth().stories
    return {url for story in stories for url, _ in (*story.images, *story.attachments)}


def test_every_picture_and_document_is_kept_byte_by_byte(visitor):
    visitor.crawl(file_budget=500)
    wanted = files_of(visitor.portal)
    assert len(wanted) > 20
    kept = dict(visitor.archive.execute("SELECT url, sha256 FROM images UNION SELECT url, sha256 FROM attachments"))
    assert kept.keys() == wanted
    for url, digest in kept.items():
        body = visitor.portal.respond("GET", url).body
        assert sha256(body) == digest, url
        assert payload_by_digest(visitor.captures, digest) == body
    assert visitor.count("attachments", "text IS NULL") == 0
    assert visitor.count("document_mentions", "part = 'text of an attachment'") > 0
    assert list(faults_of_archive(visitor.archive, visitor.captures)) == []


def test_pages_come_first(visitor):
    visitor.crawl(file_budget=500)
    kinds = [is_file(target) for _, target, _ in visitor.asked]
    assert kinds == sorted(kinds)


def test_files_are_asked_for_once(visitor):
    visitor.crawl(file_budget=500)
    assert max(count for target, count in visitor.times_asked().items() if is_file(target)) == 1
    visitor.crawl(file_budget=500)
    assert not [target for _, target, _ in visitor.asked if is_file(target)]


def test_a_budget_bounds_each_run_and_the_next_goes_on(visitor):
    wanted = len(files_of(visitor.portal))
    first = visitor.crawl(file_budget=7)
    assert sum(is_file(target) for _, target, _ in visitor.asked) == 7
    summary = dict(first.summary)
    assert (summary["pictures and files"], summary["files still waiting"]) == (7, wanted - 7)
    assert (first.status, summary["still waiting"]) == ("finished", 0)
    visitor.crawl(file_budget=0)
    assert not [target for _, target, _ in visitor.asked if is_file(target)]
    visitor.crawl(file_budget=500)
    assert sum(is_file(target) for _, target, _ in visitor.asked) == wanted - 7


def test_the_bytes_of_a_run_are_bounded(visitor, monkeypatch):
    monkeypatch.setattr("archiver.crawling.counting.MOST_FILE_BYTES", 1000)
    visitor.crawl(file_budget=500)
    assert visitor.count("captures", "answer = 'file'") < 20


def test_a_kill_between_files_loses_none(visitor):
    pages = len(visitor.portal.truth().stories)
    for more in (3, 1, 5):
        visitor.kill_after = pages + more if not visitor.asked else more
        with pytest.raises(StoppedError):
            visitor.crawl(file_budget=500)
    visitor.kill_after = None
    visitor.crawl(file_budget=500)
    visitor.crawl(file_budget=500)
    assert visitor.count("images", "sha256 IS NULL") == visitor.count("attachments", "sha256 IS NULL") == 0


@pytest.fixture
def site(tmp_path):
    """A page with one picture and three documents, one of them on another site."""
    body = (
        "Kèm theo:</p><p><img src='/anh/1.jpg'/></p><p><a href='/tep/kh.docx'>Kế hoạch</a></p>"
        "<p><a href='/tep/ds.docx'>Danh sách</a></p><p><a href='https://noikhac.example/x.pdf'>Văn bản</a></p><p>Hết."
    )
    pages = {
        "/": home("/portal/Pages/a.aspx"),
        "/portal/Pages/a.aspx": article(body=body),
        "/anh/1.jpg": ok(b"\xff\xd8\xff" + bytes(50), content_type="image/jpeg"),
        "/tep/kh.docx": ok(docx(p("Bản đầu.")), ("ETag", '"1"'), content_type=WORD),
        "/tep/ds.docx": failure(404, b""),
    }
    return Visitor(SmallSite(pages), tmp_path)


def asked_for_files(visitor):
    return Counter(target for _, target, _ in visitor.asked if target.startswith(("/anh/", "/tep/")))


def test_no_other_host_is_asked(site):
    site.crawl(file_budget=500)
    assert asked_for_files(site) == {"/anh/1.jpg": 1, "/tep/kh.docx": 1, "/tep/ds.docx": 1}
    assert site.count("attachments") == 3


def test_documents_are_asked_for_again_ever_more_seldom(site):
    site.crawl(file_budget=500)
    asked = []
    for day in range(1, 31):
        site.clock.pass_by(days=1)
        site.crawl(file_budget=500, recheck="due")
        asked += [day] * (asked_for_files(site)["/tep/kh.docx"])
        assert not asked_for_files(site)["/anh/1.jpg"]
    assert asked == [1, 3, 7, 14, 30]
    conditions = {target: sent for (_, target, _), sent in zip(site.asked, site.sent[1:], strict=True)}
    assert conditions["/tep/kh.docx"] == {"If-None-Match": '"1"'}


def test_a_document_that_was_replaced_is_found_out(site):
    site.crawl(file_budget=500)
    site.portal.pages["/tep/kh.docx"] = ok(docx(p("Bản sau.")), content_type=WORD)
    site.portal.pages["/tep/ds.docx"] = ok(docx(p("Danh sách.")), content_type=WORD)
    site.clock.pass_by(days=1)
    site.crawl(file_budget=500, recheck="due")
    texts = site.archive.execute("SELECT text FROM attachments WHERE text IS NOT NULL ORDER BY position").fetchall()
    assert texts == [("Bản sau.",), ("Danh sách.",)]
    assert site.count("file_changes") == 1
    assert site.count("problems", "NOT resolved") == 1, "of robots.txt alone"


def test_a_page_behind_the_address_of_a_file_leads_nowhere(site):
    site.portal.pages["/tep/ds.docx"] = home("/portal/Pages/bay.aspx")
    site.portal.pages["/anh/1.jpg"] = home("/portal/Pages/bay.aspx")
    site.crawl(file_budget=500)
    assert not [target for _, target, _ in site.asked if "bay" in target]


def test_files_that_are_missing_are_no_missing_pages_and_fail_no_check(site):
    names = [f"/anh/{number}.jpg" for number in range(40)]
    pictures = "".join(f"<p><img src='{name}'/></p>" for name in names)
    site.portal.pages["/portal/Pages/a.aspx"] = article(body=f"Ảnh:</p>{pictures}<p>Hết.")
    ending = site.crawl(file_budget=500)
    assert dict(ending.summary)["missing pages"] == 1, "the page that the small site lacks"
    assert [check.name for check in ending.checks if not check.passed and "4xx" in check.name] == []
    assert site.count("problems", "reason = 'HTTP 404' AND NOT resolved AND url LIKE '%/anh/%'") == 39


def test_an_album_without_end_is_cut_short(site):
    pictures = "".join(f"<p><img src='/anh/{number}.jpg'/></p>" for number in range(300))
    site.portal.pages["/portal/Pages/a.aspx"] = article(body=f"Ảnh:</p>{pictures}<p>Hết.")
    ending = site.crawl(file_budget=500)
    assert asked_for_files(site).total() == 200
    assert dict(ending.summary)["files still waiting"] == 0
    site.clock.pass_by(hours=1)
    site.crawl(file_budget=500)
    assert asked_for_files(site).total() == 0, "nor does the next run ask for the rest"


def test_of_an_album_from_elsewhere_no_more_is_asked_for(site):
    pictures = "".join(f"<p><img src='/anh/{number}.jpg'/></p>" for number in range(300))
    documents = "<p><a href='/tep/kh.docx'>Kế hoạch</a></p><p><a href='https://noikhac.example/x.pdf'>Văn bản</a></p>"
    site.portal.pages["/portal/Pages/a.aspx"] = article(body=f"Ảnh:</p>{pictures}{documents}<p>Hết.")
    site.crawl(file_budget=0)
    site.captures.execute("DELETE FROM frontier WHERE role = 'file'")
    site.clock.pass_by(hours=1)
    site.crawl(file_budget=500)
    asked = asked_for_files(site)
    assert (asked.total(), asked["/tep/kh.docx"], asked["/anh/198.jpg"], asked["/anh/199.jpg"]) == (200, 1, 1, 0)


def test_half_uploaded_documents_of_the_made_up_portal_are_problems(faulty):
    faulty.crawl(file_budget=500)
    halves = {url for url in files_of(faulty.portal) if is_broken(lookup_key(urlsplit(url).path))}
    assert halves
    found = {url for (url,) in faulty.archive.execute("SELECT url FROM problems WHERE stage = 'file' AND NOT resolved")}
    assert found == {url.lower() for url in halves}


def test_a_file_that_is_too_large_is_a_problem_and_not_asked_for_again_at_once(command, news):
    huge = Response(200, (("Content-Type", "image/jpeg"),), b"\xff\xd8\xff" + bytes(options.LARGEST_FILE))
    site = SmallSite(
        {
            "/": home("/portal/Pages/a.aspx"),
            "/portal/Pages/a.aspx": article(body="Ảnh:</p><p><img src='/anh/1.jpg'/></p><p>Hết."),
            "/anh/1.jpg": huge,
        }
    )
    crawl = command(site)
    crawl.run()
    crawl.run()
    errors = crawl.archive.execute("SELECT error, answer FROM captures WHERE url LIKE '%/anh/1.jpg'").fetchall()
    assert len(errors) == 1
    assert errors[0][0].startswith("the answer is too large")
    problem = crawl.archive.execute("SELECT reason FROM problems WHERE url LIKE '%/anh/1.jpg' AND NOT resolved")
    assert problem.fetchall() == [("the answer is too large",)]


def test_files_of_articles_that_came_before_files_were_fetched_are_fetched(site):
    site.crawl(file_budget=0)
    site.captures.execute("DELETE FROM frontier WHERE role = 'file'")
    site.clock.pass_by(hours=1)
    site.crawl(file_budget=500)
    assert asked_for_files(site) == {"/anh/1.jpg": 1, "/tep/kh.docx": 1, "/tep/ds.docx": 1}
