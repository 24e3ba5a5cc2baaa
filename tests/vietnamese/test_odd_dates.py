"""Date lines that portals of this kind may well print, odd ones among them: what they say, or that nobody can know."""

import unicodedata
from datetime import UTC, datetime

import pytest

from archiver.vietnamese import dates
from archiver.vietnamese.dates import find_date, find_date_at_end, read_date_line
from archiver.vietnamese.relative_dates import COUNTED_DAYS, read_relative_date

# line: day, time or null; all of the fifth of July
SAID = {
    "Thứ Hai, 05/07/2021 | 08:15 GMT+7": "08:15",
    "Thứ Hai, 05/07/2021 | 08:15 (GMT +7)": "08:15",
    "05/07/2021 08:15 UTC+07:00": "08:15",
    "05/07/2021 08:15 +07:00": "08:15",
    "05/07/2021 7h05'": "07:05",
    "05/07/2021 7h05": "07:05",
    "7h05 ngày 05/07/2021": "07:05",
    "07h05' - 05/07/2021": "07:05",
    "05/07/2021 lúc 7 giờ 5 phút": "07:05",
    "lúc 7 giờ 5 phút ngày 05/07/2021": "07:05",
    "Đăng lúc 08 giờ 15 phút, ngày 05/07/2021": "08:15",
    "Ngày 05 tháng 7 năm 2021 lúc 08 giờ 15": "08:15",
    "05/07/2021 08g15": "08:15",
    "05/07/2021 8h": None,
    "05/07/2021, lúc 07:05": "07:05",
    "5/7/2021 8:5": "08:05",
    "05/07/2021 8:15 a.m.": "08:15",
    "05/07/2021 8:15 P.M": "20:15",
    "05.07.2021": None,
    "05.07.2021 08:15": "08:15",
    "2021/07/05 08:15": "08:15",
    "05\u201007\u20102021": None,
    "05 \u2011 07 \u2011 2021": None,
    "05\u2014 07\u2014 2021": None,
    "０５/０７/２０２１": None,
    "Đăng ngày ０５－０７－２０２１": None,
    "０５／０７／２０２１ ０８：１５": "08:15",
    "Ngày\xa005\xa0tháng\xa007\xa0năm\xa02021": None,
    unicodedata.normalize("NFD", "Thứ hai, ngày 05 tháng 07 năm 2021 08:15"): "08:15",
    "Thứ hai, ngày mùng 5 tháng 7 năm 2021": None,
    "Tháng Bảy 5, 2021": None,
    "Tháng 7 05, 2021": None,
    "5 thg 7, 2021": None,
    "5 Th7, 2021": None,
    "Th7 05, 2021": None,
    "05 - Tháng 7 - 2021": None,
    "T2, 05/07/2021 - 08:15": "08:15",
    "T.Hai, 05/07/2021": None,
    "Cập nhật lần cuối: 05/07/2021 08:15": "08:15",
    "Lần cập nhật cuối: 05/07/2021 08:15": "08:15",
    "Cập nhật: Thứ hai, 05/07/2021, 08:15": "08:15",
    "Thời gian đăng bài: 05/07/2021 08:15": "08:15",
    "Ngày tạo: 05/07/2021 08:15": "08:15",
    "Tạo ngày 05/07/2021": None,
    "Ngày viết: 05/07/2021": None,
    "Được viết: 05 Tháng 7 2021": None,
    "Được đăng lúc 05/07/2021": None,
    "Đăng: 05/07/2021": None,
    "05/07/2021 | Lượt xem: 100 | Tác giả: Nguyễn Văn Mẫu": None,
    "05/07/2021 - 08:15 - Lượt xem: 100": "08:15",
    "05/07/2021 (26/5 âm lịch)": None,
    "Thứ Hai, 05/07/2021 (Âm lịch: 26/5/2021)": None,
    "05/07/2021 (tức ngày 26/5 âm lịch)": None,
}


@pytest.mark.parametrize(("line", "clock"), SAID.items(), ids=SAID)
def test_what_is_said_in_another_way_is_said(line, clock):
    reading = read_date_line(line)
    assert str(reading.on) == "2021-07-05"
    assert (reading.at and reading.at.strftime("%H:%M")) == clock
    assert reading.precision == ("minute" if clock else "day")
    assert reading.flags == ()


MIDNIGHTS = [
    "12:00 AM",
    "12:00:00 AM",
    "12:00:00 SA",
    "12:00 SA",
    "00:00",
    "0:00",
    "00:00:00",
    "0:0",
    "0h00",
    "0 giờ 0 phút",
]


@pytest.mark.parametrize("clock", MIDNIGHTS)
def test_midnight_sharp_is_what_systems_print_that_know_the_day_alone(clock):
    for line in (f"05/07/2021 {clock}", f"05/07/2021 | {clock} | View count: 3"):
        reading = read_date_line(line)
        assert (str(reading.on), reading.at, reading.precision) == ("2021-07-05", None, "day")
        assert reading.flags == (dates.MIDNIGHT_PLACEHOLDER,)
    assert read_date_line("05/07/2021 00:01").at.minute == 1
    assert read_date_line("05/07/2021 12:00 CH").at.hour == 12


IMPOSSIBLE = [
    "ngày 31 tháng 02 năm 2021", "29/02/2021", "1/13/2021", "13/13/2021", "31.06.2021", "2021/13/05", "Tháng Hai 30, 2021",
]  # fmt: skip


@pytest.mark.parametrize("line", IMPOSSIBLE)
def test_days_that_never_were_are_refused(line):
    reading = read_date_line(line)
    assert (reading.on, reading.at, reading.flags, reading.raw) == (None, None, (dates.IMPOSSIBLE_DATE,), line)


@pytest.mark.parametrize("clock", ["24:00", "25:61", "23:59:60", "24h00", "7h60", "13:05 SA", "7 giờ 75 phút"])
def test_times_that_never_are_leave_the_day(clock):
    reading = read_date_line(f"05/07/2021 {clock}")
    assert (str(reading.on), reading.at, reading.precision) == ("2021-07-05", None, "day")
    assert reading.flags == (dates.IMPOSSIBLE_TIME,)


NOUGHT = ["01/01/0001 12:00:00 SA", "01/01/1900", "01/01/1970 07:00", "05/07/1021", "Ngày đăng: 30/12/1899"]


@pytest.mark.parametrize("line", NOUGHT)
def test_days_before_there_were_portals_are_what_systems_print_that_know_none(line):
    for reading in (read_date_line(line), find_date_at_end(line)):
        assert (reading.on, reading.at, reading.flags) == (None, None, (dates.BEFORE_PORTALS,))
    assert find_date("Luật số 12 ngày 19/08/1945").on is not None


UNKNOWN = [
    "5/7/21", "05/07/21 08:15", "05/07", "[05/07]", "Thứ Hai, 05/7", "ngày 5-7", "tháng 7/2021", "Tháng 7 năm 2021",
    "Quý II/2021", "2021", "05/07/20211", "Ngày đăng: //", "05\\07\\2021", "05/VII/2021", "Ngày ban hành: 05/07/2021",
    "Ngày có hiệu lực: 05/07/2021", "05/07/2021 - 06/07/2021", "từ 05/07/2021 đến 06/07/2021", "Hà Nội, 05/07/2021",
    "05/07/2021 08:15 GMT+9", "05/07/2021 8h15 khai mạc", "7 giờ 5 phút", "ngày 5 tháng 7", "15/8/2021 (âm lịch)",
]  # fmt: skip


@pytest.mark.parametrize("line", UNKNOWN)
def test_what_cannot_be_known_is_not(line):
    reading = read_date_line(line)
    assert reading is None or reading.on is None


NOW = datetime(2021, 7, 5, 23, 30, tzinfo=UTC)  # half past six of the sixth in the portal's time
# line: day, time or null, precision, flags
COUNTED = {
    "20 phút trước": ("2021-07-06", "06:10", "minute", ()),
    "5 giờ trước": ("2021-07-06", "01:00", "hour", ()),
    "6 giờ trước": None,  # between half past eleven in the evening and half past midnight
    "8 giờ trước": ("2021-07-05", "22:00", "hour", ()),
    "2 giờ 15 phút trước": ("2021-07-06", "04:15", "minute", ()),
    "hôm nay": ("2021-07-06", None, "day", ()),
    "hôm qua": ("2021-07-05", None, "day", ()),
    "hôm qua 7h05": ("2021-07-05", "07:05", "minute", ()),
    "Hôm qua lúc 23:30": ("2021-07-05", "23:30", "minute", ()),
    "Hôm qua, lúc 7 giờ 5 phút": ("2021-07-05", "07:05", "minute", ()),
    "cách đây 20 phút": ("2021-07-06", "06:10", "minute", ()),
    "Cách đây 3 ngày": ("2021-07-03", None, "day", (COUNTED_DAYS,)),
}


@pytest.mark.parametrize(("line", "said"), COUNTED.items(), ids=COUNTED)
def test_a_capture_late_in_the_evening_of_utc_is_one_of_the_next_morning(line, said):
    reading = read_relative_date(line, NOW)
    clock = reading.at and reading.at.strftime("%H:%M")
    if said is None:
        assert (reading.on, reading.at) == (None, None)
    else:
        assert (str(reading.on), clock, reading.precision, reading.flags) == said


@pytest.mark.parametrize("line", ["3 ngày", "vừa xong", "2 giờ 15 phút", "cách đây", "trước 20 phút", "20 phút sau"])
def test_words_that_count_from_nowhere_are_no_dates(line):
    assert read_relative_date(line, NOW) is None
