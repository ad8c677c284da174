"""What the pages of this stage say and offer while nothing has begun."""

import pytest

from applications import actions
from applications.models import AnnualRound

pytestmark = pytest.mark.django_db


def test_every_empty_page_says_what_to_do(company, login, employee, city):
    company("A")
    client = login("ent_hr", "A")
    for url in ("/ent/round/", "/ent/applicants/", "/ent/people/", "/ent/import/"):
        response = client.get(url)
        assert response.status_code == 200, url
    assert 'class="empty"' in client.get("/ent/applicants/").content.decode()
    assert "还没有申报" in login("applicant", "A").get("/my/").content.decode()


def test_the_round_is_begun_on_its_page(plan_in_force, login, at):
    plan_in_force("A")
    at("2026-09-01 09:00:00")
    client = login("ent_hr", "A")
    assert "准备本年度评审" in client.get("/ent/round/").content.decode()
    enterprise = AnnualRound._meta.get_field("enterprise").related_model.objects.get(
        organisation__short_name="示例精密机械"
    )
    url = actions.prepare_round.url(enterprise)
    facts = {"opens_on": "2026-09-20", "closes_on": "2026-09-01", "contact": "李人事", "phone": "0573-80000000"}
    wrong = client.post(url, facts)
    assert wrong.status_code == 422 and "申报截止早于申报开始" in wrong.content.decode()
    done = client.post(url, {**facts, "closes_on": "2026-09-30", "opens_on": "2026-09-01"})
    year = AnnualRound.objects.get()
    assert done.url == f"/ent/round/{year.pk}/"
    assert client.post(url, {**facts, "closes_on": "2026-09-30", "opens_on": "2026-09-01"}).status_code == 409
    assert AnnualRound.objects.count() == 1
