"""WARC files written by hand, byte by byte, in the shapes in which other crawlers leave them."""

import base64
import gzip
import hashlib
from uuid import NAMESPACE_URL, uuid5

from tests.store.conftest import url

CRLF = b"\r\n"


def lines(*rows):
    return CRLF.join(row if isinstance(row, bytes) else row.encode("latin-1") for row in rows) + CRLF + CRLF


def record(kind, block, *, version="1.0", length=None, **fields):
    """One record; field names have `_` for `-`, and null takes a field away."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, repr((kind, block, sorted(fields.items()))))}>",
        "WARC-Date": "2023-06-09T02:24:00Z",
        "Content-Length": len(block) if length is None else length,
    }
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    rows = [f"{name}: {value}" for name, value in named.items() if value is not None]
    return lines(f"WARC/{version}", *rows) + block + CRLF + CRLF


def answer(body, *headers, first="HTTP/1.1 200 OK", content_type="text/html; charset=utf-8"):
    return lines(first, f"Content-Type: {content_type}", *headers) + body


def response(name, body, *headers, at="2023-06-09T02:24:00Z", first="HTTP/1.1 200 OK", address=None, **fields):
    """A page as any crawler keeps it, without its request."""
    block = answer(body.encode() if isinstance(body, str) else body, *headers, first=first)
    return record("response", block, WARC_Target_URI=address or url(name), WARC_Date=at, **fields)


def sha1(payload):
    return "sha1:" + base64.b32encode(hashlib.sha1(payload).digest()).decode()


def chunked(body, size=100):
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def in_members(*records):
    """Compressed as the format wants it: each record on its own."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def wget(name, body, at="2023-06-09T02:24:00Z"):
    """GNU Wget: the request first, addresses in angle brackets (1.19), HTTP/1.1 chunked as it came."""
    text = lines(f"GET /portal/Pages/{name}.aspx HTTP/1.1", "User-Agent: Wget/1.21.3", "Host: anthuan.example")
    request = record("request", text, WARC_Target_URI=f"<{url(name)}>", WARC_Date=at, WARC_IP_Address="10.0.0.1",
                     Content_Type="application/http;msgtype=request")  # fmt: skip
    block = answer(chunked(body), "Transfer-Encoding: chunked", "Server: Microsoft-IIS/8.5")
    answered = record("response", block, WARC_Target_URI=f"<{url(name)}>", WARC_Date=at, WARC_Block_Digest=sha1(block),
                      WARC_Payload_Digest=sha1(chunked(body)), WARC_Concurrent_To=id_of(request),
                      Content_Type="application/http;msgtype=response")  # fmt: skip
    return [record("warcinfo", b"software: Wget/1.21.3 (linux-gnu)\r\n"), request, answered]


def wget_again(name, body, at):
    """GNU Wget with --warc-dedup: a revisit that keeps the headers, and names its original by the digest."""
    block = answer(b"", "Transfer-Encoding: chunked")
    return record("revisit", block, WARC_Target_URI=f"<{url(name)}>", WARC_Date=at, WARC_Truncated="length",
                  WARC_Profile="http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
                  WARC_Payload_Digest=sha1(chunked(body)))  # fmt: skip


def browsertrix(name, body, at="2023-06-09T02:24:00.123Z"):
    """Browsertrix and pywb: WARC/1.1, the response first, gzip or brotli as it came, SHA-256 in hexadecimal."""
    coded = gzip.compress(body, mtime=0)
    block = answer(coded, "content-encoding: gzip", f"content-length: {len(coded)}", "x-powered-by: ASP.NET")
    digest = f"sha256:{hashlib.sha256(coded).hexdigest()}"
    answered = record("response", block, version="1.1", WARC_Target_URI=url(name), WARC_Date=at, WARC_Page_ID="4f",
                      WARC_Block_Digest=f"sha256:{hashlib.sha256(block).hexdigest()}",
                      WARC_Payload_Digest=digest)  # fmt: skip
    text = lines(f"GET /portal/Pages/{name}.aspx HTTP/1.1", "accept-encoding: gzip, deflate, br")
    request = record("request", text, version="1.1", WARC_Target_URI=url(name), WARC_Date=at,
                     WARC_Concurrent_To=id_of(answered))  # fmt: skip
    return [answered, request, record("resource", b'{"pageid": "4f"}', version="1.1", WARC_Date=at,
                                      WARC_Target_URI=f"urn:pageinfo:{url(name)}")]  # fmt: skip


def browsertrix_again(name, body, at, first_at="2023-06-09T02:24:00.123Z"):
    coded = gzip.compress(body, mtime=0)
    block = answer(b"", "content-encoding: gzip", f"content-length: {len(coded)}")
    return record("revisit", block, version="1.1", WARC_Target_URI=url(name), WARC_Date=at,
                  WARC_Profile="http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
                  WARC_Refers_To_Target_URI=url(name), WARC_Refers_To_Date=first_at,
                  WARC_Payload_Digest=f"sha256:{hashlib.sha256(coded).hexdigest()}")  # fmt: skip


def common_crawl(name, body, at="2023-06-09T02:24:00Z"):
    """Common Crawl: the body decoded, the headers that no longer hold renamed; request, response, metadata."""
    text = lines(f"GET /portal/Pages/{name}.aspx HTTP/1.1", "User-Agent: CCBot/2.0 (https://commoncrawl.org/faq/)")
    request = record("request", text, WARC_Target_URI=url(name), WARC_Date=at)
    block = answer(body, "X-Crawl-Content-Encoding: gzip", "X-Crawl-Transfer-Encoding: chunked",
                   f"Content-Length: {len(body)}")  # fmt: skip
    answered = record("response", block, WARC_Target_URI=url(name), WARC_Date=at, WARC_Concurrent_To=id_of(request),
                      WARC_Payload_Digest=sha1(body), WARC_Block_Digest=sha1(block),
                      WARC_Identified_Payload_Type="text/html")  # fmt: skip
    told = record("metadata", b"fetchTimeMs: 254\r\ncharset-detected: UTF-8\r\n", WARC_Target_URI=url(name),
                  WARC_Date=at, WARC_Concurrent_To=id_of(answered))  # fmt: skip
    return [request, answered, told]


def id_of(one_record):
    return next(row[16:].decode() for row in one_record.split(CRLF) if row.startswith(b"WARC-Record-ID: "))
