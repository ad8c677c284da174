"""Experts who do not come: the guide drawn by the city, and two of the company's own on the day (decision 43)."""

import pytest
from django.urls import reverse

from reviews import actions
from tests.journeys.chapters.panel import draw_guide, library_entry
from tests.journeys.driver import fresh

pytestmark = pytest.mark.django_db


def test_the_guide_is_absent_and_the_panel_goes_on(year, noticed, filed):
    filing = filed(noticed("张三"))
    guide = year.desk("library_member", "city", "莫指导")
    actions.enrol_expert(year.city["city"].bureau, actor=year.clerk.actor, **library_entry(guide))
    year.clerk.do("reviews.acknowledge_filing", filing, opinion="同意")
    year.clerk.do("reviews.decide_guidance", filing, assign="yes", reason="首年试点。")
    draw_guide(year, filing)
    assignment, meeting = filing.assignments.get(), filing.meeting
    guide.do("reviews.accept_guidance", assignment)
    year.hr.do("reviews.name_tellers", meeting, first=year.hr.user, second=year.secretary.user)
    year.hr.refused("reviews.record_expert_absent", assignment, "还没有开始签到")
    year.at("2026-10-28 08:30:00")
    year.hr.do("reviews.open_sign_in", meeting)
    for number in range(1, 7):
        actions.sign_in(fresh(meeting), actor=year.expert(number).actor, promised=True)
    year.secretary.do("reviews.record_expert_absent", assignment, reason="联系不上。")
    for desk in (year.clerk, year.county):
        assert year.told(desk, "未到会")
    year.expert(1).do("reviews.start_session", meeting)
    assert fresh(meeting).state == "in_session"
    guide.refused("reviews.submit_guidance_note", assignment, "缺席", procedure_followed="yes", guidance_note="补写。")
    draw, nobody = filing.draws.get(), {"clause": "办法五（二）", "redraw_reason": "专家缺席。"}
    run = reverse("reviews:run_draw", args=[draw.pk])
    year.clerk.refused("reviews.draw_expert", draw, "没有可抽取的专家", url=run, **nobody)


def test_two_of_the_companys_own_are_absent_and_one_external_steps_down(year, noticed, ready_meeting):
    meeting = ready_meeting(noticed("张三"))  # six of the company, three external
    year.hr.do("reviews.open_sign_in", meeting)
    for number in (1, 2, 3, 4, 7, 8, 9):  # 5 and 6 do not come
        actions.sign_in(fresh(meeting), actor=year.expert(number).actor, promised=True)
    chair = year.expert(1)
    chair.refused("reviews.start_session", meeting, "签到 7 人中外聘 3 人", clause="办法五（二）", gate="G11")
    last = meeting.panel.members.order_by("pk")[8]
    year.secretary.do("reviews.step_down", meeting, member=last, reason="外聘超过三分之一，当日退出")
    chair.do("reviews.start_session", meeting)
    item = fresh(meeting).items.get()
    assert item.assessments.count() == 6
    assert not item.assessments.filter(member=last).exists()
