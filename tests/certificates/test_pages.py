"""Console, ledger and the person's own pages, through real requests by signed-in people."""

import datetime as dt
import io

import openpyxl
import pytest

from certificates import actions
from certificates.choices import AppointmentState, BatchState, DocumentState, RosterState
from certificates.models import (
    AnnouncementDocument,
    Appointment,
    CertificateBatch,
    ColumnProfile,
    ResultRoster,
    TitleGrant,
)
from certificates.rules.columns import DEFAULT_TEXT
from enterprises.models import Bureau
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.tasks import make
from jiaxing_titles.policy.models import Cycle
from tests.certificates.test_public_pages import revoke
from tests.scenes.announcing import CONTACT, DOCUMENT, TITLE, paper
from tests.scenes.registry import reload


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


def do(client, step, case, **facts):
    """The step's page as an official uses it: read, then send."""
    url = f"/console/do/certificates.{step}/{case.pk}/"
    page = client.get(url)
    assert page.status_code == 200, (step, page.status_code)
    assert "<h1></h1>" not in page.content.decode()
    version = getattr(case, "version", "")
    response = client.post(url, {"key": f"{step}-{case.pk}-{version}", "version": version, **facts})
    assert response.status_code == 302, (step, response.content.decode()[-3000:])
    return response


def test_the_whole_way_through_the_console(passed, consolidated, bureaus, login, at):
    """Notice, document, batch: every step by its page, by three officials."""
    passed("张三", "李四")
    clerk, reviewer, lead = (login(role, "city") for role in ("city_clerk", "city_reviewer", "city_lead"))
    assert "待拟定市局公示" in clerk.get("/console/").content.decode()
    bureau = Bureau.objects.get(organisation__kind="city_bureau")
    cycle = Cycle.objects.get(year=2026)
    do(clerk, "begin_roster", consolidated, title=TITLE, contact=CONTACT)
    roster = ResultRoster.objects.get()
    page = clerk.get(f"/console/certificates/resultroster/{roster.pk}/change/").content.decode()
    assert "张三" in page and "提交审核" in page
    do(clerk, "submit_roster", roster)
    do(reviewer, "review_roster", reload(roster))
    do(lead, "sign_roster", reload(roster))
    assert reload(roster).state == RosterState.SIGNED

    at("2026-12-15 09:00:00")
    day = {"met_on": "2026-12-04", "qualified_on": "2026-12-04"}
    do(clerk, "draft_announcement", reload(roster), title="通知", addressee="各单位", **day)
    document = AnnouncementDocument.objects.get()
    do(clerk, "submit_announcement", document)
    do(reviewer, "review_announcement", reload(document))
    do(lead, "issue_announcement", reload(document), number="嘉人社[2026]3号", dated_on="2026-12-15")
    document = reload(document)
    assert (document.state, document.number) == (DocumentState.ISSUED, "嘉人社〔2026〕3号")

    do(clerk, "draft_profile", bureau, name="默认", text=DEFAULT_TEXT)
    do(reviewer, "use_profile", ColumnProfile.objects.get())
    profile = ColumnProfile.objects.get()
    do(clerk, "draft_batch", bureau, cycle=cycle.pk, kind="grant", profile=profile.pk, purpose="报送")
    batch = CertificateBatch.objects.get()
    do(clerk, "submit_batch", batch)
    do(reviewer, "approve_batch", reload(batch))
    assert "生成" in clerk.get(f"/console/certificates/certificatebatch/{batch.pk}/change/").content.decode()
    for job in DocumentJob.objects.filter(kind="certificates.batch_file"):
        make(job.pk)
    download = f"/console/certificates/certificatebatch/{batch.pk}/download/"
    assert clerk.get(download).status_code == 200
    assert clerk.post(download, {"format": "csv", "reason": ""}).status_code == 422
    response = clerk.post(download, {"format": "csv", "reason": "导入省系统"})
    assert "330481199003071232" in response.content.decode("utf-8-sig")
    assert "330481" not in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert AuditEvent.objects.filter(outcome="revealed").count() == 1
    assert lead.get(download).status_code == 403
    do(clerk, "deliver_batch", reload(batch), delivered_on="2026-12-15", delivery_note="导入")
    assert reload(batch).state == BatchState.DELIVERED
    for model in (
        "resultroster",
        "announcementdocument",
        "columnprofile",
        "certificatebatch",
        "titlegrant",
        "appointment",
        "annulment",
        "issuednumber",
    ):
        assert clerk.get(f"/console/certificates/{model}/").status_code == 200, model


def test_the_files_of_a_batch_are_not_among_my_files(issued, profile, bureaus, city, clerk, reviewer, login):
    issued("张三")
    facts = {"cycle": city.cycle, "kind": "grant", "profile": profile(), "purpose": "x"}
    batch = actions.batch.draft_batch(bureaus["city"], actor=clerk, **facts)
    batch = actions.batch.approve_batch(actions.batch.submit_batch(batch, actor=clerk), actor=reviewer)
    job = batch.files.first().job
    make(job.pk)
    for role in ("city_clerk", "city_reviewer", "city_lead", "sysadmin"):
        assert login(role, "city").get(f"/jobs/{job.pk}/file/").status_code == 404


def test_a_blocked_step_shows_its_reason_and_clause(on_notice, login):
    roster = on_notice("张三")
    client = login("city_clerk", "city")
    url = f"/console/do/certificates.draft_announcement/{roster.pk}/"
    day = {"met_on": "2026-12-04", "qualified_on": "2026-12-04"}
    response = client.post(url, {"key": "k", "version": roster.version, "title": "通知", "addressee": "各单位", **day})
    page = response.content.decode()
    assert response.status_code == 409
    assert "公示期" in page and "办法五（四）" in page and "各单位" in page


def test_a_preview_of_the_document_is_made_for_officials(on_notice, over, clerk, login):
    document = actions.announcement.draft_announcement(over(on_notice("张三", "李四")), actor=clerk, **DOCUMENT)
    client = login("city_clerk", "city")
    response = client.post(f"/console/certificates/announcementdocument/{document.pk}/pdf/")
    job = DocumentJob.objects.get(kind="certificates.announcement")
    assert response["Location"] == job.get_absolute_url()
    make(job.pk)
    file = client.get(f"/jobs/{job.pk}/file/")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert login("ent_hr", "A").get(f"/jobs/{job.pk}/file/").status_code == 404


def test_the_signed_papers_are_public_once_made(issued, client):
    document = issued("张三")
    assert client.get(f"/notices/documents/{document.pk}/document.pdf").status_code == 404
    make(document.pdf_id)
    make(document.roster.pdf_id)
    for path in (f"/notices/documents/{document.pk}/document.pdf", f"/notices/{document.roster.period_id}/notice.pdf"):
        response = client.get(path)
        assert response["Content-Type"] == "application/pdf"
        assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_hr_records_and_the_person_confirms_by_their_pages(issued, login, employee):
    issued("张三", "李四")
    hr, me = login("ent_hr", "A"), login("applicant", "A", "张三")
    page = hr.get("/ent/appointments/").content.decode()
    assert "张三" in page and "李四" in page
    case = Appointment.objects.get(person__name="张三")
    assert "登记聘任兑现" in hr.get(f"/appointments/{case.pk}/").content.decode()
    facts = {
        "post": "设计工程师", "document_number": "示精1号", "appointed_from": "2027-01-01", "appointed_to": "",
        "pay_item": "津贴", "pay_from": "2027-01", "evidence": paper(), "version": case.version, "key": "r",
    }  # fmt: skip
    response = hr.post(f"/do/certificates.record_appointment/{case.pk}/", facts)
    assert response["Location"] == f"/appointments/{case.pk}/"
    page = me.get(f"/appointments/{case.pk}/").content.decode()
    grant = TitleGrant.objects.get(person__name="张三")
    assert grant.printed_code in page and "data:image/svg" in page and "确认已兑现" in page
    assert grant.printed_code not in hr.get(f"/appointments/{case.pk}/").content.decode()
    case = reload(case)
    assert f'待您确认的聘任兑现：<a href="{case.get_absolute_url()}">' in me.get("/my/").content.decode()
    me.post(
        f"/do/certificates.confirm_appointment/{case.pk}/", {"confirmed": "on", "version": case.version, "key": "c"}
    )
    assert reload(case).state == AppointmentState.CONFIRMED
    assert "等您办理" not in me.get("/my/").content.decode()
    assert "本人已确认" in hr.get("/ent/appointments/?state=confirmed").content.decode()


def test_strangers_get_404_for_every_case(issued, login, clerk, at):
    issued("张三", "李四")
    case = Appointment.objects.get(person__name="张三")
    for role, place, name in (("ent_hr", "B", ""), ("applicant", "A", "李四"), ("applicant", "B", "王五")):
        assert login(role, place, name).get(f"/appointments/{case.pk}/").status_code == 404
    county = login("county", "tongxiang")
    assert county.get(f"/console/certificates/appointment/{case.pk}/change/").status_code == 404
    assert login("county", "haining").get(f"/console/certificates/appointment/{case.pk}/change/").status_code == 200
    assert login("county", "haining").get("/console/certificates/titlegrant/").status_code == 200


def test_the_result_notice_is_the_persons_own(issued, login):
    issued("张三", "李四")
    case = Appointment.objects.get(person__name="张三")
    me = login("applicant", "A", "张三")
    response = me.post(f"/appointments/{case.pk}/notice/")
    job = DocumentJob.objects.get(kind="certificates.result")
    assert response["Location"] == job.get_absolute_url()
    make(job.pk)
    assert b"".join(me.get(f"/jobs/{job.pk}/file/").streaming_content).startswith(b"%PDF")
    assert login("applicant", "A", "李四").get(f"/jobs/{job.pk}/file/").status_code == 404
    assert login("ent_hr", "A").post(f"/appointments/{case.pk}/notice/").status_code == 403
    assert case.grant.printed_code in me.get(f"/appointments/{case.pk}/").content.decode()
    assert "我的资格" in me.get("/my/titles/").content.decode()


@pytest.mark.parametrize("people", [("张三",), ("张三", "李四", "王五")])
def test_the_ledger_costs_the_same_for_one_and_for_three(issued, login, people, django_assert_max_num_queries):
    issued(*people)
    client = login("ent_hr", "A")
    client.get("/ent/appointments/")
    with django_assert_max_num_queries(12):
        assert client.get("/ent/appointments/").status_code == 200


def test_the_defence_is_given_by_the_persons_page(issued, clerk, login, at):
    issued("张三", "李四")
    steps = actions.annulment
    application = Appointment.objects.get(person__name="张三").grant.application
    case = steps.open_annulment(application, actor=clerk, ground="false_material", facts="伪造。")
    me = login("applicant", "A", "张三")
    assert me.get(f"/annulments/{case.pk}/").status_code == 404
    case = steps.notice_annulment(case, actor=clerk, statement_due_on=dt.date(2027, 1, 15))
    assert "伪造。" in me.get(f"/annulments/{case.pk}/").content.decode()
    me.post(
        f"/do/certificates.state_defence/{case.pk}/", {"statement": "材料真实。", "version": case.version, "key": "d"}
    )
    assert reload(case).statement == "材料真实。"
    assert login("applicant", "A", "李四").get(f"/annulments/{case.pk}/").status_code == 404


def test_the_ledger_is_exported_within_what_the_organisation_sees(issued, login):
    issued("张三", "李四")
    for role, place, people in (
        ("ent_hr", "A", 2),
        ("ent_hr", "B", 0),
        ("county", "haining", 2),
        ("county", "tongxiang", 0),
    ):
        client = login(role, place)
        response = client.post("/appointments/export/2026/")
        job = DocumentJob.objects.filter(kind="certificates.ledger").latest("pk")
        assert response["Location"] == job.get_absolute_url()
        make(job.pk)
        content = b"".join(client.get(f"/jobs/{job.pk}/file/").streaming_content)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        assert len([row for row in rows if row[0]]) == people
        assert not any("330481" in str(value) for row in rows for value in row)
    assert "兑现情况" in login("county", "haining").get("/console/certificates/appointment/").content.decode()
    assert login("applicant", "A", "张三").post("/appointments/export/2026/").status_code == 403


def test_the_decision_is_served_on_the_person_and_the_company(issued, clerk, reviewer, lead, login, at):
    issued("张三", "李四")
    case = revoke("张三", clerk, reviewer, lead, at)
    url = f"/annulments/{case.pk}/decision.pdf"
    me = login("applicant", "A", "张三")
    assert me.get(url).status_code == 404  # not made yet
    make(case.pdf_id)
    assert url in me.get(f"/annulments/{case.pk}/").content.decode()
    for client in (me, login("ent_hr", "A")):
        assert b"".join(client.get(url).streaming_content).startswith(b"%PDF")
    for client in (login("applicant", "A", "李四"), login("ent_hr", "B")):
        assert client.get(url).status_code == 404
