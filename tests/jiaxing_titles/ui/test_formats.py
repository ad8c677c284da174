from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from jiaxing_titles.ui import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 3, 31), "2026年3月31日（星期二）"),
        (date(2026, 10, 11), "2026年10月11日（星期日）"),
        ("2026-10-11", "2026年10月11日（星期日）"),  # as frozen facts hold it
        (datetime(2026, 3, 31, 15, 59, tzinfo=UTC), "2026年3月31日（星期二）"),
        (datetime(2026, 3, 31, 16, 0, tzinfo=UTC), "2026年4月1日（星期三）"),  # midnight in Jiaxing
    ],
)
def test_dates_are_days_in_jiaxing(value, text):
    assert formats.cn_date(value) == text


def test_times_are_told_in_jiaxing():
    assert formats.cn_datetime(datetime(2026, 12, 31, 16, 5, tzinfo=UTC)) == "2027年1月1日 00:05"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("89.50"), "89.5 学时"), (Decimal("90"), "90 学时"), (100, "100 学时"), (Decimal("89.99"), "89.99 学时")],
)
def test_hours_are_never_rounded(value, text):
    assert formats.hours(value) == text


@pytest.mark.parametrize(("value", "text"), [(12000, "12,000 元"), (Decimal("1200.5"), "1,200.50 元")])
def test_money(value, text):
    assert formats.money(value) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 KB"), (1024, "1 KB"), (1025, "2 KB"), (1024 * 1024, "1.0 MB"), (20 * 1024 * 1024 + 1, "20.1 MB")],
)
def test_file_sizes_are_rounded_up(size, text):
    assert formats.file_size(size) == text
