"""Made-up pairs of texts, each with whether it is the same news twice: what the rules are measured on."""

import random
import unicodedata
from itertools import combinations

from archiver.demo.news import stories

_OTHER_WORDS = [
    "đã",
    "vẫn",
    "cũng",
    "được",
    "nhiều",
    "mới",
    "chung",
    "cả",
    "rất",
    "từng",
    "theo",
    "cùng",
    "lại",
    "luôn",
    "ngay",
]
_NEW_LEAD = (
    "Thực hiện chỉ đạo của Tỉnh ủy và Ủy ban nhân dân tỉnh, thời gian qua các địa phương đã có nhiều cách làm hay, tạo"
    " chuyển biến rõ nét, được nhân dân đồng tình hưởng ứng và ghi nhận."
)
_ADDED = (
    "Được biết, đây là một trong những địa phương đi đầu của tỉnh trong phong trào này; cách làm của địa phương đang được"
    " các nơi khác học tập, nhân rộng."
)
_PLACES = [
    "Hòa Bình",
    "Minh Tân",
    "Phú Lương",
    "Đông Xá",
    "Bình An",
    "Tân Lập",
    "Vĩnh Hà",
    "Long Khê",
    "An Mỹ",
    "Thanh Trì",
]

_POWER_CUT = (
    "Điện lực khu vực thông báo lịch tạm ngừng cung cấp điện để thực hiện công tác sửa chữa, bảo dưỡng lưới điện trên địa"
    " bàn như sau: ngày {day}, từ {start} đến {end}, mất điện tại các thôn {one}, {two} và một phần thôn {three} thuộc xã"
    " {four}. Lý do: {why}. Trong thời gian ngừng cung cấp điện, Điện lực có thể đóng điện trở lại sớm hơn dự kiến mà không"
    " báo trước; đề nghị khách hàng không tự ý đến gần, tiếp xúc với lưới điện để bảo đảm an toàn. Mọi thông tin xin liên"
    " hệ Trung tâm chăm sóc khách hàng. Điện lực rất mong nhận được sự thông cảm của quý khách hàng."
)
_WHYS = (
    "thí nghiệm định kỳ máy biến áp", "cải tạo đường dây trung thế", "lắp đặt thêm thiết bị đóng cắt",
    "phát quang hành lang tuyến", "thay xà sứ và đấu nối trạm mới",
)  # fmt: skip
_WEEK = (
    "Lịch công tác của lãnh đạo Ủy ban nhân dân từ ngày {first} đến ngày {last}. Thứ hai ngày {d0}: sáng, {a}; chiều, {b}."
    " Thứ ba ngày {d1}: sáng, {c}; chiều, {d}. Thứ tư ngày {d2}: sáng, {e}; chiều, làm việc tại cơ quan. Thứ năm ngày {d3}:"
    " sáng, tiếp công dân định kỳ tại trụ sở; chiều, {f}. Thứ sáu ngày {d4}: sáng, {g}; chiều, làm việc tại cơ quan. Trong"
    " quá trình thực hiện nếu có thay đổi, Văn phòng sẽ thông báo sau. Đề nghị các cơ quan, đơn vị liên quan chuẩn bị nội"
    " dung, bố trí thời gian để phục vụ lãnh đạo Ủy ban nhân dân theo lịch nêu trên."
)
_DUTIES = (
    "dự hội nghị trực tuyến của tỉnh", "họp giao ban tuần", "kiểm tra tiến độ giải phóng mặt bằng dự án đường trục",
    "làm việc với Ban Quản lý dự án", "dự lễ khai giảng lớp bồi dưỡng", "họp xét duyệt hồ sơ chính sách",
    "kiểm tra công tác phòng chống lụt bão", "tiếp đoàn công tác của Sở Tài chính", "họp hội đồng thi đua khen thưởng",
    "dự ngày hội đại đoàn kết ở khu dân cư", "nghe báo cáo quy hoạch sử dụng đất", "thăm và tặng quà gia đình chính sách",
)  # fmt: skip
_WEATHER = (
    "Dự báo thời tiết ngày {day}: {sky}, {rain}. Gió {wind} cấp {a} đến cấp {b}. Nhiệt độ thấp nhất từ {c} đến {d} độ, nhiệt"
    " độ cao nhất từ {e} đến {f} độ. Độ ẩm từ {g} đến {h} phần trăm. Cảnh báo: trong cơn dông có khả năng xảy ra lốc, sét và"
    " gió giật mạnh; người dân cần đề phòng, hạn chế ra đường khi có mưa dông, kiểm tra và gia cố nhà cửa, chằng chống biển"
    " quảng cáo, cắt tỉa cây xanh có nguy cơ gãy đổ để bảo đảm an toàn cho người và tài sản."
)
_RECEPTION = (
    "Căn cứ Luật Tiếp công dân, Ủy ban nhân dân xã thông báo lịch tiếp công dân của Chủ tịch Ủy ban nhân dân xã tháng {month}"
    " năm {year} như sau: ngày {one} và ngày {two}, buổi sáng từ {start}, buổi chiều từ {end}, tại phòng tiếp công dân của"
    " trụ sở Ủy ban nhân dân xã. Trường hợp đồng chí Chủ tịch bận công tác đột xuất sẽ ủy quyền cho đồng chí Phó Chủ tịch tiếp"
    " thay. Vậy Ủy ban nhân dân xã thông báo để các cơ quan, đơn vị, các thôn và toàn thể nhân dân được biết và thực hiện."
)
_HOUSES = (
    "Ủy ban nhân dân {place} tổ chức lễ bàn giao nhà đại đoàn kết cho gia đình {who} ở thôn {three}. Căn nhà rộng {a} mét vuông,"
    " trị giá {b} triệu đồng, trong đó Quỹ vì người nghèo hỗ trợ {c} triệu đồng, phần còn lại do anh em, họ hàng và bà con lối"
    " xóm giúp đỡ. Phát biểu tại buổi lễ, đại diện lãnh đạo Ủy ban Mặt trận Tổ quốc chúc mừng gia đình có ngôi nhà mới, mong gia"
    " đình tiếp tục nỗ lực vươn lên, ổn định cuộc sống, nuôi dạy con cháu chăm ngoan học giỏi. Thay mặt gia đình, chủ nhà xúc động"
    " cảm ơn sự quan tâm của các cấp ủy đảng, chính quyền và các nhà hảo tâm."
)
_WHO = ("bà Nguyễn Thị Lụa", "ông Trần Văn Khoát", "chị Phạm Thị Ngoan", "anh Đỗ Văn Tiệp", "bà Lê Thị Vóc")


def pairs():
    """(name, one text, other text, whether they are the same news): texts are lead and body in one."""
    yield from _copies()
    yield from _notices()
    yield from _other_news()


def notice(dice):
    """A notice on one of three templates."""
    return dice.choice((_power_cut, _weather, _reception))(dice)


def _copies():
    for number, story in enumerate(stories(48)):
        blocks = [block for block in story.paragraphs if isinstance(block, str)]
        dice = random.Random(number)
        lead, text = story.lead or blocks[0], "\n\n".join(blocks)
        whole = f"{lead}\n\n{text}"
        yield "as it was", whole, whole, True
        yield "typed otherwise", whole, unicodedata.normalize("NFD", whole.upper().replace("ÒA", "OÀ")), True
        yield "another lead", whole, f"{_NEW_LEAD}\n\n{text}", True
        yield "without its lead", whole, text, True
        yield "a paragraph more", whole, f"{whole}\n\n{_ADDED}", True
        yield "the last fifth cut off", whole, _cut(whole, 0.8), True
        yield "the last third cut off", whole, _cut(whole, 0.67), True
        yield "in another order", whole, "\n\n".join([lead, *blocks[1:], blocks[0]]), True
        yield "every thirtieth word another", whole, _edited(whole, 30, dice), True
        yield (
            "with the town's name before it",
            whole,
            f"(Hưng Yên) - {whole.replace('thị xã', 'thị xã An Thuận')}",
            True,
        )


def _notices():
    dice = random.Random(7)
    for make in (_power_cut, _week, _weather, _reception, _houses):
        texts = [make(dice) for _ in range(24)]
        yield from ((make.__name__[1:], one, other, False) for one, other in combinations(texts, 2))
    for number in range(24):  # one number changed, and all else the same
        dice = random.Random(number)
        notice = _power_cut(dice, day="12/3/2024")
        yield "a notice for another day", notice, notice.replace("12/3/2024", f"{13 + number % 9}/3/2024"), False


def _other_news():
    """News of the same section, written of the same sentences: the most alike that the demo has."""
    texts: dict[str, list[str]] = {}
    for story in stories(160):
        blocks = [block for block in story.paragraphs if isinstance(block, str)]
        texts.setdefault(story.section, []).append("\n\n".join(filter(None, (story.lead, *blocks))))
    for section, own in texts.items():
        yield from ((f"other news of {section}", one, other, False) for one, other in combinations(own, 2))


def _cut(text, share):
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


def _edited(text, each, dice):
    words = text.split(" ")
    for place in range(dice.randrange(each), len(words), each):
        if not any(map(str.isdigit, words[place])):
            words[place] = dice.choice(_OTHER_WORDS)
    return " ".join(words)


def _day(dice):
    return f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{dice.choice((2022, 2023, 2024))}"


def _power_cut(dice, day=None):
    one, two, three, four = dice.sample(_PLACES, 4)
    start, end = f"{dice.randint(5, 9)}h00", f"{dice.randint(10, 18)}h30"
    return _POWER_CUT.format(
        day=day or _day(dice), start=start, end=end, one=one, two=two, three=three, four=four, why=dice.choice(_WHYS)
    )


def _week(dice):
    month, first = dice.randint(1, 12), dice.randint(1, 22)
    days = {f"d{n}": f"{first + n}/{month}" for n in range(5)}
    duties = dict(zip("abcdefg", dice.sample(_DUTIES, 7), strict=True))
    return _WEEK.format(first=f"{first}/{month}/2024", last=f"{first + 4}/{month}/2024", **days, **duties)


def _weather(dice):
    low, high, damp = dice.randint(14, 24), dice.randint(25, 36), dice.randint(55, 70)
    return _WEATHER.format(
        day=_day(dice), sky=dice.choice(("nhiều mây", "ít mây", "có mây")), wind=dice.choice(("đông bắc", "tây nam")),
        rain=dice.choice(("có mưa rào và dông vài nơi", "ngày nắng", "đêm không mưa", "sáng sớm có sương mù")),
        a=dice.randint(2, 3), b=dice.randint(3, 5), c=low, d=low + 2, e=high, f=high + 2, g=damp, h=damp + 25,
    )  # fmt: skip


def _reception(dice):
    return _RECEPTION.format(
        month=dice.randint(1, 12), year=dice.choice((2022, 2023, 2024)), one=dice.randint(1, 14),
        two=dice.randint(15, 28), start=dice.choice(("7h30", "8h00")), end=dice.choice(("13h30", "14h00")),
    )  # fmt: skip


def _houses(dice):
    return _HOUSES.format(
        place=dice.choice(_PLACES), who=dice.choice(_WHO), three=dice.choice(_PLACES),
        a=dice.randint(40, 95), b=dice.randint(80, 200), c=dice.randint(30, 70),
    )  # fmt: skip
