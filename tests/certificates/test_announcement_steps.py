"""行文公布 (G19, G20): clean names only, held names to a supplementary document, numbers once and for all."""

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, transaction

from applications.models import TitleApplication
from certificates import actions
from certificates.choices import AppointmentState, DocumentState, LineFate
from certificates.models import AnnouncementDocument, AnnouncementLine, Appointment, IssuedNumber, TitleGrant
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.documents import tasks
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.publicity.actions import reject, uphold
from tests.scenes.announcing import DOCUMENT, issue_from
from tests.scenes.registry import reload

steps = actions.announcement


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


def rules_of(refused):
    return {reason.rule for reason in refused.value.reasons}


def test_issuing_makes_titles_and_opens_appointments(issued, city):
    document = issued("张三", "李四")
    assert document.state == DocumentState.ISSUED
    assert document.number == "嘉人社〔2026〕3号"
    assert set(TitleApplication.objects.values_list("state", flat=True)) == {"announced"}
    grants = TitleGrant.objects.order_by("pk")
    assert [(one.person.name, one.qualified_on) for one in grants] == [
        ("李四", dt.date(2026, 12, 4)),
        ("张三", dt.date(2026, 12, 4)),
    ]
    assert len({one.verify_code for one in grants}) == 2
    due = dt.date(2026, 12, 15) + dt.timedelta(days=city.cycle.appointment_reminder_days)
    assert set(Appointment.objects.values_list("state", "due_on")) == {(AppointmentState.PENDING, due)}
    assert IssuedNumber.objects.get().serial == 3


def test_before_the_notice_is_over_no_document_can_be_drafted(on_notice, clerk, at):
    roster = on_notice("张三")
    at("2026-12-14 23:59:59")
    with pytest.raises(Blocked) as refused:
        steps.draft_announcement(roster, actor=clerk, **DOCUMENT)
    assert "PR-5" in rules_of(refused)
    assert not AnnouncementDocument.objects.exists()


def test_a_held_name_waits_while_the_others_go_and_follows_in_a_supplement(
    on_notice, over, objected, clerk, reviewer, lead
):
    roster = on_notice("张三", "李四")
    objection = objected(roster, 2)
    roster = over(roster)
    document = issue_from(roster, clerk, reviewer, lead)
    assert [one.line.name for one in document.lines.all()] == ["李四"]
    assert TitleApplication.objects.get(person__name="张三").state == "city_noticing"

    with pytest.raises(Blocked) as refused:
        steps.draft_announcement(reload(roster), actor=clerk, **DOCUMENT)
    assert "PR-8" in rules_of(refused)

    reject(objection, actor=clerk, findings="查无实据", reply="经核查不成立。")
    supplement = issue_from(reload(roster), clerk, reviewer, lead, "嘉人社〔2026〕4号")
    assert supplement.supplementary_to == document
    assert [one.line.name for one in supplement.lines.all()] == ["张三"]
    assert TitleApplication.objects.get(person__name="张三").state == "announced"


def test_a_name_with_an_unresolved_objection_cannot_be_published_by_any_way(
    on_notice, over, objected, clerk, reviewer, lead
):
    """PR-8: an objection received after the document was drafted stops it at every later step and in the FSM itself."""
    roster = over(on_notice("张三", "李四"))
    document = steps.draft_announcement(roster, actor=clerk, **DOCUMENT)
    document = steps.submit_announcement(document, actor=clerk)
    objected(roster, 2)
    for step, who in ((steps.review_announcement, reviewer),):
        with pytest.raises(Blocked) as refused:
            step(document, actor=who)
        assert rules_of(refused) == {"PR-8"}
    with pytest.raises(Exception, match="review"):
        reload(document).review()
    document = steps.send_back_announcement(document, actor=reviewer, reason="有异议，请更新名单")
    document = steps.refresh_announcement(document, actor=clerk)
    assert [one.line.name for one in document.lines.all()] == ["李四"]


def test_an_objection_upheld_ends_the_application_and_keeps_the_name_off(
    on_notice, over, objected, clerk, reviewer, lead
):
    roster = on_notice("张三", "李四")
    uphold(objected(roster, 2), actor=clerk, findings="业绩系他人完成", reply="异议成立。")
    assert TitleApplication.objects.get(person__name="张三").state == "disqualified"
    line = roster.lines.get(name="张三")
    assert line.fate == LineFate.EXCLUDED
    document = issue_from(over(roster), clerk, reviewer, lead)
    assert [one.line.name for one in document.lines.all()] == ["李四"]


def test_a_number_is_used_once(issued, on_notice, clerk, reviewer, lead):
    document = issued("张三")
    with pytest.raises(Blocked) as refused:
        actions.register.take_number(document.number, used_for="另一份文件", on=dt.date(2026, 12, 16))
    assert refused.value.reasons[0].field == "number"
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedNumber(prefix="嘉人社", year=2026, serial=3, used_for="x", issued_on=dt.date(2026, 12, 16)).save()


def test_the_year_of_the_number_is_that_of_the_date(on_notice, over, clerk, reviewer, lead):
    with pytest.raises(Blocked) as refused:
        issue_from(over(on_notice("张三")), clerk, reviewer, lead, "嘉人社〔2027〕3号")
    assert refused.value.reasons[0].field == "number"
    assert not IssuedNumber.objects.exists()
    assert TitleApplication.objects.get().state == "city_noticing"


def test_an_issued_document_is_never_changed(issued):
    document = issued("张三")
    for change in ({"title": "改过的标题"}, {"number": "嘉人社〔2026〕9号"}, {"state": "draft"}):
        with pytest.raises(InternalError), transaction.atomic():
            AnnouncementDocument.objects.filter(pk=document.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        AnnouncementLine.objects.filter(document=document).delete()
    with pytest.raises(InternalError), transaction.atomic():
        TitleGrant.objects.update(qualified_on=dt.date(2020, 1, 1))
    with pytest.raises(InternalError), transaction.atomic():
        TitleGrant.objects.all()._raw_delete("default")
    assert reload(document).title == DOCUMENT["title"]


def test_only_the_leadership_issues_and_not_who_drafted(on_notice, over, clerk, reviewer, lead, actor):
    document = steps.draft_announcement(over(on_notice("张三")), actor=clerk, **DOCUMENT)
    document = steps.review_announcement(steps.submit_announcement(document, actor=clerk), actor=reviewer)
    facts = {"number": "嘉人社〔2026〕3号", "dated_on": dt.date(2026, 12, 15)}
    for who in (clerk, reviewer, actor("county", "haining"), actor("ent_lead", "A")):
        with pytest.raises(NotPermitted):
            steps.issue_announcement(document, actor=who, **facts)
    assert steps.issue_announcement(document, actor=lead, **facts).state == DocumentState.ISSUED
    with pytest.raises(Blocked):
        steps.issue_announcement(reload(document), actor=lead, **facts)


def test_what_is_signed_is_what_was_submitted(on_notice, over, clerk, reviewer, lead):
    document = steps.draft_announcement(over(on_notice("张三", "李四")), actor=clerk, **DOCUMENT)
    document = steps.review_announcement(steps.submit_announcement(document, actor=clerk), actor=reviewer)
    AnnouncementLine.objects.filter(document=document, number=2).delete()
    with pytest.raises(Blocked) as refused:
        steps.issue_announcement(document, actor=lead, number="嘉人社〔2026〕3号", dated_on=dt.date(2026, 12, 15))
    assert "不一致" in str(refused.value)


def test_a_signed_paper_outlives_the_files_that_are_made_again(on_notice, clerk, at, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    roster = on_notice("张三")
    draft = request_document("certificates.notice", actor=clerk, title="草稿", pk=roster.pk)
    for job in (roster.pdf, draft):
        tasks.make(job.pk)
    at("2027-02-01 09:00:00")
    tasks.forget_files()
    assert [DocumentJob.objects.get(pk=job.pk).has_file for job in (roster.pdf, draft)] == [True, False]
