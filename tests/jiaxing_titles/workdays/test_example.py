"""The example beside the form for a notice: a newcomer may paste it, and the console asks for the missing year."""

import datetime as dt

import pytest

from jiaxing_titles.workdays.calendar import count_publicity
from jiaxing_titles.workdays.estimate import statutory
from jiaxing_titles.workdays.models import CalendarYear
from jiaxing_titles.workdays.notice import example_of, read


@pytest.mark.parametrize("year", range(2027, 2034))
def test_the_example_is_taken_as_it_stands(year):
    days = read(example_of(year), year)
    assert {day for day, (working, _) in days.items() if not working} == {
        day for day in statutory(year) if day.weekday() < 5
    }
    assert [day.weekday() for day, (working, _) in days.items() if working] == [5]


@pytest.mark.django_db
def test_from_november_the_first_page_leads_to_the_form_and_its_example(city, login, at):
    at("2026-10-31 09:00:00")
    admin = login("sysadmin", "city")
    assert "2027年放假通知" not in admin.get("/console/").content.decode()
    at("2026-11-01 09:00:00")
    url = f"/console/do/workdays.load_year/{city['city'].pk}/"
    assert f'<a href="{url}">2027年放假通知 <strong>未导入</strong></a>' in admin.get("/console/").content.decode()
    assert "2027年放假通知" not in login("city_lead", "city").get("/console/").content.decode()
    page = admin.get(url).content.decode()
    assert 'value="2027"' in page
    assert example_of(2027) in page
    typed = {"year": 2027, "number": "国办发明电〔2026〕7号", "lines": example_of(2027), "key": "k"}
    asked = admin.post(url, typed)
    assert asked.status_code == 422 and not CalendarYear.objects.filter(year=2027).exists()
    answer = admin.post(url, {**typed, "seen": asked.context["form"]["seen"].value()})
    assert answer.status_code == 302
    assert CalendarYear.objects.get(year=2027).number == "国办发明电〔2026〕7号"
    assert count_publicity(dt.date(2026, 12, 28), 5).ends_on == dt.date(2027, 1, 5)
    assert "2027年放假通知" not in admin.get("/console/").content.decode()
