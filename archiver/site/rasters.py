"""Which bytes are a picture that a browser only paints. What else a portal calls a picture (SVG, HTML) may act."""

from __future__ import annotations

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def raster_type(body: bytes) -> str | None:
    """The media type of a picture of pixels, by its bytes alone; null for everything else.

    >>> raster_type(bytes.fromhex("ffd8ffe0")), raster_type(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    ('image/jpeg', None)
    """
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for beginning, media_type in _BEGINNINGS if body.startswith(beginning)), None)
