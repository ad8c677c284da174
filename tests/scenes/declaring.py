"""An open round of company A with people in it; everything goes through the real steps."""

import datetime as dt

from applications import actions
from applications.models import AnnualRound, TitleApplication
from enterprises import actions as enterprise_actions
from enterprises.models import Speciality
from jiaxing_titles.accounts.models import User
from tests.scenes.engineer import PERSON, RECORDS, TOPICS_WITH_FILES, endorse
from tests.scenes.registry import scene


@scene
def plan_in_force(drafted, actor, in_force):
    """A plan with an exceptional criterion beside the ordinary ones, approved."""

    def approve(place: str = "A"):
        plan = drafted(place)
        enterprise_actions.save_criterion(
            plan,
            actor=actor("ent_hr", place),
            level="engineer",
            route="exceptional",
            kind="contribution",
            necessity="required",
            text="主持完成的技术改造年增效益一百万元以上。",
            speciality="all",
            post="全部专业技术岗位",
        )
        return in_force(plan, place)

    return approve


@scene
def open_round(plan_in_force, actor, at):
    """`open_round("A")` → the round of 2026, open from 1 to 30 September; the clock stands on 1 September 9:00."""

    def make(place: str = "A") -> AnnualRound:
        plan = plan_in_force(place)
        at("2026-09-01 09:00:00")
        hr = actor("ent_hr", place)
        year = actions.prepare_round(
            plan.enterprise,
            actor=hr,
            opens_on=dt.date(2026, 9, 1),
            closes_on=dt.date(2026, 9, 30),
            contact="李人事",
            phone="0573-80000000",
            instructions="论文不是必填项。",
        )
        return actions.open_round(year, actor=hr)

    return make


@scene
def employee(city, actor):
    """`employee(round, "张三")` → the applicant's actor, on the company's staff register since 2021."""

    def hire(year: AnnualRound, name: str = "张三", place: str = "A", employment: str = "contract"):
        found = User.objects.filter(name=name).first()
        if found is None:
            actions.add_staff(
                year.enterprise,
                actor=actor("ent_hr", place),
                name=name,
                id_kind="passport",
                id_number=f"E{int(name.encode().hex(), 16) % 10**8:08d}",
                department="工艺部",
                position="工艺工程师",
                employment=employment,
                joined_on=dt.date(2021, 7, 1),
            )
            found = User.objects.get(name=name)
        city.people["applicant" + name, place] = found
        return actor("applicant", place, name)

    return hire


@scene
def drafted_application(employee, pdf):
    """`drafted_application(round, "张三")` → a draft with all parts filled in, ready to submit."""

    def write(year: AnnualRound, name: str = "张三", route: str = "review", **choices) -> TitleApplication:
        me = employee(year, name)
        application = actions.start_application(
            year,
            actor=me,
            level=choices.get("level", "engineer"),
            speciality=Speciality.objects.get(name="机械设计"),
            route=route,
        )
        application = actions.save_person(application, actor=me, **{**PERSON, **choices.get("person", {})})
        for topic, rows in {**RECORDS, **choices.get("records", {})}.items():
            application = actions.save_records(application, actor=me, topic=topic, rows=rows)
        for topic in TOPICS_WITH_FILES:
            application = actions.attach_evidence(application, actor=me, topic=topic, file=pdf(f"{topic}.pdf"))
        return application

    return write


@scene
def submitted(drafted_application, employee):
    """`submitted(round, "张三")` → handed in, waiting for HR."""

    def hand_in(year: AnnualRound, name: str = "张三", **choices) -> TitleApplication:
        application = drafted_application(year, name, **choices)
        return actions.submit(application, actor=employee(year, name), agreed=True, typed_name=name)

    return hand_in


@scene
def endorsed(submitted, actor):
    """`endorsed(round, "张三")` → checked fact by fact and passed by HR."""

    def pass_on(year: AnnualRound, name: str = "张三", **choices) -> TitleApplication:
        return endorse(submitted(year, name, **choices), actor("ent_hr", "A"))

    return pass_on


@scene
def noticed_round(open_round, endorsed, actor, at):
    """`noticed_round("张三", "李四")` → the round with these people on the wall since 9 October 2026."""

    def publish(*names: str) -> AnnualRound:
        year = open_round()
        for name in names:
            endorsed(year, name)
        at("2026-10-09 09:00:00")
        hr = actor("ent_hr", "A")
        year = actions.close_round(year, actor=hr)
        return actions.open_notice(year, actor=hr, contact="李人事，0573-80000000")

    return publish
