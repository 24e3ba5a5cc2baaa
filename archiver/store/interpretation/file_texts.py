"""What documents say: read once, kept with what names their bytes, and known again by the reader that read them."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from archiver.extraction import extract
from archiver.items import FileText, Problem
from archiver.store.evidence.captures import payload_by_digest
from archiver.store.ground.keys import digest_of
from archiver.store.interpretation.mentions import save_mentions_of_files
from archiver.store.interpretation.readers import file_reader_version
from archiver.store.interpretation.revisions import as_json

_MOST_REMEMBERED = 16  # texts, of up to some megabytes each


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The newest capture that brought a file, and what it brought."""

    capture_key: str
    sha256: str
    size: int
    media_type: str | None  # as the portal said it
    url: str
    request_key: str


class FileTexts:
    """What documents say: read once, and taken from an earlier archive where the same reader read the same bytes."""

    def __init__(self, captures: Database) -> None:
        self.captures = captures
        self.earlier: Database | None = None
        self.remembered: OrderedDict[tuple[str, str], FileText] = OrderedDict()

    def of(self, file: KeptFile, archive: Database, request: str) -> FileText:
        """The text of a document that articles name by a request. One that is nowhere known is read.

        That takes a tenth of a second, or much longer.
        """
        name = (file.sha256, request)
        if name not in self.remembered:
            known = (self._known(file, place, request) for place in (archive, self.earlier) if place is not None)
            self.remembered[name] = next(filter(None, known), None) or self._read(file)
            while len(self.remembered) > _MOST_REMEMBERED:
                self.remembered.popitem(last=False)
        self.remembered.move_to_end(name)
        return self.remembered[name]

    def _read(self, file: KeptFile) -> FileText:
        body = payload_by_digest(self.captures, file.sha256) or b""
        return extract(body, file.url, file.media_type)

    def _known(self, file: KeptFile, archive: Database, request: str) -> FileText | None:
        """As an archive has it."""
        row = archive.execute(
            "SELECT format, text, pages, is_cut_off, text_problems, text_digest FROM attachments"
            " WHERE request_key = ? AND sha256 = ? AND media_type IS ? AND text_reader = ? LIMIT 1",
            (request, file.sha256, file.media_type, file_reader_version()),
        ).fetchone()
        if row is None:
            return None
        if row[5] != digest_of_text(*row[:5]):  # it was altered since
            return None
        problems = tuple(Problem(**each) for each in json.loads(row[4]))
        return FileText(row[0], row[1], row[2], bool(row[3]), problems)


def save_text(archive: Database, request: str, file: KeptFile, text: FileText) -> None:
    """Keep the text of the document at a request, and what it mentions. Belongs into a transaction."""
    problems = as_json([asdict(each) for each in text.problems])
    read = (text.format, text.text, text.pages, int(text.is_cut_off), problems)
    archive.execute(
        "UPDATE attachments SET capture_key = ?, sha256 = ?, size = ?, media_type = ?, format = ?, text = ?, pages = ?,"
        " is_cut_off = ?, text_problems = ?, text_digest = ?, text_reader = ? WHERE request_key = ?",
        (file.capture_key, file.sha256, file.size, file.media_type, *read, digest_of_text(*read),
         file_reader_version(), request),
    )  # fmt: skip
    keys = archive.execute("SELECT DISTINCT article_key FROM attachments WHERE request_key = ?", (request,)).fetchall()
    for (key,) in keys:
        save_mentions_of_files(archive, key)


def digest_of_text(
    file_format: str | None, text: str | None, pages: int | None, is_cut_off: int | None, problems: str
) -> str:
    """One digest of what was read in a document, by which damage to it is known."""
    return digest_of(as_json([file_format, text, pages, is_cut_off, problems]).encode())
