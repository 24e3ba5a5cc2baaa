"""What is asked again, how soon, and when a portal is left alone."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from archiver.crawling.judging import MOST_ATTEMPTS, backoff, judge, retry_after
from archiver.demo.responses import failure, ok, redirect
from archiver.store.evidence.captures import Answer
from tests.driving.clocks import SetClock

NOW = SetClock().now()


def answer(status=None, error=None, **headers):
    return Answer(status, error, tuple((name.replace("_", "-"), value) for name, value in headers.items()), None)


@pytest.mark.parametrize("status", [200, 204, 301, 302, 304, 400, 401, 403, 404, 410])
def test_what_says_something_about_the_page_is_read(status):
    assert judge(answer(status), 1) == "read"


@pytest.mark.parametrize(
    "each", [answer(s) for s in (408, 425, 429, 500, 502, 503, 504)] + [answer(None, "no answer in time: 30 s")]
)
def test_what_says_nothing_is_asked_again_a_few_times(each):
    assert [judge(each, attempt) for attempt in (1, 2, 3, 4)] == ["again", "again", "again", "give up"]


def test_the_pause_grows():
    pauses = [backoff(attempt, 1.0) for attempt in range(1, MOST_ATTEMPTS)]
    assert pauses == sorted(pauses)
    assert pauses[0] >= timedelta(seconds=1)
    assert backoff(1, 0) >= timedelta(seconds=1), "also where no delay was asked for"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        (format_datetime(NOW + timedelta(minutes=3), usegmt=True), 180),
        (format_datetime(NOW - timedelta(minutes=3), usegmt=True), 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Tue, 01 Jul 2025 99:00:00 GMT", None),
        ("9" * 400, 10**8),
    ],
)
def test_retry_after(header, seconds):
    found = retry_after(answer(503, Retry_After=header), NOW)
    assert found == (None if seconds is None else timedelta(seconds=seconds))


def test_retry_after_counts_only_where_it_means_a_pause():
    assert retry_after(answer(200, Retry_After="9"), NOW) is None
    assert retry_after(answer(429, Retry_After="9"), NOW) == timedelta(seconds=9)


class Trouble:
    """Stands before a portal and answers in its place, a few times, for one path."""

    def __init__(self, visitor, path, *answers):
        self.respond, self.path, self.answers = visitor.answers, path, list(answers)
        visitor.answers = self

    def __call__(self, method, target, headers, body):
        if target.partition("?")[0] == self.path and self.answers:
            return self.answers.pop(0)
        return self.respond(method, target, headers, body)


LIST = "/portal/Pages/Kinh-te.aspx"


def attempts(visitor, path):
    return [at for (_, target, _), at in zip(visitor.asked, visitor.at[1:], strict=True) if target == path]


def test_each_attempt_is_a_capture_and_nothing_is_read_from_a_failed_one(visitor):
    page_of_an_error = (
        "<html><body><a href='/portal/Pages/Loi.aspx'>Lỗi</a> (01/02/2023 9:00 SA)</body></html>".encode()
    )
    Trouble(visitor, LIST, failure(500, page_of_an_error), failure(500, page_of_an_error))
    visitor.crawl()
    statuses = visitor.captures.execute(
        "SELECT status FROM captures WHERE url LIKE ? AND form IS NULL ORDER BY captured_at", ("%" + LIST,)
    ).fetchall()
    assert statuses == [(500,), (500,), (200,)]
    assert not visitor.captures.execute("SELECT 1 FROM frontier WHERE url LIKE '%Loi.aspx'").fetchall()


def test_attempts_are_ever_farther_apart(visitor):
    Trouble(visitor, LIST, failure(500, b""), failure(502, b""), failure(504, b""))
    visitor.crawl()
    first, second, third, fourth = attempts(visitor, LIST)
    assert 2 <= second - first < third - second < fourth - third


def test_after_the_last_attempt_it_waits_for_the_next_crawl(visitor, news):
    Trouble(visitor, LIST, *[failure(500, b"")] * MOST_ATTEMPTS)
    visitor.crawl()
    assert len(attempts(visitor, LIST)) == MOST_ATTEMPTS
    assert visitor.count("problems", "reason = 'HTTP 500' AND NOT resolved") == 1
    visitor.crawl()
    assert visitor.count("articles") == len(news)
    assert visitor.count("problems", "reason = 'HTTP 500' AND NOT resolved") == 0


def test_nothing_at_all_is_asked_while_the_portal_wants_to_be_left_alone(visitor):
    Trouble(visitor, LIST, failure(503, b"", ("Retry-After", "90")))
    visitor.crawl()
    failed = next(at for (_, target, status), at in zip(visitor.asked, visitor.at[1:], strict=True) if status == 503)
    later = [at for at in visitor.at if at > failed]
    assert later
    assert min(later) - failed >= 90


def test_a_list_that_moves_is_followed(visitor, news):
    respond = visitor.answers

    def moved(method, target, headers, body):
        if target == LIST:
            return redirect("/portal/Pages/Tin-kinh-te.aspx")
        return respond(method, target.replace("Tin-kinh-te", "Kinh-te"), headers, body)

    visitor.answers = moved
    visitor.crawl()
    assert visitor.count("articles") == len(news)


def test_redirects_without_end_end(visitor):
    respond = visitor.answers
    count = iter(range(10**6))

    def endless(method, target, headers, body):
        if target.startswith((LIST, "/r/")):
            return redirect(f"/r/{next(count)}.aspx")
        return respond(method, target, headers, body)

    visitor.answers = endless
    visitor.crawl()
    assert sum(target.startswith("/r/") for _, target, _ in visitor.asked) <= 6
    assert visitor.count("problems", "reason = 'redirects too often' AND NOT resolved") == 1


def test_an_address_that_redirects_to_itself_ends(visitor):
    visitor.answers = lambda method, target, headers, body, respond=visitor.answers: (
        redirect(LIST + "?AspxAutoDetectCookieSupport=1")
        if target.startswith(LIST)
        else respond(method, target, headers, body)
    )
    visitor.crawl()
    assert len([1 for _, target, _ in visitor.asked if target.startswith(LIST)]) <= 6
    assert visitor.count("problems", "reason = 'redirects in a circle' AND NOT resolved") == 1


def test_a_page_of_a_list_that_is_none_leaves_its_walk_open(visitor):
    """The portal shows its home page, or a notice, in place of page 2 of a list."""
    notice = "<html><head><title>Bảo trì</title></head><body><p>Hệ thống đang bảo trì</p></body></html>".encode()
    respond = visitor.answers
    broken = [True]

    def maintained(method, target, headers, body):
        return ok(notice) if broken[0] and target == f"{LIST}?PageIndex=2" else respond(method, target, headers, body)

    visitor.answers = maintained
    visitor.crawl()
    assert visitor.captures.execute("SELECT is_walk_open FROM lists WHERE title = 'Kinh tế'").fetchone() == (1,)
    broken[0] = False
    visitor.crawl()
    assert visitor.captures.execute("SELECT is_walk_open FROM lists WHERE title = 'Kinh tế'").fetchone() == (0,)
    assert ("GET", LIST, 304) not in visitor.asked


def test_a_list_whose_next_page_is_missing_ends_there(visitor):
    respond = visitor.answers
    visitor.answers = lambda method, target, headers, body: (
        failure(404, b"") if target == f"{LIST}?PageIndex=2" else respond(method, target, headers, body)
    )
    visitor.crawl()
    assert visitor.captures.execute("SELECT is_walk_open FROM lists WHERE title = 'Kinh tế'").fetchone() == (0,)
