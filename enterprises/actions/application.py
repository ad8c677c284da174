"""The company's side of a 试点申请: filling in, confirming, recalling, giving up (办法四（一）)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enterprises import forms, gates
from enterprises.actions.files import attach
from enterprises.choices import Condition, Desk, Material
from enterprises.choices import PilotApplicationState as S
from enterprises.models import (
    ApplicationMaterial,
    ConditionCheck,
    Enterprise,
    PilotApplication,
    ReserveExpert,
    Speciality,
    TalentRow,
)
from enterprises.rules import talent as talent_rules
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.actions.views import CauseForm, ReasonForm
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

ENTERPRISE = "enterprise.organisation"
COUNTY = "enterprise.organisation.supervisor"
EDITABLE = (S.DRAFT, S.RETURNED)
EDITS: dict[str, Any] = {"by": [Role.ENT_HR], "on": ENTERPRISE, "when": EDITABLE, "hidden": True}
COPIED = ("total_staff", "research_staff", "levels", "panel_size", "appointed_three_years", "summary")


@step(
    Enterprise,
    label="开始试点申请",
    by=[Role.ENT_HR],
    on="organisation",
    creates=True,
    hidden=True,
    effects=["建立本年度申请草稿，只有本企业能看到"],
)
def start_application(enterprise: Enterprise, *, actor: Actor, year: int, copy_last: bool = False) -> PilotApplication:
    """A draft for the year; last year's answers can be taken along, never last year's approval (Q-3)."""
    cycle = Cycle.objects.filter(year=year).first()
    if cycle is None:
        raise Blocked([Reason(f"市人社局还没有发布{year}年度日程，发布后再申请。", "办法四（一）", "R-4.1a", "G1")])
    if enterprise.pilot_applications.filter(cycle=cycle).exists():
        raise Blocked([Reason(f"{year}年度的申请已经建立，请在“试点申请”中继续填写。")])
    application = PilotApplication(enterprise=enterprise, cycle=cycle)
    if clock.today() > cycle.apply_until and (closed := gates.intake(application)):
        raise Blocked(closed)
    last = enterprise.pilot_applications.filter(cycle__year__lt=year).order_by("-cycle__year").first()
    if copy_last and last is not None:
        _copy(last, application)
    else:
        application.save()
    return application


def _copy(last: PilotApplication, application: PilotApplication) -> None:
    for field in COPIED:
        setattr(application, field, getattr(last, field))
    application.save()
    application.specialities.set(last.specialities.filter(active=True))
    kinds: tuple[Any, ...] = (last.talent, last.experts)
    for children in kinds:
        copies = list(children.all())
        for row in copies:
            row.pk, row.application = None, application
        children.model.objects.bulk_create(copies)


@step(PilotApplication, label="填写企业信息", form=forms.ApplicationProfileForm, **EDITS)
def save_profile(
    application: PilotApplication, *, actor: Actor, specialities: Sequence[Speciality], **facts: Any
) -> None:
    """Staff numbers and the scope applied for (DOC-1); technical staff come from the talent table alone."""
    for field in COPIED:
        if field in facts:
            setattr(application, field, facts[field])
    application.specialities.set(specialities)


@step(PilotApplication, label="填写单位人才结构", **EDITS)
def save_talent(application: PilotApplication, *, actor: Actor, rows: Sequence[dict[str, Any]]) -> None:
    """The whole table at once; each row is {speciality, senior, … over_50}, and its three sums agree (F-04)."""
    reasons = []
    for number, row in enumerate(rows, 1):
        sums = talent_rules.Sums(
            sum(row[name] for name in talent_rules.TITLES),
            sum(row[name] for name in talent_rules.DEGREES),
            sum(row[name] for name in talent_rules.AGES),
        )
        if problem := talent_rules.mismatch(sums):
            reasons.append(Reason(f"第{number}行（{row['speciality']}）{problem}"))
    if reasons:
        raise Blocked(reasons)
    application.talent.all().delete()
    TalentRow.objects.bulk_create([TalentRow(application=application, **row) for row in rows])


@step(PilotApplication, label="登记评审专家储备", **EDITS)
def save_experts(application: PilotApplication, *, actor: Actor, rows: Sequence[dict[str, Any]]) -> None:
    """The whole roster at once; each row is {name, title_level, title_name, speciality, employer} (R-3.2d)."""
    application.experts.all().delete()
    ReserveExpert.objects.bulk_create([ReserveExpert(application=application, **row) for row in rows])


@step(PilotApplication, label="上传材料", form=forms.MaterialForm, **EDITS)
def add_material(application: PilotApplication, *, actor: Actor, slot: str, file: Any) -> None:
    """One more file in a slot (办法四（一）)."""
    ApplicationMaterial.objects.create(
        application=application,
        slot=slot,
        attachment=attach(file, actor, slot=Material(slot).label),
        added_at=clock.now(),
    )


@step(PilotApplication, label="移除材料", **EDITS)
def remove_material(application: PilotApplication, *, actor: Actor, material: int) -> None:
    """Taken out of the application; the file and when it was there stay on record (F-05)."""
    if not application.materials.filter(pk=material, removed_at=None).update(removed_at=clock.now()):
        raise Blocked([Reason("这份材料已经移除，页面已更新。")])


@step(PilotApplication, label="填写条件自查", **EDITS)
def save_self_check(application: PilotApplication, *, actor: Actor, checks: Sequence[dict[str, str]]) -> None:
    """The company's own answer to each condition: {condition, verdict, slot, pages, note} (R-3.2, F-02)."""
    record_checks(application, Desk.ENTERPRISE, checks)


def record_checks(application: PilotApplication, desk: Desk, checks: Sequence[dict[str, str]]) -> None:
    """Write one desk's judgement of the conditions; a condition left open loses its earlier judgement."""
    for check in checks:
        found = application.checks.filter(desk=desk, condition=Condition(check["condition"]))
        if not check.get("verdict"):
            found.delete()
            continue
        facts = {name: check.get(name, "") for name in ("verdict", "slot", "pages", "note")}
        ConditionCheck.objects.update_or_create(
            application=application, desk=desk, condition=check["condition"], defaults=facts
        )


@step(
    PilotApplication,
    label="检查并提交负责人确认",
    by=[Role.ENT_HR],
    on=ENTERPRISE,
    move="hand_to_lead",
    form=forms.CommitmentForm,
    effects=["申请内容锁定，等待企业负责人确认", "负责人确认后才算提交到县(市、区)人社局"],
    tells=[Tell(Role.ENT_LEAD, ENTERPRISE, "{case}已填好，请您确认后报送。", sms=True)],
)
def hand_application_to_lead(application: PilotApplication, *, actor: Actor, commitment: bool) -> None:
    """The HR clerk is done; the company's head must still say yes (decision 29)."""
    application.committed_at = clock.now()


@step(
    PilotApplication,
    label="确认并提交",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    move="submit",
    other_than=["hand_application_to_lead"],
    form=forms.ResponsibilityForm,
    effects=["申请提交到县(市、区)人社局", "受理前县局未打开的，可以撤回"],
    tells=[
        Tell(Role.COUNTY, COUNTY, "{case}已提交，请在5个工作日内受理。"),
        Tell(Role.ENT_HR, ENTERPRISE, "{case}已由负责人确认提交。"),
    ],
)
def submit_application(application: PilotApplication, *, actor: Actor, responsibility: bool) -> None:
    """Filed with the county desk, with the 责任声明 of the head (R-4.1c, R-6.2.1)."""
    now = clock.now()
    application.first_submitted_at = application.first_submitted_at or now
    application.submitted_at = now
    application.opened_at = None
    application.number = application.number or f"SD{application.cycle.year}{application.pk:05d}"
    application.corrections.filter(answered_at=None).update(answered_at=now)


@step(
    PilotApplication,
    label="退回经办人修改",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    when=[S.AWAITING_LEAD],
    form=ReasonForm,
    tells=[Tell(Role.ENT_HR, ENTERPRISE, "{case}被负责人退回修改：{reason}")],
)
def send_application_back(application: PilotApplication, *, actor: Actor, reason: str) -> None:
    """The head wants changes first; a corrected application goes back to where its correction stands open."""
    if application.open_correction is None:
        application.send_back()
    else:
        application.send_back_for_correction()


@step(
    PilotApplication,
    label="撤回提交",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    move="recall",
    effects=["申请回到企业，可以修改后重新提交", "截止日期不因撤回而延长"],
    tells=[Tell(Role.COUNTY, COUNTY, "{case}已由企业撤回，暂不需要受理。")],
)
def recall_application(application: PilotApplication, *, actor: Actor) -> None:
    """Back to the company while the county has not opened it (decision 44)."""
    application.submitted_at = None
    last = application.corrections.order_by("-number").first()
    if last is None:
        application.first_submitted_at = None
    else:
        last.answered_at = None
        last.save(update_fields=["answered_at"])


@step(
    PilotApplication,
    label="不再申请",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    move="withdraw",
    form=CauseForm,
    kind="danger",
    effects=["本年度申请终止，已填内容保留", "在申请期内可以重新开始"],
    tells=[Tell(Role.COUNTY, COUNTY, "{case}已由企业终止：{reason}")],
)
def withdraw_application(application: PilotApplication, *, actor: Actor, reason: str) -> None:
    """The company gives up for the year, before the city has put it on the list."""


@step(
    PilotApplication,
    label="重新开始申请",
    by=[Role.ENT_HR],
    on=ENTERPRISE,
    move="reopen",
    effects=["恢复为草稿，原来填写的内容都在"],
)
def reopen_application(application: PilotApplication, *, actor: Actor) -> None:
    """Within the window a company may change its mind (G1)."""
    application.first_submitted_at = application.submitted_at = application.opened_at = None
    application.corrections.filter(answered_at=None).update(answered_at=clock.now())
