"""The pages by real HTTP: an applicant from invitation to receipt, HR's desk within its clicks, round and notice."""

import re

import pytest
from django.urls import reverse

from applications import actions
from applications.models import AnnualRound, TitleApplication
from enterprises.models import Speciality
from tests.scenes.engineer import RECORDS, hours, ticks

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


PERSON_FIELDS = {
    "gender": "male",
    "born_on": "1998-05-04",
    "ethnicity": "汉族",
    "first_worked_on": "2021年7月",
    "present_work": "机械设计",
    "present_title": "none",
    "front_line": "on",
    "front_line_basis": "在装配车间负责工艺",
    "summary": "完成三条产线的夹具改造。",
}


def hidden(response) -> dict[str, str]:
    """version and key as the page carries them."""
    text = response.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text).group(1) for name in ("version", "key")}


def cards(topic: str, rows: list[dict]) -> dict[str, str]:
    data = {f"{topic}-TOTAL_FORMS": len(rows), f"{topic}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        for name, value in row.items():
            if value is not False:
                data[f"{topic}-{number}-{name}"] = "on" if value is True else value
    return data


@pytest.fixture
def me(open_round, employee, login):
    year = open_round()
    employee(year, "张三")
    return year, login("applicant", "A", "张三")


def test_an_applicant_gets_from_the_call_to_the_receipt(me, pdf):
    year, client = me
    home = client.get("/my/").content.decode()
    assert "2026年度职称申报开始了" in home
    start = actions.start_application.url(year)
    page = client.get(start)
    assert page.status_code == 200
    speciality = Speciality.objects.get(name="机械设计").pk
    response = client.post(start, {**hidden(page), "level": "engineer", "speciality": speciality, "route": "review"})
    application = TitleApplication.objects.get()
    assert response.url == f"/my/applications/{application.pk}/"
    assert "还没有提交" in client.get(response.url).content.decode()

    url = f"/my/applications/{application.pk}/person/"
    response = client.post(url, {**hidden(client.get(url)), **PERSON_FIELDS, "file": pdf("合同.pdf"), "then": "next"})
    assert response.status_code == 302, response.content.decode()
    assert response.url == f"/my/applications/{application.pk}/education/"
    for topic, rows in RECORDS.items():
        url = f"/my/applications/{application.pk}/{topic}/"
        data = {**hidden(client.get(url)), **cards(topic, rows), "then": "next"}
        if topic in ("education", "assessments", "hours", "achievements"):
            data["file"] = pdf(f"{topic}.pdf")
        response = client.post(url, data)
        assert response.status_code == 302, response.content.decode()
    url = f"/my/applications/{application.pk}/check/"
    page = client.get(url)
    assert "自查结论：符合条件" in page.content.decode()
    response = client.post(url, {**hidden(page), "agreed": "on", "typed_name": "张三"}, follow=True)
    told = response.content.decode()
    application.refresh_from_db()
    assert application.state == "submitted"
    assert application.first_worked_on == "2021-07"
    assert "查询码" in told and "还没有提交" not in told


def test_wrong_entries_come_back_beside_their_fields_and_nothing_is_lost(me, drafted_application):
    year, client = me
    application = drafted_application(year)
    url = f"/my/applications/{application.pk}/work/"
    wrong = [{**RECORDS["work"][0], "began_on": "2023-02-30", "employer": "另一家单位"}]
    response = client.post(url, {**hidden(client.get(url)), **cards("work", wrong)})
    text = response.content.decode()
    assert response.status_code == 422
    assert text.count("这一天不存在") == 2  # in the summary and beside the field
    assert 'href="#id_work-0-began_on"' in text and "另一家单位" in text
    assert application.work_periods.get().employer == "示例精密机械有限公司"


def test_a_stale_page_keeps_what_was_typed(me, drafted_application):
    year, client = me
    application = drafted_application(year)
    url = f"/my/applications/{application.pk}/person/"
    old = hidden(client.get(url))
    client.post(url, {**hidden(client.get(url)), **PERSON_FIELDS})
    response = client.post(url, {**old, **PERSON_FIELDS, "summary": "第二个窗口写的"})
    assert response.status_code == 422
    assert "刚刚被改动过" in response.content.decode() and "第二个窗口写的" in response.content.decode()


def test_a_card_is_added_and_deleted_without_javascript(me, drafted_application):
    year, client = me
    application = drafted_application(year)
    url = f"/my/applications/{application.pk}/work/"
    page = client.get(url + "?extra=1")
    assert "第2条" in page.content.decode()
    data = cards("work", [RECORDS["work"][0], {**RECORDS["work"][0], "began_on": "2019-01", "ended_on": "2020-01"}])
    data["work-INITIAL_FORMS"] = 1
    client.post(url, {**hidden(page), **data})
    assert application.work_periods.count() == 2
    data["work-INITIAL_FORMS"] = 2
    client.post(url, {**hidden(client.get(url)), **data, "work-1-DELETE": "on"})
    assert application.work_periods.count() == 1


def test_a_file_is_uploaded_and_taken_off_again(me, drafted_application, pdf):
    year, client = me
    application = drafted_application(year)
    url = f"/my/applications/{application.pk}/education/"
    page = client.get(url)
    data = {**hidden(page), **cards("education", RECORDS["education"]), "file": pdf("学位证.pdf"), "note": "学位"}
    client.post(url, {**data, "then": "file"})
    evidence = application.evidence.get(note="学位")
    assert "学位证.pdf" in client.get(url).content.decode()
    assert client.get(reverse("attachments:download", args=[evidence.attachment_id])).status_code == 200
    client.post(reverse("applications:remove_file", args=[application.pk, evidence.pk]))
    assert not application.evidence.filter(note="学位").exists()


def test_a_bad_file_is_refused_beside_its_field(me, drafted_application):
    from django.core.files.uploadedfile import SimpleUploadedFile

    year, client = me
    application = drafted_application(year)
    url = f"/my/applications/{application.pk}/education/"
    data = {**hidden(client.get(url)), **cards("education", RECORDS["education"])}
    response = client.post(url, {**data, "file": SimpleUploadedFile("木马.pdf", b"MZ not a pdf")})
    assert response.status_code == 422
    assert "错误" in response.content.decode() and application.evidence.filter(topic="education").count() == 1


def test_strangers_get_404_for_every_address_of_an_application(open_round, submitted, employee, login, company):
    year = open_round()
    application = submitted(year)
    employee(year, "李四")
    company("B")
    pages = ["", "check/", "person/", "education/", "scope/"]
    for client in (login("applicant", "A", "李四"), login("ent_hr", "B"), login("county", "tongxiang")):
        for page in pages:
            assert client.get(f"/my/applications/{application.pk}/{page}").status_code in (403, 404)
        assert client.get(f"/ent/applicants/{application.pk}/").status_code in (403, 404)
    other = login("ent_hr", "B")
    assert other.get(f"/ent/applicants/{application.pk}/").status_code == 404
    assert other.get(f"/ent/round/{year.pk}/").status_code == 404
    evidence = application.evidence.first()
    assert other.get(reverse("attachments:download", args=[evidence.attachment_id])).status_code in (403, 404)


def test_hr_approves_one_with_files_beside_the_checklist(open_round, submitted, login):
    """A12: 待审核 → the person → 审核通过: three clicks after signing in."""
    application = submitted(open_round())
    client = login("ent_hr", "A")
    assert "待审核（1）" in client.get("/ent/applicants/").content.decode()
    url = f"/ent/applicants/{application.pk}/"
    page = client.get(url)
    text = page.content.decode()
    assert "education.pdf" in text and "核实无误：大学本科" in text
    response = client.post(
        url, {**hidden(page), "fact": [one["fact_hash"] for one in ticks(application)][:-1], "then": "endorse"}
    )
    assert response.status_code == 422 and "还有1项没有核实" in response.content.decode()
    page = client.get(url)
    assert page.content.decode().count("checked") == len(ticks(application)) - 1  # the ticks were kept
    response = client.post(
        url, {**hidden(page), "fact": [one["fact_hash"] for one in ticks(application)], "then": "endorse"}
    )
    assert response.status_code == 302
    application.refresh_from_db()
    assert application.state == "endorsed"


def test_a_batch_takes_the_ticked_ones_only_and_tells_about_each(open_round, submitted, login):
    """A12, A28: list → preview → confirm."""
    year = open_round()
    people = [submitted(year, f"张{number}") for number in "一二三"]
    late = submitted(
        year,
        "初定人",
        level="assistant_engineer",
        route="initial",
        records={"education": [{**RECORDS["education"][0], "awarded_on": "2025-06-30"}]},
    )
    client = login("ent_hr", "A")
    picked = [people[0].pk, people[1].pk, late.pk]
    preview = client.post("/ent/applicants/batch/", {"pick": picked}).content.decode()
    assert "张一" in preview and "张三" not in preview
    refused = client.post("/ent/applicants/batch/", {"pick": picked, "confirm": "1"})
    assert refused.status_code == 422
    assert not TitleApplication.objects.filter(state="endorsed").exists()
    done = client.post("/ent/applicants/batch/", {"pick": picked, "confirm": "1", "verified": "1"}).content.decode()
    assert "已审核通过2人，1人没有办理" in done and "初定考核" in done
    states = dict(TitleApplication.objects.values_list("person__name", "state"))
    assert states == {"张一": "endorsed", "张二": "endorsed", "张三": "submitted", "初定人": "submitted"}


def test_hr_returns_and_refuses_through_the_step_pages(open_round, submitted, login):
    year = open_round()
    one, two = submitted(year, "张三"), submitted(year, "李四")
    client = login("ent_hr", "A")
    url = actions.return_application.url(one)
    page = client.get(url)
    data = {**hidden(page), "due_on": "2026-09-20", "topic_1": "work", "problem_1": "缺合同", "remedy_1": "补传"}
    assert client.post(url, data).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.returns.get().items[0]["problem"]) == ("returned", "缺合同")
    url = actions.refuse.url(two)
    response = client.post(url, {**hidden(client.get(url)), "clause": "", "reason": ""})
    assert response.status_code == 422
    assert client.post(url, {**hidden(client.get(url)), "clause": "附件一", "reason": "考核不实"}).status_code == 302
    mine = login("applicant", "A", "李四").get(f"/my/applications/{two.pk}/").content.decode()
    assert "考核不实" in mine


def test_hours_are_supplemented_on_their_page(open_round, submitted, login):
    application = submitted(open_round(), records={"hours": hours("88")})
    client = login("ent_hr", "A")
    url = f"/ent/applicants/{application.pk}/hours/"
    line = {
        "year": 2026,
        "kind": "public",
        "content": "公需课",
        "organiser": "",
        "hours": "2",
        "certificate_number": "",
    }
    assert client.post(url, {**hidden(client.get(url)), **line}).status_code == 302
    application.refresh_from_db()
    assert (application.latest.number, application.verdict) == (2, "eligible")


def test_round_and_notice_are_made_on_their_pages(open_round, submitted, actor, login, at):
    from tests.scenes.engineer import endorse

    year = open_round()
    endorse(submitted(year, "张三"), actor("ent_hr", "A"))
    client = login("ent_hr", "A")
    assert "个人申报" in client.get(f"/ent/round/{year.pk}/").content.decode()
    at("2026-10-09 09:00:00")
    url = actions.close_round.url(year)
    client.post(url, hidden(client.get(url)))
    url = f"/ent/round/{year.pk}/notice/"
    page = client.get(url)
    text = page.content.decode()
    assert "10月15日" in text and "夹具改造" in text
    response = client.post(url, {**hidden(page), "contact": "李人事"})
    roster = AnnualRound.objects.get().roster
    assert response.url == f"/ent/notice/{roster.pk}/"
    shown = client.get(response.url).content.decode()
    assert "张三" in shown and roster.period.poster_code in shown and "更正" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_number_of_queries_for_one_and_for_three(
    open_round, submitted, login, count, django_assert_num_queries
):
    year = open_round()
    for name in "一二三"[:count]:
        submitted(year, f"张{name}")
    client = login("ent_hr", "A")
    for url, queries in (("/ent/applicants/", 8), ("/ent/people/", 6)):
        client.get(url)
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200


def test_the_import_goes_from_upload_to_result(open_round, login, pdf):
    from tests.applications.test_import import person, workbook

    open_round()
    client = login("ent_hr", "A")
    assert client.get("/ent/import/template.xlsx").status_code == 200
    page = client.get("/ent/import/")
    key = re.search(r'name="key" value="([^"]*)"', page.content.decode()).group(1)
    file = workbook([person("E0000001", "甲"), person("E0000002", "乙", level="高级工程师")])
    response = client.post("/ent/import/", {"key": key, "file": file})
    assert response.status_code == 302, response.content.decode()
    page = client.get(response.url)
    text = page.content.decode()
    assert "还没有导入任何数据" in text and "只导入正确的1人" in text and "高级工程师" in text
    assert client.get(f"{response.url}errors.xlsx").status_code == 200
    done = client.post(response.url, {**hidden(page), "then": "confirm"}, follow=True).content.decode()
    assert "新增1人" in done


def test_the_export_is_recorded(open_round, drafted_application, login):
    from jiaxing_titles.audit.models import AuditEvent

    year = open_round()
    drafted_application(year)
    response = login("ent_hr", "A").post(f"/ent/round/{year.pk}/export/")
    assert response["Content-Type"].startswith("application/vnd.openxml")
    assert AuditEvent.objects.filter(outcome="revealed", subject_id=year.pk).count() == 1
