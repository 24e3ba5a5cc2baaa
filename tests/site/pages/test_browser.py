"""In a real browser: a hostile page that was captured asks for nothing, and no page is wider than a small phone."""

import json
import re
from html import escape, unescape
from urllib.parse import parse_qs

import html5lib
import pytest

from tests.site.browser import Counter, dom, needs_browser, serving
from tests.site.pages.conftest import PAGES

NARROW = 360
MEASURE = """<!DOCTYPE html><meta charset="utf-8"><body>{frames}<script>
const measured = {{}};
const one = async frame => {{
  const seen = frame.contentDocument, root = seen.documentElement;
  seen.querySelectorAll("details").forEach(each => each.open = true);
  await seen.fonts.ready;
  const wide = [...seen.body.querySelectorAll("*")].filter(each =>
    each.getBoundingClientRect().right > root.clientWidth + 1 && !each.closest(".scroll, .wide") && !each.closest(".unseen"));
  measured[frame.dataset.path] = {{ width: root.scrollWidth, room: root.clientWidth,
    wide: wide.map(each => each.outerHTML.slice(0, 120)),
    fonts: [...seen.fonts].filter(each => each.status == "loaded").map(each => each.family) }};
}};
addEventListener("load", async () => {{
  await Promise.all([...document.querySelectorAll("iframe")].map(one));
  document.body.dataset.measured = JSON.stringify(measured);
}});
</script>"""


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


@needs_browser
def test_no_page_is_wider_than_a_small_phone_and_the_fonts_are_ours(told, site, tmp_path, path_of):
    async def measuring(scope, receive, send):
        if scope["type"] != "http" or scope["path"] != "/measure":
            await inner(scope, receive, send)
            return
        language = parse_qs(scope["query_string"].decode())["lang"][0]
        paths = [f"{path}{'&' if '?' in path else '?'}lang={language}" for path in map(path_of, PAGES)]
        frames = "".join(
            f'<iframe data-path="{escape(path)}" src="{escape(path)}" style="width:{NARROW}px;height:700px"></iframe>'
            for path in paths
        )
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": MEASURE.format(frames=frames).encode()})

    inner = site.app()
    with serving(measuring) as address:
        for language in ("vi", "en"):
            page = dom(f"{address}/measure?lang={language}", tmp_path)
            measured = json.loads(unescape(re.search(r'data-measured="([^"]*)"', page)[1]))
            assert len(measured) == len(PAGES)
            for path, found in measured.items():
                assert found["width"] <= found["room"] <= NARROW, (path, found)
                assert found["wide"] == [], path
                assert {"Noto Sans", "Noto Serif"} <= {name.strip('"') for name in found["fonts"]}, path
