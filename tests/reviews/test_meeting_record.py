"""After the close: summary, score sheets, the record frozen with the conclusion, and their PDF (F-54, F-58, S-9)."""

import hashlib
import json
import re
from io import BytesIO

import pgtrigger
import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from jiaxing_titles.actions import Blocked
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.documents.jobs import may_read, request_document
from jiaxing_titles.documents.registry import DocumentError
from reviews import actions
from reviews.documents import panel as documents
from reviews.models import MemberAssessment, ReviewMeeting
from reviews.queries.summary import people_of
from tests.reviews.test_documents import Job, text_of
from tests.scenes.registry import reload
from tests.scenes.reviewing import SCORES, count, member_of, present_all, score_all

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


@pytest.fixture
def closed(noticed, session, actor, expert):
    """Eight experts; 专家4 is recused for 张三, 专家2 has scored him low, 王五 is postponed; the chair has closed."""
    meeting = session(noticed("张三", "李四", "王五"), present=8, guest=True)
    sec = actor("panel_sec", "A")
    actions.recuse_self(meeting, actor=expert(4), items=[meeting.items.get(number=1)], kind="kin", note="表兄弟")
    actions.postpone_item(meeting.items.get(number=3), actor=sec, reason="未到会述职")
    present_all(meeting, sec)
    low = MemberAssessment.objects.get(item__meeting=meeting, item__number=1, member=member_of(meeting, 2))
    actions.assess(low, actor=expert(2), **(SCORES | {"innovation": 35}), comment="创新成果不足。")
    score_all(meeting, expert)
    return actions.close_scoring(reload(meeting), actor=expert(1))


@pytest.fixture
def ended(closed, actor, expert):
    """Voted: 张三 fails with four of seven, 李四 passes with six of eight."""
    sheet = actions.issue_sheet(closed.sheets.get(), actor=actor("panel_sec", "A"))
    count(sheet, (actor("ent_hr", "A"), actor("panel_sec", "A")), {1: 4, 2: 6})
    actions.sign_tally(reload(sheet), actor=expert(1))
    return actions.announce_count(reload(closed), actor=expert(1))


def conclude(meeting, expert) -> ReviewMeeting:
    return actions.conclude_meeting(meeting, actor=expert(1), minutes="按程序完成评审。\n宁缺勿滥。")


def page(meeting, client) -> str:
    return client.get(reverse("reviews:summary", args=[meeting.pk])).content.decode()


def test_the_summary_says_how_a_mean_came_about_and_lets_the_vote_decide(ended, login):
    shown = page(ended, login("ent_hr", "A"))
    # 87.15 six times and 74.65 once: (6 × 87.15 + 74.65) / 7
    assert "7人评价，全部计入平均85.36分" in shown
    assert "8人评价，全部计入平均87.15分" in shown
    assert "平均分达到方案阈值60分，评分建议通过" in shown
    assert "应到8" not in shown
    assert "应到9实到7，需≥5票，得4票，未通过（另有 1 人回避）（与评分建议不同，以表决为准）" in shown
    assert "应到9实到8，需≥6票，得6票，通过" in shown
    assert "宁缺勿滥。" in shown
    assert "缓评" in shown


def test_the_mean_drops_the_extremes_where_the_plan_says_so(closed):
    meeting = reload(closed)
    meeting.round.plan.drops_extremes = True
    first, second, third = people_of(meeting)
    assert first.mean.sentence == "7人评价，去掉一个最高分和一个最低分，5人平均87.15分"
    assert (second.mean.counted, third.mean) == (6, None)


def test_an_experts_summary_leaves_out_whom_he_is_recused_for(ended, login):
    assert ["张三" in page(ended, login("panel_expert", "A", name)) for name in ("专家3", "专家4")] == [True, False]
    assert "李四" in page(ended, login("panel_expert", "A", "专家4"))


def test_nothing_is_summed_up_before_the_close(noticed, session, login, actor, expert):
    meeting = session(noticed("张三"))
    present_all(meeting, actor("panel_sec", "A"))
    score_all(meeting, expert)
    shown = page(meeting, login("ent_hr", "A"))
    assert "主任委员关闭评分之后，这里显示评分汇总。" in shown
    assert "87.15" not in shown
    with pytest.raises(DocumentError, match="还没有关闭评分"):
        documents.build_scores(Job(meeting.pk), None)
    with pytest.raises(DocumentError, match="还没有形成结论"):
        documents.build_minutes(Job(meeting.pk), None)


def test_the_minutes_begin_with_what_is_on_record(ended, login):
    form = login("panel_expert", "A", "专家1").get(reverse("do", args=["reviews.conclude_meeting", ended.pk]))
    text = form.context["form"].fields["minutes"].initial
    assert "会议在三楼会议室召开，应到9人，实到8人，须到6人，达到法定人数。" in text
    assert text.endswith("表决通过1人：李四。\n未通过1人：张三。\n缓评1人：王五。")


def test_the_conclusion_freezes_the_record_with_its_hash(ended, expert):
    meeting = conclude(ended, expert)
    record = reload(meeting).record
    canonical = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == meeting.record_hash
    assert events_of(meeting).last().facts["record_hash"] == meeting.record_hash
    assert record["结论"] == [["评审通过", 1], ["评审未通过", 1], ["缓评", 1]]
    assert record["未到专家"] == ["专家9"]
    assert record["到会指导"] == []  # he accepted, but nobody has recorded that he came
    first, second, third = record["评审对象"]
    assert first["回避"] == [{"姓名": "专家4", "情形": "夫妻、直系血亲、三代以内旁系血亲或近姻亲"}]
    assert (first["平均分"], first["结果"], second["结果"]) == ("85.36", "评审未通过", "评审通过")
    assert first["表决"] == ["应到9实到7，需≥5票，得4票，未通过（另有 1 人回避）"]
    assert (third["结果"], third["缓评原因"], third["平均分"]) == ("缓评", "未到会述职", "")
    assert record["评分办法"]["权重"] == [["职业道德", 20], ["创新能力", 25], ["业绩水平", 30], ["实际贡献", 25]]
    for changed in ({"minutes": "改"}, {"record": {}}, {"record_hash": "0" * 64}):
        with pytest.raises(InternalError, match="PR-9"), transaction.atomic():
            ReviewMeeting.objects.filter(pk=meeting.pk).update(**changed)


def test_no_member_is_named_beside_a_score_or_a_mark_in_the_record(ended, expert):
    """PR-7: means and totals only; who gave what stands on his own sheet."""
    record = conclude(ended, expert).record
    told = json.dumps(record["评审对象"], ensure_ascii=False)
    assert "创新成果不足" not in told
    assert [name for name in (f"专家{number}" for number in range(1, 10)) if name in told] == ["专家4"]  # as recused


def test_the_minutes_as_pdf_say_what_the_record_says_and_come_out_the_same(ended, expert):
    meeting = conclude(ended, expert)
    name, pdf = documents.build_minutes(Job(meeting.pk), None)
    assert name == f"{meeting}会议纪要.pdf"
    assert documents.build_minutes(Job(meeting.pk), None)[1] == pdf
    words = text_of(pdf)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", words)
    assert "职业道德20%，创新能力25%，业绩水平30%，实际贡献25%" in words
    for said in (
        "应到9人，实到8人",
        "专家9",
        "宁缺勿滥。",
        "应到9实到7，需≥5票，得4票，未通过",
        "85.36",
        meeting.record_hash,
    ):
        assert said.replace(" ", "") in words, said
    assert "表兄弟" not in words


def test_the_signed_minutes_come_back_to_desk_and_offices(ended, actor, expert, login, pdf):
    with pytest.raises(Blocked, match="已计票"):
        actions.file_signed_minutes(ended, actor=actor("panel_sec", "A"), file=pdf())
    meeting = actions.file_signed_minutes(conclude(ended, expert), actor=actor("panel_sec", "A"), file=pdf("纪要.pdf"))
    assert reload(meeting).record_hash == meeting.record_hash
    assert "纪要.pdf" in page(meeting, login("city_clerk", "city"))
    assert "纪要.pdf" not in page(meeting, login("panel_expert", "A", "专家1"))
    url = reverse("attachments:view", args=[meeting.signed_minutes_id])
    assert login("ent_lead", "A").get(url).status_code == 200
    for who in (("panel_expert", "A", "专家1"), ("ent_hr", "B", ""), ("applicant", "A", "张三")):
        assert login(*who).get(url).status_code in (403, 404), who


def test_each_expert_has_a_score_sheet_of_his_own(closed):
    name, pdf = documents.build_scores(Job(closed.pk), None)
    assert name == f"{closed}评分表.pdf"
    assert documents.build_scores(Job(closed.pk), None)[1] == pdf
    pages = ["".join(one.extract_text().split()) for one in PdfReader(BytesIO(pdf)).pages]
    assert [f"专家{number}" in text for number, text in enumerate(pages, start=1)] == [True] * 8
    assert ["创新成果不足。" in text for text in pages] == [False, True] + [False] * 6
    assert ["回避，不评价" in text for text in pages] == [False] * 3 + [True] + [False] * 4
    assert "74.65" in pages[1]
    assert not any("王五" in text for text in pages)
    assert all("（签字）" in text for text in pages)


def test_the_papers_are_for_the_desk_and_the_offices(closed, actor, expert, login):
    job = request_document("reviews.scores", actor=actor("ent_hr", "A"), title="评分表", pk=closed.pk)
    readers = {"sec": actor("panel_sec", "A"), "lead": actor("ent_lead", "A"), "city": actor("city_clerk", "city")}
    assert all(may_read(job, one) for one in readers.values())
    assert not any(
        may_read(job, one) for one in (expert(1), expert(4), actor("ent_hr", "B"), actor("applicant", "A", "张三"))
    )
    for kind in ("scores_pdf", "panel_minutes_pdf"):
        url = reverse(f"reviews:{kind}", args=[closed.pk])
        assert login("panel_sec", "A").post(url).status_code == 302
        assert login("panel_expert", "A", "专家1").post(url).status_code == 403


def test_the_summary_costs_the_same_for_one_and_three(noticed, session, actor, expert, login):
    meeting = session(noticed("张三", "李四", "王五"))
    present_all(meeting, actor("panel_sec", "A"))
    score_all(meeting, expert)
    meeting = actions.close_scoring(reload(meeting), actor=expert(1))
    client = login("ent_hr", "A")
    page(meeting, client)
    with CaptureQueriesContext(connection) as three:
        page(meeting, client)
    others = meeting.items.exclude(number=1)
    with pgtrigger.ignore("reviews.MemberAssessment:scores_stand"):
        MemberAssessment.objects.filter(item__in=others).delete()
    others.delete()
    with CaptureQueriesContext(connection) as one:
        page(meeting, client)
    assert len(one) == len(three)
