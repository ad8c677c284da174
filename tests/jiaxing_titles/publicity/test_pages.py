"""The desk of an objection and its entry in the console."""

import pytest

from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.publicity import service
from jiaxing_titles.publicity.actions import receive_objection
from jiaxing_titles.publicity.models import Objection, PublicityPeriod

pytestmark = pytest.mark.django_db


@pytest.fixture
def objection(city, actor, at) -> Objection:
    at("2026-09-28 09:00:00")
    period = PublicityPeriod.objects.create(kind="in_house", organisation=city["A"], cycle=city.cycle, title="公示")
    [entry] = service.add_entries(period, [service.EntryDraft("甲")])
    service.open_period(period, actor=actor("ent_hr", "A"))
    return receive_objection(
        period, actor=SYSTEM, complainant="知情人王五", phone="13800001234", text="学历不实", entry=entry
    )


def test_the_desk_shows_what_is_objected_and_not_by_whom(objection, login):
    page = login("ent_hr", "A").get(objection.get_absolute_url()).content.decode()
    assert "学历不实" in page
    assert "知情人王五" not in page and "13800001234" not in page


def test_looking_at_the_objector_is_recorded(objection, login):
    page = login("ent_hr", "A").post(objection.get_absolute_url())
    assert "知情人王五，13800001234" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    event = events_of(objection).last()
    assert (event.outcome, event.facts, event.reason) == ("revealed", {"what": "异议人姓名和电话"}, "核查异议")


def test_the_head_of_the_company_reads_but_does_not_learn_who_objected(objection, login):
    page = login("ent_lead", "A").post(objection.get_absolute_url()).content.decode()
    assert "学历不实" in page and "知情人王五" not in page


@pytest.mark.parametrize(
    ("role", "place", "status"), [("ent_hr", "B", 404), ("applicant", "A", 403), ("county", "haining", 403)]
)
def test_others_do_not_get_in(objection, login, role, place, status):
    assert login(role, place).get(objection.get_absolute_url()).status_code == status


def test_hr_rejects_it_through_the_page_of_every_step(objection, login):
    hr = login("ent_hr", "A")
    url = f"/do/publicity.reject/{objection.pk}/"
    page = hr.get(url)
    assert page.status_code == 200
    facts = {"version": page.context["version"], "key": page.context["key"]}
    empty = hr.post(url, facts)
    assert empty.status_code == 422
    assert Objection.objects.get(pk=objection.pk).state == "received"
    done = hr.post(url, {**facts, "findings": "属实", "reply": "不成立"}, follow=True)
    assert done.redirect_chain == [(objection.get_absolute_url(), 302)]
    assert "已办理：认定异议不成立。现在是“异议不成立”。" in done.content.decode()


def test_a_stale_page_says_who_changed_what_and_keeps_what_was_typed(objection, login):
    first, second = login("ent_hr", "A"), login("ent_hr", "A", "另一位经办")
    url = f"/do/publicity.reject/{objection.pk}/"
    old = second.get(url).context
    page = first.get(f"/do/publicity.investigate/{objection.pk}/").context
    first.post(f"/do/publicity.investigate/{objection.pk}/", {"version": page["version"], "key": page["key"]})
    stale = second.post(
        url, {"version": old["version"], "key": old["key"], "findings": "我写的核查情况", "reply": "答复"}
    )
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "企业经办A（企业经办）已在" in text and "办理了“开始核查”" in text
    assert "我写的核查情况" in text
    assert Objection.objects.get(pk=objection.pk).state == "investigating"


def test_posting_twice_is_one_step(objection, login):
    hr = login("ent_hr", "A")
    url = f"/do/publicity.investigate/{objection.pk}/"
    page = hr.get(url).context
    facts = {"version": page["version"], "key": page["key"]}
    assert [hr.post(url, facts).status_code for _ in range(2)] == [302, 302]
    assert events_of(objection).filter(step="publicity.investigate").count() == 1


@pytest.mark.parametrize("path", ["/do/publicity.nothing/1/", "/do/publicity.reject/99999999/", "/do/../1/"])
def test_an_unknown_step_or_id_is_not_found(objection, login, path):
    assert login("ent_hr", "A").get(path).status_code == 404


@pytest.mark.parametrize(
    "name", ["publicity/objection", "publicity/publicityperiod", "policy/cycle", "accounts/organisation"]
)
def test_the_console_lists_and_shows_the_registers(objection, login, name):
    clerk = login("city_clerk", "city")
    assert clerk.get(f"/console/{name}/").status_code == 200
    pk = {"objection": objection.pk, "publicityperiod": objection.period_id}.get(name.split("/")[1])
    if pk:
        page = clerk.get(f"/console/{name}/{pk}/change/").content.decode()
        assert "知情人王五" not in page and "13800001234" not in page
