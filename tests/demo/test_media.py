"""Photos and documents are real files, always the same."""

import zlib
from io import BytesIO
from struct import unpack
from zipfile import ZipFile

from archiver.demo.media import jpeg, png


def test_addresses_of_truth_answer_with_files(calm):
    for truth in calm.truth().stories:
        for url, _ in (*truth.images, *truth.attachments):
            response = calm.respond("GET", url)
            assert response.status == 200
            assert response.body == calm.respond("GET", url).body
            assert not response.header("Content-Type").startswith("text/html")


def test_png_unpacks_to_its_pixels():
    file = png(0x123456, side=16)
    assert file.startswith(b"\x89PNG\r\n\x1a\n")
    assert file.endswith(b"IEND\xaeB`\x82")
    start = file.index(b"IDAT")
    (length,) = unpack(">I", file[start - 4 : start])
    assert zlib.decompress(file[start + 4 : start + 4 + length]) == (b"\0" + b"\x12\x34\x56" * 16) * 16


def test_jpeg_segments_add_up():
    file, at, markers = jpeg(77), 2, []
    while file[at + 1] != 0xDA:
        markers.append(file[at + 1])
        at += 2 + unpack(">H", file[at + 2 : at + 4])[0]
    assert markers == [0xDB, 0xC0, 0xC4, 0xC4]
    assert file.endswith(b"\xff\xd9")


def test_pdf_finds_its_objects(calm):
    file = calm.respond("GET", "/portal/VanBan/2021-01/d540e9f8da1ctb02.pdf").body
    xref = int(file.rsplit(b"startxref\n", 1)[1].split()[0])
    assert file[xref : xref + 4] == b"xref"
    offsets = [int(line[:10]) for line in file[xref:].splitlines() if line.endswith(b" n ")]
    assert [file[at : at + 7] for at in offsets] == [b"%d 0 obj" % n for n in range(1, 6)]


def test_docx_opens(calm):
    response = calm.respond("GET", "/portal/VanBan/2021-01/abcphuluc28.docx")
    assert "wordprocessingml" in response.header("Content-Type")
    assert "Quyết định số 28/QĐ-UBND" in ZipFile(BytesIO(response.body)).read("word/document.xml").decode()
