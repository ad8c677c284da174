"""Public pages: what they say, and that they ask neither for a session nor for a user."""

import datetime as dt
import re

import pytest

from jiaxing_titles.policy.text import measures
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.publicsite.views import GUIDES

pytestmark = pytest.mark.django_db
PAGES = ["/", "/policy/", "/guide/", "/browser/", "/large-type/", *(f"/guide/{slug}/" for slug in GUIDES)]


def running(
    city, place="A", kind="in_house", days=("2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06")
):
    period = PublicityPeriod.objects.create(
        kind=kind,
        organisation=city[place],
        cycle=city.cycle,
        title=f"{city[place].short_name}公示",
    )
    opened = dt.date.fromisoformat(days[0]) - dt.timedelta(days=1)
    # The state is set as the step would leave it: these tests look at the page, not at the step.
    period.opened_on, period.ends_on, period.counted_days = opened, dt.date.fromisoformat(days[-1]), list(days)
    period.open()
    period.save()
    return period


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_asks_neither_for_session_nor_user(client, city, path, django_assert_max_num_queries):
    running(city)
    client.cookies["sessionid"] = "someone-is-signed-in-elsewhere"
    with django_assert_max_num_queries(4) as queries:
        response = client.get(path)
    assert response.status_code == 200
    asked = " ".join(query["sql"] for query in queries)
    assert "django_session" not in asked and "accounts_user" not in asked
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_one_document_with_one_heading(client, city, path):
    page = client.get(path).content.decode()
    assert page.count("<h1") == 1 and '<html lang="zh-Hans"' in page
    assert not re.search(r"\s(style|on[a-z]+)=", page)
    assert "<style" not in page and not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_the_first_page_shows_the_stage_of_today(client, city, at):
    at("2026-11-12 10:00:00")
    page = client.get("/").content.decode()
    current = re.search(r'<li aria-current="step">(.*?)</li>', page, re.S)
    assert "企业评审" in current[1] and "还剩 8 天" in current[1]


def test_the_first_page_of_a_year_not_yet_opened_says_so(client, city, at):
    at("2027-01-01 00:00:00")
    assert "本年度日程还没有公布" in client.get("/").content.decode()


def test_running_notices_show_company_and_days_but_no_names(client, city, at):
    at("2026-02-04 08:00:00")
    period = running(city)
    period.entries.create(number=1, name="张三丰", columns={"业绩": "省级专利"})
    page = client.get("/").content.decode()
    assert "示例精密机械有限公司" in page and "3 个工作日" in page and "2月6日（星期五） 24:00" in page
    assert "张三丰" not in page and "省级专利" not in page


def test_the_last_day_and_the_empty_state(client, city, at):
    assert "现在没有正在进行的公示" in client.get("/").content.decode()
    running(city)
    at("2026-02-06 23:59:59")
    assert "最后 1 个工作日" in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_costs_the_same_for_many_notices(client, city, django_assert_num_queries, count):
    for _ in range(count):
        running(city)
    with django_assert_num_queries(3):
        client.get("/")


def test_the_text_is_whole_and_every_clause_can_be_linked(client, city):
    page = client.get("/policy/").content.decode()
    for one in measures():
        assert one.text.replace("“", "“") in page
        if one.anchor:
            assert page.count(f'id="{one.anchor}"') == 1


def test_a_guide_shows_this_years_dates(client, city):
    assert "2026年3月31日（星期二）" in client.get("/guide/enterprise/").content.decode()
    assert client.get("/guide/nothing/").status_code == 404
