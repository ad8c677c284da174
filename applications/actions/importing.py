"""The workbook in: checked first, written only when confirmed, person by person whole or not at all."""

from __future__ import annotations

from typing import Any

from applications.actions.application import create_draft
from applications.actions.records import stored, write_person, write_records
from applications.actions.staff import person_with
from applications.choices import ApplicationState, Employment, RoundState
from applications.gates.parts import RELATIONS
from applications.models import AnnualRound, ExceptionalFile, ImportBatch, StaffMember, TitleApplication
from applications.models.records import Record
from applications.sheets import Person, examine, schema
from enterprises.models import Enterprise, Speciality
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.reasons import Reason
from jiaxing_titles.sheets import Refused

HR = {"by": [Role.ENT_HR]}


@step(Enterprise, label="上传人员工作簿", **HR, on="organisation", creates=True, hidden=True)
def check_import(enterprise: Enterprise, *, actor: Actor, file: Any) -> ImportBatch:
    """Keep the file and count what it holds; persons and numbers stay in the file alone."""
    year = (
        AnnualRound.objects.filter(enterprise=enterprise, state__in=[RoundState.DRAFT, RoundState.OPEN])
        .order_by("-cycle__year")
        .first()
    )
    kept: Attachment = stored(file, actor, "人员导入工作簿")
    try:
        with kept.file.open("rb") as source:
            found = examine(source, enterprise, year)
    except Refused as refused:
        raise Blocked([Reason(str(refused), field="file")]) from None
    counts = {"rows": found.rows, "good": len(found.people), "errors": len(found.errors)}
    return ImportBatch.objects.create(
        enterprise=enterprise, round=year, attachment=kept, uploaded_by=actor.person, findings=counts
    )


@step(ImportBatch, label="确认导入", **HR, on="enterprise.organisation", move="finish", hidden=True)
def confirm_import(batch: ImportBatch, *, actor: Actor) -> None:
    """Read the file again and write the persons without an error, all in one transaction."""
    with batch.attachment.file.open("rb") as source:
        found = examine(source, batch.enterprise, batch.round)
    if not found.people:
        raise Blocked([Reason("没有可以导入的人员，改正后重新上传。", field="file")])
    outcome = {"added": 0, "changed": 0, "unchanged": 0}
    for person in found.people:
        outcome[_take_in(batch, person)] += 1
    batch.outcome = outcome


@step(ImportBatch, label="放弃导入", **HR, on="enterprise.organisation", move="discard", hidden=True)
def discard_import(batch: ImportBatch, *, actor: Actor) -> None:
    """Nothing was written, nothing has to be undone."""


def _take_in(batch: ImportBatch, person: Person) -> str:
    """added, changed or unchanged."""
    facts = person.facts
    try:
        user = person_with(**{key: facts[key] for key in ("name", "id_kind", "id_number", "phone", "email")})
        results = {_staff(batch.enterprise, user, facts)}
        if facts["level"] and batch.round is not None:
            results.add(_application(batch.round, user, person))
    except Blocked as refused:  # the checks above missed it; name the row, write nothing
        raise Blocked(
            [Reason(f"“人员”第{person.row}行（{facts['name']}）：{reason}") for reason in refused.reasons]
        ) from None
    return "added" if "added" in results else "changed" if "changed" in results else "unchanged"


def _staff(enterprise: Enterprise, user: User, facts: dict[str, Any]) -> str:
    grants.give(user, Role.APPLICANT, enterprise.organisation)
    values = {key: facts[key] for key in schema.STAFF_KEYS} | {"employment": Employment(facts["employment"])}
    member = StaffMember.objects.select_for_update().filter(enterprise=enterprise, person=user, left_on=None).first()
    if member is None:
        StaffMember.objects.create(enterprise=enterprise, person=user, **values)
        return "added"
    if all(getattr(member, key) == value for key, value in values.items()):
        return "unchanged"
    for key, value in values.items():
        setattr(member, key, value)
    member.version += 1
    member.save()
    return "changed"


def _application(year: AnnualRound, user: User, person: Person) -> str:
    speciality = Speciality.objects.get(name=person.facts["speciality"])
    scope = {key: person.facts[key] for key in ("level", "route", "department", "position")}
    scope["speciality"] = speciality
    own = {key: person.facts[key] for key in schema.PERSON_KEYS}
    own["present_title"] = own["present_title"] or "none"
    application = (
        TitleApplication.objects.select_for_update(of=("self",))
        .filter(person=user, round=year)
        .exclude(state__in=ApplicationState.given_up())
        .first()
    )
    if application is None:
        application, made = create_draft(year, user, {**scope, "imported": True}), True
    else:
        made = False
    if not made and (application.state != ApplicationState.DRAFT or _is_same(application, scope | own, person)):
        return "unchanged"
    for key, value in scope.items():
        setattr(application, key, value)
    write_person(application, own)
    application.version += 1
    application.save()
    if scope["route"] == "exceptional":
        ExceptionalFile.objects.get_or_create(application=application)
    for topic, rows in person.topics.items():
        write_records(application, topic, rows)
    return "added" if made else "changed"


def _is_same(application: TitleApplication, values: dict[str, Any], person: Person) -> bool:
    if any(getattr(application, key) != value for key, value in values.items()):
        return False
    return all(_rows_of(application, topic) == rows for topic, rows in person.topics.items())


def _rows_of(application: TitleApplication, topic: str) -> list[dict[str, Any]]:
    keys = [column.key for column in schema.TOPIC_COLUMNS[topic]]
    records: list[Record] = list(getattr(application, RELATIONS[topic]).all())
    return [{key: getattr(one, key) for key in keys} for one in records]
