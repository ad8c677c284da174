"""The city's 审核评估: 经办 assesses, 审核 looks again (办法四（二）, R-4.2b)."""

from __future__ import annotations

from collections.abc import Sequence

from enterprises import forms
from enterprises.actions.application import COUNTY, record_checks
from enterprises.choices import Desk
from enterprises.choices import PilotApplicationState as S
from enterprises.models import PilotApplication
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Tell, step
from jiaxing_titles.actions.views import ReasonForm

CITY = "enterprise.organisation.city"


@step(PilotApplication, label="保存评估意见", by=[Role.CITY_CLERK], on=CITY, when=[S.RECOMMENDED], hidden=True)
def save_assessment(
    application: PilotApplication,
    *,
    actor: Actor,
    checks: Sequence[dict[str, str]],
    proposed_outcome: str = "",
    assessment: str = "",
) -> None:
    """The sheet DOC-5: each condition, the conclusion and why."""
    record_checks(application, Desk.CITY, checks)
    application.proposed_outcome = proposed_outcome
    application.assessment = assessment


@step(
    PilotApplication,
    label="提交复核",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="assess",
    effects=["评估意见转市局审核复核"],
    tells=[Tell(Role.CITY_REVIEWER, CITY, "{case}已评估，请复核。")],
)
def assess_application(application: PilotApplication, *, actor: Actor) -> None:
    """The assessment is complete (G3)."""


@step(
    PilotApplication,
    label="退回县局",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="send_back_to_county",
    form=ReasonForm,
    tells=[Tell(Role.COUNTY, COUNTY, "{case}被市局退回：{reason}")],
)
def send_application_to_county(application: PilotApplication, *, actor: Actor, reason: str) -> None:
    """The county has to look again; the company is asked only by the county, once and completely."""
    application.recommended_at = None


@step(
    PilotApplication,
    label="同意评估意见",
    by=[Role.CITY_REVIEWER],
    on=CITY,
    move="review",
    other_than=["assess_application", "save_assessment"],
    form=forms.OpinionForm,
    effects=["可以列入拟核准名单，由领导审定"],
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}已复核，可以列入名单。")],
)
def review_application(application: PilotApplication, *, actor: Actor, opinion: str = "") -> None:
    """审核: the second pair of eyes."""
    application.review_opinion = opinion


@step(
    PilotApplication,
    label="退回重新评估",
    by=[Role.CITY_REVIEWER],
    on=CITY,
    move="reassess",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}的评估意见被退回：{reason}")],
)
def reassess_application(application: PilotApplication, *, actor: Actor, reason: str) -> None:
    """审核 does not agree; nothing of the assessment is lost."""
    application.review_opinion = reason
