"""One company's round: staff on the register, the call, each person's own application, HR's decision (办法五（二）)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from applications import actions
from applications.models import AnnualRound, TitleApplication
from applications.queries import check_items
from enterprises.models import Speciality
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.demo.city.cases import Engineer
from jiaxing_titles.demo.city.papers import paper
from jiaxing_titles.demo.city.people import acting
from jiaxing_titles.demo.city.places import City, Company
from jiaxing_titles.demo.city.timeline import Script
from jiaxing_titles.demo.city.workbooks import workbook

DAY = dt.timedelta(days=1)
PROVEN = ("person", "education", "assessments", "hours", "achievements")


@dataclass(frozen=True)
class Dates:
    """The days of one company's round; `checked` is the day on which HR decides."""

    opens: dt.datetime
    closes: dt.date
    checked: dt.datetime


@dataclass
class Course:
    """Who stops where in this round, by place in the list of engineers."""

    drafts: Sequence[int] = ()
    returned: Sequence[int] = ()
    waiting: Sequence[int] = ()
    refused: Sequence[int] = ()
    withdrawn: Sequence[int] = ()
    people: list[TitleApplication] = field(default_factory=list)


def hold(city: City, company: Company, engineers: Sequence[Engineer], dates: Dates, course: Course) -> Script:
    """From the call to the end of HR's work; `course.people` holds the applications in the order of the engineers.

    The first of them types everything himself; HR brings the others in by the workbook and each goes on alone.
    """
    yield dates.opens - 2 * DAY
    for one in engineers:
        one.id_number = one.id_number or _number(city, company, one)
    year = _call(city, company, dates)
    first = _enter(city, company, engineers[0])
    _take_in(city, company, engineers[1:])
    days = (dates.closes - dates.opens.date()).days
    people: list[Actor] = []
    for order, one in enumerate(engineers):
        yield dates.opens + DAY * (days * order // len(engineers)) + dt.timedelta(minutes=40 + 17 * (order % 9))
        begun = _typed(city, company, year, one, first) if order == 0 else _found(year, one)
        person = acting(begun.person, Role.APPLICANT, company.enterprise.organisation)
        people.append(person)
        course.people.append(begun if order in course.drafts else _submit(city, begun, one, person))
    yield dates.checked
    for order, application in enumerate(course.people):
        if order not in course.drafts and order not in course.waiting:
            _decide(city, company, application, order, course, people[order])


def _number(city: City, company: Company, one: Engineer) -> str:
    area = company.plate.area if company.plate.area.isdigit() else "330402"
    return city.registry.identity_number(area, one.born_on, one.female)


def speciality_of(company: Company, one: Engineer) -> Speciality:
    """The same for the same person, spread over the company's scope."""
    return company.scope[one.born_on.day % len(company.scope)]


def _enter(city: City, company: Company, one: Engineer) -> Actor:
    facts = {"department": "技术部", "position": one.position, "employment": "contract", "joined_on": one.joined_on}
    who = {"name": one.name, "id_kind": one.id_kind, "id_number": one.id_number}
    member = city.do(actions.add_staff, company.enterprise, company.hr, **who, **facts)
    return acting(member.person, Role.APPLICANT, company.enterprise.organisation)


def _take_in(city: City, company: Company, engineers: Sequence[Engineer]) -> None:
    if not engineers:
        return
    file = workbook(engineers, [speciality_of(company, one).name for one in engineers])
    batch = city.do(actions.check_import, company.enterprise, company.hr, file=file)
    if batch.findings["errors"]:
        raise RuntimeError(f"{company.plate.key}: the demo's own workbook has errors")
    city.do(actions.confirm_import, batch, company.hr)


def _found(year: AnnualRound, one: Engineer) -> TitleApplication:
    person = User.objects.with_identity(one.id_kind, one.id_number)
    return year.applications.select_related("person").get(person=person)


def _call(city: City, company: Company, dates: Dates) -> AnnualRound:
    year = city.do(
        actions.prepare_round,
        company.enterprise,
        company.hr,
        opens_on=dates.opens.date(),
        closes_on=dates.closes,
        contact=company.hr.user.name if company.hr.user else "",
        phone="0573-80000000",
        instructions="论文不是必填项；请如实填写近三年业绩。",
    )
    return city.do(actions.open_round, year, company.hr)


def _typed(city: City, company: Company, year: AnnualRound, one: Engineer, actor: Actor) -> TitleApplication:
    """The person's own draft, part by part."""
    speciality, way = speciality_of(company, one), one.way
    application = city.do(
        actions.start_application, year, actor, level=way.level, speciality=speciality, route=way.route
    )
    city.do(actions.save_person, application, actor, **{**one.person, "present_work": speciality.name})
    for topic, rows in one.records.items():
        if rows:
            city.do(actions.save_records, application, actor, topic=topic, rows=rows)
    return application


def _submit(city: City, application: TitleApplication, one: Engineer, actor: Actor) -> TitleApplication:
    """Each part proven, the commitment made by the person himself."""
    proven = [*PROVEN, "posts"] if one.records["posts"] else PROVEN
    for topic in proven:
        if topic == "person" or one.records[topic]:
            city.do(actions.attach_evidence, application, actor, topic=topic, file=paper("证明材料"))
    if one.way.route == "exceptional":
        _recommend(city, application, actor)
    return city.do(actions.submit, application, actor, agreed=True, typed_name=one.name)


def _recommend(city: City, application: TitleApplication, actor: Actor) -> None:
    criterion = application.round.plan.criteria.get(route="exceptional")
    words = [
        {
            "name": name,
            "title": "正高级工程师",
            "employer": "示例理工大学",
            "reason": "申报人主持的改造成效突出，同意推荐。",
            "signed_on": city.timeline.now.date(),
        }
        for name in ("顾推荐", "钱推荐")
    ]
    grounds = "主持热处理线技术改造，经财务核算年增效一百三十万元。"
    city.do(actions.save_exceptional, application, actor, criterion=criterion, grounds=grounds, recommendations=words)


def _decide(
    city: City, company: Company, application: TitleApplication, order: int, course: Course, person: Actor
) -> None:
    hr = company.hr
    if order in course.withdrawn:
        city.do(actions.withdraw_application, application, person, reason="今年先不申报。")
    elif order in course.refused:
        reason = "近三年业绩材料与岗位工作不符，不予推荐。"
        city.do(actions.refuse, application, hr, clause="办法二、1", reason=reason)
    elif order in course.returned:
        items = [{"topic": "hours", "problem": "继续教育证明不清晰。", "remedy": "重新扫描后上传。"}]
        city.do(actions.return_application, application, hr, items=items, due_on=(city.timeline.now + 8 * DAY).date())
    else:
        endorse(city, company, application)


def endorse(city: City, company: Company, application: TitleApplication) -> Any:
    """Every fact looked at, the company's own assessment for a 初定, then 审核通过."""
    fresh = TitleApplication.objects.get(pk=application.pk)
    if fresh.route == "initial":
        facts = {"result": "qualified", "checked_on": city.timeline.now.date(), "assessors": "郑总工、吴副总"}
        city.do(
            actions.record_initial_check, fresh, company.hr, **facts, opinion="考核合格。", file=paper("初定考核表")
        )
        fresh = TitleApplication.objects.get(pk=application.pk)
    ticks = [{"fact_hash": item.fact_hash, "finding": "true", "note": ""} for item in check_items(fresh)]
    city.do(actions.check_facts, fresh, company.hr, checks=ticks)
    return city.do(actions.endorse, fresh, company.hr, opinion="同意推荐。")
