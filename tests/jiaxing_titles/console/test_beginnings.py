"""What an official can begin stands on his first page and above the list of its kind; nothing hangs on a register."""

import pytest
from django.contrib import admin

from enterprises.models import Bureau
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import steps

pytestmark = pytest.mark.django_db


def begun() -> set[str]:
    return {name for one in admin.site._registry.values() for name in getattr(one, "begun_by", ())}


def test_every_new_case_of_an_office_can_be_begun_from_a_list():
    of_offices = {
        one.name
        for one in steps.values()
        if one.creates and not one.hidden and one.model in (Bureau, Organisation) and set(one.by) & Role.officials()
    }
    assert begun() == of_offices


def test_the_clerk_is_told_of_a_year_without_settings(city, login, at):
    clerk = login("city_clerk", "city")
    url = f"/console/do/policy.open_year/{city['city'].pk}/"
    told = f'<a href="{url}">2027年度日程 <strong>未建立</strong></a>'
    at("2026-11-30 09:00:00")
    assert told not in clerk.get("/console/").content.decode()
    for day in ("2026-12-01 09:00:00", "2027-01-06 09:00:00"):
        at(day)
        assert told in clerk.get("/console/").content.decode()
    assert told not in login("city_lead", "city").get("/console/").content.decode()
    assert 'value="2027"' in clerk.get(url).content.decode()
    assert clerk.post(url, {"year": 2027, "key": "k"}).status_code == 302
    assert told not in clerk.get("/console/").content.decode()


def test_the_first_page_and_the_list_offer_it_to_whom_it_belongs(company, login):
    company("A")
    clerk, county = login("city_clerk", "city"), login("county", "haining")
    city = Bureau.objects.get(organisation__kind="city_bureau")
    url = steps["reviews.open_consolidation"].url(city).replace("/do/", "/console/do/")
    for page in ("/console/", "/console/reviews/consolidation/"):
        assert f'href="{url}">开始全市汇总</a>' in clerk.get(page).content.decode()
        assert "开始全市汇总" not in county.get(page).content.decode()
    assert clerk.get(url).status_code == 200
    assert "登记企业" in county.get("/console/").content.decode()
    assert "登记企业" not in clerk.get("/console/").content.decode()
