"""Photos and documents: small, real files that depend on nothing but their address."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import chain
from struct import pack
from zipfile import ZipFile, ZipInfo
from zlib import compress, crc32

from archiver.demo.jpeg import jpeg
from archiver.demo.scene import SCENES, Scene, scene

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def media_type(key: str) -> str | None:
    """The media type that an address ends in; null where it is no media file's."""
    return MEDIA_TYPES.get(key.rpartition(".")[2])


def media(key: str) -> bytes:
    """The file at an address."""
    number = crc32(key.encode())
    match key.rpartition(".")[2]:
        case "png":
            return png(scene(number % SCENES), b"%08x" % number)
        case "jpg":
            return jpeg(scene(number % SCENES), b"%08x" % number)
        case "pdf":
            return pdf(key.rpartition("/")[2])
    return docx(key.rpartition("/")[2])


def broken(key: str) -> bytes:
    """What is left of the file at an address, of which only the half was ever uploaded."""
    whole = media(key)
    return whole[: len(whole) // 2]


def is_broken(key: str) -> bool:
    """Whether a portal with faults has only half of a document."""
    return key.endswith(".docx") and crc32(key.encode()) % 3 == 0


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk."""
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))


def png(scene: Scene, comment: bytes = b"") -> bytes:
    """A scene as a file; by the comment, files of one scene differ."""
    header = pack(">IIBBBBB", len(scene.rows[0]), len(scene.rows), 8, 3, 0, 0, 0)
    parts = (
        chunk(b"IHDR", header),
        chunk(b"PLTE", bytes(chain.from_iterable(scene.palette))),
        chunk(b"tEXt", b"Comment\0" + comment),
        chunk(b"IDAT", compressed(scene)),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@cache
def compressed(scene: Scene) -> bytes:
    """Its pixels as a PNG has them."""
    return compress(b"".join(b"\0" + row for row in scene.rows))


def pdf(name: str) -> bytes:
    """A page that says the file's name, with a true cross-reference table."""
    text = b"BT /F1 12 Tf 40 100 Td (%s) Tj ET" % name.encode("ascii", "replace").translate(None, b"()\\")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    file, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return file + head + table + trailer


DOCX_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
}


def annex(name: str) -> str:
    """What a document says: of which decision it is the annex, by the number in its name."""
    number = int("".join(filter(str.isdigit, name.rpartition("phuluc")[2])) or 1)
    return (
        f"Phụ lục kèm theo Quyết định số {number}/QĐ-UBND ngày {number % 28 + 1:02}/{number % 12 + 1:02}/2022"
        " của Ủy ban nhân dân thị xã An Thuận"
    )


def docx(name: str) -> bytes:
    """A document of one paragraph."""
    made = BytesIO()
    with ZipFile(made, "w") as parts:
        for part, xml in DOCX_PARTS.items():
            parts.writestr(ZipInfo(part), '<?xml version="1.0" encoding="UTF-8"?>' + xml.replace("{text}", annex(name)))
    return made.getvalue()
