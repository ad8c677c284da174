"""The table in the database and the command over it."""

import datetime as dt
import re

import pytest
from django.core.management import call_command

from jiaxing_titles.workdays import calendar
from jiaxing_titles.workdays.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db


def load(year):
    CalendarYear.objects.create(year=year, notice=f"{year}年通知")
    CalendarDay.objects.create(day=dt.date(year, 1, 1), year_id=year, is_workday=False, name="元旦")


def test_the_command_prints_the_end_and_the_counted_days(capsys):
    call_command("workdays", "--opened", "2026-09-28", "--days", "5")
    assert capsys.readouterr().out == "2026-10-10\n2026-09-29 2026-09-30 2026-10-08 2026-10-09 2026-10-10\n"


def test_the_command_can_count_the_first_day(capsys):
    call_command("workdays", "--opened", "2026-09-28", "--days", "5", "--count-first-day")
    assert capsys.readouterr().out.splitlines()[0] == "2026-10-09"


@pytest.mark.parametrize(
    ("opened", "counting_first", "default"),
    [
        ("2019-12-27", "2020-01-03", "2020-01-06"),
        ("2024-12-26", "2025-01-02", "2025-01-03"),
        ("2025-09-26", "2025-10-09", "2025-10-10"),
        ("2025-12-26", "2026-01-04", "2026-01-05"),
        ("2026-02-11", "2026-02-24", "2026-02-25"),
        ("2026-04-29", "2026-05-08", "2026-05-09"),
        ("2026-09-28", "2026-10-09", "2026-10-10"),
        ("2026-12-28", "", ""),
    ],
)
def test_the_command_says_every_row_of_the_contract(capsys, opened, counting_first, default):
    """By the table in the database; an empty end is a refusal: nothing on standard output, a sentence, status 2."""
    for more, end in ((["--count-first-day"], counting_first), ([], default)):
        if end:
            call_command("workdays", "--opened", opened, "--days", "5", *more)
            first, second = capsys.readouterr().out.splitlines()
            assert (first, second.split(" ")[-1], len(second.split(" "))) == (end, end, 5)
            continue
        with pytest.raises(SystemExit) as caught:
            call_command("workdays", "--opened", opened, "--days", "5", *more)
        printed = capsys.readouterr()
        assert (caught.value.code, printed.out) == (2, "")
        assert re.fullmatch(r"2027年的放假调休通知还没有导入.*请先导入.*通知。\n", printed.err)


@pytest.mark.parametrize(
    ("opened", "days", "told"),
    [
        ("2026-12-28", "5", "2027年"),
        ("2018-12-28", "5", "2018年"),
        ("9999-12-31", "5", "9999年"),
        ("2026-02-30", "5", "不是存在的日期"),
        ("20260928", "5", "不是存在的日期"),
        ("2026-09-28", "0", "请填 1 至"),
        ("2026-09-28", "-3", "请填 1 至"),
        ("2026-09-28", "五", "请填 1 至"),
    ],
)
def test_the_command_refuses_with_one_sentence(capsys, opened, days, told):
    with pytest.raises(SystemExit) as caught:
        call_command("workdays", f"--opened={opened}", f"--days={days}")
    printed = capsys.readouterr()
    assert caught.value.code == 2
    assert printed.out == ""
    assert told in printed.err
    assert printed.err.count("\n") == 1


def test_a_loaded_notice_counts_at_once():
    with pytest.raises(calendar.MissingYear):
        calendar.count_publicity(dt.date(2026, 12, 28), 5)
    load(2027)
    assert calendar.count_publicity(dt.date(2026, 12, 28), 5).ends_on == dt.date(2027, 1, 5)


def test_a_long_count_reads_every_year_it_needs(django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert calendar.count_publicity(dt.date(2020, 1, 2), 800).ends_on.year == 2023


def test_a_gap_between_confirmed_years_is_refused():
    load(2028)
    with pytest.raises(calendar.MissingYear, match="2027年"):
        calendar.count_publicity(dt.date(2026, 12, 28), 400)


def test_a_deadline_in_a_year_without_notice_is_provisional():
    due = calendar.deadline(dt.date(2026, 12, 28), 5)
    assert due == calendar.Deadline(dt.date(2027, 1, 5), provisional=True)
    assert calendar.deadline(dt.date(2026, 9, 28), 5) == calendar.Deadline(dt.date(2026, 10, 10))


def test_a_provisional_deadline_skips_the_spring_festival():
    assert calendar.deadline(dt.date(2027, 2, 4), 1) == calendar.Deadline(dt.date(2027, 2, 11), provisional=True)


def test_two_queries_for_a_usual_notice(django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar.count_publicity(dt.date(2026, 9, 28), 5)
