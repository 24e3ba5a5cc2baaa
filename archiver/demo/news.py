"""Made-up news of a made-up town: as much as is asked for, always the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from archiver.demo.clock import VIETNAM
from archiver.demo.names import OFFICES, SIGNERS, WARDS, Fillings, fill, person
from archiver.demo.news_parts import attachments, pictures, table
from archiver.demo.sentences import COMMON, MISLEADING, SENTENCES
from archiver.demo.slugs import slug_of
from archiver.demo.story import Block, Story
from archiver.demo.titles import TITLES

FIRST_DAY = datetime(2019, 1, 7, tzinfo=VIETNAM)
LAST_DAY = datetime(2025, 6, 27, tzinfo=VIETNAM)

# How often each section is written for, of forty stories.
SHARES = {"kinh-te": 10, "van-hoa": 9, "chinh-tri": 8, "an-ninh": 5, "thong-bao": 5, "nong-thon-moi": 3}

ODD_HOURS = ((0, 15), (12, 5), (11, 59), (23, 5))  # where SA and CH are easily misread
REPOSTS = {139: 137}  # stories that are an earlier one over again, a month later and at another address
MISSPELLINGS = (("nâng cao", "nâng cáo"), ("hội nghị", "hộ nghị"), ("tổ chức", "tố chức"), ("năm", "nắm"))


def stories(count: int = 160, seed: int = 2021) -> tuple[Story, ...]:
    """The portal's news from its first day to its last, oldest first; no address stands twice."""
    sections = section_order(seed)
    times = listing_times(count, seed)
    written = [compose(i, sections[i % len(sections)], at, seed) for i, at in enumerate(times)]
    return tuple(posted_again(each, written[REPOSTS[i]]) if i in REPOSTS else each for i, each in enumerate(written))


def posted_again(story: Story, earlier: Story) -> Story:
    """The place and time of a story, with the words and photos of an earlier one."""
    return replace(story, title=earlier.title, lead=earlier.lead, paragraphs=earlier.paragraphs)


def section_order(seed: int) -> list[str]:
    """Forty section keys, each as often as its share."""
    keys = [key for key, share in SHARES.items() for _ in range(share)]
    Random(f"{seed} sections").shuffle(keys)
    return keys


def listing_times(count: int, seed: int) -> list[datetime]:
    """Minutes spread over the portal's years, mostly in office hours, in order and never the same twice."""
    dice = Random(f"{seed} times")
    step = (LAST_DAY - FIRST_DAY) / max(count, 1)
    wanted = sorted(at_some_hour(FIRST_DAY + step * i, i, dice) for i in range(count))
    return list(one_after_another(wanted))


def at_some_hour(day: datetime, index: int, dice: Random) -> datetime:
    """A minute of that day; now and then one that is hard to read."""
    if index % 10 == 7:
        hour, minute = ODD_HOURS[index // 10 % len(ODD_HOURS)]
    else:
        hour, minute = dice.choice((7, 8, 8, 9, 9, 10, 11, 14, 15, 15, 16, 17, 20)), dice.randrange(60)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def one_after_another(times: list[datetime]) -> Iterator[datetime]:
    """The same times, moved on by minutes where two are the same."""
    last = datetime.min.replace(tzinfo=VIETNAM)
    for at in times:
        last = max(at, last + timedelta(minutes=1))
        yield last


def compose(index: int, section: str, listed_at: datetime, seed: int = 2021) -> Story:
    """Story number `index` of a section: its text depends on nothing but the four arguments."""
    dice = Random(f"{seed} story {index}")
    fillings = Fillings(dice, kept_words(dice, listed_at))
    title = spoilt(fill(dice.choice(TITLES[section]), fillings), index)
    return Story(
        slug=slug_of(title, index, dice),
        section=section,
        title=title,
        lead=None if index % 7 == 3 else lead(fillings, listed_at),
        paragraphs=tuple(blocks(section, index, fillings, listed_at)),
        sign_off=None if index % 5 == 0 else fill(dice.choice(SIGNERS), fillings),
        attachments=attachments(section, index, dice, listed_at),
        listed_at=listed_at,
    )


def kept_words(dice: Random, listed_at: datetime) -> dict[str, str]:
    """What one story keeps to from its title to its last sentence."""
    ward = dice.choice(WARDS)
    return {
        "noi": ward,
        "Noi": ward[0].upper() + ward[1:],
        "nam": str(listed_at.year),
        "truoc": str(listed_at.year - 1),
        "thang": str(listed_at.month),
        "so_thon": str(dice.randint(1, 9)),
        "ten_truong": person(dice),
    }


def spoilt(title: str, index: int) -> str:
    """Some titles are shouted, some misspelt, as real ones are."""
    if index % 11 == 2:
        return title.upper()
    if index % 13 == 5:
        wrong = next((pair for pair in MISSPELLINGS if pair[0] in title), None)
        return title.replace(*wrong, 1) if wrong else title
    return title


def lead(fillings: Fillings, listed_at: datetime) -> str:
    """One sentence: who did what on which day."""
    opening = (
        f"Ngày {listed_at.day} tháng {listed_at.month}, UBND {{noi}} phối hợp với các cơ quan chức năng của thị xã"
    )
    endings = (
        " tổ chức hội nghị triển khai nhiệm vụ, phương hướng thời gian tới.",
        " tổng kết, đánh giá kết quả thực hiện và biểu dương {so} tập thể tiêu biểu; dự hội nghị có {nguoi}.",
        f" ra quân thực hiện đợt cao điểm theo chỉ đạo của {fillings.dice.choice(OFFICES)}.",
    )
    return fill(opening + fillings.dice.choice(endings), fillings)


def blocks(section: str, index: int, fillings: Fillings, listed_at: datetime) -> list[Block]:
    """Paragraphs, and among them the story's photos and perhaps a table; text comes first and last."""
    others: list[Block] = [*pictures(index, fillings, listed_at)]
    if index % 9 == 4:
        others.append(table(fillings.dice))
    texts = paragraphs(section, index, fillings)
    found: list[Block] = []
    for i, text in enumerate(texts, start=1):
        found.append(text)
        here = len(others) // (len(texts) - i) if i < len(texts) else 0
        found += others[:here]
        others = others[here:]
    return found


def paragraphs(section: str, index: int, fillings: Fillings) -> list[str]:
    """150 to about 600 syllables of the section's sentences and of common ones, none of them twice."""
    dice = fillings.dice
    own, common = list(SENTENCES[section]), list(COMMON)
    dice.shuffle(own)
    dice.shuffle(common)
    supply = [*MISLEADING] if index % 19 == 8 else []
    supply += [sentence for pair in zip(own, common, strict=False) for sentence in pair] + common[len(own) :]
    return grouped(supply, dice.randint(150, 540), fillings)


def grouped(supply: list[str], syllables: int, fillings: Fillings) -> list[str]:
    """Sentences joined to paragraphs of one to three until there are enough syllables."""
    made: list[str] = []
    while supply and (len(made) < 2 or sum(text.count(" ") + 1 for text in made) < syllables):
        size = fillings.dice.randint(1, 3)
        joint = "\n" if len(made) % 6 == 5 else " "
        made.append(joint.join(fill(sentence, fillings) for sentence in supply[:size]))
        supply = supply[size:]
    return made
