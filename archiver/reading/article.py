"""An article out of its blocks: lead, body, pictures with captions, sign-off, attached documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archiver.items import Attachment, Image
from archiver.portals import Portal
from archiver.portals.addresses import absolute, is_document, tidy
from archiver.reading.captions import LONGEST_STYLED, captions
from archiver.reading.fragment import Block
from archiver.reading.lead import can_tell, is_lead
from archiver.reading.signing import (
    ends_with_name,
    is_of_picture,
    lines_unsigned,
    sign_offs_apart,
    signature,
    signing_blocks,
)
from archiver.reading.words import LONGEST_SIGN_OFF, is_attachment_label, list_heading, sign_off

_LONGEST_CELL = 240  # characters


@dataclass(slots=True)
class Content:
    """What the blocks of an article say."""

    lead: str | None = None
    body: str | None = None
    author: str | None = None
    author_raw: str | None = None
    images: list[Image] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    attached: set[str] = field(default_factory=set)  # their addresses


def compose(blocks: list[Block], portal: Portal, base: str, lead: str | None, *, complete: bool = True) -> Content:
    """The content of an article.

    `lead` is what the platform's own place for it says; without one, a first block that is set apart is the lead.
    `base` is what addresses are relative to. Of an article that is not `complete` the last block may be cut off in the
    middle: see `_without_ragged_end`.
    """
    content = Content(lead=lead)
    kept = blocks if complete else _without_ragged_end(blocks, content)
    kept = _take_attachments(kept, content, portal, base)
    if complete:
        kept = _take_sign_off(kept, content)
    kept = _take_images(kept, content, portal, base)
    if complete and content.lead is None and kept and is_lead(kept[0], kept[1:]):
        content.lead = _in_one_line(kept.pop(0))
    content.body = "\n\n".join(block.text for block in kept) or None
    return content


def add_sign_off(content: Content, lines: Iterable[str]) -> None:
    """Take the author from lines around the body, if the body itself is not signed."""
    if content.author is None:
        content.author, content.author_raw = signature([line for line in lines if sign_off(line)])


def add_attachments(content: Content, links: Iterable[tuple[str, str]], portal: Portal) -> None:
    """Add linked documents (absolute address, label), each once."""
    for url, label in links:
        address = tidy(portal, url)
        if is_document(address) and address not in content.attached:
            content.attached.add(address)
            content.attachments.append(Attachment(address, label))


def _take_attachments(blocks: list[Block], content: Content, portal: Portal, base: str) -> list[Block]:
    """Linked documents; blocks that hold nothing else, and their labels, are not body."""
    kept: list[Block] = []
    for block in blocks:
        links = [(absolute(base, link.href), link.label) for link in block.links]
        documents = [(url, label) for url, label in links if is_document(tidy(portal, url))]
        add_attachments(content, documents, portal)
        if not documents or not _says_nothing_else(block, [label for _, label in documents]):
            kept.append(block)
        elif kept and is_attachment_label(kept[-1].text):
            kept.pop()
    return kept


def _says_nothing_else(block: Block, labels: list[str]) -> bool:
    text = block.text.replace("\n", " ")
    others, done = [], 0
    for label in labels:
        place = text.find(label, done)
        if place >= 0:
            others.append(text[done:place])
            done = place + len(label)
    rest = " ".join(" ".join((*others, text[done:])).split()).strip(" -–•|;,.()[]+*>»")
    return not rest or is_attachment_label(rest)


def _take_sign_off(blocks: list[Block], content: Content) -> list[Block]:
    blocks = sign_offs_apart(blocks)
    signing = signing_blocks(blocks)
    content.author, content.author_raw = signature([block.text for block in signing])
    return [block for block in blocks if block not in signing]


def _take_images(blocks: list[Block], content: Content, portal: Portal, base: str) -> list[Block]:
    """Pictures with their captions; what is a caption is not body."""
    found = captions(blocks)
    for place, block in enumerate(blocks):
        for source in block.pictures:
            caption = found.get(place)
            address = tidy(portal, absolute(base, source))
            content.images.append(Image(address, _in_one_line(caption) if caption else None))
    taken = {id(caption) for caption in found.values()}
    return [block for block in blocks if block.text and id(block) not in taken]


def _without_ragged_end(blocks: list[Block], content: Content) -> list[Block]:
    """Of an article that is cut off, only what would read the same if the rest were there.

    The last word may be half a word; a short last block may be half a caption or half a sign-off, a last picture may
    lack its caption, a table its second row, a sign-off may have stood in the middle.
    """
    if content.lead is None and not can_tell(blocks):
        return []
    kept = list(blocks)
    if content.lead is None and is_lead(blocks[0], blocks[1:-1] or blocks[1:]):
        content.lead = _in_one_line(kept.pop(0))
    if kept and kept[-1].text:
        last = kept[-1]
        last.text = _without_half_a_word(last.text)
        if len(last.text) <= LONGEST_STYLED or last.is_data:
            kept.pop()
    kept = _up_to_sign_off(kept)
    while kept and _is_loose_end(kept):
        kept.pop()
    return kept


def _is_loose_end(blocks: list[Block]) -> bool:
    """Whether what follows may tell that a last block is no body: a picture, a name, a list's heading."""
    last = blocks[-1]
    if last.pictures or (last.style.cell is not None and len(last.text) <= _LONGEST_CELL):
        return True
    return bool(is_attachment_label(last.text) or list_heading(last.text) or ends_with_name(blocks))


def _without_half_a_word(text: str) -> str:
    """A text without its last word, and without its last line if that may become a sign-off."""
    whole, _, last = text.rpartition("\n")
    return whole if whole and len(last) <= LONGEST_SIGN_OFF else text.rpartition(" ")[0]


def _up_to_sign_off(blocks: list[Block]) -> list[Block]:
    for place, block in enumerate(blocks):
        if is_of_picture(blocks, place):
            continue
        lines = block.text.split("\n")
        unsigned = lines_unsigned(block.text) if block.text and not block.is_data else len(lines)
        if unsigned < len(lines):
            above = replace(block, text="\n".join(lines[:unsigned]))
            return [*blocks[:place], above] if unsigned else blocks[:place]
    return blocks


def _in_one_line(block: Block) -> str:
    return " ".join(block.text.split("\n"))
