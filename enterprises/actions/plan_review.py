"""The city's side of a plan: comments on a part, return, review, approval with freezing (R-5.1.9, F-16, F-18)."""

from __future__ import annotations

from enterprises import forms
from enterprises.actions.plan import CITY, ENTERPRISE
from enterprises.choices import PilotPlanState as S
from enterprises.models import PilotPlan, PlanComment
from enterprises.rules.plan import text_digest
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import ReasonForm
from jiaxing_titles.reasons import Reason

COUNTY = "enterprise.organisation.supervisor"
AT_CITY = [S.SUBMITTED, S.REVIEWED]


@step(PilotPlan, label="打开方案", by=[Role.CITY_CLERK], on=CITY, when=[S.SUBMITTED], hidden=True)
def open_plan(plan: PilotPlan, *, actor: Actor) -> None:
    """From here on the company cannot recall it (decision 44)."""
    plan.opened_at = plan.opened_at or clock.now()


def _comment(plan: PilotPlan, actor: Actor, section: str, text: str) -> None:
    PlanComment.objects.create(plan=plan, section=section, text=text, author=actor.person, made_at=clock.now())


@step(
    PilotPlan,
    label="批注",
    by=[Role.CITY_CLERK, Role.CITY_REVIEWER],
    on=CITY,
    when=AT_CITY,
    form=forms.CommentForm,
    hidden=True,
)
def comment_on_plan(plan: PilotPlan, *, actor: Actor, section: str, text: str) -> None:
    """A comment on one part; nothing is approved while it is open (F-18)."""
    _comment(plan, actor, section, text)


@step(PilotPlan, label="辅导意见", by=[Role.COUNTY], on=COUNTY, when=AT_CITY, form=forms.CommentForm)
def advise_on_plan(plan: PilotPlan, *, actor: Actor, section: str, text: str) -> None:
    """The county guides: its comments count like the city's (R-6.1.1)."""
    _comment(plan, actor, section, text)


@step(PilotPlan, label="批注已解决", by=[Role.CITY_CLERK, Role.CITY_REVIEWER], on=CITY, when=AT_CITY, hidden=True)
def resolve_comment(plan: PilotPlan, *, actor: Actor, comment: int) -> None:
    """Settled: the plan answers it."""
    settled = plan.comments.filter(pk=comment, resolved_at=None).update(
        resolved_at=clock.now(), resolved_by=actor.person
    )
    if not settled:
        raise Blocked([Reason("这条批注已经处理，页面已更新。")])


@step(
    PilotPlan,
    label="退回修改",
    by=[Role.CITY_CLERK, Role.CITY_REVIEWER],
    on=CITY,
    move="return_for_change",
    form=ReasonForm,
    effects=["企业按意见修改，重新审议后再报"],
    tells=[
        Tell(Role.ENT_HR, ENTERPRISE, "{case}需要修改：{reason}", sms=True),
        Tell(Role.ENT_LEAD, ENTERPRISE, "{case}需要修改。"),
    ],
)
def return_plan(plan: PilotPlan, *, actor: Actor, reason: str) -> None:
    """Back with the comments; a changed text needs a new resolution."""
    plan.review_opinion = reason


@step(
    PilotPlan,
    label="审核通过，转复核",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="review",
    form=forms.OpinionForm,
    effects=["方案转市局审核复核"],
    tells=[Tell(Role.CITY_REVIEWER, CITY, "{case}待复核。")],
)
def review_plan(plan: PilotPlan, *, actor: Actor, opinion: str = "") -> None:
    """经办 has nothing left to ask."""
    plan.review_opinion = opinion


@step(
    PilotPlan,
    label="复核同意，方案生效",
    by=[Role.CITY_REVIEWER],
    on=CITY,
    move="approve",
    other_than=["review_plan"],
    effects=["方案内容固定，本年度评审按这一版本进行", "原有版本同时被代替"],
    tells=[
        Tell(Role.ENT_HR, ENTERPRISE, "{case}已审核通过，可以启动年度评审。", sms=True),
        Tell(Role.ENT_LEAD, ENTERPRISE, "{case}已审核通过。"),
        Tell(Role.COUNTY, COUNTY, "{case}已审核通过。"),
    ],
)
def approve_plan(plan: PilotPlan, *, actor: Actor) -> None:
    """G6: the version is frozen, applications bind to it, an older one is superseded."""
    earlier = PilotPlan.objects.filter(enterprise=plan.enterprise, cycle=plan.cycle, state=S.APPROVED)
    carry(earlier, "supersede", actor=actor, because="enterprises.approve_plan")
    plan.approved_at = clock.now()
    plan.content_hash = text_digest(plan.canonical())
