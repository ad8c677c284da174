"""Values of the components, as pages show them."""

import datetime as dt

from django.template import Context, Template

from jiaxing_titles.ui.components import Row

DAY = dt.date(2026, 4, 20)
MOMENT = dt.datetime(2026, 4, 20, 9, 5, tzinfo=dt.UTC)


def test_a_summary_writes_days_in_chinese_and_names_what_is_missing():
    rows = [Row("研究日期", DAY), Row("研究时间", MOMENT), Row("结论", "同意\n公布"), Row("说明", ""), Row("人数", 0)]
    page = Template("{% load ui %}{% summary_list rows %}").render(Context({"rows": rows}))
    answers = [part.partition("</dd>")[0] for part in page.split("<dd>")[1:]]
    missing = '<span class="muted">未填写</span>'
    assert answers == ["2026年4月20日（星期一）", "2026年4月20日 17:05", "同意<br>公布", missing, "0"]
