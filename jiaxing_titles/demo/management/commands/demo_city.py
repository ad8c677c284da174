"""`manage.py demo_city`: build the demo city, once."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiaxing_titles.accounts.models import User
from jiaxing_titles.demo.city import story
from jiaxing_titles.demo.city.timeline import on


class Command(BaseCommand):
    help = "建立演示城市：2025年已办结，2026年进行到指定日期（默认2026-10-28）。已有数据时不做任何改动。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quick", action="store_true", help="只建两家企业十二名申报人，供测试用。")
        parser.add_argument("--until", type=dt.date.fromisoformat, help="城市停在哪一天，如 2026-09-28。")
        parser.add_argument("--summary", action="store_true", help="以 JSON 打印城市里各类事项的状态。")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示城市只能建在演示环境（DEMO=1）。")
        if User.objects.filter(memberships__isnull=False).exists():
            self.stdout.write("数据库里已有人员，演示城市没有重建；要重建请先清空数据。")
        else:
            day = options["until"]
            until = on(day.year, day.month, day.day) if day else story.TODAY
            if until > story.TODAY and not options["quick"]:
                raise CommandError("整座城市最晚停在2026-10-28，之后的步骤留给访客自己办理。")
            began = time.monotonic()
            story.build(story.QUICK if options["quick"] else story.WHOLE, until, self._tell)
            self.stdout.write("")
            self.stdout.write(f"演示城市已建立，停在{until:%Y年%-m月%-d日}（用时{time.monotonic() - began:.0f}秒）。")
        if options["summary"]:
            self.stdout.write(json.dumps(story.summary(), ensure_ascii=False, indent=1))

    def _tell(self, month: dt.date) -> None:
        """A word a month, a line a year: whoever waits sees that the city is being lived."""
        start = f"  {month.year}年 " if month.month == 1 else ""
        self.stdout.write(f"{start}{month.month}月", ending="\n" if month.month == 12 else " ")
        self.stdout.flush()
