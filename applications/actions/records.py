"""Writing down what is declared, topic by topic, while the application is with the applicant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from applications.choices import ApplicationState, Topic
from applications.forms.application import StartForm
from applications.forms.records import PersonForm
from applications.models import (
    Achievement,
    AnnualAssessment,
    ContinuingEducation,
    Education,
    Evidence,
    ExceptionalFile,
    HeldPost,
    Recommendation,
    TitleApplication,
    WorkPeriod,
)
from applications.rules.plausible import impossible
from enterprises.queries import scope_reasons
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.attachments.store import store
from jiaxing_titles.reasons import Reason

RECORDS: dict[str, Any] = {
    Topic.EDUCATION: Education,
    Topic.WORK: WorkPeriod,
    Topic.POSTS: HeldPost,
    Topic.ASSESSMENTS: AnnualAssessment,
    Topic.HOURS: ContinuingEducation,
    Topic.ACHIEVEMENTS: Achievement,
}
MAX_RECORDS = 40
MAX_FILES = 40
WRITING = {
    "by": [Role.APPLICANT],
    "on": "enterprise.organisation",
    "own": "person",
    "when": list(ApplicationState.editable()),
    "hidden": True,
}


@step(TitleApplication, label="修改级别和途径", **WRITING, form=StartForm)
def save_scope(
    application: TitleApplication,
    *,
    actor: Actor,
    level: str,
    speciality: Any,
    route: str,
    department: str,
    position: str,
) -> None:
    """PR-2 again: a level or speciality outside the authority is refused beside its field."""
    if reasons := scope_reasons(application.enterprise, application.cycle, level, speciality.code):
        raise Blocked(reasons)
    application.level, application.speciality, application.route = level, speciality, route
    application.department = department or application.department
    application.position = position or application.position
    if route == "exceptional" and not hasattr(application, "exceptional_file"):
        ExceptionalFile.objects.create(application=application)


@step(TitleApplication, label="保存个人信息", **WRITING, form=PersonForm)
def save_person(application: TitleApplication, *, actor: Actor, **facts: Any) -> None:
    """个人信息, 一线 and 突出贡献 with their grounds (R-5.1.6)."""
    write_person(application, facts)


def write_person(application: TitleApplication, facts: Mapping[str, Any]) -> None:
    """Set and check the person's own fields; for the form and for the import. The caller saves."""
    for name, value in facts.items():
        setattr(application, name, value)
    for flag, basis, word in (
        ("front_line", "front_line_basis", "一线工作情况"),
        ("outstanding", "outstanding_basis", "突出贡献情况"),
    ):
        if getattr(application, flag) and not getattr(application, basis).strip():
            raise Blocked([Reason(f"勾选后须写明{word}。", "办法五（一）", "R-5.1.6", field=basis)])
    _check(application, "", application.born_on, only=list(facts))


@step(TitleApplication, label="保存申报内容", **WRITING)
def save_records(application: TitleApplication, *, actor: Actor, topic: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace all records of one topic. A wrong row is refused as `{topic}-{row}-{field}`, nothing is written."""
    write_records(application, topic, rows)


def write_records(application: TitleApplication, topic: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """For the form and for the import."""
    model: Any = RECORDS[topic]
    if len(rows) > MAX_RECORDS:
        raise Blocked([Reason(f"“{Topic(topic).label}”最多填{MAX_RECORDS}条。", field=topic)])
    made = [model(application=application, order=order, **row) for order, row in enumerate(rows)]
    reasons: list[Reason] = []
    for order, one in enumerate(made):
        try:
            _check(one, f"{topic}-{order}-", application.born_on)
        except Blocked as refused:
            reasons += refused.reasons
    reasons += _twice(topic, made)
    if reasons:
        raise Blocked(reasons)
    model._default_manager.filter(application=application).delete()
    model._default_manager.bulk_create(made)


def _twice(topic: str, made: Sequence[Any]) -> list[Reason]:
    if topic != Topic.ASSESSMENTS:
        return []
    seen: set[int] = set()
    found = []
    for order, one in enumerate(made):
        if one.year in seen:
            found.append(Reason(f"{one.year}年度填了两次，删去一条。", "附件一", field=f"{topic}-{order}-year"))
        seen.add(one.year)
    return found


def _check(one: Any, prefix: str, born_on: dt.date | None, only: Sequence[str] = ()) -> None:
    names = [field.name for field in one._meta.concrete_fields]
    excluded = {"application", *(name for name in names if only and name not in only)}
    try:
        one.clean_fields(exclude=excluded)
        one.clean()
    except ValidationError as wrong:
        raise Blocked(
            [
                Reason(str(sentence), field=prefix + name)
                for name, sentences in wrong.message_dict.items()
                for sentence in sentences
            ]
        ) from None
    values = {name: getattr(one, name) for name in names if name not in excluded}
    if found := impossible(values, today=clock.today(), born_on=born_on):
        labels = {field.name: field.verbose_name for field in one._meta.concrete_fields}
        raise Blocked([Reason(f"{labels[name]}{wrong}", field=prefix + name) for name, wrong in found.items()])


@step(TitleApplication, label="保存破格材料", **WRITING)
def save_exceptional(
    application: TitleApplication,
    *,
    actor: Actor,
    criterion: Any,
    grounds: str,
    recommendations: Sequence[Mapping[str, Any]],
) -> None:
    """The plan's criterion, how it is met, and up to two recommenders who are not the applicant (Q-13)."""
    file = getattr(application, "exceptional_file", None)
    if file is None or file.state != "draft":
        raise Blocked([Reason("破格材料已报市局，不能修改。", "办法五（一）", "R-5.1.7")])
    if criterion is not None and (criterion.plan_id != application.round.plan_id or criterion.route != "exceptional"):
        raise Blocked([Reason("所选条件不是本单位方案中的破格条件。", "办法五（一）", "R-5.1.7", field="criterion")])
    names = [one["name"] for one in recommendations]
    if application.person.name in names:
        raise Blocked([Reason("本人不能作自己的推荐人。", "办法五（一）", "R-5.1.7", field="recommendations")])
    if len(set(names)) < len(names):
        raise Blocked([Reason("两名推荐人须是不同的人。", "办法五（一）", "R-5.1.7", field="recommendations")])
    file.criterion, file.grounds = criterion, grounds
    file.version += 1
    file.save()
    application.recommendations.all().delete()
    made = [
        Recommendation(application=application, order=order, **one)
        for order, one in enumerate(recommendations[:2], start=1)
    ]
    for order, one in enumerate(made):
        _check(one, f"recommendations-{order}-", None)
    Recommendation.objects.bulk_create(made)


@step(TitleApplication, label="上传证明材料", **WRITING)
def attach_evidence(application: TitleApplication, *, actor: Actor, topic: str, file: Any, note: str = "") -> None:
    """Keep a checked upload (attachments.fields) and put it beside the topic that it proves."""
    if application.evidence.count() >= MAX_FILES:
        raise Blocked([Reason(f"最多上传{MAX_FILES}个文件，可把同类材料合成一个PDF。", field="file")])
    kept = stored(file, actor, f"{Topic(topic).label}证明")
    Evidence.objects.create(application=application, topic=Topic(topic), attachment=kept, note=note)


def stored(file: Any, actor: Actor, slot: str) -> Attachment:
    """The stored file; what the store refuses comes back beside the file field."""
    try:
        return store(file, actor=actor, slot=slot)
    except ValidationError as wrong:
        raise Blocked([Reason(sentence, field="file") for sentence in wrong.messages]) from None


@step(TitleApplication, label="删除证明材料", **WRITING)
def remove_evidence(application: TitleApplication, *, actor: Actor, evidence: int) -> None:
    """Taken off the application; the stored file stays where an earlier version names it."""
    Evidence.objects.filter(application=application, pk=evidence).delete()
