"""One crawl of the made-up portal holds its truth; the next costs next to nothing."""

import pytest

from tests.crawling.truth import later, section_rows, stories_in


def holds_the_truth(visitor):
    truth = visitor.portal.truth()
    assert stories_in(visitor.archive, [story.url for story in truth.stories]) == {s.url: s for s in truth.stories}
    for each in (each for each in truth.lists if each.kind == "section"):
        assert section_rows(visitor.archive, each.url) == [(row.title, row.listed_at) for row in each.rows]
    assert visitor.count("articles") == len(truth.stories)


def test_a_calm_portal_is_archived_whole(visitor):
    ending = visitor.crawl()
    assert (ending.status, ending.exit_status) == ("finished", 0)
    holds_the_truth(visitor)


def test_faults_and_traps_take_nothing_from_it(faulty):
    ending = faulty.crawl()
    assert ending.status == "finished"
    holds_the_truth(faulty)
    assert max(faulty.times_asked().values()) <= 4


def test_every_fault_that_stays_is_an_open_problem(faulty):
    faulty.crawl()
    playbill = faulty.portal.playbill()
    found = dict(faulty.archive.execute("SELECT lower(url), reason FROM problems WHERE NOT resolved").fetchall())

    def reason(name):
        return found[playbill[name][0].lower()]

    assert reason("not_found") == "HTTP 404"
    assert reason("gone") == "HTTP 410"
    assert reason("pdf_as_html") == "a file stands where a page should"
    assert reason("five_megabytes") == "larger than 4 MB, not read"
    assert reason("empty") == "empty body"
    assert reason("deeply_nested").startswith("nested too deeply")
    assert reason("redirect_loop") == "redirects in a circle"
    assert reason("other_host") == "redirects to another site"
    assert reason("forbidden") == "robots.txt forbids it"


@pytest.mark.parametrize("fault", ["unavailable", "broken_twice", "cut", "slow"])
def test_a_fault_that_passes_is_a_problem_that_is_resolved(faulty, fault):
    faulty.crawl()
    for url in faulty.portal.playbill()[fault]:
        resolved = faulty.archive.execute(
            "SELECT resolved FROM problems WHERE lower(url) = lower(?)", (url,)
        ).fetchall()
        assert resolved, url
        assert all(each == 1 for (each,) in resolved)


def test_disguises_make_no_twins(visitor):
    visitor.crawl()
    playbill = visitor.portal.playbill()
    disguised = ("jsessionid", "sid", "path_token", "port_443", "lower_case", "http", "redirect_v2", "vietnamese_path")
    assert all(playbill[name] for name in disguised)
    assert visitor.count("articles") == len(visitor.portal.truth().stories)
    assert visitor.count("(SELECT title, published_at FROM articles GROUP BY 1, 2 HAVING count(*) > 1)") == 0


def test_print_views_are_not_asked_for_as_other_pages(visitor):
    visitor.crawl()
    prints = [target for _, target, _ in visitor.asked if "print.aspx" in target]
    assert visitor.count("articles", "url LIKE '%print%'") == 0
    assert len(prints) <= 3


def test_traps_end(visitor):
    visitor.crawl()
    assert 0 < sum("thang=" in target for _, target, _ in visitor.asked) <= 7
    assert 0 < sum("/en/" in target or "/vi/" in target for _, target, _ in visitor.asked) <= 4


def test_what_robots_forbids_is_not_asked_for(visitor):
    visitor.crawl()
    assert not [target for _, target, _ in visitor.asked if "noi-bo" in target.lower()]
    assert visitor.count("problems", "reason = 'robots.txt forbids it' AND NOT resolved") == 1


def test_a_section_without_paging_is_walked_back_through_the_boxes_of_its_articles(faulty):
    faulty.crawl()
    stories = faulty.portal.catalogue.by_section["thong-bao"]
    assert len(stories) > 12, "more than its list shows"
    assert set(stories_in(faulty.archive, [story.url for story in stories])) == {story.url for story in stories}


def test_no_page_is_asked_for_twice(visitor):
    visitor.crawl()
    posted = [target for method, target, _ in visitor.asked if method == "POST"]
    fetched = [target for method, target, status in visitor.asked if method == "GET" and status == 200]
    assert posted
    assert len(set(fetched)) == len(fetched)


class TestTheNextCrawl:
    def test_costs_the_home_page_and_each_list(self, visitor):
        visitor.crawl()
        before = visitor.rows()
        ending = visitor.crawl()
        lists = visitor.captures.execute("SELECT count(*) FROM lists").fetchone()[0]
        assert lists == 6
        assert len(visitor.asked) <= 1 + lists
        assert ending.status == "finished"
        assert visitor.rows() == before

    def test_asks_only_for_what_changed_where_it_can(self, visitor):
        visitor.crawl()
        visitor.crawl()
        by_target = {
            target: (status, sent) for (_, target, status), sent in zip(visitor.asked, visitor.sent[1:], strict=True)
        }
        assert by_target["/"][0] == 304
        assert "If-None-Match" in by_target["/"][1]
        assert by_target["/portal/Pages/Kinh-te.aspx"][0] == 304

    def test_is_the_same_with_faults(self, faulty):
        faulty.crawl()
        faulty.crawl()
        assert len(faulty.asked) <= 7

    def test_new_articles_cost_one_request_each(self, visitor, news):
        visitor.crawl()
        new = [
            later(story, number) for number, story in enumerate(visitor.portal.catalogue.by_section["kinh-te"][:3], 1)
        ]
        for story in new:
            visitor.portal.publish(story)
        ending = visitor.crawl()
        assert dict(ending.summary)["new articles"] == 3
        assert len(visitor.asked) == 7 + 3 + 1, (
            "and the page of the list behind them, the first whose rows are all known"
        )
        holds_the_truth(visitor)

    def test_more_news_than_a_page_holds_is_walked_to_what_is_known(self, visitor):
        visitor.crawl()
        template = visitor.portal.catalogue.by_section["kinh-te"][0]
        for number in range(1, 26):
            visitor.portal.publish(later(template, number))
        visitor.crawl()
        detours = [target for _, target, status in visitor.asked if status == 302]
        assert len(visitor.asked) - len(detours) == 7 + 25 + 3, "pages 2 and 3 with news, 4 with none"
        holds_the_truth(visitor)

    def test_full_ignores_validators_and_walks_every_list_to_its_end(self, visitor):
        visitor.crawl()
        first = {target for method, target, _ in visitor.asked if "Pages/" in target and "aspx?" in target}
        visitor.crawl(full=True)
        again = {target for method, target, _ in visitor.asked}
        assert not any(visitor.sent)
        assert {each for each in first if "PageIndex" in each or "Trang" in each} <= again

    def test_an_unchanged_article_gets_no_revision_although_its_counters_moved(self, visitor):
        visitor.crawl()
        visitor.clock.pass_by(days=1)
        ending = visitor.crawl(recheck="all")
        assert dict(ending.summary)["revised articles"] == 0
        assert visitor.count("revisions") == visitor.count("articles")
        bodies = visitor.captures.execute(
            "SELECT count(*) FROM (SELECT request_key FROM captures WHERE sha256 IS NOT NULL GROUP BY 1"
            " HAVING count(DISTINCT sha256) > 1)"
        ).fetchone()[0]
        assert bodies > 5, "pages that were not the same byte for byte"

    def test_an_edited_article_gets_the_next_revision(self, visitor):
        visitor.crawl()
        story = visitor.portal.catalogue.by_section["chinh-tri"][2]
        visitor.portal.edit(story.url, title=story.title + " (sửa)")
        visitor.clock.pass_by(days=1)
        ending = visitor.crawl(recheck="all")
        assert dict(ending.summary)["revised articles"] == 1
        assert visitor.archive.execute(
            "SELECT number, title, cause FROM revisions JOIN articles USING (article_key, title) WHERE url = ?"
            " ORDER BY number", (story.url,)).fetchall() == [(2, story.title + " (sửa)", "publisher")]  # fmt: skip
        holds_the_truth(visitor)

    def test_due_articles_are_asked_for_again_and_no_others(self, visitor):
        visitor.crawl()
        visitor.clock.pass_by(days=2)
        visitor.crawl(recheck="due")
        few = len(visitor.asked)
        visitor.clock.pass_by(days=400)
        visitor.crawl(recheck="due")
        assert few <= len(visitor.asked) >= 60
