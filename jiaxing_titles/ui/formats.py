"""How dates, hours and money read in Chinese; shared by pages, documents and messages."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

WEEKDAYS = "一二三四五六日"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_day(value: date | datetime | str) -> date:
    """The calendar day in Jiaxing: an aware datetime may already be tomorrow there; frozen facts hold ISO text."""
    if isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date() if value.tzinfo else value.date()
    return value


def cn_date(value: date | datetime | str) -> str:
    """`2026年3月31日（星期二）`."""
    day = local_day(value)
    return f"{day.year}年{cn_day(day)}"


def cn_day(value: date | datetime | str) -> str:
    """`3月31日（星期二）`, where the year is plain from what stands around it."""
    day = local_day(value)
    return f"{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def cn_datetime(value: datetime) -> str:
    """`2026年3月31日 17:05`."""
    moment = value.astimezone(SHANGHAI) if value.tzinfo else value
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def hours(value: Decimal | int) -> str:
    """`89.5 学时`: no trailing zeros, never rounded."""
    return f"{_plain(Decimal(value))} 学时"


def money(value: Decimal | int) -> str:
    """`12,000.50 元`: two places only where there are 分."""
    amount = Decimal(value)
    return f"{amount:,.2f} 元" if amount % 1 else f"{amount:,.0f} 元"


def file_size(size: int) -> str:
    """`1.2 MB`, `340 KB`; rounded up in integers, so that a file is never said to be smaller than it is."""
    if size < 1024 * 1024:
        return f"{-(-size // 1024)} KB"
    tenths = -(-size * 10 // (1024 * 1024))
    return f"{tenths // 10}.{tenths % 10} MB"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
