"""The application as handed in: every topic as facts with their values and the words shown for them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Model

from applications.gates.items import declared_fields, values_of
from applications.gates.parts import RELATIONS
from applications.models import StaffMember, TitleApplication
from applications.rules.hours import plain
from applications.rules.material import needed_topics
from applications.rules.partial_dates import in_words
from jiaxing_titles.ui.formats import cn_date

_PERSON_FACTS = (
    ("基本信息", ("gender", "born_on", "ethnicity", "first_worked_on", "present_work", "affiliations")),
    ("现专业技术资格", ("present_title", "present_title_on", "present_title_from")),
    ("所学课程与申报专业", ("courses_match",)),
)


def taken(application: TitleApplication) -> dict[str, Any]:
    """JSON primitives only: `topics` = {topic: [{label, values, shown: [[名称, 内容], …]}]}, `files`, heading fields.

    No identity number and no phone is ever part of it.
    """
    return {
        "name": application.person.name,
        "enterprise": application.enterprise.organisation.name,
        "level": application.level,
        "speciality": {"code": application.speciality.code, "name": application.speciality.name},
        "route": application.route,
        "department": application.department,
        "position": application.position,
        "summary": application.summary,
        "front_line": application.front_line,
        "outstanding": application.outstanding,
        "topics": {topic: _facts(application, topic) for topic in needed_topics(application.level, application.route)},
        "files": [
            {
                "topic": one.topic,
                "name": one.attachment.original_name,
                "sha256": one.attachment.sha256,
                "attachment": one.attachment_id,
            }
            for one in application.evidence.all()
        ],
    }


def digest(snapshot: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(json.dumps(snapshot, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _facts(application: TitleApplication, topic: str) -> list[dict[str, Any]]:
    if topic == "person":
        return _person(application)
    if topic == "exceptional":
        return _exceptional(application)
    return [_record(one) for one in getattr(application, RELATIONS[topic]).all()]


def _person(application: TitleApplication) -> list[dict[str, Any]]:
    found = [_entry(label, application, names) for label, names in _PERSON_FACTS]
    found = [one for one in found if one["label"] != "所学课程与申报专业" or application.courses_match is not None]
    term = StaffMember.objects.filter(
        person_id=application.person_id, enterprise_id=application.enterprise_id, left_on=None
    ).first()
    if term:
        found.append(_entry("劳动关系", term, ("employment", "joined_on", "department", "position")))
    if application.front_line:
        found.append(_entry("一线人员", application, ("front_line_basis",)))
    if application.outstanding:
        found.append(_entry("突出贡献", application, ("outstanding_basis",)))
    return found


def _exceptional(application: TitleApplication) -> list[dict[str, Any]]:
    file = getattr(application, "exceptional_file", None)
    found = []
    if file is not None and file.criterion is not None:
        shown = [["所依据的方案破格条件", str(file.criterion)], ["符合情况", file.grounds]]
        found.append(
            {"label": "破格条件", "values": {"criterion": file.criterion_id, "grounds": file.grounds}, "shown": shown}
        )
    for one in application.recommendations.all():
        entry = _entry(f"推荐意见：{one.name}", one, ("name", "title", "employer", "reason", "signed_on"))
        found.append(entry)
    return found


def _record(one: Model) -> dict[str, Any]:
    return _entry(_headline(one), one, declared_fields(one))


def _headline(one: Any) -> str:
    kind = one._meta.model_name
    if kind == "education":
        return f"{one.get_level_display()}（{one.school}，{one.awarded_on}）"
    if kind == "workperiod":
        return f"{one.employer}（{one.began_on}—{one.ended_on or '今'}）"
    if kind == "heldpost":
        return f"{one.get_title_display()}（{one.appointed_from}—{one.appointed_to or '今'}）"
    if kind == "annualassessment":
        return f"{one.year}年度考核{one.get_grade_display()}"
    if kind == "continuingeducation":
        return f"{one.year}年{one.content}（{plain(one.hours)}学时）"
    return str(one.title)


def _entry(label: str, source: Any, names: Any) -> dict[str, Any]:
    fields = [source._meta.get_field(name) for name in names]
    shown = [[str(field.verbose_name), in_display(source, field)] for field in fields]
    return {"label": label, "values": values_of(source, names), "shown": [row for row in shown if row[1]]}


def in_display(source: Any, field: models.Field[Any, Any]) -> str:
    """A field's value in Chinese words; empty when there is nothing to show."""
    value = getattr(source, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(source, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(field, models.DateField):
        return cn_date(value)
    if isinstance(field, models.DecimalField):
        return plain(value)
    if field.__class__.__name__ == "PartialDateField":
        return in_words(value)
    return str(value)
