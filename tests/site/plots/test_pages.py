"""Pages of edits, disappearances, coverage and lists, on the archive of the bad fortnight."""

import re
import subprocess
import sys

import pytest

from tests.site.plots.fortnight import KEYS, NAMES

EN = {"Accept-Language": "en"}
SECTION = "https://anthuan.example/portal/Pages/Kinh-te.aspx"


@pytest.fixture
def page(get):
    def page(path):
        answer = get(path, headers=EN)
        assert answer.status_code == 200, answer.text
        return answer.text

    return page


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def list_key(fortnight, **wanted):
    conditions = " AND ".join(f"{name} = :{name}" for name in wanted)
    (row,) = fortnight.visitor.archive.query(f"SELECT list_key FROM lists WHERE {conditions}", wanted)
    return row["list_key"]


# -- edits and disappearances ---------------------------------------------------------------------------------------------


def test_an_edit_is_shown_with_its_interval_and_both_captures(page, fortnight):
    (edit,) = fortnight.visitor.archive.query("SELECT * FROM edits")
    html = page("/edits")
    assert f"/a/{KEYS['MARKET']}/history" in html
    for name in ("capture_before", "capture_after"):
        assert f"/a/{KEYS['MARKET']}/capture/{edit[name]}" in html
    assert "text · +0 / −387 characters" in words(html)
    assert "between 3 Jul 2025, 08:01 and 4 Jul 2025, 08:02" in words(html)
    assert "Does not mean" in html


def test_an_edit_of_pictures_alone_counts_no_characters(page, fortnight):
    archive = fortnight.visitor.archive
    (edit,) = archive.query("SELECT article_key, number, chars_added, chars_removed FROM edits")
    change = "UPDATE revisions SET chars_added = ?, chars_removed = ? WHERE article_key = ? AND number = ?"
    assert "characters" in words(page("/"))
    try:
        archive.execute(change, (0, 0, edit["article_key"], edit["number"]))
        for path in ("/", "/edits", "/edits.atom", f"/a/{edit['article_key']}", f"/a/{edit['article_key']}/history"):
            assert " characters" not in words(page(path)), path
    finally:
        archive.execute(change, (edit["chars_added"], edit["chars_removed"], edit["article_key"], edit["number"]))


# -- one form of times, and where one is -----------------------------------------------------------------------------------


def test_times_have_one_form_in_vietnamese(get, fortnight):
    for path in ("/edits", "/missing", "/coverage", f"/a/{KEYS['MARKET']}/listed", f"/a/{KEYS['MARKET']}/history"):
        html = get(path, headers={"Accept-Language": "vi"}).text
        told = re.sub(r"(\s*</?(?:td|tr|li|small)\b[^>]*>)+", " | ", html.partition("<main")[2])
        told = words(told)
        assert re.search(r"\d\d/\d\d/2025 \d\d:\d\d", told), path
        assert not re.search(r"\d\d:\d\d \d\d/\d\d/2025|20\d\d-\d\d-\d\d[T ]\d\d:", told), path
        assert re.search(r'<time datetime="2025-07-[0-9T:]+Z">', html), path


def test_the_page_where_one_is_is_marked(page):
    rooms = ("search", "edits", "missing", "coverage", "lists", "plots", "archive")
    for path in ("/", *(f"/{room}" for room in rooms), "/archive/articles"):
        html = page(path)
        room = path.split("/")[1]
        assert re.findall(r'href="/(\w*)" aria-current="page"', html.partition("</header>")[0]) == [room]
    assert "aria-current" not in page(f"/a/{KEYS['MARKET']}").partition("</header>")[0]


def test_runs_are_told_in_vietnamese(get):
    html = get("/coverage", headers={"Accept-Language": "vi"}).text
    runs = html[html.index("<tbody>", html.index("Những lần chạy")) :]
    assert "thu thập" in runs
    assert "đã xong" in runs
    assert '<small lang="en">(' in runs, "the reason stays as the run gave it"
    assert ">crawl<" not in runs


def test_edits_as_json(get):
    answer = get("/edits.json").json()
    assert [row["article_key"] for row in answer["edits"]] == [KEYS["MARKET"]]
    assert answer["next"] is None


def test_a_disappearance_is_shown_with_its_reason_and_its_proof(page, fortnight):
    (row,) = fortnight.visitor.archive.query("SELECT * FROM missing_articles")
    html = page("/missing")
    assert f"/a/{fortnight.removed}" in html
    assert f"/archive/captures/{row['capture_key']}" in html
    assert "HTTP 404" in html
    assert "between 6 Jul 2025, 08:03 and 11 Jul 2025, 08:06" in words(html)


def test_disappearances_as_json(get, fortnight):
    assert [row["article_key"] for row in get("/missing.json").json()["missing"]] == [fortnight.removed]


@pytest.mark.parametrize("path", ["/edits", "/missing", "/coverage", "/lists", "/plots", "/"])
def test_every_page_says_how_to_get_its_data_and_every_link_works(get, page, path):
    html = page(path)
    links = re.findall(r'href="(/(?:archive|edits|missing|coverage|lists|articles|plots)[^"]*)"', html)
    forms = {re.search(r"\.(\w+)(?:\?|$)", link)[1] for link in links if re.search(r"\.(\w+)(?:\?|$)", link)}
    assert ({"csv"} if path == "/plots" else {"json", "csv", "jsonl", "parquet", "ipynb"}) <= forms
    for link in set(links):
        assert get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize("path", ["/edits", "/missing", "/coverage", "/lists", "/plots"])
def test_both_languages_and_no_scripts(get, path):
    vietnamese, english = (get(path, headers={"Accept-Language": language}).text for language in ("vi", "en"))
    assert '<html lang="vi">' in vietnamese
    assert "<h1>" in english
    assert re.search("<h1>(.*?)</h1>", vietnamese)[1] != re.search("<h1>(.*?)</h1>", english)[1]
    assert "<script" not in vietnamese + english


def test_a_page_behind_the_last_is_empty(page):
    assert "None yet" in page("/edits?page=99")
    assert page("/edits?page=nonsense").replace("page=nonsense", "page=1") == page("/edits?page=1")


def test_pages_follow_one_another(get, monkeypatch):
    for module in ("formats", "missing", "edits", "newest"):
        monkeypatch.setattr(f"archiver.site.pages.{module}.PAGE_SIZE", 7)
    found, address = [], "/articles.json"
    while address:
        answer = get(address.removeprefix("http://localhost")).json()
        found += [row["article_key"] for row in answer["articles"]]
        address = answer["next"]
    assert len(found) == len(set(found)) == 45


def test_an_article_that_is_listed_nowhere_as_a_portal(get):
    assert get("/edits?portal=khong-co").status_code == 404
    assert get("/edits.json?portal=khong-co").json()["edits"] == []


# -- searching ------------------------------------------------------------------------------------------------------------


def test_a_search_by_status_and_by_portal(get, page, fortnight):
    assert [row["article_key"] for row in get("/search.json?status=gone").json()["articles"]] == [fortnight.removed]
    assert "· gone" in words(page("/search?status=gone"))
    assert get("/search.json?portal=demo").json()["total"] == get("/search.json").json()["total"] == 45
    assert get("/search.json?portal=khac").json()["total"] == 0


def test_days_that_nobody_saw_are_hatched_behind_the_years(page):
    """Of 35 days in July and August 25 were not seen: blind ones and ones on which nobody looked."""
    html = page("/search?q=")
    drawing = html[html.index("<svg") : html.index("</svg>")]
    assert 'fill="url(#years-blind)"' in drawing
    assert 'fill="url(#years-not-asked)"' in drawing
    assert re.search(">2025</a></th><td>[0-9]+</td><td>25</td>", html)
    assert "could not be seen" in html


# -- coverage -------------------------------------------------------------------------------------------------------------


def test_coverage_counts_its_days(page):
    text = words(page("/coverage"))
    assert "the portal was seen: 10 days" in text
    assert "could not be seen: 3 days" in text
    assert "nobody looked: 22 days" in text
    assert "does not answer (HTTP 503)" in text, "how the runs ended"


def test_coverage_says_how_each_portal_stands_after_its_last_run(page):
    html = page("/coverage")
    text = words(html)
    assert "Last success 5 Aug 2025, 08:09" in text
    assert "Next due 6 Aug 2025, 08:08 every 1 d, because it published less than three times in 28 days" in text
    assert "Articles 45 " in text
    assert "From publication to capture (median) 34 min" in text
    assert re.search(r'<a href="/archive/crawl_checks\?crawl_key=[^"&]+">16 of 16 passed</a>', html)
    assert 'following links: <a href="/archive/problems?portal=demo&amp;resolved=0&amp;stage=follow">2</a>' in html
    assert "this page has no clock" in text


def test_coverage_links_each_check_that_failed_and_each_problem_to_its_rows(get, page, fortnight):
    archive = fortnight.visitor.archive
    (run,) = archive.execute("SELECT crawl_key FROM crawls ORDER BY started_at DESC LIMIT 1").fetchone()
    change = "UPDATE crawl_checks SET value = ? WHERE crawl_key = ? AND name = 'articles with a day'"
    try:
        archive.execute(change, (0.25, run))
        html = page("/coverage")
        assert "15 of 16 passed" in html
        assert re.search(r"articles with a day</a></span>: 0\.25, at least 0\.\d+", html)
        (link,) = re.findall(r'href="(/archive/crawl_checks\?[^"]*name=[^"]*)"', html)
        (row,) = get(link.replace("&amp;", "&").replace("crawl_checks?", "crawl_checks.json?_shape=objects&")).json()[
            "rows"
        ]
        assert (row["crawl_key"], row["name"]) == (run, "articles with a day")
    finally:
        archive.execute(change, (1, run))
    (link,) = re.findall(r'href="(/archive/problems\?[^"]*stage=fetch)"', html)
    told = get(link.replace("&amp;", "&").replace("problems?", "problems.json?_shape=objects&")).json()["rows"]
    assert [row["stage"] for row in told] == ["fetch"]


def test_coverage_says_how_the_files_grow_and_how_long_the_disk_lasts(get, page, fortnight):
    html = page("/coverage")
    text = words(html)
    assert re.search(
        r"When the last run ended \(5 Aug 2025, 08:09\): captures.db [\d.]+ MB, archive.db [\d.]+ MB, ", text
    )
    assert re.search(r"Over the last 28 days it grew by [\d.]+ kB a day. At that pace ", text)
    assert 'href="/archive/growth_by_day"' in html
    drawing = html[html.index('aria-labelledby="growth-title') :]
    assert drawing.count('class="part-1"') == drawing.count('class="part-2"') >= 35, "a column for each day"
    rows = get("/plots/growth.csv").text.splitlines()
    assert rows[0] == "day,noted_at,captures_bytes,archive_bytes,free_bytes"
    assert len(rows) == 1 + 13, "of each day with a run"
    assert rows[-1].startswith("2025-08-05,2025-08-05T")
    noted = "UPDATE crawls SET free_bytes = ? WHERE finished_at = (SELECT max(finished_at) FROM crawls)"
    archive = fortnight.visitor.archive
    (free,) = archive.execute("SELECT free_bytes FROM crawls ORDER BY finished_at DESC LIMIT 1").fetchone()
    try:
        archive.execute(noted, (get("/coverage.json").json()["disk"]["per_day"] * 100 + (1 << 30) + 9_000,))
        assert "At that pace the disk lasts until about 13 Nov 2025 (100 days)" in words(page("/coverage"))
    finally:
        archive.execute(noted, (free,))


def test_an_archive_of_before_sizes_were_noted_says_so(page, fortnight):
    archive = fortnight.visitor.archive
    archive.execute("CREATE TEMP TABLE kept AS SELECT crawl_key, captures_bytes FROM crawls")
    try:
        archive.execute("UPDATE crawls SET captures_bytes = NULL")
        text = words(page("/coverage"))
        assert "No run has noted yet how large the files are." in text
        assert "Nothing to draw yet." in text
    finally:
        archive.execute(
            "UPDATE crawls SET captures_bytes = kept.captures_bytes FROM kept WHERE kept.crawl_key = crawls.crawl_key"
        )


def test_how_portals_and_the_disk_stand_is_data_too(get):
    told = get("/coverage.json").json()
    (demo,) = told["portals"]
    assert (demo["portal"], demo["articles"], demo["web_status"]) == ("demo", 45, "up")
    assert demo["as_of"] == demo["last_success"] == told["disk"]["as_of"]
    assert demo["next_due"][:16] == "2025-08-06T01:08"
    assert (demo["interval_minutes"], demo["because"]) == (1440, "it published less than three times in 28 days")
    assert 30 < demo["capture_lag_minutes"] < 40
    assert (demo["checks"]["passed"], demo["checks"]["failed"]) == (16, [])
    assert (demo["problems"], demo["problems_by_stage"]) == (3, {"follow": 2, "fetch": 1})
    assert demo["blind_days"] == []
    assert {"captures_size", "archive_size", "free", "per_day", "measured_days", "days_left"} < told["disk"].keys()
    assert get("/coverage.json?portal=khac").json()["portals"] == []


def test_coverage_as_json(get):
    spells = get("/coverage.json").json()["coverage"]
    assert {"status": "blind", "first_day": "2025-07-07", "last_day": "2025-07-09"}.items() <= spells[-2].items()


# -- lists ----------------------------------------------------------------------------------------------------------------


def test_every_list_is_named(page, fortnight):
    html = page("/lists")
    for row in fortnight.visitor.archive.query("SELECT list_key, list_title FROM lists"):
        assert f"/lists/{row['list_key']}" in html
    assert "(the whole site)" in html
    told = words(html)
    assert told.index("Kind: section") < told.index("Kinh tế") < told.index("Kind: home page"), "kinds apart"
    assert told.index("Kind: home page") < told.rindex("Kinh tế")


def test_a_list_on_a_day(get, page, fortnight):
    key = list_key(fortnight, list_url=SECTION)
    shown = get(f"/lists/{key}.json?day=2025-07-04").json()
    assert [row["article_key"] for row in shown["states"][0]["rows"][:2]] == [KEYS["BRIDGE"], KEYS["MARKET"]]
    assert "The portal was seen on this day" in page(f"/lists/{key}?day=2025-07-04")
    assert KEYS["BRIDGE"] not in page(f"/lists/{key}?day=2025-07-03")


def test_a_day_that_nobody_saw_says_so_and_leads_to_the_nearest_looks(page, fortnight):
    html = page(f"/lists/{list_key(fortnight, list_url=SECTION)}?day=2025-07-08")
    assert "could not be seen on this day" in html
    assert "Nobody saw this list on that day" in html
    assert 'href="?day=2025-07-06"' in html
    assert 'href="?day=2025-07-11"' in html


def test_the_last_day_is_shown_if_none_is_asked_for(get, fortnight):
    key = list_key(fortnight, list_url=SECTION)
    for path in (f"/lists/{key}.json", f"/lists/{key}.json?day=gestern"):
        assert get(path).json()["day"] == "2025-08-05"


def test_a_list_is_unchanged_where_it_was_seen_the_same_before_and_after(get, fortnight):
    """Between 12 and 14 July nobody looked, and both times it was the same."""
    (state,) = get(f"/lists/{list_key(fortnight, list_url=SECTION)}.json?day=2025-07-13").json()["states"]
    assert (state["seen_from"][:10], state["seen_to"][:10]) == ("2025-07-11", "2025-08-05")


def test_an_unknown_list_or_article_is_not_found(get):
    for path in ("/lists/0123456789", "/a/aaaaaaaaaa/listed", "/a/aaaaaaaaaa/listed.json"):
        assert get(path).status_code == 404


def test_the_ledger_of_an_article(get, page, fortnight):
    told = get(f"/a/{KEYS['MARKET']}/listed.json").json()
    (stay,) = [row for row in told["stays"] if row["list_url"] == SECTION]
    assert (stay["entered_after"][:10], stay["first_seen_at"][:10], stay["left_before"]) == (
        "2025-07-02",
        "2025-07-03",
        None,
    )
    places = [(row["position"], row["seen_from"][:10]) for row in told["places"] if row["list_key"] == stay["list_key"]]
    assert places == [(1, "2025-07-03"), (2, "2025-07-04"), (4, "2025-07-11")]
    text = words(page(f"/a/{KEYS['MARKET']}/listed"))
    assert "Entered between 2 Jul 2025, 08:00 and 3 Jul 2025, 08:01" in text
    assert "place 1 to 4, seen 5 times" in text
    assert "Left between 6 Jul 2025, 08:03 and 11 Jul 2025, 08:05" in text, "the block of the home page"


def test_what_was_late_in_lists_says_by_how_much(page):
    assert "by at least 16 days" in page(f"/a/{KEYS['OLD']}/listed")
    assert "by at least" not in page(f"/a/{KEYS['BLIND']}/listed"), "nobody looked on its day"


def test_the_lag_of_lists_and_page_is_said(page, fortnight):
    archive = fortnight.visitor.archive
    key = archive.execute("SELECT article_key FROM articles WHERE date_conflict_days IS NULL LIMIT 1").fetchone()[0]
    archive.execute("UPDATE articles SET date_conflict_days = -9 WHERE article_key = ?", (key,))
    try:
        assert "Days between it and the farthest that a list prints: 9." in words(page(f"/a/{key}/listed"))
    finally:
        archive.execute("UPDATE articles SET date_conflict_days = NULL WHERE article_key = ?", (key,))


# -- plain Datasette ------------------------------------------------------------------------------------------------------


def test_saved_queries_are_there_in_a_plain_datasette_too(fortnight):
    line = [sys.executable, "-m", "datasette", str(fortnight.visitor.folder / "archive.db"), "--get",
            "/archive/articles_that_name.csv?name=bui+van+dam"]  # fmt: skip
    ran = subprocess.run(line, capture_output=True, text=True, check=True, timeout=60)
    assert NAMES[0].removeprefix("ông ") in ran.stdout
