"""A reference for LaTeX. Names and title are in a second pair of braces: nothing is put in order or in lower case."""

from __future__ import annotations

import re

from archiver.site.citing.reference import Reference, year_month_day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
# A brace counts even behind a backslash when BibTeX looks for the end of a value.
_WRITTEN = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
            "^": r"\textasciicircum{}"}  # fmt: skip
_NOT_IN_URLS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def bibtex(reference: Reference) -> str:
    """One entry, `@misc` as every style knows it, with the fields that biblatex reads besides."""
    fields = [(name, value) for name, value in _fields(reference) if value]
    lines = (f"  {name:<12} = {value}," for name, value in fields)
    return "\n".join((f"@misc{{{reference.name},", *lines, "}")) + "\n"


def escaped(text: str) -> str:
    r"""Text of which LaTeX makes the same text.

    >>> print(escaped("Q&A: 100% {A_1}"))
    Q\&A: 100\% \textbraceleft{}A\_1\textbraceright{}
    """
    return _SPECIAL.sub(lambda sign: _WRITTEN.get(sign[0], "\\" + sign[0]), text)


def _fields(reference: Reference) -> list[tuple[str, str]]:
    return [
        ("author", _braced(" and ".join(_braced(escaped(name)) for name in reference.authors))),
        ("title", _braced(_braced(escaped(reference.title)))),
        *_day_fields(reference.published_on),
        ("howpublished", _braced(escaped(reference.publisher))),
        ("url", _braced(_address(reference.url))),
        ("urldate", _braced(reference.archived_on)),
        ("langid", "{vietnamese}"),
        ("note", _braced(_note(reference))),
    ]


def _day_fields(day: str | None) -> list[tuple[str, str]]:
    if day is None:
        return []
    year, month, day_of_month = year_month_day(day)
    return [("year", f"{{{year}}}"), ("month", _MONTHS[month - 1]), ("day", f"{{{day_of_month}}}")]


def _note(reference: Reference) -> str:
    archived = f"Archived {reference.archived_on} in {escaped(reference.archive)}"
    return f"{archived}, \\url{_braced(_address(reference.permalink))}, {escaped(reference.proof)}"


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _address(url: str) -> str:
    return "".join(_NOT_IN_URLS.get(sign, sign) for sign in url)
