"""Certificates are verified, and what is weaker is so for one portal alone."""

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from archiver.crawling.trust import is_verified
from archiver.portals import PORTALS
from archiver.store.databases.opening import open_archive, open_captures
from tests.waiting import PATIENCE

PROGRAM = """
from archiver.portals import PORTALS
object.__setattr__(PORTALS["demo"], "tls", {tls!r})
from archiver.cli import main
main()
"""
HOME = "<html><head><title>Thị xã An Thuận</title></head><body><h1>Thị xã An Thuận</h1></body></html>"


def certificate(file: Path, bits: int) -> Path:
    key = rsa.generate_private_key(65537, bits)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"localhost {bits}")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 7, now - timedelta(days=1), now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form, plain = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return file


class Home(BaseHTTPRequestHandler):
    def do_GET(self):
        is_home = self.path == "/"
        self.send_response(200 if is_home else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(HOME.encode() if is_home else b"")

    def log_message(self, *_):
        """Quietly."""


@contextmanager
def served(file: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=1")
    context.load_cert_chain(file)
    with ThreadingHTTPServer(("127.0.0.1", 0), Home) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"https://localhost:{server.server_port}"
        server.shutdown()
        thread.join(PATIENCE)


@pytest.mark.parametrize(("bits", "tls", "is_known", "told"), [
    (2048, "usual", True, (1, 1)),
    (2048, "usual", False, (0, None)),
    (1024, "usual", True, (0, None)),
    (1024, "old", True, (1, 1)),
    (1024, "old", False, (0, None)),
    (1024, "unverified", False, (1, 0)),
])  # fmt: skip
def test_who_is_let_in(tmp_path, bits, tls, is_known, told):
    """A short key passes only at the old level, an unknown certificate only unverified; each capture says which."""
    file = certificate(tmp_path / "server.pem", bits)
    with served(file) as address:
        crawl(tmp_path, address, tls, file if is_known else None)
    for db in (open_captures(tmp_path), open_archive(tmp_path)):
        found = db.execute(
            "SELECT max(status = 200) IS 1, max(tls_verified) FROM captures WHERE url LIKE '%/'"
        ).fetchone()
        assert found == told


def crawl(folder, address, tls, trusted):
    environment = os.environ | ({"SSL_CERT_FILE": str(trusted)} if trusted else {})
    line = ["crawl", "demo", "--base-url", address, "--delay", "0", "--limit", "3", "--data", str(folder)]
    program = [sys.executable, "-c", PROGRAM.format(tls=tls)]
    subprocess.run([*program, *line], env=environment, capture_output=True, timeout=PATIENCE, check=False)


@pytest.mark.parametrize(("address", "status", "said"), [
    ("https://x.vn/", 200, True), ("https://x.vn/", 304, True), ("http://x.vn/", 200, None), ("https://x.vn/", None, None),
])  # fmt: skip
def test_what_is_noted(address, status, said):
    assert is_verified(PORTALS["demo"], address, status) is said
    assert is_verified(PORTALS["hungyen"], address, status) is (False if said else None)
