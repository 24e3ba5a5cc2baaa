"""`archiver portals`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict

import click

from archiver.clock import local_day, stamp
from archiver.commands.measured import in_words, markdown_table, measured
from archiver.commands.shared import Shared, shared_options
from archiver.portals import PORTALS, Portal, Tenure
from archiver.portals.platforms import PLATFORMS
from archiver.portals.registry import is_made_up, listed
from archiver.store.databases.opening import open_archive
from archiver.store.runs.fields_read import FIELDS, FieldsRead, fields_read

_WIDTH = 80


@click.command()
@click.option("--markdown", is_flag=True, help="Print the README's table of platforms instead.")
@shared_options
def portals(shared: Shared, markdown: bool) -> None:
    """List the portals that are known, for whom they speak today, and how well each reads.

    Those on request are crawled by name, or where the configuration has them. Figures of pages are as they were counted
    last, with this version; where --data holds an archive, so are those of its articles, now.
    """
    told = measured()
    if markdown:
        click.echo(markdown_table(told), nl=False)
        return
    kept = fields_read(open_archive(shared.data)) if (shared.data / "archive.db").exists() else {}
    today = local_day(stamp(shared.clock.now()))
    for portal in listed(PORTALS).values():
        values = _values(portal, today, told["portals"].get(portal.key), kept.get(portal.key))
        shared.say(values, "\n".join(_words(portal, values, kept.get(portal.key))))
    for key, figures in told["platforms"].items():
        if not shared.as_json:
            click.echo("\n".join(_platform_words(key, figures)))


def _values(portal: Portal, today: str, golden: object, kept: FieldsRead | None) -> dict[str, object]:
    now, before = _tenures(portal, today)
    return {
        "portal": portal.key,
        "name": portal.name,
        "url": portal.url,
        "hosts": list(portal.hosts),
        "platform": portal.platform.name,
        "platform_key": portal.platform.key,
        "tls": portal.tls,
        "on_request": portal.on_request,
        "authority": now.authority.name if now else None,
        "authority_until": before.valid_to if before and not now else None,
        "last_authority": before.authority.name if before and not now else None,
        "golden_pages": golden,
        "archived": asdict(kept) if kept else None,
    }


def _tenures(portal: Portal, today: str) -> tuple[Tenure | None, Tenure | None]:
    """For whom a portal speaks today, and for whom it spoke last; null where nothing known says it."""
    begun = [each for each in portal.tenures if (each.valid_from or "") <= today]
    now = [each for each in begun if (each.valid_to or "9999") >= today]
    return (now[-1] if now else None), (begun[-1] if begun else None)


def _words(portal: Portal, values: dict[str, object], kept: FieldsRead | None) -> Iterator[str]:
    notes = [
        *(["on request"] if portal.on_request else []),
        *([f"TLS {portal.tls}"] if portal.tls != "usual" else []),
        *(["made up"] if is_made_up(portal) else []),
    ]
    yield f"{portal.key}  {portal.name}"
    yield from _indented(f"{portal.url} · {' · '.join([portal.platform.name, *notes])}")
    yield from _indented(_authority(values))
    if golden := values["golden_pages"]:
        yield from _indented(f"fields right on golden pages of its own: {in_words(golden)}")  # type: ignore[arg-type]
    if kept:
        shares = ", ".join(f"{name} {kept.share(name):.1%}" for name in FIELDS)
        yield from _indented(f"archived: {kept.articles:,} articles; {shares}; {kept.problems:,} open problems")


def _authority(values: dict[str, object]) -> str:
    if values["authority"]:
        return f"speaks for {values['authority']}"
    if values["last_authority"]:
        return f"spoke for {values['last_authority']} until {values['authority_until']}; for whom today is not known"
    return "for whom it speaks is not proven"


def _platform_words(key: str, figures: dict[str, dict[str, object] | None]) -> Iterator[str]:
    yield f"\n{PLATFORMS[key].name}: fields right"
    for place, name in (("dress", "in its dress"), ("golden", "on golden pages"), ("real", "on the real pages given")):
        if figures[place]:
            yield f"  {name:<24}{in_words(figures[place])}"


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
