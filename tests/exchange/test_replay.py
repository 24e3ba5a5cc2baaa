"""pywb indexes what is exported, and replays it with the bodies that were captured."""

import json

from archiver.store.databases.opening import open_captures
from archiver.store.evidence.captures import Capture, body_of, captures_in_order


def captures(folder) -> list[Capture]:
    return list(captures_in_order(open_captures(folder), ["demo"]))


def timestamp(capture):
    return "".join(char for char in capture.captured_at[:19] if char.isdigit())


def test_every_answer_is_in_the_index_and_nothing_else(pywb, crawled):
    answered = [(each.url, timestamp(each)) for each in captures(crawled) if each.status is not None]
    assert sorted((each["url"], each["timestamp"]) for each in pywb.index) == sorted(answered)


def test_bodies_come_back_equal(pywb, crawled):
    db = open_captures(crawled)
    seen = set()
    for capture in captures(crawled):
        if capture.status is None or capture.status == 304:
            continue
        form = [tuple(pair) for pair in json.loads(capture.form)] if capture.form else None
        status, body = pywb.replay(timestamp(capture), capture.url, form)
        assert (status, body) == (capture.status, body_of(db, capture) or b""), capture.url
        seen.add((capture.method, capture.status))
    assert {("GET", 200), ("POST", 200), ("GET", 302), ("GET", 404), ("GET", 503)} <= seen


def test_repeats_are_told_apart(pywb, crawled):
    repeats = [each for each in pywb.index if each["mime"] == "warc/revisit"]
    assert len(repeats) > 20
