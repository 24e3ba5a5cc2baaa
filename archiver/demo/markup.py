"""A story's body in the hands of different editors: one visible text, many markups."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from html.entities import codepoint2name
from unicodedata import normalize

from archiver.demo.addresses import HOST
from archiver.demo.story import Attachment, Block, Picture, Story, Table

LAYOUT = '<table width="100%" cellspacing="0" cellpadding="0" border="0"><tbody><tr><td valign="top">'
LAYOUT_END = "</td></tr></tbody></table>"


@dataclass(frozen=True, slots=True)
class Markup:
    """How one editor writes each part of a body."""

    text: Callable[[str], str]
    picture: Callable[[Picture], str]
    table: Callable[[Table], str]
    document: Callable[[Attachment], str]
    sign_off: Callable[[str], str]
    joint: str = "\n"
    letters: Callable[[str], str] = str  # how the finished text is stored
    around: tuple[str, str] = ("", "")


def body(story: Story, markup: Markup) -> str:
    """The inner HTML of the body's field: blocks, then documents, then who signs."""
    parts = [block(part, markup) for part in story.paragraphs]
    parts += [markup.document(document) for document in story.attachments]
    parts += [markup.sign_off(story.sign_off)] if story.sign_off else []
    before, after = markup.around
    return before + markup.letters(markup.joint.join(parts)) + after


def block(part: Block, markup: Markup) -> str:
    """One block in its markup."""
    if isinstance(part, Picture):
        return markup.picture(part)
    if isinstance(part, Table):
        return markup.table(part)
    return markup.text(part)


def words(text: str) -> str:
    r"""Text as HTML; a line break becomes `<br>`.

    >>> words("R&D\nhai")
    'R&amp;D<br>hai'
    """
    return escape(text, quote=False).replace("\n", "<br>")


def image(picture: Picture) -> str:
    """The photo alone; every other one is linked absolutely."""
    source = HOST + picture.path if len(picture.path) % 2 else picture.path
    return f'<img alt="" src="{escape(source)}" width="500">'


def anchor(document: Attachment) -> str:
    """The link to a document."""
    return f'<a href="{escape(document.path)}" target="_blank">{words(document.label)}</a>'


def cells(row: tuple[str, ...]) -> str:
    """A row of plain cells."""
    return "<tr>" + "".join(f"<td>{words(cell)}</td>" for cell in row) + "</tr>"


def plain_table(table: Table) -> str:
    """Rows and cells, nothing more."""
    return '<table border="1" width="100%"><tbody>' + "".join(map(cells, table.rows)) + "</tbody></table>"


def centred_picture(picture: Picture) -> str:
    """A photo's own paragraph, and its caption's below it."""
    caption = f'<p style="text-align:center"><em>{words(picture.caption)}</em></p>' if picture.caption else ""
    return f'<p style="text-align:center">{image(picture)}</p>{caption}'


def framed_picture(picture: Picture) -> str:
    """A photo above its caption in a table that is there for the layout."""
    caption = f'<tr><td align="center">{words(picture.caption)}</td></tr>' if picture.caption else ""
    return f'<table align="center" class="picture"><tr><td>{image(picture)}</td></tr>{caption}</table>'


def html5_picture(picture: Picture) -> str:
    """A photo and its caption as newer editors write them."""
    caption = f"<figcaption>{words(picture.caption)}</figcaption>" if picture.caption else ""
    return f"<figure>{image(picture)}{caption}</figure>"


def broken_picture(picture: Picture) -> str:
    """A photo and its caption as lines among lines."""
    caption = f"<br><br><em>{words(picture.caption)}</em>" if picture.caption else ""
    return image(picture) + caption


def unclosed_picture(picture: Picture) -> str:
    """The same in capitals, no paragraph ever closed."""
    caption = f"\n<P align=center><I>{words(picture.caption)}</I>" if picture.caption else ""
    return f"<P align=center>{image(picture)}{caption}"


def unclosed_table(table: Table) -> str:
    """Rows and cells that only the next one ends."""
    rows = "".join("\n<TR>" + "".join(f"<TD>{words(cell)}" for cell in row) for row in table.rows)
    return f"<TABLE border=1 cellPadding=2>{rows}\n</TABLE>"


def as_entities(html: str) -> str:
    """Letters beyond ASCII as named or numeric references.

    >>> as_entities("tế ở đâu")
    't&#7871; &#7903; &#273;&acirc;u'
    """
    return re.sub(r"[^\x00-\x7f]", lambda letter: entity(ord(letter[0])), html)


def entity(code: int) -> str:
    """One letter as old editors store it: by name where Latin-1 has it."""
    return f"&{codepoint2name[code]};" if code < 256 and code in codepoint2name else f"&#{code};"


CLEAN = Markup(
    text=lambda text: f'<p style="text-align: justify;">{words(text)}</p>',
    picture=centred_picture,
    table=plain_table,
    document=lambda document: f"<p>{anchor(document)}</p>",
    sign_off=lambda line: f'<p style="text-align: right;"><strong>{words(line)}</strong></p>',
)
DECOMPOSED = replace(CLEAN, letters=lambda html: normalize("NFD", html))
ENTITIES = replace(CLEAN, letters=as_entities)
FRAMED = replace(CLEAN, picture=framed_picture)
FIGURES = replace(CLEAN, picture=html5_picture)
NESTED = replace(
    CLEAN,
    text=lambda text: f'<p><font face="Arial" size="3">{words(text)}</font></p>',
    around=(LAYOUT * 2, LAYOUT_END * 2),
)
BREAKS = Markup(
    text=words,
    picture=broken_picture,
    table=plain_table,
    document=anchor,
    sign_off=lambda line: f"<strong>{words(line)}</strong>",
    joint="<br><br>\n",
)
UNCLOSED = Markup(
    text=lambda text: f'<P align=justify><FONT face="Times New Roman" size=4>{words(text)}</FONT>',
    picture=unclosed_picture,
    table=unclosed_table,
    document=lambda document: f"<P>{anchor(document)}",
    sign_off=lambda line: f"<P align=right><B>{words(line)}</B>",
)
