"""`archiver probe`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click

import archiver
from archiver.commands.shared import Shared, ask_for_contact, shared_options
from archiver.crawling.options import LOOPBACK, UsageError, is_address
from archiver.portals import PORTALS
from archiver.portals.model import Tls
from archiver.probing.adding import add, working_copy
from archiver.probing.looking import Look, address_in, look
from archiver.probing.options import TLS, ProbeOptions
from archiver.probing.trouble import ProbeError
from archiver.probing.value import Value, is_key, value_of
from archiver.probing.words import as_values, legend, page_in_words, value_as_values, value_in_words

_DONE, _FAILED, _DEGRADED = 0, 1, 3
_COMMIT = """\
Fill in what says TODO, check each JSON against its page, mend what is wrong,
set "checked": true, and run
  .venv/bin/python -m pytest tests/pages tests/portals/test_known.py
What may be committed of a page: docs/adding-a-portal.md."""


@click.command()
@click.argument("place", metavar="URL|FILE")
@click.option("--url", help="Of a saved page that does not say it: its own address.")
@click.option("--base-url", metavar="URL", help="Where to connect instead of the portal; no other host is asked.")
@click.option("--tls", type=click.Choice(TLS), default="usual", show_default=True, help="How its server is trusted.")
@click.option("--add", "key", metavar="KEY", help="Write the value and the pages into this working copy, under KEY.")
@shared_options
def probe(shared: Shared, place: str, url: str | None, base_url: str | None, tls: Tls, key: str | None) -> None:
    """Look at a portal that is not known yet: what would be read there, and a value for it.

    Of an address a few pages are asked for, politely: robots.txt, the page, the home page, an article. Nothing is kept
    in the archive. Ends with 1 where the page is not to be had or cannot be read, and says why; with 3 where an article
    has no title or no day.
    """
    _refuse_key(key)
    notes: list[str] = []
    if is_address(place):
        looks = _visited(shared, ProbeOptions(place, base_url, tls).checked(), notes)
    else:
        looks = {"page": _saved(place, url)}
    first = looks["page"]
    if key is not None and (known := _known_at(first.url)):
        raise UsageError(
            f"{urlsplit(first.url).hostname} is known already, as {known}: add pages to tests/pages/{known}"
        )
    value = value_of(list(looks.values()), key, tls, PORTALS)
    files = _added(value, looks) if key is not None and first.refusal is None else []
    if shared.as_json:
        _print(looks, value, notes, files)
    else:
        _tell(looks, value, notes)
        if key is not None:
            click.echo(_written(files))
    sys.exit(_status(first))


def _refuse_key(key: str | None) -> None:
    if key is not None and not is_key(key):
        raise UsageError(f"a key is made of small letters, digits and -, not {key!r}")
    if key is not None and key in PORTALS:
        raise UsageError(f"a portal is called {key!r} already: {PORTALS[key].url}")


def _visited(shared: Shared, options: ProbeOptions, notes: list[str]) -> Mapping[str, Look]:
    from archiver.probing.fetching import fetch

    ask_for_contact((urlsplit(options.base_url or options.url).hostname or "") in LOOPBACK)
    try:
        visit = fetch(options, shared.clock.now())
    except ProbeError as error:
        if shared.as_json:
            click.echo(json.dumps({"refusal": error.what, "advice": error.advice}, ensure_ascii=False))
        raise click.ClickException(str(error)) from None
    notes += visit.notes
    return visit.looks


def _saved(place: str, url: str | None) -> Look:
    """A page out of a file."""
    file = Path(place)
    if not file.is_file():
        raise UsageError(
            f"{place!r} is no file that is here, and no address: an address begins with http:// or https://"
        )
    body = file.read_bytes()
    address = url or address_in(body)
    if address is None:
        raise UsageError("the page does not say its own address (a canonical link or og:url): say it with --url")
    return look(body, None, ProbeOptions(address).checked().url)


def _print(looks: Mapping[str, Look], value: Value, notes: list[str], files: list[str]) -> None:
    told = {
        "pages": {role: as_values(each) for role, each in looks.items()},
        "portal": value_as_values(value),
        "known_as": _known_at(looks["page"].url),
        "notes": notes,
        "written": files,
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _tell(looks: Mapping[str, Look], value: Value, notes: list[str]) -> None:
    for each in looks.values():
        click.echo(f"{page_in_words(each)}\n")
    if any(each.fields for each in looks.values()):
        click.echo(f"{legend()}\n")
    for note in notes:
        click.echo(f"Note: {note}")
    if known := _known_at(looks["page"].url):
        click.echo(f"Note: this host is known already, as {known}")
    click.echo(value_in_words(value))


def _known_at(url: str) -> str | None:
    host = urlsplit(url).hostname or ""
    return next((key for key, portal in PORTALS.items() if host in portal.hosts), None)


def _added(value: Value, looks: Mapping[str, Look]) -> list[str]:
    root = working_copy(Path(archiver.__file__).parent)
    return [str(file.relative_to(root)) for file in add(root, value, looks)]


def _written(files: list[str]) -> str:
    if not files:
        return "\nNothing was written, for the page cannot be read."
    return "\nWritten:\n" + "".join(f"  {file}\n" for file in files) + _COMMIT


def _status(first: Look) -> int:
    """Whether the page was read: all, not all, not at all."""
    if first.refusal:
        return _FAILED
    article = first.page.article
    return _DEGRADED if article and not (article.title and article.published_on) else _DONE
