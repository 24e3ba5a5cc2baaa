"""What the portal publishes: frozen values, in the words that a person sees on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archiver.demo.addresses import absolute, article_path


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data; no cell is empty."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo between two paragraphs."""

    path: str  # "/portal/Photos/2023-02-11/106dffe2c1f7hoi-nghi%20(1).jpg"
    caption: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document linked below the text."""

    path: str  # "/portal/VanBan/2021-01/d540e9f8da1ctb02.pdf"
    label: str  # the link's visible text


Block = str | Table | Picture


@dataclass(frozen=True, slots=True)
class Story:
    r"""One article as its editors wrote it. All text is NFC with single spaces; "\n" is a line break."""

    slug: str  # "Thi-uy-danh-gia-cong-tac-tuyen-giaohvbq0096"
    section: str  # a key of `sections.SECTIONS`
    title: str
    lead: str | None
    paragraphs: tuple[Block, ...]
    sign_off: str | None  # "Tin, ảnh: Lê Văn Mẫu"
    attachments: tuple[Attachment, ...]
    listed_at: datetime  # aware, +07:00, whole minutes; its day is the one that the page prints

    @property
    def path(self) -> str:
        """The page's path, in NFC letters where the slug has any."""
        return article_path(self.slug, self.listed_at)

    @property
    def url(self) -> str:
        """The page's one address: absolute, percent-encoded from NFC."""
        return absolute(self.path)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The photos in reading order."""
        return tuple(block for block in self.paragraphs if isinstance(block, Picture))
