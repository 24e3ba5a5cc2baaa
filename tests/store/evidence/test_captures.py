"""Evidence: kept once, whole, and for good."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.store.databases.opening import writing
from archiver.store.evidence.captures import (
    body_of,
    capture_by_key,
    captures_in_order,
    confirmed_by,
    latest_crawled_page,
)
from tests.store.conftest import Evidence, article, url


@given(body=st.binary(max_size=5000))
@settings(max_examples=40, deadline=None)
def test_a_payload_comes_back_byte_by_byte(tmp_path_factory, body):
    evidence = Evidence(tmp_path_factory.mktemp("data"))
    capture = evidence.keep(url("a"), body)
    assert body_of(evidence.captures, capture) == body
    assert capture_by_key(evidence.captures, capture.capture_key) == capture


def test_an_equal_payload_stands_once_and_is_a_confirmation(evidence):
    first = evidence.keep(url("a"), "x" * 1000)
    again = evidence.keep(url("a"), "x" * 1000)
    elsewhere = evidence.keep(url("b"), "x" * 1000)
    changed = evidence.keep(url("a"), "y" * 1000)
    assert evidence.captures.table("payloads").count == 2
    assert (again.confirms, elsewhere.confirms, changed.confirms) == (first.capture_key, None, None)


def test_a_304_confirms_the_page_before_and_shows_its_bytes(evidence):
    page = evidence.keep(url("a"), "x", headers=(("ETag", '"1"'), ("Last-Modified", "Mon, 30 Jun 2025 01:00:00 GMT")))
    evidence.keep(url("a"), error="no answer in time: 30 s")
    unchanged = evidence.keep(url("a"), None, 304)
    assert (page.etag, page.last_modified) == ('"1"', "Mon, 30 Jun 2025 01:00:00 GMT")
    assert (unchanged.confirms, unchanged.sha256) == (page.capture_key, None)
    assert body_of(evidence.captures, unchanged) == b"x"
    assert latest_crawled_page(evidence.captures, page.request_key) == page


def test_what_a_capture_confirms_is_the_page_before_it_in_time_whatever_was_kept_first(evidence):
    newest = evidence.keep(url("a"), "y")
    evidence.clock.pass_by(hours=-1)
    unchanged = evidence.keep(url("a"), None, 304)
    again = evidence.keep(url("a"), "x")
    evidence.clock.pass_by(minutes=-10)
    first = evidence.keep(url("a"), "x")
    assert [each.confirms for each in (newest, unchanged, again, first)] == [None] * 4, "as far as was known"
    holds = [confirmed_by(evidence.captures, each) for each in (newest, unchanged, again, first)]
    assert holds == [None, first.capture_key, first.capture_key, None]
    assert body_of(evidence.captures, unchanged) == b"x"


def test_a_304_that_names_a_version_confirms_that_one(evidence):
    one = evidence.keep(url("a"), "x", headers=(("ETag", '"1"'),))
    evidence.keep(url("a"), "y", headers=(("ETag", '"2"'),))
    unchanged = evidence.keep(url("a"), None, 304, headers=(("ETag", '"1"'),))
    assert unchanged.confirms == one.capture_key
    assert body_of(evidence.captures, unchanged) == b"x"


def test_headers_stay_as_received(evidence):
    headers = (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Máy", "chủ"))
    capture = evidence.keep(url("a"), "x", headers=headers)
    assert capture.headers == '[["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"], ["X-Máy", "chủ"]]'
    assert capture.header("set-cookie") == "a=1"
    assert capture.header("x-none") is None


def test_what_got_no_answer_is_a_capture_too(evidence):
    capture = evidence.keep(url("a"), error="the connection was refused: 111")
    assert (capture.status, capture.sha256, capture.error) == (None, None, "the connection was refused: 111")
    assert body_of(evidence.captures, capture) is None


@pytest.mark.parametrize("table", ["captures", "payloads"])
@pytest.mark.parametrize("change", ["UPDATE {} SET sha256 = 'x'", "DELETE FROM {}"])
def test_evidence_refuses_to_be_changed(evidence, table, change):
    evidence.keep(url("a"), article())
    with pytest.raises(sqlite3.IntegrityError, match="evidence"):
        evidence.captures.execute(change.format(table))


def test_captures_come_in_the_order_of_their_times_while_others_are_written(evidence):
    first = evidence.keep(url("a"), "a")
    evidence.clock.pass_by(hours=-1)
    earlier = evidence.keep(url("b"), "b")
    order = captures_in_order(evidence.captures, ["demo"])
    assert next(order) == earlier
    with writing(evidence.captures):
        evidence.captures.execute("UPDATE lists SET title = NULL")
    assert list(order) == [first]
