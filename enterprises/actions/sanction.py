"""处置: finding → notice → answer → opinion, review, decision → effect (办法六（一）、六（三）)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from enterprises import forms
from enterprises.actions.files import attach
from enterprises.actions.notices import recount_notices
from enterprises.choices import CreditKind, Measure
from enterprises.choices import SanctionState as S
from enterprises.models import CreditRecord, Enterprise, Referral, ReviewAuthority, SanctionCase, Suspension
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.actions.views import CauseForm, ReasonForm
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

ENTERPRISE = "enterprise.organisation"
CITY = "enterprise.organisation.city"
COUNTY = "enterprise.organisation.supervisor"
CLAUSE = "办法六（三）"
ON_AUTHORITY = {Measure.SUSPEND, Measure.WITHDRAW, Measure.EXIT}
PREPARED = ["open_sanction", "notify_company", "propose_measure", "close_hearing"]


def authority(sanction: SanctionCase) -> ReviewAuthority | None:
    """The authority that a suspension, withdrawal or exit concerns."""
    found = ReviewAuthority.objects.filter(enterprise=sanction.enterprise, cycle=sanction.cycle)
    return found.select_for_update().first()


def _needs_authority(enterprise: Enterprise, cycle: Cycle, measure: str) -> None:
    held = ReviewAuthority.objects.filter(enterprise=enterprise, cycle=cycle)
    if measure in ON_AUTHORITY and not held.filter(withdrawn_on=None, exited_on=None).exists():
        text = f"企业没有{cycle}的评审权，不能采取“{Measure(measure).label}”。"
        raise Blocked([Reason(text, CLAUSE, "R-6.3.3", field="measure", remedy="请改选提醒或限期整改。")])


@step(
    Enterprise,
    label="立案处置",
    by=[Role.CITY_CLERK],
    on="organisation.city",
    creates=True,
    form=forms.SanctionForm,
    effects=["建立处置事项，企业在告知前看不到"],
)
def open_sanction(
    enterprise: Enterprise, *, actor: Actor, cycle: Cycle, measure: str, clause: str, facts: str, file: Any = None
) -> SanctionCase:
    """What was found, on which clause, with what evidence (R-6.3.3)."""
    if measure == Measure.EXIT:
        raise Blocked([Reason("主动退出由企业负责人自己提出。", "办法六（一）", "R-6.1.4", field="measure")])
    _needs_authority(enterprise, cycle, measure)
    sanction = SanctionCase.objects.create(
        enterprise=enterprise, cycle=cycle, measure=measure, clause=clause, facts=facts, found_at=clock.now()
    )
    if file:
        sanction.evidence.add(attach(file, actor, slot="处置证据"))
    return sanction


@step(
    SanctionCase,
    label="告知企业",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="notify",
    form=forms.NoticeForm,
    effects=["企业收到事实、依据和拟作处置，可以在期限内陈述申辩"],
    tells=[
        Tell(
            Role.ENT_LEAD, ENTERPRISE, "{case}：已告知事实、依据和拟作处置，可在{answer_due_on}前陈述申辩。", sms=True
        ),
        Tell(Role.ENT_HR, ENTERPRISE, "{case}：已告知，可在{answer_due_on}前陈述申辩。"),
        Tell(Role.COUNTY, COUNTY, "{case}：已告知企业。"),
    ],
)
def notify_company(sanction: SanctionCase, *, actor: Actor, answer_due_on: date) -> None:
    """告知: facts, basis, intended measure, and the days to answer – at least three."""
    if answer_due_on < clock.today() + timedelta(days=3):
        raise Blocked([Reason("陈述申辩期限至少留3天。", CLAUSE, "R-6.3.3", field="answer_due_on")])
    sanction.noticed_at = clock.now()
    sanction.answer_due_on = answer_due_on


@step(
    SanctionCase,
    label="陈述申辩",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    move="receive_answer",
    form=forms.AnswerForm,
    effects=["陈述申辩送达市人社局，作为决定的依据"],
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}：企业已陈述申辩。")],
)
def answer_notice(sanction: SanctionCase, *, actor: Actor, answer: str, file: Any = None) -> None:
    """The company's answer."""
    sanction.answer = answer
    sanction.answered_at = clock.now()
    if file:
        sanction.evidence.add(attach(file, actor, slot="陈述申辩材料"))


@step(
    SanctionCase,
    label="企业逾期未申辩，继续办理",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="close_hearing",
    effects=["按已查明的事实提出处置意见"],
)
def close_hearing(sanction: SanctionCase, *, actor: Actor) -> None:
    """No answer by the day named; only after that day."""


@step(
    SanctionCase,
    label="提出处置意见",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="propose",
    form=forms.ProposalForm,
    effects=["处置意见转市局审核"],
    tells=[Tell(Role.CITY_REVIEWER, CITY, "{case}：处置意见待审核。")],
)
def propose_measure(
    sanction: SanctionCase,
    *,
    actor: Actor,
    measure: str,
    opinion: str,
    effective_on: date,
    rectify_due_on: date | None = None,
) -> None:
    """The measure may become milder after the answer, never heavier than what the company was told."""
    order = list(Measure.values)
    if sanction.measure == Measure.EXIT:
        measure = Measure.EXIT
    elif measure == Measure.EXIT or order.index(measure) > order.index(sanction.measure):
        text = "处置不能重于告知企业的措施；确需加重的，请重新立案告知。"
        raise Blocked([Reason(text, CLAUSE, "R-6.3.3", field="measure")])
    if effective_on < clock.today():
        raise Blocked([Reason("生效日期不能早于今天。", field="effective_on")])
    if measure == Measure.RECTIFY and (rectify_due_on is None or rectify_due_on <= effective_on):
        raise Blocked([Reason("限期整改要写明整改期限，并晚于生效日期。", field="rectify_due_on")])
    _needs_authority(sanction.enterprise, sanction.cycle, measure)
    sanction.measure = measure
    sanction.opinion = opinion
    sanction.effective_on = effective_on
    sanction.rectify_due_on = rectify_due_on


@step(
    SanctionCase,
    label="审核同意",
    by=[Role.CITY_REVIEWER],
    on=CITY,
    move="review",
    other_than=PREPARED,
    form=forms.OpinionForm,
    effects=["转局领导决定"],
    tells=[Tell(Role.CITY_LEAD, CITY, "{case}：待您决定。")],
)
def review_sanction(sanction: SanctionCase, *, actor: Actor, opinion: str = "") -> None:
    """经办 → 审核."""
    sanction.review_opinion = opinion


@step(
    SanctionCase,
    label="审核退回",
    by=[Role.CITY_REVIEWER],
    on=CITY,
    move="send_back",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}：处置意见被退回：{reason}")],
)
def send_sanction_back(sanction: SanctionCase, *, actor: Actor, reason: str) -> None:
    """审核 does not agree with the opinion."""


@step(
    SanctionCase,
    label="作出决定",
    by=[Role.CITY_LEAD],
    on=CITY,
    move="decide",
    kind="danger",
    other_than=[*PREPARED, "review_sanction"],
    form=forms.SanctionDecisionForm,
    effects=["决定固定，送达后按生效日期执行"],
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}：已决定，请送达执行。")],
)
def decide_sanction(sanction: SanctionCase, *, actor: Actor, decision_number: str, decision: str) -> None:
    """领导 decides."""
    sanction.decision_number = decision_number
    sanction.decision = decision
    sanction.decided_at = clock.now()


@step(
    SanctionCase,
    label="不同意，退回",
    by=[Role.CITY_LEAD],
    on=CITY,
    move="reject",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}：领导退回：{reason}")],
)
def reject_sanction(sanction: SanctionCase, *, actor: Actor, reason: str) -> None:
    """领导 wants another opinion."""


@step(
    SanctionCase,
    label="送达并执行",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="take_effect",
    kind="danger",
    effects=["决定自生效日期起执行，记入信用档案", "暂停、收回的，企业不能再提交、开会、上报"],
    tells=[
        Tell(Role.ENT_LEAD, ENTERPRISE, "{case}：决定已送达，请查看。", sms=True),
        Tell(Role.ENT_HR, ENTERPRISE, "{case}：决定已送达，请查看。"),
        Tell(Role.COUNTY, COUNTY, "{case}：决定已执行。"),
    ],
)
def execute_sanction(sanction: SanctionCase, *, actor: Actor) -> None:
    """The effect as dated facts (C-2, C-3, C-6); never backdated before the day of delivery."""
    day = max(sanction.effective_on or clock.today(), clock.today())
    sanction.effective_on = day
    _apply(sanction, day)
    CreditRecord.objects.create(
        enterprise=sanction.enterprise,
        cycle=sanction.cycle,
        sanction=sanction,
        occurred_on=clock.today(),
        kind=CreditKind(sanction.measure),
        clause=sanction.clause,
        facts=sanction.decision,
        recorded_by=actor.person,
        recorded_at=clock.now(),
    )


def _apply(sanction: SanctionCase, day: date) -> None:
    if sanction.measure not in ON_AUTHORITY:
        return
    held = authority(sanction)
    if held is None or held.withdrawn_on or held.exited_on:
        raise Blocked([Reason("企业的评审权已经收回或退出，不能再执行。", CLAUSE, "R-6.3.3")])
    if sanction.measure == Measure.SUSPEND:
        Suspension.objects.create(authority=held, sanction=sanction, from_on=day, reason=sanction.decision[:300])
    elif sanction.measure == Measure.WITHDRAW:
        held.withdrawn_on = day
        held.save(update_fields=["withdrawn_on"])
    else:
        held.exited_on = day
        held.save(update_fields=["exited_on"])
    recount_notices(held, f"{Measure(sanction.measure).label}，公示期暂停计算")


@step(
    SanctionCase,
    label="不予处置",
    by=[Role.CITY_LEAD],
    on=CITY,
    move="drop",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}：不予处置：{reason}")],
)
def drop_sanction(sanction: SanctionCase, *, actor: Actor, reason: str) -> None:
    """Nothing comes of it; the file stays."""
    sanction.decision = reason


@step(
    SanctionCase,
    label="登记移送",
    by=[Role.CITY_LEAD],
    on=CITY,
    when=[S.DECIDED, S.EFFECTIVE],
    form=forms.ReferralForm,
    effects=["记录移送单位、日期和材料（办法六（三）：追究相关责任人的责任）"],
)
def refer_sanction(
    sanction: SanctionCase, *, actor: Actor, referred_to: str, referred_on: date, matter: str, materials: str
) -> None:
    """情节严重: to whom, when, with which material (R-6.3.5)."""
    if referred_on > clock.today():
        raise Blocked([Reason("移送日期还没有到。", field="referred_on")])
    Referral.objects.create(
        sanction=sanction,
        referred_to=referred_to,
        referred_on=referred_on,
        matter=matter,
        materials=materials,
        recorded_by=actor.person,
    )


@step(
    SanctionCase,
    label="报告整改情况",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    when=[S.EFFECTIVE],
    form=forms.RectificationForm,
    tells=[
        Tell(Role.CITY_CLERK, CITY, "{case}：企业已报告整改情况。"),
        Tell(Role.COUNTY, COUNTY, "{case}：企业已整改。"),
    ],
)
def report_rectification(sanction: SanctionCase, *, actor: Actor, rectification: str, file: Any = None) -> None:
    """The company tells what it has put right."""
    if sanction.measure != Measure.RECTIFY:
        raise Blocked([Reason("这一处置不要求整改报告。", CLAUSE, "R-6.1.4")])
    sanction.rectification = rectification
    sanction.rectified_at = clock.now()
    if file:
        sanction.evidence.add(attach(file, actor, slot="整改材料"))


@step(
    ReviewAuthority,
    label="申请退出试点",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    creates=True,
    kind="danger",
    form=CauseForm,
    effects=["市人社局办理后，本年度不再开展自主评审", "信用档案保留"],
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}：企业申请退出。"), Tell(Role.COUNTY, COUNTY, "{case}：企业申请退出。")],
)
def request_exit(held: ReviewAuthority, *, actor: Actor, reason: str) -> SanctionCase:
    """主动退出: the company asks, so there is nothing to be told or answered (R-6.1.4)."""
    if held.withdrawn_on or held.exited_on:
        raise Blocked([Reason("评审权已经收回或退出。", "办法六（一）", "R-6.1.4")])
    running = SanctionCase.objects.filter(enterprise=held.enterprise, cycle=held.cycle, measure=Measure.EXIT)
    if running.exclude(state__in=[S.DROPPED, S.EFFECTIVE]).exists():
        raise Blocked([Reason("退出申请已经提出，市人社局正在办理。")])
    now = clock.now()
    sanction = SanctionCase.objects.create(
        enterprise=held.enterprise,
        cycle=held.cycle,
        measure=Measure.EXIT,
        clause="办法六（一）",
        facts=f"企业主动申请退出试点：{reason}",
        found_at=now,
        noticed_at=now,
        answered_at=now,
    )
    sanction.file_exit()
    sanction.save()
    return sanction


@step(
    ReviewAuthority,
    label="恢复评审",
    by=[Role.CITY_LEAD],
    on=CITY,
    form=forms.ResumptionForm,
    effects=["暂停到恢复日前一天为止，公示等期限接着计算"],
    tells=[
        Tell(Role.ENT_LEAD, ENTERPRISE, "{case}自{resumed_on}起恢复。", sms=True),
        Tell(Role.ENT_HR, ENTERPRISE, "{case}自{resumed_on}起恢复。"),
        Tell(Role.COUNTY, COUNTY, "{case}自{resumed_on}起恢复。"),
    ],
)
def resume_review(held: ReviewAuthority, *, actor: Actor, resumed_on: date, reason: str) -> None:
    """The dated decision that ends a suspension; `resumed_on` is the first day of reviewing again (C-2)."""
    running: Sequence[Suspension] = list(held.suspensions.filter(to_on=None).select_for_update())
    if not running:
        raise Blocked([Reason("评审权没有暂停。", CLAUSE, "C-2")])
    if resumed_on < clock.today():
        raise Blocked([Reason("恢复日期不能早于今天。", CLAUSE, "C-2", field="resumed_on")])
    for suspension in running:
        if resumed_on <= suspension.from_on:
            text = "暂停当天起算，恢复日期最早为暂停起始日的次日。"
            raise Blocked([Reason(text, CLAUSE, "C-2", field="resumed_on")])
        suspension.to_on = resumed_on - timedelta(days=1)
        suspension.resumed_by = actor.user
        suspension.save()
    recount_notices(held, "恢复评审，公示期继续计算")
