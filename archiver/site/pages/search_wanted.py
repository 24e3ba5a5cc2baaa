"""What an address below /search asks for, in whatever form it is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from datasette.utils.asgi import Request

from archiver.site.pages.formats import Form, asked
from archiver.store.search.filters import Filters
from archiver.store.search.searching import MOST_RANKED, Found, Sort
from archiver.vietnamese.search_forms import folded

A_PAGE = 20
LONGEST = 500  # characters that are read of what was typed
FORMS = (("JSON", ".json"), ("CSV", ".csv"), ("JSON lines", ".jsonl"), ("Parquet", ".parquet"), ("Jupyter", ".ipynb"))
FEEDS = {"articles": ".atom", "edits": "/edits.atom", "missing": "/missing.atom"}
_FILTERS = ("portal", "section", "status", "from", "to")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for."""

    typed: str
    filters: Mapping[str, str]
    sort: Sort
    abbreviations: bool
    page: int
    is_cut_off: bool  # more was typed than is read

    @property
    def asks(self) -> dict[str, str]:
        """The arguments that say the same, without the page; what is empty is left out."""
        given = {
            "q": self.typed,
            **self.filters,
            "sort": "newest" if self.sort == "newest" else "",
            "abbreviations": "" if self.abbreviations else "off",
        }
        return {name: value for name, value in given.items() if value}

    def path(self, form: str = "", **changes: object) -> str:
        """The address of the same search in some form, with something else asked for."""
        asks = {name: value for name, value in (self.asks | changes).items() if value}
        return f"/search{form}" + (f"?{urlencode(asks)}" if asks else "")

    def of_year(self, year: int) -> str:
        """The address of the same search within a year."""
        return self.path("", **{"from": year, "to": year})

    @property
    def narrowed(self) -> Filters:
        """The filters as the store takes them."""
        given = {name: value or None for name, value in self.filters.items()}
        return Filters(given["portal"], given["section"], given["status"], given["from"], given["to"])

    @property
    def offset(self) -> int:
        """How many articles stand before this page."""
        return (self.page - 1) * A_PAGE

    def page_after(self, found: Found) -> int | None:
        """The next page, as long as there is one: what is not ranked stands on none."""
        most = MOST_RANKED if found.is_cut else found.total
        return self.page + 1 if most > self.page * A_PAGE else None

    @property
    def by_year(self) -> str:
        """The address of the saved query that counts the same articles by year, whatever period is asked for."""
        names = ("portal", "section", "status")
        asks = {"q": self.typed, **{name: self.filters[name] for name in names}}
        off = {"abbreviations": "" if self.abbreviations else "off"}
        return f"/archive/found_by_year?{urlencode(asks | off)}"

    @property
    def data(self) -> list[Form]:
        """Where all that is found is to be had."""
        return [
            *((name, self.path(form)) for name, form in FORMS),
            ("SQL", f"/archive/search?{urlencode({'q': self.typed})}"),
        ]

    @property
    def file_name(self) -> str:
        """What a file of it is called, without an ending."""
        return "-".join(("search", *re.findall("[a-z0-9]+", folded(self.typed))))[:60].rstrip("-")


def wanted(request: Request) -> Wanted:
    """Read an address; what makes no sense is left out."""
    filters = {name: (request.args.get(name) or "").strip()[:LONGEST] for name in _FILTERS}
    sort: Sort = "newest" if request.args.get("sort") == "newest" else "rank"
    typed = request.args.get("q") or ""
    abbreviations = request.args.get("abbreviations") != "off"
    return Wanted(typed[:LONGEST], filters, sort, abbreviations, asked(request).page, len(typed) > LONGEST)
