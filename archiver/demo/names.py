"""Invented people and places of thị xã An Thuận, tỉnh Hải Dương Đông, and the numbers that news speaks of."""

from __future__ import annotations

from random import Random

SITE_NAME = "CỔNG THÔNG TIN ĐIỆN TỬ THỊ XÃ AN THUẬN"

WARDS = (
    "phường Đông Lạc",
    "phường Bến Sậy",
    "phường Phố Mía",
    "phường Cầu Ngói",
    "xã Tân Khê",
    "xã Minh Hà",
    "xã Vạn Lộc",
    "xã Yên Trạch",
    "xã Hòa Bãi",
    "xã Cẩm Đê",
    "xã Quảng Nội",
    "xã Bình Sa",
    "xã Thanh Duệ",
)
FAMILY_NAMES = ("Đặng", "Lưu", "Tống", "Mạc", "Phùng", "Quách", "Ninh", "Đoàn", "Lã", "Khúc", "Trịnh", "Vũ", "Bùi")
GIVEN_NAMES = (
    "Văn Lành",
    "Đình Khoát",
    "Hữu Mẫu",
    "Quang Duệ",
    "Văn Thoại",
    "Minh Quyết",
    "Hữu Tựu",
    "Đình Khiêm",
    "Quang Bách",
    "Thị Hảo",
    "Thị Sen",
    "Thu Nhạn",
    "Ngọc Thục",
    "Thanh Yến",
    "Thị Lệ",
    "Hồng Vinh",
)
OFFICES = (
    "Bí thư Thị ủy",
    "Phó Bí thư Thường trực Thị ủy",
    "Phó Bí thư Thị ủy, Chủ tịch UBND thị xã",
    "Phó Chủ tịch HĐND thị xã",
    "Phó Chủ tịch UBND thị xã",
    "Trưởng Ban Tuyên giáo Thị ủy",
    "Trưởng Ban Dân vận Thị ủy",
    "Chủ tịch Ủy ban MTTQ Việt Nam thị xã",
    "Trưởng phòng Kinh tế thị xã",
    "Trưởng phòng Văn hóa và Thông tin thị xã",
    "Chỉ huy trưởng Ban Chỉ huy Quân sự thị xã",
    "Phó Trưởng Công an thị xã",
)
PHOTOGRAPHED = (
    "Các đại biểu dự hội nghị",
    "Các đại biểu dự hộ nghị",
    "Quang cảnh buổi lễ",
    "Đồng chí {ten}, {chuc} phát biểu chỉ đạo",
    "Người dân {xa} tham gia dọn vệ sinh đường làng, ngõ xóm",
    "Lãnh đạo thị xã tặng hoa chúc mừng",
    "Đoàn công tác kiểm tra thực tế tại {xa}",
    "Bà {ten} (bên phải) trao quà cho các hộ gia đình ở {xa}",
    "Trao giấy khen cho các tập thể, cá nhân có thành tích xuất sắc",
)
SIGNERS = ("Tin, ảnh: {ten}", "Bài, ảnh: {ten}", "Nguồn: Đài Truyền thanh thị xã", "Nguồn: Ban Tuyên giáo Thị ủy")


def person(dice: Random) -> str:
    """A name that nobody is known to bear.

    >>> person(Random(3)).count(" ")
    2
    """
    return f"{dice.choice(FAMILY_NAMES)} {dice.choice(GIVEN_NAMES)}"


def decimal(dice: Random, low: float, high: float) -> str:
    """A number with a Vietnamese decimal comma."""
    return f"{dice.uniform(low, high):.1f}".replace(".", ",")


class Fillings(dict[str, str]):
    """What stands in a phrase's braces: chosen once where the story keeps to it, by chance elsewhere."""

    def __init__(self, dice: Random, kept: dict[str, str]) -> None:
        super().__init__(kept)
        self.dice = dice

    def __missing__(self, key: str) -> str:
        dice = self.dice
        match key:
            case "ten":
                return person(dice)
            case "chuc":
                return dice.choice(OFFICES)
            case "nguoi":
                return f"đồng chí {person(dice)}, {dice.choice(OFFICES)}"
            case "xa":
                return dice.choice(WARDS)
            case "so":
                return str(dice.randint(2, 48))
            case "tram":
                return str(dice.randint(105, 990))
            case "pt":
                return decimal(dice, 2, 99)
            case "ty":
                return decimal(dice, 1.1, 180)
        raise KeyError(key)


def fill(phrase: str, fillings: Fillings) -> str:
    """A phrase with its braces filled.

    >>> fill("Nhân dân {noi}", Fillings(Random(1), {"noi": "xã Tân Khê"}))
    'Nhân dân xã Tân Khê'
    """
    return phrase.format_map(fillings)
