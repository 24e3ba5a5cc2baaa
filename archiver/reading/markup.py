"""What HTML elements mean to the eye."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BOLD = frozenset(("b", "strong", "th", *HEADINGS))
ITALIC = frozenset(("i", "em", "cite", "address"))
UNSEEN = frozenset(
    [
        "applet",
        "audio",
        "base",
        "canvas",
        "datalist",
        "embed",
        "frameset",
        "head",
        "iframe",
        "link",
        "map",
        "math",
        "meta",
        "noframes",
        "noscript",
        "object",
        "option",
        "optgroup",
        "param",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
        "xml",
        "button",
        "input",
    ]
)

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_ALIGN_STYLE = re.compile(r"text-align\s*:\s*(center|right|left|justify)", re.IGNORECASE)


class Look(NamedTuple):
    """What an inline style does to the text inside."""

    hidden: bool = False
    bold: bool = False
    italic: bool = False
    align: str | None = None  # center, right, left, justify


@lru_cache(maxsize=4096)  # an editor repeats the same few styles in every paragraph
def look(style: str) -> Look:
    """What an inline style says.

    >>> look("color:red; DISPLAY : none").hidden, look("display:inline; text-align: center").align
    (True, 'center')
    """
    align = _ALIGN_STYLE.search(style)
    return Look(
        _HIDDEN.search(style) is not None,
        _BOLD_STYLE.search(style) is not None,
        _ITALIC_STYLE.search(style) is not None,
        align[1].lower() if align else None,
    )
