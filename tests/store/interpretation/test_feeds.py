"""What feeds and sitemaps told: entries with when they were seen, whatever the order in which captures come."""

from archiver.store.decisions.following import follow_decision
from archiver.store.evidence.subjects import subject_named
from archiver.store.evidence.withholding import HIDDEN, save_decision
from archiver.store.ground.keys import article_key, request_key
from archiver.store.verify.verifying import faults_of_archive
from tests.store.conftest import DEMO, HOST, article, told_in_any_order, url

RSS = f"{HOST}/tin.rss"
SITEMAP = f"{HOST}/sitemap.xml"
XML = (("Content-Type", "text/xml"),)


def rss(*entries, title="Tin tức"):
    items = "".join(
        f"<item><title>{text}</title><link>{url(name)}</link><pubDate>{day} Jun 2023 10:14:00 +0700</pubDate></item>"
        for name, text, day in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def sitemap(*addresses):
    return f"<urlset>{''.join(f'<url><loc>{each}</loc></url>' for each in addresses)}</urlset>"


def see_feed(evidence, body, address=RSS, **more):
    return evidence.tell(evidence.keep(address, body, headers=XML, **more))


def feeds(evidence):
    return evidence.all("SELECT url, kind, title, looks, entries, compared_from, is_cut_off FROM feeds ORDER BY url")


def entries(evidence, columns="url, title, listed_at"):
    return [
        tuple(row.values()) for row in evidence.all(f"SELECT {columns} FROM feed_entries ORDER BY url, request_key")
    ]


def test_a_feed_and_its_entries_are_kept(evidence):
    capture = see_feed(evidence, rss(("a", "Một", 27), ("b", "Hai", 26)))
    assert feeds(evidence) == [
        {"url": RSS, "kind": "rss", "title": "Tin tức", "looks": 1, "entries": 2,
         "compared_from": "2023-06-26T10:14:00+07:00", "is_cut_off": 0}
    ]  # fmt: skip
    assert entries(evidence) == [
        (url("a"), "Một", "2023-06-27T10:14:00+07:00"),
        (url("b"), "Hai", "2023-06-26T10:14:00+07:00"),
    ]
    row = evidence.one("SELECT * FROM feed_entries WHERE title = 'Một'")
    assert row["article_key"] == article_key(DEMO, url("a"))
    assert row["request_key"] == request_key(DEMO, "GET", RSS)
    assert (row["portal"], row["listed_raw"]) == ("demo", "27 Jun 2023 10:14:00 +0700")
    assert row["first_capture_key"] == row["last_capture_key"] == capture.capture_key
    assert row["first_seen_at"] == row["last_seen_at"] == capture.captured_at
    assert evidence.one("SELECT kind, answer, article_key FROM captures") == {
        "kind": None, "answer": "feed", "article_key": None
    }  # fmt: skip
    assert evidence.all("SELECT * FROM problems") == []


def test_a_sitemap_is_kept_as_one_and_is_no_file_that_is_missing(evidence):
    see_feed(evidence, sitemap(url("a"), "https://khac.example/"), SITEMAP)
    assert feeds(evidence) == [
        {"url": SITEMAP, "kind": "sitemap", "title": None, "looks": 1, "entries": 2, "compared_from": None,
         "is_cut_off": 0}
    ]  # fmt: skip
    assert [row[0] for row in entries(evidence)] == [url("a"), "https://khac.example/"]
    assert evidence.one("SELECT answer FROM captures")["answer"] == "sitemap"
    assert evidence.all("SELECT * FROM problems") == []


def test_what_is_wrong_with_one_is_a_problem_until_it_is_mended(evidence):
    see_feed(evidence, rss(("a", "Một", 27)).removesuffix("</channel></rss>"))
    assert [(each["stage"], each["reason"]) for each in evidence.all("SELECT * FROM problems WHERE NOT resolved")] == [
        ("feed", "it is cut off")
    ]
    see_feed(evidence, rss(("a", "Một", 27)))
    assert evidence.all("SELECT * FROM problems WHERE NOT resolved") == []


def test_html_in_place_of_a_feed_keeps_none(evidence):
    see_feed(evidence, "<html><body>Không có</body></html>")
    assert feeds(evidence) == entries(evidence) == []


def test_entries_that_go_keep_the_time_at_which_they_were_seen_last(evidence):
    first = see_feed(evidence, rss(("a", "Một", 27), ("b", "Hai", 26)))
    second = see_feed(evidence, rss(("c", "Ba", 28), ("a", "Một (sửa)", 27)))
    times = "title, first_seen_at, last_seen_at, first_capture_key, last_capture_key"
    assert entries(evidence, times) == [
        ("Một (sửa)", first.captured_at, second.captured_at, first.capture_key, second.capture_key),
        ("Hai", first.captured_at, first.captured_at, first.capture_key, first.capture_key),
        ("Ba", second.captured_at, second.captured_at, second.capture_key, second.capture_key),
    ]
    assert (feeds(evidence)[0]["looks"], feeds(evidence)[0]["entries"]) == (2, 2)


def test_looks_that_overlap_cover_what_lies_between_them(evidence):
    see_feed(evidence, rss(("a", "Một", 20), ("b", "Hai", 19)))
    see_feed(evidence, rss(("c", "Ba", 21), ("a", "Một", 20)))
    assert feeds(evidence)[0]["compared_from"] == "2023-06-19T10:14:00+07:00"
    see_feed(evidence, rss(("e", "Năm", 27), ("d", "Bốn", 26)))
    assert feeds(evidence)[0]["compared_from"] == "2023-06-26T10:14:00+07:00"


def test_a_feed_that_was_a_sitemap_is_compared_from_its_first_look_on(evidence):
    see_feed(evidence, sitemap(url("a"), url("b")))
    see_feed(evidence, sitemap(url("a"), url("b")), RSS)
    see_feed(evidence, rss(("a", "Một", 27), ("b", "Hai", 26)))
    assert [(each["kind"], each["compared_from"]) for each in feeds(evidence)] == [("rss", "2023-06-26T10:14:00+07:00")]
    told = everything(evidence)
    evidence.rebuild()
    assert everything(evidence) == told


def test_a_304_says_that_all_entries_are_there(evidence):
    first = see_feed(evidence, rss(("a", "Một", 27)), seconds=5)
    again = see_feed(evidence, None, status=304)
    assert entries(evidence, "first_seen_at, last_seen_at, last_capture_key") == [
        (first.captured_at, again.captured_at, again.capture_key)
    ]
    assert feeds(evidence)[0]["looks"] == 2


def story(evidence):
    tagged = (*XML, ("ETag", '"1"'))
    return [
        evidence.keep(RSS, rss(("a", "Một", 20), ("b", "Hai", 19)), headers=tagged),
        evidence.keep(SITEMAP, sitemap(url("a"), url("b"), url("z")), headers=XML),
        evidence.keep(url("z"), article("Không danh sách nào có")),
        evidence.keep(RSS, rss(("c", "Ba", 21), ("a", "Một, sửa", 20)), headers=(*XML, ("ETag", '"2"'))),
        evidence.keep(RSS, None, 304, headers=(("ETag", '"1"'),)),
        evidence.keep(SITEMAP, None, 304, headers=()),
        evidence.keep(RSS, "<html><body>Đăng nhập</body></html>", headers=XML),
        evidence.keep(RSS, rss(("d", "Bốn", 22), ("c", "Ba", 21)), headers=XML),
        evidence.keep(RSS, None, 503),
        evidence.keep(SITEMAP, sitemap(url("a"), url("c")), headers=XML),
    ]


def everything(evidence):
    return [
        evidence.archive.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("feeds", "feed_entries")
    ]


def test_the_order_of_arrival_does_not_matter(tmp_path):
    evidence = told_in_any_order(tmp_path, story)
    shown = evidence.all("SELECT url, title FROM feed_entries WHERE title IS NOT NULL ORDER BY url")
    assert [tuple(row.values()) for row in shown] == [
        (url("a"), "Một"), (url("b"), "Hai"), (url("c"), "Ba"), (url("d"), "Bốn")
    ]  # fmt: skip
    assert [(each["kind"], each["looks"], each["entries"]) for each in feeds(evidence)] == [
        ("sitemap", 3, 2), ("rss", 4, 2)
    ]  # fmt: skip


def test_withheld_articles_leave_no_words_there(evidence):
    see_feed(evidence, rss(("a", "Một", 27), ("b", "Hai", 26)))
    evidence.see("a", article("Một"))
    evidence.settle()
    before = everything(evidence)
    key = article_key(DEMO, url("a"))
    for decision in ("withhold", "restore"):
        evidence.clock.pass_by(seconds=60)
        save_decision(evidence.captures, DEMO, key, decision, "personal", "Vì sao", evidence.at())
        follow_decision(evidence.archive, evidence.captures, DEMO, key)
        told = everything(evidence)
        if decision == "withhold":
            assert entries(evidence, "url, title")[0] == (HIDDEN, HIDDEN)
            assert entries(evidence, "url, title")[1] == (url("b"), "Hai")
        evidence.rebuild()
        assert everything(evidence) == told
    assert everything(evidence) == before


def test_what_a_feed_alone_names_can_be_withheld_by_its_address(evidence):
    see_feed(evidence, rss(("a", "Một", 27)))
    portal, key = subject_named(evidence.captures, evidence.archive, url("a"))
    assert (portal, key) == (DEMO, article_key(DEMO, url("a")))
    save_decision(evidence.captures, DEMO, key, "withhold", "personal", "Vì sao", evidence.at())
    follow_decision(evidence.archive, evidence.captures, DEMO, key)
    assert entries(evidence, "url, title") == [(HIDDEN, HIDDEN)]
    assert list(faults_of_archive(evidence.archive, evidence.captures)) == []
    evidence.archive.execute("UPDATE feed_entries SET title = 'Một'")
    (fault,) = faults_of_archive(evidence.archive, evidence.captures)
    assert "feed_entries shows it all the same" in fault
