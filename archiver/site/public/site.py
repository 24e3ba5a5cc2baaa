"""The public site: the current snapshot of a folder, and the next one as soon as it is there.

A new snapshot is opened and looked at while the old one goes on answering; from one request to the next the new one
answers, and the old one ends with the last answer that it gives.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.site.errors import ServingError
from archiver.site.public.editions import IS_FREE, Choices, Edition
from archiver.site.public.headers import Header, answer_headers, kept_headers, tag_of
from archiver.site.public.readers import Scope, already_has, anonymous, language_for, path_within
from archiver.site.public.refusals import Refusal, holds_sql, is_ours, refused
from archiver.store.ground.errors import DataFolderError
from archiver.store.sharing.snapshots import Snapshot, current, faults_of_manifest

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

logger = logging.getLogger(__name__)
_BETWEEN_LOOKS = 0.5  # seconds between two looks at which snapshot is the current one


@dataclass(frozen=True, slots=True)
class Place:
    """Where readers find the site: under a path, and at a host if the operator names one."""

    path: str = "/"
    host: str | None = None
    scheme: str | None = None


class PublicSite:
    """An ASGI application on a folder of snapshots."""

    def __init__(self, folder: Path, choices: Choices, place: Place) -> None:
        self.folder, self.choices, self.place = folder, choices, place
        self.edition: Edition | None = None
        self.unfit: Snapshot | None = None  # the last one that cannot be shown
        self.watching: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Open the current snapshot. Raises ServingError where there is none that can be shown."""
        snapshot = current(self.folder)
        if snapshot is None:
            raise ServingError(f"there is no snapshot in {self.folder} yet: archiver snapshot {self.folder}")
        self.edition = await self._opened(snapshot)
        if self.edition is None:
            raise ServingError(
                f"the snapshot {snapshot.name} in {self.folder} cannot be shown; the lines above say why"
            )

    async def watch(self) -> None:
        """Go over to each new snapshot, until cancelled."""
        while True:
            await asyncio.sleep(_BETWEEN_LOOKS)
            await self.look()

    async def look(self) -> None:
        """Go over to the current snapshot if that is another one."""
        snapshot = current(self.folder)
        if snapshot is None or self.edition is None or snapshot in (self.edition.snapshot, self.unfit):
            return
        edition = await self._opened(snapshot)
        if edition is None:
            self.unfit = snapshot
            return
        old, self.edition = self.edition, edition
        old.retire()
        logger.warning("readers see the snapshot %s now", snapshot.name)

    async def close(self) -> None:
        """End with what is being answered."""
        if self.watching is not None:
            self.watching.cancel()
        if self.edition is not None:
            self.edition.retire()

    async def _opened(self, snapshot: Snapshot) -> Edition | None:
        """An edition of a snapshot; null, and a line for the operator, where it is not what its manifest says."""
        try:
            faults = await asyncio.to_thread(faults_of_manifest, snapshot)
            if faults:
                logger.error("the snapshot %s is not shown: %s", snapshot.name, "; ".join(faults))
                return None
            edition = Edition(snapshot, self.choices)
            await edition.open()
        except (DataFolderError, OSError, sqlite3.DatabaseError, KeyError, ValueError) as error:
            logger.error("the snapshot %s is not shown: %s", snapshot.name, error)  # noqa: TRY400  the words say it all
            return None
        return edition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live as long as the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and self.edition is not None:
            with self.edition.reader():
                await self._answer(self.edition, scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.watching = asyncio.create_task(self.watch())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, edition: Edition, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_within(scope, self.place.path)
        refusal = refused(scope, path)
        if refusal is not None:
            await _refuse(refusal, send)
            return
        if path == self.place.path.rstrip("/") and path:
            await _lead_to(self.place.path, send)
            return
        language = language_for(scope)
        tag = tag_of(edition.digest, language)
        if already_has(scope, tag):
            await _say(send, 304, kept_headers(tag), b"")
            return
        IS_FREE.set(holds_sql(scope))
        asked = anonymous(scope, path, language, self.place.host, self.place.scheme)
        await edition.app(asked, receive, _Sender(send, tag, self.place.path, is_ours=is_ours(path)))


class _Sender:
    """Passes an answer on, with the headers of a public site."""

    def __init__(self, send: Send, tag: str, base: str, *, is_ours: bool) -> None:
        self.send, self.tag, self.base, self.is_ours = send, tag, base, is_ours

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name, self._led(name, value)) for name, value in message.get("headers", [])]
            headers = answer_headers(headers, message["status"], self.tag, is_ours=self.is_ours)
            message = message | {"headers": headers}
        await self.send(message)

    def _led(self, name: bytes, value: bytes) -> bytes:
        """A redirect stays within the site: Datasette forgets the path under which it stands at times."""
        base = self.base.encode()
        if name.lower() != b"location" or not value.startswith(b"/") or value.startswith(base):
            return value
        return base + value.lstrip(b"/")


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = refusal.words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if refusal.status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    await _say(send, refusal.status, answer_headers(headers, refusal.status, "", is_ours=False), body)


async def _lead_to(path: str, send: Send) -> None:
    headers = [(b"location", path.encode()), (b"content-length", b"0")]
    await _say(send, 301, answer_headers(headers, 301, "", is_ours=False), b"")


async def _say(send: Send, status: int, headers: list[Header], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
