"""自查 by real HTTP: six pages, five kinds of answer, nothing kept, and the way into the application."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PATH = "/check/"
BACHELOR = {
    "level": "bachelor",
    "award": "both",
    "outcome": "graduated",
    "mode": "full_time",
    "started_on": "2017-09",
    "awarded_on": "2021-06-30",
}
JOB = {"began_on": "2021-07-01", "engineering": True, "relation": "same", "full_time": True}
GOOD_YEARS = {"2023": "qualified", "2024": "qualified", "2025": "excellent"}


@pytest.fixture
def autumn(city, at):
    at("2026-09-01 09:00:00")


@pytest.fixture
def visitor():
    """A browser that keeps no cookies and proves no origin."""
    return Client(enforce_csrf_checks=True)


def cards(prefix, rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": "on" if value is True else value for name, value in row.items() if value}
    return data


def carried(page) -> str:
    return re.search(r'name="answers" value="([^"]*)"', page.content.decode()).group(1)


def send(client, question, answers="", go="next", **data):
    client.cookies.clear()
    return client.post(PATH, {"answers": answers, "question": question, "go": go, **data})


def ask(client, level="engineer", education=(BACHELOR,), work=(JOB,), posts=(), grades=GOOD_YEARS, hours="96"):
    """Through the six pages; the answer of the last."""
    page = send(client, "level", level=level)
    page = send(client, "education", carried(page), **cards("education", education))
    page = send(client, "work", carried(page), **cards("work", work))
    page = send(client, "posts", carried(page), **cards("posts", posts))
    page = send(client, "assessments", carried(page), **{f"grade_{year}": grade for year, grade in grades.items()})
    return send(client, "hours", carried(page), hours=hours)


def words(page) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page.content.decode()))


def heading(page) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", page.content.decode(), re.S)[1]))


KINDS = {
    "may_apply": ({}, "您可以申报工程师", "附件三、1（3）", "大学本科毕业后从事工程技术工作5年6月0日"),
    "may_be_granted": (
        {"education": [{**BACHELOR, "level": "doctor"}], "hours": "84"},
        "您可以初定工程师",
        "附件四、1（1）",
        "由单位考核合格后初定",
    ),
    "short_of_days": (
        {"work": [{**JOB, "began_on": "2023-03-03"}]},
        "还差一点：最早2027年3月2日（星期二）满足",
        "附件三、1（3）",
        "还差0年2月2日",
    ),
    "short_of_hours": ({"hours": "84"}, "还差一点：补齐后可以申报2026年度工程师", "附件二", "还差6学时"),
    "bad_year": (
        {"grades": {**GOOD_YEARS, "2024": "unqualified"}},
        "还差一点：最早2028年度可以申报工程师",
        "附件一",
        "2024年不合格",
    ),
    "exception": (
        {"education": [{**BACHELOR, "level": "high_school"}]},
        "可以申请破格，由人审核",
        "附件三、1（6）",
        "两名推荐人",
    ),
    "by_a_person": (
        {"work": [{**JOB, "began_on": "2023-01"}]},
        "需要人工判断",
        "附件三、1（3）",
        "工作经历第1条：开始日期请补充到具体日期",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_answer_says_clause_and_computed_time(autumn, visitor, kind):
    given, told, clause, computed = KINDS[kind]
    page = ask(visitor, **given)
    assert page.status_code == 200
    assert heading(page) == told
    assert clause in words(page) and computed in words(page)
    assert "notice-error" not in page.content.decode()
    assert "本结果为程序预检，不是评审结论" in words(page)


def test_both_ways_open_show_both_and_suggest_the_initial_grant(autumn, visitor):
    page = ask(visitor, education=[{**BACHELOR, "level": "doctor"}])
    assert heading(page) == "您可以申报工程师" and "也可以走初定（建议）" in words(page)


def test_an_assistant_engineer_is_not_asked_for_hours(autumn, visitor):
    page = ask(visitor, level="assistant_engineer", hours="")
    assert heading(page) == "您可以申报助理工程师" and "附件三、2（1）" in words(page)


def test_the_result_leads_back_to_each_answer_and_keeps_the_others(autumn, visitor):
    page = ask(visitor, hours="84")
    text = page.content.decode()
    assert "84学时" in text and "2021年7月1日至今，工程技术（本专业），全职" in text
    assert [key for key in re.findall(r'form="check" name="go" value="(\w+)"', text) if key != "login"] == [
        "level",
        "education",
        "work",
        "posts",
        "assessments",
        "hours",
    ]
    again = send(visitor, "", carried(page), go="hours")
    assert 'value="84"' in again.content.decode()
    page = send(visitor, "hours", carried(again), hours="90")
    assert heading(page) == "您可以申报工程师"
    again = send(visitor, "", carried(page), go="education")
    shown = again.content.decode()
    assert 'value="2021-06-30"' in shown and "回到结果" in shown
    longer = cards("education", [BACHELOR, {**BACHELOR, "level": "associate", "awarded_on": "2019-06-30"}])
    page = send(visitor, "education", carried(again), **longer)
    assert "大专" in words(page) and heading(page) == "您可以申报工程师"


def test_a_further_card_keeps_what_was_typed(autumn, visitor):
    page = send(visitor, "level", level="engineer")
    page = send(visitor, "education", carried(page), **cards("education", [BACHELOR]))
    page = send(visitor, "work", carried(page), go="more", **cards("work", [JOB]))
    text = page.content.decode()
    assert "第2段" in text and 'value="2021-07-01"' in text and "您从什么时候开始" in text


def test_wrong_entries_are_told_beside_their_field_and_stay(autumn, visitor):
    page = send(visitor, "level", level="engineer")
    assert send(visitor, "level").status_code == 422
    wrong = {**BACHELOR, "awarded_on": "2027-06-30"}
    page = send(visitor, "education", carried(page), **cards("education", [wrong]))
    text = page.content.decode()
    assert page.status_code == 422 and text.count("毕业（取得）时间晚于今天") == 2
    assert 'href="#id_education-0-awarded_on"' in text and 'value="2027-06-30"' in text and "<title>错误：" in text
    page = send(visitor, "education", carried(page), **cards("education", []))
    assert page.status_code == 422 and "至少" in words(page)
    page = send(visitor, "education", carried(page), **cards("education", [{**BACHELOR, "awarded_on": "2021-02-30"}]))
    assert "这一天不存在" in words(page)


def test_answers_that_are_not_ours_begin_anew(autumn, visitor):
    page = ask(visitor)
    forged = send(visitor, "", carried(page)[:-3] + "AAA", go="result")
    assert forged.status_code == 422 and heading(forged) == "您想申报哪一级？"
    assert send(visitor, "nonsense", "x", go="login").status_code == 422
    assert (
        send(visitor, "hours", "", hours="90").status_code == 200
    )  # an answer out of its order is kept, the rest asked


def test_nothing_is_stored_and_nobody_is_asked_who_he_is(autumn, visitor, django_assert_max_num_queries):
    page = ask(visitor)
    answers = carried(page)
    visitor.cookies["sessionid"] = "someone-is-signed-in-elsewhere"
    with django_assert_max_num_queries(3) as queries:
        page = visitor.post(PATH, {"answers": answers, "question": "hours", "go": "next", "hours": "96"})
    assert page.status_code == 200 and heading(page) == "您可以申报工程师"
    asked = " ".join(query["sql"] for query in queries)
    assert "django_session" not in asked and "accounts_user" not in asked
    assert not re.search("INSERT|UPDATE|DELETE", asked)
    assert "sessionid" not in page.cookies and "self_check" not in page.cookies


def test_a_year_that_the_city_has_not_opened_is_counted_provisionally(city, visitor, at):
    at("2027-02-01 09:00:00")
    grades = {"2024": "qualified", "2025": "qualified", "2026": "qualified"}
    assert "本年度日程还没有公布" in words(ask(visitor, grades=grades))


def test_the_first_pages_lead_here(city, client):
    assert 'href="/check/"' in client.get("/").content.decode()
    guide = client.get("/guide/applicant/").content.decode()
    assert guide.count('href="/check/"') == 2  # the menu and the page itself


@pytest.mark.parametrize(
    ("closes", "told"), [(None, "学时计到企业报送评审会备案的当天"), ("2026-10-31", "学时计到2026年10月31日（星期六）")]
)
def test_the_last_day_for_hours_is_printed(autumn, visitor, city, closes, told):
    city.cycle.evidence_closes_on = closes
    city.cycle.save()
    assert told in words(ask(visitor, hours="84"))
    assert "学时计到" not in words(ask(visitor, hours="96"))


def test_larger_type_keeps_the_answers(autumn, visitor):
    page = ask(visitor)
    larger = send(visitor, "", carried(page), go="result", size="large")
    assert heading(larger) == "您可以申报工程师" and 'class="large-type"' in larger.content.decode()
    assert larger.cookies["large_type"].value == "1"
    page = send(visitor, "", carried(page), go="hours", size="normal")
    assert 'value="96"' in page.content.decode() and page.cookies["large_type"]["max-age"] == 0
