"""What a look at a portal says: to people, in eighty columns, and to programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from archiver.items import Page
from archiver.probing.looking import By, FieldSeen, Look
from archiver.probing.showing import shown
from archiver.probing.value import Value, speaking_for
from archiver.reading.printed import printed

WIDTH = 80
_LABEL = 15  # columns
_SHORT: Mapping[By, str] = {
    "selectors and landmarks": "both agree",
    "selectors": "selectors",
    "landmarks": "landmarks",
    "selectors, landmarks otherwise": "disagree",
    "nothing": "-",
}
_KEY_TO_IT = (
    "both agree: the platform's selectors find it, and landmarks alone - what a person goes by - read the same;"
    " selectors, landmarks: only these; disagree: landmarks alone read something else; -: nothing is there"
)
_ROWS_SHOWN = 3


def page_in_words(look: Look) -> str:
    """One page: its platform, its kind, each field, its dates, its lists."""
    lines = [look.url, *_labelled("platform", _platform(look)), *_labelled("page", _kind(look.page))]
    if look.refusal:
        lines += _labelled("not read", look.refusal)
    for doubt in look.doubts:
        lines += _labelled("doubt", doubt)
    if look.fields:
        lines += ["", *map(_field, look.fields)]
    lines += ["", *_dates(look), *_lists(look.page)]
    return "\n".join(lines).rstrip()


def value_in_words(value: Value) -> str:
    """The value, and what each line of it rests on."""
    platform = next(each for each in value.said if each.name == "platform")
    proven = len(value.said) - len(value.to_do) - 1
    told = f"{value.confidence:.2f}: of its {len(value.said)} lines {proven} are proven by the host or by a page"
    told += f", and the platform counts {platform.weight:.1f}"
    told += f"; yours to say: {', '.join(value.to_do)}" if value.to_do else ""
    because = (f"{each.name}: {each.because or 'nothing says it'}" for each in value.said)
    return "\n".join(
        [
            value.python().rstrip(),
            "",
            *_labelled("confidence", told),
            *(line for each in because for line in _labelled("", each)),
        ]
    )


def legend() -> str:
    """What the words beside fields mean."""
    return "\n".join(textwrap.wrap(_KEY_TO_IT, WIDTH))


def as_values(look: Look) -> dict[str, object]:
    """One page for programs: what `archiver parse` prints, and who found what."""
    found = look.recognised
    return {
        **printed(look.page),
        "platform": {
            "key": found.platform.key,
            "confidence": found.confidence,
            "signs": list(found.signs),
            "signs_known": len(found.platform.signs),
            "parts": list(found.parts),
        },
        "found_by": {each.name: {"by": each.by, "landmarks_alone": _plain(each.landmarks)} for each in look.fields},
        "dates": asdict(look.dates),
        "site_name": look.site_name,
        "refusal": look.refusal,
        "doubts": list(look.doubts),
    }


def value_as_values(value: Value) -> dict[str, object]:
    """The value for programs."""
    return {
        "key": value.key,
        "python": value.python(),
        "confidence": round(value.confidence, 2),
        "because": {each.name: each.because for each in value.said},
        "to_do": list(value.to_do),
    }


def _platform(look: Look) -> str:
    found = look.recognised
    if not found.confidence:
        return speaking_for(found)
    words = f"{found.platform.name} ({found.platform.key}); {speaking_for(found)}"
    parts = f"; its selectors find {', '.join(found.parts)}" if found.parts else "; its selectors find nothing here"
    return f"{words}. Signs on the page, of {len(found.platform.signs)}: {', '.join(found.signs)}{parts}"


def _kind(page: Page) -> str:
    if page.kind == "article":
        return "article"
    return f"list, called {shown(page.heading)!r}" if page.kind == "list" and page.heading else page.kind


def _field(seen: FieldSeen) -> str:
    start = f"  {seen.name:<{_LABEL - 2}}{_SHORT[seen.by]:<12}"
    line = start + _cut(_told(seen.value), WIDTH - len(start))
    if seen.landmarks is None:
        return line
    beneath = f"{'':<{_LABEL}}{'landmarks:':<12}"
    return f"{line}\n{beneath}{_cut(_told(seen.landmarks), WIDTH - len(beneath))}"


def _told(value: object) -> str:
    """A value in a line: how many there are of several, how long a long text is."""
    if not value:
        return ""
    if isinstance(value, tuple):
        return f"{len(value)}: {getattr(value[0], 'caption', None) or getattr(value[0], 'label', '') or value[0].url}"
    text = str(value)
    return f"{len(text):,} characters: {text}" if len(text) > WIDTH else text


def _dates(look: Look) -> Iterator[str]:
    dates = look.dates
    if dates.form is None:
        yield from _labelled("dates", "none was found")
        return
    where = f"{shown(dates.header)!r} in the header" if dates.header else "in the rows of lists"
    proof = "what the page tells machines proves" if dates.by_machines else "days above 12 prove"
    order = {
        "day first": f"{proof} that the day stands first",
        "month first": f"{proof} that the month stands first",
        "both": f"{proof} both orders",
        "not told": "nothing on this page tells day from month; the day is taken to stand first"
        if dates.is_ambiguous
        else "the order makes no difference here",
    }[dates.order]
    article = look.page.article
    source = f"; taken from {article.published_from}" if article and article.published_from else ""
    yield from _labelled("dates", f"{where}, of the form {dates.form}; {order}{source}")


def _lists(page: Page) -> Iterator[str]:
    boxes: dict[int, list[tuple[str, str | None]]] = {}
    names = {}
    for row in page.listed:
        boxes.setdefault(row.box, []).append((row.title, row.listed_raw))
        names[row.box] = f"{row.list_kind}{f', under {shown(row.heading)!r}' if row.heading else ''}"
    for number, rows in boxes.items():
        dated = sum(raw is not None for _, raw in rows)
        yield from _labelled("list", f"{names[number]}: {len(rows)} rows, {dated} with a date")
        for title, raw in rows[: _ROWS_SHOWN if number == 1 else 0]:
            shown_row = _cut(f"{raw or '-'}  {title}", WIDTH - _LABEL)
            yield f"{'':<{_LABEL}}{shown_row}"
    if not boxes:
        yield from _labelled("list", "no rows were found")
    if page.pager:
        numbers = [str(step.number) if step.number else "next" if step.is_next else "…" for step in page.pager]
        posted = " (posted)" if any(step.form for step in page.pager) else ""
        yield from _labelled("goes on", f"pages {', '.join(numbers[:8])}{posted}")


def _labelled(label: str, text: str) -> Iterable[str]:
    return textwrap.wrap(
        shown(text), WIDTH, initial_indent=f"{label:<{_LABEL}}", subsequent_indent=" " * _LABEL, break_on_hyphens=False
    )


def _cut(text: str, width: int) -> str:
    text = shown(text)
    return text if len(text) <= width else text[: width - 1] + "…"


def _plain(value: object) -> object:
    return [asdict(each) for each in value] if isinstance(value, tuple) else value
