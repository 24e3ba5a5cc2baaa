"""The hidden state of WebForms: signed, never twice the same, and good for one step on from its own page."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import blake2b
from hmac import compare_digest
from urllib.parse import parse_qs

FIRST = 1
ARGUMENT = "Page$"  # what the numbers post, before the number


class PageStates:
    """Issues states and knows its own."""

    def __init__(self, seed: int) -> None:
        self.key = f"anthuan {seed}".encode()

    def signature(self, state: bytes) -> bytes:
        """What `__EVENTVALIDATION` must hold beside this state."""
        return b64encode(blake2b(state, key=self.key, digest_size=36).digest())

    def issue(self, page: int, serial: int) -> tuple[bytes, bytes]:
        """State and validation for one response that shows `page`."""
        state = b64encode(f"page={page};serial={serial:010d};ctl00$PlaceHolderMain$ctl09".encode())
        return state, self.signature(state)

    def page_of(self, form: dict[str, list[str]]) -> int | None:
        """The page on which a posted state was issued; null for a state that is not ours."""
        state = form.get("__VIEWSTATE", [""])[0].encode()
        validation = form.get("__EVENTVALIDATION", [""])[0].encode()
        if not compare_digest(validation, self.signature(state)):
            return None
        return int(b64decode(state).split(b";")[0].removeprefix(b"page="))

    def page_asked(self, posted: bytes, last: int) -> int:
        """The page that a posted form leads to: one step on from where its state was issued, else the first."""
        form = parse_qs(posted.decode("utf-8", "replace"), keep_blank_values=True)
        argument = form.get("__EVENTARGUMENT", [""])[0]
        shown = self.page_of(form)
        return shown + 1 if shown and shown < last and argument == f"{ARGUMENT}{shown + 1}" else FIRST
