"""The families of dates that portals print, each with every sample that was seen, and the traps around them."""

from datetime import UTC, date, datetime

import pytest

from archiver.vietnamese import dates, relative_dates
from archiver.vietnamese.dates import INDOCHINA_TIME, find_date, read_date_line
from archiver.vietnamese.machine_dates import read_machine_date
from archiver.vietnamese.relative_dates import read_relative_date

# family: (line, day, time or null)
FAMILIES = {
    "F1 a label and a day with spaces round its dashes": [
        ("Đăng ngày 28 - 12 - 2021", "2021-12-28", None),
        ("Đăng ngày 17 - 05 - 2024", "2024-05-17", None),
        ("28 - 12 - 2021", "2021-12-28", None),
    ],
    "F2 Ngày đăng": [
        ("Ngày đăng: 08/07/2024  11:38", "2024-07-08", "11:38"),
        ("Ngày đăng: 24/09/2018", "2018-09-24", None),
        ("Kinh tế - Ngày đăng : 09:59, 18/01/2022", "2022-01-18", "09:59"),
        ("(Ngày đăng: 04/05/2025 Lượt xem: 11)", "2025-05-04", None),
    ],
    "F3 a bar and AM or PM": [
        ("Ngày đăng 09/09/2020 | 05:07 PM  | View count: 842", "2020-09-09", "17:07"),
        ("Ngày đăng 09/09/2020\xa0|\xa005:07 PM \xa0|\xa0View count: 842", "2020-09-09", "17:07"),
        ("21/07/2022 | 10:00 AM", "2022-07-21", "10:00"),
        ("Publish date 05/04/2019 | 10:03 AM", "2019-04-05", "10:03"),
        ("02/07/2014 | 12:00 AM", "2014-07-02", None),
        ("01/03/2023 | 03:40 PM", "2023-03-01", "15:40"),
    ],
    "F4 seconds and AM or PM": [
        ("09/02/2023 07:31:00 AM", "2023-02-09", "07:31:00"),
        ("22/02/2022 07:55:00 PM", "2022-02-22", "19:55:00"),
    ],
    "F5 SA and CH": [
        ("(08/12/2021 9:24 SA)", "2021-12-08", "09:24"),
        ("(04/10/2021 3:00 CH)", "2021-10-04", "15:00"),
        ("(04/10/2021 12:10 SA)", "2021-10-04", "00:10"),
        ("(04/10/2021 12:10 CH)", "2021-10-04", "12:10"),
    ],
    "F6 a weekday, a dash, counts behind": [
        ("Thứ ba - 27/06/2023 10:14", "2023-06-27", "10:14"),
        ("Thứ năm - 27/04/2023 09:15", "2023-04-27", "09:15"),
        ("Chủ nhật - 29/09/2024 19:43 35 0", "2024-09-29", "19:43"),
    ],
    "F7 a zone": [
        ("Thứ sáu, 18/11/2022 15:17 (GMT+7)", "2022-11-18", "15:17"),
        ("Thứ tư, 22/10/2025, 19:25 (GMT+7)", "2025-10-22", "19:25"),
        ("Thứ năm, 2/11/2023, 19:20 (GMT+7)", "2023-11-02", "19:20"),
        ("Chủ nhật, 13/2/2022, 16:08 (GMT+7)", "2022-02-13", "16:08"),
        ("28-08-2025, 19:45 (GMT+7)", "2025-08-28", "19:45"),
        ("Khánh Nam - 19/12/2023 09:36 (GMT+7)", "2023-12-19", "09:36"),
        ("04:30 GMT+7, Thứ Ba, 27/9/2022", "2022-09-27", "04:30"),
        ("07/08/2020 23:13 GMT+7", "2020-08-07", "23:13"),
    ],
    "F8 the time before ngày": [("Thứ sáu: 15:00 ngày 09/02/2024", "2024-02-09", "15:00")],
    "F9 ngày, tháng, năm": [
        ("Thứ ba, ngày 24 tháng 1 năm 2023 | 10:31", "2023-01-24", "10:31"),
        ("Thứ tư, ngày 24 tháng 4 năm 2024", "2024-04-24", None),
        ("ngày 24 tháng 1 , 2023", "2023-01-24", None),
        ("NGÀY 24 THÁNG 1, 2023 | 10:31", "2023-01-24", "10:31"),
    ],
    "F10 dots": [
        ("Chủ nhật, 16.10.2022 | 07:57:52", "2022-10-16", "07:57:52"),
        ("07:57 16.10.2022", "2022-10-16", "07:57"),
        ("3.2.2020", "2020-02-03", None),
    ],
    "F11 the time first": [
        ("17:18, 03/08/2020", "2020-08-03", "17:18"),
        ("16:19 | 13/08/2020", "2020-08-13", "16:19"),
        ("13:15 | 01-11-2022 | Xã hội", "2022-11-01", "13:15"),
        ("21:29 , 09/09/2022", "2022-09-09", "21:29"),
        ("21:08 20/07/2025", "2025-07-20", "21:08"),
        ("14:33 02/11/2020", "2020-11-02", "14:33"),
        ("10:45 | 25/08/2017", "2017-08-25", "10:45"),
        ("15:51 | 17/04/2020", "2020-04-17", "15:51"),
        ("01:43 21/08/2022", "2022-08-21", "01:43"),
    ],
    "F12 the time last": [
        ("10/04/2025 07:48", "2025-04-10", "07:48"),
        ("26/02/2026 09:29", "2026-02-26", "09:29"),
        ("27/02/2021, 15:05", "2021-02-27", "15:05"),
        ("04/07/2023 - 16:45", "2023-07-04", "16:45"),
        ("N.ĐOAN | 10/10/2022 - 20:38", "2022-10-10", "20:38"),
        ("THIỆN TÙNG - 20/09/2024 21:03", "2024-09-20", "21:03"),
    ],
    "F13 seconds": [
        ("Lượt xem: 7370 | Gửi lúc: 05/12/2013 15:42:27", "2013-12-05", "15:42:27"),
        ("06:36:53 03/01/2022", "2022-01-03", "06:36:53"),
        ("29/07/2017 16:09:00", "2017-07-29", "16:09:00"),
    ],
    "F14 a day alone": [
        ("23/05/2020", "2020-05-23", None),
        ("09/10/2019", "2019-10-09", None),
        ("Cập nhật: 09/09/2021", "2021-09-09", None),
        ("Chính trị 28-05-2024", "2024-05-28", None),
        ("Thứ Tư, 16-09-2020", "2020-09-16", None),
        ("Chủ nhật,  27/09/2020", "2020-09-27", None),
        ("22/09/2020", "2020-09-22", None),
    ],
    "F15 names of months": [
        ("12 Tháng Năm, 2020", "2020-05-12", None),
        ("5 Tháng Mười Hai 2020 - 10:11:12", "2020-12-05", "10:11:12"),
        ("5 Tháng Mười Một 2020 - 10:11:12", "2020-11-05", "10:11:12"),
        ("5 Tháng Mười 2020 - 10:11:12", "2020-10-05", "10:11:12"),
        ("5 Tháng Một 2020 - 10:11:12", "2020-01-05", "10:11:12"),
        ("Thứ Bảy, 16 tháng 4, 2011", "2011-04-16", None),
        ("5 Tháng M. một 2020", "2020-11-05", None),
        ("5 Tháng M. hai 2020", "2020-12-05", None),
    ],
    "F19 odd ones": [
        ("2018-05-27 06:34:00", "2018-05-27", "06:34:00"),
        ("10:05 | 31/10/2012", "2012-10-31", "10:05"),
        ("10:05' 31/10/2012", "2012-10-31", "10:05"),
        ("Ngày phát hành 0:0 | 25/6/2020", "2020-06-25", None),
    ],
    "also printed": [
        ("Đăng ngày 18-03-2021 16:03", "2021-03-18", "16:03"),
        ("Đăng ngày 18-03-2021 16:03 1228 Lượt xem", "2021-03-18", "16:03"),
        ("Cập nhật lúc: 18:00 |22/05/2022", "2022-05-22", "18:00"),
        ("25/10/2025 08:15 | lượt xem: 120", "2025-10-25", "08:15"),
    ],
}
SAMPLES = [sample for samples in FAMILIES.values() for sample in samples]


@pytest.mark.parametrize(("line", "day", "clock"), SAMPLES, ids=[sample[0] for sample in SAMPLES])
def test_every_printed_sample(line, day, clock):
    reading = read_date_line(line)
    assert reading.on == date.fromisoformat(day)
    precision = {None: "day", 5: "minute", 8: "second"}[clock and len(clock)]
    assert reading.precision == precision
    whole = f"{day}T{clock}{':00' if precision == 'minute' else ''}+07:00"
    assert (reading.at and reading.at.isoformat()) == (whole if clock else None)


NOW = datetime(2023, 6, 9, 10, 20, 31, tzinfo=INDOCHINA_TIME)  # a Friday morning
# F16: (line, day or null, hour or minute or null, precision, flags)
RELATIVE = [
    ("4 giờ trước", "2023-06-09", "06:00", "hour", ()),
    ("4 giờ trước|Xã hội", "2023-06-09", "06:00", "hour", ()),
    ("2 giờ trước", "2023-06-09", "08:00", "hour", ()),
    ("2h trước", "2023-06-09", "08:00", "hour", ()),
    ("10 giờ trước", None, None, None, (relative_dates.MAY_BE_THE_DAY_BEFORE,)),
    ("13 giờ trước", "2023-06-08", "21:00", "hour", ()),
    ("36 phút trước", "2023-06-09", "09:44", "minute", ()),
    ("Cập nhật 5 phút trước", "2023-06-09", "10:15", "minute", ()),
    ("11 phút trước", "2023-06-09", "10:09", "minute", ()),
    ("20 giây trước", "2023-06-09", "10:20", "minute", ()),
    ("2 ngày trước", "2023-06-07", None, "day", (relative_dates.COUNTED_DAYS,)),
    ("9 ngày trước", "2023-05-31", None, "day", (relative_dates.COUNTED_DAYS,)),
    ("1 tuần trước", None, None, None, (relative_dates.TOO_COARSE,)),
    ("3 tháng trước", None, None, None, (relative_dates.TOO_COARSE,)),
    ("2 năm trước", None, None, None, (relative_dates.TOO_COARSE,)),
    ("hôm qua", "2023-06-08", None, "day", ()),
    ("Hôm nay, 08:15", "2023-06-09", "08:15", "minute", ()),
    ("16:40 hôm qua", "2023-06-08", "16:40", "minute", ()),
    ("Hôm kia lúc 7:05", "2023-06-07", "07:05", "minute", ()),
    ("hôm qua, 25:10", "2023-06-08", None, "day", ()),
]


@pytest.mark.parametrize(("line", "day", "clock", "precision", "flags"), RELATIVE, ids=[each[0] for each in RELATIVE])
def test_what_counts_backwards_is_counted_from_the_capture(line, day, clock, precision, flags):
    reading = read_relative_date(line, NOW)
    assert (reading.on and reading.on.isoformat()) == day
    assert (reading.at and reading.at.isoformat()) == (f"{day}T{clock}:00+07:00" if clock else None)
    assert (reading.precision, reading.flags) == (precision, flags)
    assert read_date_line(line) is None


@pytest.mark.parametrize("line", [each[0] for each in RELATIVE])
def test_without_a_capture_nothing_is_counted_and_the_words_stay(line):
    reading = read_relative_date(line, None)
    assert (reading.on, reading.at, reading.precision) == (None, None, None)
    assert reading.flags == (relative_dates.NO_CAPTURE_TIME,)
    assert reading.raw.split("|")[0] in line


def test_the_moment_of_capture_may_be_told_in_any_zone():
    assert read_relative_date("36 phút trước", NOW.astimezone(UTC)) == read_relative_date("36 phút trước", NOW)
    late = datetime(2023, 6, 8, 23, 30, tzinfo=UTC)  # the morning of the ninth, in the portal's time
    assert read_relative_date("hôm qua", late).on == date(2023, 6, 8)


@pytest.mark.parametrize(
    "line",
    [
        "Kết quả 4 giờ trước khi bão đổ bộ",
        "2 ngày trước bầu cử",
        "Hôm nay khai mạc Lễ hội đền An Thuận",
        "Công việc hôm qua: 12 hồ sơ",
        "trước",
        "Trước đây 5 năm",
        "giờ trước",
        "1000 giờ trước",
        "",
    ],
)
def test_sentences_do_not_count_backwards(line):
    assert read_relative_date(line, NOW) is None


F17 = [
    ("2025-10-22T19:25:52+07:00", "2025-10-22T19:25:52+07:00"),
    ("2025-10-22T19:25:52+07", "2025-10-22T19:25:52+07:00"),
    ("2025-10-22T19:25:52+0700", "2025-10-22T19:25:52+07:00"),
    ("2025-10-22T12:25:52+00:00", "2025-10-22T19:25:52+07:00"),
    ("2025-10-22T12:25:52.123Z", "2025-10-22T19:25:52+07:00"),
    ("2026-01-15 21:58:00", "2026-01-15T21:58:00+07:00"),
    ("2018-05-27T06:34", "2018-05-27T06:34:00+07:00"),
]


@pytest.mark.parametrize(("text", "at"), F17)
def test_f17_dates_for_machines(text, at):
    assert read_machine_date(text).at.isoformat() == at


@pytest.mark.parametrize(
    "text", ["2025-10-22", "2025-10-22T00:00:00+07:00", "2025-10-21T17:00:00Z", "2025-10-22 00:00"]
)
def test_a_machine_that_knows_the_day_alone_writes_midnight(text):
    reading = read_machine_date(text)
    assert (reading.on, reading.at, reading.precision) == (date(2025, 10, 22), None, "day")


@pytest.mark.parametrize(
    ("line", "american", "vietnamese"),
    [
        ("12/6/2024 8:09:13 AM", "2024-12-06T08:09:13+07:00", "2024-06-12T08:09:13+07:00"),
        ("2/9/2023 07:31:00 PM", "2023-02-09T19:31:00+07:00", "2023-09-02T19:31:00+07:00"),
    ],
)
def test_f18_the_american_order_counts_only_where_a_portal_declares_it(line, american, vietnamese):
    assert read_date_line(line, "mdy").at.isoformat() == american
    assert read_date_line(line).at.isoformat() == vietnamese


@pytest.mark.parametrize("line", ["12/25/2024 8:09:13 AM", "6/13/2024"])
def test_f18_the_order_is_never_guessed_from_the_numbers(line):
    assert (read_date_line(line).on, read_date_line(line).flags) == (None, (dates.IMPOSSIBLE_DATE,))


@pytest.mark.parametrize(
    ("line", "raw"), [("Môi trường - 16/06 16:30", "16/06 16:30"), ("16:30, 16/06", "16:30, 16/06")]
)
def test_f19_a_year_is_never_supplied(line, raw):
    reading = read_relative_date(line, NOW)
    assert (reading.on, reading.at, reading.flags, reading.raw) == (None, None, (dates.NO_YEAR,), raw)
    assert read_date_line(line) is None


@pytest.mark.parametrize("line", ["Lượt xem: 14", "14", "", "Tin, ảnh: Lê Văn Mẫu"])
def test_f20_no_date_is_none(line):
    assert read_date_line(line) is None
    assert read_relative_date(line, NOW) is None


GLUED = [
    "26/12/2023, 18:36Sáng 26-12, tại phường Trung An",
    "Môi trường - 16/06 16:30UBND huyện tổ chức hội nghị",
    "Xã hội - 07/01/2022Ngoài thành phố còn có các xã",
]


@pytest.mark.parametrize("line", GLUED)
def test_a_date_that_a_text_is_glued_to_is_no_date_line(line):
    assert read_date_line(line) is None
    assert read_relative_date(line, NOW) is None


def test_half_a_word_is_no_half_of_the_day():
    assert find_date("26/12/2023, 6:36Sáng 26-12").at.hour == 6
    assert find_date("26/12/2023, 6:36Chiều 26-12").at.hour == 6


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 1051/QĐ-UBND ngày 04/3/2021",
        "Sáng ngày 1.3",
        "kỷ niệm 75 năm Quốc khánh (02/9/1945-02/9/2020)",
        "Số 16/72/2020",
    ],
)
def test_dates_of_documents_and_events_are_no_date_lines(text):
    reading = read_date_line(text)
    assert reading is None or reading.on is None


def test_noon_is_no_new_day():
    assert read_date_line("(08/12/2021 12:30 PM)").at.isoformat() == "2021-12-08T12:30:00+07:00"
