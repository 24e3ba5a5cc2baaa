"""Which text is the caption of which picture."""

from __future__ import annotations

import re

from archiver.reading.fragment import Block
from archiver.reading.words import sign_off

_LONGEST = 200  # characters of a plain paragraph under a picture
LONGEST_STYLED = 400  # of one that is set apart
_LONGEST_PICTURE_TABLE = 500  # characters of text in a table that holds a picture and its caption and nothing else
_SENTENCE_OR_START = re.compile(r"[.:;,]['”\"’)]?$")
_CREDIT = re.compile(r"[(\[]?\s*ảnh\s*:", re.IGNORECASE)
_MOST_COLUMNS = 6  # of pictures side by side
_NUMBERED = re.compile(r"(?:[IVXLC]+|\d{1,2}|[a-zđ])\s*[.)/]\s", re.IGNORECASE)


def captions(blocks: list[Block]) -> dict[int, Block]:
    """For each block that is a picture (by its place among the blocks) the block that is its caption, if there is one.

    A caption is a `figcaption`; an italic, centred or table-cell text under the picture; or the one paragraph behind a
    picture, if it is short and no sentence.
    """
    of_article = _Captions(blocks)
    found = ((place, of_article.of(place)) for place, block in enumerate(blocks) if block.pictures)
    return {place: caption for place, caption in found if caption is not None}


def is_numbered(text: str) -> bool:
    """Whether a text begins as a numbered heading or item does.

    >>> is_numbered("II. NỘI DUNG"), is_numbered("a) Mục đích"), is_numbered("Vườn cây ăn quả")
    (True, True, False)
    """
    return _NUMBERED.match(text) is not None


def is_photo_credit(picture: Block, text: Block) -> bool:
    """Whether a text speaks of the picture above it, though it begins as a sign-off does: `Ảnh: Lễ ra mắt`."""
    set_apart = text.italic or text.align == "center"
    return bool(picture.pictures) and set_apart and _CREDIT.match(text.text.rpartition("\n")[2]) is not None


class _Captions:
    """What sets a text apart in one article: where most of it is centred or italic, neither does."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        texts = [block for block in blocks if block.text]
        self.centring_tells = sum(block.align == "center" for block in texts) * 2 <= len(texts)
        self.italics_tell = sum(block.italic for block in texts) * 2 <= len(texts)
        self.text_in_table: dict[int, int] = {}
        self.in_figures: dict[int, Block] = {}
        for block in texts:
            if block.style.table is not None:
                known = self.text_in_table.get(block.style.table, 0)
                self.text_in_table[block.style.table] = known + len(block.text)
            if block.style.is_caption and block.style.figure is not None:
                self.in_figures.setdefault(block.style.figure, block)

    def of(self, place: int) -> Block | None:
        figure = self.blocks[place].style.figure
        if figure in self.in_figures:
            return self.in_figures[figure]
        picture, following = self.blocks[place], self.beneath(place)
        if following is None or not following.text or following.is_data:
            return None
        if sign_off(following.text):
            return following if is_photo_credit(picture, following) else None
        return following if self.is_caption(picture, following) else None

    def beneath(self, place: int) -> Block | None:
        """The block below a picture: in a row of pictures over a row of texts the one in its column, else the next."""
        first, behind = place, place + 1
        while first and behind - first <= _MOST_COLUMNS and self.is_beside(self.blocks[first - 1], self.blocks[first]):
            first -= 1
        while behind - first <= _MOST_COLUMNS and self.is_beside(self.blocks[behind - 1], self.block(behind)):
            behind += 1
        columns = behind - first
        if 1 < columns <= _MOST_COLUMNS:
            texts = self.blocks[behind : behind + columns]
            cells = {text.style.cell for text in texts if text.text and self.is_cell_under(self.blocks[place], text)}
            if len(cells) == columns:
                return texts[place - first]
        return self.block(place + 1)

    def block(self, place: int) -> Block | None:
        return self.blocks[place] if place < len(self.blocks) else None

    def is_beside(self, picture: Block, other: Block | None) -> bool:
        """Whether both are pictures in cells of one table."""
        if other is None or not (picture.pictures and other.pictures) or picture.style.table is None:
            return False
        return picture.style.table == other.style.table and picture.style.cell != other.style.cell

    def is_caption(self, picture: Block, text: Block) -> bool:
        if text.style.is_caption or self.is_cell_under(picture, text):
            return True
        styled = (text.align == "center" and self.centring_tells) or (text.italic and self.italics_tell)
        if styled and len(text.text) <= LONGEST_STYLED:
            return True
        if len(text.text) > _LONGEST or _SENTENCE_OR_START.search(text.text):
            return False
        return not (is_numbered(text.text) or (text.bold and text.text.isupper()))

    def is_cell_under(self, picture: Block, text: Block) -> bool:
        """Whether both stand in one small table, the text in a cell of its own."""
        table = picture.style.table
        if table is None or table != text.style.table or picture.style.cell == text.style.cell:
            return False
        return self.text_in_table[table] <= _LONGEST_PICTURE_TABLE
