"""A damaged file keeps what is readable, and says what is not: in which file, where, and why."""

import gzip
import random
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver.crawling.options import LARGEST_ANSWER
from archiver.exchange.members import Damage
from archiver.exchange.records import Record, records
from archiver.store.databases.opening import open_captures
from archiver.store.evidence.captures import body_of, captures_in_order
from tests.exchange.conftest import bring, evidence_in
from tests.exchange.shapes import answer, browsertrix, chunked, in_members, record, response, sha1, wget
from tests.store.conftest import article, url

ONE, TWO, THREE = (response(name, article(body=f"Bài {name}.")) for name in "abc")


@pytest.fixture
def put(tmp_path):
    def into(content):
        file = tmp_path / "damaged.warc"
        file.write_bytes(content)
        imported = bring(tmp_path / "data", file)
        return imported, [(place.offset, place.reason) for place in imported.unreadable]

    into.folder = tmp_path / "data"
    return into


def names(folder):
    found = captures_in_order(open_captures(folder), ["demo"])
    return sorted(capture.url.removesuffix(".aspx")[-1] for capture in found)


def member(one):
    return gzip.compress(one, mtime=0)


def flipped(data, place):
    return data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]


@pytest.mark.parametrize("left", [1, 10, 200, 300])
def test_a_file_that_was_cut_off(put, left):
    whole = in_members(ONE, TWO)
    imported, places = put(whole + member(THREE)[:left])
    assert names(put.folder) == ["a", "b"]
    assert imported.exit_status == 3
    ((offset, reason),) = places
    assert offset == len(whole)
    assert reason.startswith("the file ends within it")


def test_a_plain_file_that_was_cut_off(put):
    imported, places = put((ONE + TWO + THREE)[:-300])
    assert (names(put.folder), imported.exit_status) == (["a", "b"], 3)
    assert places == [(len(ONE + TWO), "the file ends within it, or its Content-Length is too large")]


def test_records_compressed_together_and_cut_off(put):
    random.seed(1)
    noise = [response(name, random.randbytes(40_000)) for name in "abc"]
    whole = member(b"".join(noise))
    imported, places = put(whole[: len(whole) * 5 // 6])
    assert (names(put.folder), imported.exit_status) == (["a", "b"], 3)
    assert places == [(0, "the file ends within it, or its Content-Length is too large")]


def test_records_compressed_together_are_read(put):
    imported, places = put(member(ONE + TWO + THREE))
    assert (names(put.folder), places, imported.exit_status) == (["a", "b", "c"], [], 0)


@pytest.mark.parametrize(
    "rubbish", [b"\0\x01\x02 not a member" * 40, b"\x1f\x8b\x08 nearly one" * 40, b"WARC/1.0\r\n" * 9]
)
def test_rubbish_between_members(put, rubbish):
    imported, places = put(member(ONE) + rubbish + member(TWO))
    assert (names(put.folder), imported.exit_status) == (["a", "b"], 3)
    assert places[0][0] == len(member(ONE))


def test_rubbish_before_the_first_member(put):
    imported, places = put(b"rubbish\n" * 20_000 + in_members(ONE, TWO))
    assert (names(put.folder), imported.exit_status) == (["a", "b"], 3)
    assert places == [(0, "no gzip member begins here")]


def test_rubbish_between_records(put):
    imported, places = put(ONE + b"rubbish\n\xff\0\nmore of it\n" + TWO)
    assert (names(put.folder), imported.exit_status) == (["a", "b"], 3)
    assert places[0] == (len(ONE), "no record begins here")


def test_a_member_with_a_hole_in_it(put):
    spoilt = flipped(member(TWO), 150)
    imported, places = put(member(ONE) + spoilt + member(THREE))
    assert (names(put.folder), imported.exit_status) == (["a", "c"], 3)
    assert places[0][0] == len(member(ONE))


def test_a_member_whose_checksum_is_wrong_is_not_believed(put):
    spoilt = flipped(member(TWO), len(member(TWO)) - 7)
    _, places = put(member(ONE) + spoilt + member(THREE))
    assert names(put.folder) == ["a", "c"]
    assert [offset for offset, _ in places] == [len(member(ONE))]


def test_zeros_behind_the_last_member_are_no_damage(put):
    imported, places = put(in_members(ONE, TWO) + bytes(5000))
    assert (names(put.folder), places, imported.exit_status) == (["a", "b"], [], 0)


def wrong_length(by, name="b"):
    block = answer(article().encode())
    return record("response", block, length=len(block) + by, WARC_Target_URI=url(name))


@pytest.mark.parametrize("by", [-300, -7, 7, 300, 10**9])
@pytest.mark.parametrize("pack", [in_members, lambda *parts: b"".join(parts)], ids=["gz", "plain"])
def test_a_wrong_content_length(put, by, pack):
    imported, places = put(pack(ONE, wrong_length(by), THREE))
    assert (names(put.folder), imported.exit_status) == (["a", "c"], 3)
    assert places[0][0] == len(pack(ONE))
    assert "Content-Length" in places[0][1]


def test_lengths_that_are_none(put):
    rows = [
        record("response", answer(b"x"), length=length, WARC_Target_URI=url("b")) for length in ("-1", "", "9x", "²")
    ]
    rows = [row if isinstance(row, bytes) else row.encode() for row in rows]
    _, places = put(ONE + b"".join(rows) + THREE)
    assert names(put.folder) == ["a", "c"]
    assert sum("is no number" in reason for _, reason in places) == 4


def test_bytes_that_do_not_match_their_digest(put):
    block = answer(article().encode())
    spoilt = record(
        "response", block.replace("họp".encode(), b"h?!!p"), WARC_Target_URI=url("b"), WARC_Block_Digest=sha1(block)
    )
    imported, places = put(ONE + spoilt + THREE)
    assert (names(put.folder), imported.exit_status) == (["a", "c"], 3)
    assert places == [(len(ONE), f"its bytes do not match its digest: {url('b')}")]


@pytest.mark.parametrize("digest", ["sha1:abc", "crc32:00", "", "sha1"])
def test_a_digest_that_cannot_be_computed_says_nothing(put, digest):
    one = record("response", answer(b"<html>"), WARC_Target_URI=url("a"), WARC_Block_Digest=digest)
    put(one)
    assert names(put.folder) == ([] if digest == "sha1:abc" else ["a"])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"WARC_Date": None}, "its WARC-Date is missing or none"),
        ({"WARC_Date": "hôm nay".encode().decode("latin-1")}, "its WARC-Date is missing or none"),
        ({"WARC_Date": "2023-02-30T00:00:00Z"}, "its WARC-Date is missing or none"),
        ({"WARC_Date": "2031-01-01T00:00:00Z"}, "its WARC-Date lies in the future"),
        ({"WARC_Date": "0001-01-01T00:00:00Z"}, "its WARC-Date lies before the web"),
        ({"WARC_Date": "1989-12-31T23:59:59Z"}, "its WARC-Date lies before the web"),
        ({"WARC_Segment_Number": "1"}, "one part of a record in several"),
    ],
)
def test_a_capture_without_a_time_is_none(put, fields, reason):
    imported, places = put(ONE + record("response", answer(b"<html>"), WARC_Target_URI=url("b"), **fields))
    assert (names(put.folder), imported.exit_status) == (["a"], 3)
    assert places[0][1].startswith(reason)


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (b"", "no answer of HTTP"),
        (b"\0\1\2\3" * 50, "no answer of HTTP"),
        (b"220 ftp.example ready\r\n\r\n", "no answer of HTTP"),
        (b"HTTP/1.1 abc\r\n\r\n<html>", "no answer of HTTP"),
        (
            answer(gzip.compress(article().encode(), mtime=0)[:-40], "Content-Encoding: gzip"),
            "its encoded content is cut off",
        ),
        (
            answer(flipped(gzip.compress(article().encode(), mtime=0), 60), "Content-Encoding: gzip"),
            "its encoded content is",
        ),
        (answer(b"\x28\xb5\x2f\xfd nothing", "Content-Encoding: zstd"), "its encoded content is damaged"),
        (answer(b"\x0b\x02\x80nothing at all", "Content-Encoding: br"), "its encoded content is"),
        (answer(b"\xff\xfe", "Content-Encoding: deflate"), "its encoded content is damaged"),
        (answer(b"<html>", "Content-Encoding: aes128gcm"), "its content-encoding is not known"),
        (answer(chunked(b"x" * 500)[:-200], "Transfer-Encoding: chunked"), "its chunks are damaged"),
        (
            answer(gzip.compress(bytes(LARGEST_ANSWER + 1), mtime=0), "Content-Encoding: gzip"),
            "decoded larger than 64 MB",
        ),
    ],
    ids=range(12),
)
def test_an_answer_that_is_none(put, block, reason):
    imported, places = put(ONE + record("response", block, WARC_Target_URI=url("b")) + THREE)
    assert (names(put.folder), imported.exit_status) == (["a", "c"], 3)
    assert [offset for offset, _ in places] == [len(ONE)]
    assert places[0][1].startswith(reason)


def test_what_is_not_from_the_web_is_passed_over(put):
    others = [
        record("response", b"20230609\r\nanthuan.example. 60 IN A 10.0.0.1", WARC_Target_URI="dns:anthuan.example"),
        record("response", b"220 ready", WARC_Target_URI="ftp://anthuan.example/a"),
        record("conversion", b"text", WARC_Target_URI=url("b")),
        record("metadata", b"via: somewhere", WARC_Target_URI=url("b")),
    ]
    imported, places = put(ONE + b"".join(others))
    assert (names(put.folder), places, imported.exit_status) == (["a"], [], 0)


def test_a_record_that_is_too_large_is_passed_over(put):
    large = record("response", answer(bytes(LARGEST_ANSWER)), WARC_Target_URI=url("b"))
    imported, places = put(ONE + large + THREE)
    assert (names(put.folder), imported.exit_status) == (["a", "c"], 3)
    assert places == [(len(ONE), f"larger than 64 MB: {url('b')}")]


def test_a_header_without_end(put):
    _, places = put(ONE + b"WARC/1.0\r\n" + b"x" * 100_000 + b"\n" + THREE)
    assert names(put.folder) == ["a", "c"]
    assert places[0] == (len(ONE), "its header does not end")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"This is no WARC file.\n" * 9,
        b"PK\x03\x04" + bytes(99),
        gzip.compress(b"no record", mtime=0),
        b"\x1f\x8b\x08",
    ],
)
def test_a_file_of_which_nothing_can_be_read(put, content):
    imported, places = put(content)
    assert (imported.endings, imported.exit_status, len(places)) == ({}, 1, 1)


@pytest.fixture(scope="module")
def sound():
    return in_members(*wget("a", article().encode()), *browsertrix("b", article("Khác").encode()), THREE)


def read(content, tmp_path_factory):
    file = tmp_path_factory.mktemp("read") / "any.warc.gz"
    file.write_bytes(content)
    with file.open("rb") as opened:
        return list(records(opened))


@given(place=st.integers(0, 5000), value=st.integers(1, 255), cut=st.integers(0, 5000))
@example(place=2891, value=1, cut=0)  # a changed byte in a member that ends before its checksum
@settings(max_examples=60, deadline=None)
def test_whatever_happens_to_a_file_nothing_false_comes_out(sound, tmp_path_factory, place, value, cut):
    """Any byte changed, the end cut off anywhere: every record that is read is one of those that were written."""
    place, cut = place % len(sound), max(place % len(sound) + 1, cut % (len(sound) + 1))
    spoilt = (sound[:place] + bytes([sound[place] ^ value]) + sound[place + 1 :])[:cut]
    written = [each for each in read(sound, tmp_path_factory) if isinstance(each, Record)]
    found = read(spoilt, tmp_path_factory)
    kept = [each for each in found if isinstance(each, Record)]
    assert {(each.fields, each.block) for each in kept} <= {(each.fields, each.block) for each in written}
    assert len(kept) == len(written) or any(isinstance(each, Damage) for each in found) or cut < len(sound)
    untouched = [before for before, behind in pairwise(written) if behind.offset <= min(place, cut)]
    assert untouched == kept[: len(untouched)]


def test_the_rest_of_a_damaged_export_is_the_same(exported, crawled, tmp_path):
    content = exported.read_bytes()
    spoilt = tmp_path / "spoilt.warc.gz"
    spoilt.write_bytes(content[: len(content) // 2] + b"\0" * 20 + content[len(content) // 2 + 20 :])
    imported = bring(tmp_path / "data", spoilt)
    assert imported.exit_status == 3
    kept = set(evidence_in(tmp_path / "data"))
    assert kept < set(evidence_in(crawled))
    assert len(set(evidence_in(crawled)) - kept) <= 2
    assert all(body_of(open_captures(tmp_path / "data"), each) is not None
               for each in captures_in_order(open_captures(tmp_path / "data"), ["demo"]) if each.sha256)  # fmt: skip
