"""What the public reads and sends, through real requests without any account."""

import datetime as dt
import re

import pytest
from django.test import Client

from applications.models import TitleApplication
from applications.rules.lookup_code import shown
from certificates import actions
from certificates.models import TitleGrant
from jiaxing_titles.publicity.models import Objection
from jiaxing_titles.ratelimit.models import AttemptWindow
from tests.certificates.test_annulment_steps import DECISION
from tests.scenes.announcing import DOCUMENT, IDS
from tests.scenes.registry import reload

NOTHING_PERSONAL = re.compile("|".join([*IDS, r"13800000001", r"1998", r"E\d{8}"]))


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


@pytest.fixture
def anyone():
    return Client()


def text_of(response):
    return response.content.decode()


def test_the_notice_shows_the_whitelist_and_its_counted_days(on_notice, anyone, django_assert_max_num_queries):
    roster = on_notice("张三", "李四")
    with django_assert_max_num_queries(9):
        response = anyone.get(f"/notices/{roster.period_id}/")
    page = text_of(response)
    assert response.status_code == 200
    for word in ("张三", "李四", "机械设计", "工程师", "评审", "示例精密机械有限公司", "还剩 5 个工作日", "12月14日"):
        assert word in page
    assert not NOTHING_PERSONAL.search(page)
    assert "工艺部" not in page
    assert response["X-Robots-Tag"].startswith("noindex")
    assert not response.cookies.get("sessionid")


def test_the_list_of_notices_names_nobody(on_notice, anyone):
    on_notice("张三")
    page = text_of(anyone.get("/notices/"))
    assert "2026年度评审通过人员公示" in page
    assert "张三" not in page


@pytest.mark.parametrize("people", [("张三",), ("张三", "李四", "王五")])
def test_the_notice_costs_the_same_for_one_and_for_three(on_notice, anyone, people, django_assert_num_queries):
    roster = on_notice(*people)
    with django_assert_num_queries(6):
        anyone.get(f"/notices/{roster.period_id}/")


def test_the_names_come_down_thirty_days_after_the_end(on_notice, over, anyone, at):
    roster = over(on_notice("张三"))
    at("2027-01-13 23:59:59")
    assert "张三" in text_of(anyone.get(f"/notices/{roster.period_id}/"))
    at("2027-01-14 00:00:00")
    page = text_of(anyone.get(f"/notices/{roster.period_id}/"))
    assert "张三" not in page and "名单已撤下" in page
    assert anyone.get(f"/notices/{roster.period_id}/objection/").status_code == 404


def test_an_objection_by_name_gives_a_code_that_tells_its_state(on_notice, anyone, clerk):
    roster = on_notice("张三", "李四")
    url = f"/notices/{roster.period_id}/objection/"
    assert 'value="2"' in text_of(anyone.get(f"{url}?number=2"))
    facts = {"number": "2", "complainant": "赵六", "phone": "13800000001", "text": "业绩不是本人完成。"}
    response = anyone.post(url, facts)
    objection = Objection.objects.get()
    assert response["Location"] == f"/objections/{objection.code}/"
    assert objection.entry.number == 2 and not objection.late
    typed = anyone.post("/objections/", {"code": f" {objection.code.lower()} "})
    assert typed["Location"] == response["Location"]
    page = text_of(anyone.get(response["Location"]))
    assert "已收到" in page
    assert not any(word in page for word in ("赵六", "13800000001", "张三", "业绩不是本人完成"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "9"}, "没有这个序号"),
        ({"complainant": ""}, "您的姓名"),
        ({"phone": "123"}, "电话"),
        ({"text": ""}, "异议内容"),
    ],
)
def test_a_wrong_objection_keeps_what_was_typed(on_notice, anyone, change, sentence):
    roster = on_notice("张三")
    facts = {"number": "1", "complainant": "赵六", "phone": "13800000001", "text": "业绩不是本人完成。", **change}
    response = anyone.post(f"/notices/{roster.period_id}/objection/", facts)
    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page and "<title>错误：" in page
    assert not Objection.objects.exists()
    if "text" not in change:
        assert "业绩不是本人完成。" in page


def test_a_phone_objects_three_times_a_day(on_notice, anyone):
    roster = on_notice("张三")
    facts = {"number": "1", "complainant": "赵六", "phone": "13800000001", "text": "x"}
    answers = [anyone.post(f"/notices/{roster.period_id}/objection/", facts).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert Objection.objects.count() == 3


def test_the_document_is_public_and_says_what_was_corrected_since(issued, anyone, clerk, reviewer, lead, at):
    document = issued("张三", "李四")
    page = text_of(anyone.get(f"/notices/documents/{document.pk}/"))
    assert "嘉人社〔2026〕3号" in page and "张三" in page and "更正" not in page
    revoke("张三", clerk, reviewer, lead, at)
    page = text_of(anyone.get(f"/notices/documents/{document.pk}/"))
    assert "嘉人社〔2027〕8号" in page and "更正" in page and page.count("张三") == 2
    assert not NOTHING_PERSONAL.search(page)


def revoke(name, clerk, reviewer, lead, at):
    steps = actions.annulment
    at("2027-03-01 09:00:00")
    application = TitleApplication.objects.get(person__name=name)
    case = steps.open_annulment(application, actor=clerk, ground="false_material", facts="伪造。")
    case = steps.notice_annulment(case, actor=clerk, statement_due_on=dt.date(2027, 3, 15))
    at("2027-03-20 09:00:00")
    case = steps.submit_annulment(steps.close_hearing(case, actor=clerk), actor=clerk, conclusion="撤销。")
    return steps.decide_annulment(steps.review_annulment(case, actor=reviewer), actor=lead, **DECISION)


def test_a_draft_document_is_nobodys(on_notice, over, clerk, anyone):
    document = actions.announcement.draft_announcement(over(on_notice("张三")), actor=clerk, **DOCUMENT)
    assert anyone.get(f"/notices/documents/{document.pk}/").status_code == 404
    assert anyone.get(f"/notices/documents/{document.pk}/document.pdf").status_code == 404
    assert document.title not in text_of(anyone.get("/notices/documents/"))


def test_a_code_says_valid_then_revoked_and_never_a_number(issued, anyone, clerk, reviewer, lead, at):
    issued("张三", "李四")
    grant = TitleGrant.objects.get(person__name="张三")
    response = anyone.get(f"/verify/{grant.verify_code}/")
    page = text_of(response)
    assert "<h1>" in page and "有效" in page and "张*" in page and "张三" not in page
    assert (response["Cache-Control"], response["X-Robots-Tag"][:7]) == ("no-store", "noindex")
    assert not NOTHING_PERSONAL.search(page)
    revoke("张三", clerk, reviewer, lead, at)
    page = text_of(anyone.get(f"/verify/{grant.verify_code}/"))
    assert "已撤销" in page and "嘉人社〔2027〕8号" in page and "资格有效" not in page


def test_typed_codes_are_folded_and_unknown_ones_are_told_alike(issued, anyone):
    issued("张三")
    grant = TitleGrant.objects.get()
    response = anyone.post("/verify/", {"code": grant.printed_code.lower()})
    assert response["Location"] == f"/verify/{grant.verify_code}/"
    unknown = anyone.get("/verify/AAAAAAAAAAAAAAAA/")
    malformed = anyone.post("/verify/", {"code": "123"})
    assert "查无此记录" in text_of(unknown)
    assert without_token(unknown) == without_token(malformed)


def test_verification_is_limited_in_the_database(issued, anyone, at):
    issued("张三")
    answers = [anyone.get("/verify/AAAAAAAAAAAAAAAA/").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert anyone.get("/verify/AAAAAAAAAAAAAAAA/", REMOTE_ADDR="10.1.1.1").status_code == 200
    at("2026-12-15 09:10:00")
    assert anyone.get("/verify/AAAAAAAAAAAAAAAA/").status_code == 200
    assert "127.0.0.1" not in str(list(AttemptWindow.objects.values()))


@pytest.fixture
def code_of():
    """The lookup code of a person, as it was shown to him."""
    return lambda name: shown(TitleApplication.objects.get(person__name=name).lookup_code)


def without_token(response):
    """The page without what differs from request to request: the token, and where 大字版 leads back to."""
    return re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]+"', "", text_of(response))


def test_query_answers_wrong_and_none_alike(on_notice, anyone, code_of):
    on_notice("张三")
    wrong_name = anyone.post("/query/", {"code": code_of("张三"), "name": "李四"})
    no_code = anyone.post("/query/", {"code": "0000-0000", "name": "张三"})
    assert wrong_name.status_code == no_code.status_code == 200
    assert without_token(wrong_name) == without_token(no_code)
    assert "没有查到" in text_of(no_code)


def test_query_tells_the_stage_and_nothing_of_votes(on_notice, anyone, code_of):
    roster = on_notice("张三")
    response = anyone.post("/query/", {"code": code_of("张三"), "name": "张三"})
    page = text_of(response)
    assert "市级公示名单" in page and f"/notices/{roster.period_id}/" in page
    assert "张*" in page
    assert not NOTHING_PERSONAL.search(page)
    assert response["Cache-Control"] == "no-store"


def test_query_leads_to_the_document_and_the_provinces_site(issued, anyone, code_of):
    document = issued("张三")
    page = text_of(anyone.post("/query/", {"code": code_of("张三"), "name": "张三"}))
    assert document.number in page and "浙江政务服务网" in page


def test_query_is_post_only_and_limited(on_notice, anyone, code_of):
    on_notice("张三")
    code = code_of("张三")
    assert "市级公示名单" not in text_of(anyone.get("/query/", {"code": code, "name": "张三"}))
    answers = [anyone.post("/query/", {"code": "0000-0000", "name": "张三"}) for _ in range(11)]
    assert [one.status_code for one in answers] == [200] * 10 + [429]
    assert "分钟后可以再试" in text_of(answers[-1])
    assert int(answers[-1]["Retry-After"]) <= 600
    assert anyone.post("/query/", {"code": code, "name": "张三"}).status_code == 429


def test_empty_forms_say_so_beside_the_field(db, anyone):
    for path in ("/query/", "/verify/", "/objections/"):
        response = anyone.post(path, {})
        assert response.status_code == 422
        assert "error-summary" in text_of(response)


def test_pages_without_data_are_kind(city, anyone):
    for path in ("/notices/", "/notices/documents/", "/query/", "/verify/", "/objections/ABCD2345/"):
        assert anyone.get(path).status_code == 200
    for path in ("/notices/999/", "/notices/documents/999/", "/notices/999/notice.pdf"):
        assert anyone.get(path).status_code == 404


def test_late_objections_are_kept_and_marked(on_notice, over, anyone):
    roster = over(on_notice("张三"))
    facts = {"number": "1", "complainant": "赵六", "phone": "13800000001", "text": "x"}
    response = anyone.post(f"/notices/{roster.period_id}/objection/", facts)
    assert reload(Objection.objects.get()).late
    assert "公示期满后收到" in text_of(anyone.get(response["Location"]))
