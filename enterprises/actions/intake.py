"""The county desk: opening, 受理, 一次性告知, checking the conditions, recommending (办法四（一）, 六（一）)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from enterprises import forms
from enterprises.actions.application import COUNTY, ENTERPRISE, record_checks
from enterprises.choices import Desk
from enterprises.choices import PilotApplicationState as S
from enterprises.models import CorrectionItem, CorrectionNotice, PilotApplication
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.reasons import Reason


@step(PilotApplication, label="打开申请", by=[Role.COUNTY], on=COUNTY, when=[S.SUBMITTED], hidden=True)
def open_application(application: PilotApplication, *, actor: Actor) -> None:
    """From here on the company cannot recall it (decision 44); opening twice keeps the first time."""
    application.opened_at = application.opened_at or clock.now()


@step(
    PilotApplication,
    label="受理",
    by=[Role.COUNTY],
    on=COUNTY,
    move="accept",
    effects=["申请进入县局审查"],
    tells=[Tell(Role.ENT_HR, ENTERPRISE, "{case}已受理。")],
)
def accept_application(application: PilotApplication, *, actor: Actor) -> None:
    """受理: the materials are complete in form."""
    application.accepted_at = clock.now()


@step(PilotApplication, label="保存审查意见", by=[Role.COUNTY], on=COUNTY, when=[S.SUBMITTED, S.ACCEPTED], hidden=True)
def save_county_check(
    application: PilotApplication, *, actor: Actor, checks: Sequence[dict[str, str]], opinion: str = ""
) -> None:
    """The county's judgement of each condition with its opinion, kept before anything is decided on it (R-3.2)."""
    record_checks(application, Desk.COUNTY, checks)
    application.county_opinion = opinion


@step(
    PilotApplication,
    label="推荐到市局",
    by=[Role.COUNTY],
    on=COUNTY,
    move="recommend",
    effects=["申请转市人社局评估"],
    tells=[
        Tell(Role.CITY_CLERK, "enterprise.organisation.city", "{case}已由县局推荐，请评估。"),
        Tell(Role.ENT_HR, ENTERPRISE, "{case}已由县局推荐到市人社局。"),
    ],
)
def recommend_application(application: PilotApplication, *, actor: Actor) -> None:
    """G3: only when the county found all conditions 符合 (R-3.2e)."""
    application.recommended_at = clock.now()


@step(
    PilotApplication,
    label="一次性告知补正",
    by=[Role.COUNTY],
    on=COUNTY,
    move="return_for_correction",
    form=forms.CorrectionForm,
    hidden=True,
    effects=["一次性告知单送达企业", "企业改好后由负责人确认再次提交"],
    tells=[
        Tell(Role.ENT_HR, ENTERPRISE, "{case}需要补正，请在{due_on}前按告知单改好再提交。", sms=True),
        Tell(Role.ENT_LEAD, ENTERPRISE, "{case}需要补正，期限{due_on}。"),
    ],
)
def return_application(
    application: PilotApplication,
    *,
    actor: Actor,
    items: Sequence[dict[str, str]],
    due_on: date,
    why_again: str = "",
) -> None:
    """Everything at once: items are {place, defect, remedy}; a second return says why not in the first (S-14, F-07)."""
    number = application.corrections.count() + 1
    reasons = []
    if not items:
        reasons.append(Reason("请至少写明一处需要补正的内容。", "办法四（一）", "S-14"))
    if due_on <= clock.today():
        reasons.append(Reason("补正期限要晚于今天。", field="due_on"))
    if number > 1 and not why_again.strip():
        text = f"这是第{number}次退回，请说明这些问题为什么上次没有一次性告知。"
        reasons.append(Reason(text, "办法四（一）", "S-14", field="why_again"))
    if reasons:
        raise Blocked(reasons)
    application.corrections.filter(answered_at=None).update(answered_at=clock.now())
    notice = CorrectionNotice.objects.create(
        application=application,
        number=number,
        issued_by=actor.person,
        issued_at=clock.now(),
        due_on=due_on,
        why_again=why_again if number > 1 else "",
    )
    CorrectionItem.objects.bulk_create([CorrectionItem(notice=notice, **item) for item in items])


@step(
    PilotApplication,
    label="延长补正期限",
    by=[Role.COUNTY],
    on=COUNTY,
    when=[S.RETURNED, S.AWAITING_LEAD],
    form=forms.ExtensionForm,
    tells=[Tell(Role.ENT_HR, ENTERPRISE, "{case}的补正期限延长到{due_on}。")],
)
def extend_correction(application: PilotApplication, *, actor: Actor, due_on: date, reason: str) -> None:
    """A later day for the open 一次性告知单."""
    notice = application.open_correction
    if notice is None:
        raise Blocked([Reason("没有等待企业答复的告知单。")])
    if due_on <= max(notice.due_on, clock.today()):
        raise Blocked([Reason("新的期限要晚于原来的期限，也要晚于今天。", field="due_on")])
    notice.due_on = due_on
    notice.save(update_fields=["due_on"])
