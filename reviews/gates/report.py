"""G13 and G14: the result leaves the company reconciled and in scope; the city's batch is complete (办法五（三）)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from applications.choices import ApplicationState, CheckResult, Route
from enterprises.queries import authority_of, standing
from enterprises.rules.scope import scope_reasons
from jiaxing_titles import clock
from jiaxing_titles.policy.models import NamedException
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_day
from reviews.choices import ItemState, Outcome, ReportState
from reviews.rules import reconciliation

if TYPE_CHECKING:
    from reviews.models import Consolidation, ResultReport

CLAUSE = "办法五（三）"

PASSED = frozenset(ApplicationState.panel_passed())
ENDS = {
    "panel_failed": Outcome.FAILED,
    "not_endorsed": Outcome.NOT_ENDORSED,
    "withdrawn": Outcome.WITHDRAWN,
    "disqualified": Outcome.DISQUALIFIED,
    "voided": Outcome.DISQUALIFIED,
}


def applicants_of(round_: Any) -> Any:
    """Everybody who handed in an application in this round, withdrawn ones included, drafts not."""
    return (
        round_.applications.exclude(submitted_at=None)
        .exclude(state="draft")
        .select_related("person", "speciality", "initial_check")
        .prefetch_related("agenda_items")
        .order_by("pk")
    )


def outcome_of(application: Any) -> str:
    """The one end that the person has in this round, from his state and, for 缓评, from the agenda."""
    if application.state in PASSED:
        return Outcome.PASSED
    if application.state in ENDS:
        return ENDS[application.state]
    if application.state != "noticed":
        return Outcome.UNSETTLED
    if application.route == Route.INITIAL:
        return _initial_outcome(application)
    items = list(application.agenda_items.all())
    if items and all(item.state == ItemState.POSTPONED for item in items):
        return Outcome.POSTPONED
    return Outcome.UNSETTLED


def _initial_outcome(application: Any) -> str:
    """初定 people are assessed by the company and skip the panel (附件四)."""
    check = getattr(application, "initial_check", None)
    if check is None:
        return Outcome.UNSETTLED
    return Outcome.PASSED if check.result == CheckResult.QUALIFIED else Outcome.FAILED


def ledger_of(round_: Any) -> reconciliation.Ledger:
    """Applicants against ends, person by person."""
    return reconciliation.reconcile(
        {
            f"{number}. {application.person.name}（{application.speciality.name}）": outcome_of(application)
            for number, application in enumerate(applicants_of(round_), start=1)
        }
    )


def report_ready(report: ResultReport) -> list[Reason]:
    """G13: zero difference, every passed person in scope (PR-2), in time or with a named exception."""
    round_ = report.round
    found = list(standing(round_.enterprise, round_.cycle, on=clock.today()).reasons)
    found += reconciliation.unmet(ledger_of(round_)) + _scope(round_) + lateness(round_)
    if not report.work_summary.strip():
        found.append(_reason("还没有填写评审工作报告。", "R-5.3.2", "G13", "请先“填写评审工作报告”。"))
    return found


def _scope(round_: Any) -> list[Reason]:
    authority = authority_of(round_.enterprise, round_.cycle)
    if authority is None:
        return []  # standing() has said so
    codes = set(authority.specialities.values_list("code", flat=True))
    found = []
    for application in applicants_of(round_):
        if outcome_of(application) != Outcome.PASSED:
            continue
        outside = scope_reasons(
            application.level, application.speciality.code, levels=authority.levels, specialities=codes
        )
        if application.enterprise_id != round_.enterprise_id:
            outside.append(Reason("不是本企业人员，面向其他单位的评审结果一律无效。", "办法六（三）", "PR-3"))
        found += [
            Reason(f"{application.person.name}：{one.text}", one.clause, one.rule, "G13", remedy="该人员不得上报。")
            for one in outside
        ]
    return found


def lateness(round_: Any) -> list[Reason]:
    """After the last day only the city's leadership can let a company in, by name."""
    cycle, today = round_.cycle, clock.today()
    if today <= cycle.report_due_on:
        return []
    kind = NamedException.Kind.LATE_REPORT
    if NamedException.holds(cycle, round_.enterprise.organisation, kind, today):
        return []
    text = f"评审结果上报已于{cn_day(cycle.report_due_on)} 24:00 截止。"
    return [_reason(text, "R-5.3.1", "G13", "确需逾期上报的，请向市局说明理由，由市局领导批准后再报。")]


def consolidation_complete(consolidation: Consolidation) -> list[Reason]:
    """G14: every listed company has reported, is suspended, or is excused by name (decision 42)."""
    missing = [one for one in standings(consolidation.cycle) if one["status"] in ("missing", "submitted")]
    if not missing:
        return []
    named = "、".join(one["enterprise"].organisation.short_name for one in missing[:20])
    more = "等" if len(missing) > 20 else ""
    text = f"还有 {len(missing)} 家企业没有报来或尚未接收：{named}{more}。"
    return [_reason(text, "R-5.3.3", "G14", "请催报、接收，或由市局领导说明理由予以除外。")]


def standings(cycle: Any) -> list[dict[str, Any]]:
    """Each listed company of the year: received | submitted | suspended | excused | missing, constant queries.

    `round` and `report` are None as long as the company has not begun them."""
    today = clock.today()
    authorities = cycle.authorities.select_related("enterprise__organisation__supervisor").prefetch_related(
        "suspensions", "enterprise__rounds__report"
    )
    excused = set(
        NamedException.objects.filter(cycle=cycle, kind=NamedException.Kind.UNREPORTED).values_list(
            "organisation_id", flat=True
        )
    )
    found = []
    for authority in authorities.order_by("enterprise__organisation__supervisor_id", "enterprise_id"):
        round_ = next((one for one in authority.enterprise.rounds.all() if one.cycle_id == cycle.pk), None)
        report = getattr(round_, "report", None)
        found.append(
            {
                "authority": authority,
                "enterprise": authority.enterprise,
                "round": round_,
                "report": report,
                "status": _status(authority, report, excused, today),
            }
        )
    return found


def _status(authority: Any, report: Any, excused: set[int], today: Any) -> str:
    if report is not None and report.state == ReportState.RECEIVED:
        return "received"
    facts = authority.facts()
    if any(one.covers(today) for one in facts.suspensions):
        return "suspended"
    if (facts.withdrawn_on and facts.withdrawn_on <= today) or (facts.exited_on and facts.exited_on <= today):
        return "suspended"
    if authority.enterprise.organisation_id in excused:
        return "excused"
    if report is not None and report.state == ReportState.SUBMITTED:
        return "submitted"
    return "missing"


def _reason(text: str, rule: str, gate: str, remedy: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule=rule, gate=gate, remedy=remedy)
