"""Which pictures and documents each article shows, in the order in which they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from archiver.portals import Portal


def files_by_article(archive: Database, portal: Portal) -> Iterator[list[tuple[str, str]]]:
    """What an article of a portal shows, its documents first: addresses with the names of their requests.

    The oldest article comes first.
    """
    rows = archive.execute(
        "SELECT article_key, parts.url, request_key FROM ("
        " SELECT article_key, 0 AS part, position, url, request_key FROM attachments"
        " UNION ALL SELECT article_key, 1 AS part, position, url, request_key FROM images"
        ") AS parts JOIN articles USING (article_key) WHERE portal = ? AND request_key IS NOT NULL"
        " ORDER BY first_captured_at, article_key, part, position",
        (portal.key,),
    )
    for _, shown in groupby(rows, key=itemgetter(0)):
        yield [(url, request) for _, url, request in shown]
