"""HR's steps: verify, return, endorse, refuse, look again, and what is added after submission (G8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from applications.actions.application import freeze, take_off_notice
from applications.actions.records import stored, write_records
from applications.choices import ApplicationState, DisqualifyGround, Finding, Topic
from applications.forms.review import DisqualifyForm, InitialCheckForm, RefuseForm, ReturnForm
from applications.gates.items import check_items
from applications.models import ExceptionalFile, FactCheck, InitialCheck, ReturnNotice, TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, NotPermitted, Tell, carry, step
from jiaxing_titles.reasons import Reason

S = ApplicationState
DESK = {"by": [Role.ENT_HR], "on": "enterprise.organisation"}
ME = "person"
AFTER_SUBMISSION = [S.SUBMITTED, S.ENDORSED, S.NOTICING, S.NOTICED, S.IN_REVIEW, S.PANEL_PASSED]


def acting(actor: Actor) -> User:
    """The person behind the desk; the system has no place here."""
    if actor.user is None:
        raise NotPermitted("这一步须由经办人本人办理。")
    return actor.user


def _not_himself(application: TitleApplication, actor: Actor) -> list[Reason]:
    """Nobody decides on his own application (decision 29)."""
    if actor.user is not None and actor.user.pk == application.person_id:
        return [Reason("不能审核本人的申报，由本单位其他经办人办理。", "办法六2", "R-6.2.1", "G8")]
    return []


@step(TitleApplication, label="人事核实", **DESK, when=[S.SUBMITTED], blockers=_not_himself, hidden=True)
def check_facts(
    application: TitleApplication, *, actor: Actor, checks: Sequence[Mapping[str, str]], batch: bool = False
) -> None:
    """Ticks of one sitting: [{fact_hash, finding, note}]. Facts of another version are refused, not ignored."""
    known = {item.fact_hash: item for item in check_items(application)}
    reasons = []
    for one in checks:
        if one["fact_hash"] not in known:
            reasons.append(Reason("申报内容已更新，请刷新页面后重新核实。", gate="G8"))
        elif one["finding"] == Finding.DOUBT and not one.get("note", "").strip():
            label = known[one["fact_hash"]].label
            reasons.append(Reason(f"“{label}”有疑问，写明是什么。", "办法六2", gate="G8", field=one["fact_hash"]))
    if reasons:
        raise Blocked(reasons)
    now = clock.now()
    for one in checks:
        item = known[one["fact_hash"]]
        FactCheck.objects.update_or_create(
            application=application,
            fact_hash=item.fact_hash,
            defaults={
                "topic": item.topic,
                "label": item.label,
                "finding": Finding(one["finding"]),
                "note": one.get("note", "").strip(),
                "checked_by": actor.person,
                "checked_at": now,
            },
        )
    application.review_began_at = application.review_began_at or now


@step(
    TitleApplication,
    label="审核通过",
    **DESK,
    move="endorse",
    hidden=True,
    blockers=_not_himself,
    tells=[Tell.person(ME, "{case}已由单位审核通过，等待单位公示。")],
    effects=["进入单位公示名单"],
)
def endorse(application: TitleApplication, *, actor: Actor, opinion: str = "") -> None:
    """G8. A 破格 file goes to the city bureau at the same moment."""
    application.review_began_at = application.review_began_at or clock.now()
    application.decision_reason, application.decision_clause = opinion, ""
    if application.route == "exceptional":
        file = ExceptionalFile.objects.filter(application=application, state="draft")
        carry(file, "send", actor=actor, because="applications.endorse")


@step(
    TitleApplication,
    label="退回补正",
    **DESK,
    move="send_back",
    form=ReturnForm,
    blockers=_not_himself,
    tells=[Tell.person(ME, "{case}需要补正，请在{due_on}前改好再提交。", sms=True)],
    effects=["一次性告知需补正的内容", "申报人改好后重新提交，原版本保留"],
)
def return_application(
    application: TitleApplication,
    *,
    actor: Actor,
    items: Sequence[Mapping[str, str]],
    due_on: dt.date,
    why_not_earlier: str = "",
) -> None:
    """一次性告知 (F-07): `items` = [{topic, problem, remedy}]; a second time says why it was not in the first."""
    if not items:
        raise Blocked([Reason("至少写明一处需要补正的内容。", field="items")])
    if due_on <= clock.today():
        raise Blocked([Reason("补正期限须在今天之后。", field="due_on")])
    number = application.returns.count() + 1
    if number > 1 and not why_not_earlier.strip():
        raise Blocked([Reason("这是再次退回，写明上次没有一并告知的原因。", field="why_not_earlier")])
    ReturnNotice.objects.create(
        application=application,
        number=number,
        items=[dict(one) for one in items],
        due_on=due_on,
        why_not_earlier=why_not_earlier.strip(),
        returned_by=actor.person,
        returned_at=clock.now(),
    )
    application.review_began_at = clock.now()


@step(
    TitleApplication,
    label="不予推荐",
    **DESK,
    move="refuse",
    form=RefuseForm,
    blockers=_not_himself,
    kind="danger",
    tells=[Tell.person(ME, "{case}未能进入单位公示，原因见“我的申报”。", sms=True)],
    effects=["不进入单位公示", "理由只告知申报人本人", "公示发布前可以重新审核"],
)
def refuse(application: TitleApplication, *, actor: Actor, clause: str, reason: str) -> None:
    """不予推荐, with the clause; the person alone reads the reason (decision 37)."""
    if not clause.strip() or not reason.strip():
        raise Blocked([Reason("不予推荐须写明依据的条款和理由。", "办法六2", gate="G8", field="reason")])
    application.decision_reason, application.decision_clause = reason.strip(), clause.strip()
    application.review_began_at = application.review_began_at or clock.now()


@step(
    TitleApplication,
    label="重新审核",
    **DESK,
    move="reconsider",
    blockers=_not_himself,
    tells=[Tell.person(ME, "{case}由单位重新审核。")],
)
def reconsider(application: TitleApplication, *, actor: Actor) -> None:
    """Before the notice opens, on the person's petition or HR's own motion."""
    application.decision_reason = application.decision_clause = ""
    sent = ExceptionalFile.objects.filter(application=application, state__in=["sent", "examined"])
    carry(sent, "take_back", actor=actor, because="applications.reconsider")


@step(
    TitleApplication,
    label="登记初定考核",
    **DESK,
    when=AFTER_SUBMISSION,
    form=InitialCheckForm,
    blockers=lambda application, actor: _initial_only(application),
    effects=["考核结果计入初定条件核对"],
)
def record_initial_check(
    application: TitleApplication,
    *,
    actor: Actor,
    result: str,
    checked_on: dt.date,
    assessors: str,
    opinion: str,
    file: Any = None,
) -> None:
    """考核认定 in place of panel and vote (附件四 经考核合格, Q-27); makes a new version with new findings."""
    if checked_on > clock.today():
        raise Blocked([Reason("考核日期不能晚于今天。", "附件四", field="checked_on")])
    check, _ = InitialCheck.objects.update_or_create(
        application=application,
        defaults={
            "result": result,
            "checked_on": checked_on,
            "assessors": assessors,
            "opinion": opinion,
            "attachment": stored(file, actor, "初定考核表") if file else None,
            "recorded_by": actor.person,
            "recorded_at": clock.now(),
        },
    )
    application.initial_check = check
    freeze(application, f"初定考核{check.get_result_display()}")


def _initial_only(application: TitleApplication) -> list[Reason]:
    if application.route == "initial":
        return []
    return [Reason("只有初定途径需要登记初定考核。", "附件四", "A-4.0c")]


@step(TitleApplication, label="补充学时", **DESK, when=AFTER_SUBMISSION, hidden=True, blockers=_not_himself)
def supplement_hours(
    application: TitleApplication, *, actor: Actor, rows: Sequence[Mapping[str, Any]], note: str
) -> None:
    """继续教育 added after submission, before the evidence closes (decision 35): earlier lines stay, a version more."""
    if not rows:
        raise Blocked([Reason("至少填写一条继续教育记录。", "附件二", "A-2", field="rows")])
    closes = application.cycle.evidence_closes_on
    if closes is not None and clock.today() > closes:
        text = f"学时截止日（{closes:%Y-%m-%d}）已过，不能再补充。"
        raise Blocked([Reason(text, "附件二", "A-2", "G7")])
    earlier = [
        {name: getattr(one, name) for name in ("year", "kind", "content", "organiser", "hours", "certificate_number")}
        for one in application.continuing_education.all()
    ]
    write_records(application, Topic.HOURS, [*earlier, *rows])
    freeze(application, f"补充学时：{note}"[:100])


@step(
    TitleApplication,
    label="终止申报",
    **DESK,
    move="disqualify",
    form=DisqualifyForm,
    blockers=_not_himself,
    kind="danger",
    tells=[Tell.person(ME, "{case}已终止，原因见“我的申报”。", sms=True)],
    effects=["从公示名单中撤下，其他人员不受影响", "原因告知本人"],
)
def disqualify(application: TitleApplication, *, actor: Actor, ground: str, clause: str, reason: str) -> None:
    """Objection upheld, left the company, false papers, out of scope (C-1)."""
    application.disqualified_for = DisqualifyGround(ground)
    application.decision_reason, application.decision_clause = reason.strip(), clause.strip()
    take_off_notice(application, DisqualifyGround(ground).label, actor)
