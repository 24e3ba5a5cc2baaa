"""In a real browser: a hostile page that was captured asks for nothing. (Pages by themselves: tests/site/browsing.)"""

import html5lib
import pytest

from tests.site.browser import Counter, dom, needs_browser, serving


@pytest.fixture(scope="module")
def captured(told):
    """The capture that shows the hostile page."""
    return told.archive().execute(
        "SELECT capture_key FROM captures WHERE article_key = ? AND status = 200 ORDER BY captured_at DESC LIMIT 1",
        (told.key("hostile"),),
    ).fetchone()[0]  # fmt: skip


@pytest.fixture(scope="module")
def counter(told, captured):
    """Counts what is asked of "EVIL"; shows the hostile page as it came at /as-it-came."""
    body = told.payload(captured)
    assert b"http://EVIL/" in body
    with Counter({"/as-it-came": body}).listening() as counter:
        yield counter


@pytest.fixture(scope="module")
def address(site):
    with serving(site.app()) as address:
        yield address


def resolved(counter):
    return f"--host-resolver-rules=MAP EVIL 127.0.0.1:{counter.port}"


@needs_browser
def test_the_hostile_page_is_hostile(counter, tmp_path):
    """Else the tests below would show nothing."""
    counter.asked.clear()
    dom(f"http://127.0.0.1:{counter.port}/as-it-came", tmp_path, resolved(counter))
    asked = {path.partition("/")[2] for path in counter.asked}
    assert len(asked) > 20, sorted(asked)
    assert {"script-src", "img-src", "link-stylesheet", "css-import"} <= asked


@needs_browser
@pytest.mark.parametrize("rest", ["", "/page"])
def test_once_captured_it_asks_for_nothing(counter, address, told, captured, rest, tmp_path):
    counter.asked.clear()
    page = dom(f"{address}/a/{told.key('hostile')}/capture/{captured}{rest}", tmp_path, resolved(counter))
    assert counter.asked == []
    assert "TAKEN OVER" not in page
    assert ("<iframe" in page) == (rest == "")
    if rest:
        assert "liên kết" in page
        elements = html5lib.parse(page, namespaceHTMLElements=False).iter()
        asking = ("src", "srcset", "href", "action", "data", "background", "style", "poster")
        assert not [element.attrib for element in elements if any("EVIL" in element.get(name, "") for name in asking)]


@needs_browser
def test_the_frame_keeps_it_in_even_if_nothing_were_taken_out(counter, address, captured, told, site, tmp_path):
    """The second wall by itself: the page as it came, with the headers and in the frame of the site."""
    from archiver.site.pages.capture import PAGE_HEADERS

    body = told.payload(captured)

    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        framed = scope["path"] == "/framed"
        content = b'<iframe src="/page" sandbox="" referrerpolicy="no-referrer"></iframe>' if framed else body
        headers = {"content-type": "text/html; charset=utf-8"} | ({} if framed else PAGE_HEADERS)
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": pairs})
        await send({"type": "http.response.body", "body": content})

    counter.asked.clear()
    with serving(app) as address:
        page = dom(f"{address}/framed", tmp_path, resolved(counter))
    assert "TAKEN OVER" not in page
    asked = {path.partition("/")[2] for path in counter.asked}
    assert asked <= {"meta-refresh"}, (
        "a frame may lead itself elsewhere: that is why nothing but known elements is let in"
    )
