"""Behind a real web server, under a path: every link, redirect and file stays under it."""

import re
import shutil
import socket
import subprocess
from contextlib import closing, contextmanager
from html import unescape
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from tests.site.public.conftest import served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
  scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port};
    location /kho/ {{
      proxy_pass {upstream};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For "";
    }}
  }}
}}
"""
LINKS = re.compile(r"""(?:href|src|action)=["']([^"']*)["']""")
MOST_PAGES = 120


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        return listening.getsockname()[1]


@contextmanager
def proxied(upstream, folder):
    port = free_port()
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, upstream=upstream))
    line = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(line, stderr=subprocess.DEVNULL) as process:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "error.log").read_text()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def addresses_in(answer):
    """Every address that an answer leads to, as a browser understands it."""
    said = [unescape(each) for each in LINKS.findall(answer.text)] if "html" in answer.headers["content-type"] else []
    if "json" in answer.headers["content-type"]:
        said += re.findall(r'"(?:next_url|path|url)": "(https?://127[^"]*|/[^"]*)"', answer.text)
    said += re.findall(r"<([^>]+)>;", answer.headers.get("link", ""))
    if "location" in answer.headers:
        said.append(answer.headers["location"])
    return {urljoin(str(answer.url), each).partition("#")[0] for each in said}


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")
@pytest.mark.parametrize("keeps", [True, False], ids=["path passed on", "path stripped"])
def test_everything_stays_under_the_path(snapshots, tmp_path, keeps):
    with served("--snapshots", snapshots, "--base-url", "/kho/") as (_, address):
        upstream = address if keeps else address.removesuffix("kho/")
        with proxied(upstream, tmp_path) as origin, httpx.Client(timeout=60) as client:
            waiting, seen = [f"{origin}/kho/"], set()
            waiting += [
                f"{origin}/kho/{each}"
                for each in ("archive/", "archive/articles/", "archive/arti%63les", "a/b/", ":memory:")
            ]
            waiting += [f"{origin}/kho/archive/articles?_filter_column=title&_filter_op=exact&_filter_value=x"]
            statuses = {}
            while waiting and len(seen) < MOST_PAGES:
                page = waiting.pop(0)
                if page in seen:
                    continue
                seen.add(page)
                answer = client.get(page)
                statuses[page] = answer.status_code
                for each in sorted(addresses_in(answer)):
                    if each.startswith(origin):
                        path = urlsplit(each).path
                        assert path.startswith("/kho/") or path == "/kho", f"{page} leads to {each}"
                        assert "/kho/kho" not in path, f"{page} leads to {each}"
                        waiting.append(each)
            assert sum(status == 200 for status in statuses.values()) > 60
            assert 500 not in statuses.values()
            assert any("/-/static/" in page and status == 200 for page, status in statuses.items())
            assert any("/-/looks/" in page and status == 200 for page, status in statuses.items())


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")
def test_what_browsers_send_comes_through_it(snapshots, tmp_path):
    with served("--snapshots", snapshots, "--base-url", "/kho/") as (_, address), proxied(address, tmp_path) as origin:
        first = httpx.get(f"{origin}/kho/archive/articles.json?_size=2")
        assert first.json()["next_url"].startswith(f"{origin}/kho/archive/articles.json?")
        assert (
            httpx.get(
                f"{origin}/kho/", headers={"If-None-Match": httpx.get(f"{origin}/kho/").headers["etag"]}
            ).status_code
            == 304
        )
        assert httpx.get(f"{origin}/kho//evil.example/").headers.get("location", "/kho/").startswith("/kho/")
        assert httpx.get(f"{origin}/kho/..%2f..%2fetc/passwd").status_code in (400, 404)
        assert httpx.head(f"{origin}/kho/archive/articles").status_code == 200
