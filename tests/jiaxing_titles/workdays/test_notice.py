"""The notice in its own words: read, compared with the table day by day, shown before it is saved."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jiaxing_titles.workdays import seed
from jiaxing_titles.workdays.calendar import confirmed
from jiaxing_titles.workdays.models import CalendarDay, CalendarYear
from jiaxing_titles.workdays.notice import as_lines, read
from tests.jiaxing_titles.workdays.official_notices import NOTICES

NOTICE_2027 = """各省、自治区、直辖市人民政府：
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月20日（周六）上班。
三、清明节：4月3日至5日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日放假1天，不调休。
六、中秋节：9月15日放假1天，不调休。
七、国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。
"""


@pytest.mark.django_db
@pytest.mark.parametrize("year", NOTICES)
def test_the_table_says_of_every_day_what_the_notice_says(year):
    """Typed in by hand, so neither the package of the seed nor the one of the tests can be wrong with us."""
    told, table = read(NOTICES[year], year), confirmed(year)
    day = dt.date(year, 1, 1)
    while day.year == year:
        assert table.is_workday(day) == told.get(day, (day.weekday() < 5, ""))[0], day
        day += dt.timedelta(days=1)


def test_all_seeded_years_were_typed_in():
    assert list(NOTICES) == list(range(seed.FIRST, seed.LAST + 1))


@pytest.mark.parametrize("year", NOTICES)
def test_what_was_read_can_be_read_again(year):
    found = read(NOTICES[year], year)
    assert read(as_lines(found), year) == found


def test_a_day_that_is_said_twice_alike_is_one_day():
    assert read("2027-01-01 放假 元旦\n2027-01-01 放假", 2027) == read("2027-01-01 放假", 2027)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一、元旦：1月1日（周四）放假。", "写的是星期四，2027年这一天是星期五"),
        ("一、元旦：1月1日至3日放假，共2天。", "写的是共2天，起止日期是3天"),
        ("一、春节：2月29日放假。", "2月29日不存在"),
        ("一、元旦：放假安排另行通知。", "没有读到放假的日子"),
        ("一、春节：2月5日至2月1日放假。", "先早后晚"),
        ("一、春节：2月5日至11日放假，2月5日上班。", "既写了放假又写了上班"),
        ("一、元旦：2025年1月1日放假。", "写的是2025年"),
        ("一、元旦：1月3日上班。", "没有读到任何放假日"),
    ],
)
def test_a_slip_in_copying_is_told(text, told):
    with pytest.raises(ValueError, match=told) as caught:
        read(text, 2027)
    assert str(caught.value).endswith(("。", "元旦。"))


@pytest.fixture
def desk(city, login, at):
    at("2026-11-10 09:00:00")
    clerk, url = login("city_clerk", "city"), f"/console/do/workdays.load_year/{city['city'].pk}/"

    def send(**typed):
        return clerk.post(url, {"year": 2027, "number": "国办发明电〔2026〕7号", "key": "k", **typed})

    return send


def loaded() -> dict[dt.date, bool]:
    return dict(CalendarDay.objects.filter(year_id=2027).values_list("day", "is_workday"))


def test_nothing_is_saved_before_its_changes_were_shown(desk):
    asked = desk(lines=NOTICE_2027)
    page = asked.content.decode()
    assert asked.status_code == 422 and not CalendarYear.objects.filter(year=2027).exists()
    assert "与按法定节日推算的暂定日历相比" in page
    assert "2月20日（星期六） 上班 春节" in page and "10月9日（星期六） 上班 国庆节" in page
    form = asked.context["form"]
    assert desk(lines=form["lines"].value(), seen=form["seen"].value()).status_code == 302
    assert loaded()[dt.date(2027, 2, 20)] is True
    assert loaded() == {day: working for day, (working, _) in read(NOTICE_2027, 2027).items()}


def test_other_lines_than_those_shown_are_shown_first(desk):
    seen = desk(lines=NOTICE_2027).context["form"]["seen"].value()
    assert desk(lines=NOTICE_2027.replace("5月8日", "5月15日"), seen=seen).status_code == 422
    assert not loaded()


def test_a_second_notice_is_compared_with_the_first(desk):
    form = desk(lines=NOTICE_2027).context["form"]
    desk(lines=NOTICE_2027, seen=form["seen"].value())
    page = desk(lines=NOTICE_2027.replace("5月8日（周六）", "5月9日（周日）"), key="k2").content.decode()
    assert "与已导入的2027年日历相比" in page
    for words in ("5月8日（星期六） 上班", "5月9日（星期日） 上班 劳动节"):
        assert words in page
    assert "2月20日" not in page.split("与已导入的2027年日历相比")[1].split("受影响")[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_notice_may_be_uploaded(desk, encoding):
    asked = desk(file=SimpleUploadedFile("通知.txt", NOTICE_2027.encode(encoding)))
    assert asked.status_code == 422
    form = asked.context["form"]
    assert "2027-02-20 上班 春节" in form["lines"].value()
    assert desk(lines=form["lines"].value(), seen=form["seen"].value()).status_code == 302
    assert len(loaded()) == len(read(NOTICE_2027, 2027))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "请粘贴通知正文，或上传文件。"),
        ({"file": b"\x00\x01\xff"}, "文件不是文本"),
        ({"file": b"a" * 100_001}, "文件太大"),
        ({"file": b"2027-13-01 \xb7\xc5\xbc\xd9"}, "不存在的日期"),
    ],
)
def test_a_wrong_file_is_told_beside_its_field(desk, typed, told):
    if "file" in typed:
        typed = {"file": SimpleUploadedFile("通知.txt", typed["file"])}
    answer = desk(**typed)
    assert answer.status_code == 422 and told in answer.content.decode()
