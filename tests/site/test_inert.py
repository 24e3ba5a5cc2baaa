"""A page made inert: what was read in it stays, and nothing in it can act, ask or lead anywhere."""

import re
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.reading.tree import parse
from archiver.site.inert import inert, plain_style

HOSTILE = (Path(__file__).parent / "pages" / "hostile.html").read_text(encoding="utf-8")
PIXEL = "data:image/png;base64,iVBORw0KGgo="
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "abbr", "b", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "main", "nav", "ol", "p", "pre", "q", "s",
    "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt",
    "u", "ul", "wbr", "header", "footer", "article", "aside",
}  # fmt: skip
ATTRIBUTES = {"align", "alt", "bgcolor", "border", "class", "color", "colspan", "face", "height", "lang", "rowspan", "src",
              "style", "title", "valign", "width", "charset", "content", "http-equiv", "name"}  # fmt: skip


def made(markup, picture=lambda source: None, is_withheld=lambda href: False):
    return inert(parse(markup.encode(), "text/html").root, "https://x.vn/a", picture, is_withheld, "(không hiển thị)")


def elements(page):
    """As a browser would read it, and what stands in `<body>`."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [element for element in tree.iter() if isinstance(element.tag, str)], tree.find("body")


def test_what_was_read_stays():
    page = made(
        "<html><body><form action=/x><div class=tin><h1>Tiêu đề</h1><p style='text-align: center; FONT-weight:bold'>Một <b>đậm"
        "</b> &lt;i&gt; &amp; hai<br>ba</p><table border=1><tr><td colspan=2>ô</td></tr></table><o:p>bốn</o:p></div></form>"
    ).html
    body = page.partition("<body>")[2].removesuffix("</body></html>\n")
    assert body == (
        '<div><h1>Tiêu đề</h1><p style="text-align:center;font-weight:bold">Một <b>đậm</b> &lt;i&gt; &amp; hai<br>ba</p>'
        '<table border="1"><tr><td colspan="2">ô</td></tr></table>bốn</div>'
    )


def test_a_link_can_be_read_and_not_followed():
    _, body = elements(made('<body><p>xem <a href="https://y.vn/1" onclick="go()" target="_top">đây</a></p>').html)
    (link,) = body.iter("a")
    assert link.attrib == {"title": "https://y.vn/1"}
    assert link.text == "đây"


def test_pictures_are_those_of_the_archive_or_a_frame_with_their_words():
    page = made(
        '<body><img src="/a.png" alt="Hội nghị" width="500"><img src="/b.png" alt="Quang cảnh"><img alt="trống">',
        picture=lambda source: PIXEL if source == "/a.png" else None,
    )
    _, body = elements(page.html)
    (image,) = body.iter("img")
    assert image.attrib == {"src": PIXEL, "alt": "Hội nghị", "width": "500"}
    assert [span.text for span in body.iter("span")] == ["Quang cảnh", "trống"]
    assert (page.pictures, page.unkept) == (1, 2)


def test_links_to_what_is_withheld_lose_their_words():
    page = made(
        '<body><ul><li><a href="/bi-mat" title="Bí mật"><img src=x alt="Bí mật">Bí mật <b>lắm</b></a> (1/2)</li><li>hai</li>',
        is_withheld=lambda href: href == "/bi-mat",
    )
    assert "<ul><li>(không hiển thị) (1/2)</li><li>hai</li></ul>" in page.html
    assert page.hidden == 1


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color:#fff;background:url(x)", "color:#fff"),
        ("background-color:red;background-image:url('x')", "background-color:red"),
        ("color:u\\72l(x);width:10%", "width:10%"),
        ("width:expression(1)", ""),
        ("font-family:Times New Roman, serif", "font-family:Times New Roman, serif"),
        ("font-family:'a'", ""),
        ("color:red;}</style><img src=x>", "color:red"),
        ("position:fixed;top:0", ""),
        ("--x:url(x);color:var(--x)", ""),
        ("color", ""),
    ],
)
def test_styles_are_plain_or_gone(style, kept):
    assert plain_style(style) == kept


def test_nothing_of_a_hostile_page_is_left_but_its_words():
    page = made(HOSTILE).html
    found, body = elements(page)
    assert {element.tag for element in found} <= TAGS, {element.tag for element in found} - TAGS
    assert {name for element in found for name in element.attrib} <= ATTRIBUTES
    assert not list(body.iter("img")), "a picture that was not kept"
    assert not list(body.iter("style"))
    for element in body.iter():
        assert not re.search(r"url|\(|\\|:\s*//", element.get("style") or "")
    words = " ".join("".join(body.itertext()).split())
    for word in ("một", "bốn", "bảy", "tám", "liên kết"):
        assert word in words


pieces = st.sampled_from([
    "<", ">", '"', "'", "/", "=", "<img src=x onerror=1>", "<script>", "</script>", "<style>", "</style>", "<svg>", "<math>",
    "<!--", "-->", "<title>", "</title>", "<textarea>", "<a href='", "<p title=\"", "&lt;", "&#60;", "&quot;", "<noscript>",
    "</noscript>", "<table>", "<td>", "<select>", "<template>", "<iframe srcdoc='", "<xmp>", "<plaintext>", "chữ", " ", "\n",
    "<base href=x>", "<meta http-equiv=refresh content='0;url=x'>", "<body background=x>", "<object data=x>", "]]>", "<![CDATA[",
    "<annotation-xml encoding='text/html'>", "<foreignObject>", "<mglyph>", "<form action=x>", "<input type=image src=x>",
])  # fmt: skip


@given(st.lists(pieces, max_size=25).map("".join))
def test_no_markup_makes_it_ask_for_anything(markup):
    tree = parse(markup.encode(), "text/html")
    if tree.root is None:
        return
    page = inert(tree.root, "x", lambda source: None, lambda href: False, "-").html
    found, body = elements(page)
    assert {element.tag for element in found} <= TAGS
    assert {name for element in body.iter() for name in element.attrib} <= ATTRIBUTES - {"src", "content", "http-equiv"}


def test_it_may_be_as_deep_as_it_likes():
    page = made("<body>" + "<div>" * 3000 + "đáy" + "</div>" * 3000)
    assert page.html.count("<div>") > 200
