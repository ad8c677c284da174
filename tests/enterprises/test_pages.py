"""The pilot stage by its pages, through real HTTP: a January of the company, the desks, the public list."""

import re

import pytest
from django.urls import reverse

from enterprises.choices import Material
from enterprises.models import ApprovedList, PilotApplication, PilotPlan, Speciality
from tests.scenes.pilot import SECTION_TEXTS, criteria, talent_row


def url(name: str, *args) -> str:
    return reverse(f"enterprises:{name}", args=args)


def text(response) -> str:
    return response.content.decode()


def do(client, step: str, case, **facts):
    """Open a step's page and post it with the hidden fields that the page carries."""
    place = "console_do" if "console" in facts.pop("place", "") else "do"
    address = reverse(place, args=[f"enterprises.{step}", case.pk])
    page = client.get(address)
    assert page.status_code == 200, text(page)
    hidden = dict(re.findall(r'name="(key|version)" value="([^"]*)"', text(page)))
    return client.post(address, {**hidden, **facts})


def formset(prefix: str, rows: list[dict]) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def condition_rows(verdict: str, **named: str) -> dict[str, str]:
    rows = [
        {"condition": one, "verdict": named.get(one, verdict), "slot": "hr_system", "pages": "第2页", "note": ""}
        for one in "abcd"
    ]
    return {**formset("conditions", rows), "conditions-INITIAL_FORMS": 4}


@pytest.fixture
def scope(db):
    return list(Speciality.objects.filter(name__in=["机械设计", "自动化控制"]))


@pytest.fixture
def hr(company, login):
    company("A")
    return login("ent_hr", "A")


def begun(hr) -> PilotApplication:
    response = hr.post(url("applications"))
    assert response.status_code == 302
    return PilotApplication.objects.get()


def test_a_company_fills_in_its_application_by_its_pages(hr, login, scope, pdf):
    application = begun(hr)
    page = text(hr.get(application.get_absolute_url()))
    assert "还没有提交" in page
    assert "暂不能开始" in page
    company = {
        "ownership": "private",
        "address": "海宁市示例路1号",
        "legal_person": "周明",
        "contact_name": "李静",
        "contact_phone": "0573-87000001",
        "contact_email": "",
    }
    assert hr.post(url("company"), company).status_code == 302
    proof = {"category": "high_tech", "certificate_number": "GR2024", "valid_until": "2027-12-01", "file": pdf()}
    assert hr.post(url("add_proof"), proof).status_code == 302
    profile = {
        "total_staff": 320,
        "research_staff": 40,
        "levels": ["engineer"],
        "specialities": [one.pk for one in scope],
        "panel_size": 7,
        "summary": "",
    }
    assert hr.post(url("application_profile", application.pk), profile).status_code == 302
    row = talent_row(scope[0]) | {"speciality": scope[0].pk}
    talent = formset("talent", [row, {"speciality": ""}])
    assert hr.post(url("application_talent", application.pk), talent).status_code == 302
    expert = {"name": "王海", "title_level": "senior", "title_name": "高级工程师", "speciality": scope[0].pk}
    experts = formset("experts", [expert, {"name": ""}])
    assert hr.post(url("application_experts", application.pk), experts).status_code == 302
    for slot in Material.required():
        sent = hr.post(url("application_files", application.pk), {"slot": slot.value, "file": pdf(f"{slot.label}.pdf")})
        assert sent.status_code == 302, text(sent)
    assert hr.post(url("application_conditions", application.pk), condition_rows("met")).status_code == 302
    check = text(hr.get(url("application_check", application.pk)))
    assert "提交负责人确认" in check
    assert "专业技术人员60人" in check
    assert do(hr, "hand_application_to_lead", application, commitment="on").status_code == 302
    assert "等待企业负责人确认" in text(hr.get(application.get_absolute_url()))
    lead = login("ent_lead", "A")
    assert str(application) in text(lead.get(url("home")))
    assert do(lead, "submit_application", application, responsibility="on").status_code == 302
    page = text(lead.get(application.get_absolute_url()))
    assert "SD2026" in page
    assert "not-submitted" not in page


@pytest.mark.parametrize(
    ("part", "data", "sentence"),
    [
        ("profile", {"total_staff": "很多"}, "职工总数"),
        (
            "talent",
            {**formset("talent", [{"senior": 3, "speciality": ""}])},
            "这一行填了人数，请选择专业。",
        ),
        ("experts", {**formset("experts", [{"title_name": "高级工程师"}])}, "请填写姓名。"),
        ("talent", {"talent-TOTAL_FORMS": "x"}, "有"),
    ],
    ids=["not a number", "no speciality", "no name", "broken form"],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(hr, part, data, sentence):
    application = begun(hr)
    response = hr.post(url(f"application_{part}", application.pk), data)
    assert response.status_code == 422
    page = text(response)
    assert "处需要修改" in page
    assert sentence in page
    assert "错误：" in page


def test_a_wrong_file_is_refused_in_words(hr, pdf):
    application = begun(hr)
    bad = pdf("材料.exe")
    response = hr.post(url("application_files", application.pk), {"slot": "report", "file": bad})
    assert response.status_code == 422
    assert "不接收“.exe”文件" in text(response)


def test_a_locked_application_is_only_shown(applied, login):
    application = applied("A", "submitted")
    hr = login("ent_hr", "A")
    response = hr.get(url("application_profile", application.pk), follow=True)
    assert "只能查看" in text(response)
    refused = hr.post(url("application_conditions", application.pk), condition_rows("unmet"))
    assert refused.status_code == 409
    assert application.checks.filter(desk="enterprise", verdict="met").count() == 4


def test_strangers_find_nothing(applied, company, login):
    application = applied("A", "submitted")
    company("B")
    for client in (login("ent_hr", "B"), login("county", "tongxiang"), login("applicant", "A")):
        assert client.get(application.get_absolute_url()).status_code in (403, 404)
    other = login("county", "tongxiang").get(application.console_url())
    assert other.status_code == 404


def test_the_county_decides_on_one_page(applied, login):
    application = applied("A", "submitted")
    county = login("county", "haining")
    inbox = text(county.get("/console/"))
    assert application.console_url() in inbox
    page = text(county.get(application.console_url()))
    assert "审查要点" in page
    assert "iframe" in page  # the file beside the checklist
    application.refresh_from_db()
    assert application.opened_at is not None
    desk = reverse("admin:enterprises_application_desk", args=[application.pk])
    facts = {"version": application.version, "opinion": "材料齐全，同意推荐", "act": "recommend"}
    refused = county.post(desk, condition_rows("met", d="unclear") | facts)
    assert refused.status_code == 409
    assert "审查结论不是“符合”" in text(refused)
    application.refresh_from_db()
    assert application.county_opinion == "材料齐全，同意推荐"  # what was typed is kept
    done = county.post(desk, condition_rows("met") | facts | {"version": application.version})
    assert done.status_code == 302
    application.refresh_from_db()
    assert application.state == "recommended"


def test_a_correction_notice_goes_out_and_comes_back(applied, login):
    application = applied("A", "submitted")
    county = login("county", "haining")
    address = reverse("admin:enterprises_application_correction", args=[application.pk])
    assert "一次性告知补正" in text(county.get(address))
    empty = county.post(address, formset("items", [{"place": "profile"}]) | {"due_on": "2026-02-20"})
    assert empty.status_code == 409
    assert "至少写明一处" in text(empty)
    half = [{"place": "pay_system", "defect": "没有盖章", "remedy": ""}]
    assert county.post(address, formset("items", half) | {"due_on": "2026-02-20"}).status_code == 422
    full = [{"place": "pay_system", "defect": "没有盖章", "remedy": "补盖公章"}]
    assert county.post(address, formset("items", full) | {"due_on": "2026-02-20"}).status_code == 302
    hr = login("ent_hr", "A")
    page = text(hr.get(application.get_absolute_url()))
    assert "没有盖章" in page
    assert "有问题" in page
    assert "2月20日" in page
    assert "没有盖章" in text(hr.get(url("application_files", application.pk)))


def test_city_assesses_lists_decides_and_publishes(applied, login, bureaus, city):
    application = applied("A", "recommended")
    clerk, reviewer, lead = login("city_clerk", "city"), login("city_reviewer", "city"), login("city_lead", "city")
    desk = reverse("admin:enterprises_application_desk", args=[application.pk])
    facts = {"version": application.version, "proposed_outcome": "approve", "assessment": "符合", "act": "assess"}
    assert clerk.post(desk, condition_rows("met") | facts).status_code == 302
    assert do(reviewer, "review_application", application, place="console", opinion="同意").status_code == 302
    made = do(clerk, "draft_list", bureaus["city"], place="console", cycle=city.cycle.pk)
    assert made.status_code == 302
    approved = ApprovedList.objects.get()
    entry = approved.entries.get()
    address = reverse("admin:enterprises_list_entry", args=[approved.pk, entry.pk])
    assert address in text(clerk.get(approved.console_url()))
    kept = entry.specialities.first()
    narrowed = clerk.post(address, {"levels": ["engineer"], "specialities": [kept.pk], "version": approved.version})
    assert narrowed.status_code == 302
    assert do(clerk, "submit_list", approved, place="console").status_code == 302
    assert do(reviewer, "review_list", approved, place="console", opinion="").status_code == 302
    assert str(approved) in text(lead.get("/console/"))
    decision = {"held_on": "2026-02-02", "meeting": "局长办公会", "attendees": "张某", "conclusion": "同意"}
    assert do(lead, "decide_list", approved, place="console", **decision).status_code == 302
    assert lead.get("/enterprises/2026/").status_code == 404
    assert do(clerk, "publish_list", approved, place="console").status_code == 302
    public = text(clerk.get("/enterprises/2026/"))
    assert "示例精密机械有限公司" in public
    assert kept.name in public
    assert approved.decision.list_hash in public


def test_the_public_list_is_for_everybody(published, client, django_assert_num_queries):
    published("A")
    assert client.get("/enterprises/").url == "/enterprises/2026/"
    with django_assert_num_queries(6):
        page = text(client.get("/enterprises/2026/"))
    assert "有效" in page
    rows = client.get("/enterprises/2026/list.json").json()["企业"]
    assert rows[0]["级别"] == "工程师、助理工程师"
    sheet = client.get("/enterprises/2026/list.csv").content.decode("utf-8-sig")
    assert sheet.splitlines()[0].startswith("年度,县(市、区),企业名称")
    assert "sessionid" not in client.cookies
    assert client.get("/enterprises/2031/").status_code == 404


def test_more_companies_cost_no_more_queries(published, client, django_assert_num_queries):
    published("A", "B")
    with django_assert_num_queries(6):
        page = text(client.get("/enterprises/2026/"))
    assert "海宁市" in page
    assert "桐乡市" in page


def test_a_plan_is_written_sent_and_approved_by_pages(listed, login, pdf):
    authority = listed("A")
    hr, lead = login("ent_hr", "A"), login("ent_lead", "A")
    assert do(hr, "start_plan", authority).status_code == 302
    plan = PilotPlan.objects.get()
    page = text(hr.get(plan.get_absolute_url()))
    assert "还没有报送市人社局" in page
    for section, words in SECTION_TEXTS.items():
        address = url("plan_section", plan.pk, section.value)
        assert hr.post(address, {"kind": section.value, "text": words}).status_code == 302
    for level in authority.levels:
        for facts in criteria():
            assert hr.post(url("plan_criteria", plan.pk), {"level": level, **facts}).status_code == 302
        pay = {"level": level, "post": "技术岗", "pay_item": "职称津贴", "monthly_increase": 300}
        assert hr.post(url("plan_pay", plan.pk), pay).status_code == 302
    paper = {"level": "engineer", "route": "review", "kind": "paper", "necessity": "required", "text": "须发表论文1篇"}
    nobody = hr.post(url("plan_criteria", plan.pk), paper)
    assert nobody.status_code == 422 and set(nobody.context["form"].errors) == {"speciality", "post"}
    paper |= {"speciality": plan.authority.specialities.first().pk, "post": "工艺岗"}
    hr.post(url("plan_criteria", plan.pk), paper)
    page = text(hr.get(url("plan_criteria", plan.pk)))
    assert "须修改" in page
    blocked = text(lead.get(plan.get_absolute_url()))
    assert "论文" in blocked
    row = plan.criteria.get(kind="paper")
    assert row.applies_to == f"{row.speciality.name}，工艺岗" and row.applies_to in page
    form = hr.get(url("plan_criterion", plan.pk, row.pk)).context["form"]
    assert (form["speciality"].value(), form["post"].value()) == (row.speciality_id, "工艺岗")
    changed = paper | {"text": "论文或技术报告、专利等任选其一"}
    assert hr.post(url("plan_criterion", plan.pk, row.pk), changed).status_code == 302
    minutes = {"met_on": "2026-02-02", "attendees": "周明", "conclusion": "同意", "file": pdf("纪要.pdf")}
    assert do(lead, "resolve_plan", plan, **minutes).status_code == 302
    assert do(lead, "submit_plan", plan, responsibility="on").status_code == 302
    clerk, reviewer = login("city_clerk", "city"), login("city_reviewer", "city")
    page = text(clerk.get(plan.console_url()))
    assert "领导班子审议" in page
    comment = reverse("admin:enterprises_plan_comment", args=[plan.pk])
    assert clerk.post(comment, {"section": "panel", "text": "写明产生办法"}).status_code == 302
    assert clerk.post(comment, {"section": "panel", "text": ""}).status_code == 422
    resolve = reverse("admin:enterprises_plan_resolve", args=[plan.pk, plan.comments.get().pk])
    assert clerk.post(resolve).status_code == 302
    assert do(clerk, "review_plan", plan, place="console", opinion="符合").status_code == 302
    assert do(reviewer, "approve_plan", plan, place="console").status_code == 302
    public = text(clerk.get(f"/enterprises/2026/{authority.pk}/"))
    assert "写明产生办法" not in public
    assert "个人述职、综合考核" in public


def test_self_check_says_what_is_missing(client, db):
    assert "企业适合自查" in text(client.get("/enterprises/check/"))
    assert "可以申请" in text(client.get("/enterprises/check/?a=yes&b=yes&c=yes&d=yes"))
    assert "暂时不适合申请" in text(client.get("/enterprises/check/?a=yes&b=no&c=yes&d=yes"))
    assert "请回答" in text(client.get("/enterprises/check/?a=yes"))


@pytest.mark.parametrize("role", ["ent_hr", "ent_lead"])
def test_the_companys_pages_open_for_its_people(planned, login, role):
    plan = planned("A")
    client = login(role, "A")
    pages = [url(name) for name in ("home", "company", "applications", "plans", "credit")]
    pages += [plan.get_absolute_url(), plan.authority.entry.application.get_absolute_url()]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert "style=" not in text(response)


@pytest.mark.parametrize("role", ["city_clerk", "city_reviewer", "city_lead", "auditor"])
def test_console_registers_open(planned, login, role):
    plan = planned("A")
    client = login(role, "city")
    for model in (
        "bureau",
        "enterprise",
        "pilotapplication",
        "approvedlist",
        "reviewauthority",
        "pilotplan",
        "creditrecord",
        "sanctioncase",
        "speciality",
    ):
        assert client.get(f"/console/enterprises/{model}/").status_code == 200, model
    authority = plan.authority
    for case in (plan, authority, authority.entry.application, authority.entry.list, plan.enterprise):
        assert client.get(case.console_url()).status_code == 200, case
