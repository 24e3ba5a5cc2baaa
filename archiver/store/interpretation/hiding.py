"""Addresses of captures as the archive may show them: what leads to a withheld article is hidden, afterwards too."""

from __future__ import annotations

from sqlite_utils import Database

from archiver.items import Article
from archiver.portals import Portal
from archiver.store.evidence.answers import redirect_target, request_of_target
from archiver.store.evidence.captures import Capture, capture_by_key
from archiver.store.evidence.statuses import REDIRECTS
from archiver.store.evidence.withholding import HIDDEN
from archiver.store.ground.keys import article_key
from archiver.store.interpretation.problems import forget_problems
from archiver.store.interpretation.reading_captures import Reader
from archiver.store.interpretation.told_captures import captures_told
from archiver.store.interpretation.withheld_files import requests_of_files


def shown_addresses(reader: Reader, capture: Capture) -> dict[str, str | None]:
    """A capture's addresses, as the archive may show them: all are hidden if one leads to a withheld article.

    Those of its pictures and documents are hidden too.
    """
    portal, target = reader.portal, _target(reader.portal, capture)
    is_hidden = (
        article_key(portal, capture.url) in reader.withheld
        or capture.request_key in reader.withheld_files
        or (target is not None and article_key(portal, target) in reader.withheld)
        or request_of_target(portal, capture) in reader.leading
    )
    if not is_hidden:
        return {
            "url": capture.url, "redirects_to": target, "fetched_from": capture.fetched_from, "error": capture.error,
        }  # fmt: skip
    return {
        "url": HIDDEN,
        "redirects_to": HIDDEN if target else None,
        "fetched_from": HIDDEN if capture.fetched_from else None,
        "error": capture.error.partition(":")[0] if capture.error else None,
    }


def tell_address_anew(archive: Database, reader: Reader, capture: Capture) -> None:
    """Show or hide the addresses of a capture that was told before. Belongs into a transaction."""
    values = shown_addresses(reader, capture)
    columns = ", ".join(f"{name} = ?" for name in values)
    archive.execute(f"UPDATE captures SET {columns} WHERE capture_key = ?", (*values.values(), capture.capture_key))


def learn_what_is_hidden(archive: Database, reader: Reader, capture: Capture, article: Article | None) -> None:
    """Hide what a capture shows to belong to a withheld article, in what was told before as well."""
    if not reader.withheld:
        return
    portal, target = reader.portal, request_of_target(reader.portal, capture)
    if article is not None and article_key(portal, capture.url) in reader.withheld:
        _hide_files(archive, reader, set(requests_of_files(portal, article)))
    if capture.request_key in reader.withheld_files and target is not None:
        _hide_files(archive, reader, {target})
    leads = target is not None and (
        target in reader.leading or article_key(portal, redirect_target(portal, capture)) in reader.withheld
    )
    if leads and capture.request_key not in reader.leading:
        _hide_what_leads_to(archive, reader, capture.request_key)


def _hide_files(archive: Database, reader: Reader, requests: set[str]) -> None:
    new = requests - reader.withheld_files
    reader.withheld_files |= new
    for request in new:
        forget_problems(archive, request)
        told = captures_told(archive, reader.captures, request)
        for capture in told:
            tell_address_anew(archive, reader, capture)
        targets = (request_of_target(reader.portal, capture) for capture in told)
        _hide_files(archive, reader, {target for target in targets if target is not None})


def _hide_what_leads_to(archive: Database, reader: Reader, request: str) -> None:
    reader.leading.add(request)
    rows = archive.execute("SELECT capture_key, request_key FROM captures WHERE redirects_to_key = ?", (request,))
    for key, before in rows.fetchall():
        tell_address_anew(archive, reader, capture_by_key(reader.captures, key))
        if before not in reader.leading:
            _hide_what_leads_to(archive, reader, before)


def _target(portal: Portal, capture: Capture) -> str | None:
    return redirect_target(portal, capture) if capture.status in REDIRECTS else None
