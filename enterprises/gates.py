"""Gates G1–G6: what stands against a move of a case, with clause. They ask the case, the clock and the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enterprises.choices import Condition, Desk, Dimension, Level, Material, Section
from enterprises.rules import conditions, listing, talent
from enterprises.rules import intake as intake_rules
from enterprises.rules import plan as plan_rules
from enterprises.rules.plan_lint import CriterionDraft, Finding, PlanDraft, lint
from enterprises.rules.standing import standing_on
from jiaxing_titles import clock
from jiaxing_titles.policy.models import NamedException
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date, local_day

if TYPE_CHECKING:
    from enterprises.models import ApprovedList, Inspection, PilotApplication, PilotPlan, SanctionCase

_CONDITION_RULES = {
    Condition.HR_SYSTEM: "R-3.2a",
    Condition.PAY_SYSTEM: "R-3.2b",
    Condition.TALENT: "R-3.2c",
    Condition.EXPERTS: "R-3.2d",
}


# -- 试点申请 ----------------------------------------------------------------------------------------------


def intake(application: PilotApplication) -> list[Reason]:
    """G1: the window of the year is open, or the leadership of the city allowed a late filing by name."""
    cycle = application.cycle
    today = clock.today()
    late = NamedException.holds(
        cycle, application.enterprise.organisation, NamedException.Kind.LATE_APPLICATION, on=today
    )
    return intake_rules.window_reasons(today, opens_on=cycle.apply_from, closes_on=cycle.apply_until, late_granted=late)


def filing(application: PilotApplication) -> list[Reason]:
    """G1 and G2: in time, and everything filled in that 办法三 and 四（一） ask for."""
    correction = application.open_correction
    if correction is None and application.submitted_at is not None:  # asked again after the step has answered it
        correction = application.corrections.filter(answered_at=application.submitted_at).first()
    if correction is None:
        reasons = intake(application)
    else:
        reasons = intake_rules.correction_reasons(clock.today(), correction.due_on)
    return reasons + completeness(application)


def completeness(application: PilotApplication) -> list[Reason]:
    """G2: profile, talent structure, experts, materials and self-check are there."""
    return (
        profile(application)
        + talent_structure(application)
        + experts(application)
        + materials(application)
        + self_check(application)
    )


def profile(application: PilotApplication) -> list[Reason]:
    enterprise = application.enterprise
    missing = [
        (not enterprise.legal_person, "法定代表人"),
        (not enterprise.contact_name, "联系人"),
        (not enterprise.contact_phone, "联系电话"),
        (application.total_staff is None, "职工总数"),
        (not application.levels, "拟评级别"),
        (application.panel_size is None, "拟组建评审机构人数"),
        (not application.specialities.exists(), "拟评专业"),
    ]
    reasons = [_profile_reason(f"企业信息中还没有填写{label}。") for absent, label in missing if absent]
    today = clock.today()
    proofs = [proof for proof in enterprise.category_proofs.all() if proof.removed_at is None]
    valid = [proof for proof in proofs if proof.valid_until is None or proof.valid_until >= today]
    if not proofs:
        text = "还没有选择企业类别并上传证明（骨干民营企业、高新技术企业、行业龙头企业至少一类）。"
        reasons.append(_profile_reason(text, "R-3.1"))
    elif not valid:
        text = f"企业类别证明已于{cn_date(max(p.valid_until for p in proofs if p.valid_until))}过期。"
        reasons.append(_profile_reason(text, "R-3.1", "请上传有效的证书，或补充其他类别的证明。"))
    return reasons


def talent_structure(application: PilotApplication) -> list[Reason]:
    total = sum(row.total for row in application.talent.all())
    if not total:
        return [_unfilled("还没有填写单位人才结构。", "R-4.1d")]
    problem = talent.headcount_problem(application.total_staff or 0, total)
    return [_unfilled(problem, "R-4.1d")] if problem and application.total_staff is not None else []


def experts(application: PilotApplication) -> list[Reason]:
    if application.experts.exists():
        return []
    return [Reason("还没有登记评审专家储备。", conditions.CONDITIONS_CLAUSE, "R-3.2d", "G2", field="experts")]


def materials(application: PilotApplication) -> list[Reason]:
    counts: dict[str, int] = {}
    for slot in application.materials.filter(removed_at=None).values_list("slot", flat=True):
        counts[slot] = counts.get(slot, 0) + 1
    required = [(slot.value, f"“{slot.label}”") for slot in Material.required()]
    return conditions.material_reasons(counts, required)


def self_check(application: PilotApplication) -> list[Reason]:
    return conditions.self_check_reasons(_judgements(application, Desk.ENTERPRISE))


def recommendation(application: PilotApplication) -> list[Reason]:
    """G2 at the county: all conditions 符合; short of that only by a named exception (R-3.2e)."""
    return _all_met(application, Desk.COUNTY)


def assessment(application: PilotApplication) -> list[Reason]:
    """G2 at the city: each condition judged, a conclusion with its opinion; 核准 needs all of them 符合."""
    judged = _judgements(application, Desk.CITY)
    reasons = [
        Reason(f"“{one.label}”还没有评估结论。", "办法四（二）", "R-4.2b", "G3") for one in judged if not one.verdict
    ]
    if not application.proposed_outcome:
        reasons.append(Reason("还没有填写评估结论（核准或不予核准）。", "办法四（二）", "R-4.2b", "G3"))
    elif not application.assessment.strip():
        reasons.append(Reason("还没有填写评估意见。", "办法四（二）", "R-4.2b", "G3", field="assessment"))
    elif application.proposed_outcome == "approve" and not reasons:
        reasons += _all_met(application, Desk.CITY)
    return reasons


def recall(case: PilotApplication | PilotPlan) -> list[Reason]:
    """撤回 only while the next hand has not opened it (decision 44)."""
    if case.opened_at is None:
        return []
    text = f"受理方已于{cn_date(local_day(case.opened_at))}打开查看，不能再撤回。"
    return [Reason(text, remedy="需要修改的，请联系受理方退回补正。")]


def _judgements(application: PilotApplication, desk: Desk) -> list[conditions.Judgement]:
    found = {check.condition: check for check in application.checks.all() if check.desk == desk}
    return [
        conditions.Judgement(
            _CONDITION_RULES[condition],
            condition.label,
            found[condition].verdict if condition in found else "",
            condition in found and bool(found[condition].slot),
        )
        for condition in Condition
    ]


def _all_met(application: PilotApplication, desk: Desk) -> list[Reason]:
    unmet = conditions.recommendation_reasons(_judgements(application, desk))
    if not unmet:
        return []
    allowed = NamedException.holds(
        application.cycle, application.enterprise.organisation, NamedException.Kind.CONDITION, on=clock.today()
    )
    return [] if allowed else unmet


def _profile_reason(text: str, rule: str = "R-4.1d", remedy: str = "请在“企业信息”中补齐。") -> Reason:
    clause = conditions.CONDITIONS_CLAUSE if rule == "R-3.1" else conditions.MATERIALS_CLAUSE
    return Reason(text, clause, rule, "G2", field="profile", remedy=remedy)


def _unfilled(text: str, rule: str) -> Reason:
    return Reason(text, conditions.MATERIALS_CLAUSE, rule, "G2", field="talent", remedy="请在“单位人才结构”中填写。")


# -- 核准名单 ----------------------------------------------------------------------------------------------


def list_lines(approved: ApprovedList) -> list[listing.Line]:
    """The list as the rules read it."""
    entries = approved.entries.select_related("application__enterprise__organisation").prefetch_related("specialities")
    return [
        listing.Line(
            entry.application.enterprise.credit_code,
            str(entry.application.enterprise),
            entry.outcome,
            list(entry.levels),
            [speciality.code for speciality in entry.specialities.all()],
            entry.reason,
        )
        for entry in entries
    ]


def list_complete(approved: ApprovedList) -> list[Reason]:
    return listing.completeness_reasons(list_lines(approved))


def list_as_decided(approved: ApprovedList) -> list[Reason]:
    """G4: bound to its decision record by hash (F-10)."""
    return listing.decision_reasons(approved.decision.list_hash, listing.digest(list_lines(approved)))


# -- 试点工作方案 ------------------------------------------------------------------------------------------


def plan_complete(plan: PilotPlan) -> list[Reason]:
    """G5: five sections, criteria for each granted level, nothing that the linter forbids (it asks for pay, too)."""
    texts = dict(plan.sections.values_list("kind", "text"))
    forbidden = [replace(finding.reason, gate="G5") for finding in lint_plan(plan) if finding.is_error]
    return (
        plan_rules.section_reasons(texts, Section.choices)
        + criteria_reasons(plan)
        + plan_rules.weight_reasons(plan.weights(), Dimension.choices)
        + forbidden
    )


def criteria_reasons(plan: PilotPlan) -> list[Reason]:
    rows = list(plan.criteria.order_by("number"))
    named = [
        (row.number, row.all_specialities or row.speciality_id is not None, bool(row.post.strip())) for row in rows
    ]
    levels = {row.level for row in rows}
    return plan_rules.criteria_reasons(_granted(plan), levels) + plan_rules.addressee_reasons(named)


def pay_reasons(plan: PilotPlan) -> list[Reason]:
    return plan_rules.pay_reasons(_granted(plan), set(plan.pay_links.values_list("level", flat=True)))


def _granted(plan: PilotPlan) -> list[tuple[str, str]]:
    return [(level, Level(level).label) for level in plan.authority.levels]


def lint_plan(plan: PilotPlan) -> list[Finding]:
    """What the linter finds in the plan as it stands (F-14); its errors are gates, its warnings advice."""
    rows = [
        CriterionDraft(
            row.number,
            row.level,
            row.route,
            row.kind,
            row.necessity,
            row.text,
            row.option_group,
            row.annex_item,
            row.years,
            row.hours,
            row.score_floor,
        )
        for row in plan.criteria.all()
    ]
    paid = frozenset(plan.pay_links.values_list("level", flat=True))
    texts = dict(plan.sections.values_list("kind", "text"))
    return lint(PlanDraft(list(plan.authority.levels), rows, texts, paid, plan.weights()))


def plan_submission(plan: PilotPlan) -> list[Reason]:
    """G5: complete, decided by the leadership on this very text, by a company whose authority runs."""
    resolution = plan.resolution
    resolved = plan_rules.submission_reasons(
        resolution.met_on if resolution else None,
        last_edited_on=local_day(plan.content_edited_at),
        today=clock.today(),
    )
    return _standing(plan) + plan_complete(plan) + resolved + unanswered(plan)


def unanswered(plan: PilotPlan) -> list[Reason]:
    """G5: each warning of the linter has the company's answer, which the city reads beside it (F-14)."""
    answered = set(plan.finding_answers.values_list("key", flat=True))
    open_ones = [one.reason for one in lint_plan(plan) if not one.is_error and one.key not in answered]
    remedy = "请企业经办修改方案，或在“答复提醒”中说明理由。"
    return [replace(one, text=f"自动检查的提醒还没有答复：{one.text}", gate="G5", remedy=remedy) for one in open_ones]


def plan_approval(plan: PilotPlan) -> list[Reason]:
    """G6: no open comment, nothing missing, the authority running."""
    open_comments = plan.comments.filter(resolved_at=None).count()
    return _standing(plan) + plan_complete(plan) + plan_rules.comment_reasons(open_comments)


def _standing(plan: PilotPlan) -> list[Reason]:
    return standing_on(clock.today(), plan.cycle.year, plan.authority.facts()).reasons


# -- 处置 --------------------------------------------------------------------------------------------------


def hearing_over(sanction: SanctionCase) -> list[Reason]:
    """Without the company's answer the case waits until the day named in the notice is over (R-6.3.3)."""
    if sanction.answer_due_on is None or clock.today() > sanction.answer_due_on:
        return []
    text = f"企业可以在{cn_date(sanction.answer_due_on)}24:00前陈述申辩，期限还没有到。"
    return [Reason(text, "办法六（三）", "R-6.3.3")]


def has_faults(inspection: Inspection) -> list[Reason]:
    """办法六（一）: there is something to put right."""
    if inspection.faults:
        return []
    return [Reason("检查没有发现不符合的事项，不需要整改。", "办法六（一）", "R-6.1.2")]
