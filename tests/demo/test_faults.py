"""Faults: rows that lead nowhere good, stories that come on another try."""

import pytest

from archiver.demo import DemoPortal

LASTING = {
    "not_found": 404,
    "gone": 410,
    "pdf_as_html": 200,
    "five_megabytes": 200,
    "empty": 200,
    "deeply_nested": 200,
    "soft_404": 200,
    "other_host": 302,
}


def answers(portal, name, count=3):
    """The first answers of each address that plays a fault."""
    return [[portal.respond("GET", url) for _ in range(count)] for url in portal.playbill()[name]]


def test_busy_once(portal):
    for first, second, _ in answers(portal, "unavailable"):
        assert (first.status, first.header("Retry-After"), second.status) == (503, "1", 200)


def test_broken_twice(portal):
    for found in answers(portal, "broken_twice"):
        assert [answer.status for answer in found] == [500, 500, 200]


def test_cut_once(portal):
    for first, second, _ in answers(portal, "cut"):
        assert 0 < first.cut_at < len(first.body)
        assert second.cut_at is None


def test_slow_once(portal):
    for first, second, _ in answers(portal, "slow"):
        assert (first.delay, second.delay) == (0.3, 0.0)


def test_wrong_charset(portal):
    for found in answers(portal, "wrong_charset"):
        assert found[0].header("Content-Type") == "text/html; charset=iso-8859-1"
        assert "Đăng ngày" in found[0].body.decode()


def test_no_charset_but_a_bom(portal):
    for found in answers(portal, "no_charset"):
        assert found[0].header("Content-Type") == "text/html"
        assert found[0].body.startswith(b"\xef\xbb\xbf")
        assert b"charset" not in found[0].body[:400]


@pytest.mark.parametrize("name", LASTING)
def test_lasting_faults_last(portal, name):
    ((first, *others),) = answers(portal, name)
    assert first.status == LASTING[name]
    assert all(answer.status == first.status for answer in others)


def test_what_lasting_faults_send(portal):
    bodies = {name: answers(portal, name, 1)[0][0].body for name in LASTING}
    assert bodies["pdf_as_html"].startswith(b"%PDF-")
    assert len(bodies["five_megabytes"]) > 5_000_000
    assert bodies["empty"] == b""
    assert bodies["deeply_nested"].count(b"<div>") == 3_000
    assert "Không tìm thấy trang" in bodies["soft_404"].decode()


def test_redirects_that_lead_nowhere(portal):
    loop = [answer[0].header("Location") for answer in answers(portal, "redirect_loop", 1)]
    urls = [url.removeprefix("https://anthuan.example") for url in portal.playbill()["redirect_loop"]]
    assert loop == urls[::-1]
    assert answers(portal, "other_host", 1)[0][0].header("Location").startswith("https://dich-vu-cong.haiduongdong")


def test_faulty_rows_stand_in_lists(portal, eyes):
    listed = {row.url: row.title for found in portal.truth().lists for row in found.rows}
    for name in (*LASTING, "redirect_loop"):
        assert portal.playbill()[name][0] in listed


def test_without_faults_everything_is_well(calm, portal):
    for name in set(portal.playbill()) - set(calm.playbill()):
        for url in portal.playbill()[name]:
            response = calm.respond("GET", url)
            story = url in {truth.url for truth in calm.truth().stories}
            assert response.status == (200 if story else 404)
            assert (response.delay, response.cut_at) == (0.0, None)


def test_each_portal_counts_its_own_tries(news, portal):
    url = portal.playbill()["unavailable"][0]
    assert portal.respond("GET", url).status == 503
    assert portal.respond("GET", url).status == 200
    assert DemoPortal(news, portal.press.now).respond("GET", url).status == 503
