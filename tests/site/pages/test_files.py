"""Pictures and documents: only those of the archive, byte by byte, and none that a browser would run."""

import zstandard

from archiver.store.ground.keys import sha256

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PAGE = b"\xff\xd8 <html><script>alert(1)</script></html>"


def test_pictures_are_shown_byte_by_byte(get, told):
    rows = (
        told.archive()
        .execute("SELECT DISTINCT sha256, media_type, url FROM images WHERE sha256 IS NOT NULL")
        .fetchall()
    )
    assert len(rows) > 20
    for digest, media_type, url in rows:
        answer = get(f"/-/files/{digest}")
        assert sha256(answer.content) == digest
        assert answer.headers["content-type"] == media_type
        assert answer.headers["content-disposition"].startswith("inline; filename="), url
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["etag"] == f'"{digest}"'


def test_documents_are_to_be_saved_under_their_names(get, told):
    rows = told.archive().execute("SELECT DISTINCT sha256, url FROM attachments").fetchall()
    assert rows
    for digest, url in rows:
        answer = get(f"/-/files/{digest}")
        assert sha256(answer.content) == digest
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        assert url.rpartition("/")[2].partition("%")[0] in answer.headers["content-disposition"]
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


def test_what_is_known_is_not_sent_again(get, told):
    (digest,) = told.archive().execute("SELECT sha256 FROM images WHERE sha256 IS NOT NULL LIMIT 1").fetchone()
    answer = get(f"/-/files/{digest}", **{"if-none-match": f'"{digest}"'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert get(f"/-/files/{digest}", **{"if-none-match": '"other"'}).status_code == 200
    assert "immutable" not in get(f"/-/files/{digest}").headers["cache-control"], "it may be withheld tomorrow"


def test_no_other_payload_is_handed_out(get, told):
    shown = {
        digest for (digest,) in told.archive().execute("SELECT sha256 FROM images UNION SELECT sha256 FROM attachments")
    }
    others = [digest for (digest,) in told.captures().execute("SELECT sha256 FROM payloads") if digest not in shown]
    assert len(others) > 20
    for digest in others:
        assert get(f"/-/files/{digest}").status_code == 404
    for digest in ("0" * 64, "xyz", "../archive.db"):
        assert get(f"/-/files/{digest}").status_code == 404


def test_what_only_claims_to_be_a_picture_is_not_shown(get, told):
    """The portal says image/svg+xml, text/html or image/jpeg: the bytes decide."""
    archive, captures = told.archive(), told.captures()
    (key, position, before) = archive.execute(
        "SELECT article_key, position, sha256 FROM images WHERE sha256 IS NOT NULL LIMIT 1"
    ).fetchone()
    for body, claimed in (
        (SVG, "image/svg+xml"),
        (PAGE, "image/jpeg"),
        (b"<html>x", "text/html"),
        (b"MZ\x90", 'a"b\r\nX: y'),
    ):
        digest = sha256(body)
        captures.execute(
            "INSERT OR IGNORE INTO payloads (sha256, zstd, size) VALUES (?, ?, ?)",
            (digest, zstandard.compress(body), len(body)),
        )
        archive.execute(
            "UPDATE images SET sha256 = ?, media_type = ? WHERE article_key = ? AND position = ?",
            (digest, claimed, key, position),
        )
        answer = get(f"/-/files/{digest}")
        assert answer.content == body
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
    archive.execute("UPDATE images SET sha256 = ? WHERE article_key = ? AND position = ?", (before, key, position))


def test_a_name_cannot_break_a_header(get, told):
    archive = told.archive()
    (key, position, digest, url) = archive.execute(
        "SELECT article_key, position, sha256, url FROM attachments LIMIT 1"
    ).fetchone()
    for name in ('a"b%0d%0aX-Evil: 1.pdf', "%E1%BB%A6y ban.pdf", "", "....", "x" * 500, "%00.exe"):
        archive.execute(
            "UPDATE attachments SET url = ? WHERE article_key = ? AND position = ?",
            (f"https://x.vn/{name}", key, position),
        )
        answer = get(f"/-/files/{digest}")
        assert answer.status_code == 200
        assert "x-evil" not in answer.headers
        assert len(answer.headers["content-disposition"]) < 700
    archive.execute("UPDATE attachments SET url = ? WHERE article_key = ? AND position = ?", (url, key, position))
