"""方案测算 by its page: counts per level and obstacle, names for HR alone, nothing of another company (F-17)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import TitleApplication
from enterprises import actions as plans
from enterprises.hooks import simulate
from tests.scenes.engineer import hours


def stands(scenes):
    scenes.open_round("A")


@pytest.fixture
def people(open_round, submitted, drafted_application, employee):
    """张三 could apply, 李四 lacks two hours, 王五 has no record, 赵六 is no own staff."""
    year = open_round()
    submitted(year, "张三")
    drafted_application(year, "李四", records={"hours": hours("88")})
    employee(year, "王五")
    employee(year, "赵六", employment="dispatched")
    return year


def counts(client, plan) -> dict[str, dict[str, int]]:
    """{level: {situation or obstacle: number}} as the page shows them."""
    page = client.get(reverse("enterprises:plan_simulation", args=[plan.pk])).content.decode()
    sections = re.findall(r'<section class="panel" aria-labelledby="level-(\w+)">(.*?)</section>', page, re.S)
    row = re.compile(
        r'<tr><td data-label="\w+">(.*?)</td>(?:(?!</tr>).)*?data-label="人数" class="number">(\d+)</td>', re.S
    )
    return {
        level: {re.sub(r"<.*?>", "", name).strip(): int(n) for name, n in row.findall(body)} for level, body in sections
    }


def test_counts_by_level_and_obstacle(people, login):
    found = counts(login("ent_hr", "A"), people.plan)["engineer"]
    assert found == {
        "现在可以申报": 1,
        "补充材料或学时后可能可以": 1,
        "条件不够": 0,
        "已有这一级或更高资格": 0,
        "没有申报资料，测算不了": 1,
        "当年继续教育还不足90学时 可补": 1,
    }


def test_names_are_for_hr_alone(people, login):
    address = reverse("enterprises:plan_simulation", args=[people.plan.pk])
    page = login("ent_hr", "A").get(address).content.decode()
    assert "张三" in page and "李四" in page and "王五" in page
    page = login("ent_lead", "A").get(address)
    assert page["Cache-Control"] == "no-store"
    assert not [name for name in ("张三", "李四", "王五", "赵六") if name in page.content.decode()]
    assert counts(login("ent_lead", "A"), people.plan) == counts(login("ent_hr", "A"), people.plan)


def test_a_stricter_plan_keeps_more_people_back(people, login, actor, at):
    row = {"level": "engineer", "route": "review", "necessity": "required", "speciality": "all", "post": "工艺岗"}
    hr = actor("ent_hr", "A")
    draft = plans.start_plan(people.plan.authority, actor=hr, change_reason="提高年限")
    years = {"kind": "education", "text": "本科毕业满8年", "annex_item": "附件三、1（3）", "years": 8}
    plans.save_criterion(draft, actor=hr, **row, **years)
    found = counts(login("ent_hr", "A"), draft)["engineer"]
    assert found["现在可以申报"] == 0 and found["条件不够"] == 2
    number = draft.criteria.get(years=8).number
    assert found[f"方案第{number}条：年限不满8年，附件已满足"] == 2


def test_who_holds_the_level_is_counted_apart(people):
    TitleApplication.objects.filter(person__name="张三").update(present_title="engineer")
    engineer, assistant = simulate(people.plan).levels
    assert engineer.hold_it == assistant.hold_it == ("张三",)


@pytest.mark.parametrize(("role", "place"), [("ent_hr", "B"), ("county", "haining"), ("panel_sec", "A")])
def test_nobody_else_looks(people, company, login, role, place):
    company("B")
    assert login(role, place).get(reverse("enterprises:plan_simulation", args=[people.plan.pk])).status_code in (
        403,
        404,
    )


def test_more_people_cost_no_more_queries(open_round, drafted_application, employee):
    year = open_round()
    drafted_application(year, "张三")
    simulate(year.plan)
    with CaptureQueriesContext(connection) as one:
        simulate(year.plan)
    for name in ("李四", "王五"):
        drafted_application(year, name)
    with CaptureQueriesContext(connection) as three:
        simulate(year.plan)
    assert len(three) == len(one)
