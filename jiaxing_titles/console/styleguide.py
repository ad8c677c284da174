"""样式清单: every component once, with plain examples; staff only, and itself tested."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.components import TONE_OF_WORD, Button, Cell, Column, Event, FileRow, Row, Table, Task


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=50)
    hours = forms.DecimalField(
        label="继续教育学时", help_text="填当年取得的学时，可有小数，例如 89.5。", required=False
    )
    level = forms.ChoiceField(
        label="申报级别", choices=[("engineer", "工程师"), ("assistant", "助理工程师")], widget=forms.RadioSelect
    )
    speciality = forms.ChoiceField(label="专业", choices=[("", "请选择"), ("m", "机械设计"), ("e", "电气自动化")])
    summary = forms.CharField(label="业绩摘要", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    proof = forms.FileField(label="证明材料", required=False)
    truth = forms.BooleanField(label="我承诺以上内容属实", error_messages={"required": "勾选承诺后才能提交"})


REASONS = [
    Reason("继续教育84学时，差6学时。", "附件二", "R-A2", remedy="12月31日前补足即可。", field="hours"),
    Reason(
        "外聘专家4人，共10人，超过三分之一。",
        "办法五（二）",
        "R-5.2.8",
        "G10",
        remedy="减少1名外聘，或增加2名本企业专家。",
    ),
]
TABLE = Table(
    [Column("序号", number=True), Column("姓名"), Column("单位"), Column("状态")],
    [
        [1, Cell("陈一", url="#tables"), "示例精密", Cell("公示中", tone="amber")],
        [2, Cell("李四", url="#tables"), "示例化纤", Cell("已通过", tone="green")],
    ],
    caption="名单",
)


def show(request: HttpRequest, site_context: dict[str, Any]) -> HttpResponse:
    """GET shows the components; `?errors=1` shows the form as sent back."""
    form = ExampleForm({"hours": "八十"}) if request.GET.get("errors") else ExampleForm()
    now = clock.now()
    context = {
        **site_context,
        "title": "样式清单",
        "form": form,
        "words": TONE_OF_WORD,
        "reasons": REASONS,
        "buttons": [
            Button("同意并报备", "#steps", first=True),
            Button("退回补正", "#steps"),
            Button("撤销", "#steps", kind="danger"),
            Button("报备", "#steps", reasons=REASONS[1:], reasons_id="why-not-example"),
        ],
        "events": [
            Event("提交", now, "陈一（示例精密企业经办）", "草稿 → 待县局受理"),
            Event("退回补正", now, comment="缺薪酬待遇体系。"),
        ],
        "stages": ["企业申请", "名单公布", "方案报送", "企业评审"],
        "tasks": [
            Task("填写企业信息", "已填好", "#tasks"),
            Task("上传薪酬待遇体系", "填写中", "#tasks", "与职称挂钩"),
            Task("登记评审专家储备", "有问题", "#tasks"),
            Task("填写人才结构", "未开始", "#tasks"),
            Task("检查并提交", "暂不能开始"),
        ],
        "rows": [Row("单位", "示例精密", "#summary"), Row("毕业年月", None, "#summary")],
        "table": TABLE,
        "no_table": Table(TABLE.columns, [], empty="当前条件下没有记录。清除条件后再看。"),
        "files": [FileRow("薪酬待遇体系.pdf", "PDF，1.2 MB", "#files")],
        "counted": [date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)],
        "running_day": date(2026, 10, 8),
        "over_day": date(2026, 10, 11),
        "effects": ["进入拟核准名单", "企业在“我的申请”看到“拟核准”"],
    }
    return TemplateResponse(request, "admin/styleguide.html", context)
