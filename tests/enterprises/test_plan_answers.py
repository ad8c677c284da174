"""The linter's warnings want an answer before a plan goes up, and the city reads it beside them (F-14)."""

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from enterprises import actions
from enterprises.models import FindingAnswer, PilotPlan
from enterprises.queries import plans
from jiaxing_titles import clock
from jiaxing_titles.actions import Blocked

COURSE = {
    "level": "engineer",
    "route": "review",
    "kind": "project_level",
    "necessity": "required",
    "text": "须主持市级课题1项",
    "speciality": "all",
    "post": "全部专业技术岗位",
}
WORDS = "本企业只有市级课题，没有别的项目。"


def stands(scenes):
    scenes.applied("A", "reviewed")


@pytest.fixture
def resolved(drafted, actor, pdf):
    """A plan with warnings, decided on by the leadership."""
    plan = actions.save_criterion(drafted("A"), actor=actor("ent_hr", "A"), **COURSE)
    minutes = {"met_on": clock.today(), "attendees": "周明", "conclusion": "同意", "file": pdf("纪要.pdf")}
    return actions.resolve_plan(plan, actor=actor("ent_lead", "A"), **minutes)


def warnings(plan) -> list:
    return [one for one in plans.findings(plan) if not one.is_error]


def answer(plan, actor) -> PilotPlan:
    return actions.answer_findings(plan, actor=actor("ent_hr", "A"), answers={one.key: WORDS for one in warnings(plan)})


def test_a_warning_without_an_answer_keeps_the_plan_at_home(resolved, actor):
    with pytest.raises(Blocked) as blocked:
        actions.submit_plan(resolved, actor=actor("ent_lead", "A"), responsibility=True)
    (reason,) = blocked.value.reasons
    assert reason.text.startswith("自动检查的提醒还没有答复：第")
    assert (reason.rule, reason.clause, reason.gate) == ("PR-1", "办法五（一）", "G5")
    answer(resolved, actor)
    assert actions.submit_plan(resolved, actor=actor("ent_lead", "A"), responsibility=True).state == "submitted"


def test_hr_answers_on_a_page_and_the_city_reads_it(resolved, login, actor):
    hr, address = login("ent_hr", "A"), reverse("enterprises:plan_answers", args=[resolved.pk])
    assert address in hr.get(resolved.get_absolute_url()).content.decode()
    (warning,) = warnings(resolved)
    page = hr.get(address).content.decode()
    assert warning.reason.text in page and warning.reason.remedy in page
    assert hr.post(address, {f"answer_{warning.key}": ""}).status_code == 422
    assert hr.post(address, {f"answer_{warning.key}": WORDS}).status_code == 302
    assert WORDS in hr.get(address).content.decode()
    plan = actions.submit_plan(resolved, actor=actor("ent_lead", "A"), responsibility=True)
    for official in (login("city_clerk", "city"), login("city_reviewer", "city")):
        page = official.get(plan.console_url()).content.decode()
        assert "企业答复" in page and WORDS in page
    assert hr.get(address).status_code == 302  # it has gone up: only shown


def test_an_answer_to_what_is_no_longer_said_is_refused(resolved, actor):
    (before,) = warnings(resolved)
    answer(resolved, actor)
    hr = actor("ent_hr", "A")
    plan = actions.rework_plan(resolved, actor=hr)
    row = plan.criteria.get(kind="project_level")
    plan = actions.save_criterion(plan, actor=hr, criterion=row.pk, **{**COURSE, "text": "须主持省级课题1项"})
    (after,) = warnings(plan)
    assert after.key not in plans.answers(plan)
    with pytest.raises(Blocked, match="已随方案改动而变化"):
        actions.answer_findings(plan, actor=hr, answers={before.key: WORDS})


def test_an_error_is_not_answered_away(drafted, actor):
    hr = actor("ent_hr", "A")
    paper = {**COURSE, "kind": "paper", "text": "须發表論文1篇"}
    plan = actions.save_criterion(drafted("A"), actor=hr, **paper)
    (error,) = plans.findings(plan)
    assert error.is_error
    with pytest.raises(Blocked):
        actions.answer_findings(plan, actor=hr, answers={error.key: WORDS})


def test_what_the_city_has_is_not_rewritten(resolved, actor):
    answer(resolved, actor)
    plan = actions.submit_plan(resolved, actor=actor("ent_lead", "A"), responsibility=True)
    with pytest.raises(Blocked):
        answer(plan, actor)
    with pytest.raises(InternalError), transaction.atomic():
        FindingAnswer.objects.filter(plan=plan).update(text="改")


def test_the_city_reads_what_changed_in_words(planned, actor, pdf, login):
    first, hr = planned("A"), actor("ent_hr", "A")
    plan = actions.start_plan(first.authority, actor=hr, change_reason="提高要求")
    facts = {**COURSE, "kind": "education", "text": "本科毕业满6年", "annex_item": "附件三、1（3）", "years": 6}
    plan = actions.save_criterion(plan, actor=hr, **facts)
    minutes = {"met_on": clock.today(), "attendees": "周明", "conclusion": "同意", "file": pdf("纪要.pdf")}
    plan = actions.resolve_plan(plan, actor=actor("ent_lead", "A"), **minutes)
    plan = actions.submit_plan(plan, actor=actor("ent_lead", "A"), responsibility=True)
    page = login("city_clerk", "city").get(plan.console_url()).content.decode()
    words = "工程师评审标准·学历学位：本科毕业满6年（必备，全部授权专业，全部专业技术岗位，附件三、1（3），6年）"
    assert words in page.split("与上一版本相比")[1].split("</section>")[0]
    assert page.split("与上一版本相比")[1].split("</section>")[0].count("<li>") == 1


@pytest.mark.parametrize(("role", "place"), [("ent_lead", "A"), ("ent_hr", "B"), ("applicant", "A")])
def test_only_the_companys_hr_answers(resolved, company, login, role, place):
    company("B")
    address = reverse("enterprises:plan_answers", args=[resolved.pk])
    assert login(role, place).get(address).status_code in (403, 404)
