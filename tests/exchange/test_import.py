"""Captures of any crawler become articles under their own times: once, however often and in whatever order."""

import gzip
import json
import tempfile
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.store.databases.opening import open_archive, open_captures
from archiver.store.evidence.captures import body_of, captures_in_order
from archiver.store.evidence.frontier import Found, Frontier
from archiver.store.ground.locks import PortalLock
from archiver.store.interpretation.reading_captures import Reader
from tests.exchange.conftest import DEMO, bring, evidence_in, proof_in, rows_in
from tests.exchange.shapes import (
    answer,
    browsertrix,
    browsertrix_again,
    chunked,
    common_crawl,
    in_members,
    record,
    response,
    sha1,
    wget,
    wget_again,
)
from tests.store.conftest import Evidence, article, box, listing, url

PAGE = article(extra=box(("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH"))).encode()


@pytest.fixture
def put(tmp_path):
    """Write a file, and import it and any others into one folder."""
    number = iter(range(100))

    def into(*contents, folder=tmp_path / "data"):
        files = []
        for content in contents:
            ending = ".gz" if content.startswith(b"\x1f\x8b") else ""
            files.append(tmp_path / f"{next(number)}.warc{ending}")
            files[-1].write_bytes(content)
        return bring(folder, *files)

    into.folder = tmp_path / "data"
    return into


def captures(folder):
    return list(captures_in_order(open_captures(folder), ["demo"]))


def body(folder, capture):
    return body_of(open_captures(folder), capture)


@pytest.mark.parametrize("shape", [wget, browsertrix, common_crawl])
@pytest.mark.parametrize("pack", [in_members, lambda *records: b"".join(records)], ids=["gz", "plain"])
def test_a_page_is_read_whoever_captured_it(put, shape, pack):
    imported = put(pack(*shape("a", PAGE)))
    assert (imported.exit_status, imported.unreadable) == (0, [])
    (capture,) = captures(put.folder)
    assert (capture.source, capture.method, capture.url, capture.status) == ("warc", "GET", url("a"), 200)
    assert capture.captured_at.startswith("2023-06-09T02:24:00.")
    assert body(put.folder, capture) == PAGE
    (found,) = open_archive(put.folder).query("SELECT title, published_on, first_captured_at FROM articles")
    assert found == {"title": "Thị xã họp", "published_on": "2023-06-09", "first_captured_at": capture.captured_at}


def test_headers_come_back_as_the_portal_sent_them(put):
    put(in_members(*common_crawl("a", PAGE)))
    (capture,) = captures(put.folder)
    assert json.loads(capture.headers) == [
        ["Content-Type", "text/html; charset=utf-8"], ["Content-Encoding", "gzip"], ["Transfer-Encoding", "chunked"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "coded"),
    [
        ((), PAGE),
        (("Content-Encoding: gzip",), gzip.compress(PAGE)),
        (("Content-Encoding: x-gzip",), gzip.compress(PAGE)),
        (("Content-Encoding: deflate",), zlib.compress(PAGE)),
        (("Content-Encoding: deflate",), zlib.compress(PAGE, wbits=-15)),
        (("Content-Encoding: br",), brotli.compress(PAGE)),
        (("Content-Encoding: zstd",), zstandard.compress(PAGE)),
        (("Content-Encoding: identity",), PAGE),
        (("Content-Encoding: deflate, gzip",), gzip.compress(zlib.compress(PAGE))),
        (("Transfer-Encoding: chunked",), chunked(PAGE)),
        (("Transfer-Encoding: chunked", "Content-Encoding: gzip"), chunked(gzip.compress(PAGE))),
        (("Transfer-Encoding: chunked",), PAGE),
        (("Content-Encoding: gzip",), PAGE),
        (("Content-Encoding: deflate",), PAGE),
        (("Content-Encoding: br",), PAGE),
        (("Content-Encoding: zstd",), PAGE),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else f"{len(value)} bytes",
)
def test_encodings_are_taken_off_even_where_only_the_header_is_left_of_them(put, headers, coded):
    put(response("a", coded, *headers))
    assert body(put.folder, captures(put.folder)[0]) == PAGE


@pytest.mark.parametrize("first", ["HTTP/1.0 200 OK", "HTTP/1.1 200", "HTTP/2 200 OK", "HTTP/1.1 200 Được"])
def test_any_version_of_http(put, first):
    block = answer(PAGE, first=first.encode().decode("latin-1"))
    assert put(record("response", block, WARC_Target_URI=url("a"))).exit_status == 0
    assert captures(put.folder)[0].status == 200


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("http://www.anthuan.example:80/portal/Pages/a.aspx", True),
        ("HTTPS://AnThuan.example/portal/Pages/A.aspx?utm_source=x", True),
        ("https://anthuan.example:8443/portal/Pages/a.aspx", False),
        ("https://khac.example/portal/Pages/a.aspx", False),
        ("https://anthuan.example.khac.example/", False),
    ],
)
def test_the_portal_is_known_by_its_hosts(put, address, is_ours):
    imported = put(response("a", PAGE, address=address))
    assert imported.exit_status == 0
    if is_ours:
        assert captures(put.folder)[0].request_key == captures(put.folder)[0].request_key
        assert open_archive(put.folder).execute("SELECT lower(url) FROM articles").fetchall() == [(url("a").lower(),)]
    else:
        assert (imported.endings, imported.others) == ({}, {"of other sites": 1})


def test_repeats_find_their_payload_by_its_digest(put):
    later, latest = "2023-07-09T02:24:00Z", "2023-08-09T02:24:00Z"
    put(in_members(*wget("a", PAGE), wget_again("a", PAGE, later), wget_again("b", PAGE, latest)))
    one, two, other = captures(put.folder)
    assert one.sha256 == two.sha256 == other.sha256
    assert body(put.folder, two) == PAGE
    assert two.captured_at == "2023-07-09T02:24:00.000000Z"
    assert [row[7] for row in sorted(proof_in(put.folder), key=lambda row: row[2])] == [None, one.capture_key, None]


def test_a_repeat_in_one_file_of_what_stands_in_another_waits_for_it(put):
    again = browsertrix_again("a", PAGE, "2023-07-09T02:24:00.500Z")
    first = put(in_members(again))
    assert (first.exit_status, captures(put.folder)) == (3, [])
    assert first.endings["demo"].reason == "1 repeats wait for the capture that they repeat"
    assert dict(put(in_members(again)).endings["demo"].summary)["repeats waiting"] == 1
    last = put(in_members(*browsertrix("a", PAGE)))
    assert (last.exit_status, dict(last.endings["demo"].summary)["new captures"]) == (0, 2)
    assert [capture.captured_at[5:7] for capture in captures(put.folder)] == ["06", "07"]


@pytest.mark.parametrize(
    ("repeat", "why"),
    [
        ({"block": b"", "WARC_Payload_Digest": sha1(PAGE)}, "repeats that do not say with which status"),
        ({"block": answer(b"")}, "repeats that do not say of what"),
    ],
)
def test_a_repeat_that_does_not_say_enough_is_counted(put, repeat, why):
    imported = put(response("b", PAGE) + record("revisit", WARC_Target_URI=url("a"), **repeat))
    assert (imported.exit_status, imported.others) == (0, {why: 1})
    assert len(captures(put.folder)) == 1


def test_a_304_confirms_the_page_before_it_whatever_came_first(put):
    unchanged = record("revisit", answer(b"", first="HTTP/1.1 304 Not Modified"), WARC_Target_URI=url("a"),
                       WARC_Date="2023-07-01T00:00:00Z", WARC_Profile="http://netpreserve.org/warc/1.1/revisit/server-not-modified")  # fmt: skip
    put(unchanged)
    put(response("a", PAGE, at="2023-08-01T00:00:00Z"))
    put(response("a", article(body="Trước.").encode(), at="2023-06-01T00:00:00Z"))
    before, confirming, _ = captures(put.folder)
    assert (confirming.status, confirming.sha256) == (304, None)
    assert body(put.folder, confirming) == article(body="Trước.").encode()
    proof = {row[0]: row[7] for row in proof_in(put.folder)}
    assert proof[confirming.capture_key] == before.capture_key


def posted(
    method="POST", form=b"__EVENTTARGET=x&Trang=2&__VIEWSTATE=abc", content_type="application/x-www-form-urlencoded"
):
    block = b"%s /portal/Pages/Kinh-te.aspx HTTP/1.1\r\nContent-Type: %s\r\n\r\n%s" % (
        method.encode(), content_type.encode(), form,
    )  # fmt: skip
    return record("request", block, WARC_Target_URI=url("Kinh-te"))


@pytest.mark.parametrize("request_first", [True, False])
def test_a_form_is_kept_without_the_state_of_its_page(put, request_first):
    page = response("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023")))
    put(b"".join([posted(), page] if request_first else [page, posted()]))
    (capture,) = captures(put.folder)
    assert (capture.method, capture.form) == ("POST", '[["Trang","2"],["__EVENTTARGET","x"]]')


@pytest.mark.parametrize("form", [b"a=\xff", b"a=%ff", b"\xed\xa0\x80=1"])
@pytest.mark.parametrize("request_first", [True, False])
def test_a_form_that_is_not_utf8_is_named_and_the_rest_is_kept(put, form, request_first):
    """Any letter in the place of such a byte would name another request."""
    first, page = response("a", PAGE), response("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023")))
    asked = posted(form=form)
    imported = put(first + (asked + page if request_first else page + asked))
    assert [capture.url for capture in captures(put.folder)] == [url("a")]
    assert [place.reason for place in imported.unreadable] == [
        f"the form that was posted for it is not UTF-8: {url('Kinh-te')}"
    ]
    assert imported.unreadable[0].offset == len(first) + (len(asked) if request_first else 0)
    assert imported.endings["demo"].status == "degraded"


@pytest.mark.parametrize("asked", [posted("HEAD", b""), posted(content_type="application/json"), posted("PUT")])
def test_what_was_asked_in_another_way_is_no_page(put, asked):
    imported = put(asked + response("Kinh-te", ""))
    assert (imported.endings, imported.others) == ({}, {"asked for otherwise than by GET or a form": 1})


def test_an_address_without_a_request_was_asked_for_with_get(put):
    stray = record("request", b"POST /khac HTTP/1.1\r\n\r\n", WARC_Target_URI="https://anthuan.example/khac")
    put(stray + response("a", PAGE))
    assert captures(put.folder)[0].method == "GET"


def test_several_portals_in_one_file_are_several_runs(put):
    imported = put(response("a", PAGE) + response("a", PAGE, address="https://myhao.hungyen.gov.vn/a.aspx"))
    assert set(imported.endings) == {"demo", "myhao"}
    runs = open_captures(put.folder).execute("SELECT portal, kind, status FROM crawls ORDER BY 1").fetchall()
    assert runs == [("demo", "import", "finished"), ("myhao", "import", "finished")]


def test_a_portal_that_is_being_crawled_is_left_alone(put):
    lock = PortalLock(put.folder, "demo")
    lock.take()
    with pytest.raises(Exception, match="another crawl of demo is running"):
        put(response("a", PAGE))
    lock.free()
    assert put(response("a", PAGE)).exit_status == 0


def test_what_a_crawl_knows_is_not_forgotten(put):
    db = open_captures(put.folder)
    frontier = Frontier(db, DEMO)
    frontier.add([Found(url("a"), "row")], None, "2025-07-01T00:00:00.000000Z", "c")
    put(
        response("a", PAGE)
        + response("b", PAGE)
        + response("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023")))
    )
    assert frontier.counts() == {"waiting": 1, "done": 1}


def test_a_capture_among_those_of_a_crawl_finds_its_place(tmp_path, put):
    evidence = Evidence(put.folder)
    evidence.see("a", article(body="Hai."))
    evidence.settle()
    put(response("a", article(body="Một.")))
    put(response("a", article(body="Ba."), at="2025-08-01T00:00:00Z"))
    found = evidence.all("SELECT number, body, cause FROM revisions ORDER BY number")
    assert found == [
        {"number": 1, "body": "Một.", "cause": "first"},
        {"number": 2, "body": "Hai.", "cause": "publisher"},
        {"number": 3, "body": "Ba.", "cause": "publisher"},
    ]


def test_a_page_that_comes_with_many_older_captures_is_read_a_few_times_only(put, monkeypatch):
    put(response("a", article(body="Mới."), at="2025-01-01T00:00:00Z"))
    read, page = [], Reader.page
    monkeypatch.setattr(Reader, "page", lambda reader, capture: read.append(capture) or page(reader, capture))
    older = [response("a", article(body=f"Bản {day}."), at=f"2024-01-{day:02}T00:00:00Z") for day in range(1, 29)]
    imported = put(b"".join(older))
    assert len(read) == 29
    assert dict(imported.endings["demo"].summary)["new revisions"] == 28
    numbers = open_archive(put.folder).execute("SELECT number, body FROM revisions ORDER BY number").fetchall()
    assert numbers == [*((day, f"Bản {day}.") for day in range(1, 29)), (29, "Mới.")]


# -- order and repetition ---------------------------------------------------------------------------------------------

EDITED = article(body="Đã sửa.").encode()
LIST = listing(("a", "Thị xã họp", "09/06/2023 9:24 SA"), ("b", "Xã Cẩm Đê khánh thành", "08/06/2023 2:00 CH")).encode()
FILES = [
    in_members(*wget("a", PAGE, "2023-06-09T02:24:00Z")),
    in_members(wget_again("a", PAGE, "2023-07-09T02:24:00Z"), wget_again("c", PAGE, "2023-07-09T02:24:01Z")),
    in_members(*browsertrix("a", EDITED, "2023-08-09T02:24:00.5Z"), *browsertrix("Kinh-te", LIST)),
    in_members(browsertrix_again("a", EDITED, "2023-09-09T02:24:00Z"), *common_crawl("b", EDITED)),
    b"".join([
        response("a", PAGE, at="2023-10-09T02:24:00Z"),
        response("a", "", first="HTTP/1.1 404 Not Found", at="2023-11-09T02:24:00Z"),
        record("revisit", answer(b"", first="HTTP/1.1 304 Not Modified"), WARC_Target_URI=url("a"),
               WARC_Date="2023-10-10T02:24:00Z"),
    ]),
]  # fmt: skip


def brought(orders):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number, order in enumerate(orders):
            files = [folder / f"{number}-{index}.warc.gz" for index in order]
            for index, file in zip(order, files, strict=True):
                file.write_bytes(FILES[index])
            bring(folder / "data", *files)
        return evidence_in(folder / "data"), proof_in(folder / "data"), rows_in(folder / "data")


@pytest.fixture(scope="module")
def at_once():
    found = brought([range(len(FILES))])
    assert len(found[0]) == 10
    return found


@given(
    order=st.permutations(range(len(FILES))), repeated=st.lists(st.integers(0, 4), max_size=3), cut=st.integers(0, 5)
)
@settings(max_examples=25, deadline=None)
def test_neither_order_nor_repetition_matters(at_once, order, repeated, cut):
    """Files in any order, some of them twice, in one import or in two."""
    whole = [*order, *repeated]
    assert brought([whole[:cut], whole[cut:]] if cut else [whole]) == at_once


def test_digests_are_those_that_pywb_and_wget_write():
    assert sha1(b"") == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
