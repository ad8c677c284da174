"""The register of policies: entered by one hand, confirmed by another, cited by the year, read by everybody (R-0.1)."""

import datetime as dt

import pytest

from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.policy.actions import confirm_policy, enter_policy, open_year, repeal_policy, set_basis
from jiaxing_titles.policy.models import Cycle, PolicyDocument
from tests.days import told

FACTS = {"title": "深化职称制度改革的示例意见", "number": "示例〔2026〕1号", "effective_on": dt.date(2026, 5, 1)}
ADDRESS = "https://example.gov.cn/1.html"


@pytest.fixture
def confirmed(city, actor):
    """`confirmed(number="…", …)` → in the register."""

    def make(**facts) -> PolicyDocument:
        document = enter_policy(city["city"], actor=actor("city_clerk", "city"), **{**FACTS, **facts})
        return confirm_policy(document, actor=actor("city_lead", "city"))

    return make


def test_two_hands_put_a_document_before_the_public(city, actor, client, login):
    lead = actor("city_lead", "city")
    clerk = login("city_clerk", "city")
    url = f"/console/do/policy.enter_policy/{city['city'].pk}/"
    typed = {**FACTS, "effective_on": "2026-05-01"}
    assert clerk.post(url, {**typed, "url": "javascript:alert(1)"}).status_code == 422
    assert clerk.post(url, {**typed, "url": ADDRESS}).status_code == 302
    document = PolicyDocument.objects.get()
    assert told("登记政策文件") == [(lead.user.name, "02-02")]
    assert FACTS["title"] not in client.get("/policy/").content.decode()
    for who in (actor("city_clerk", "city"), actor("county", "haining"), actor("ent_lead", "A")):
        with pytest.raises(NotPermitted):
            confirm_policy(document, actor=who)
    confirm_policy(document, actor=lead)
    page = client.get("/policy/").content.decode()
    for words in (FACTS["title"], FACTS["number"], "2026年5月1日", f'href="{ADDRESS}"'):
        assert words in page
    with pytest.raises(Blocked, match="已经确认"):
        confirm_policy(document, actor=lead)


def test_a_number_stands_once(confirmed):
    confirmed()
    with pytest.raises(Blocked, match="已经登记"):
        confirmed(title="另一份文件")
    assert confirmed(number="", title="没有文号的").number == ""


@pytest.mark.parametrize(
    ("effective_on", "repealed_on", "cited"),
    [
        (dt.date(2027, 1, 1), None, True),
        (dt.date(2027, 1, 2), None, False),
        (dt.date(2019, 12, 27), dt.date(2027, 1, 1), False),
        (dt.date(2019, 12, 27), dt.date(2027, 1, 2), True),
    ],
)
def test_a_year_rests_on_what_is_in_force_when_it_begins(city, actor, confirmed, effective_on, repealed_on, cited):
    document = confirmed(effective_on=effective_on)
    enter_policy(city["city"], actor=actor("city_clerk", "city"), title="未确认的", effective_on=dt.date(2020, 1, 1))
    if repealed_on:
        repeal_policy(document, actor=actor("city_lead", "city"), repealed_on=repealed_on, reason="新文件代替")
    cycle = open_year(city["city"], actor=actor("city_clerk", "city"), year=2027)
    assert list(cycle.basis.all()) == ([document] if cited else [])


def test_a_new_policy_binds_the_running_year_only_by_decision(city, actor, confirmed, client, login):
    document, lead = confirmed(), actor("city_lead", "city")
    assert "2026年度依据" not in client.get("/policy/").content.decode()
    with pytest.raises(NotPermitted):
        set_basis(city.cycle, actor=actor("city_clerk", "city"), documents=[document], reason="上级要求")
    facts = {"documents": [document.pk], "reason": "上级要求"}
    url = f"/console/do/policy.set_basis/{city.cycle.pk}/"
    assert login("city_lead", "city").post(url, facts).status_code == 302
    assert list(Cycle.objects.get(year=2026).basis.all()) == [document]
    assert AuditEvent.objects.filter(step="policy.set_basis", reason="上级要求").exists()
    assert "2026年度依据" in client.get("/policy/").content.decode()
    assert FACTS["title"] in login("county", "haining").get(city.cycle.console_url()).content.decode()
    repeal_policy(document, actor=lead, repealed_on=dt.date(2026, 12, 31), reason="新文件代替")
    page = client.get("/policy/").content.decode()
    assert "2026年12月31日（星期四）起废止" in page and "2026年度依据" in page


@pytest.mark.parametrize("day", [dt.date(2026, 4, 30), dt.date(2026, 5, 1)])
def test_nothing_is_repealed_before_it_took_effect(actor, confirmed, day):
    with pytest.raises(Blocked, match="晚于生效日期"):
        repeal_policy(confirmed(), actor=actor("city_lead", "city"), repealed_on=day, reason="误")
