"""What a script is answered with when it asks for a piece of a list: HTML, bare or in JSON."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from archiver.items import Problem
from archiver.reading.decoding import decode
from archiver.reading.tree import LARGEST_PAGE

BROKEN = "broken JSON"
NO_PIECE = "no HTML in the JSON"
NO_ROWS = "no rows in a piece of a list"
A_PAGE = "a whole page stands where a piece of a list should"
_IN_JSON = re.compile(r'\s*[{\["]')
_A_PAGE = re.compile(r"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)
_LONGEST_SHAPE = 200  # characters


class Piece(NamedTuple):
    """A piece of HTML in UTF-8, null where there is none; whether its end is known to be there; what was wrong."""

    html: bytes | None
    is_whole: bool
    problems: tuple[Problem, ...] = ()


def unwrapped(body: bytes, content_type: str | None) -> Piece:
    r"""The HTML of a piece of a list: as it came, as a string of JSON, or as ASP.NET sends it, `{"d": "<ul>…"}`.

    >>> unwrapped(b'{"d": "\\u003cul\\u003e"}', "application/json").html
    b'<ul>'
    """
    if len(body) > LARGEST_PAGE:
        return Piece(None, True, (Problem("parse", "larger than 4 MB, not read", str(len(body))),))
    text, problems, _ = decode(body, content_type)
    if not _IN_JSON.match(text):
        return _piece(text, problems, is_whole=False)
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):  # no JSON, or lists in lists, thousands deep
        return Piece(None, False, (*problems, Problem("parse", BROKEN, size_of(text))))
    html = told.get("d") if isinstance(told, dict) else told
    if not isinstance(html, str):
        return Piece(None, True, (*problems, Problem("parse", NO_PIECE, _shape(told))))
    return _piece(html, problems, is_whole=True)


def size_of(text: str) -> str:
    """What a problem says of words that could not be understood: not them, for they may name a withheld article."""
    return f"{len(text)} characters"


def _shape(told: object) -> str:
    """The same of JSON: the names of an object's fields, by which an error is known, or what else it is.

    >>> _shape({"Message": "There was an error", "StackTrace": None}), _shape({"d": None}), _shape([1])
    ('Message: str, StackTrace: NoneType', 'd: NoneType', 'list')
    """
    if not isinstance(told, dict):
        return type(told).__name__
    return ", ".join(f"{name}: {type(value).__name__}" for name, value in told.items())[:_LONGEST_SHAPE]


def _piece(html: str, problems: tuple[Problem, ...], *, is_whole: bool) -> Piece:
    if _A_PAGE.search(html):
        return Piece(None, is_whole, (*problems, Problem("list", A_PAGE)))
    return Piece(html.encode("utf-8", "replace"), is_whole, problems)
