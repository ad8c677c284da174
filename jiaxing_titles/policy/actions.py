"""Opening a year, setting its dates, and the register of what it rests on (S0, R-0.1, R-6.4.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.actions.views import OptionalReasonForm, ReasonForm
from jiaxing_titles.policy.choices import InterpretationState
from jiaxing_titles.policy.compositions import compose
from jiaxing_titles.policy.forms import (
    BasisForm,
    InterpretationForm,
    PolicyDocumentForm,
    RepealForm,
    SettingsForm,
    YearForm,
)
from jiaxing_titles.policy.models import Cycle, Interpretation, PolicyDocument, RuleSetVersion
from jiaxing_titles.reasons import Reason


@step(
    Organisation,
    label="建立年度",
    by=[Role.CITY_CLERK],
    on="",
    creates=True,
    form=YearForm,
    effects=["按办法的日期建立年度日程，随后可由市局领导调整", "年度开始时有效的政策文件和政策解释作为依据"],
)
def open_year(bureau: Organisation, *, actor: Actor, year: int) -> Cycle:
    """A year with the dates of the 办法, or last year's numbers where the city has set its own."""
    if Cycle.objects.filter(year=year).exists():
        raise Blocked([Reason(f"{year}年度已经建立。", field="year")])
    cycle = Cycle.defaults_for(year)
    before = Cycle.objects.filter(year=year - 1).first()
    if before is not None:
        for field in Cycle._meta.concrete_fields:
            kinds = ("PositiveSmallIntegerField", "BooleanField", "CharField")
            if field.get_internal_type() in kinds and field.name != "year":
                setattr(cycle, field.name, getattr(before, field.name))
    interpretations = [one.settled for one in Interpretation.objects.issued()]
    cycle.rule_set = RuleSetVersion.kept(compose({}, interpretations, cycle.apply_from))
    cycle.save()
    _keep_compositions()
    cycle.basis.set(PolicyDocument.objects.in_force(cycle.apply_from))
    return cycle


@step(
    Cycle,
    label="调整年度日程",
    by=[Role.CITY_LEAD],
    on="bureau",
    form=SettingsForm,
    effects=["新的日期和数字立即生效，调整前后都记入办理记录"],
)
def set_year(cycle: Cycle, *, actor: Actor, reason: str, **settings: Any) -> None:
    """Dated settings of the cycle (decision 14); the event keeps the whole set."""
    for name, value in settings.items():
        setattr(cycle, name, value)


@step(
    Cycle,
    label="调整年度依据文件",
    by=[Role.CITY_LEAD],
    on="bureau",
    form=BasisForm,
    effects=["公众网站的“本年度依据”随之改变，调整前后都记入办理记录"],
)
def set_basis(cycle: Cycle, *, actor: Actor, documents: Iterable[PolicyDocument], reason: str) -> None:
    """A superior policy binds a running year only by decision; otherwise the next one (R-6.4.3)."""
    cycle.basis.set(documents)


@step(
    Organisation,
    label="登记政策文件",
    by=[Role.CITY_CLERK],
    on="",
    creates=True,
    form=PolicyDocumentForm,
    effects=["市局领导确认后在公众网站公布"],
    tells=[Tell(Role.CITY_LEAD, "bureau", "政策文件{case}待您确认。")],
)
def enter_policy(bureau: Organisation, *, actor: Actor, **facts: Any) -> PolicyDocument:
    """R-0.1: number, title, day of effect, where to read it."""
    if facts.get("number") and PolicyDocument.objects.filter(number=facts["number"]).exists():
        raise Blocked([Reason(f"文号{facts['number']}已经登记。", field="number")])
    return PolicyDocument.objects.create(**facts)


def _confirmed(document: PolicyDocument, actor: Actor) -> list[Reason]:
    return [Reason("这份文件已经确认。")] if document.confirmed_at else []


@step(
    PolicyDocument,
    label="确认政策文件",
    by=[Role.CITY_LEAD],
    on="bureau",
    other_than=["enter_policy"],
    blockers=_confirmed,
    effects=["列入公众网站的政策文件", "以后建立的年度以它为依据；已建立的年度由您另行调整"],
)
def confirm_policy(document: PolicyDocument, *, actor: Actor) -> None:
    """经办 → 领导."""
    document.confirmed_at = clock.now()


def _not_in_force(document: PolicyDocument, actor: Actor) -> list[Reason]:
    if document.confirmed_at is None:
        return [Reason("这份文件还没有确认。")]
    return [Reason("这份文件已经废止。")] if document.repealed_on else []


@step(
    PolicyDocument,
    label="登记废止",
    by=[Role.CITY_LEAD],
    on="bureau",
    form=RepealForm,
    blockers=_not_in_force,
    kind="danger",
    effects=["自废止日期起标为已废止，不会删除", "以它为依据的年度不变"],
)
def repeal_policy(document: PolicyDocument, *, actor: Actor, repealed_on: dt.date, reason: str) -> None:
    """A dated fact; years that cite it keep their citation."""
    if repealed_on <= document.effective_on:
        raise Blocked([Reason("废止日期须晚于生效日期。", field="repealed_on")])
    document.repealed_on = repealed_on


@step(
    Organisation,
    label="拟订政策解释",
    by=[Role.CITY_CLERK],
    on="",
    creates=True,
    form=InterpretationForm,
    effects=["由市局审核，审核人与拟订人须为两人", "公布时按年度编号，自施行日期起用于资格条件核对"],
    tells=[Tell(Role.CITY_REVIEWER, "bureau", "政策解释{case}待您审核。")],
)
def propose_interpretation(bureau: Organisation, *, actor: Actor, **facts: Any) -> Interpretation:
    """办法六（四）: the city's bureau answers what the annex leaves open."""
    return Interpretation.objects.create(bureau=bureau, **facts)


@step(
    Interpretation,
    label="修改后再送审核",
    by=[Role.CITY_CLERK],
    on="bureau",
    move="submit_again",
    form=InterpretationForm,
    effects=["重新由市局审核"],
    tells=[Tell(Role.CITY_REVIEWER, "bureau", "政策解释{case}已修改，待您审核。")],
)
def amend_interpretation(interpretation: Interpretation, *, actor: Actor, **facts: Any) -> None:
    """Only what was sent back; what was issued is never changed."""
    for name, value in facts.items():
        setattr(interpretation, name, value)


@step(
    Interpretation,
    label="不再作出这一解释",
    by=[Role.CITY_CLERK],
    on="bureau",
    move="drop",
    form=ReasonForm,
    effects=["不编号、不公布，记录保留"],
)
def drop_interpretation(interpretation: Interpretation, *, actor: Actor, reason: str) -> None:
    """What was sent back may be given up."""


@step(
    Interpretation,
    label="退回修改",
    by=[Role.CITY_REVIEWER],
    on="bureau",
    move="send_back",
    form=ReasonForm,
    effects=["由经办修改后再送审核"],
    tells=[Tell(Role.CITY_CLERK, "bureau", "政策解释{case}需要修改：{reason}")],
)
def return_interpretation(interpretation: Interpretation, *, actor: Actor, reason: str) -> None:
    """Back with the reviewer's words."""
    interpretation.opinion = reason


@step(
    Interpretation,
    label="审核同意，编号公布",
    by=[Role.CITY_REVIEWER],
    on="bureau",
    move="issue",
    other_than=["propose_interpretation", "amend_interpretation"],
    form=OptionalReasonForm,
    effects=["按年度编号，在公众网站公布，不能再改动", "自施行日期起的核对按它办理，以前的结论不变"],
    tells=[
        Tell(Role.CITY_CLERK, "bureau", "政策解释{case}已公布。"),
        Tell(Role.CITY_LEAD, "bureau", "政策解释{case}已公布。"),
    ],
)
def issue_interpretation(interpretation: Interpretation, *, actor: Actor, reason: str = "") -> None:
    """Numbered by the year of issue: 嘉人社释〔2026〕1号. The bureau's row is locked, so no number is given twice."""
    now = clock.now()
    year = clock.today().year
    given = Interpretation.objects.filter(year=year).order_by("-serial").values_list("serial", flat=True).first()
    cycle = Cycle.objects.filter(year=year).first()
    mark = cycle.interpretation_mark if cycle else Cycle._meta.get_field("interpretation_mark").get_default()
    interpretation.year, interpretation.serial = year, (given or 0) + 1
    interpretation.number = f"{mark}〔{year}〕{interpretation.serial}号"
    interpretation.opinion, interpretation.issued_at = reason, now
    _keep_compositions(with_=interpretation)


def _not_repealable(interpretation: Interpretation, actor: Actor) -> list[Reason]:
    return [Reason("这一解释已经登记废止。")] if interpretation.repealed_on else []


@step(
    Interpretation,
    label="登记解释废止",
    by=[Role.CITY_LEAD],
    on="bureau",
    when=[InterpretationState.ISSUED],
    form=RepealForm,
    blockers=_not_repealable,
    kind="danger",
    effects=["自废止日期起这一问题重新成为未决", "建立时已固定这一解释的年度不变，以前的结论不变"],
)
def repeal_interpretation(interpretation: Interpretation, *, actor: Actor, repealed_on: dt.date, reason: str) -> None:
    """A superior policy says otherwise (R-6.4.3): a dated fact. The years that froze it keep it."""
    if repealed_on <= max(interpretation.effective_on, clock.today()):
        text = "废止日期须晚于今天，也须晚于施行日期。"
        raise Blocked([Reason(text, "办法六（四）", "R-6.4.2", field="repealed_on")])
    interpretation.repealed_on = repealed_on
    _keep_compositions(with_=interpretation)


def _keep_compositions(with_: Interpretation | None = None) -> None:
    """Store every composition that a running year goes by from today on, so that a stored verdict can name it.

    `with_` is the one in hand, which is saved only after its step.
    """
    today = clock.today()
    kept = [one for one in Interpretation.objects.issued() if with_ is None or one.pk != with_.pk]
    interpretations = [one.settled for one in ([*kept, with_] if with_ else kept)]
    changes = {one.effective_on for one in interpretations} | {one.repealed_on for one in interpretations}
    days = {today, *(day for day in changes if day is not None and day > today)}
    for cycle in Cycle.objects.filter(year__gte=today.year - 1).select_related("rule_set"):
        frozen = cycle.rule_set.composition.answers if cycle.rule_set else {}
        for day in days:
            RuleSetVersion.kept(compose(frozen, interpretations, day))
