"""Where the verdict is shown: beside the applicant's form, in a 试算, on HR's desk, before an import is confirmed."""

import re

import pytest
from django.urls import reverse

from applications import actions
from applications.models import TitleApplication
from applications.queries import check_items
from tests.applications.test_import import HOURS, JOB, SCHOOL, person, workbook
from tests.applications.test_pages import cards, hidden
from tests.applications.test_self_check import words
from tests.scenes.engineer import RECORDS, hours, ticks

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


@pytest.fixture
def year(open_round):
    return open_round("A")


@pytest.fixture
def mine(year, drafted_application, login):
    """`mine(records…)` → (the draft, its owner's browser)."""

    def make(**records):
        application = drafted_application(year, "张三", records=records)
        return application, login("applicant", "A", "张三")

    return make


def test_each_saved_part_is_followed_by_what_is_still_missing(mine):
    application, client = mine(hours=hours("84"))
    root = application.get_absolute_url()
    for part in ("", "person/", "education/", "work/", "posts/", "assessments/", "hours/", "achievements/", "scope/"):
        page = words(client.get(root + part))
        assert "按已保存的内容：" in page and "还差6学时" in page, part
    url = f"{root}hours/"
    row = {**RECORDS["hours"][0], "hours": "90"}
    client.post(url, {**hidden(client.get(url)), **cards("hours", [row]), "then": "more"})
    assert "按已保存的内容：您可以申报工程师" in words(client.get(url))


def test_the_picture_stands_beside_the_counted_days_and_its_table(mine):
    job = RECORDS["work"][0]
    application, client = mine(work=[{**job, "ended_on": "2023-01-31"}, {**job, "began_on": "2023-03-01"}])
    page = client.get(application.get_absolute_url()).content.decode()
    assert page.count('<svg role="img"') == 1 and 'class="gap"' in page
    assert "空档" in page and "2023年2月1日至2023年2月28日" in page and "示例精密机械有限公司" in page
    assert not re.search(r'\sstyle="', page)


def test_each_fact_says_who_stands_behind_it(year, submitted, login, actor):
    """F-25: on the applicant's page and on HR's desk, per record that a clause looked at."""
    application = submitted(year, "张三")
    hr = actor("ent_hr", "A")
    study, job = [one for one in check_items(application) if one.topic in ("education", "work")]
    doubt = {"fact_hash": job.fact_hash, "finding": "doubt", "note": "起止月份与社保不符"}
    said = [{"fact_hash": study.fact_hash, "finding": "true", "note": ""}, doubt]
    desk = login("ent_hr", "A")
    page = reverse("applications:review", args=[application.pk])

    def trust() -> list[str]:
        return re.findall(r'data-label="核实情况">([^<]*)<', desk.get(page).content.decode())

    before = trust()
    assert {one for one in before if one} == {"本人填报"} and before.count("本人填报") == 2
    actions.check_facts(application, actor=hr, checks=said)
    after = trust()
    assert [one for one in after if one] == ["单位有疑问", "单位已核实"] and len(after) == len(before)


def test_a_trial_says_what_another_day_or_more_hours_would_give_and_saves_nothing(mine):
    application, client = mine(hours=hours("84"), work=[{**RECORDS["work"][0], "began_on": "2023-03-03"}])
    url = f"{application.get_absolute_url()}what-if/"
    first = client.get(url)
    assert 'value="2026-12-31"' in first.content.decode() and 'value="84"' in first.content.decode()
    same_year = words(client.get(url, {"applied_on": "2026-11-16", "hours": "90"}))
    assert "还差一点：最早2027年3月2日" in same_year and "还差6学时" not in same_year
    next_year = words(client.get(url, {"applied_on": "2027-09-01", "hours": "90"}))
    assert "您可以申报工程师" in next_year and "还没有的年度考核按合格试算" in next_year
    assert "计算到2027年12月31日" in next_year
    fewer = words(client.get(url, {"applied_on": "2027-09-01", "hours": "89.5"}))
    assert "还差0.5学时" in fewer
    counted = words(client.get(url, {"hours": "90", "applied_on": "2027-02-01", "as_of": "2027-03-01"}))
    assert "还差0年0月1日" in counted
    application.refresh_from_db()
    assert application.version == TitleApplication.objects.get().version
    assert [str(one.hours) for one in application.continuing_education.all()] == ["84.00"]


def test_a_trial_of_impossible_days_says_so(mine):
    application, client = mine()
    url = f"{application.get_absolute_url()}what-if/"
    page = client.get(url, {"applied_on": "2026-12-01", "as_of": "2026-11-01"})
    assert page.status_code == 422 and page.content.decode().count("早于提交日期") == 2
    assert client.get(url, {"applied_on": "9999-01-01"}).status_code == 422


def test_hr_reads_beside_the_verdict_which_facts_nobody_has_verified(year, submitted, actor, login):
    application = submitted(year, "张三")
    client = login("ent_hr", "A")
    url = f"/ent/applicants/{application.pk}/"
    total = len(ticks(application))
    page = client.get(url).content.decode()
    assert f"还没有核实的{total}项" in page and page.count('<svg role="img"') == 1
    named = re.search(r'id="unverified".*?</section>', page, re.S)[0]
    assert "学历学位：大学本科" in named and named.index("学历学位") < named.index("个人信息")
    rest = [one for one in ticks(application) if one["fact_hash"] not in re.findall(r"#fact-(\w+)", named)[:2]]
    actions.check_facts(application, actor=actor("ent_hr", "A"), checks=rest)
    assert "还没有核实的2项" in client.get(url).content.decode()
    doubt = [{**ticks(application)[0], "finding": "doubt", "note": "合同看不清"}]
    actions.check_facts(application, actor=actor("ent_hr", "A"), checks=[*ticks(application)[1:], *doubt])
    page = client.get(url).content.decode()
    assert "有疑问的1项" in page and "还没有核实" not in page
    actions.check_facts(application, actor=actor("ent_hr", "A"), checks=ticks(application))
    assert "结论所依据的事实全部经单位核实" in client.get(url).content.decode()


def test_an_import_shows_each_rows_verdict_before_anything_is_written(year, actor, login):
    people = [
        person("E0000001", "甲"),
        person("E0000002", "乙"),
        person("E0000003", "丙", level=None, speciality=None, route=None),
        person("E0000004", "丁"),
    ]
    grades = [{"year": one, "grade": "合格"} for one in (2023, 2024, 2025)]
    everybody = ["E0000001", "E0000002", "E0000004"]
    file = workbook(
        people,
        education=[(key, SCHOOL) for key in everybody],
        work=[
            ("E0000001", JOB),
            ("E0000002", {**JOB, "began_on": "2023-03-03"}),
            ("E0000004", {**JOB, "began_on": "2023-01"}),
        ],
        assessments=[(key, row) for key in everybody for row in grades],
        hours=[(key, HOURS) for key in everybody],
    )
    batch = actions.check_import(year.enterprise, actor=actor("ent_hr", "A"), file=file)
    page = login("ent_hr", "A").get(batch.get_absolute_url())
    table = re.search(r"<caption>今年申报的3人.*?</table>", page.content.decode(), re.S)[0]
    rows = [re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", row)) for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]]
    assert [row[:4] for row in rows] == ["第2行甲", "第3行乙", "第5行丁"]
    assert "可申报" in rows[0] and "5年6月0日" in rows[0] and "附件三、1（3）" in rows[0]
    assert "还差一点" in rows[1] and "还差0年2月2日" in rows[1] and "最早2027年3月2日" in rows[1]
    assert "需人工判断" in rows[2] and "请补充到具体日期" in rows[2]
    assert not TitleApplication.objects.exists()
