"""What the bureaus read in the console, what waits for whom, what the beat does."""

import pytest

from applications import actions
from applications.models import AnnualRound
from applications.tasks import close_due_rounds
from jiaxing_titles.inbox.registry import waiting_for

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


LIST = "/console/applications/titleapplication/"


def labels(actor) -> list[str]:
    return [one.label for one in waiting_for(actor)]


def test_a_county_reads_its_own_companies_and_no_drafts(open_round, submitted, drafted_application, login):
    year = open_round()
    application, draft = submitted(year, "张三"), drafted_application(year, "李四")
    own, other = login("county", "haining"), login("county", "tongxiang")
    page = own.get(LIST).content.decode()
    assert "张三" in page and "李四" not in page
    entry = own.get(f"{LIST}{application.pk}/change/").content.decode()
    assert "夹具改造" in entry and "程序预检" in entry
    assert application.person.id_number not in entry
    assert own.get(f"{LIST}{draft.pk}/change/").status_code == 404
    assert "张三" not in other.get(LIST).content.decode()
    assert other.get(f"{LIST}{application.pk}/change/").status_code == 404


def test_nothing_is_edited_in_the_console(open_round, submitted, login):
    application = submitted(open_round())
    clerk = login("city_clerk", "city")
    assert clerk.post(f"{LIST}{application.pk}/change/", {"verdict": "eligible"}).status_code == 405
    assert clerk.get(f"{LIST}add/").status_code == 404


def test_the_to_do_list_names_what_waits_and_forgets_what_is_done(open_round, submitted, actor, employee):
    year = open_round()
    hr = actor("ent_hr", "A")
    assert "待审核的申报" not in labels(hr)
    application = submitted(year)
    assert "待审核的申报" in labels(hr)
    actions.refuse(application, actor=hr, clause="附件一", reason="考核不实")
    assert "待审核的申报" not in labels(hr)
    me = employee(year, "李四")
    assert "还没有提交或需要补正的申报" not in labels(me)


def test_the_beat_closes_a_round_the_day_after_its_last_and_once(open_round, drafted_application, at):
    year = open_round()
    drafted_application(year)
    at("2026-09-30 23:59:59")
    assert close_due_rounds() == 0
    at("2026-10-01 00:00:00")
    assert close_due_rounds() == 1
    assert close_due_rounds() == 0
    assert AnnualRound.objects.get().state == "closed"
