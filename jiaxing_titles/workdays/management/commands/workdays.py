"""`manage.py workdays --opened 2026-09-28 --days 5`: the last counted day, then the counted days."""

from __future__ import annotations

import datetime as dt
import re
import sys
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from jiaxing_titles.workdays.calendar import MissingYear, count_publicity

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST = 1_000


class Command(BaseCommand):
    """Exit status 2, with one sentence on standard error and nothing on standard output, when it cannot be told."""

    help = "计算公示的工作日：先印截止日，再印计入的各日。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--opened", required=True, help="公示起始日，如 2026-09-28")
        parser.add_argument("--days", required=True, help="工作日数")
        parser.add_argument("--count-first-day", action="store_true", help="起始日为工作日时计入")

    def handle(self, *args: Any, opened: str, days: str, count_first_day: bool, **options: Any) -> None:
        try:
            counted = count_publicity(_day(opened), _number(str(days)), count_first_day=count_first_day)
        except (MissingYear, ValueError) as refusal:
            self._refuse(str(refusal))
        self.stdout.write(counted.ends_on.isoformat())
        self.stdout.write(" ".join(day.isoformat() for day in counted.days))

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(2)


def _day(text: str) -> dt.date:
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"公示起始日“{text}”不是存在的日期，请写成 2026-09-28 的样子。") from None
    if day.year == dt.MAXYEAR:
        raise MissingYear(day.year)
    return day


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= _MOST:
        raise ValueError(f"工作日数“{text}”不对，请填 1 至 {_MOST} 的整数。")
    return int(text)
