from __future__ import annotations

import datetime as dt
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from jiaxing_titles.workdays.calendar import MissingYear, count_publicity


class Command(BaseCommand):
    help = "计算公示的工作日：先印截止日，再印计入的各日。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--opened", type=dt.date.fromisoformat, required=True, help="公示起始日，如 2026-09-28")
        parser.add_argument("--days", type=int, required=True, help="工作日数")
        parser.add_argument("--count-first-day", action="store_true", help="起始日为工作日时计入")

    def handle(self, *args: object, **options: object) -> None:
        opened, days = options["opened"], options["days"]
        assert isinstance(opened, dt.date) and isinstance(days, int)
        if days < 1:
            self._refuse("工作日数须为不小于1的整数。")
        try:
            counted = count_publicity(opened, days, count_first_day=bool(options["count_first_day"]))
        except MissingYear as missing:
            self._refuse(str(missing))
        self.stdout.write(counted.ends_on.isoformat())
        self.stdout.write(" ".join(day.isoformat() for day in counted.days))

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(2)
