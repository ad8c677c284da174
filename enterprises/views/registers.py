"""Tables that console pages of the stage show."""

from __future__ import annotations

from collections.abc import Sequence

from enterprises.choices import CheckItem, CheckResult, Condition, Desk, Level
from enterprises.models import (
    ApprovedList,
    Enterprise,
    Inspection,
    PilotApplication,
    PilotPlan,
    ReviewAuthority,
    SanctionCase,
)
from enterprises.queries.plans import scoring
from jiaxing_titles.ui.components import Cell, Column, Table
from jiaxing_titles.ui.formats import cn_date, cn_datetime

TITLES = (("senior", "高级"), ("middle", "中级"), ("junior", "初级"), ("untitled", "无职称"))
TONES = {"met": "green", "unmet": "red", "unclear": "amber"}


def conditions(application: PilotApplication) -> Table:
    """Each condition as the company, the county and the city see it, side by side."""
    found = {(check.desk, check.condition): check for check in application.checks.all()}
    rows = []
    for condition in Condition:
        row: list[object] = [condition.label]
        for desk in Desk:
            check = found.get((desk.value, condition.value))
            row.append(Cell(check.get_verdict_display(), tone=TONES[check.verdict]) if check else "")
        proof = found.get((Desk.ENTERPRISE.value, condition.value))
        row.append(f"{proof.get_slot_display()} {proof.pages}".strip() if proof and proof.slot else "")
        rows.append(row)
    columns = [Column("条件"), *(Column(desk.label) for desk in Desk), Column("证明材料")]
    return Table(columns, rows, caption="三项条件")


def talent(application: PilotApplication) -> Table:
    rows = [
        [row.speciality.name, *(getattr(row, name) for name, _ in TITLES), row.total]
        for row in application.talent.select_related("speciality")
    ]
    columns = [Column("专业"), *(Column(label, number=True) for _, label in TITLES), Column("合计", number=True)]
    return Table(columns, rows, caption="单位人才结构", empty="没有填写。")


def experts(application: PilotApplication) -> Table:
    rows = [
        [one.name, one.get_title_level_display(), one.title_name, one.speciality.name, one.employer or "本企业"]
        for one in application.experts.select_related("speciality")
    ]
    columns = [Column(name) for name in ("姓名", "级别", "资格", "专业", "工作单位")]
    return Table(columns, rows, caption="评审专家储备", empty="没有登记。")


def corrections(application: PilotApplication) -> Sequence[Table]:
    tables = []
    for notice in application.corrections.prefetch_related("items"):
        rows = [[item.place_label, item.defect, item.remedy] for item in notice.items.all()]
        columns = [Column("哪一部分"), Column("问题"), Column("怎么改")]
        answered = "，已重新提交" if notice.answered_at else ""
        caption = f"{notice}（{cn_datetime(notice.issued_at)}，期限{cn_date(notice.due_on)}{answered}）"
        tables.append(Table(columns, rows, caption=caption))
    return tables


def entries(approved: ApprovedList, edit_url: str = "") -> Table:
    """The companies of a list; `edit_url` (with a place for the id) leads to the scope while it is drafted."""
    found = approved.entries.select_related(
        "application__enterprise__organisation__supervisor", "application__cycle"
    ).prefetch_related("specialities")
    rows = []
    for entry in found:
        scope = "、".join(Level(level).label for level in entry.levels)
        names = "、".join(one.name for one in entry.specialities.all())
        enterprise = entry.application.enterprise
        rows.append(
            [
                Cell(enterprise.organisation.name, url=entry.application.console_url()),
                enterprise.bureau.short_name,
                Cell(entry.get_outcome_display(), tone="green" if entry.outcome == "approve" else "grey"),
                f"{scope}：{names}" if scope else "",
                entry.reason,
                Cell("修改", url=edit_url.format(row=entry.pk)) if edit_url else "",
            ]
        )
    columns = [Column(name) for name in ("企业", "县(市、区)", "结论", "授权范围", "理由", "操作")]
    return Table(columns, rows, caption="名单企业")


def suspensions(authority: ReviewAuthority) -> Table:
    rows = [
        [cn_date(one.from_on), cn_date(one.to_on) if one.to_on else "至今", one.reason]
        for one in authority.suspensions.all()
    ]
    return Table([Column("暂停起"), Column("暂停止"), Column("事由")], rows, caption="暂停记录", empty="没有暂停过。")


def criteria(plan: PilotPlan) -> Table:
    rows = [
        [
            row.number,
            row.get_level_display(),
            row.get_route_display(),
            row.get_kind_display(),
            row.text,
            row.get_necessity_display() + (f"（{row.option_group}）" if row.option_group else ""),
            row.applies_to,
        ]
        for row in plan.criteria.select_related("speciality")
    ]
    columns = [Column(name) for name in ("序号", "级别", "途径", "类型", "内容", "作用", "适用专业、岗位")]
    return Table(columns, rows, caption="评价标准")


def pay(plan: PilotPlan) -> Table:
    rows = [[row.get_level_display(), row.post, row.pay_item, row.monthly_increase] for row in plan.pay_links.all()]
    columns = [Column("级别"), Column("聘任岗位"), Column("薪酬待遇项目"), Column("每月增加（元）", number=True)]
    return Table(columns, rows, caption="薪酬挂钩表")


def weights(plan: PilotPlan) -> Table:
    rows = [[row.get_dimension_display(), row.percent] for row in plan.dimension_weights.all()]
    return Table([Column("方面"), Column("权重（%）", number=True)], rows, caption=f"评分权重：{scoring(plan)}")


def credit(enterprise: Enterprise) -> Table:
    rows = [
        [
            Cell(cn_date(record.occurred_on), url=record.console_url()),
            record.get_kind_display(),
            record.clause,
            record.facts[:80],
            "已撤销" if record.annulled_at else ("已陈述申辩" if record.replied_at else ""),
        ]
        for record in enterprise.credit_records.order_by("-occurred_on", "-pk")[:50]
    ]
    columns = [Column(name) for name in ("日期", "类型", "依据", "事实", "情况")]
    return Table(columns, rows, caption="信用档案", empty="没有信用记录。")


def dismissals(enterprise: Enterprise) -> Table:
    rows = [
        [cn_date(one.dismissed_at.date()), str(one.cycle), one.get_kind_display(), one.reason, one.dismissed_by.name]
        for one in enterprise.credit_dismissals.select_related("cycle", "dismissed_by")[:50]
    ]
    columns = [Column(name) for name in ("日期", "年度", "类型", "理由", "办理人")]
    return Table(columns, rows, caption="不予记入信用档案的建议", empty="没有。")


def years(enterprise: Enterprise) -> Table:
    found = enterprise.pilot_applications.select_related("cycle", "enterprise__organisation").order_by("-cycle__year")
    rows = [[Cell(str(one.cycle), url=one.console_url()), one.get_state_display()] for one in found[:20]]
    return Table([Column("年度"), Column("试点申请")], rows, caption="历年申请", empty="没有申请过。")


def referrals(sanction: SanctionCase) -> Table:
    rows = [[cn_date(one.referred_on), one.referred_to, one.matter, one.materials] for one in sanction.referrals.all()]
    columns = [Column(name) for name in ("日期", "移送单位", "事项和责任人", "材料")]
    return Table(columns, rows, caption="移送记录", empty="没有移送。")


def checklist(inspection: Inspection) -> Table:
    """Each item of the checklist with its result."""
    tones = {CheckResult.OK: "green", CheckResult.FAULT: "red", CheckResult.NONE: "grey"}
    rows = []
    for item in CheckItem:
        answer = inspection.answers.get(item)
        if answer:
            result = CheckResult(answer["result"])
            rows.append([item.label, Cell(result.label, tone=tones[result]), answer["note"]])
    return Table([Column("检查事项"), Column("结果"), Column("情况说明")], rows, "检查清单")
