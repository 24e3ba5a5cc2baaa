"""What could not be fetched, read or believed, and how it is over."""

from tests.store.conftest import article, listing, url


def problems(evidence):
    return [
        (row["stage"], row["reason"], row["raw"], row["count"], row["resolved"])
        for row in evidence.all("SELECT * FROM problems ORDER BY first_at, reason")
    ]


def test_an_answer_that_is_none_stays_open_until_the_page_is_read(evidence):
    evidence.see("a", None, 503)
    evidence.see("a", None, 503)
    evidence.see("a", error="no answer in time: 30 seconds")
    assert problems(evidence) == [
        ("fetch", "HTTP 503", None, 2, 0),
        ("fetch", "no answer in time", "no answer in time: 30 seconds", 1, 0),
    ]
    evidence.see("a", article())
    assert [row[-1] for row in problems(evidence)] == [1, 1]


def test_a_refused_date_is_null_with_its_words_beside_it(evidence):
    evidence.see("a", article(day="31 - 2 - 2023"))
    row = evidence.one("SELECT published_on, published_raw FROM articles")
    assert row == {"published_on": None, "published_raw": "Đăng ngày 31 - 2 - 2023"}
    assert [(stage, raw) for stage, _, raw, _, resolved in problems(evidence) if not resolved] == [
        ("date", "Đăng ngày 31 - 2 - 2023")
    ]


def test_a_refused_minute_of_a_list_is_a_problem_of_the_list(evidence):
    evidence.see("Kinh-te", listing(("a", "Thị xã họp bàn việc", "09/06/2023 13:05 SA")))
    row = evidence.one("SELECT listed_at, listed_raw FROM list_rows")
    assert row == {"listed_at": None, "listed_raw": "(09/06/2023 13:05 SA)"}
    ((stage, _, raw, _, _),) = problems(evidence)
    assert (stage, raw) == ("list", "(09/06/2023 13:05 SA)")


def test_a_redirect_to_another_site_is_named_and_not_followed(evidence):
    evidence.see("a", None, 302, headers=(("Location", "https://dichvucong.example/x"),))
    assert problems(evidence) == [("fetch", "redirects to another site", "https://dichvucong.example/x", 1, 0)]


def test_a_redirect_within_the_portal_is_none(evidence):
    evidence.see("a", None, 302, headers=(("Location", "/portal/Pages/b.aspx"),))
    assert problems(evidence) == []


def test_a_pdf_in_place_of_a_page_is_named(evidence):
    evidence.see("a", b"%PDF-1.4 ...")
    ((stage, reason, _, _, resolved),) = problems(evidence)
    assert (stage, reason, resolved) == ("fetch", "a file stands where a page should", 0)


def test_problems_of_two_requests_for_one_address_are_two(evidence):
    evidence.see("a", None, 500)
    evidence.tell(
        evidence.keep(url("a"), listing(("b", "Tin khác của xã", "1/6/2023")), form='[["__EVENTARGUMENT","Page$2"]]')
    )
    assert problems(evidence) == [("fetch", "HTTP 500", None, 1, 0)]
