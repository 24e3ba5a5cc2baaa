"""XML as a stream of records, read without trust: no network, no DTD, no entities, and no more than so many bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from archiver.items import Problem
from archiver.reading.decoding import decode
from archiver.reading.lines import Element

LARGEST = 16 * 1024 * 1024  # bytes of a document, unpacked

_HEAD = 16 * 1024  # bytes in which a document's root stands
_GZIP = b"\x1f\x8b"
_PROLOG = re.compile(
    r"\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_DECLARED = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"\ufeff?\s*(?:<\?xml\b[^>]*\?>)?", re.IGNORECASE)
_DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

DECLARES_ENTITIES = Problem("feed", "it declares entities, and is not read")


@dataclass(slots=True)
class Document:
    """The text of an XML document, and what is wrong with it; more becomes known while its records are gone through."""

    text: str
    is_cut_off: bool = False
    problems: list[Problem] = field(default_factory=list)


def root_name(body: bytes) -> str | None:
    """The name of a document's root without its prefix, packed or not; null for what does not begin like XML.

    >>> root_name(b"<?xml version='1.0'?><!-- a --><rdf:RDF>"), root_name(b"Xin chao"), root_name(b"<rss/>")
    ('RDF', None, 'rss')
    """
    head, _ = _unpacked(body[:_HEAD], _HEAD)
    text = _as_utf_16(head) or head.decode("utf-8", "replace")
    root = _ROOT.match(text, _end_of_prolog(text))
    return root[1] if root else None


def document(body: bytes, content_type: str | None) -> Document:
    """A document's text, as far as it is read."""
    unpacked, is_cut_off = _unpacked(body, LARGEST)
    found = Document("", is_cut_off)
    if is_cut_off and len(unpacked) >= LARGEST:
        found.problems.append(Problem("feed", "it is larger than is read", f"{LARGEST} bytes"))
    text = _as_utf_16(unpacked)
    if text is None:
        text, problems, _ = decode(unpacked, _with_charset(unpacked, content_type))
        found.problems += problems
    if _DECLARES.search(text, 0, _end_of_prolog(text)):
        found.problems.append(DECLARES_ENTITIES)
    else:
        declaration = _DECLARATION.match(text)
        found.text = _NO_XML.sub("", text[declaration.end() if declaration else 0 :])
    return found


def records(found: Document, name: str) -> Iterator[Element]:
    """The elements of a name (without prefix) in reading order, each whole and gone once the next is asked for.

    Broken XML is read as far as that goes; of a document whose end is missing, a record that is not whole is left out.
    """
    text = _whole_records(found, name)
    if not text:
        return
    stream = etree.iterparse(
        BytesIO(text.encode()), events=("end",), tag=f"{{*}}{name}", encoding="utf-8",
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in stream:
            yield element
            _drop(element)
    except etree.XMLSyntaxError as error:
        _note(found, error.msg)
        return
    fatal = stream.error_log.filter_from_fatals()
    if len(fatal):
        _note(found, fatal[0].message)


def name_of(element: Element) -> str:
    """An element's name, whether its prefix was declared or not; "" for what is none, as an entity."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def words_of(element: Element | None) -> str:
    """What stands in an element and below it."""
    return "" if element is None else "".join(element.itertext())


def _whole_records(found: Document, name: str) -> str:
    """The text up to the end of its last whole record, where the end of the document is missing."""
    root = _ROOT.search(found.text)
    if root is None or re.search(rf"</(?:[\w.-]+:)?{root[1]}\s*>|^<[^>]*/>\s*$", found.text[root.start() :]):
        return found.text
    if not found.is_cut_off:
        found.is_cut_off = True
        found.problems.append(Problem("feed", "it is cut off"))
    ends = [end.end() for end in re.finditer(rf"</(?:[\w.-]+:)?{name}\s*>", found.text)]
    return found.text[: ends[-1]] if ends else ""


def _note(found: Document, message: str | None) -> None:
    if not found.is_cut_off:
        found.is_cut_off = True
        found.problems.append(Problem("feed", "it is no well-formed XML; what can be read of it is", message))


def _drop(element: Element) -> None:
    """Forget a record and what stood before it: of twenty thousand, one is held at a time."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _unpacked(body: bytes, most: int) -> tuple[bytes, bool]:
    """The bytes themselves, no more than so many, and whether any are missing."""
    if not body.startswith(_GZIP):
        return body[:most], len(body) > most
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(body, most)
    except zlib.error:
        return b"", True
    return found, not unpacking.eof


def _as_utf_16(body: bytes) -> str | None:
    """UTF-16 by its mark or by the nulls beside its first letters; null for what is none."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    charset = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(body[:2])
    return body.decode(charset, "replace") if charset else None


def _with_charset(body: bytes, content_type: str | None) -> str:
    """The media type with a charset: the header's, or the one that the document declares."""
    declared = _DECLARED.search(body[:_HEAD].decode("latin-1"))
    header = content_type or ""
    return header if "charset" in header.lower() or declared is None else f"{header}; charset={declared[1]}"


def _end_of_prolog(text: str) -> int:
    prolog = _PROLOG.match(text, 0, _HEAD)
    return prolog.end() if prolog else 0
