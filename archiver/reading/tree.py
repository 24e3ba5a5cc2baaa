"""Bytes to an element tree, or a problem that says why not."""

from __future__ import annotations

import re

from lxml import etree

from archiver.items import Problem
from archiver.reading.decoding import decode

LARGEST_PAGE = 4 * 1024 * 1024  # bytes; one page of 19 MB took 663 MB of memory to parse

_OTHER_FORMATS = {
    b"%PDF": "PDF", b"PK\x03\x04": "ZIP or Office", b"\xd0\xcf\x11\xe0": "old Office", b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"Rar!": "RAR", b"\x1f\x8b": "gzip", b"{\\rtf": "RTF",
}  # fmt: skip
_HTML_TYPES = re.compile(r"text/|html|xml", re.IGNORECASE)
_START_OF_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>?", re.IGNORECASE)
_HALF_A_TAG = re.compile(r"(?:<[^<>]*|&[#\w]*)$")
_TAIL = 4096  # characters in which a whole page says that it ends; counters are appended behind it


class Tree:
    """A parsed page: its root (null where nothing could be parsed), what was wrong, and whether its end is missing."""

    __slots__ = ("cut_off", "problems", "root")

    def __init__(self, root: etree._Element | None, problems: tuple[Problem, ...], cut_off: bool = False) -> None:
        self.root = root
        self.problems = problems
        self.cut_off = cut_off


def parse(body: bytes, content_type: str | None) -> Tree:
    """The tree of a page. Bodies that are no HTML, or too large to be parsed in bounded memory, have none."""
    refused = _refusal(body, content_type)
    if refused is not None:
        return Tree(None, (refused,))
    text, problems, is_plain = decode(body, content_type)
    if not text or text.isspace():
        return Tree(None, (*problems, Problem("parse", "empty body")))
    cut_off = _is_cut_off(text)
    if cut_off:
        text = _HALF_A_TAG.sub("", text)
    if cut_off or not is_plain or b"\x00" in body:
        body = text.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(body, parser)
    if root is None:
        return Tree(None, (*problems, Problem("parse", "no element in it")))
    if any("Excessive depth" in error.message for error in parser.error_log):
        problems = (*problems, Problem("parse", "nested too deeply, the rest of the page is not read"))
        return Tree(root, problems, cut_off=True)
    return Tree(root, (*problems, Problem("parse", "page is cut off")) if cut_off else problems, cut_off)


def _is_cut_off(text: str) -> bool:
    """Whether a page's end is missing; a fragment that never began a page is whole if its containers are closed."""
    if _END_OF_PAGE.search(text, max(0, len(text) - _TAIL)):
        return False
    if _START_OF_PAGE.search(text):
        return True
    lowered = text.lower()
    return any(lowered.count(f"<{tag}") > lowered.count(f"</{tag}") for tag in ("div", "table", "td", "ul"))


def _refusal(body: bytes, content_type: str | None) -> Problem | None:
    for magic, name in _OTHER_FORMATS.items():
        if body.startswith(magic):
            return Problem("parse", "not HTML", name)
    if content_type and not _HTML_TYPES.search(content_type):
        return Problem("parse", "not HTML", content_type)
    if len(body) > LARGEST_PAGE:
        return Problem("parse", "larger than 4 MB, not read", str(len(body)))
    return None
