"""Keys are content's names: pinned, because permalinks and the union of archives stand on them."""

from archiver.portals import PORTALS
from archiver.store.ground.keys import article_key, capture_key, crawl_key, named_form, request_key

DEMO, MYHAO = PORTALS["demo"], PORTALS["myhao"]
URL = "https://anthuan.example/portal/Pages/2021-12-28/Tin-1.aspx"


def test_keys_are_what_they_were():
    assert article_key(MYHAO, "https://myhao.hungyen.gov.vn/portal/Pages/2021-12-28/Tin-1.aspx") == "py62i7f5gv"
    assert request_key(DEMO, "GET", URL) == "644f9f299834de717f86"
    assert capture_key("demo", "r", "2025-07-01T00:00:00.000000Z", 200, "ab") == "640438d8bb48c1da645e"
    assert crawl_key("demo", "2025-07-01T00:00:00.000000Z") == "demo-20250701T000000000000Z"


def test_twins_share_a_key_and_portals_do_not():
    assert article_key(DEMO, URL) == article_key(DEMO, URL.upper().replace("HTTPS", "https") + "?sid=9")
    assert article_key(DEMO, URL) != article_key(MYHAO, URL)


def test_a_posted_request_is_named_without_the_state_of_its_page():
    one = (
        ("__VIEWSTATE", "a"),
        ("__EVENTVALIDATION", "b"),
        ("__VIEWSTATEGENERATOR", "c"),
        ("__EVENTARGUMENT", "Page$2"),
    )
    other = (("__EVENTARGUMENT", "Page$2"), ("__VIEWSTATE", "z"))
    assert request_key(DEMO, "POST", URL, one) == request_key(DEMO, "POST", URL, other)
    assert named_form(one) == '[["__EVENTARGUMENT","Page$2"]]'
    assert request_key(DEMO, "POST", URL, one) != request_key(DEMO, "GET", URL)
    assert named_form(None) is None
