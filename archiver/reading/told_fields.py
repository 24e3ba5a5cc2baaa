"""What a page tells of the fields that its script posts: there, in other scripts, hidden fields and data attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from urllib.parse import unquote_plus

from archiver.portals.model import Fragments
from archiver.reading.lines import Element

_LONGEST_SCRIPT = 200_000  # characters
_MOST_PLACES = 50  # in which a script writes one field
_NO_LETTER = re.compile(r"[^a-z0-9]")
_NUMBER = re.compile(r"\d{1,5}")
_NAMES_LIST = re.compile(r"\d{1,15}")
_HOLD_PAGERS = ("ul", "ol", "div", "nav", "table", "p")
# What stands behind the name of a field: in a script, where it may be another name; and in a query string. What is
# reckoned with (`page_size * 2`, `"a" + b`) is no value.
_LITERAL = (
    r"""(?:parseInt\s*\(\s*|Number\s*\(\s*)?"""
    r"""(?:\\?"([^"\\]{0,200})\\?"(?!\s*\+)|\\?'([^'\\]{0,200})\\?'(?!\s*\+)"""
    r"""|(-?\d{1,15}|true|false)(?=\s*(?:[,;})&"'\]\n]|$)))"""
)
_OTHER_NAME = r"""([A-Za-z_$][\w$]{0,60})(?=\s*(?:[,;})\]\n]|$))"""
_BEFORE, _BEHIND = r"""(?<![\w$-])(?:\\?["'])?""", r"""(?:\\?["'])?\s*[:=]\s*"""
_DEFINED = re.compile(rf"(?<![\w$.])([A-Za-z_$][\w$]{{0,60}})\s*=\s*{_LITERAL}")


class ToldFields:
    """The fields of the form by which a list's first page has its script ask for further pages."""

    def __init__(self, root: Element, fragments: Fragments) -> None:
        self.root, self.fragments = root, fragments
        path = fragments.path.lower()
        self.scripts = [(each.text or "")[:_LONGEST_SCRIPT] for each in root.iter("script")]
        self.posting = [text for text in self.scripts if path in text.lower()]
        self.names_path = bool(self.posting) or any(
            path in value.lower() for each in root.iter() if each.tag != "script" for value in each.attrib.values()
        )
        list_field = fragments.named_by[0]
        telling = (text for text in self.posting if any(_fitting(self._written(list_field, text), _NAMES_LIST)))
        self.own = next(telling, self.posting[0] if self.posting else "")

    def value(self, name: str, pattern: re.Pattern[str]) -> str | None:
        """The value of a field; null for one that is told in several ways outside of the script that posts."""
        if found := self.of_script(name, pattern):
            return found
        elsewhere = list(dict.fromkeys(_fitting(self._everywhere(name), pattern)))
        return elsewhere[0] if len(elsewhere) == 1 else None

    def of_script(self, name: str, pattern: re.Pattern[str]) -> str | None:
        """The value in the script that posts, where it writes it first."""
        return next(_fitting(self._written(name, self.own), pattern), None)

    def others(self, name: str, known: str | None) -> list[str]:
        """Other values of a field in scripts that post: those of a second list on the page."""
        found = (value for text in self.posting for value in self._written(name, text))
        return [value for value in dict.fromkeys(_fitting(found, _NAMES_LIST)) if value != known]

    def last_page(self) -> int | None:
        """How many pages the list has, as a script says, or at least, as its pager shows; null where neither does."""
        for text in (self.own, *self.scripts):
            if said := re.search(self.fragments.pages, text):
                return int(said[1])
        return max(self._numbers_shown(), default=None)

    def _numbers_shown(self) -> Iterator[int]:
        for pager in self.root.iter(*_HOLD_PAGERS):
            if self.fragments.pager in pager.get("class", "").split():
                texts = ("".join(each.itertext()).strip() for each in pager.iter("a", "span"))
                yield from (int(text) for text in texts if _NUMBER.fullmatch(text))

    def _everywhere(self, name: str) -> Iterator[str]:
        for text in self.scripts:
            yield from self._written(name, text)
        plain = _plain(name)
        for field in self.root.iter("input"):
            if any(_plain(field.get(each, "")).endswith(plain) for each in ("name", "id")):
                yield field.get("value", "")
        for element in self.root.iter():
            for attribute, value in element.items():
                if attribute.startswith("data-") and _plain(attribute).endswith(plain):
                    yield value

    def _written(self, name: str, text: str) -> Iterator[str]:
        """The values that a script writes for a field; where it writes another name, what that is defined as."""
        if _plain(name) not in text.replace("_", "").lower():
            return
        in_query, in_script = _patterns(name)
        yield from (unquote_plus(match[1]) for match in islice(in_query.finditer(text), _MOST_PLACES))
        for match in islice(in_script.finditer(text), _MOST_PLACES):
            yield from [_first(match.groups())] if match[4] is None else self._definitions.get(match[4], [])

    @cached_property
    def _definitions(self) -> dict[str, list[str]]:
        """Every name that a script of the page sets to a plain value, and these values."""
        found: dict[str, list[str]] = {}
        for text in self.scripts:
            for match in _DEFINED.finditer(text):
                found.setdefault(match[1], []).append(_first(match.groups()[1:]))
        return found


def _fitting(values: Iterable[str], pattern: re.Pattern[str]) -> Iterator[str]:
    return (value.strip() for value in values if pattern.fullmatch(value.strip()))


def _first(groups: Iterable[str | None]) -> str:
    return next(group for group in groups if group is not None)


@lru_cache(maxsize=64)
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A field in a query string, and in a script; names differ in capitals and underscores: `site_id`, `siteId`."""
    loose = "_?".join(map(re.escape, name.split("_")))
    in_query = rf"""[?&"']{loose}=([^&"'\s<>]{{0,200}})(?=[&"'])"""
    in_script = rf"{_BEFORE}{loose}{_BEHIND}(?:{_LITERAL}|{_OTHER_NAME})"
    return re.compile(in_query, re.IGNORECASE), re.compile(in_script, re.IGNORECASE)


def _plain(name: str) -> str:
    return _NO_LETTER.sub("", name.lower())
