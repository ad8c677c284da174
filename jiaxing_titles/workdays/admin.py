from __future__ import annotations

from typing import Any

from django.contrib import admin

from jiaxing_titles.console.case_admin import RegisterAdmin
from jiaxing_titles.ui.components import Cell, Column, Table
from jiaxing_titles.ui.formats import cn_date
from jiaxing_titles.workdays.models import CalendarYear


@admin.register(CalendarYear)
class CalendarYearAdmin(RegisterAdmin):
    """The years whose official notice is in the table; everything else is 暂定."""

    begun_by = ("workdays.load_year",)
    list_display = ("year", "notice", "number")
    sorts = {"newest": ("-year",)}
    fields = ("year", "notice", "number", "confirmed_at")

    def tables(self, entry: Any) -> list[Table]:
        rows = [
            [Cell(cn_date(day.day)), Cell("上班" if day.is_workday else "放假"), Cell(day.name)]
            for day in entry.days.order_by("day")
        ]
        return [Table([Column("日期"), Column("安排"), Column("名称")], rows, caption="与平常不同的日子")]
