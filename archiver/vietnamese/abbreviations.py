"""Abbreviations of local government, as titles write them, and what they stand for. Signs between words do not count.

They widen a search, they never change a text. One that stands for several things is asked for with all of them. What
stands for one thing alone is looked for by its full words too, unless it reads as a word itself (CA, TU), or is a mark
in the numbers of documents (1051/QĐ-UBND), where every other document would be found.
"""

from __future__ import annotations

BODIES: dict[str, tuple[str, ...]] = {
    "UBND": ("Ủy ban nhân dân",),
    "HĐND": ("Hội đồng nhân dân",),
    "UBMTTQ": ("Ủy ban Mặt trận Tổ quốc",),
    "MTTQ": ("Mặt trận Tổ quốc",),
    "UBKT": ("Ủy ban Kiểm tra",),
    "UBTVQH": ("Ủy ban Thường vụ Quốc hội",),
    "ĐBQH": ("Đại biểu Quốc hội",),
    "VKSND": ("Viện Kiểm sát nhân dân",),
    "TAND": ("Tòa án nhân dân",),
    "BCH": ("Ban Chấp hành", "Ban Chỉ huy", "Bộ Chỉ huy"),
    "BCHQS": ("Ban Chỉ huy Quân sự", "Bộ Chỉ huy Quân sự"),
    "BTV": ("Ban Thường vụ",),
    "BTC": ("Ban Tổ chức", "Bộ Tài chính"),
    "BTG": ("Ban Tuyên giáo",),
    "BDV": ("Ban Dân vận",),
    "BCĐ": ("Ban Chỉ đạo",),
    "BQL": ("Ban Quản lý",),
    "BĐD": ("Ban Đại diện",),
    "PCT": ("Phó Chủ tịch",),
    "BTXH": ("Bảo trợ xã hội",),
    "TU": ("Tỉnh ủy", "Thành ủy", "Thị ủy", "Trung ương"),
    "TW": ("Trung ương",),
    "HU": ("Huyện ủy",),
    "ĐU": ("Đảng ủy",),
    "CCB": ("Cựu chiến binh",),
    "CTĐ": ("Chữ thập đỏ",),
    "ĐTN": ("Đoàn Thanh niên",),
    "ĐVTN": ("Đoàn viên thanh niên",),
    "LHPN": ("Liên hiệp Phụ nữ",),
    "LĐLĐ": ("Liên đoàn Lao động",),
    "HTX": ("Hợp tác xã",),
    "DN": ("Doanh nghiệp",),
    "CA": ("Công an",),
    "QS": ("Quân sự",),
    "THCS": ("Trung học cơ sở",),
    "THPT": ("Trung học phổ thông",),
    "GDTX": ("Giáo dục thường xuyên",),
    "TT": ("Thị trấn", "Trung tâm", "Thông tư", "Thông tin", "Thường trực"),
    "TTYT": ("Trung tâm Y tế",),
    "TTHC": ("Thủ tục hành chính",),
    "TTHCC": ("Trung tâm hành chính công", "Trung tâm phục vụ hành chính công"),
}
"""Bodies, associations, schools."""

PLACES: dict[str, tuple[str, ...]] = {
    "TP": ("Thành phố",),
    "TX": ("Thị xã",),
    "KCN": ("Khu công nghiệp",),
    "CCN": ("Cụm công nghiệp",),
    "KDC": ("Khu dân cư",),
    "TDP": ("Tổ dân phố",),
    "QL": ("Quốc lộ",),
    "ĐT": ("Đường tỉnh",),
    "ĐH": ("Đường huyện", "Đại học", "Đại hội"),
}
"""Places and roads."""

MATTERS: dict[str, tuple[str, ...]] = {
    "GPMB": ("Giải phóng mặt bằng",),
    "NTM": ("Nông thôn mới",),
    "OCOP": ("Mỗi xã một sản phẩm",),
    "QSDĐ": ("Quyền sử dụng đất",),
    "GCNQSDĐ": ("Giấy chứng nhận quyền sử dụng đất",),
    "BHXH": ("Bảo hiểm xã hội",),
    "BHYT": ("Bảo hiểm y tế",),
    "BHTN": ("Bảo hiểm thất nghiệp",),
    "ATTP": ("An toàn thực phẩm",),
    "VSATTP": ("Vệ sinh an toàn thực phẩm",),
    "ATGT": ("An toàn giao thông",),
    "ANTT": ("An ninh trật tự",),
    "ANQP": ("An ninh quốc phòng",),
    "QPAN": ("Quốc phòng an ninh",),
    "QP-AN": ("Quốc phòng an ninh",),
    "KTXH": ("Kinh tế xã hội",),
    "KT-XH": ("Kinh tế xã hội",),
    "PCCC": ("Phòng cháy chữa cháy",),
    "PCTT": ("Phòng chống thiên tai",),
    "TKCN": ("Tìm kiếm cứu nạn",),
    "NVQS": ("Nghĩa vụ quân sự",),
    "TDTT": ("Thể dục thể thao",),
    "VHTT": ("Văn hóa thông tin", "Văn hóa thể thao"),
    "CCHC": ("Cải cách hành chính",),
    "CĐS": ("Chuyển đổi số",),
    "CNTT": ("Công nghệ thông tin",),
    "GD&ĐT": ("Giáo dục và Đào tạo",),
    "GDĐT": ("Giáo dục và Đào tạo",),
    "LĐTBXH": ("Lao động Thương binh và Xã hội",),
    "TNMT": ("Tài nguyên và Môi trường", "Tài nguyên môi trường"),
    "TN&MT": ("Tài nguyên và Môi trường", "Tài nguyên môi trường"),
    "NNPTNT": ("Nông nghiệp và Phát triển nông thôn",),
    "CBCCVC": ("Cán bộ công chức viên chức",),
    "CBCC": ("Cán bộ công chức",),
    "CNVCLĐ": ("Công nhân viên chức lao động",),
    "KHKT": ("Khoa học kỹ thuật",),
    "DSKHHGĐ": ("Dân số kế hoạch hóa gia đình",),
    "XDCB": ("Xây dựng cơ bản",),
    "TNXP": ("Thanh niên xung phong",),
    "ANND": ("An ninh nhân dân",),
    "QĐND": ("Quân đội nhân dân",),
    "CAND": ("Công an nhân dân",),
}
"""What is dealt with."""

DOCUMENTS: dict[str, tuple[str, ...]] = {
    "KH": ("Kế hoạch",),
    "QĐ": ("Quyết định",),
    "NQ": ("Nghị quyết",),
    "CT": ("Chỉ thị", "Chủ tịch", "Chương trình"),
    "NĐ": ("Nghị định",),
    "TB": ("Thông báo", "Thương binh"),
    "BC": ("Báo cáo",),
    "CV": ("Công văn",),
    "HD": ("Hướng dẫn",),
    "TTr": ("Tờ trình",),
    "CP": ("Chính phủ",),
}
"""Kinds of documents; the marks of their numbers."""

ABBREVIATIONS: dict[str, tuple[str, ...]] = BODIES | PLACES | MATTERS | DOCUMENTS
