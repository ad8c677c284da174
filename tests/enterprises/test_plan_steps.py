"""试点工作方案 by its steps: parts, linter, resolution and its days, review, freezing (G5, G6; scenarios 3, 4)."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from enterprises import actions
from enterprises.gates import plan_complete
from enterprises.models import Criterion, PilotPlan, Speciality
from enterprises.queries import approved_plan
from jiaxing_titles.actions import Blocked, NotPermitted

FOR_ALL = {"speciality": "all", "post": "全部专业技术岗位"}
RESOLUTION = {"attendees": "周明、吴敏", "conclusion": "一致同意"}


def stands(scenes):
    scenes.applied("A", "reviewed")


def resolve(plan, actor, pdf, met_on):
    return actions.resolve_plan(plan, actor=actor("ent_lead", "A"), met_on=met_on, file=pdf("纪要.pdf"), **RESOLUTION)


def test_a_plan_reaches_its_approval(planned, city):
    plan = planned("A")
    assert plan.state == "approved"
    assert len(plan.content_hash) == 64
    assert approved_plan(plan.enterprise, city.cycle) == plan


def test_only_a_listed_company_plans(company, applied, actor, city):
    application = applied("A", "reviewed")
    assert not application.enterprise.authorities.exists()
    assert approved_plan(application.enterprise, city.cycle) is None


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"kind": "paper", "necessity": "required", "text": "须发表论文1篇"}, "PR-1"),
        ({"kind": "performance", "necessity": "required", "text": "在省级以上期刊发表论文一篇以上"}, "PR-1"),
        (
            {"kind": "seniority", "necessity": "required", "text": "大学本科毕业后从事工程技术工作满3年"},
            "PR-6",
        ),
    ],
    ids=["paper", "hidden paper", "looser than the annex"],
)
def test_the_linter_stands_before_the_resolution(drafted, actor, pdf, at, facts, rule):
    plan = drafted("A")
    actions.save_criterion(plan, actor=actor("ent_hr", "A"), level="engineer", route="review", **FOR_ALL, **facts)
    with pytest.raises(Blocked) as blocked:
        resolve(plan, actor, pdf, dt.date(2026, 2, 2))
    assert (rule, "G5") in [(reason.rule, reason.gate) for reason in blocked.value.reasons]
    plan.refresh_from_db()
    assert plan.state == "draft"
    assert not plan.resolutions.exists()


def test_papers_among_alternatives_pass(drafted, actor, pdf):
    plan = drafted("A")
    hr = actor("ent_hr", "A")
    for kind, text in [("paper", "发表论文1篇"), ("performance", "提交技术报告1份")]:
        actions.save_criterion(
            plan,
            actor=hr,
            level="engineer",
            route="review",
            kind=kind,
            necessity="alternative",
            option_group="成果",
            text=text,
            **FOR_ALL,
        )
    assert resolve(plan, actor, pdf, dt.date(2026, 2, 2)).state == "resolved"


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"speciality": "all", "post": ""}, "岗位"),
        ({"speciality": None, "post": "工艺岗"}, "专业"),
        ({}, "专业、岗位"),
        ({"speciality": "机械设计", "post": "工艺岗"}, ""),
        (FOR_ALL, ""),
    ],
    ids=["no post", "no speciality", "neither", "one of each", "all of them"],
)
def test_a_criterion_names_speciality_and_post(drafted, actor, facts, missing):
    plan = drafted("A")
    if facts.get("speciality") == "机械设计":
        facts = {**facts, "speciality": Speciality.objects.get(name="机械设计")}
    row = {"level": "engineer", "route": "review", "kind": "ability", "necessity": "bonus", "text": "有改造经验。"}
    plan = actions.save_criterion(plan, actor=actor("ent_hr", "A"), **row, **facts)
    found = [one for one in plan_complete(plan) if one.rule == "R-5.1.4"]
    number = plan.criteria.count()
    assert [one.text for one in found] == ([f"评价标准第{number}条没有写明适用{missing}。"] if missing else [])
    assert {(one.gate, one.clause) for one in found} == ({("G5", "办法五（一）")} if missing else set())


@pytest.mark.parametrize("part", ["sections", "criteria", "pay_links"])
def test_no_part_is_missing(drafted, actor, pdf, part):
    plan = drafted("A")
    getattr(plan, part).all().delete()
    with pytest.raises(Blocked):
        resolve(plan, actor, pdf, dt.date(2026, 2, 2))


@pytest.mark.parametrize(
    ("met_on", "sentence"),
    [
        (dt.date(2026, 2, 1), "审议的不是这一稿"),
        (dt.date(2026, 2, 3), "还没有到"),
    ],
    ids=["before the last edit", "in the future"],
)
def test_impossible_days_of_the_resolution_are_caught(drafted, actor, pdf, met_on, sentence):
    plan = drafted("A")
    with pytest.raises(Blocked) as blocked:
        resolve(plan, actor, pdf, met_on)
    assert blocked.value.reasons[0].field == "met_on"
    assert sentence in blocked.value.reasons[0].text


def test_a_text_changed_after_the_resolution_is_not_sent(drafted, actor, pdf, at):
    plan = resolve(drafted("A"), actor, pdf, dt.date(2026, 2, 2))
    hr, lead = actor("ent_hr", "A"), actor("ent_lead", "A")
    with pytest.raises(Blocked):  # locked while resolved
        actions.save_plan_section(plan, actor=hr, kind="method", text="另一稿")
    at("2026-02-05 09:00:00")
    plan = actions.rework_plan(plan, actor=hr)
    plan = actions.save_plan_section(plan, actor=hr, kind="method", text="另一稿")
    with pytest.raises(Blocked) as blocked:
        resolve(plan, actor, pdf, dt.date(2026, 2, 2))
    assert "审议的不是这一稿" in str(blocked.value)
    assert resolve(plan, actor, pdf, dt.date(2026, 2, 5)).state == "resolved"
    assert actions.submit_plan(plan, actor=lead, responsibility=True).state == "submitted"


def test_nothing_is_approved_with_an_open_comment(drafted, actor, pdf):
    plan = resolve(drafted("A"), actor, pdf, dt.date(2026, 2, 2))
    plan = actions.submit_plan(plan, actor=actor("ent_lead", "A"), responsibility=True)
    clerk = actor("city_clerk", "city")
    actions.comment_on_plan(plan, actor=clerk, section="panel", text="写明产生办法")
    with pytest.raises(Blocked) as blocked:
        actions.review_plan(plan, actor=clerk)
    assert "1条审核批注" in str(blocked.value)
    actions.resolve_comment(plan, actor=clerk, comment=plan.comments.get().pk)
    reviewed = actions.review_plan(plan, actor=clerk, opinion="可以")
    with pytest.raises(NotPermitted):
        actions.approve_plan(reviewed, actor=clerk)
    assert actions.approve_plan(reviewed, actor=actor("city_reviewer", "city")).state == "approved"


def test_the_county_advises_on_its_own_companies(drafted, actor, pdf):
    plan = resolve(drafted("A"), actor, pdf, dt.date(2026, 2, 2))
    plan = actions.submit_plan(plan, actor=actor("ent_lead", "A"), responsibility=True)
    with pytest.raises(NotPermitted):
        actions.advise_on_plan(plan, actor=actor("county", "tongxiang"), section="panel", text="补充")
    actions.advise_on_plan(plan, actor=actor("county", "haining"), section="panel", text="补充产生办法")
    assert plan.comments.count() == 1


def test_an_approved_plan_is_frozen_in_the_database(planned):
    plan = planned("A")
    attempts = [
        "UPDATE enterprises_criterion SET text = '改' WHERE plan_id = %s",
        "DELETE FROM enterprises_paylink WHERE plan_id = %s",
        "UPDATE enterprises_plansection SET text = '改' WHERE plan_id = %s",
        "UPDATE enterprises_pilotplan SET front_line_preference = '改' WHERE id = %s",
        "DELETE FROM enterprises_leadershipresolution WHERE plan_id = %s",
    ]
    for attempt in attempts:
        with pytest.raises(InternalError, match="已审核通过"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt, [plan.pk])


def test_a_row_cannot_be_moved_into_a_frozen_plan(planned, actor):
    plan = planned("A")
    draft = actions.start_plan(plan.authority, actor=actor("ent_hr", "A"), change_reason="新增焊接岗位")
    with pytest.raises(InternalError), transaction.atomic():
        Criterion.objects.filter(plan=draft).update(plan=plan)


def test_a_change_after_approval_is_a_new_version_on_the_same_path(planned, actor, pdf, city, at):
    first = planned("A")
    hr, lead = actor("ent_hr", "A"), actor("ent_lead", "A")
    with pytest.raises(Blocked) as blocked:
        actions.start_plan(first.authority, actor=hr)
    assert blocked.value.reasons[0].field == "change_reason"
    second = actions.start_plan(first.authority, actor=hr, change_reason="新增焊接岗位")
    assert (second.number, second.based_on) == (2, first)
    assert second.criteria.count() == first.criteria.count()
    with pytest.raises(Blocked):
        actions.start_plan(first.authority, actor=hr, change_reason="又一稿")
    assert approved_plan(first.enterprise, city.cycle) == first
    second = resolve(second, actor, pdf, dt.date(2026, 2, 2))
    second = actions.submit_plan(second, actor=lead, responsibility=True)
    second = actions.review_plan(second, actor=actor("city_clerk", "city"))
    second = actions.approve_plan(second, actor=actor("city_reviewer", "city"))
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "approved")
    assert approved_plan(first.enterprise, city.cycle) == second


def test_recall_ends_when_the_city_opens_it(drafted, actor, pdf):
    plan = resolve(drafted("A"), actor, pdf, dt.date(2026, 2, 2))
    lead = actor("ent_lead", "A")
    plan = actions.submit_plan(plan, actor=lead, responsibility=True)
    plan = actions.recall_plan(plan, actor=lead)
    assert plan.state == "resolved"
    plan = actions.submit_plan(plan, actor=lead, responsibility=True)
    actions.open_plan(plan, actor=actor("city_clerk", "city"))
    with pytest.raises(Blocked):
        actions.recall_plan(plan, actor=lead)


def test_a_plan_not_sent_is_the_companys_own(drafted, actor):
    drafted("A")
    assert not PilotPlan.objects.visible_to(actor("city_clerk", "city")).exists()
    assert PilotPlan.objects.visible_to(actor("ent_lead", "A")).count() == 1
