"""September: the round opens, ten people apply, HR checks every fact (G7, G8)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from applications import actions
from applications.models import AnnualRound, ImportBatch, TitleApplication
from enterprises.models import Criterion, PilotPlan, Speciality
from jiaxing_titles.accounts.models import User
from tests.journeys import cast
from tests.journeys.chapters.pilot import ROUND
from tests.journeys.driver import Desk, fresh, rows
from tests.scenes.engineer import PERSON, RECORDS, TOPICS_WITH_FILES, endorse


def application_of(name: str) -> TitleApplication:
    return TitleApplication.objects.select_related("person").get(person__name=name)


def applicant(year: Any, name: str) -> Desk:
    """The person at his own browser; the register of staff has given him his role."""
    user = User.objects.get(name=name)
    year.city.people["applicant" + name, "A"] = user
    return year.applicant(name)


def open_round(year: Any, plan: PilotPlan) -> AnnualRound:
    """The round is bound to the approved version; ten people come in with the workbook, nine with drafts."""
    year.at("2026-08-24 09:00:00")
    year.hr.do("applications.prepare_round", plan.enterprise, **ROUND)
    one = AnnualRound.objects.get()
    year.at("2026-09-01 08:30:00")
    year.hr.do("applications.open_round", one)
    found = year.hr.send("/ent/import/", file=cast.workbook())
    assert "10" in found.text
    assert not TitleApplication.objects.exists()
    year.hr.send(found, press="导入")
    assert ImportBatch.objects.get().state == "done"
    assert TitleApplication.objects.count() == len(cast.IMPORTED)
    return fresh(one)


def apply_by_pages(year: Any, one: AnnualRound) -> TitleApplication:
    """王一帆 fills in every page himself; G7 refuses what is unfinished and what is not signed in his name."""
    me = applicant(year, cast.BY_PAGES)
    assert "开始申报" in me.open("/my/").text
    scope = {"level": "engineer", "speciality": Speciality.objects.get(name="机械设计"), "route": "review"}
    page = me.do("applications.start_application", one, **scope)
    application = application_of(cast.BY_PAGES)
    assert "工程师" in page.text
    here = f"/my/applications/{application.pk}"
    me.refused("applications.submit", application, "学历", gate="G7", agreed=True, typed_name=cast.BY_PAGES)
    write_topics(year, me, here, RECORDS)
    assert "符合条件" in me.open(f"{here}/check/").text
    me.refused(
        "applications.submit",
        application,
        "签署姓名须与本人姓名",
        clause="办法六3",
        gate="G7",
        url=f"{here}/check/",
        agreed=True,
        typed_name="王二",
    )
    page = me.send(f"{here}/check/", agreed=True, typed_name=cast.BY_PAGES)
    assert "查询码" in page.text
    return fresh(application)


def write_topics(year: Any, me: Desk, here: str, records: dict[str, list[dict[str, Any]]]) -> None:
    """Each part on its page, a card a record, the proof beside it."""
    me.send(f"{here}/person/", press="保存，稍后再填", file=year.pdf("身份证.pdf"), **_filled(PERSON))
    for topic, lines in records.items():
        page = me.open(f"{here}/{topic}/")
        for place, line in enumerate(lines):
            last = place == len(lines) - 1
            proof = {"file": year.pdf(f"{topic}.pdf")} if last and topic in TOPICS_WITH_FILES else {}
            card = {f"{topic}-{place}-{name}": value for name, value in _filled(line).items()}
            page = me.send(page, press="稍后再填" if last else "再加一条", **card, **proof)


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None)}


def apply_exceptionally(year: Any, one: AnnualRound) -> None:
    """孙二梅 meets no ordinary condition: the annex refuses her on 评审, with two recommenders she goes by 破格."""
    me, application = applicant(year, cast.EXCEPTIONAL), application_of(cast.EXCEPTIONAL)
    attach_proofs(year, me, application)
    here = f"/my/applications/{application.pk}"
    signed = {"agreed": True, "typed_name": cast.EXCEPTIONAL}
    check = f"{here}/check/"
    application = fresh(application)
    me.refused("applications.submit", application, "工程技术工作", clause="附件三", gate="G7", url=check, **signed)
    scope = {"level": "engineer", "speciality": Speciality.objects.get(name="机械设计")}
    me.send(f"{here}/scope/", press="保存", route="exceptional", **scope)
    recommender = {"title": "高级工程师", "employer": "示例研究院", "reason": "贡献突出", "signed_on": "2026-08-20"}
    me.send(
        f"{here}/exceptional/",
        press="保存",
        criterion=Criterion.objects.get(plan=one.plan, route="exceptional"),
        grounds="主持的技术改造年增效益一百五十万元。",
        **rows("recommendations", {"name": "孙推荐", **recommender}, {"name": "李推荐", **recommender}),
    )
    me.send(check, **signed)


def attach_proofs(year: Any, me: Desk, application: TitleApplication) -> None:
    """The proofs of somebody whose pages somebody else has shown already."""
    for topic in TOPICS_WITH_FILES:
        actions.attach_evidence(application, actor=me.actor, topic=topic, file=year.pdf(f"{topic}.pdf"))


def submit_imported(year: Any) -> None:
    """The other imported drafts: 赵三宝 by his pages, the rest by the same steps without them."""
    for person in cast.IMPORTED[1:]:
        application = application_of(person.name)
        me = applicant(year, person.name)
        if person.name == cast.INITIAL:
            here = f"/my/applications/{application.pk}"
            for topic in TOPICS_WITH_FILES:
                me.send(f"{here}/{topic}/", press="稍后再填", file=year.pdf(f"{topic}.pdf"))
            me.send(f"{here}/check/", agreed=True, typed_name=person.name)
            continue
        attach_proofs(year, me, application)
        actions.submit(fresh(application), actor=me.actor, agreed=True, typed_name=person.name)


def check_everybody(year: Any) -> None:
    """G8: nobody passes with a fact unseen; 初定 needs its 考核; one is not recommended; 破格 goes to the city."""
    year.at("2026-09-14 10:00:00")
    first = application_of(cast.BY_PAGES)
    year.hr.refused("applications.endorse", first, "没有核实", clause="办法六2", gate="G8")
    tick_and_endorse(year, first)
    initial = application_of(cast.INITIAL)
    page = tick(year, initial, "endorse")
    assert page.status == 422
    assert "还没有登记初定考核结果" in page.text
    assert "附件四" in page.text
    year.hr.do(
        "applications.record_initial_check",
        initial,
        result="qualified",
        checked_on=dt.date(2026, 9, 14),
        assessors="赵工、钱工",
        opinion="胜任本岗位工作",
    )
    tick_and_endorse(year, initial)
    tick_and_endorse(year, application_of(cast.EXCEPTIONAL))
    year.hr.do(
        "applications.refuse", application_of(cast.REFUSED), clause="办法五（一）", reason="业绩没有对应的成果。"
    )
    for application in TitleApplication.objects.filter(state="submitted"):
        endorse(application, year.hr.actor)


def tick(year: Any, application: TitleApplication, then: str) -> Any:
    """Every fact ticked on HR's page, and the button pressed."""
    page = year.hr.open(f"/ent/applicants/{application.pk}/")
    form = next(one for one in page.forms if "fact" in one.fields)
    button = next(one for one in form.buttons if one.value == then)
    return year.hr.post(page, form, button, {"fact": list(form.fields["fact"].options)})


def tick_and_endorse(year: Any, application: TitleApplication) -> None:
    page = tick(year, application, "endorse")
    assert page.status == 200, page.errors
    assert fresh(application).state == "endorsed"


def agree_to_exception(year: Any) -> None:
    """The city examines the 破格 file and another official agrees; nothing is passed by that."""
    file = application_of(cast.EXCEPTIONAL).exceptional_file
    year.clerk.do("applications.examine_exceptional", file, opinion="材料齐全")
    year.clerk.stranger("applications.acknowledge_exceptional", file)
    year.reviewer.do("applications.acknowledge_exceptional", file, decision="同意破格申报")


def walk(year: Any, plan: PilotPlan) -> AnnualRound:
    one = open_round(year, plan)
    apply_by_pages(year, one)
    apply_exceptionally(year, one)
    submit_imported(year)
    check_everybody(year)
    agree_to_exception(year)
    year.at("2026-09-21 09:00:00")
    year.hr.do("applications.close_round", one)
    return fresh(one)
