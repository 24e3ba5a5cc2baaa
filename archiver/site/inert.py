"""A captured page made harmless: what a person read in it stays, whatever acts, asks or leads anywhere goes.

The page is written anew from its tree, element by element, with nothing but what is known to be harmless; no address
stands in it. What is not on the lists below is not filtered out: it was never let in. The headers with which the site
hands the page out, and the frame that shows it, are walls of their own behind this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from lxml import etree

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_KEPT = frozenset((
    "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption",
    "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "dir", "div", "dl", "dt", "em", "figcaption",
    "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main",
    "mark", "menu", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span",
    "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
    "var", "wbr",
))  # fmt: skip
_EMPTY = frozenset(("br", "col", "hr", "wbr"))
# With all that is in them. Of any other element that is not kept the content stays: what a parser takes for the content
# of an `<embed>` that nobody closed stands behind it in a browser.
_GONE = frozenset((
    "applet", "audio", "button", "canvas", "datalist", "frameset", "head", "iframe", "map", "math", "noembed",
    "noframes", "object", "optgroup", "option", "output", "plaintext", "progress", "script", "select", "style", "svg",
    "template", "textarea", "title", "video", "xmp",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "align", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "dir", "face", "height",
    "hspace", "lang", "nowrap", "rowspan", "size", "span", "start", "title", "type", "valign", "value", "vspace",
    "width",
))  # fmt: skip
_STYLES = frozenset((
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
    "border-radius", "border-right", "border-spacing", "border-style", "border-top", "border-width", "clear",
    "color", "direction", "display", "float", "font-family", "font-size", "font-style", "font-variant",
    "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom",
    "margin-left", "margin-right", "margin-top", "max-width", "min-width", "padding", "padding-bottom",
    "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent",
    "text-transform", "vertical-align", "visibility", "white-space", "width", "word-spacing",
))  # fmt: skip
_PLAIN_VALUE = re.compile(r"[\w#.,%+ -]+")  # no brackets, quotes, colons or backslashes: it can name no address
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOOKS = (
    "html{color-scheme:light;background:#fff;color:#111}"
    "body{margin:1rem;font:16px/1.5 sans-serif;overflow-wrap:anywhere}"
    "table{max-width:100%}img{max-width:100%;height:auto}a[title]{text-decoration:underline dotted}"
    ".unkept{border:1px dotted #767676;color:#595959;padding:0 .3em}"
)


@dataclass(frozen=True, slots=True)
class Inert:
    """A page of HTML that asks for nothing, and how much of it is not shown."""

    html: str
    pictures: int  # that are shown
    unkept: int  # pictures that are not in the archive
    hidden: int  # links to what is withheld


@dataclass(slots=True)
class _Counts:
    pictures: int = 0
    unkept: int = 0
    hidden: int = 0


def inert(
    root: etree._Element,
    title: str,
    picture: Callable[[str], str | None],
    is_withheld: Callable[[str], bool],
    withheld_text: str,
) -> Inert:
    """A page out of its tree.

    `picture` gives the data URI of a picture by the address in its element, or null; `is_withheld` says whether a link
    leads to what is withheld: `withheld_text` stands in its place.
    """
    counts = _Counts()
    body = "".join(_written(root, picture, is_withheld, withheld_text, counts))
    page = (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="referrer" content="no-referrer">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{_LOOKS}</style></head>\n<body>{body}</body></html>\n"
    )
    return Inert(page, counts.pictures, counts.unkept, counts.hidden)


def _written(
    root: etree._Element,
    picture: Callable[[str], str | None],
    is_withheld: Callable[[str], bool],
    withheld_text: str,
    counts: _Counts,
) -> Iterator[str]:
    left_out = 0  # how deep within an element that goes with its content
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if left_out or tag in _GONE or not tag:
                left_out += 1
            elif tag == "a" and is_withheld(element.get("href", "")):
                counts.hidden += 1
                left_out += 1
                yield _text(withheld_text)
            else:
                yield _picture(element, picture, counts) if tag == "img" else _opened(element, tag)
                yield _text(element.text)
            continue
        if left_out:
            left_out -= 1
        elif tag in _KEPT and tag not in _EMPTY:
            yield f"</{tag}>"
        if not left_out and element is not root:
            yield _text(element.tail)


def _opened(element: etree._Element, tag: str) -> str:
    if tag not in _KEPT:
        return ""
    attributes = [(name, value) for name, value in element.attrib.items() if name in _ATTRIBUTES]
    if tag == "a":
        attributes = [("title", element.get("href", ""))]  # to be read, not to be followed
    if style := plain_style(element.get("style", "")):
        attributes.append(("style", style))
    return f"<{tag}{_attributes(attributes)}>"


def _picture(element: etree._Element, picture: Callable[[str], str | None], counts: _Counts) -> str:
    source, alternative = element.get("src", ""), element.get("alt", "")
    data = picture(source) if source else None
    if data is None:
        counts.unkept += 1
        return f'<span class="unkept" title="{_value(source)}">{_text(alternative)}</span>'
    counts.pictures += 1
    size = _attributes([(name, element.get(name, "")) for name in ("width", "height")])
    return f'<img src="{data}" alt="{_value(alternative)}"{size}>'


def _attributes(pairs: list[tuple[str, str]]) -> str:
    return "".join(f' {name}="{_value(value)}"' for name, value in pairs if value)


def plain_style(style: str) -> str:
    """What of a style is plain: known properties with values that can ask for nothing.

    >>> plain_style("color: red; background: url(x); width:expression(1); font-family: 'Times'; text-align:center")
    'color:red;text-align:center'
    """
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    kept = ((name.strip().lower(), value.strip()) for name, _, value in pairs)
    return ";".join(f"{name}:{value}" for name, value in kept if name in _STYLES and _PLAIN_VALUE.fullmatch(value))


def _text(text: str | None) -> str:
    return escape(_CONTROLS.sub("", text), quote=False) if text else ""


def _value(text: str) -> str:
    return escape(_CONTROLS.sub("", text), quote=True)
