"""The pages through real HTTP: who gets in, what they show, how many clicks."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import TitleApplication
from jiaxing_titles.audit.models import AuditEvent
from reviews.models import MemberAssessment, Panel, ReviewFiling, ReviewMeeting, VoteSheet
from tests.scenes.registry import reload
from tests.scenes.reviewing import marks_of, member_of, present_all, score_all

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


def do(client, step: str, pk: int, console: bool = False, **facts):
    """Open the step's page, then send its form as the browser would: with the page's key and version."""
    url = reverse("console_do" if console else "do", args=[step, pk])
    return send(client, url, **facts)


def send(client, url: str, **facts):
    page = client.get(url)
    assert page.status_code == 200, page.content.decode()[:500]
    hidden = dict(re.findall(r'name="(key|version)" value="([^"]+)"', page.content.decode()))
    return client.post(url, {**hidden, **facts})


def test_hr_files_a_meeting_within_fourteen_clicks(noticed, login):
    """A13, from the list of the year's review to the filing in the head's hands."""
    year = noticed("张三", "李四")
    hr = login("ent_hr", "A")
    clicks = 0
    home = hr.get(reverse("reviews:home")).content.decode()
    assert "组建评审机构" in home
    clicks += 1  # 组建评审机构
    answer = do(hr, "reviews.create_panel", year.pk, name="评审委员会", from_reserve="on")
    clicks += 1
    panel = Panel.objects.get()
    assert answer.url == panel.get_absolute_url()
    assert "还没有确定主任委员" in hr.get(answer.url).content.decode()
    chair = panel.members.first()
    member = reverse("reviews:member", args=[panel.pk, chair.pk])
    assert member in hr.get(answer.url).content.decode()
    facts = {name: getattr(chair, name) for name in ("name", "employer", "rank", "title")}
    answer = send(hr, member, **facts, external="no", speciality=chair.speciality_id, post="chair")
    clicks += 3  # the name, 主任委员, 修改评审专家
    assert answer.status_code == 302
    page = hr.get(answer.url).content.decode()
    assert "下一步：安排评审会" in page
    plan = {"planned_on": "2026-10-28", "planned_hour": "09:00", "place": "三楼", "mode": "in_person", "contact": "李"}
    answer = do(hr, "reviews.plan_meeting", year.pk, **plan)
    clicks += 2
    filing = ReviewFiling.objects.get()
    assert filing.get_absolute_url() in hr.get(answer.url).content.decode()
    clicks += 1  # 本次会议的备案
    assert "张三" in hr.get(filing.get_absolute_url()).content.decode()
    do(hr, "reviews.present_filing", filing.pk)
    clicks += 2
    assert reload(filing).state == "awaiting_lead"
    assert clicks <= 14


def test_strangers_find_nothing_and_lookers_on_see_no_buttons(noticed, filed, login):
    filing = filed(noticed("张三"))
    pages = [filing.get_absolute_url(), filing.meeting.get_absolute_url(), filing.panel.get_absolute_url()]
    for url in pages:
        assert login("ent_hr", "B").get(url).status_code == 404
        assert login("county", "tongxiang").get(url).status_code == 404
        assert login("applicant", "A", "张三").get(url).status_code == 404
        shown = login("county", "haining").get(url)
        assert shown.status_code == 200
        assert "予以备案" not in shown.content.decode()
    desk = login("city_clerk", "city").get(filing.console_url()).content.decode()
    assert "予以备案" in desk
    assert "未超过三分之一" in desk
    answer = do(login("city_clerk", "city"), "reviews.acknowledge_filing", filing.pk, console=True, opinion="同意")
    assert answer.status_code == 302
    assert reload(filing).state == "acknowledged"


def test_the_day_of_the_meeting_through_the_browser(noticed, ready_meeting, login, expert, actor, at):
    meeting = ready_meeting(noticed("张三", "李四"))
    desk = login("ent_hr", "A")
    do(desk, "reviews.open_sign_in", meeting.pk)
    for number in range(1, 10):
        client = login("panel_expert", "A", f"专家{number}")
        assert "待签到的评审会" in client.get("/todo/").content.decode()
        missing = do(client, "reviews.sign_in", meeting.pk)
        assert missing.status_code == 422
        assert "请先作出保密与回避承诺" in missing.content.decode()
        assert do(client, "reviews.sign_in", meeting.pk, promised="on").status_code == 302
    chair = login("panel_expert", "A", "专家1")
    shown = chair.get(meeting.get_absolute_url()).content.decode()
    assert reverse("do", args=["reviews.start_session", meeting.pk]) in shown
    assert reverse("do", args=["reviews.sign_in", meeting.pk]) not in shown  # once is enough
    assert "由您主持的评审会" in chair.get("/todo/").content.decode()
    assert "由您主持的评审会" not in client.get("/todo/").content.decode()
    do(chair, "reviews.start_session", meeting.pk)
    item, next_one = meeting.items.order_by("number")
    assert f"下一步述职和综合考核：{item}" in desk.get(meeting.get_absolute_url()).content.decode()
    do(desk, "reviews.present_item", item.pk, report_mode="in_person", self_report="改造夹具", check_note="合格")
    assert f"下一步述职和综合考核：{next_one}" in desk.get(item.get_absolute_url()).content.decode()
    assert "下一步述职" not in desk.get(next_one.get_absolute_url()).content.decode()
    do(desk, "reviews.postpone_item", next_one.pk, reason="没有到会述职")
    pads = reverse("reviews:pads", args=[meeting.pk])
    home = chair.get("/panel/").content.decode()
    assert str(meeting) in home and "等您办理" in home and "由您主持的评审会" in home
    assert "我的未评：1 人" in chair.get(pads).content.decode()
    pad = MemberAssessment.objects.get(member=member_of(meeting, 1), item=item)
    score = reverse("reviews:score", args=[pad.pk])
    page = chair.get(score).content.decode()
    assert "夹具改造" in page  # the application's own materials stand beside the pad
    assert "1998年" not in page  # the birthday does not
    prompts = ("专业性", "创新性", "履责绩效", "创新成果", "实际贡献")  # 基本原则1, R-2.2
    assert [one for one in prompts if one not in page] == []
    low = send(chair, score, ethics=50, innovation=80, performance=80, contribution=80)
    assert low.status_code == 422
    assert "请写明理由" in low.content.decode()
    wrong = send(chair, score, ethics=101, innovation=80, performance="", contribution=80)
    assert wrong.status_code == 422
    assert 'value="101"' in wrong.content.decode()
    assert send(chair, score, ethics=91, innovation=80, performance=80, contribution=80).status_code == 302
    assert login("panel_expert", "A", "专家2").get(score).status_code == 404
    score_all(meeting, expert)
    other = login("panel_expert", "A", "专家2")
    assert ">91<" not in other.get(pads).content.decode()
    do(chair, "reviews.close_scoring", meeting.pk)
    assert ">91<" in other.get(pads).content.decode()
    assert reload(meeting).state == "voting"
    sheet = meeting.sheets.get()
    assert f"下一步发票：{sheet}" in desk.get(meeting.get_absolute_url()).content.decode()
    do(desk, "reviews.issue_sheet", sheet.pk)
    assert f"下一步计票和签认：{sheet}" in desk.get(meeting.get_absolute_url()).content.decode()


def test_two_tellers_at_their_grids(noticed, voting, login, actor, expert):
    meeting = voting(noticed("张三", "李四"))
    sheet = meeting.sheets.get()
    grid = reverse("reviews:panel_count", args=[sheet.pk])
    hr, sec = login("ent_hr", "A"), login("panel_sec", "A")
    assert "待录入票数的表决票" in hr.get("/todo/").content.decode()
    totals = {"issued": 9, "returned": 9, "missing": 0, "valid": 9, "invalid": 0}
    marks = {f"line_{n}_{mark}": value for n, row in marks_of(sheet, 7, 9).items() for mark, value in row.items()}
    wrong = send(hr, grid, **totals, **{**marks, "line_2_no": 3})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert "合计 10，应等于收回 9 张" in text
    assert 'value="3"' in text  # what was typed stays
    assert send(hr, grid, **totals, **marks).status_code == 302
    assert "已录入" in sec.get(sheet.get_absolute_url()).content.decode()
    assert 'value="7"' not in sec.get(grid).content.decode()  # the second teller starts from nothing
    assert send(sec, grid, **totals, **marks).status_code == 302
    assert login("ent_hr", "B").get(sheet.get_absolute_url()).status_code == 404
    do(login("panel_expert", "A", "专家1"), "reviews.sign_tally", sheet.pk)
    assert "应到9实到9，需≥6票，得7票，通过" in hr.get(sheet.get_absolute_url()).content.decode()


def test_applicants_learn_nothing_before_publication(noticed, concluded, login):
    """A18: no scores, no votes, no experts' names on any page of his."""
    concluded(noticed("张三"), yes=3)
    client = login("applicant", "A", "张三")
    application = TitleApplication.objects.get()
    for url in ("/my/", application.get_absolute_url(), "/todo/"):
        text = client.get(url).content.decode()
        assert not re.search(r"专家\d|得\d+票|未通过|评审未通过", text), url
    meeting = ReviewMeeting.objects.get()
    for url in (meeting.get_absolute_url(), meeting.items.get().get_absolute_url(), "/ent/meetings/", "/panel/"):
        assert client.get(url).status_code in (403, 404), url


def test_a_refused_click_is_on_record(noticed, filed, login):
    filing = filed(noticed("张三"))
    client = login("ent_hr", "A")
    url = reverse("do", args=["reviews.acknowledge_filing", filing.pk])
    assert client.post(url, {"opinion": "自己同意"}).status_code == 403
    assert reload(filing).state == "submitted"


def test_the_committees_pages_open_for_their_people(city, bureaus, actor, login, noticed):
    """The desk sees the button to convene, members see their meetings, others none."""
    secretary = login("committee_sec", "city")
    home = secretary.get(reverse("reviews:committee_home")).content.decode()
    assert "筹备中评委会议" in home
    facts = {"cycle": city.cycle.pk, "planned_on": "2026-12-15", "planned_hour": "09:00", "place": "市局"}
    answer = do(secretary, "reviews.convene_committee", bureaus["city"].pk, console=True, **facts)
    assert answer.status_code == 302
    page = secretary.get(answer.url)
    assert "评委现有 0 人，至少须 11 人" in page.content.decode()
    assert login("committee", "city").get(answer.url).status_code == 404
    assert login("ent_hr", "A").get(reverse("reviews:committee_home")).status_code == 403


def test_registers_and_documents_answer(noticed, concluded, login, actor):
    meeting = concluded(noticed("张三"))
    clerk = login("city_clerk", "city")
    for name in ("panel", "reviewfiling", "reviewmeeting", "resultreport", "consolidation", "committeemeeting"):
        assert clerk.get(reverse(f"admin:reviews_{name}_changelist")).status_code == 200, name
    assert clerk.get(meeting.console_url()).status_code == 200
    sheet = VoteSheet.objects.get()
    asked = login("ent_hr", "A").post(reverse("reviews:tally_pdf", args=[sheet.pk]))
    assert asked.status_code == 302
    assert login("ent_hr", "B").post(reverse("reviews:tally_pdf", args=[sheet.pk])).status_code == 404
    assert AuditEvent.objects.filter(step="reviews.conclude_meeting").exists()


def test_lists_cost_the_same_for_one_and_three(noticed, session, login, actor):
    """The agenda of one person and of three: the same number of queries."""
    meeting = session(noticed("张三", "李四", "王五"))
    present_all(meeting, actor("panel_sec", "A"))
    client = login("ent_hr", "A")
    url = meeting.get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    keep = meeting.items.first()
    MemberAssessment.objects.exclude(item=keep).delete()
    meeting.items.exclude(pk=keep.pk).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    assert len(one) == len(three)
