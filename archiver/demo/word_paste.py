"""A body pasted from Word: words cut across spans, nbsp runs, zero-width characters, empty paragraphs."""

from __future__ import annotations

from archiver.demo.markup import Markup, anchor, image, words
from archiver.demo.story import Attachment, Picture, Table

CUT = 37  # letters to a span: no multiple of a word
FONT = "font-size:14.0pt;line-height:115%;font-family:&quot;Times New Roman&quot;,&quot;serif&quot;"
EMPTY = '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
PREFACE = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->\n"


def span(piece: str) -> str:
    r"""A run of letters as Word marks it, one of its spaces unbreakable and something invisible between two letters.

    >>> span("ân dân xã").partition(">")[2]
    'ân&nbsp;dân\u200b xã</span>'
    """
    marked = words(piece[:6]).replace(" ", "&nbsp;", 1) + "\u200b" + words(piece[6:])
    return f'<span lang="VI" style="{FONT}">{marked}</span>'


def runs(text: str) -> str:
    """Text cut into spans, wherever that falls."""
    return "".join(span(text[start : start + CUT]) for start in range(0, len(text), CUT))


def paragraph(text: str) -> str:
    """A Word paragraph, indented by hand."""
    indent = "&nbsp;&nbsp;&nbsp; "
    return f'<p class="MsoNormal" style="text-align:justify;text-indent:.5in">{indent}{runs(text)}<o:p></o:p></p>'


def picture(photo: Picture) -> str:
    """A centred photo and its caption in italics."""
    below = (
        f'\n<p class="MsoNormal" align="center" style="text-align:center"><i>{runs(photo.caption)}</i><o:p></o:p></p>'
        if photo.caption
        else ""
    )
    return f'<p class="MsoNormal" align="center" style="text-align:center">{image(photo)}<o:p></o:p></p>{below}'


def cell(text: str) -> str:
    """A cell that holds a paragraph."""
    return f'<td width="120" valign="top"><p class="MsoNormal">{runs(text)}<o:p></o:p></p></td>'


def table(figures: Table) -> str:
    """A Word table."""
    rows = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in figures.rows)
    return f'<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">{rows}</table>'


def document(file: Attachment) -> str:
    """A document behind a label."""
    return f'<p class="MsoNormal"><i>Tệp đính kèm:</i> {anchor(file)}<o:p></o:p></p>'


def sign_off(line: str) -> str:
    """Who signs, to the right."""
    return f'<p class="MsoNormal" align="right" style="text-align:right"><b>{runs(line)}<o:p></o:p></b></p>'


WORD = Markup(
    text=paragraph,
    picture=picture,
    table=table,
    document=document,
    sign_off=sign_off,
    joint=f"\n{EMPTY}\n",
    around=(PREFACE, ""),
)
