"""年度名单: drafted by 经办, checked by 审核, decided by 领导, published as decided (办法四（二）)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from enterprises import forms, gates
from enterprises.choices import ApprovedListState as S
from enterprises.choices import Outcome, PilotApplicationState
from enterprises.models import (
    ApprovedList,
    ApprovedListEntry,
    Bureau,
    DecisionRecord,
    PilotApplication,
    ReviewAuthority,
    Speciality,
)
from enterprises.rules import listing
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.tells import everyone
from jiaxing_titles.actions.views import ReasonForm
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

PREPARED = ["draft_list", "refresh_list", "change_list_entry", "submit_list"]


@step(
    Bureau,
    label="起草拟核准名单",
    by=[Role.CITY_CLERK],
    on="organisation",
    creates=True,
    form=forms.ListDraftForm,
    effects=["把全部已复核的申请列入名单", "结论和理由取自评估意见"],
)
def draft_list(bureau: Bureau, *, actor: Actor, cycle: Cycle) -> ApprovedList:
    """A list of the year with every reviewed application on it; a later batch has the next number."""
    lists = ApprovedList.objects.filter(cycle=cycle)
    if lists.exclude(state=S.PUBLISHED).exists():
        raise Blocked([Reason(f"{cycle}还有一份名单没有公布，请先办完，或在其中更新。", "办法四（二）", "R-4.2c")])
    number = (lists.aggregate(last=Max("number"))["last"] or 0) + 1
    approved = ApprovedList.objects.create(organisation=bureau.organisation, cycle=cycle, number=number)
    if not _enlist(approved, actor, "enterprises.draft_list"):
        raise Blocked([Reason(f"{cycle}没有已复核、尚未列入名单的申请。", "办法四（二）", "R-4.2c", "G3")])
    return approved


def _enlist(approved: ApprovedList, actor: Actor, because: str) -> int:
    waiting = PilotApplication.objects.filter(cycle=approved.cycle, state=PilotApplicationState.REVIEWED)
    moved, _ = carry(waiting, "enlist", actor=actor, because=because)
    for application in PilotApplication.objects.filter(pk__in=moved).prefetch_related("specialities"):
        granted = application.proposed_outcome == Outcome.APPROVE
        entry = ApprovedListEntry.objects.create(
            list=approved,
            application=application,
            outcome=application.proposed_outcome,
            levels=application.levels if granted else [],
            reason="" if granted else application.assessment,
        )
        entry.specialities.set(application.specialities.all() if granted else [])
    return len(moved)


@step(
    ApprovedList,
    label="列入新复核的企业",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[S.DRAFT],
    effects=["把名单起草后复核的申请补列进来"],
)
def refresh_list(approved: ApprovedList, *, actor: Actor) -> None:
    """Applications reviewed since the list was drafted join it."""
    if not _enlist(approved, actor, "enterprises.refresh_list"):
        raise Blocked([Reason("没有新复核的申请。")])


@step(ApprovedList, label="修改名单企业", by=[Role.CITY_CLERK], on="organisation", when=[S.DRAFT], hidden=True)
def change_list_entry(
    approved: ApprovedList,
    *,
    actor: Actor,
    entry: int,
    levels: Sequence[str] = (),
    specialities: Sequence[Speciality] = (),
    reason: str = "",
) -> None:
    """The scope granted, or the words of a refusal; another outcome means another assessment."""
    line = approved.entries.select_related("application").get(pk=entry)
    asked = set(line.application.levels)
    if line.outcome == Outcome.APPROVE and not set(levels) <= asked:
        raise Blocked([Reason("授予的级别不能超出企业申请的级别。", "办法六（二）", "R-6.2.3", field="levels")])
    line.levels = list(levels) if line.outcome == Outcome.APPROVE else []
    line.reason = reason
    if line.outcome == Outcome.REFUSE and not reason.strip():
        raise Blocked([Reason("不予核准要写明哪一项条件不符合。", "办法四（二）", "R-4.2b", field="reason")])
    line.save()
    line.specialities.set(specialities if line.outcome == Outcome.APPROVE else [])


@step(ApprovedList, label="移出名单", by=[Role.CITY_CLERK], on="organisation", when=[S.DRAFT], hidden=True)
def remove_list_entry(approved: ApprovedList, *, actor: Actor, entry: int) -> None:
    """Back to 已复核: it may join a later list."""
    line = approved.entries.get(pk=entry)
    carry(
        PilotApplication.objects.filter(pk=line.application_id),
        "take_off_list",
        actor=actor,
        because="enterprises.remove_list_entry",
    )
    line.delete()


@step(
    ApprovedList,
    label="提交审核",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="submit",
    effects=["名单锁定，转市局审核"],
    tells=[Tell(Role.CITY_REVIEWER, "organisation", "{case}待审核。")],
)
def submit_list(approved: ApprovedList, *, actor: Actor) -> None:
    """经办 → 审核."""
    approved.submitted_at = clock.now()


@step(
    ApprovedList,
    label="审核同意",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="review",
    other_than=PREPARED,
    form=forms.OpinionForm,
    effects=["名单转局领导审定"],
    tells=[Tell(Role.CITY_LEAD, "organisation", "{case}待审定。")],
)
def review_list(approved: ApprovedList, *, actor: Actor, opinion: str = "") -> None:
    """审核 → 领导."""


@step(
    ApprovedList,
    label="审核退回",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="send_back",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}被审核退回：{reason}")],
)
def send_list_back(approved: ApprovedList, *, actor: Actor, reason: str) -> None:
    """Back to the desk; the entries stay."""


@step(
    ApprovedList,
    label="审定名单",
    by=[Role.CITY_LEAD],
    on="organisation",
    move="decide",
    other_than=[*PREPARED, "review_list"],
    form=forms.DecisionForm,
    effects=["登记研究决定，名单内容自此固定", "公布时须与审定时一字不差"],
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}已审定，请及时公布。")],
)
def decide_list(
    approved: ApprovedList, *, actor: Actor, held_on: date, meeting: str, attendees: str, conclusion: str
) -> None:
    """研究确定: the record of the meeting, bound to the list by hash (R-4.2c, F-10)."""
    if held_on > clock.today():
        raise Blocked([Reason("研究日期还没有到。", "办法四（二）", "R-4.2c", field="held_on")])
    DecisionRecord.objects.create(
        list=approved,
        held_on=held_on,
        meeting=meeting,
        attendees=attendees,
        conclusion=conclusion,
        list_hash=listing.digest(gates.list_lines(approved)),
        recorded_at=clock.now(),
    )
    approved.decided_at = clock.now()


@step(
    ApprovedList,
    label="退回重新起草",
    by=[Role.CITY_LEAD],
    on="organisation",
    move="reject",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}被领导退回：{reason}")],
)
def reject_list(approved: ApprovedList, *, actor: Actor, reason: str) -> None:
    """领导 does not agree."""


@step(
    ApprovedList,
    label="公布名单",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="publish",
    effects=["名单在公众网站公布", "核准企业取得本年度评审权，不予核准的企业收到理由", "通知企业和县局"],
)
def publish_list(approved: ApprovedList, *, actor: Actor) -> None:
    """及时公布: outcomes take effect with the publication, so nobody acts on an unpublished list (R-4.2d)."""
    approved.published_at = clock.now()
    for outcome, move_name in ((Outcome.APPROVE, "approve"), (Outcome.REFUSE, "refuse")):
        carry(
            PilotApplication.objects.filter(list_entry__list=approved, list_entry__outcome=outcome),
            move_name,
            actor=actor,
            because="enterprises.publish_list",
        )
    for entry in approved.entries.select_related("application__enterprise__organisation__supervisor"):
        if entry.outcome == Outcome.APPROVE:
            _grant(approved, entry)
        _tell_outcome(approved, entry)


def _grant(approved: ApprovedList, entry: ApprovedListEntry) -> None:
    authority = ReviewAuthority.objects.create(
        enterprise=entry.application.enterprise,
        cycle=approved.cycle,
        entry=entry,
        levels=entry.levels,
        granted_on=clock.today(),
    )
    authority.specialities.set(entry.specialities.all())


def _tell_outcome(approved: ApprovedList, entry: ApprovedListEntry) -> None:
    if entry.outcome == Outcome.APPROVE:
        text = "{case}已核准，请在“试点工作方案”中编制方案，经领导班子审议后报市人社局。"
    else:
        text = "{case}未获核准，理由可在“试点申请”中查看，材料已保留，下一年度可以沿用。"
    tells = [
        Tell(Role.ENT_HR, "enterprise.organisation", text, sms=True),
        Tell(Role.ENT_LEAD, "enterprise.organisation", text),
        Tell(Role.COUNTY, "enterprise.organisation.supervisor", "{case}结果已公布。"),
    ]
    told = everyone(tells, entry.application, {})
    key = f"enterprises.publish_list:{approved.pk}:{entry.pk}"
    notify(told, about=entry.application, title="年度名单已公布", key=key)
