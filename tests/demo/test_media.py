"""Photos and documents are real files, always the same."""

import zlib
from io import BytesIO
from struct import unpack
from zipfile import ZipFile

from archiver.demo.jpeg import jpeg
from archiver.demo.media import media, png
from archiver.demo.scene import scene


def media_size(file):
    """Width and height, as a PNG and a JPEG tell them."""
    if file.startswith(b"\x89PNG"):
        return unpack(">II", file[16:24])
    frame = file.index(b"\xff\xc0")
    return unpack(">HH", file[frame + 5 : frame + 9])[::-1]


def test_addresses_of_truth_answer_with_files(calm):
    for truth in calm.truth().stories:
        for url, _ in (*truth.images, *truth.attachments):
            response = calm.respond("GET", url)
            assert response.status == 200
            assert response.body == calm.respond("GET", url).body
            assert not response.header("Content-Type").startswith("text/html")


def test_pictures_are_large_enough_to_be_looked_at_and_few_bytes():
    for extension in ("png", "jpg"):
        file = media(f"/portal/photos/2021-01/mot.{extension}")
        assert media_size(file) == (480, 320)
        assert len(file) < 20_000
        assert file != media(f"/portal/photos/2021-01/hai.{extension}"), "each address has bytes of its own"


def test_png_unpacks_to_its_pixels():
    file = png(scene(3), b"drei")
    assert file.startswith(b"\x89PNG\r\n\x1a\n")
    assert file.endswith(b"IEND\xaeB`\x82")
    start = file.index(b"IDAT")
    (length,) = unpack(">I", file[start - 4 : start])
    assert zlib.decompress(file[start + 4 : start + 4 + length]) == b"".join(b"\0" + row for row in scene(3).rows)


def test_jpeg_segments_add_up():
    file, at, markers = jpeg(scene(3), b"drei"), 2, []
    while file[at + 1] != 0xDA:
        markers.append(file[at + 1])
        at += 2 + unpack(">H", file[at + 2 : at + 4])[0]
    assert markers == [0xFE, 0xDB, 0xC0, 0xC4, 0xC4]
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
