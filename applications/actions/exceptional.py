"""破格: the city bureau examines the file, then another person decides (decision 29; Q-13)."""

from __future__ import annotations

from applications.forms.exceptional import DecisionForm, OpinionForm
from applications.models import ExceptionalFile
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Tell, step

CITY = "application.enterprise.organisation.city"
HR = "application.enterprise.organisation"


@step(
    ExceptionalFile,
    label="提出破格审核意见",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="examine",
    form=OpinionForm,
    tells=[Tell(Role.CITY_REVIEWER, CITY, "{case}已由经办提出意见，请审核。")],
)
def examine_exceptional(file: ExceptionalFile, *, actor: Actor, opinion: str) -> None:
    """经办."""
    file.opinion = opinion


@step(
    ExceptionalFile,
    label="同意破格申报",
    by=[Role.CITY_REVIEWER],
    on=CITY,
    move="acknowledge",
    form=DecisionForm,
    other_than=["examine_exceptional"],
    tells=[
        Tell.person("application.person", "市人力社保局同意您的破格申报，可以提交评审会评审。"),
        Tell(Role.ENT_HR, HR, "市人力社保局同意{case}。"),
    ],
    effects=["可以提交评审会评审；是否通过由评审会决定"],
)
def acknowledge_exceptional(file: ExceptionalFile, *, actor: Actor, decision: str) -> None:
    """办法五（一）: 对做出突出贡献的人才可按照有关规定破格评审."""
    file.decision, file.decided_at = decision, clock.now()


@step(
    ExceptionalFile,
    label="不同意破格申报",
    by=[Role.CITY_REVIEWER],
    on=CITY,
    move="decline",
    form=DecisionForm,
    other_than=["examine_exceptional"],
    kind="danger",
    tells=[
        Tell.person("application.person", "市人力社保局不同意您的破格申报，理由请登录查看。"),
        Tell(Role.ENT_HR, HR, "市人力社保局不同意{case}。"),
    ],
    effects=["不能提交评审会评审"],
)
def decline_exceptional(file: ExceptionalFile, *, actor: Actor, decision: str) -> None:
    """The person stays where he is; HR ends the application or he withdraws."""
    file.decision, file.decided_at = decision, clock.now()
