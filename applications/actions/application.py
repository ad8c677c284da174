"""The applicant's own steps: begin, submit, take back, give up."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from applications.choices import ApplicationState, RoundState
from applications.forms.application import CommitmentForm, StartForm, WithdrawForm
from applications.gates.application import employed_here, enterprise_may_review
from applications.gates.facts import findings_of
from applications.models import (
    AnnualRound,
    Commitment,
    ExceptionalFile,
    StaffMember,
    SubmittedVersion,
    TitleApplication,
)
from applications.queries.lookup import PURPOSE
from applications.queries.snapshot import digest, taken
from applications.rules import commitment
from applications.rules.lookup_code import new_lookup_code
from enterprises.queries import scope_reasons
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.identity.fields import blind_index
from jiaxing_titles.identity.names import folded
from jiaxing_titles.publicity import service
from jiaxing_titles.reasons import Reason

S = ApplicationState
OWN = {"by": [Role.APPLICANT], "on": "enterprise.organisation", "own": "person"}
HR = "enterprise.organisation"


def elsewhere(person: User, year: AnnualRound) -> list[Reason]:
    """One live application a person and year over the whole city (X-23); says nothing of the other company."""
    live = TitleApplication.objects.filter(person=person, cycle=year.cycle).exclude(state__in=S.given_up())
    mine = live.filter(round=year).exists()
    if mine:
        return [Reason(f"{person}本年度已经有一份申报。", "办法六3", "X-23", "G7", remedy="在“我的申报”中继续办理。")]
    if live.exists():
        text = f"{person}本年度已有一份申报在办理，同一人一年只能申报一次。"
        return [
            Reason(
                text,
                "办法六3",
                "X-23",
                "G7",
                remedy="由本人登录，在“我的申报”中查看；要改由本单位申报的，先撤回原申报。",
            )
        ]
    return []


def create_draft(year: AnnualRound, person: User, facts: dict[str, Any]) -> TitleApplication:
    """The row itself, for the applicant's own start and for the import. Raises Blocked for a second live one."""
    if reasons := elsewhere(person, year):
        raise Blocked(reasons)
    try:
        with transaction.atomic():
            made: TitleApplication = TitleApplication.objects.create(
                round=year, enterprise=year.enterprise, cycle=year.cycle, person=person, **facts
            )
            return made
    except IntegrityError as error:  # the other application was begun in the same second
        if "one_live_application_a_year" not in str(error):
            raise
        raise Blocked(elsewhere(person, year)) from error


def _may_start(year: AnnualRound, actor: Actor) -> list[Reason]:
    if year.state != RoundState.OPEN:
        return [
            Reason("本单位的申报还没有开始或已经截止。", "办法五（二）", "R-5.2.1", "G7", remedy="请联系本单位人事。")
        ]
    found = list(enterprise_may_review(year))
    if actor.user is not None:
        found += elsewhere(actor.user, year)
    return found


@step(
    AnnualRound,
    label="开始申报",
    by=[Role.APPLICANT],
    on="enterprise.organisation",
    creates=True,
    form=StartForm,
    blockers=_may_start,
)
def start_application(
    year: AnnualRound,
    *,
    actor: Actor,
    level: str,
    speciality: Any,
    route: str,
    department: str = "",
    position: str = "",
) -> TitleApplication:
    """A draft that nobody but the person and his HR sees. PR-2 and PR-3 are asked here already."""
    person = actor.user
    if person is None:
        raise Blocked([Reason("申报由本人开始。")])
    term = StaffMember.objects.filter(enterprise=year.enterprise, person=person, left_on=None).first()
    facts = {
        "level": level,
        "speciality": speciality,
        "route": route,
        "department": department or (term.department if term else ""),
        "position": position or (term.position if term else ""),
    }
    probe = TitleApplication(round=year, enterprise=year.enterprise, cycle=year.cycle, person=person, **facts)
    reasons = [*employed_here(probe), *scope_reasons(year.enterprise, year.cycle, level, speciality.code)]
    if reasons:
        raise Blocked(reasons)
    application = create_draft(year, person, facts)
    if route == "exceptional":
        ExceptionalFile.objects.create(application=application)
    return application


@step(
    TitleApplication,
    label="提交申报",
    **OWN,
    move="submit",
    form=CommitmentForm,
    hidden=True,
    tells=[
        Tell.person("person", "{case}已提交，由本单位人事审核。查询码可在“我的申报”中查看。"),
        Tell(Role.ENT_HR, HR, "{case}已提交，请审核。"),
    ],
    effects=["由本单位人事审核", "审核前可以撤回修改", "提交的内容按版本保存，不能改动"],
)
def submit(application: TitleApplication, *, actor: Actor, agreed: bool, typed_name: str) -> None:
    """G7. Freezes a numbered version with the engine's findings and the signed commitment (F-27, F-30)."""
    if not agreed:
        raise Blocked([Reason("提交前须作出承诺，在承诺前打勾。", "办法六3", "R-6.3.4", "G7", field="agreed")])
    if folded(typed_name) != folded(application.person.name):
        text = f"签署姓名须与本人姓名“{application.person.name}”一致。"
        raise Blocked([Reason(text, "办法六3", "R-6.3.4", "G7", field="typed_name")])
    application.submitted_at = clock.now()
    application.review_began_at = None
    version = freeze(application)
    Commitment.objects.create(
        version=version,
        text_version=commitment.CURRENT,
        text=commitment.TEXTS[commitment.CURRENT],
        typed_name=typed_name.strip(),
        signed_at=application.submitted_at,
    )
    if not application.lookup_code:
        application.lookup_code = new_lookup_code()
        application.lookup_index = blind_index(application.lookup_code, PURPOSE)


def freeze(application: TitleApplication, supplement: str = "") -> SubmittedVersion:
    """Write the next version and point `latest` at it; the caller saves the application."""
    findings = findings_of(application)
    snapshot = taken(application)
    version = SubmittedVersion.objects.create(
        application=application,
        number=(application.latest.number if application.latest else 0) + 1,
        submitted_at=clock.now(),
        snapshot=snapshot,
        snapshot_hash=digest(snapshot),
        verdict=findings["verdict"],
        findings=findings,
        rule_set=findings["rule_set"],
        as_of=application.cycle.counting_day,
        input_hash=findings["input_hash"],
        supplement=supplement,
    )
    version.files.set([one["attachment"] for one in snapshot["files"]])
    application.latest = version
    application.verdict = findings["verdict"]
    application.hours_pending = findings["gates"].get("A-2") in ("pending", "unknown")
    return version


@step(
    TitleApplication,
    label="撤回修改",
    **OWN,
    move="recall",
    effects=["申报回到草稿，可以修改后重新提交"],
    tells=[Tell(Role.ENT_HR, HR, "{case}已由本人撤回修改。")],
)
def recall_submission(application: TitleApplication, *, actor: Actor) -> None:
    """Until HR has begun to look (decision 44)."""


@step(
    TitleApplication,
    label="撤回申报",
    **OWN,
    move="withdraw",
    form=WithdrawForm,
    kind="danger",
    effects=["本年度不再参加评审", "已在公示的，从公示名单中撤下", "材料保留，不能再改动"],
    tells=[Tell(Role.ENT_HR, HR, "{case}已由本人撤回。")],
)
def withdraw_application(application: TitleApplication, *, actor: Actor, reason: str) -> None:
    """The person gives up; in a notice he is taken off it and the others go on."""
    application.decision_reason = f"本人撤回：{reason}"
    take_off_notice(application, "本人撤回申报", actor)
    _take_back_file(application, actor)


def take_off_notice(application: TitleApplication, why: str, actor: Actor) -> None:
    """Remove the person from a notice that still shows him."""
    line = getattr(application, "roster_entry", None)
    if line is not None and line.entry is not None and line.entry.removed_at is None:
        service.remove_entry(line.entry, reason=why, actor=actor)


def _take_back_file(application: TitleApplication, actor: Actor) -> None:
    waiting = ExceptionalFile.objects.filter(application=application, state__in=["sent", "examined"])
    carry(waiting, "take_back", actor=actor, because="applications.withdraw_application")
