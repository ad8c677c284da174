"""聘任兑现: the company records, the person confirms or objects, the county checks (办法二、3, 五（四）)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from applications.models import TitleApplication
from certificates.choices import AppointmentState as S
from certificates.forms.appointment import AbsenceForm, AppointmentForm, ConfirmForm, DisputeForm, FindingsForm
from certificates.models import Appointment
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.attachments.store import store
from jiaxing_titles.reasons import Reason

COMPANY = "enterprise.organisation"
COUNTY = "enterprise.organisation.supervisor"


@step(
    Appointment,
    label="登记聘任兑现",
    by=[Role.ENT_HR],
    on=COMPANY,
    move="record",
    form=AppointmentForm,
    effects=["本人会收到确认通知", "本人确认或县局核查属实后，申报状态变为“已聘任兑现”"],
    tells=[Tell.person("person", "单位已登记您的聘任岗位和待遇，请核对确认；与实际不符可以反映。")],
)
def record_appointment(appointment: Appointment, *, actor: Actor, evidence: Any = None, **facts: Any) -> None:
    """G22: post, letter, term, pay month and evidence; the title must stand."""
    for name in ("post", "document_number", "appointed_from", "appointed_to", "pay_item", "pay_from"):
        setattr(appointment, name, facts.get(name))
    qualified = appointment.grant.document.dated_on
    start: dt.date | None = appointment.appointed_from
    if start and qualified and start < appointment.grant.qualified_on:
        early = Reason("聘期起早于取得资格时间。", "办法五（四）", "R-5.4.5", "G22", field="appointed_from")
        raise Blocked([early])
    appointment.absence_reason = ""
    if evidence:
        appointment.evidence.add(store(evidence, actor=actor, slot="聘任兑现凭证"))
    elif not appointment.evidence.exists():
        raise Blocked([Reason("请上传聘任文件或兑现凭证。", "办法五（四）", "R-5.4.5", "G22", field="evidence")])


@step(
    Appointment,
    label="登记未聘任",
    by=[Role.ENT_HR],
    on=COMPANY,
    move="leave_out",
    form=AbsenceForm,
    effects=["原因由县局掌握，聘任后可以改为登记聘任"],
    tells=[
        Tell(Role.COUNTY, COUNTY, "{case}：企业登记未聘任，请了解情况。"),
        Tell.person("person", "单位登记暂未聘任您，原因可在页面查看；有不同意见可以反映。"),
    ],
)
def leave_out_appointment(appointment: Appointment, *, actor: Actor, absence_reason: str) -> None:
    """办法 says 及时 and knows no exception, so the reason is on record and the county is told."""
    appointment.absence_reason = absence_reason


@step(
    Appointment,
    label="确认已兑现",
    by=[Role.APPLICANT],
    on=COMPANY,
    own="person",
    move="confirm",
    form=ConfirmForm,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}：本人已确认。")],
)
def confirm_appointment(appointment: Appointment, *, actor: Actor, confirmed: bool) -> None:
    """即评即聘 closes with the person's own word (F-84)."""
    if not confirmed:
        raise Blocked([Reason("核对一致后请勾选；不一致的请用“反映未兑现”。", field="confirmed")])
    _appoint(appointment, actor, "certificates.confirm_appointment")


@step(
    Appointment,
    label="反映未兑现",
    by=[Role.APPLICANT],
    on=COMPANY,
    own="person",
    move="raise_dispute",
    form=DisputeForm,
    kind="danger",
    effects=["县局会核查，内容不向单位公开"],
    tells=[Tell(Role.COUNTY, COUNTY, "{case}：本人反映未兑现，请核查。")],
)
def dispute_appointment(appointment: Appointment, *, actor: Actor, dispute: str) -> None:
    """The person's word, protected (F-84)."""
    appointment.dispute = dispute


@step(
    Appointment,
    label="核查属实",
    by=[Role.COUNTY],
    on=COUNTY,
    move="verify",
    form=FindingsForm,
    tells=[
        Tell(Role.ENT_HR, COMPANY, "{case}：县局核查属实。"),
        Tell.person("person", "县局已核查您的聘任兑现情况，结论为属实。"),
    ],
)
def verify_appointment(appointment: Appointment, *, actor: Actor, findings: str) -> None:
    """Where the person does not answer, or after a dispute was looked into (办法六、1: 事中事后监管)."""
    appointment.findings = findings
    _appoint(appointment, actor, "certificates.verify_appointment")


def _appoint(appointment: Appointment, actor: Actor, because: str) -> None:
    person = TitleApplication.objects.filter(pk=appointment.grant.application_id)
    carry(person, "appoint", actor=actor, because=because)


def end_appointment(application: TitleApplication, *, actor: Actor, because: str) -> None:
    """Called by the decision that takes the title away."""
    running = Appointment.objects.filter(grant__application=application).exclude(state=S.ENDED)
    carry(running, "end", actor=actor, because=because)
