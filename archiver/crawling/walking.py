"""The walk through a list: from its first page to its last, or to where an earlier walk that was finished has been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlite_utils import Database

from archiver.crawling.following import ROLES_IN_WALK, is_first, next_step
from archiver.items import Page, PagerStep
from archiver.portals import Portal
from archiver.reading.fragment_forms import UNREACHABLE, is_fragment
from archiver.store.databases.opening import writing
from archiver.store.evidence.frontier import Found, Frontier, Role, Wanted
from archiver.store.evidence.looks import is_under_way
from archiver.store.evidence.walks import (
    cut_short,
    finish_walk,
    is_list,
    is_walk_open,
    last_rows,
    leave_open,
    list_title,
    open_walk,
    pages_of,
    reach,
)
from archiver.store.ground.keys import Form, digest_of_rows, form_named, request_key

_MOST_PAGES = 20_000  # of one list

Step = Literal["goes on", "ends", "is cut short"]
Add = Callable[[list[Found], str], int]


class Walker:
    """Walks the lists of one portal during one run, within the transaction of each page that is read."""

    def __init__(self, db: Database, frontier: Frontier, portal: Portal, *, full: bool) -> None:
        self.db = db
        self.frontier = frontier
        self.portal = portal
        self.full = full
        # First pages asked for to see what is new, and whether a walk is to begin there.
        self.looks: dict[str, bool] = {}
        self.forms: dict[str, Form] = {}  # to be posted, with the state of the page that they stand on

    def is_open_list(self, wanted: Wanted) -> bool:
        """Whether a request is for the first page of a list whose latest walk was cut short."""
        return self.is_list(wanted) and is_walk_open(self.db, wanted.request_key)

    def is_list(self, wanted: Wanted) -> bool:
        """Whether a request is for the first page of a list."""
        return is_list(self.db, wanted.request_key)

    def is_piece(self, wanted: Wanted) -> bool:
        """Whether a request is for a piece of a list, of which no page has an address but the first."""
        return wanted.method == "POST" and is_fragment(self.portal, wanted.url)

    def lacks_state(self, wanted: Wanted) -> bool:
        """Whether a page of a list can only be asked for from the page before it, which this run has not seen."""
        return wanted.role == "posted page" and wanted.request_key not in self.forms

    def leave_open(self, wanted: Wanted) -> None:
        """Leave a list whose next page lacks its state; the next run begins it anew. A transaction of its own."""
        with writing(self.db):
            self.frontier.done(wanted, None)

    def form_of(self, wanted: Wanted) -> Form | None:
        """What is to be posted, null for what is plainly asked for. The frontier keeps forms, but for state."""
        if wanted.form is None:
            return None
        return self.forms.get(wanted.request_key) or form_named(wanted.form)

    def answered(self, wanted: Wanted) -> None:
        """A posted page has its final answer. Until then its form is kept: it is posted again after a bad answer."""
        self.forms.pop(wanted.request_key, None)

    def read(self, wanted: Wanted, page: Page, now: str, add: Add) -> None:
        """A page is read: if it is one of a list, its walk begins, goes on or ends; a look does none of that."""
        if self.is_look(wanted):
            leave_open(self.db, wanted.request_key, self._keys_of_rows(page))
            return
        key = wanted.list_key if wanted.role in ROLES_IN_WALK else None
        if key is None:
            if page.kind != "list" or page.is_piece or (wanted.role == "home" and not page.pager):
                return
            if not is_first(page, self.portal):
                add([Found(page.list_url or page.url, "navigation", wanted.depth)], page.url)
                return
            key = wanted.request_key
            open_walk(self.db, key, self.portal.key, page.url, page.heading, page.pages)
        if self._step(wanted, page, key, add) == "ends":
            finish_walk(self.db, key, now)

    def is_look(self, wanted: Wanted) -> bool:
        """Whether a first page is asked for to see what is new, its list's walk being elsewhere.

        A look that outlived the run in which it was queued is known by the page at which the walk is.
        """
        if wanted.request_key in self.looks:
            return True
        return wanted.role not in ROLES_IN_WALK and is_under_way(self.db, self.portal.key, wanted.request_key)

    def looked(self, wanted: Wanted) -> None:
        """A look is over: a walk that is to begin there waits for its turn again."""
        if self.looks.pop(wanted.request_key, False):
            self.frontier.wait_in_turn(wanted)

    def missing(self, wanted: Wanted, now: str) -> None:
        """A page of a list is not there (404, 410): the portal says itself that the list ends before it.

        All pieces of all lists have one address; that it is not there says nothing of any of them.
        """
        if self.is_piece(wanted):
            self.refused(wanted, now)
        elif wanted.role in ROLES_IN_WALK and wanted.list_key is not None:
            finish_walk(self.db, wanted.list_key, now)

    def refused(self, wanted: Wanted, now: str) -> None:
        """No page came of a request in the end. Behind the last page of which a list speaks, that ends it."""
        if not self.is_piece(wanted) or wanted.list_key is None:
            return
        pages = pages_of(self.db, wanted.list_key)
        if pages is not None and (wanted.page or 1) > pages:
            finish_walk(self.db, wanted.list_key, now)
        else:
            cut_short(self.db, wanted.list_key, f"page {wanted.page} was not answered")

    def sent_back(self, wanted: Wanted, target: str, now: str) -> bool:
        """Whether a page of a list redirects (to a request, by its key) to an earlier one: the list ends before it."""
        if wanted.role not in ROLES_IN_WALK or wanted.list_key is None or self.is_piece(wanted):
            return False
        earlier = self.frontier.by_key(target)
        is_earlier = (
            earlier is not None and earlier.list_key == wanted.list_key and (earlier.page or 1) < (wanted.page or 1)
        )
        if target != wanted.list_key and not is_earlier:
            return False
        finish_walk(self.db, wanted.list_key, now)
        return True

    def _step(self, wanted: Wanted, page: Page, key: str, add: Add) -> Step:
        if page.is_piece and (doubt := self._doubt(wanted, page, key)):
            cut_short(self.db, key, doubt)
            return "is cut short"
        if page.is_piece and not page.listed:
            return "ends"
        if page.kind != "list":
            # Many portals show an empty page of the list behind its last one; anything else may be a page of an error.
            return "ends" if page.heading is not None and page.heading == list_title(self.db, key) else "is cut short"
        reached = reach(self.db, key, self._keys_of_rows(page))
        number = wanted.page or 1
        if reached.is_repeat or (reached.all_known and not self.full) or number >= _MOST_PAGES:
            return "ends"
        step = next_step(page, number)
        if step is not None and self._ask_for(step, key, number + 1, page.url, add):
            return "goes on"
        if any(problem.reason == UNREACHABLE for problem in page.problems):
            cut_short(self.db, key, UNREACHABLE)
            return "is cut short"
        return "is cut short" if page.is_cut_off else "ends"

    def _doubt(self, wanted: Wanted, page: Page, key: str) -> str | None:
        """Why a piece is not what stands at its place in the list, nor behind its end; null if it may be."""
        number, pages = wanted.page or 1, pages_of(self.db, key) or 0
        if number > pages > 0 and not page.listed:
            return None
        if page.kind != "list" or page.is_cut_off:
            return f"page {number} could not be read"
        if number > pages:
            return None
        if not page.listed:
            return f"page {number} of {pages} came empty"
        is_repeat = digest_of_rows(self._keys_of_rows(page)) == last_rows(self.db, key)
        return f"page {number} of {pages} shows the rows of the page before" if is_repeat else None

    def _keys_of_rows(self, page: Page) -> list[str]:
        return [request_key(self.portal, "GET", url) for url in _rows_of_list(page)]

    def _ask_for(self, step: PagerStep, key: str, number: int, found_on: str, add: Add) -> bool:
        role: Role = "page" if step.form is None or is_fragment(self.portal, step.url) else "posted page"
        if step.form is not None:
            self.forms[request_key(self.portal, "POST", step.url, step.form)] = step.form
        return add([Found(step.url, role, 0, key, number, step.form, again=True)], found_on) > 0


def _rows_of_list(page: Page) -> list[str]:
    """The rows of the list that is walked, rather than of the boxes beside it; of a page with nothing else, those."""
    own = [row.url for row in page.listed if row.list_kind in ("section", "home")]
    return list(dict.fromkeys(own or [row.url for row in page.listed]))
