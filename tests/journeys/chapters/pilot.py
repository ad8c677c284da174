"""January to May: 试点申请, 年度名单, 试点工作方案 (G1–G6), every page filled in by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enterprises import actions
from enterprises.choices import Material, Section
from enterprises.models import ApprovedList, PilotApplication, PilotPlan, ReviewAuthority, Speciality
from tests.journeys.driver import fresh, rows
from tests.scenes.pilot import SCOPE, SECTION_TEXTS, checks, criteria, expert_row, talent_row

FOUR = "办法四（一）"


def condition_rows(verdict: str) -> dict[str, Any]:
    """The table of the four conditions as somebody fills it in; the condition itself is printed on the page."""
    given = [{key: value for key, value in row.items() if key != "condition"} for row in checks(verdict)]
    return rows("conditions", *given)


def application_of(year: Any) -> PilotApplication:
    return PilotApplication.objects.get(enterprise__organisation=year.city["A"], cycle=year.city.cycle)


def draft_application(year: Any) -> PilotApplication:
    """G1 refuses in December and lets in on the fifth of January; the parts are filled in, one page each."""
    year.at("2025-12-30 10:00:00")
    shut = year.hr.client.post("/ent/pilot/", {"copy_last": ""})
    assert shut.status_code == 409
    assert FOUR in shut.content.decode()
    year.at("2026-01-05 09:00:00")
    year.hr.send("/ent/pilot/", press="开始")
    application = application_of(year)
    year.hr.refused(
        "enterprises.hand_application_to_lead",
        application,
        "还没有填写法定代表人",
        clause=FOUR,
        gate="G2",
        commitment=True,
    )
    _fill_in(year, application)
    return fresh(application)


def _fill_in(year: Any, application: PilotApplication) -> None:
    hr, here = year.hr, f"/ent/pilot/{application.pk}"
    scope = list(Speciality.objects.filter(name__in=SCOPE))
    hr.send(
        "/ent/company/",
        ownership="private",
        address="海宁市示例路1号",
        legal_person="周明",
        contact_name="李静",
        contact_phone="0573-87000001",
    )
    hr.send(
        "/ent/company/",
        category="high_tech",
        certificate_number="GR202433001234",
        valid_until=dt.date(2027, 12, 1),
        file=year.pdf("高新证书.pdf"),
    )
    hr.send(
        f"{here}/profile/",
        total_staff=320,
        research_staff=40,
        levels=["engineer", "assistant_engineer"],
        panel_size=7,
        specialities=scope,
    )
    hr.send(f"{here}/talent/", **rows("talent", talent_row(scope[0])))
    experts = [expert_row(scope[0], number) for number in range(3)]
    hr.send(f"{here}/experts/", **rows("experts", *experts))
    for slot in Material.required():
        page = hr.open(f"{here}/files/")
        page.forms = [one for one in page.forms if one.fields.get("slot") and one.fields["slot"].values == [slot.value]]
        hr.send(page, file=year.pdf(f"{slot.label}.pdf"))
    hr.send(f"{here}/conditions/", **condition_rows("met"))


def submit_application(year: Any, application: PilotApplication) -> PilotApplication:
    """经办 fills in, the head alone submits; the county sees what is in reach of it and nobody else does."""
    assert "检查" in year.hr.open(f"/ent/pilot/{application.pk}/check/").text
    year.hr.do("enterprises.hand_application_to_lead", application, commitment=True)
    year.hr.stranger("enterprises.submit_application", application)
    year.head.do("enterprises.submit_application", application, responsibility=True)
    year.desk("county", "tongxiang").stranger("enterprises.accept_application", application)
    return fresh(application)


def recommend(year: Any, application: PilotApplication) -> PilotApplication:
    """G2 at the county, G3 at the city: no list before the county has recommended."""
    year.at("2026-01-12 09:00:00")
    bureau = year.city["city"].bureau
    year.clerk.refused(
        "enterprises.draft_list",
        bureau,
        "没有已复核",
        clause="办法四（二）",
        gate="G3",
        cycle=year.city.cycle,
    )
    desk = application.console_url()
    assert str(application.enterprise) in year.county.open("/console/").text
    page = year.county.open(desk)
    form = year.county.form(page, {}, "推荐到市局")
    undone = year.county.post(page, form, form.button("推荐到市局"), {})
    assert undone.status == 409
    assert "办法三" in undone.text
    year.county.send(desk, press="推荐到市局", opinion="材料齐全", **condition_rows("met"))
    application = fresh(application)
    assert application.state == "recommended"
    return application


def approve_list(year: Any, application: PilotApplication) -> ReviewAuthority:
    """经办评估 → 审核 → 领导 → 公布; before that the company is refused a review by G4."""
    year.at("2026-04-08 09:00:00")
    desk = application.console_url()
    year.clerk.send(
        desk,
        press="提交复核",
        proposed_outcome="approve",
        assessment="三项条件均符合。",
        **condition_rows("met"),
    )
    year.reviewer.do("enterprises.review_application", application, opinion="同意")
    bureau = year.city["city"].bureau
    year.clerk.do("enterprises.draft_list", bureau, cycle=year.city.cycle)
    approved = ApprovedList.objects.get()
    year.clerk.do("enterprises.submit_list", approved)
    year.reviewer.do("enterprises.review_list", approved, opinion="同意")
    year.at("2026-04-20 15:00:00")
    year.leader.do(
        "enterprises.decide_list",
        approved,
        held_on=dt.date(2026, 4, 20),
        meeting="局长办公会",
        attendees="张某、王某、陈某",
        conclusion="同意公布",
    )
    year.hr.refused("applications.prepare_round", application.enterprise, "名单", gate="G4", **ROUND)
    year.visitor.open("/enterprises/2026/", status=404)
    year.clerk.do("enterprises.publish_list", approved)
    assert str(application.enterprise) in year.visitor.open("/enterprises/2026/").text
    return ReviewAuthority.objects.get(enterprise=application.enterprise)


ROUND = {
    "opens_on": dt.date(2026, 9, 1),
    "closes_on": dt.date(2026, 9, 18),
    "contact": "李人事",
    "phone": "0573-80000000",
    "instructions": "论文不是必填项。",
}


def write_plan(year: Any, authority: ReviewAuthority) -> PilotPlan:
    """Five parts, criteria, pay; a paper as a condition stops the plan at G5 until it is one of several ways."""
    year.at("2026-05-06 09:00:00")
    year.hr.do("enterprises.start_plan", authority)
    plan = PilotPlan.objects.get()
    here = f"/ent/plan/{plan.pk}"
    for section in Section:
        year.hr.send(f"{here}/section/{section.value}/", text=SECTION_TEXTS[section])
    pay = {"post": "技术岗", "pay_item": "职称津贴", "monthly_increase": 300}
    first, *others = authority.levels
    for facts in criteria():
        year.hr.send(f"{here}/criteria/", level=first, **facts)
    year.hr.send(f"{here}/pay/", level=first, **pay)
    for level in others:
        for facts in criteria():
            actions.save_criterion(fresh(plan), actor=year.hr.actor, level=level, **facts)
        actions.save_pay_link(fresh(plan), actor=year.hr.actor, level=level, **pay)
    exceptional = {"route": "exceptional", "kind": "contribution", "necessity": "required"}
    year.hr.send(f"{here}/criteria/", level="engineer", text="主持完成的技术改造年增效益一百万元以上。", **exceptional)
    paper = {"level": "engineer", "route": "review", "kind": "performance"}
    year.hr.send(f"{here}/criteria/", text="须发表论文1篇。", necessity="required", **paper)
    year.hr.send(f"{here}/preferences/", front_line_preference="一线人员同等条件下优先。")
    year.head.refused(
        "enterprises.resolve_plan",
        plan,
        "论文",
        clause="办法五（一）",
        gate="G5",
        **resolution(year, "2026-05-06"),
    )
    row = plan.criteria.get(text__contains="论文")
    year.hr.send(
        f"{here}/criteria/{row.pk}/",
        text="论文、技术报告、专利任选其一。",
        necessity="alternative",
        option_group="成果",
        **paper,
    )
    return fresh(plan)


def resolution(year: Any, day: str) -> dict[str, Any]:
    return {
        "met_on": dt.date.fromisoformat(day),
        "attendees": "周明、吴敏、郑伟",
        "conclusion": "一致同意",
        "file": year.pdf("会议纪要.pdf"),
    }


def approve_plan(year: Any, plan: PilotPlan) -> PilotPlan:
    """领导班子审议 (no minutes of tomorrow), the head submits, two officials; G6 holds the round until then."""
    year.at("2026-05-11 10:00:00")
    year.head.refused(
        "enterprises.resolve_plan",
        plan,
        "审议",
        clause="办法五（一）",
        gate="G5",
        **resolution(year, "2026-05-12"),
    )
    year.head.do("enterprises.resolve_plan", plan, **resolution(year, "2026-05-11"))
    year.head.do("enterprises.submit_plan", plan, responsibility=True)
    year.hr.refused(
        "applications.prepare_round",
        plan.enterprise,
        "试点工作方案还没有经市人力社保局审核通过",
        clause="办法五（一）",
        gate="G6",
        **ROUND,
    )
    year.at("2026-05-20 10:00:00")
    year.clerk.do("enterprises.review_plan", plan, opinion="符合要求")
    year.reviewer.do("enterprises.approve_plan", plan)
    plan = fresh(plan)
    assert plan.state == "approved"
    assert plan.content_hash
    return plan


def walk(year: Any) -> PilotPlan:
    """The whole first half year."""
    application = submit_application(year, draft_application(year))
    application = recommend(year, application)
    return approve_plan(year, write_plan(year, approve_list(year, application)))
