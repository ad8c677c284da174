"""结果上报 and 市局汇总 (办法五（三）)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from applications.choices import ApplicationState, Route
from applications.models import AnnualRound, TitleApplication
from enterprises.models import Bureau, Enterprise
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import OptionalReasonForm, ReasonForm
from jiaxing_titles.policy.models import Cycle, NamedException
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.filing import CITY, COUNTY
from reviews.actions.panel import COMPANY, DESK
from reviews.choices import ConsolidationState, MeetingState, Outcome, ReportState
from reviews.gates.report import applicants_of, outcome_of, standings
from reviews.models import Consolidation, ReportLine, ResultReport
from reviews.queries import digest

S = ApplicationState


def _may_report(round_: AnnualRound, actor: Actor) -> list[Reason]:
    if hasattr(round_, "report"):
        return [Reason("本年度结果上报已经建立。", "办法五（三）", "R-5.3.2", "G13")]
    if round_.meetings.exclude(state=MeetingState.CONCLUDED).exists():
        return [Reason("还有评审会没有形成结论。", "办法五（三）", "R-5.3.2", "G13", remedy="请先办完评审会。")]
    return []


@step(
    AnnualRound,
    label="准备结果上报",
    by=DESK,
    on="enterprise.organisation",
    blockers=_may_report,
    creates=True,
    effects=["按评审结论和考核结果生成上报草稿"],
)
def open_report(round_: AnnualRound, *, actor: Actor) -> ResultReport:
    """R-5.3.2: the list comes from the tallies; there is nothing to type."""
    return ResultReport.objects.create(round=round_)


@step(
    ResultReport,
    label="填写评审工作报告",
    by=DESK,
    on=COMPANY,
    when=[ReportState.DRAFT],
    form=forms.SummaryForm,
)
def write_summary(report: ResultReport, *, actor: Actor, work_summary: str) -> None:
    """评审工作报告 (DOC-21)."""
    report.work_summary = work_summary


def _content(round_: Any) -> list[dict[str, Any]]:
    """Everybody of the round with his end and what it rests on, in the order of handing in."""
    return [
        {
            "序号": number,
            "申报": person.pk,
            "姓名": person.person.name,
            "申报资格": person.get_level_display(),
            "专业": person.speciality.name,
            "途径": person.get_route_display(),
            "结果": Outcome(outcome_of(person)).value,
            "依据": _basis(person),
        }
        for number, person in enumerate(applicants_of(round_), start=1)
    ]


def _basis(application: Any) -> str:
    sentences = [item.result_sentence for item in application.agenda_items.all() if item.result_sentence]
    if sentences:
        return str(sentences[-1])
    if application.route == Route.INITIAL and hasattr(application, "initial_check"):
        return f"考核{application.initial_check.get_result_display()}"
    return str(application.decision_reason)[:200]


@step(
    ResultReport,
    label="提交负责人确认",
    by=DESK,
    on=COMPANY,
    move="present",
    tells=[Tell(Role.ENT_LEAD, COMPANY, "{case}已核对，请确认后上报市人力社保局。")],
    effects=["申报人数与各种结果逐人核对为零", "上报内容冻结，等待负责人确认"],
)
def present_report(report: ResultReport, *, actor: Actor) -> None:
    """G13: reconciliation zero and everybody in scope, or it does not leave the desk."""
    content = _content(report.round)
    report.lines.all().delete()
    ReportLine.objects.bulk_create(
        [
            ReportLine(
                report=report,
                application_id=row["申报"],
                number=row["序号"],
                outcome=row["结果"],
                basis=row["依据"],
            )
            for row in content
        ]
    )
    report.content = {"人员": content}
    report.content_hash = digest(report.content)


@step(ResultReport, label="取回修改", by=DESK, on=COMPANY, move="take_back", form=OptionalReasonForm)
def recall_report(report: ResultReport, *, actor: Actor, reason: str = "") -> None:
    """Decision 44: not yet confirmed by the head."""


@step(
    ResultReport,
    label="退回经办人",
    by=[Role.ENT_LEAD],
    on=COMPANY,
    move="take_back",
    form=ReasonForm,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}被负责人退回：{reason}")],
    kind="danger",
)
def send_back_report(report: ResultReport, *, actor: Actor, reason: str) -> None:
    """The head wants it otherwise."""


def _as_presented(report: ResultReport, actor: Actor) -> list[Reason]:
    if report.state != ReportState.AWAITING_LEAD:
        return []
    if digest({"人员": _content(report.round)}) == report.content_hash:
        return []
    text = "上报内容生成之后，有人员的结果发生变化。"
    return [Reason(text, "办法五（三）", "R-5.3.2", "G13", remedy="请退回经办人重新生成。")]


@step(
    ResultReport,
    label="确认并上报市局",
    by=[Role.ENT_LEAD],
    on=COMPANY,
    move="confirm",
    blockers=_as_presented,
    other_than=["present_report"],
    tells=[
        Tell(Role.CITY_CLERK, CITY, "{case}已上报。"),
        Tell(Role.COUNTY, COUNTY, "{case}已上报市局。"),
    ],
    effects=["评审通过人员名单上报市人力社保局"],
)
def confirm_report(report: ResultReport, *, actor: Actor) -> None:
    """办法五（三）：评审结束后将评审通过人员名单汇总报市人力社保局; the scope is checked once more (PR-2)."""
    report.submitted_at, report.returned_reason = clock.now(), ""
    passed = report.lines.filter(outcome=Outcome.PASSED).values("application")
    people = TitleApplication.objects.filter(pk__in=passed, state__in=[S.PANEL_PASSED, S.NOTICED])
    carry(people, "report", actor=actor, because="reviews.confirm_report")


@step(
    ResultReport,
    label="接收",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="receive",
    form=OptionalReasonForm,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}已由市局接收。")],
)
def receive_report(report: ResultReport, *, actor: Actor, reason: str = "") -> None:
    """Into the consolidation (R-5.3.3)."""
    report.received_at = clock.now()


def _not_consolidated(report: ResultReport, actor: Actor) -> list[Reason]:
    done = Consolidation.objects.filter(cycle=report.round.cycle, state=ConsolidationState.COMPLETE)
    if done.exists():
        return [Reason("全市汇总已完成，不能再退回。", "办法五（三）", "R-5.3.3", "G14")]
    return []


@step(
    ResultReport,
    label="退回上报",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="return_back",
    form=ReasonForm,
    blockers=_not_consolidated,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}被市局退回：{reason}", sms=True)],
    kind="danger",
)
def return_report(report: ResultReport, *, actor: Actor, reason: str) -> None:
    """R-1.1: the city may return, it does not rewrite; people go back to where the company left them."""
    report.returned_reason = reason
    because = "reviews.return_report"
    people = TitleApplication.objects.filter(report_lines__report=report, state=S.REPORTED)
    carry(people.exclude(route=Route.INITIAL), "unreport", actor=actor, because=because)
    carry(people.filter(route=Route.INITIAL), "unreport_initial", actor=actor, because=because)


@step(ResultReport, label="修改后重新上报", by=DESK, on=COMPANY, move="revise")
def revise_report(report: ResultReport, *, actor: Actor) -> None:
    """Back to a draft; what the city wrote stays visible until it is sent again."""


@step(
    AnnualRound,
    label="批准逾期上报",
    by=[Role.CITY_LEAD],
    on="enterprise.organisation.city",
    form=forms.LateReportForm,
    tells=[Tell(Role.ENT_HR, "enterprise.organisation", "市局已批准{case}逾期上报。")],
    kind="danger",
)
def allow_late_report(round_: AnnualRound, *, actor: Actor, until: dt.date, reason: str) -> None:
    """办法五（三） 11中旬前: after the last day only by a named exception of the city's leadership (decision 42)."""
    if clock.today() <= round_.cycle.report_due_on:
        raise Blocked([Reason("还没有超过上报截止日，不需要批准。", "办法五（三）", "R-5.3.1", "G13")])
    if until < clock.today():
        raise Blocked([Reason("允许上报至不能早于今天。", field="until")])
    assert actor.user is not None
    NamedException.objects.update_or_create(
        cycle=round_.cycle,
        organisation=round_.enterprise.organisation,
        kind=NamedException.Kind.LATE_REPORT,
        defaults={"reason": reason, "until": until, "granted_by": actor.person, "granted_at": clock.now()},
    )


@step(
    Bureau,
    label="开始全市汇总",
    by=[Role.CITY_CLERK],
    on="organisation",
    form=forms.CycleForm,
    creates=True,
)
def open_consolidation(bureau: Bureau, *, actor: Actor, cycle: Cycle) -> Consolidation:
    """R-5.3.3: 对全市所有自主评审企业评审结果进行汇总; one a year."""
    if bureau.organisation.kind != Organisation.Kind.CITY_BUREAU:
        raise Blocked([Reason("汇总由市局办理。")])
    if Consolidation.objects.filter(cycle=cycle).exists():
        raise Blocked([Reason(f"{cycle}的汇总已经开始。", field="cycle")])
    return Consolidation.objects.create(cycle=cycle, organisation=bureau.organisation)


@step(
    Consolidation,
    label="企业除外",
    by=[Role.CITY_LEAD],
    on="organisation",
    when=[ConsolidationState.OPEN],
    form=forms.ExcuseForm,
    kind="danger",
)
def excuse_company(consolidation: Consolidation, *, actor: Actor, enterprise: Enterprise, reason: str) -> None:
    """Decision 42: the batch does not wait for ever; who is left out is left out by name and with a reason."""
    state = {one["enterprise"].pk: one["status"] for one in standings(consolidation.cycle)}.get(enterprise.pk)
    if state != "missing":
        raise Blocked([Reason("只有没有上报的企业才能除外。", "办法五（三）", "R-5.3.3", "G14", field="enterprise")])
    assert actor.user is not None
    NamedException.objects.create(
        cycle=consolidation.cycle,
        organisation=enterprise.organisation,
        kind=NamedException.Kind.UNREPORTED,
        reason=reason,
        granted_by=actor.person,
        granted_at=clock.now(),
    )


@step(
    Consolidation,
    label="完成汇总",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="complete",
    effects=["送审名册确定，可以召开中评委会议", "不再接收、退回企业上报"],
)
def complete_consolidation(consolidation: Consolidation, *, actor: Actor) -> None:
    """G14: nobody is forgotten silently."""
    people = TitleApplication.objects.filter(cycle=consolidation.cycle, state=S.REPORTED)
    consolidation.completed_at = clock.now()
    consolidation.summary = {
        "人数": people.count(),
        "企业": [{"企业": str(one["enterprise"]), "情况": one["status"]} for one in standings(consolidation.cycle)],
    }
