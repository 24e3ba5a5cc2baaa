"""What the letters in the number of an official document stand for: `1051/QĐ-UBND`, `15-NQ/TU`.

The State's codes are those of Nghị định 30/2020/NĐ-CP (phụ lục III) and of Luật Ban hành văn bản quy phạm pháp luật,
the Party's those of Hướng dẫn 36-HD/VPTW, and a few that are older or customary. A code with several meanings has them
all: which one is meant, only the words beside the number can say.
"""

from __future__ import annotations

from archiver.vietnamese.text import fold

Meanings = tuple[str, ...]

# By the State's rules. Where a Party number means something else by a code, PARTY_KINDS says what.
KINDS: dict[str, Meanings] = {
    "NQ": ("Nghị quyết",), "NQLT": ("Nghị quyết liên tịch",), "QĐ": ("Quyết định",), "CT": ("Chỉ thị",),
    "QC": ("Quy chế",), "QyĐ": ("Quy định",), "QĐi": ("Quy định",), "TC": ("Thông cáo",), "TB": ("Thông báo",),
    "HD": ("Hướng dẫn",), "CTr": ("Chương trình",), "KH": ("Kế hoạch",), "PA": ("Phương án",), "ĐA": ("Đề án",),
    "DA": ("Dự án", "Đề án"), "BC": ("Báo cáo",), "BB": ("Biên bản",), "TTr": ("Tờ trình",), "CĐ": ("Công điện",),
    "GM": ("Giấy mời",), "GUQ": ("Giấy ủy quyền",), "PC": ("Phiếu chuyển",), "CV": ("Công văn",), "KL": ("Kết luận",),
    "NĐ": ("Nghị định",), "TT": ("Thông tư",), "TTLT": ("Thông tư liên tịch",), "VBHN": ("Văn bản hợp nhất",),
    "L": ("Lệnh",), "SL": ("Sắc lệnh",), "CTPH": ("Chương trình phối hợp",), "QCPH": ("Quy chế phối hợp",),
    "KHPH": ("Kế hoạch phối hợp",), "CTHĐ": ("Chương trình hành động",), "CTrHĐ": ("Chương trình hành động",),
    "QĐLT": ("Quyết định liên tịch",),
}  # fmt: skip

# "37-QĐ/TW" is a quy định, "1051-QĐ/TU" a quyết định.
PARTY_KINDS: dict[str, Meanings] = {
    "QĐ": ("Quyết định", "Quy định"), "QĐNS": ("Quyết định",), "TT": ("Thông tri",),
}  # fmt: skip

# Numbers of the National Assembly carry no kind: "68/2020/QH14" is a law, "43/2022/QH15" a resolution.
ASSEMBLY_KINDS: dict[str, Meanings] = {
    "QH": ("Bộ luật", "Luật", "Nghị quyết", "Hiến pháp"),
    "UBTVQH": ("Pháp lệnh", "Nghị quyết"),
}

OFFICIAL_LETTER = "CV"  # what a number without a kind is: "1234/UBND-VX"
JOINT_KINDS = frozenset(("TTLT", "NQLT", "CTPH", "QCPH", "KHPH", "QĐLT"))

ISSUERS: dict[str, Meanings] = {
    "UBND": ("Ủy ban nhân dân",), "UB": ("Ủy ban nhân dân",), "CTUBND": ("Chủ tịch Ủy ban nhân dân",),
    "VPUBND": ("Văn phòng Ủy ban nhân dân",), "VPUB": ("Văn phòng Ủy ban nhân dân",),
    "HĐND": ("Hội đồng nhân dân",), "TTHĐND": ("Thường trực Hội đồng nhân dân",),
    "VPHĐND": ("Văn phòng Hội đồng nhân dân",), "VP": ("Văn phòng",),
    "CP": ("Chính phủ",), "TTg": ("Thủ tướng Chính phủ",), "VPCP": ("Văn phòng Chính phủ",),
    "HĐBT": ("Hội đồng Bộ trưởng",), "CTN": ("Chủ tịch nước",), "QH": ("Quốc hội",), "VPQH": ("Văn phòng Quốc hội",),
    "UBTVQH": ("Ủy ban Thường vụ Quốc hội",), "TTCP": ("Thanh tra Chính phủ",), "NHNN": ("Ngân hàng Nhà nước",),
    "KTNN": ("Kiểm toán Nhà nước",), "TANDTC": ("Tòa án nhân dân tối cao",), "UBDT": ("Ủy ban Dân tộc",),
    "VKSNDTC": ("Viện kiểm sát nhân dân tối cao",), "BHXH": ("Bảo hiểm xã hội",),
    "HĐBCQG": ("Hội đồng bầu cử quốc gia",),
    "BNV": ("Bộ Nội vụ",), "BTC": ("Bộ Tài chính", "Ban Tổ chức"), "BYT": ("Bộ Y tế",), "BTP": ("Bộ Tư pháp",),
    "BTNMT": ("Bộ Tài nguyên và Môi trường",), "BNNMT": ("Bộ Nông nghiệp và Môi trường",), "BXD": ("Bộ Xây dựng",),
    "BGDĐT": ("Bộ Giáo dục và Đào tạo",), "BGD&ĐT": ("Bộ Giáo dục và Đào tạo",), "BCA": ("Bộ Công an",),
    "BQP": ("Bộ Quốc phòng",), "BCT": ("Bộ Công Thương",), "BGTVT": ("Bộ Giao thông vận tải",),
    "BTTTT": ("Bộ Thông tin và Truyền thông",), "BVHTTDL": ("Bộ Văn hóa, Thể thao và Du lịch",),
    "BKHĐT": ("Bộ Kế hoạch và Đầu tư",), "BKHCN": ("Bộ Khoa học và Công nghệ",), "BNG": ("Bộ Ngoại giao",),
    "BLĐTBXH": ("Bộ Lao động - Thương binh và Xã hội",), "BDTTG": ("Bộ Dân tộc và Tôn giáo",),
    "BNNPTNT": ("Bộ Nông nghiệp và Phát triển nông thôn",), "BNN": ("Bộ Nông nghiệp và Phát triển nông thôn",),
    "SNV": ("Sở Nội vụ",), "STC": ("Sở Tài chính",), "SYT": ("Sở Y tế",), "STP": ("Sở Tư pháp",),
    "STNMT": ("Sở Tài nguyên và Môi trường",), "SGDĐT": ("Sở Giáo dục và Đào tạo",), "SXD": ("Sở Xây dựng",),
    "SCT": ("Sở Công Thương",), "SGTVT": ("Sở Giao thông vận tải",), "STTTT": ("Sở Thông tin và Truyền thông",),
    "SVHTTDL": ("Sở Văn hóa, Thể thao và Du lịch",), "SKHĐT": ("Sở Kế hoạch và Đầu tư",),
    "SKHCN": ("Sở Khoa học và Công nghệ",), "SLĐTBXH": ("Sở Lao động - Thương binh và Xã hội",),
    "SNN": ("Sở Nông nghiệp và Phát triển nông thôn",), "SNNMT": ("Sở Nông nghiệp và Môi trường",),
    "SNNPTNT": ("Sở Nông nghiệp và Phát triển nông thôn",), "PGDĐT": ("Phòng Giáo dục và Đào tạo",),
    "PNV": ("Phòng Nội vụ",), "TTr": ("Thanh tra",), "BCĐ": ("Ban Chỉ đạo",), "BQL": ("Ban Quản lý",),
    "BCH": ("Ban Chỉ huy", "Ban Chấp hành"), "UBBC": ("Ủy ban bầu cử",), "CA": ("Công an",),
    "MTTQ": ("Mặt trận Tổ quốc Việt Nam",), "UBMTTQ": ("Ủy ban Mặt trận Tổ quốc Việt Nam",),
    "UBMT": ("Ủy ban Mặt trận Tổ quốc Việt Nam",), "LĐLĐ": ("Liên đoàn Lao động",), "HND": ("Hội Nông dân",),
    "HCCB": ("Hội Cựu chiến binh",), "HLHPN": ("Hội Liên hiệp Phụ nữ",),
    # The Party's. TU and ThU stand for two levels of towns each, TW for everything that meets in Hà Nội.
    "TW": ("Trung ương Đảng",), "TƯ": ("Trung ương Đảng",), "TU": ("Tỉnh ủy", "Thành ủy"),
    "ThU": ("Thị ủy", "Thành ủy"),
    "HU": ("Huyện ủy",), "QU": ("Quận ủy",), "ĐU": ("Đảng ủy",), "ĐUK": ("Đảng ủy Khối",), "CB": ("Chi bộ",),
    "ĐH": ("Đại hội",), "QUTW": ("Quân ủy Trung ương",), "VPTW": ("Văn phòng Trung ương Đảng",),
    "VPTU": ("Văn phòng Tỉnh ủy", "Văn phòng Thành ủy"), "BTGTW": ("Ban Tuyên giáo Trung ương",),
    "BTCTW": ("Ban Tổ chức Trung ương",), "UBKTTW": ("Ủy ban Kiểm tra Trung ương",),
    "BDVTW": ("Ban Dân vận Trung ương",),
    "BTGTU": ("Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Thành ủy"), "UBKT": ("Ủy ban Kiểm tra",),
    "BTCTU": ("Ban Tổ chức Tỉnh ủy", "Ban Tổ chức Thành ủy"), "BTG": ("Ban Tuyên giáo",), "BDV": ("Ban Dân vận",),
    "BTGHU": ("Ban Tuyên giáo Huyện ủy",), "BTCHU": ("Ban Tổ chức Huyện ủy",),
    "UBKTTU": ("Ủy ban Kiểm tra Tỉnh ủy", "Ủy ban Kiểm tra Thành ủy"), "UBKTHU": ("Ủy ban Kiểm tra Huyện ủy",),
}  # fmt: skip
PARTY = frozenset(code for code in ISSUERS if code.endswith(("TW", "TƯ", "TU", "HU", "ĐU", "ĐUK", "QU", "CB", "ThU")))
# "12/KH-BTC" is of whoever organizes something; but there is only one BTC that makes law.
BY_PARTY: dict[str, Meanings] = {"BTC": ("Ban Tổ chức",)}
BY_LAW: dict[str, Meanings] = {"BTC": ("Bộ Tài chính",)}

# Licences, certificates, contracts, invoices: numbers of the same shape that are no documents of an authority's own.
NO_DOCUMENTS = frozenset(
    ("GP", "GPXD", "GPXB", "GPHĐ", "GPLĐ", "GCN", "CN", "HĐ", "HĐKT", "HĐLĐ", "HĐMB", "HĐXD", "ĐKKD", "TK", "HS", "XD")
)


def kind_code(letters: str) -> str | None:
    """A kind's code as `KINDS` has it: letter case aside, with the strokes that a typist left out; null for any other.

    >>> kind_code("qd"), kind_code("HD"), kind_code("HĐ")
    ('QĐ', 'HD', None)
    """
    return _KINDS_AS_TYPED.get(_capitals(letters))


def issuer_code(letters: str) -> str | None:
    """An issuer's code as `ISSUERS` has it; the number of a term or of a committee is no part of it.

    >>> issuer_code("hdnd"), issuer_code("THU"), issuer_code("QH14"), issuer_code("BCĐ389")
    ('HĐND', 'ThU', 'QH', 'BCĐ')
    """
    return _ISSUERS_AS_TYPED.get(_capitals(letters).rstrip("0123456789"))


def is_no_document(letters: str) -> bool:
    """Whether a code says that the number is a licence's, a contract's …"""
    return _capitals(letters) in NO_DOCUMENTS


def with_stroke(letters: str) -> str:
    """One letter Đ instead of the two that look like it."""
    return letters.translate(_LOOK_LIKE_D_WITH_STROKE)


def _capitals(letters: str) -> str:
    return with_stroke(letters.upper())


def _as_typed(codes: dict[str, Meanings]) -> dict[str, str]:
    """Every form a code is typed in; where leaving out a stroke makes another code, it is that one."""
    return {fold(code).upper(): code for code in codes} | {code.upper(): code for code in codes}


_LOOK_LIKE_D_WITH_STROKE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_KINDS_AS_TYPED = _as_typed(KINDS | PARTY_KINDS)
_ISSUERS_AS_TYPED = _as_typed(ISSUERS)
