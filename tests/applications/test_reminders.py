"""Who is reminded, when, and once."""

import datetime as dt

import pytest

from applications import actions
from applications.reminders import corrections_due, rounds_closing
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.notifications.tasks import remind

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


def test_only_who_has_not_handed_in_is_reminded_of_the_last_day(open_round, submitted, drafted_application):
    year = open_round()
    submitted(year, "张三")
    drafted_application(year, "李四")
    days = {day: [one.users[0].name for one in rounds_closing(dt.date(2026, 9, day))] for day in range(10, 31)}
    assert {day for day, names in days.items() if names} == {16, 23, 27, 29, 30}
    assert set(map(tuple, days.values())) == {(), ("李四",)}
    assert list(rounds_closing(dt.date(2026, 10, 1))) == []


def test_a_correction_is_called_to_mind_by_its_latest_notice(open_round, submitted, actor, employee):
    year, hr = open_round(), actor("ent_hr", "A")
    item = {"topic": "work", "problem": "缺合同", "remedy": "补传"}
    application = actions.return_application(submitted(year), actor=hr, items=[item], due_on=dt.date(2026, 9, 8))
    assert [one.users[0].name for one in corrections_due(dt.date(2026, 9, 5))] == ["张三"]
    application = actions.submit(application, actor=employee(year), agreed=True, typed_name="张三")
    assert list(corrections_due(dt.date(2026, 9, 5))) == []
    actions.return_application(
        application, actor=hr, items=[item], due_on=dt.date(2026, 9, 20), why_not_earlier="新问题"
    )
    assert list(corrections_due(dt.date(2026, 9, 5))) == []
    assert len(list(corrections_due(dt.date(2026, 9, 19)))) == 1


def test_the_task_tells_each_person_once(open_round, drafted_application, at):
    application = drafted_application(open_round())
    at("2026-09-29 10:00:00")
    remind()
    remind()
    told = Notification.objects.filter(user=application.person, title="申报还没有提交")
    assert told.count() == 1
