"""A ready value for a portal: a file of `archiver/portals/known`, and what each line of it rests on.

What neither the host nor a page proves is null, or says TODO where the value has to say something: a test of the
registry refuses such a file until a person has filled it in.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from urllib.parse import urlsplit

from archiver.portals.model import Platform, Tls
from archiver.portals.registry import KEY
from archiver.probing.looking import Look
from archiver.probing.places import as_name, key_for, province_of, unit_of
from archiver.probing.showing import shown
from archiver.reading.recognising import CERTAIN, Recognised
from archiver.vietnamese.text import fold
from archiver.vietnamese.titles import is_site_name

TODO = "TODO"
_LONGEST_LINE = 120
_LONGEST_KEY = 40
_NOT_OF_HOSTS = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the value: what it says, and what proves it; null where nothing does and a person has to say it."""

    name: str
    value: object
    because: str | None
    weight: float = 1.0  # how far that is a proof; of the platform, how certainly it was recognised


@dataclass(frozen=True, slots=True)
class Value:
    """A portal as it would be written down."""

    key: str
    platform: Platform
    said: tuple[Said, ...]

    @property
    def confidence(self) -> float:
        """The share of its lines that the host or a page proves, from 0 to 1; the platform counts as its own does."""
        return sum(each.weight for each in self.said if each.because is not None) / len(self.said)

    @property
    def to_do(self) -> tuple[str, ...]:
        """The lines that nothing proves."""
        return tuple(each.name for each in self.said if each.because is None)

    def python(self) -> str:
        """The file, as `make format` would leave it."""
        host = _NOT_OF_HOSTS.sub("", urlsplit(self._of("url")).hostname or "")
        const, platform = const_of(self.key), self.platform.key.upper()
        alias = f"{platform} as PLATFORM" if const == platform else platform
        lines = [_line(each) for each in self.said]
        return (
            f'"""{host}: a value that `archiver probe` wrote."""\n\n'
            "from archiver.portals.model import Portal\n"
            f"from archiver.portals.platforms.{self.platform.key} import {alias}\n\n"
            f"{const} = Portal(\n{''.join(lines)})\n"
        ).replace(f"platform={platform},", f"platform={'PLATFORM' if const == platform else platform},")

    def _of(self, name: str) -> str:
        return next(str(each.value) for each in self.said if each.name == name)


def value_of(looks: Sequence[Look], key: str | None, tls: Tls, taken: Container[str]) -> Value:
    """The value of the portal of some pages of it, of which the first counts for its address."""
    host, url = urlsplit(looks[0].url).hostname or "", _home(looks[0].url)
    sites = site_names(looks)
    best = max((look.recognised for look in looks), key=lambda each: each.confidence)
    said = (
        Said("key", key or key_for(host, taken), "made of the host's name" if key is None else "it was said so"),
        *_place(host, url, sites[0] if sites else None),
        Said("platform", best.platform, speaking_for(best), best.confidence),
        Said("hosts", (host,), "the address"),
        *([Said("tls", tls, "it was tried so")] if tls != "usual" else []),
        *([Said("site_names", sites, "so pages' titles call the site")] if _are_unusual(sites) else []),
        Said("on_request", True, "so every portal begins, until it was crawled once"),
    )
    return Value(str(said[0].value), best.platform, said)


def _place(host: str, url: str, site: str | None) -> Iterator[Said]:
    """What the portal is called, and where and what its place is."""
    province, unit = province_of(host), unit_of(site)
    name = as_name(site) if site else f"{TODO}: what the portal calls itself"
    yield Said("name", name, "the page's title calls the site so" if site else None)
    yield Said("url", url, "the address")
    in_province = province or f"{TODO}: to which province it belonged"
    yield Said("province", in_province, "the host stands under the province's" if province else None)
    yield Said("unit_type", unit, "the site's name says it" if unit else None)


def _are_unusual(sites: tuple[str, ...]) -> bool:
    """Whether a reader has to be told what pages call the site, behind an article's title."""
    return len(sites) > 1 or any(not is_site_name(site) for site in sites)


def site_names(looks: Sequence[Look]) -> tuple[str, ...]:
    """What pages call the site, the home page first; some portals print another's name too."""
    names: dict[str, str] = {}
    for look in sorted(looks, key=lambda each: each.url != _home(each.url)):
        if look.site_name:
            names.setdefault(fold(look.site_name).lower(), look.site_name)
    return tuple(names.values())


def const_of(key: str) -> str:
    """What a portal's value is called in its file.

    >>> const_of("sotttt-hanoi"), const_of("36phopho"), const_of("class")
    ('SOTTTT_HANOI', 'PORTAL_36PHOPHO', 'PORTAL_CLASS')
    """
    const = key.upper().replace("-", "_")
    return f"PORTAL_{const}" if const[0].isdigit() or iskeyword(key) else const


def module_of(key: str) -> str:
    """What the file of a portal's value is called, without its ending.

    >>> module_of("sotttt-hanoi"), module_of("36phopho")
    ('sotttt_hanoi', 'portal_36phopho')
    """
    return const_of(key).lower()


def is_key(key: str) -> bool:
    """Whether a portal can be called that.

    >>> is_key("an-lao"), is_key("An Lão"), is_key("../x"), is_key("x-")
    (True, False, False, False)
    """
    return KEY.fullmatch(key) is not None and len(key) <= _LONGEST_KEY and key[-1] != "-"


def speaking_for(best: Recognised) -> str:
    """What a platform's confidence is made of, in words."""
    if not best.confidence:
        return "no known system: read by landmarks alone"
    sure = "certain" if best.confidence >= 1 else "likely" if best.confidence >= 0.6 else "a guess"
    told = f"{len(best.signs)} of its signs and {len(best.parts)} of its parts, of which {CERTAIN} are enough"
    return f"{sure}, {best.confidence:.1f}: {told}"


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}/"


def _line(said: Said) -> str:
    """One argument, on one line or, where that gets too long, on several."""
    if isinstance(said.value, Platform):
        return f"    platform={said.value.key.upper()},\n"
    if not isinstance(said.value, tuple):
        return f"    {said.name}={literal(said.value)},{_mark(said)}\n"
    texts = "".join(f"        {literal(each)},\n" for each in said.value)
    line = f"    {said.name}=({literal(said.value[0])},),\n"
    return line if len(line) <= _LONGEST_LINE and len(said.value) == 1 else f"    {said.name}=(\n{texts}    ),\n"


def _mark(said: Said) -> str:
    return "  # nothing says it; null is allowed" if said.because is None and said.value is None else ""


def literal(value: object) -> str:
    r"""A value as Python and its formatter write it. Texts come from pages: nothing in them ends the text.

    >>> print(literal('Cổng "số"'), literal("a\\'\"b"), literal(None))
    'Cổng "số"' "a\\'\"b" None
    """
    if not isinstance(value, str):
        return repr(value)
    text = shown(value).replace("\\", "\\\\")
    mark = "'" if text.count('"') > text.count("'") else '"'
    return mark + text.replace(mark, f"\\{mark}") + mark
