"""The demo city on its small size: built by steps alone, the same every time, and nothing in it only scenery."""

import contextlib
import datetime as dt
import json
import re

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from applications.models import TitleApplication
from enterprises.models import Enterprise
from enterprises.stages import registered, stage_of
from jiaxing_titles import clock
from jiaxing_titles.accounts.grants import differences
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.audit.chain import broken_links
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.demo.cards import cards
from jiaxing_titles.demo.city import story
from jiaxing_titles.identity import papers
from jiaxing_titles.policy.models import Cycle
from reviews.models import ReviewMeeting, VoteSheet
from reviews.rules.ballot import verify_board

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STATES = {
    "2025/示例精密机械/appointed": 4,
    "2026/示例精密机械/reported": 4,
    "2026/示例化纤/noticed": 4,
}


class Undone(Exception):
    """Takes a built city back."""


@pytest.fixture(scope="module")
def summaries(django_db_setup, django_db_blocker, movable_clock):
    """The small city, kept for all tests of this module, and the summaries of two builds of it."""
    made = []
    with django_db_blocker.unblock(), contextlib.suppress(Undone), transaction.atomic():
        with contextlib.suppress(Undone), transaction.atomic():
            months = []
            story.build(story.QUICK, new_month=months.append)
            assert months == [dt.date(2025 + n // 12, n % 12 + 1, 1) for n in range(22)]
            made.append(story.summary())
            raise Undone
        story.build(story.QUICK)
        made.append(story.summary())
        yield made
        raise Undone


@pytest.fixture
def town(summaries, db, settings):
    settings.DEMO = True


def test_the_city_stands_where_its_story_says(town):
    found = story.summary()
    assert found["applications"] == STATES
    assert found["appointments"] == {"confirmed": 4}
    assert clock.today() == dt.date(2026, 10, 28)
    assert list(broken_links()) == []
    assert differences() == []
    assert not AuditEvent.objects.filter(outcome="refused").exists()
    times = list(AuditEvent.objects.order_by("seq").values_list("at", flat=True))
    assert times == sorted(times)
    for person in User.objects.exclude(id_index=""):
        assert papers.accept(person.id_kind, person.id_number, today=clock.today()) == person.id_number


def test_last_years_committee_voted_electronically_too_and_anybody_can_count_it_again(town):
    first, *others = VoteSheet.objects.filter(session__cycle__year=2025).order_by("number")
    assert ([one.mode for one in others], first.mode) == (["paper"] * len(others), "electronic")
    assert verify_board.problems(first.board.file.encode(), first.board_hash) == []
    assert first.session.invitations.filter(state="coming").count() == first.members


def test_two_builds_are_the_same(summaries):
    assert summaries[0] == summaries[1]


def test_the_next_step_is_the_visitors_own(town, client):
    """The panel's chair enters by his card, and the sign-in of today's meeting is his to do."""
    meeting = ReviewMeeting.objects.get(state="planned")
    hr = Membership.objects.get(user__username="hr03", role=Role.ENT_HR)
    assert client.post(f"/demo/enter/{hr.pk}/").headers["Location"] == "/ent/"
    step = f"/do/reviews.open_sign_in/{meeting.pk}/"
    assert client.get(step).status_code == 200
    meeting.refresh_from_db()
    answer = client.post(step, {"expected_version": meeting.version, "version": meeting.version, "key": "one"})
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "signing_in"


def test_every_card_leads_to_its_page(town):
    found = [card for group in cards() for card in group.cards]
    assert {"李人事", "王五", "李四"} <= {card.membership.user.name for card in found}
    todos = {card.membership.user.username: card.todos for card in found}
    assert todos["hr03"] == todos["psec03"] == ["到了召开时间的评审会 1"]
    for card in found:
        visitor = Client()
        assert visitor.get(card.login_path).status_code == 200
        visitor.post(card.login_path)
        assert visitor.get(card.page).status_code == 200, card.membership


def test_everybody_without_a_card_is_found_by_his_company(town, client):
    page = client.get("/demo/people/").content.decode()
    for one in Membership.objects.current().select_related("user"):
        assert f'href="/demo/enter/{one.pk}/">{one.user.name}</a>' in page
    assert 'href="/demo/people/"' in client.get("/demo/").content.decode()


def test_the_companys_first_page_says_how_far_its_year_is(town, client):
    labels = [label for label, _ in registered]
    assert labels == ["试点申请", "试点方案", "申报和单位公示", "评审会", "结果上报", "审议公布", "聘任兑现"]
    cycles = {cycle.year: cycle for cycle in Cycle.objects.all()}
    companies = {one.organisation.short_name: one for one in Enterprise.objects.select_related("organisation")}
    assert stage_of(companies["示例精密机械"], cycles[2025]) == len(labels)
    assert labels[stage_of(companies["示例精密机械"], cycles[2026])] == "审议公布"
    assert labels[stage_of(companies["示例化纤"], cycles[2026])] == "评审会"
    hr = Membership.objects.get(user__username="hr01", role=Role.ENT_HR)
    client.post(f"/demo/enter/{hr.pk}/")
    page = client.get("/ent/").content.decode()
    assert re.search(r'step-current[^<]*<span class="step-name">审议公布', re.sub(r"\s+(?=<)", "", page))


def test_the_strip_leads_back_to_the_cards(town, client):
    hr = Membership.objects.get(user__username="hr03", role=Role.ENT_HR)
    client.post(f"/demo/enter/{hr.pk}/")
    assert '<a href="/demo/">换身份、拨时间</a>' in client.get("/ent/").content.decode()


def test_the_clock_moves_forward_only(town, client):
    refused = client.post("/demo/clock/", {"day": "2026-10-28"})
    assert refused.status_code == 422 and "只能往后拨" in refused.content.decode()
    client.post("/demo/clock/", {"day": "2026-11-10"})
    assert clock.today() == dt.date(2026, 11, 10)
    assert TitleApplication.objects.filter(cycle__year=2026, state="reported").count() == 4


def test_the_day_that_the_page_proposes_is_in_its_field(town, client):
    assert 'value="2026-10-29"' in client.get("/demo/").content.decode()


def test_a_second_build_is_refused_and_changes_nothing(town, capsys):
    before = AuditEvent.objects.count()
    call_command("demo_city", "--quick")
    assert "没有重建" in capsys.readouterr().out
    assert AuditEvent.objects.count() == before


def test_accounts_for_the_launcher(town, capsys):
    call_command("demo_accounts", "--json")
    told = json.loads(capsys.readouterr().out)
    assert {"ent_hr", "applicant", "county", "city_clerk", "committee_sec", "sysadmin"} <= {
        one["role"] for one in told["accounts"]
    }
    assert told["pdf"]["path"].endswith("/document.pdf")
    call_command("demo_accounts")
    assert "hr01" in capsys.readouterr().out


def test_there_is_no_demo_elsewhere(settings, client):
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
