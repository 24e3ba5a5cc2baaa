"""Date lines as portals print them, each family with what it says; and what must be refused."""

from datetime import date

import pytest

from archiver.vietnamese import dates
from archiver.vietnamese.dates import find_date, find_date_at_end, read_date_line
from archiver.vietnamese.machine_dates import read_machine_date

# (line, day, minute or null, what of the line is the date)
LINES = [
    ("Đăng ngày 28 - 12 - 2021", "2021-12-28", None, "Đăng ngày 28 - 12 - 2021"),
    ("Đăng ngày 17 - 05 - 2024", "2024-05-17", None, "Đăng ngày 17 - 05 - 2024"),
    ("Đăng ngày 18-03-2021 16:03", "2021-03-18", "16:03:00", "Đăng ngày 18-03-2021 16:03"),
    ("Ngày đăng: 08/07/2024  11:38", "2024-07-08", "11:38:00", "Ngày đăng: 08/07/2024 11:38"),
    ("Ngày đăng: 24/09/2018", "2018-09-24", None, "Ngày đăng: 24/09/2018"),
    ("Kinh tế - Ngày đăng : 09:59, 18/01/2022", "2022-01-18", "09:59:00", "Ngày đăng : 09:59, 18/01/2022"),
    ("(Ngày đăng: 04/05/2025 Lượt xem: 11)", "2025-05-04", None, "Ngày đăng: 04/05/2025"),
    ("Ngày đăng 09/09/2020 | 05:07 PM \xa0|\xa0View count: 842", "2020-09-09", "17:07:00", None),
    ("21/07/2022 | 10:00 AM", "2022-07-21", "10:00:00", None),
    ("Publish date 05/04/2019 | 10:03 AM", "2019-04-05", "10:03:00", None),
    ("09/02/2023 07:31:00 AM", "2023-02-09", "07:31:00", None),
    ("22/02/2022 07:55:00 PM", "2022-02-22", "19:55:00", None),
    ("(08/12/2021 9:24 SA)", "2021-12-08", "09:24:00", "(08/12/2021 9:24 SA)"),
    ("(04/10/2021 3:00 CH)", "2021-10-04", "15:00:00", "(04/10/2021 3:00 CH)"),
    ("Thứ ba - 27/06/2023 10:14", "2023-06-27", "10:14:00", None),
    ("Chủ nhật - 29/09/2024 19:43 35 0", "2024-09-29", "19:43:00", "Chủ nhật - 29/09/2024 19:43"),
    ("Thứ sáu, 18/11/2022 15:17 (GMT+7)", "2022-11-18", "15:17:00", None),
    ("Thứ năm, 2/11/2023, 19:20 (GMT+7)", "2023-11-02", "19:20:00", None),
    ("28-08-2025, 19:45 (GMT+7)", "2025-08-28", "19:45:00", None),
    ("Khánh Nam - 19/12/2023 09:36 (GMT+7)", "2023-12-19", "09:36:00", "19/12/2023 09:36 (GMT+7)"),
    ("04:30 GMT+7, Thứ Ba, 27/9/2022", "2022-09-27", "04:30:00", None),
    ("07/08/2020 23:13 GMT+7", "2020-08-07", "23:13:00", None),
    ("Thứ sáu: 15:00 ngày 09/02/2024", "2024-02-09", "15:00:00", None),
    ("Thứ ba, ngày 24 tháng 1 năm 2023 | 10:31", "2023-01-24", "10:31:00", None),
    ("ngày 24 tháng 1 , 2023", "2023-01-24", None, None),
    ("NGÀY 24 THÁNG 1, 2023 | 10:31", "2023-01-24", "10:31:00", None),
    ("Chủ nhật, 16.10.2022 | 07:57:52", "2022-10-16", "07:57:52", None),
    ("07:57 16.10.2022", "2022-10-16", "07:57:00", None),
    ("17:18, 03/08/2020", "2020-08-03", "17:18:00", None),
    ("16:19 | 13/08/2020", "2020-08-13", "16:19:00", None),
    ("13:15 | 01-11-2022 | Xã hội", "2022-11-01", "13:15:00", "13:15 | 01-11-2022"),
    ("21:29 , 09/09/2022", "2022-09-09", "21:29:00", None),
    ("21:08 20/07/2025", "2025-07-20", "21:08:00", None),
    ("10/04/2025 07:48", "2025-04-10", "07:48:00", None),
    ("27/02/2021, 15:05", "2021-02-27", "15:05:00", None),
    ("04/07/2023 - 16:45", "2023-07-04", "16:45:00", None),
    ("N.ĐOAN | 10/10/2022 - 20:38", "2022-10-10", "20:38:00", "10/10/2022 - 20:38"),
    ("THIỆN TÙNG - 20/09/2024 21:03", "2024-09-20", "21:03:00", "20/09/2024 21:03"),
    ("Lượt xem: 7370 | Gửi lúc: 05/12/2013 15:42:27", "2013-12-05", "15:42:27", "Gửi lúc: 05/12/2013 15:42:27"),
    ("06:36:53 03/01/2022", "2022-01-03", "06:36:53", None),
    ("29/07/2017 16:09:00", "2017-07-29", "16:09:00", None),
    ("23/05/2020", "2020-05-23", None, None),
    ("Cập nhật: 09/09/2021", "2021-09-09", None, None),
    ("Cập nhật lúc: 18:00 |22/05/2022", "2022-05-22", "18:00:00", None),
    ("Chính trị 28-05-2024", "2024-05-28", None, "28-05-2024"),
    ("Thứ Tư, 16-09-2020", "2020-09-16", None, None),
    ("Chủ nhật,  27/09/2020", "2020-09-27", None, "Chủ nhật, 27/09/2020"),
    ("12 Tháng Năm, 2020", "2020-05-12", None, None),
    ("5 Tháng Mười Hai 2020 - 10:11:12", "2020-12-05", "10:11:12", None),
    ("5 Tháng Mười 2020", "2020-10-05", None, None),
    ("5 Tháng M. một 2020", "2020-11-05", None, None),
    ("Thứ Bảy, 16 tháng 4, 2011", "2011-04-16", None, None),
]


@pytest.mark.parametrize(("line", "day", "time", "raw"), LINES, ids=[line[0] for line in LINES])
def test_date_line(line, day, time, raw):
    reading = read_date_line(line)
    assert reading is not None
    assert str(reading.on) == day
    assert (reading.at.isoformat() if reading.at else None) == (f"{day}T{time}+07:00" if time else None)
    assert reading.raw == (raw or dates.clean(line).replace(" | View count: 842", ""))


@pytest.mark.parametrize(
    ("clock", "time", "flags"),
    [
        ("12:05 CH", "12:05", ()),
        ("12:15 SA", "00:15", ()),
        ("11:59 CH", "23:59", ()),
        ("0:30 SA", "00:30", ()),
        ("15:00 CH", "15:00", (dates.CLOCK_OF_24_HOURS,)),
        ("13:05 SA", None, (dates.IMPOSSIBLE_TIME,)),
        ("0:30 CH", None, (dates.IMPOSSIBLE_TIME,)),
        ("9:75 SA", None, (dates.IMPOSSIBLE_TIME,)),
        ("24:00", None, (dates.IMPOSSIBLE_TIME,)),
        ("12:00 AM", None, (dates.MIDNIGHT_PLACEHOLDER,)),
        ("12:00 PM", "12:00", ()),
    ],
)
def test_halves_of_the_day(clock, time, flags):
    reading = read_date_line(f"(08/12/2021 {clock})")
    assert reading.on == date(2021, 12, 8)
    assert (reading.at.strftime("%H:%M") if reading.at else None) == time
    assert reading.flags == flags


@pytest.mark.parametrize("line", ["Đăng ngày 30 - 02 - 2021", "16/72/2020", "Đăng ngày 0 - 1 - 2021", "32/01/2021"])
def test_impossible_dates_are_refused_and_kept_raw(line):
    reading = read_date_line(line)
    assert (reading.on, reading.at, reading.raw) == (None, None, line)
    assert reading.flags == (dates.IMPOSSIBLE_DATE,)


def test_lunar_dates_are_refused():
    assert find_date("15/8/2021 (âm lịch)").flags == (dates.LUNAR_DATE,)
    assert find_date("15/8/2021 âm lịch").on is None
    assert find_date("ngày 27 tháng Chạp") is None
    assert find_date("Âm lịch: 15/8/2021").on is None


def test_a_title_may_speak_of_the_lunar_calendar():
    for text in ("Lễ hội rằm tháng Giêng (05/02/2023 9:00 SA)", "Giỗ tổ ngày 10/3 âm lịch(05/02/2023 9:00 SA)"):
        assert find_date(text).at.isoformat() == "2023-02-05T09:00:00+07:00"
        assert find_date_at_end(text).at.isoformat() == "2023-02-05T09:00:00+07:00"


@pytest.mark.parametrize("letter", ["\u0110", "\u0111", "\u00d0", "\u00f0", "\u0189"])
def test_letters_that_look_like_d_with_stroke(letter):
    assert read_date_line(f"{letter}ăng ngày 28 - 12 - 2021").on == date(2021, 12, 28)


@pytest.mark.parametrize(
    "line",
    [
        "Quyết định số 1051/QĐ-UBND ngày 04/3/2021 của Ủy ban nhân dân thị xã",
        "An Thuận, ngày 05 tháng 12 năm 2022",
        "Sáng ngày 1.3",
        "(02/9/1945-02/9/2020)",
        "(02/9/1945 - 02/9/2020)",
        "26/12/2023, 18:36Sáng 26-12, tại phường Trung An",
        "Môi trường - 16/06 16:30",
        "4 giờ trước",
        "1.234.567",
        "192.168.100.2000",
        "",
        "   ",
    ],
)
def test_lines_that_are_no_date_lines(line):
    assert read_date_line(line) is None


def test_the_order_of_day_and_month_is_the_portals():
    assert read_date_line("12/6/2024 8:09:13 AM", "mdy").on == date(2024, 12, 6)
    assert read_date_line("12/6/2024 8:09:13 AM", "dmy").on == date(2024, 6, 12)
    assert read_date_line("6/13/2024", "dmy").on is None
    assert read_date_line("13/6/2024", "mdy").on is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-10-22T19:25:52+07:00", "2025-10-22T19:25:52+07:00"),
        ("2025-10-22T19:25:52+07", "2025-10-22T19:25:52+07:00"),
        ("2025-10-22T19:25:52+0700", "2025-10-22T19:25:52+07:00"),
        ("2025-10-22T19:25:52+00:00", "2025-10-23T02:25:52+07:00"),
        ("2025-10-22T19:25Z", "2025-10-23T02:25:00+07:00"),
    ],
)
def test_machine_dates(text, at):
    assert read_machine_date(text).at.isoformat() == at


@pytest.mark.parametrize(
    "text", ["2025-02-30T19:25:52+07:00", "2025-10-22T25:00:00+07:00", "2025-10-22T19:25:52+99:00"]
)
def test_impossible_machine_dates(text):
    assert read_machine_date(text).flags == (dates.IMPOSSIBLE_DATE,)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "1899-12-30", "1970-01-01T07:00:00+07:00", "1900-01-01 00:00"])
def test_what_systems_tell_machines_that_know_no_day(text):
    reading = read_machine_date(text)
    assert (reading.on, reading.at, reading.flags) == (None, None, (dates.BEFORE_PORTALS,))


def test_no_machine_date():
    assert read_machine_date("2025-10") is None
    assert read_machine_date("22/10/2025") is None


def test_decomposed_and_broken_spaces_read_the_same():
    assert read_date_line("Đa\u0306ng\xa0 nga\u0300y\u200b 28 - 12 -\n 2021").on == date(2021, 12, 28)
