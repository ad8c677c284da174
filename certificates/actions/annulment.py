"""无效与撤销: found, told, heard, then 经办 → 审核 → 领导; a new dated fact, nothing rewritten (办法六、3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from applications.choices import ApplicationState
from applications.models import TitleApplication
from certificates.actions.appointment import end_appointment
from certificates.actions.register import take_number
from certificates.choices import AnnulmentGround, AnnulmentKind, LineFate
from certificates.choices import AnnulmentState as S
from certificates.forms.annulment import ConclusionForm, DecideForm, NoticeForm, OpenAnnulmentForm, StatementForm
from certificates.models import Annulment, RosterLine
from enterprises.choices import CreditKind
from enterprises.models import CreditRecord
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM, Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import ReasonForm
from jiaxing_titles.attachments.store import store
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.publicity.service import remove_entry
from jiaxing_titles.reasons import Reason

CLAUSE = "办法六、3"
A = ApplicationState
TITLED = (A.ANNOUNCED, A.APPOINTED)
VOIDABLE = (A.NOTICED, A.IN_REVIEW, A.PANEL_PASSED, A.REPORTED, A.COMMITTEE_PASSED, A.CITY_NOTICING, *TITLED)
COMPANY = "application.enterprise.organisation"
CREDIT_KIND = {
    AnnulmentGround.OUT_OF_SCOPE: CreditKind.OUT_OF_SCOPE,
    AnnulmentGround.OTHER_EMPLOYER: CreditKind.OUTSIDERS,
}
DRAFTERS = ["open_annulment", "notice_annulment", "submit_annulment"]


@step(
    TitleApplication,
    label="立案：无效、撤销",
    by=[Role.CITY_CLERK],
    on="enterprise.organisation.city",
    when=VOIDABLE,
    creates=True,
    form=OpenAnnulmentForm,
    kind="danger",
    effects=["立案后由市局告知当事人并听取陈述申辩，作出决定前结果不变"],
)
def open_annulment(
    application: TitleApplication, *, actor: Actor, ground: str, facts: str, evidence: Any = None
) -> Annulment:
    """C-1 (无效) or C-4 (撤销), by what was found; a result that is no title yet can only be void."""
    found = AnnulmentGround(ground)
    if found.kind == AnnulmentKind.REVOKE and application.state not in TITLED:
        not_yet = Reason(
            "还没有公布的结果不能撤销。", CLAUSE, "R-6.3.4", field="ground", remedy="请改按终止申报或评审结果无效办理。"
        )
        raise Blocked([not_yet])
    if application.annulments.exclude(state=S.DROPPED).exists():
        raise Blocked([Reason("这个人已有一件正在办理或已决定的案件。", CLAUSE, "R-6.3.4")])
    case = Annulment(
        kind=found.kind,
        ground=found,
        application=application,
        grant=getattr(application, "grant", None),
        person=application.person,
        organisation=application.enterprise.organisation.city,
        facts=facts,
    )
    case.save()
    if evidence:
        case.evidence.add(store(evidence, actor=actor, slot="案件证据"))
    return case


@step(
    Annulment,
    label="告知当事人",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="notice",
    form=NoticeForm,
    effects=["当事人和所在企业可以看到查明的事实，并陈述申辩"],
    tells=[
        Tell.person("person", "市人力社保局拟对您作出处理（{case}），请在期限内陈述申辩。", sms=True),
        Tell(Role.ENT_HR, COMPANY, "{case}：市局已告知，请关注。"),
    ],
)
def notice_annulment(case: Annulment, *, actor: Actor, statement_due_on: dt.date) -> None:
    """The person learns what was found before anything is decided."""
    case.noticed_on, case.statement_due_on = clock.today(), statement_due_on


@step(
    Annulment,
    label="陈述申辩",
    by=[Role.APPLICANT],
    on=COMPANY,
    own="person",
    when=[S.NOTICED],
    form=StatementForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}：当事人已陈述申辩。")],
)
def state_defence(case: Annulment, *, actor: Actor, statement: str) -> None:
    """The person's own words."""
    case.statement, case.stated_on = statement, clock.today()


@step(
    Annulment,
    label="登记陈述申辩",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[S.NOTICED],
    form=StatementForm,
)
def record_statement(case: Annulment, *, actor: Actor, statement: str) -> None:
    """Given on paper or by word of mouth."""
    case.statement, case.stated_on = statement, clock.today()


@step(Annulment, label="结束陈述申辩", by=[Role.CITY_CLERK], on="organisation", move="hear")
def close_hearing(case: Annulment, *, actor: Actor) -> None:
    """Heard, or the time has passed without a word."""


@step(
    Annulment,
    label="提交审核",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="submit",
    form=ConclusionForm,
    tells=[Tell(Role.CITY_REVIEWER, "organisation", "{case}已提交，请审核。")],
)
def submit_annulment(case: Annulment, *, actor: Actor, conclusion: str) -> None:
    """经办 → 审核."""
    case.conclusion = conclusion


@step(
    Annulment,
    label="审核通过",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="review",
    other_than=DRAFTERS,
    tells=[Tell(Role.CITY_LEAD, "organisation", "{case}已审核，请决定。")],
)
def review_annulment(case: Annulment, *, actor: Actor) -> None:
    """审核 → 领导."""


@step(
    Annulment,
    label="退回补充",
    by=[Role.CITY_REVIEWER, Role.CITY_LEAD],
    on="organisation",
    move="send_back",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}被退回：{reason}")],
)
def send_back_annulment(case: Annulment, *, actor: Actor, reason: str) -> None:
    """Back with the reason."""


@step(
    Annulment,
    label="作出决定",
    by=[Role.CITY_LEAD],
    on="organisation",
    move="decide",
    form=DecideForm,
    other_than=[*DRAFTERS, "review_annulment"],
    kind="danger",
    effects=[
        "证书验证页立即显示“已撤销”",
        "原公布文件不改动，页面上方标明更正",
        "列入向省系统报送的撤销、无效名单",
        "聘任兑现终止，记入企业信用档案",
    ],
    tells=[
        Tell.person("person", "市人力社保局已作出决定（{case}），决定书可在页面查看。", sms=True),
        Tell(Role.ENT_HR, COMPANY, "{case}：市局已作出决定，请相应处理聘任和待遇。"),
        Tell(Role.ENT_LEAD, COMPANY, "{case}：市局已作出决定。"),
        Tell(Role.COUNTY, f"{COMPANY}.supervisor", "{case}：市局已作出决定。"),
    ],
)
def decide_annulment(case: Annulment, *, actor: Actor, number: str, dated_on: dt.date) -> None:
    """C-1, C-4: effective on its own day for everybody who asks; the follow-up is `queries.annulment.downstream`."""
    case.number = take_number(number, used_for=str(case), on=dated_on)
    case.decided_on = dated_on
    case.pdf = request_document("certificates.annulment", actor=SYSTEM, title=f"{case}决定书", pk=case.pk)
    because = "certificates.decide_annulment"
    people = TitleApplication.objects.filter(pk=case.application_id)
    carry(people, "void" if case.kind == AnnulmentKind.VOID else "revoke", actor=actor, because=because)
    end_appointment(case.application, actor=actor, because=because)
    _leave_the_notice(case, actor)
    CreditRecord(
        enterprise=case.application.enterprise,
        person=case.person,
        cycle=case.application.cycle,
        occurred_on=dated_on,
        kind=CREDIT_KIND.get(AnnulmentGround(case.ground), CreditKind.FRAUD),
        clause=CLAUSE,
        facts=f"{case.get_kind_display()}（{case.number}）：{case.get_ground_display()}。",
        recorded_by=actor.person,
        recorded_at=clock.now(),
    ).save()


def _leave_the_notice(case: Annulment, actor: Actor) -> None:
    """A result voided while it is on the city's notice is taken off it; nobody else is touched."""
    line = (
        RosterLine.objects.filter(application=case.application, fate=LineFate.WAITING).select_related("entry").first()
    )
    if line is None:
        return
    reason = f"{case.get_kind_display()}（{case.number}）"
    line.fate, line.fate_reason = LineFate.EXCLUDED, reason
    line.save()
    if line.entry is not None and line.entry.removed_at is None:
        remove_entry(line.entry, reason=reason, actor=actor)


@step(
    Annulment,
    label="不予处理",
    by=[Role.CITY_REVIEWER, Role.CITY_LEAD],
    on="organisation",
    move="drop",
    form=ReasonForm,
    other_than=DRAFTERS,
    tells=[Tell.person("person", "经核查不作处理（{case}）。")],
)
def drop_annulment(case: Annulment, *, actor: Actor, reason: str) -> None:
    """Nothing was found that holds; the case stays on record."""
    case.conclusion = reason
