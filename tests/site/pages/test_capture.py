"""The page as captured: which capture it is, what it says, and how it is handed out."""

import json
from dataclasses import replace

import html5lib
import pytest

from archiver.site.replaying import captured, replayed
from archiver.store.ground.keys import sha256


@pytest.fixture
def captures(told):
    def of(name):
        """Newest first: capture key, status, answer, digest."""
        return told.archive().execute(
            "SELECT capture_key, status, answer, sha256 FROM captures WHERE request_key IN"
            " (SELECT request_key FROM captures WHERE article_key = ?) ORDER BY captured_at DESC",
            (told.key(name),),
        ).fetchall()  # fmt: skip

    return of


def with_nothing_withheld(archive):
    archive.execute("UPDATE withheld SET portal = 'another'")


def words(page):
    return " ".join("".join(html5lib.parse(page, namespaceHTMLElements=False).find("body").itertext()).split())


def test_it_says_which_capture_it_is(get, told, captures):
    key, status, _, digest = captures("rich")[-1]
    page = get(f"/a/{told.key('rich')}/capture/{key}?lang=en").text
    shown = words(page)
    assert status == 200
    for each in (key, digest, "What the portal answered at 2 Jul 2025, 08:0", "the article (HTTP 200)", "2 Jul 2025, 01:00:",
                 told.stories["rich"].url, "this program asked the portal", "Version 1"):  # fmt: skip
        assert each in shown
    assert f'<iframe class="captured" src="/a/{told.key("rich")}/capture/{key}/page" sandbox=""' in page


def test_it_shows_the_headers_but_no_cookies(get, told, captures):
    page = get(f"/a/{told.key('rich')}/capture/{captures('rich')[-1][0]}").text
    assert '<th scope="row">Content-Type</th><td>text/html; charset=utf-8</td>' in page
    evidence = told.captures()
    (key,) = evidence.execute("SELECT capture_key FROM captures WHERE headers LIKE '%Set-Cookie%' LIMIT 1").fetchone()
    headers = replayed(told.archive().conn, evidence, captured(evidence, key), "-").headers
    assert ("Set-Cookie", "…") in headers
    assert len(headers) > 1


def test_a_304_shows_the_page_that_it_confirms(get, told, captures):
    key, _, _, _ = next(each for each in captures("rich") if each[1] == 304)
    page = get(f"/a/{told.key('rich')}/capture/{key}?lang=en").text
    assert "unchanged (HTTP 304)" in words(page)
    assert "Confirms capture" in words(page)
    assert told.stories["rich"].title in words(get(f"/a/{told.key('rich')}/capture/{key}/page").text)


def test_what_the_portal_answered_when_it_was_gone_is_there_too(get, told, captures):
    key, status, answer, _ = captures("gone")[0]
    assert (status, answer) == (404, "missing")
    assert "not found (HTTP 404)" in words(get(f"/a/{told.key('gone')}/capture/{key}?lang=en").text)
    assert "Không tìm thấy" in words(get(f"/a/{told.key('gone')}/capture/{key}/page").text)


def test_an_answer_without_content_is_said_to_be_one(get, told, captures):
    key, status, _, _ = next(each for each in captures("moved") if each[1] == 302)
    page = words(get(f"/a/{told.key('moved')}/capture/{key}?lang=en").text)
    assert f"a redirect (HTTP {status})" in page
    assert "Redirects to" in page
    assert get(f"/a/{told.key('moved')}/capture/{key}/page").status_code in (200, 404)


def test_the_page_shows_the_text_and_the_pictures_of_the_archive(get, told, captures):
    page = get(f"/a/{told.key('rich')}/capture/{captures('rich')[-1][0]}/page").text
    story = told.stories["rich"]
    for line in (story.title, *filter(None, story.body.split("\n"))):
        assert line.partition(" | ")[0] in words(page)
    images = [each.get("src") for each in html5lib.parse(page, namespaceHTMLElements=False).iter("img")]
    assert len(images) == len(story.images)
    assert all(source.startswith(("data:image/jpeg;base64,", "data:image/png;base64,")) for source in images)


def test_the_page_is_sent_with_headers_that_forbid_everything(get, told, captures):
    headers = get(f"/a/{told.key('rich')}/capture/{captures('rich')[-1][0]}/page").headers
    policy = [each.strip() for each in headers["content-security-policy"].split(";")]
    assert policy[0] == "sandbox", "and nothing is allowed back"
    assert {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
    } <= set(policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-dns-prefetch-control"] == "off"


def test_the_bytes_can_be_held_against_their_digest(get, told, captures):
    key, _, _, digest = captures("rich")[-1]
    answer = get(f"/a/{told.key('rich')}/capture/{key}/bytes")
    assert sha256(answer.content) == digest
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{key}.bin"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_no_capture_of_anything_else_is_handed_out(get, told, captures):
    others = [
        key
        for (key,) in told.archive().execute(
            "SELECT capture_key FROM captures WHERE answer IN ('list', 'file', 'other')"
        )
    ]
    others += [captures("edited")[0][0], "nosuchcapture"]
    for key in others:
        for rest in ("", "/page", "/bytes"):
            assert get(f"/a/{told.key('rich')}/capture/{key}{rest}").status_code == 404


def test_a_document_that_answers_for_a_page_is_not_shown_as_one(get, told):
    """A capture of PDF bytes at an article's address."""
    archive, captures = told.archive(), told.captures()
    pdf = captures.execute("SELECT sha256 FROM payloads WHERE media_type = 'application/pdf'").fetchone()[0]
    (request,) = archive.execute(
        "SELECT request_key FROM captures WHERE article_key = ? LIMIT 1", (told.key("rich"),)
    ).fetchone()
    for db in (archive, captures):
        columns = {name for (name,) in db.execute("SELECT name FROM pragma_table_info('captures')")}
        row = {"capture_key": "pdf0", "portal": "demo", "request_key": request, "captured_at": "2024-01-01T00:00:00.000000Z",
               "status": 200, "sha256": pdf, "size": 560, "url": told.stories["rich"].url, "method": "GET", "source": "crawl",
               "answer": "file", "headers": json.dumps([["Content-Type", "application/pdf"]])}  # fmt: skip
        row = {name: value for name, value in row.items() if name in columns}
        db.execute(f"INSERT INTO captures ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    page = get(f"/a/{told.key('rich')}/capture/pdf0?lang=en").text
    assert "cannot be shown as a page. not HTML (PDF)" in words(page)
    assert "<iframe" not in page
    assert get(f"/a/{told.key('rich')}/capture/pdf0/page").status_code == 404
    assert get(f"/a/{told.key('rich')}/capture/pdf0/bytes").status_code == 404, "it might name what is withheld"
    with_nothing_withheld(archive)
    assert get(f"/a/{told.key('rich')}/capture/pdf0/bytes").content.startswith(b"%PDF")
    archive.execute("UPDATE withheld SET portal = 'demo'")
    archive.execute("DELETE FROM captures WHERE capture_key = 'pdf0'")


def test_no_header_leads_to_what_is_withheld(told):
    """A redirect names the address, which spells the title."""
    evidence, secret = told.captures(), told.stories["secret"].url
    (key,) = evidence.execute("SELECT capture_key FROM captures WHERE url = ? AND status = 200", (secret,)).fetchone()
    found = captured(evidence, key)
    named = replace(found.capture, headers=json.dumps([["Location", secret], ["Server", "x"]]))
    headers = replayed(told.archive().conn, evidence, replace(found, capture=named), "-").headers
    assert headers == [("Location", "…"), ("Server", "x")]
