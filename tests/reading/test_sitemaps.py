"""Sitemaps: of addresses, of other sitemaps, packed and not."""

import gzip

import pytest

from archiver.portals import PORTALS
from archiver.reading import feeds
from archiver.reading.feeds import is_feed, read_feed
from archiver.reading.xml_records import LARGEST

PORTAL = PORTALS["demo-liferay"]
HOST = "https://anthuan-liferay.example"
URL = f"{HOST}/sitemap.xml"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls, more=NAMESPACE):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {more}>{"".join(urls)}</urlset>'.encode()


def url(path, lastmod="", inside=""):
    when = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{HOST}{path}</loc>{when}{inside}</url>"


def read(body, address=URL):
    return read_feed(body, PORTAL, address, "application/xml")


def told(body):
    return [(entry.url, entry.listed_at, entry.listed_raw) for entry in read(body).entries]


def test_a_sitemap_names_addresses():
    image = "<image:image><image:loc>https://x.example/a.jpg</image:loc></image:image>"
    body = urlset(
        url("/tin-1", "2023-06-27T10:14:00+07:00", image), url("/tin-2", "2023-06-27"), url("/tin-3"),
        url("/tin-4", "sắp tới"), url("/tin-1"),
        more=f'{NAMESPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"',
    )  # fmt: skip
    assert told(body) == [
        (f"{HOST}/tin-1", "2023-06-27T10:14:00+07:00", "2023-06-27T10:14:00+07:00"),
        (f"{HOST}/tin-2", "2023-06-27", "2023-06-27"),
        (f"{HOST}/tin-3", None, None),
        (f"{HOST}/tin-4", None, "sắp tới"),
    ]
    assert (read(body).kind, read(body).title) == ("sitemap", None)
    assert read(body).entries[0].title is None


def test_its_namespace_does_not_matter():
    assert told(urlset(url("/tin-1"), more="")) == [(f"{HOST}/tin-1", None, None)]


def test_an_index_names_sitemaps():
    one, other = f"{HOST}/sitemap-1.xml.gz", f"{HOST}/sitemap-2.xml"
    body = (
        f"<sitemapindex {NAMESPACE}><sitemap><loc>{one}</loc></sitemap><sitemap><loc> {other}\n</loc>"
        f"<lastmod>2023-06-27</lastmod></sitemap><sitemap><loc>{one}</loc></sitemap></sitemapindex>"
    )
    found = read(body.encode())
    assert (found.kind, found.entries, found.sitemaps) == ("sitemap index", (), (one, other))


def test_a_packed_sitemap_is_unpacked():
    packed = gzip.compress(urlset(url("/tin-1"), url("/tin-2")))
    assert is_feed(packed)
    assert [entry.url for entry in read(packed, f"{URL}.gz").entries] == [f"{HOST}/tin-1", f"{HOST}/tin-2"]


def test_half_of_a_packed_sitemap_gives_what_it_holds():
    packed = gzip.compress(urlset(*(url(f"/tin-{number * 7919}") for number in range(2000))))
    found = read(packed[: len(packed) // 2])
    assert 0 < len(found.entries) < 2000
    assert found.is_cut_off


def test_no_more_is_unpacked_than_is_read():
    bomb = gzip.compress(urlset(url("/tin-1")) + b"<!--" + b" " * (LARGEST * 2))
    assert len(bomb) < LARGEST // 100
    found = read(bomb)
    assert [entry.url for entry in found.entries] == [f"{HOST}/tin-1"]
    assert found.is_cut_off
    assert "it is larger than is read" in [problem.reason for problem in found.problems]


def test_pieces_that_are_packed_one_behind_the_other_are_one():
    whole = urlset(*(url(f"/tin-{number}") for number in range(40)))
    packed = b"".join(gzip.compress(whole[start : start + 700]) for start in range(0, len(whole), 700))
    found = read(packed)
    assert (len(found.entries), found.is_cut_off) == (40, False)
    assert read(packed[:-9]).is_cut_off
    many = gzip.compress(b"<urlset>" + b" " * LARGEST) + gzip.compress(b" ") * 3
    assert read(many).is_cut_off


@pytest.mark.parametrize("record", ["<url/>", "<url><loc>/tin-1</loc></url>"])
def test_records_that_tell_nothing_new_are_gone_through_so_far(record, monkeypatch):
    monkeypatch.setattr(feeds, "_MOST_RECORDS", 30)
    found = read(urlset(*[record] * 30))
    assert (found.is_cut_off, found.problems) == (False, ())
    found = read(urlset(*[record] * 31))
    assert found.is_cut_off
    assert [(problem.reason, problem.raw) for problem in found.problems] == [
        ("it has more entries than are read", "30")
    ]


def test_something_else_that_is_packed_is_no_feed():
    assert not is_feed(gzip.compress(b"%PDF-1.4" * 100))
    assert read(gzip.compress(b"<html></html>")) is None
