"""PR-1, PR-6, PR-10 on a plan: papers as a condition, less than the annex, a quota — page, console, model."""

from __future__ import annotations

import re

import pgtrigger
import pytest

from enterprises import actions, gates
from enterprises.models import Criterion, PilotPlan
from jiaxing_titles import clock
from tests.journeys.driver import fresh
from tests.trust.attempts import barred, gate_holds, no_back_door, not_his, refused

pytestmark = pytest.mark.django_db
CLAUSE = "办法五（一）"
ROW = {"level": "engineer", "route": "review", "necessity": "required"}
FORBIDDEN = [
    pytest.param("PR-1", {"kind": "paper", "text": "须发表论文1篇。"}, "论文", id="PR-1"),
    pytest.param(
        "PR-6", {"kind": "continuing_education", "text": "当年继续教育。", "hours": 80}, "低于附件的90学时", id="PR-6"
    ),
]
ALSO_BARRED = [
    ("PR-1", {"kind": "language", "text": "须通过职称外语考试。"}),
    ("PR-1", {"kind": "paper", "text": "发表论文。", "necessity": "bonus", "score_floor": 10}),
    ("PR-6", {"kind": "seniority", "text": "本科毕业工作年限。", "annex_item": "附件三、1（3）", "years": 3}),
    ("PR-6", {"kind": "seniority", "text": "大专毕业工作年限。", "annex_item": "A-3.1(4)", "years": 5}),
]


def resolution(year):
    words = {"attendees": "周明、吴敏", "conclusion": "一致同意", "met_on": clock.today()}
    return {**words, "file": year.pdf("会议纪要.pdf")}


def add(plan, facts):
    """A row written past every step, as if the rules had been others when the plan was sent."""
    number = plan.criteria.order_by("-number").first().number + 1
    with pgtrigger.ignore("enterprises.Criterion:frozen_with_plan"):
        return Criterion.objects.create(plan=plan, number=number, **{**ROW, **facts})


def take_out(row):
    with pgtrigger.ignore("enterprises.Criterion:frozen_with_plan"):
        row.delete()


def to(plan, state):
    return lambda: PilotPlan.objects.filter(pk=plan.pk).update(state=state)


@pytest.mark.parametrize(("number", "facts", "says"), FORBIDDEN)
def test_no_plan_goes_on_with_a_forbidden_condition(year, drafted, number, facts, says):
    """By the company's pages as a draft; at the city's console and past both as a plan that was sent without it."""
    plan = drafted("A")
    year.hr.send(f"/ent/plan/{plan.pk}/criteria/", **ROW, **facts)
    by_page = refused(year.head, "enterprises.resolve_plan", plan, says, CLAUSE, **resolution(year))
    not_his(year.hr, "enterprises.resolve_plan", plan, **resolution(year))
    not_his(year.clerk, "enterprises.review_plan", plan, opinion="同意")  # not sent: it is not there for him
    barred(number, "update(state=resolved)", to(plan, "resolved"))
    gate_holds(plan, "resolve")

    actions.remove_criterion(fresh(plan), actor=year.hr.actor, criterion=plan.criteria.last().pk)
    plan = actions.resolve_plan(fresh(plan), actor=year.head.actor, **resolution(year))
    barred("不能再改动", "a row slipped into a plan that was decided on", lambda: slip(plan, facts))
    row = add(plan, facts)
    refused(year.head, "enterprises.submit_plan", plan, says, CLAUSE, responsibility="on")
    barred(number, "update(state=submitted)", to(plan, "submitted"))
    take_out(row)
    plan = actions.submit_plan(fresh(plan), actor=year.head.actor, responsibility=True)
    add(plan, facts)
    by_console = refused(year.clerk, "enterprises.review_plan", plan, says, CLAUSE, opinion="同意")
    assert without_number(by_console) == without_number(by_page)
    not_his(year.county, "enterprises.review_plan", plan, opinion="同意")
    no_back_door(year.clerk, plan, plan.criteria.first())
    barred(number, "update(state=reviewed)", to(plan, "reviewed"))
    gate_holds(plan, "review")


def slip(plan, facts):
    Criterion.objects.create(plan=plan, number=99, **{**ROW, **facts})


def without_number(told):
    """The rows are two rows: the sentence is the same but for the number of the row."""
    return re.sub(r"第\d+条", "第…条", told[0]), told[1]


def test_the_database_reads_the_columns_of_every_forbidden_row_and_lets_alternatives_pass(year, drafted):
    plan = drafted("A")
    for number, facts in ALSO_BARRED:
        row = add(plan, facts)
        barred(number, facts["text"], to(plan, "resolved"))
        take_out(row)
    add(plan, {"kind": "paper", "text": "论文、技术报告、专利任 选　其一。"})
    add(plan, {"kind": "continuing_education", "text": "当年继续教育。", "hours": 90})
    add(plan, {"kind": "seniority", "text": "本科毕业。", "annex_item": "附件三、1（3）", "years": 4})
    assert to(plan, "resolved")() == 1


def test_a_quota_in_a_plan_is_told_to_both_sides(year, drafted):
    """PR-10 in words alone: it binds nobody, because no step reads it; so it may stand with the company's answer."""
    plan = drafted("A")
    text = "个人述职、综合考核、无记名投票。通过率控制在60%以内。"
    year.hr.send(f"/ent/plan/{plan.pk}/section/method/", text=text)
    told = "方案正文定了通过率或通过名额。"
    assert told in year.hr.open(f"/ent/plan/{plan.pk}/").text
    year.head.do("enterprises.resolve_plan", plan, **resolution(year))
    refused(year.head, "enterprises.submit_plan", plan, told, "办法五（二）", responsibility=True)
    (warning,) = [one for one in gates.lint_plan(plan) if one.reason.text == told]
    year.hr.send(f"/ent/plan/{plan.pk}/answers/", **{f"answer_{warning.key}": "只是预计，不作依据。"})
    year.head.do("enterprises.submit_plan", plan, responsibility=True)
    assert "只是预计，不作依据。" in year.clerk.open(fresh(plan).console_url()).text
    assert told in year.clerk.open(fresh(plan).console_url()).text
