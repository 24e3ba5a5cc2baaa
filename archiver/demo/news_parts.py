"""What stands beside a story's text: photos, tables of figures, documents."""

from __future__ import annotations

from datetime import datetime
from random import Random
from urllib.parse import quote

from archiver.demo.names import PHOTOGRAPHED, WARDS, Fillings, fill
from archiver.demo.story import Attachment, Picture, Table

PHOTO_FILES = ("hoi-nghi.jpg", "1 (1).jpg", "z4406_chup.png", "IMG_2031.JPG", "anh-minh-hoa.jpg")
DOCUMENTS = (
    ("tb{}.pdf", "Thông báo số {} TB-UBND.pdf"),
    ("kh{}.pdf", "Kế hoạch số {}/KH-UBND"),
    ("phuluc{}.docx", "Phụ lục {} kèm theo.docx"),
    ("qd{}.pdf", "Quyết định {}/QĐ-UBND (bản ký số)"),
)


def pictures(index: int, fillings: Fillings, listed_at: datetime) -> list[Picture]:
    """No photo to three; most have a caption."""
    return [picture(fillings, listed_at) for _ in range((0, 1, 2, 0, 1, 3, 1)[index % 7])]


def picture(fillings: Fillings, listed_at: datetime) -> Picture:
    """A photo in the platform's folder of the day."""
    dice = fillings.dice
    path = (
        f"/portal/Photos/{listed_at:%Y-%m-%d}/{dice.randrange(16**12):012x}{quote(dice.choice(PHOTO_FILES), safe='()')}"
    )
    caption = fill(dice.choice(PHOTOGRAPHED), fillings) if dice.random() < 0.75 else None
    return Picture(path, caption)


def table(dice: Random) -> Table:
    """Figures by ward; every cell holds something."""
    head = ("STT", "Đơn vị", "Kế hoạch (ha)", "Thực hiện (ha)")
    wards = dice.sample(WARDS, dice.randint(3, 6))
    rows = ((str(i), ward, str(dice.randint(40, 200)), f"{dice.randint(20, 200)},5") for i, ward in enumerate(wards, 1))
    return Table((head, *rows))


def attachments(section: str, index: int, dice: Random, listed_at: datetime) -> tuple[Attachment, ...]:
    """Notices often carry a document, other news now and then."""
    wanted = dice.randint(0, 2) if section == "thong-bao" else int(index % 16 == 6)
    return tuple(attachment(dice, listed_at) for _ in range(wanted))


def attachment(dice: Random, listed_at: datetime) -> Attachment:
    """A document in the platform's folder of the month."""
    file, label = dice.choice(DOCUMENTS)
    number = dice.randint(11, 899)
    path = f"/portal/VanBan/{listed_at:%Y-%m}/{dice.randrange(16**12):012x}{file.format(number)}"
    return Attachment(path, label.format(number))
