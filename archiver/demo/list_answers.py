"""What the portal answers for its home page and its section lists."""

from __future__ import annotations

from archiver.demo.addresses import encoded
from archiver.demo.catalogue import Catalogue
from archiver.demo.home_page import home_page
from archiver.demo.list_pages import list_page, page_count
from archiver.demo.press import Press
from archiver.demo.responses import Request, Response, matches_etag, ok, redirect, unchanged
from archiver.demo.sections import Section
from archiver.demo.stencil import Stencil

COOKIE_TEST = "AspxAutoDetectCookieSupport"


class ListDesk:
    """Answers for every list."""

    def __init__(self, catalogue: Catalogue, press: Press) -> None:
        self.catalogue = catalogue
        self.press = press

    def home(self, request: Request) -> Response:
        """The page at `/`, with a validator."""
        drawn = self.press.stencil("home", lambda: home_page(self.catalogue))
        return self.validated(drawn, request, 0)

    def section(self, section: Section, request: Request) -> Response:
        """A page of a section's list, after the cookie test where the section makes one."""
        if section.asks_cookie and not cookie_tested(request):
            return cookie_test(request)
        number = self.page_asked(section, request)
        drawn = self.press.stencil(f"{section.key} {number}", lambda: self.draw(section, number))
        if section.sends_etag:
            return self.validated(drawn, request, number)
        return ok(self.press.fill(drawn, number))

    def draw(self, section: Section, number: int) -> str:
        """The page's markup."""
        return list_page(section, self.catalogue.by_section[section.key], number, self.catalogue.number)

    def page_asked(self, section: Section, request: Request) -> int:
        """The page that a query or a posted form asks for; numbers past the end are one past it."""
        last = page_count(section, self.catalogue.by_section[section.key])
        if section.paging == "postback":
            return self.press.states.page_asked(request.body, last) if request.posted else 1
        return min(asked_number(request.query.get(section.parameter, "")), last + 1)

    def validated(self, drawn: Stencil, request: Request, number: int) -> Response:
        """The page with its ETag, or 304 where the client holds it."""
        etag = "ETag", drawn.etag
        return unchanged(etag) if matches_etag(request, drawn.etag) else ok(self.press.fill(drawn, number), etag)


def asked_number(text: str) -> int:
    """A page number from a query; 1 where it is none.

    >>> asked_number("3"), asked_number("0"), asked_number("x")
    (3, 1, 1)
    """
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def cookie_tested(request: Request) -> bool:
    """Whether the client came back with the cookie, or at least with the parameter."""
    return COOKIE_TEST in request.query or f"{COOKIE_TEST}=1" in request.headers.get("cookie", "")


def cookie_test(request: Request) -> Response:
    """ASP.NET's test: the same address with one parameter more, and a cookie to bring along."""
    joint = "&" if "?" in request.target else "?"
    return redirect(f"{encoded(request.target)}{joint}{COOKIE_TEST}=1", ("Set-Cookie", f"{COOKIE_TEST}=1; path=/"))
