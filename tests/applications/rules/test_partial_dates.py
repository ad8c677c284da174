import datetime as dt

import pytest

from applications.rules.partial_dates import first_day, in_words, last_day, read_partial_date


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2021-07-01", "2021-07-01"),
        ("2021.7.1", "2021-07-01"),
        ("2021/7/1", "2021-07-01"),
        ("2021年7月1日", "2021-07-01"),
        ("2021年7月", "2021-07"),
        (" 2021-7 ", "2021-07"),
        ("２０２１．７", "2021-07"),
        ("2021", "2021"),
        ("2021年", "2021"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_what_people_type_is_stored_in_one_form(typed, stored):
    assert read_partial_date(typed) == stored


HOW = "写成 2021-07-01；只记得月份写 2021-07，只记得年份写 2021。"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        *((typed, f"“{typed}”不是日期，{HOW}") for typed in ("21-7", "七月", "", "2021-7-1-1", "20210701x", "²021")),
        (" " + "长" * 21, f"“{'长' * 20}”不是日期，{HOW}"),
        ("2023-02-29", "“2023-02-29”这一天不存在，核对年、月、日。"),
        (" 2021-13 ", "“2021-13”这一天不存在，核对年、月、日。"),
        ("2021-00", "“2021-00”这一天不存在，核对年、月、日。"),
        ("2021-07-00", "“2021-07-00”这一天不存在，核对年、月、日。"),
        ("0000", "“0000”这一天不存在，核对年、月、日。"),
        ("1939", "年份 1939 早于 1940 年，核对后重填。"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError) as caught:
        read_partial_date(typed)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("typed", ["1940", "1940-01"])
def test_the_earliest_year_is_one_that_people_remember(typed):
    assert read_partial_date(typed) == typed


def test_what_is_not_known_spans_the_whole_month_or_year():
    assert (first_day("2024-02"), last_day("2024-02")) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert (first_day("2023"), last_day("2023")) == (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert first_day("2023-07-15") == last_day("2023-07-15") == dt.date(2023, 7, 15)
    assert last_day("2023-12") == dt.date(2023, 12, 31)
    assert [in_words(one) for one in ("2021-07-01", "2021-07", "2021")] == ["2021年7月1日", "2021年7月", "2021年"]
