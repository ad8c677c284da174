"""The HR person leaves in the middle of the round: the head hands over, nothing is lost, the old one is out at once."""

import pytest

from jiaxing_titles.accounts.models import Membership
from tests.journeys.chapters.declaring import application_of, tick_and_endorse

pytestmark = pytest.mark.django_db


def test_somebody_else_takes_over_at_once(year, open_round, submitted):
    one = open_round()
    submitted(one, "张三")
    old, successor = year.hr, year.secretary.user
    assert "张三" in old.open("/ent/applicants/").text
    leaving = Membership.objects.get(user=old.user, role="ent_hr", ended_at=None)
    old.stranger("enterprises.hand_over", one.enterprise)
    year.head.do("enterprises.hand_over", one.enterprise, leaving=leaving, successor=successor, note="离职")

    assert old.client.get("/ent/applicants/").status_code in (302, 403)
    application = application_of("张三")
    assert old.client.post(f"/do/applications.endorse/{application.pk}/", {}).status_code in (302, 403, 404)
    year.city.people["ent_hr接手人", "A"] = successor
    new = year.desk("ent_hr", "A", "接手人")
    year._desks["ent_hr", "A", ""] = new
    role = Membership.objects.get(user=successor, role="ent_hr", ended_at=None)
    new.client.post("/switch/", {"membership": role.pk})  # the two roles of one person, changed on every page
    assert "张三" in new.open("/ent/applicants/").text
    tick_and_endorse(year, application)
    history = new.open(f"/ent/applicants/{application.pk}/").text
    assert "审核通过" in history
