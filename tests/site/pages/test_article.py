"""The page of an article: its text, its pictures and files, how it stands, and everything around it."""

import asyncio
import json
import re

import html5lib
import pytest

from archiver.site.serving import datasette_for
from archiver.store.databases.opening import open_archive, writing
from archiver.store.evidence.withholding import HIDDEN
from archiver.store.ground.keys import article_key, request_key
from archiver.store.interpretation.list_pieces import settle_pieces
from archiver.store.interpretation.listings import forget_lists
from archiver.store.lists.ledger import settle_ledger
from tests.crawling.pieced_sites import PORTAL, PiecedSite
from tests.driving.visitor import Visitor
from tests.site.pages.conftest import withhold


def tree_of(page):
    return html5lib.parse(page, namespaceHTMLElements=False)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def whole(page):
    return text_of(tree_of(page).find("body"))


def by_class(page, name):
    return [element for element in tree_of(page).iter() if name in (element.get("class") or "").split()]


@pytest.fixture
def row(told):
    def find(query, *values):
        (found,) = told.archive().query(query, values)
        return found

    return find


def test_it_shows_title_lead_text_and_sign_off_as_published(get, told):
    story, page = told.stories["rich"], get(f"/a/{told.key('rich')}").text
    (heading,) = tree_of(page).iter("h1")
    assert text_of(heading) == story.title
    assert heading.get("lang") == "vi"
    shown = text_of(by_class(page, "text")[0])
    for line in (story.lead, *filter(None, story.body.split("\n"))):
        assert line in shown
    assert shown.endswith(story.author_raw)


def test_a_table_of_figures_is_a_table(get, told, row):
    (key,) = (
        told.archive().execute("SELECT article_key FROM bodies WHERE body LIKE '%STT | Đơn vị |%' LIMIT 1").fetchone()
    )
    page = get(f"/a/{key}").text
    (table,) = tree_of(page).iter("table")
    cells = [[text_of(cell) for cell in row.iter("td")] for row in table.iter("tr")]
    assert cells[0][:2] == ["STT", "Đơn vị"]
    assert len({len(each) for each in cells}) == 1
    assert " | " not in text_of(by_class(page, "text")[0])


def test_pictures_come_from_the_archive_with_their_captions(get, told):
    page = get(f"/a/{told.key('rich')}").text
    kept = told.archive().execute(
        "SELECT sha256, caption FROM images WHERE article_key = ? ORDER BY position", (told.key("rich"),)
    ).fetchall()  # fmt: skip
    figures = list(tree_of(page).iter("figure"))
    assert len(figures) == len(kept) >= 2
    for figure, (digest, caption) in zip(figures, kept, strict=True):
        (image,) = figure.iter("img")
        assert image.get("src") == f"/-/files/{digest}"
        assert [text_of(each) for each in figure.iter("figcaption")] == ([caption] if caption else [])
        assert get(image.get("src")).headers["content-type"].startswith("image/")


def test_files_are_named_described_and_say_what_they_say(get, told):
    page = get(f"/a/{told.key('rich')}?lang=en").text
    kept = told.archive().execute(
        "SELECT sha256, label, format, text FROM attachments WHERE article_key = ?", (told.key("rich"),)
    ).fetchall()  # fmt: skip
    assert kept
    for digest, label, form, text in kept:
        assert f'<a href="/-/files/{digest}" lang="vi">{label}</a>' in page
        assert f"{form} · 1 KB" in page
        assert " ".join(text.split())[:100] in whole(page)


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("rich", "Còn trên cổng ở lần xem gần nhất: 26/07/2025", "Still on the portal when last looked at: 26 Jul 2025"),
        ("suspect", "Không thấy từ 26/07/2025", "Missing since 26 Jul 2025"),
        ("gone", "Đã biến mất khỏi cổng: không thấy từ 04/07/2025", "missing since 04 Jul"),
        ("moved", "Bài đã chuyển sang địa chỉ khác", "It moved to another address"),
    ],
)  # fmt: skip
def test_it_says_how_the_article_stands(get, told, name, vietnamese, english):
    standing = text_of(by_class(get(f"/a/{told.key(name)}?lang=vi").text, "standing")[0])
    assert vietnamese in standing
    standing = text_of(by_class(get(f"/a/{told.key(name)}?lang=en").text, "standing")[0])
    assert english.replace("04 Jul", "4 Jul 2025") in standing


def test_what_is_gone_has_a_proof_and_what_moved_a_new_address(get, told, row):
    page = get(f"/a/{told.key('gone')}").text
    proofs = [a.get("href") for each in by_class(page, "standing") for a in each.iter("a")]
    assert proofs
    assert "404" in get(proofs[0]).text
    page = get(f"/a/{told.key('moved')}").text
    links = [a.get("href") for each in by_class(page, "standing") for a in each.iter("a")]
    assert get(links[0]).status_code == 200
    assert links[0] != f"/a/{told.key('moved')}"


def test_a_closed_portal_is_mentioned(told, get, tmp_path_factory):
    archive = told.archive()
    archive.execute("UPDATE portals SET web_status = 'closed'")
    try:
        assert "Cả cổng thông tin đã đóng" in get(f"/a/{told.key('gone')}?lang=vi").text
    finally:
        archive.execute("UPDATE portals SET web_status = 'up'")


def test_edits_lead_to_their_versions(get, told):
    page = get(f"/a/{told.key('edited')}?lang=en").text
    assert f'href="/a/{told.key("edited")}/history?from=1&amp;to=2"' in page
    assert f'href="/a/{told.key("edited")}/history?from=2&amp;to=3"' in page
    assert "as version 1 again" in get(f"/a/{told.key('back')}?lang=en").text
    assert "No change was seen since the first capture" in get(f"/a/{told.key('rich')}?lang=en").text


def test_it_says_where_and_when_it_was_listed(get, told, row):
    key = told.key("rich")
    page = whole(get(f"/a/{key}?lang=en").text)
    found = row(
        "SELECT list_title, page, position, listed_raw FROM list_presence JOIN list_rows USING (article_key, position, page)"
        " WHERE list_presence.article_key = ? AND list_kind = 'section' LIMIT 1",
        key,
    )
    assert found["list_title"] in page
    assert f"page {found['page']}, row {found['position']}" in page
    assert found["listed_raw"] in page
    assert "beside other articles" in page


def test_its_neighbours_are_those_before_and_after_it(get, told):
    archive, key = told.archive(), told.key("edited")
    order = "published_on, coalesce(published_at, ''), article_key"
    for place, names in (("1", ("before", "after")), ("section", ("before_in_section", "after_in_section"))):
        keys = [
            found
            for (found,) in archive.execute(
                f"SELECT article_key FROM articles WHERE published_on IS NOT NULL AND {place} ="
                f" (SELECT {place} FROM articles WHERE article_key = ?) ORDER BY {order}",
                (key,),
            )
        ]
        here = keys.index(key)
        wanted = [keys[here - 1] if here else None, keys[here + 1] if here + 1 < len(keys) else None]
        page = get(f"/a/{key}").text
        shown = [next((a.get("href") for each in by_class(page, name) for a in each.iter("a")), None) for name in names]
        assert shown == [each and f"/a/{each}" for each in wanted]


def test_it_links_to_the_original_the_capture_and_its_rows(get, told, row):
    key = told.key("rich")
    article = row("SELECT url FROM articles WHERE article_key = ?", key)
    version = row(
        "SELECT capture_key, captures.sha256 FROM revisions JOIN captures USING (capture_key) WHERE revisions.article_key = ?",
        key,
    )
    page = get(f"/a/{key}").text
    links = {a.get("href") for a in tree_of(page).iter("a")}
    assert {article["url"], f"/a/{key}/capture/{version['capture_key']}", f"/a/{key}.json"} <= links
    assert version["sha256"] in page
    for path in sorted(link for link in links if link and link.startswith(("/archive/", "/a/"))):
        assert get(path).status_code == 200, path


def test_the_documents_it_names_are_listed(get, told):
    key, number = (
        told.archive().execute("SELECT article_key, number FROM document_mentions WHERE part = 'attachment'").fetchone()
    )
    assert number in whole(get(f"/a/{key}").text).split()


def test_the_data_says_the_same(get, told):
    key, story = told.key("edited"), told.stories["edited"]
    answer = get(f"/a/{key}.json")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    data = answer.json()
    assert data["title"] == f"{story.title} (đính chính)"
    assert "(đã-sửa)" in data["body"]
    assert data["permalink"] == f"http://localhost/a/{key}"
    assert [each["number"] for each in data["revisions"]] == [3, 2, 1]
    assert data["revisions"][1]["changed_fields"] == ["body"]
    assert data["citation"]["title"] == data["title"]
    assert len(data["attachments"]) == len(story.attachments)
    for file in data["attachments"] + data["images"]:
        assert get(file["archived_url"].removeprefix("http://localhost")).status_code == 200
    for url in data["rows"].values():
        assert get(url.removeprefix("http://localhost")).status_code == 200, url


def test_unknown_keys_are_told_with_a_search_box(get):
    answer = get("/a/nosucharticle", **{"accept-language": "en"})
    assert answer.status_code == 404
    assert '<form class="search" action="/search"' in answer.text
    for path in ("/a/nosucharticle/history", "/a", "/a/", "/a/x/y/z", "/a/nosucharticle/capture/1/page"):
        assert get(path).status_code == 404, path
    assert get("/a/nosucharticle.json").json() == {"ok": False, "error": "not found", "status": 404}


def test_an_address_with_a_slash_or_in_capitals_leads_to_the_article(get, told):
    key = told.key("rich")
    for path, target in (
        (f"/a/{key}/", f"/a/{key}"),
        (f"/a/{key}/history/?from=1&lang=en", f"/a/{key}/history?from=1&lang=en"),
        (f"/a/{key.upper()}", f"/a/{key}"),
        (f"/a/{key.upper()}/history", f"/a/{key}/history"),
        (f"/a/{key.upper()}.json", f"/a/{key}.json"),
        (f"/a/{key}//", f"/a/{key}"),
    ):
        answer = get(path)
        assert (answer.status_code, answer.headers.get("location")) == (301, target), path


def test_no_redirect_leads_away(get):
    for path in (
        "/a//evil.example/",
        "/a/%2F%2Fevil.example/",
        "/a/\\evil.example/",
        "/a/x%0d%0aLocation:%20http:%2F%2Fevil/",
    ):
        answer = get(path)
        assert "evil" not in answer.headers.get("location", ""), path


# -- what is withheld ---------------------------------------------------------------------------------------------------


def withheld_words(told):
    story = told.stories["secret"]
    return [story.title, story.url.rpartition("/")[2], *story.body.split("\n\n")]


def test_of_a_withheld_article_only_a_tombstone_is_shown(get, told):
    key = told.key("secret")
    answer = get(f"/a/{key}", **{"accept-language": "en"})
    assert answer.status_code == 410
    assert "By a decision of 1 Sep 2025" in answer.text
    assert "personal data" in answer.text
    for path in (
        f"/a/{key}",
        f"/a/{key}/history",
        f"/a/{key}.json",
        f"/a/{key}.bib",
        f"/a/{key}.ris",
        f"/a/{key}.csl.json",
    ):
        answer = get(path)
        assert answer.status_code == 410, path
        assert not [words for words in withheld_words(told) if words in answer.text]
    assert get(f"/a/{key}.json").json() == {
        "ok": False, "error": "withheld", "status": 410, "article_key": key, "withheld_on": "2025-09-01", "category": "personal data"}  # fmt: skip


def test_nothing_of_it_is_in_its_captures_and_pictures(get, told):
    key, captures = told.key("secret"), told.captures()
    keys = [
        found
        for (found,) in captures.execute(
            "SELECT capture_key FROM captures WHERE url = ?", (told.stories["secret"].url,)
        )
    ]
    assert keys
    for capture in keys:
        for owner in (key, told.key("rich")):
            for rest in ("", "/page", "/bytes"):
                assert get(f"/a/{owner}/capture/{capture}{rest}").status_code in (404, 410)
    shown = {
        digest for (digest,) in told.archive().execute("SELECT sha256 FROM images UNION SELECT sha256 FROM attachments")
    }
    for url, _ in (*told.stories["secret"].images, *told.stories["secret"].attachments):
        (digest,) = captures.execute(
            "SELECT sha256 FROM captures WHERE url = ? AND status = 200 LIMIT 1", (url,)
        ).fetchone()
        if digest not in shown:
            assert get(f"/-/files/{digest}").status_code == 404


def test_no_page_of_another_article_names_it(get, told):
    """The boxes beside articles were captured with its title in them."""
    captures = told.captures()
    title = told.stories["secret"].title
    named = 0
    for (key,) in told.archive().execute("SELECT article_key FROM articles"):
        (capture,) = (
            told.archive()
            .execute("SELECT capture_key FROM revisions WHERE article_key = ? AND number = 1", (key,))
            .fetchone()
        )
        page = get(f"/a/{key}/capture/{capture}/page?lang=en").text
        assert title not in page
        named += "(not shown)" in page
        bytes_of = get(f"/a/{key}/capture/{capture}/bytes")
        if "(not shown)" in page:
            assert bytes_of.status_code == 404, "the bytes name it"
        else:
            assert title.encode() not in bytes_of.content
        assert title not in get(f"/a/{key}").text
    assert named
    assert captures.execute("SELECT count(*) FROM decisions").fetchone() == (1,)


def test_a_court_order_is_answered_as_one(tmp_path, told):
    import asyncio
    import shutil

    from archiver.site.serving import datasette_for

    told.archive().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in ("archive.db", "captures.db"):
        shutil.copy(told.folder / name, tmp_path / name)
    withhold(tmp_path, told.key("rich"), "court order")
    site = datasette_for(tmp_path / "archive.db")
    assert asyncio.run(site.client.get(f"/a/{told.key('rich')}")).status_code == 451
    assert open_archive(tmp_path).execute("SELECT count(*) FROM list_rows WHERE title = ?", (HIDDEN,)).fetchone()[0]


# -- without the evidence -----------------------------------------------------------------------------------------------


def test_without_captures_db_the_page_says_so(tmp_path, told):
    import asyncio
    import shutil

    from archiver.site.serving import datasette_for

    told.archive().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(told.folder / "archive.db", tmp_path / "archive.db")
    site = datasette_for(tmp_path / "archive.db")
    key = told.key("rich")
    page = asyncio.run(site.client.get(f"/a/{key}?lang=en")).text
    assert "not part of this copy of the archive" in page
    assert "/-/files/" not in page
    (capture,) = told.archive().execute("SELECT capture_key FROM revisions WHERE article_key = ?", (key,)).fetchone()
    page = asyncio.run(site.client.get(f"/a/{key}/capture/{capture}?lang=en")).text
    assert "captures.db) are not part of it" in page
    assert "<iframe" not in page
    (digest,) = told.archive().execute("SELECT sha256 FROM images WHERE article_key = ? LIMIT 1", (key,)).fetchone()
    answer = asyncio.run(site.client.get(f"/-/files/{digest}?lang=en"))
    assert answer.status_code == 404
    assert "captures.db) are not part of it" in answer.text
    assert not (tmp_path / "captures.db").exists()


# -- citing -------------------------------------------------------------------------------------------------------------


def test_references_can_be_saved(get, told):
    key = told.key("rich")
    for form, media_type in (
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("csl.json", "application/vnd.citationstyles.csl+json"),
    ):
        answer = get(f"/a/{key}.{form}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert answer.headers["content-disposition"] == f'attachment; filename="demo-{key}.{form}"'
        assert told.stories["rich"].title in answer.text
    (item,) = json.loads(get(f"/a/{key}.csl.json").text)
    assert item["archive_location"] == f"http://localhost/a/{key}"


def test_the_page_can_be_saved_by_a_reference_manager(get, told):
    tree = tree_of(get(f"/a/{told.key('rich')}").text)
    tags = [(meta.get("name"), meta.get("content")) for meta in tree.iter("meta")]
    assert ("citation_title", told.stories["rich"].title) in tags
    assert ("citation_public_url", f"http://localhost/a/{told.key('rich')}") in tags
    assert ("DC.type", "webpage") in tags
    (coins,) = [span.get("title") for span in tree.iter("span") if span.get("class") == "Z3988"]
    assert coins.startswith("url_ver=Z39.88-2004&ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&")


def test_references_on_the_page_are_in_both_languages(get, told):
    page = get(f"/a/{told.key('rich')}").text
    references = by_class(page, "reference")
    assert [each.get("lang") for each in references] == ["vi", "en"]
    assert re.search(r"Archived July \d, 2025, at http://localhost/a/", text_of(references[1]))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,<script>", "vbscript:x", "//x.vn/a.png"]
)
def test_an_address_that_is_none_of_the_web_is_no_link(get, told, url):
    archive, key = told.archive(), told.key("rich")
    (before,) = archive.execute("SELECT url FROM images WHERE article_key = ? AND position = 1", (key,)).fetchone()
    try:
        archive.execute("UPDATE images SET url = ?, sha256 = NULL WHERE article_key = ? AND position = 1", (url, key))
        tree = tree_of(get(f"/a/{key}").text)
        assert not [a for a in tree.iter("a") if a.get("href") == url]
        assert url.strip() in whole(get(f"/a/{key}").text)
    finally:
        archive.execute(
            "UPDATE images SET url = ?, sha256 = (SELECT sha256 FROM captures WHERE captures.request_key = images.request_key"
            " AND answer = 'file' LIMIT 1) WHERE article_key = ? AND position = 1",
            (before, key),
        )


def test_what_could_not_be_kept_or_read_is_said_with_the_reason(get, told):
    archive, key = told.archive(), told.key("rich")
    (image,) = archive.query("SELECT * FROM images WHERE article_key = ? AND position = 1", (key,))
    (file,) = archive.query("SELECT * FROM attachments WHERE article_key = ? AND position = 1", (key,))
    (request,) = archive.execute("SELECT request_key FROM captures WHERE article_key = ? LIMIT 1", (key,)).fetchone()
    problem = {"portal": "demo", "raw": None, "last_at": "2025-07-02", "count": 1, "resolved": 0}
    for name, about in (("i", image["request_key"]), ("a", request)):
        archive["problems"].insert(
            problem | {"problem_key": name, "request_key": about, "reason": f"so it is with {name}"}
        )
    archive.execute("UPDATE images SET sha256 = NULL WHERE article_key = ? AND position = 1", (key,))
    archive.execute(
        "UPDATE attachments SET text_problems = ? WHERE article_key = ? AND position = 1",
        ('[{"reason": "scanned"}]', key),
    )
    try:
        page = whole(get(f"/a/{key}?lang=en").text)
        assert "This picture has not been kept. (so it is with i)" in page
        assert "Not all of it could be read: scanned" in page
        assert "What could not be read so it is with a" in page
        assert get(f"/a/{key}.json").json()["problems"][0]["reason"] == "so it is with a"
    finally:
        archive.execute("DELETE FROM problems WHERE problem_key IN ('i', 'a')")
        archive.execute("UPDATE images SET sha256 = ? WHERE article_key = ? AND position = 1", (image["sha256"], key))
        archive.execute(
            "UPDATE attachments SET text_problems = ? WHERE article_key = ? AND position = 1",
            (file["text_problems"], key),
        )


def test_the_authority_of_its_day_is_named(get, told, row):
    key = told.key("rich")
    authority = row("SELECT authority, name FROM article_authorities WHERE article_key = ?", key)
    links = [link for link in tree_of(get(f"/a/{key}").text).iter("a") if text_of(link) == authority["name"]]
    assert [link.get("href") for link in links] == [f"/archive/authorities/{authority['authority']}"]
    assert get(f"/a/{key}.json").json()["authorities"][0]["name"] == authority["name"]


def test_a_piece_of_a_list_of_which_no_page_is_known_says_so(tmp_path):
    """Others may have captured what a script posted for, and not the list."""
    visitor = Visitor(PiecedSite({"/kinh-te": [9, 8, 7, 6, 5, 4, 3]}), tmp_path, known=PORTAL)
    visitor.crawl()
    archive = visitor.archive
    with writing(archive):
        forget_lists(archive, request_key(PORTAL, "GET", f"{PORTAL.url}kinh-te"))
        settle_pieces(archive, PORTAL)
        settle_ledger(archive, PORTAL)
    key = article_key(PORTAL, f"{PORTAL.url}tin-3")
    site = datasette_for(tmp_path / "archive.db")
    page = asyncio.run(site.client.get(f"/a/{key}?lang=en")).text
    assert "A list of which no first page was captured" in page
    listed = asyncio.run(site.client.get(f"/a/{key}/listed?lang=en")).text
    assert "Not seen on the first page of any list." in listed
    assert "None" not in page + listed
