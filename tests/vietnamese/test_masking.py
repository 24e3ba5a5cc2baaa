"""Numbers that name a person are masked, and all other figures stay: made-up cases of both."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.vietnamese.masking import MASK, blotted, found_again, found_in, found_in_address, masked
from tests.waiting import toil_within

# In each text, what stands in ⟦ ⟧ is to be masked, and nothing else.
TO_MASK = """
CMND số ⟦145678912⟧ do Công an tỉnh Hưng Yên cấp
Số CMND: ⟦145 678 912⟧, cấp ngày 12/03/2012
chứng minh nhân dân số ⟦145.678.912⟧
Chứng minh thư số: ⟦145-678-912⟧
CMTND ⟦012345678⟧
CMT: ⟦168901234⟧, quê quán An Thuận
CCCD số ⟦033085001234⟧
CCCD: ⟦033 085 001 234⟧
căn cước công dân số ⟦033.085.001.234⟧
thẻ căn cước số ⟦033185009876⟧ cấp ngày 10.05.2021
Số định danh cá nhân: ⟦033085001234⟧
số định danh ⟦0330 8500 1234⟧
Số CCCD/CMND: ⟦033085001234⟧/⟦145678912⟧
CMND/CCCD số ⟦145678912⟧ (cũ), ⟦033085001234⟧ (mới)
Ông Nguyễn Văn A, ⟦145678912⟧, hộ khẩu thường trú tại thôn Đông
Bà Trần Thị B (⟦033085001234⟧) trúng tuyển
1. Lê Văn C – ⟦034090123456⟧ – thôn Đoài
mã công dân ⟦001099012345⟧.
CMND:⟦145678912⟧
CMND⟦145678912⟧
số⟦033085001234⟧
giấy chứng minh nhân dân của ông là ⟦145 678 912⟧
Căn cước của bà Hoa, số ⟦033 185 009 876⟧, còn hạn
cccd ⟦０３３０８５００１２３４⟧
CMND số ⟦14567891⟧ (thiếu một số)
⟦033 085 001 234⟧
⟦012 345 678⟧ là số của ông Bình
Số: ⟦033.085.001.234⟧
chung minh nhan dan so ⟦145678912⟧
can cuoc cong dan so: ⟦033085001234⟧
CMND số: ⟦125000000⟧
Người nộp đơn: Phạm Thị D, ⟦987654321⟧
Nguyễn Văn E, CCCD ⟦033085001234⟧ ĐT ⟦0912345678⟧
ĐT: ⟦0912345678⟧
điện thoại ⟦0912 345 678⟧
Điện thoại: ⟦0912.345.678⟧
SĐT ⟦0912-345-678⟧
sđt: ⟦091 234 5678⟧
liên hệ anh Hùng ⟦0987 65 43 21⟧
di động ⟦03 6789 1234⟧?
Mời gọi ⟦0356789123⟧ để được hướng dẫn
số máy ⟦0701234567⟧
gọi ⟦0862345678⟧ (gặp chị Lan)
⟦+84912345678⟧
+⟦84 912 345 678⟧
(+⟦84) 912 345 678⟧
+⟦84 (0)912 345 678⟧
+⟦84-221-3942-225⟧
⟦0084912345678⟧
⟦84912345678⟧
Điện thoại: ⟦0221.3942225⟧
ĐT: (⟦0221) 3942.225⟧
Tel: ⟦0221 3 942 225⟧
Tel. ⟦0221-3942-225⟧
Fax: ⟦02213.942.225⟧
Văn phòng UBND thị xã, ⟦02213942225⟧
Hà Nội: ⟦024 3825 1234⟧
TP. Hồ Chí Minh: ⟦028.38251234⟧
máy bàn cũ ⟦04 38251234⟧
máy bàn ⟦04.3825.1234⟧
máy bàn ⟦08 3825 1234⟧
điện thoại ⟦0321 3942225⟧
điện thoại ⟦0321.394.2225⟧
đường dây nóng ⟦01234567890⟧
số cũ ⟦0168 345 6789⟧
ĐT: ⟦0912345678⟧ - ⟦0987654321⟧
ĐT: ⟦0912345678⟧/⟦0987654321⟧
ĐT: ⟦0912345678⟧,⟦0987654321⟧
ĐT ⟦0912 345 678⟧; ⟦0987 654 321⟧
ĐT⟦0912345678⟧ không có dấu cách thì ⟦0912345678⟧
ĐT: ⟦3942225⟧
Điện thoại cơ quan: ⟦3.942.225⟧
Điện thoại số ⟦3 942 225⟧ hoặc ⟦3 942 226⟧
Điện thoại: ⟦38251234⟧
hotline ⟦0912345678⟧gặp anh Dũng
zalo ⟦0912345678⟧
nhắn https://zalo.me/⟦0912345678⟧
1 ⟦0912345678⟧ Nguyễn Văn G
2023 ⟦0912345678⟧
đt ⟦0912 – 345 – 678⟧
số tài khoản ⟦2409205123456⟧ tại Agribank
Số tài khoản: ⟦2409 205 123456⟧
STK ⟦19012345678910⟧ Techcombank
STK: ⟦1020 1000 123456⟧, chủ tài khoản Nguyễn Văn H
TK số ⟦0011004123456⟧ - Vietcombank
Tài khoản số ⟦3713.0.1062456⟧ tại Kho bạc Nhà nước
tài khoản: ⟦3713.0.1062456.00000⟧
Số tài khoản của Quỹ “Vì người nghèo” thị xã An Thuận: ⟦371301062456⟧
số TK: ⟦123456⟧
chuyển khoản vào số tài khoản ⟦123-456-789⟧
so tai khoan ⟦0591000123456⟧
STK ⟦111222333⟧ hoặc ⟦44455566⟧
Tài khoản ngân hàng ⟦6868 6868 68⟧ (MB)
TK: ⟦0591.000.123.456⟧
số tài khoản ⟦1.234.567⟧
Ủng hộ 500.000 đồng qua STK ⟦888812345678⟧, nội dung: ung ho 2023
tài khoản số: ⟦100000000⟧, số tiền 5.000.000 đồng
""".strip().splitlines()

TO_KEEP = """
năm 2023
giai đoạn 2021-2025
nhiệm kỳ 2020 - 2025
từ 2015 2016 2017 2018 2019
ngày 28/12/2021
ngày 28-12-2021
ngày 28.12.2021
28 - 12 - 2021
ngày 05.06.2021 12 giờ
từ 01-05-2021 đến 05-06-2021
04.08.2021 2022
08/12/2021 9:24 SA
lúc 07 giờ 30 phút
202306091530
Hình 202312311159
1.500.000 đồng
125.000.000 đồng
125000000 đồng
123456789 đồng
145.678.912 đồng
145 678 912 đồng
1.234.567.890 đồng
12.345.678.901 đồng
1 234 567 890 đồng
500000000đ
123456789 VNĐ
123.456.789.000 đ
đạt 145.678.912 tỷ đồng
125.000.000.000 (đồng)
thu ngân sách đạt 987654321 trong tháng
kinh phí 123456789
tổng mức đầu tư 134567891234
trị giá 145 678 912
số tiền: 145678912 (đồng)
Số tiền 1.234.567,89
12.345.678 m2
123456789 m²
diện tích 123.456,7 ha
12.345.678 kg
1.234.567 người
2.345.678 người dân
1.234.567 cổ phiếu
0,912345678
3,141592653
1.0,5
tăng 0,123456789 điểm
Quyết định số 1051/QĐ-UBND
Quyết định 1051/QĐ-UBND ngày 05/6/2021
Nghị quyết số 15-NQ/TU
Thông tư 03/2022/TT-BTNMT
68/2020/QH14
số 30/2020/NĐ-CP
Công văn số 1234/UBND-VX
000.00.01.H31-230609-0012
H31.14-230609-0012
Mã hồ sơ: G22.99.12-230609-0012
thửa đất số 123, tờ bản đồ số 45
thửa 1234567
QL.5 km 24+500
Quốc lộ 39A
biển số 89A-123.45
89A1-234.56
tọa độ X=2312345.678, Y=567890.123
2312345.678 567890.123
vĩ độ 20.9345678
MST: 0900123456
Mã số thuế 0901234567
mã số doanh nghiệp 0900123456
tổng đài 1900 1234
gọi 18001091
gọi 113, 114 hoặc 115
đường dây nóng 1900 9095
12 345 678 910
125 130 142 155 160
5 10 15 20 25 30 35 40
100 200 300
12, 45, 678, 1.234
1.234 5.678 9.012
STT 1 2 3 4 5 6 7 8 9 10
giải A: 12-34-56-78
tỷ số 3-1, 2-0, 4-4
khóa 2021 - 2022, 2022 - 2023
điện thoại thông minh trị giá 12.500.000 đồng
hỗ trợ 1.500.000 điện thoại
phủ sóng điện thoại cho 1.234.567 người
điện thoại năm 2021 2022 2023
phát triển 2345678 thuê bao điện thoại
kích hoạt 123.456 tài khoản định danh
tài khoản định danh điện tử mức 2 đạt 145.678 hồ sơ
nộp vào tài khoản 5.000.000 đồng
tài khoản tiết kiệm 50.000.000 đồng
TK 111, TK 112, TK 331
Đã tạo tài khoản cho 1234567 lượt người
CMND cấp ngày 10.05.2021
CCCD cấp ngày 10-05-2021 tại Hưng Yên
căn cước cho 1.234 công dân
cấp được 98.765 thẻ căn cước công dân
sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
9f86d081884c7d659a2feaa0c55ad015
ab123456789cd
phiên bản 1.0.12345678
IMG_123456789.jpg
GCN 123456789/QSDĐ
BX 123456
xem https://anthuan.example/tin/123456789.html
ảnh tại https://anthuan.example/Upload/637123456789/a.jpg
7 1 2 3 4 5 6
01 02 2023 03
""".strip().splitlines()  # fmt: skip


def shown(text):
    return re.sub("[⟦⟧]", "", text)


def expected(text):
    return re.sub("⟦(.*?)⟧", lambda match: re.sub(r"\d", MASK, match[1]), text)


def test_there_are_cases_enough():
    assert sum(case.count("⟦") for case in TO_MASK) >= 80
    assert len(TO_KEEP) >= 80


@pytest.mark.parametrize("case", TO_MASK)
def test_a_number_that_names_a_person_is_masked(case):
    assert masked(shown(case)) == expected(case)


@pytest.mark.parametrize("text", TO_KEEP)
def test_other_figures_stay(text):
    assert masked(text) == text


TABLE = """
Danh sách trúng tuyển

STT | Họ và tên | Năm sinh | Số CCCD | Điện thoại | Số tiền (đồng)
1 | Nguyễn Văn A | 1985 | ⟦033 085 001 234⟧ | ⟦912 345 678⟧ | 145 678 912
2 | Trần Thị B | 1990 | ⟦145 678 912⟧ | ⟦3 942 225⟧ | 145678912
⟦033085001299⟧ | Lê Văn C | 1979 | ⟦145.678.912⟧ | ⟦0912345678⟧ | 1.500.000

Thôn | Số hộ | Diện tích
Đông | 145 678 912 | 234 567 891
""".strip()

SINGLE_CELLS = "Số CMND | ⟦145 678 912⟧\nSố tài khoản | ⟦12345678⟧\nDiện tích | 145 678 912"


@pytest.mark.parametrize("case", [TABLE, SINGLE_CELLS])
def test_in_a_table_the_head_of_the_column_says_what_a_number_is(case):
    assert masked(shown(case)) == expected(case)


@pytest.mark.parametrize(
    "case",
    [
        "Số tài khoản:\n⟦12345678⟧",
        "Số tài khoản:\n\n⟦1234567890⟧\nnăm 2023",
        "STK của thôn. Diện tích 12345678\n12345678",
        "Điện thoại:\n- ⟦3942225⟧",
        "Không có gì.\n3942225",
    ],
)
def test_a_word_at_the_end_of_a_line_speaks_of_the_next(case):
    assert masked(shown(case)) == expected(case)


@pytest.mark.parametrize("case", [*TO_MASK, TABLE, SINGLE_CELLS])
def test_what_is_masked_stays_as_it_is(case):
    once = masked(shown(case))
    assert masked(once) == once
    assert len(once) == len(shown(case))


@given(st.lists(st.sampled_from([*map(shown, TO_MASK), *TO_KEEP, "\n", "\n\n", " | ", ", ", "5", "12"]), max_size=6))
def test_whatever_stands_side_by_side_masking_twice_changes_nothing(pieces):
    text = "".join(pieces)
    once = masked(text)
    assert masked(once) == once
    assert re.sub(r"\d", "#", once).replace(MASK, "#") == re.sub(r"\d", "#", text).replace(MASK, "#")


def test_a_number_that_is_known_is_found_again_without_any_words():
    (known,) = {each.digits for each in found_in("STK: 19012345678910")}
    text = "Nội dung 190 1234 5678 910, mã 19012345678910"
    assert blotted(text, found_again(text, {known})) == "Nội dung ••• •••• •••• •••, mã ••••••••••••••"
    assert found_again("1234 19012345678911", {known}) == []


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        ("https://x.vn/tin/sdt-0912345678.aspx", "https://x.vn/tin/sdt-••••••••••.aspx"),
        ("https://x.vn/t%C3%ACm?q=0912%20345%20678", "https://x.vn/t%C3%ACm?q=••••%20•••%20•••"),
        ("https://x.vn/20230609-0912.345.678.jpg", "https://x.vn/20230609-••••.•••.•••.jpg"),
        ("https://x.vn/?ItemID=123456789", "https://x.vn/?ItemID=123456789"),
        ("https://x.vn/%20912345678", "https://x.vn/%20912345678"),
    ],
)
def test_in_addresses_only_known_numbers_are_masked(url, hidden):
    assert blotted(url, found_in_address(url, {"0912345678"})) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 60_000,
        "0912345678 " * 12_000,
        "0912345678" * 12_000,
        "12 | 0912345678 | " * 6_000,
        "tài khoản 1234567\n" * 6_000,
        "STT | CMND\n" + "1 | 145 678 912\n" * 6_000,
        "(" * 60_000 + "0912345678",
        "tai khoan " * 60_000 + "1234567",
        "1.234.567 " * 12_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text):
    with toil_within(5):
        masked(text)
