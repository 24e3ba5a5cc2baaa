"""RSS and Atom as portals write them: whole and broken, honest and hostile."""

import tracemalloc

import pytest

from archiver.portals import PORTALS
from archiver.reading.feeds import MOST_ENTRIES, is_feed, read_feed

PORTAL = PORTALS["demo-nukeviet"]
HOST = "https://anthuan-nukeviet.example"
URL = f"{HOST}/vi/news/rss/"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def rss(*items, title="Tin tức", head=HEAD, channel=""):
    return f'{head}<rss version="2.0"><channel><title>{title}</title>{channel}{"".join(items)}</channel></rss>'


def item(number=1, title="Thị xã họp", date="Tue, 27 Jun 2023 10:14:00 +0700", link=None):
    when = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>{link or f'{HOST}/vi/news/tin-{number}.html'}</link>{when}</item>"


def read(body, content_type=None, url=URL):
    return read_feed(body.encode() if isinstance(body, str) else body, PORTAL, url, content_type)


def told(feed):
    return [(entry.url, entry.title, entry.listed_at, entry.listed_raw) for entry in feed.entries]


def test_an_rss_feed_names_what_is_new():
    feed = read(rss(item(1), item(2, "Khởi công cầu Cẩm Đê", "Mon, 26 Jun 2023 00:30:00 GMT")))
    assert (feed.kind, feed.title, feed.url, feed.problems, feed.is_cut_off) == ("rss", "Tin tức", URL, (), False)
    assert told(feed) == [
        (f"{HOST}/vi/news/tin-1.html", "Thị xã họp", "2023-06-27T10:14:00+07:00", "Tue, 27 Jun 2023 10:14:00 +0700"),
        (f"{HOST}/vi/news/tin-2.html", "Khởi công cầu Cẩm Đê", "2023-06-26T07:30:00+07:00",
         "Mon, 26 Jun 2023 00:30:00 GMT"),
    ]  # fmt: skip


def test_so_does_atom():
    feed = read(f"""{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title>
      <link rel="self" href="/atom.xml"/><entry><title type="html">Thị xã &amp;quot;họp&amp;quot;</title>
      <link rel="enclosure" href="/a.pdf"/><link href="/vi/news/tin-1.html"/><updated>2023-06-28T01:00:00Z</updated>
      <published>2023-06-27T10:14:00+07:00</published></entry>
      <entry><title>Hai</title><link rel="alternate" href="tin-2.html"/><updated>2023-06-28T01:00:00Z</updated></entry>
      </feed>""")
    assert (feed.kind, feed.title) == ("atom", "Tin")
    assert told(feed) == [
        (f"{HOST}/vi/news/tin-1.html", 'Thị xã "họp"', "2023-06-27T10:14:00+07:00", "2023-06-27T10:14:00+07:00"),
        (f"{HOST}/vi/news/rss/tin-2.html", "Hai", "2023-06-28T08:00:00+07:00", "2023-06-28T01:00:00Z"),
    ]


def test_so_does_rss_of_old():
    one = read(f"""{HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tin</title></channel>
      <item rdf:about="{HOST}/vi/news/tin-1.html"><title>Một</title><dc:date>2023-06-27</dc:date></item></rdf:RDF>""")
    assert (one.kind, told(one)) == ("rss", [(f"{HOST}/vi/news/tin-1.html", "Một", "2023-06-27", "2023-06-27")])
    dtd = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://nobody.example/rss-0.91.dtd">'
    assert len(read(rss(item(1), head=HEAD + dtd)).entries) == 1


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Tue, 27 Jun 2023 10:14:05 +0700", "2023-06-27T10:14:05+07:00"),
        ("27 Jun 2023 10:14 GMT+7", "2023-06-27T10:14:00+07:00"),
        ("Tue, 27 Jun 2023 10:14:00", "2023-06-27T10:14:00+07:00"),
        ("2023-06-27 10:14:00", "2023-06-27T10:14:00+07:00"),
        ("27/06/2023 10:14", "2023-06-27T10:14:00+07:00"),
        ("Thứ ba, 27/06/2023", "2023-06-27"),
        ("Tue, 27 Jun 2023 00:00:00 +0700", "2023-06-27"),
        ("Tue, 31 Feb 2023 10:14:00 +0700", None),
        ("Tue, 27 Jun 2023 10:14:00 +9999", None),
        ("Tue, 27 Jun 99999 10:14:00 +0700", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00", None),
        ("hôm kia", None),
    ],
)
def test_a_time_is_read_or_null_and_stands_as_printed(printed, meant):
    assert told(read(rss(item(date=printed)))) == [(f"{HOST}/vi/news/tin-1.html", "Thị xã họp", meant, printed)]


def test_an_entry_without_a_time_has_none():
    assert told(read(rss(item(date=None))))[0][2:] == (None, None)


def test_titles_are_words_and_not_markup():
    titles = ("<![CDATA[Họp &quot;bàn&quot;\n  việc]]>", "A &amp; B", "Ch\u1ee7 t\u1ecbch", "&amp;#272;ăng", "")
    feed = read(rss(*(item(number, title) for number, title in enumerate(titles))))
    assert [entry.title for entry in feed.entries] == ['Họp "bàn" việc', "A & B", "Chủ tịch", "Đăng", None]


def test_each_address_stands_once_and_as_the_portal_writes_it():
    links = (
        "/vi/news/tin-1.html", "http://anthuan-nukeviet.example/vi/news/tin-1.html?utm_source=rss#top",
        "mailto:ai@do.example", "", "https://khac.example/tin", "javascript:void(0)", "https://[nửa",
    )  # fmt: skip
    feed = read(rss(*(f"<item><title>t</title><link>{link}</link></item>" for link in links)))
    assert [entry.url for entry in feed.entries] == [f"{HOST}/vi/news/tin-1.html", "https://khac.example/tin"]


def test_a_guid_is_an_address_unless_it_says_that_it_is_none():
    one = "<item><title>Một</title><guid>https://x.example/1</guid></item>"
    two = '<item><title>Hai</title><guid isPermaLink="false">https://x.example/2</guid></item>'
    assert [entry.url for entry in read(rss(one, two)).entries] == ["https://x.example/1"]


HTML = "<!DOCTYPE html><html><head><title>Trang nhất</title></head><body><p>rss</p></body></html>"


@pytest.mark.parametrize(
    "body",
    [HTML, '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "", " ", "rss", "{}", "<", "<?xml",
     '<?xml version="1.0"?><OpenSearchDescription/>', "%PDF-1.4", "\x1f\x8b", "\x00\x01\x02"],
)  # fmt: skip
def test_what_is_no_feed_is_none(body):
    assert not is_feed(body.encode())
    assert read(body, "application/rss+xml") is None


def test_a_feed_is_known_by_what_it_is():
    assert is_feed(rss().encode())
    assert is_feed(b"\xef\xbb\xbf\n  <!-- \xc4\x91 --><?xml-stylesheet href='a'?><rss>")
    assert is_feed(rss().encode("utf-16"))


@pytest.mark.parametrize("keep", range(0, 720, 30))
def test_a_feed_that_is_cut_off_anywhere_gives_what_is_whole(keep):
    whole = rss(*map(item, range(1, 5)))
    feed = read(whole.encode()[:keep])
    if feed is not None:
        entries = read(whole).entries
        assert feed.entries == entries[: len(feed.entries)]
        assert feed.is_cut_off


@pytest.mark.parametrize(
    "broken",
    [
        rss(item(1, "Mưa & gió"), item(2)),
        rss(item(1, "Mưa&nbsp;to"), item(2)),
        rss(item(1, "Mưa <b>to"), item(2)),
        rss(item(1, "Mưa\x08to"), item(2)),
        rss("<item><dc:date>2023-06-27</dc:date><link>/a</link></item>", item(2)),
        rss(item(1), item(2)) + "<!-- 0.2 s -->\n<p>Lỗi</p>",
    ],
)
def test_a_broken_feed_gives_what_can_be_read(broken):
    assert f"{HOST}/vi/news/tin-2.html" in [entry.url for entry in read(broken).entries]


@pytest.mark.parametrize(
    ("charset", "header"),
    [("windows-1258", None), ("utf-16", None), ("utf-8", "text/xml; charset=iso-8859-1"), ("iso-8859-1", None)],
)
def test_a_charset_is_what_the_bytes_are(charset, header):
    title = "Xã Nam Lưu" if charset.startswith("utf") else "Hà Nam"
    head = f'<?xml version="1.0" encoding="{charset}"?>'
    feed = read(rss(item(1, title), title="Tin", head=head).encode(charset), header)
    assert [entry.title for entry in feed.entries] == [title]


def test_utf_8_that_calls_itself_another_charset_is_utf_8():
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    assert read(rss(item(1, "Ủy ban"), head=head)).entries[0].title == "Ủy ban"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>",
        '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % l9 SYSTEM "http://127.0.0.1:9/x.dtd"> %l9;]>',
        '<!DOCTYPE rss [<!-- ]><rss> --><!ENTITY l9 "ha">]>',
    ],
)
def test_a_feed_that_declares_entities_is_refused(doctype):
    tracemalloc.start()
    feed = read(rss(item(1, "&l9;"), head=HEAD + doctype))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert feed.entries == ()
    assert [problem.stage for problem in feed.problems] == ["feed"]
    assert peak < 10_000_000


def test_entities_that_nothing_declares_stay_unread():
    dtd = '<!DOCTYPE rss SYSTEM "file:///etc/hostname">'
    (entry,) = read(rss(item(1, "Tin &l9; mới"), head=HEAD + dtd)).entries
    assert entry.title.startswith("Tin")
    assert entry.title.endswith("mới")


def test_a_feed_without_end_is_read_so_far():
    feed = read(rss(*(item(number, "t", None) for number in range(MOST_ENTRIES + 5))))
    assert (len(feed.entries), feed.is_cut_off) == (MOST_ENTRIES, True)
    assert [problem.reason for problem in feed.problems] == ["it has more entries than are read"]


def test_a_deep_feed_ends_nothing():
    deep = rss("<item>" + "<a>" * 100_000, item(1))
    assert read(deep) is not None
