"""The main job on real input: a site made of the one real page, where that is at hand."""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from archiver.store.databases.opening import open_archive

PAGES = Path(__file__).parents[3] / "shared" / "pages"


@pytest.fixture
def real_page():
    file = PAGES / "myhao_2021-12-28.html"
    if not file.exists():
        pytest.skip("real pages are not part of the project")
    return file.read_bytes(), json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.fixture
def site(real_page):
    """The page stands at its own path, and the home page leads there."""
    body, truth = real_page
    path = urlsplit(truth["article"]["url"]).path
    pages = {path: body, "/": f"<html><body><a href='{path}'>Tin</a></body></html>".encode()}

    class Visit(BaseHTTPRequestHandler):
        def do_GET(self):
            page = pages.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page or b"<html><body>404</body></html>")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Visit)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_its_rows_are_right(site, real_page, tmp_path):
    _, truth = real_page
    expected = truth["article"]
    line = [sys.executable, "-m", "archiver", "crawl", "myhao", "--base-url", site, "--delay", "0", "--data", tmp_path]
    subprocess.run(line, capture_output=True, check=False, timeout=120)
    db = open_archive(tmp_path)
    (article,) = db.query("SELECT * FROM articles JOIN bodies USING (article_key)")
    plain = expected.keys() - {"images", "attachments"}
    assert {name: article[name] for name in plain} == {name: expected[name] for name in plain}
    images = [{"url": row["url"], "caption": row["caption"]} for row in db["images"].rows_where(order_by="position")]
    assert images == expected["images"]
    columns = ("position", "url", "title", "listed_at", "listed_raw")
    rows = db.query(
        "SELECT list_kind, list_rows.* FROM list_rows JOIN list_snapshots USING (snapshot) ORDER BY snapshot, position"
    )
    assert [{"list_kind": row["list_kind"], **{name: row[name] for name in columns}} for row in rows] == truth["listed"]
