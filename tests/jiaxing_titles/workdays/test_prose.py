"""The notice read to the letter: every day that is named, and the sentence for every slip. No table is needed."""

import datetime as dt

import pytest

from jiaxing_titles.workdays.estimate import statutory
from jiaxing_titles.workdays.notice import as_lines, example_of, read
from jiaxing_titles.workdays.prose import days, is_prose

ONE_DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def off(first: str, last: str, name: str) -> list[tuple[dt.date, bool, str]]:
    return [(day(first) + n * ONE_DAY, False, name) for n in range((day(last) - day(first)).days + 1)]


def on(text: str, name: str) -> tuple[dt.date, bool, str]:
    return day(text), True, name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、元旦：1月1日放假，与周末连休。", off("2027-01-01", "2027-01-01", "元旦")),
        ("一、元旦：2027年1月1日（周五）至3日（周日）放假，共3天。", off("2027-01-01", "2027-01-03", "元旦")),
        (
            "十二、春节：2月5日—11日放假调休，共7天。2月20日（星期六）、28日（星期日）上班。",
            [*off("2027-02-05", "2027-02-11", "春节"), on("2027-02-20", "春节"), on("2027-02-28", "春节")],
        ),
        (
            "一、国庆节、中秋节：10月1日-3日，5日～7日起放假；10月9日上班",
            [
                *off("2027-10-01", "2027-10-03", "国庆节、中秋节"),
                *off("2027-10-05", "2027-10-07", "国庆节、中秋节"),
                on("2027-10-09", "国庆节、中秋节"),
            ],
        ),
        ("一、五一: 5月1日 至 5月3日 放 假", off("2027-05-01", "2027-05-03", "五一")),
        ("一、年：1月1日至15日放假", off("2027-01-01", "2027-01-15", "年")),
        (
            "一、元旦：1月1日放假，共1天；1月4日至5日放假，共2天。\n二、清明：4月5日放假。\n三、五一：5月1日放假。\n四、端午：6月9日放假。",
            [
                *off("2027-01-01", "2027-01-01", "元旦"),
                *off("2027-01-04", "2027-01-05", "元旦"),
                *off("2027-04-05", "2027-04-05", "清明"),
                *off("2027-05-01", "2027-05-01", "五一"),
                *off("2027-06-09", "2027-06-09", "端午"),
            ],
        ),
        ("一、春节：2月7日（星期天）放假", off("2027-02-07", "2027-02-07", "春节")),
        ("一、跨年：12月31日和2028年1月1日放假", [*off("2027-12-31", "2028-01-01", "跨年")]),
    ],
)
def test_each_day_of_the_notice(text, found):
    assert list(days(text, 2027)) == found


SHAPE = "请写成：2027-01-01 至 2027-01-03 放假 元旦。"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "一、元旦：1月1日（周四）放假。",
            "“元旦”中的1月1日写的是星期四，2027年这一天是星期五，请核对年份和日期。",
        ),
        (
            "一、春节：2月7日（星期六）放假。",
            "“春节”中的2月7日写的是星期六，2027年这一天是星期日，请核对年份和日期。",
        ),
        ("一、元旦：1月1日至3日放假，共2天。", "“元旦”写的是共2天，起止日期是3天，请核对。"),
        ("一、春节：2月29日放假。", "“春节”中的2027年2月29日不存在，请核对。"),
        ("一、春节：2月5日放假，共1天。6日上班。", "“春节”中的6日没有写月份，请核对是否复制完整。"),
        ("一、元旦：2026年12月31日至1月2日放假。", "“元旦”的起止日期不对：应先早后晚，不超过15天。"),
        ("一、元旦：放假安排另行通知。", "“元旦”一条没有读到放假的日子，请核对是否复制完整。"),
        ("一、春节：2月5日至2月1日放假。", "“春节”的起止日期不对：应先早后晚，不超过15天。"),
        ("一、春节：2月5日至5日放假。", "“春节”的起止日期不对：应先早后晚，不超过15天。"),
        ("一、春节：2月5日至20日放假。", "“春节”的起止日期不对：应先早后晚，不超过15天。"),
        ("一、春节：2月5日至11日放假，2月5日上班。", "春节：2027-02-05既写了放假又写了上班，请核对通知。"),
        ("一、元旦：2025年1月1日放假。", "“元旦”写的是2025年，请核对是不是2027年的通知。"),
        ("一、元旦：1月3日上班。", "没有读到任何放假日。每行写一条，例如：2027-01-01 至 2027-01-03 放假 元旦。"),
        ("", "没有读到任何放假日。每行写一条，例如：2027-01-01 至 2027-01-03 放假 元旦。"),
        ("\n元旦放假", f"第2行看不懂：“元旦放假”。{SHAPE}"),
        ("2027-13-01 放假", "第1行有不存在的日期，请核对。"),
        ("2027-01-03 至 2027-01-01 放假", "第1行的起止日期不对：应为1至15天，先早后晚。"),
        ("2027-01-01 至 2027-01-16 放假", "第1行的起止日期不对：应为1至15天，先早后晚。"),
        ("2026-12-31 放假", "第1行有不属于2027年的日子，请只填2027年的安排。"),
        ("2027-12-31 至 2028-01-01 放假", "第1行有不属于2027年的日子，请只填2027年的安排。"),
        ("2027-01-01 放假\n2027-01-01 上班", "第2行：2027-01-01既写了放假又写了上班，请核对通知。"),
    ],
)
def test_every_slip_has_its_sentence(text, sentence):
    with pytest.raises(ValueError) as caught:
        read(text, 2027)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2027-01-01 至 2027-01-15 放假 元旦\n\n  2027-01-16 上班", 12),
        ("2027-01-01到2027-01-03 放假", 1),
        ("2027-01-01~2027-01-04 放假", 2),
    ],
)
def test_lines_are_read_and_days_that_are_free_anyway_left_out(text, found):
    assert len(read(text, 2027)) == found


def test_a_day_that_is_said_twice_alike_is_one_day():
    assert read("2027-01-01 放假 元旦\n2027-01-01 放假", 2027) == {day("2027-01-01"): (False, "")}


def test_a_day_of_the_neighbouring_year_belongs_to_its_own_table():
    text = "一、元旦：2026年12月31日至2027年1月1日放假，共2天。"
    assert read(text, 2027) == {day("2027-01-01"): (False, "元旦")}


def test_lines_are_written_as_they_are_read():
    found = {day("2027-01-01"): (False, "元旦"), day("2027-01-02"): (True, "")}
    assert as_lines(found) == "2027-01-01 放假 元旦\n2027-01-02 上班"


@pytest.mark.parametrize(
    ("text", "told"), [("一、元旦：1月1日放假", True), ("2027-01-01 放假", False), ("元旦：x", False)]
)
def test_the_form_is_known_by_its_items(text, told):
    assert is_prose(text) is told


def test_the_example_of_a_year_can_be_read():
    text = example_of(2027)
    assert text.splitlines()[0] == "2027-01-01 放假" and text.splitlines()[-1] == "2027-10-09 上班"
    assert "2027-05-01 至 2027-05-02 放假" in text and example_of(2028).endswith("\n2028-10-14 上班")
    assert "2027-02-05 至 2027-02-08 放假" in text and "2027-10-01 至 2027-10-03 放假" in text
    read_days = read(text, 2027)
    assert {one for one, (working, _) in read_days.items() if not working} == {
        one for one in statutory(2027) if one.weekday() < 5
    }
    assert [one for one, (working, _) in read_days.items() if working] == [day("2027-10-09")]
