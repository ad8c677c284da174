"""Who is not in the pool and why; the draw by code until its hour; the next in order after silence (F-44 to F-46)."""

import datetime as dt
import json
from datetime import timedelta

import pytest

from enterprises.models import Speciality
from jiaxing_titles import clock
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.actions import Blocked
from jiaxing_titles.notifications.models import Notification
from reviews import actions, documents
from reviews.models import GuidanceAssignment, Recusal
from reviews.queries import draw_file, expert_pool, names_in
from reviews.rules.draw import verify_draw
from reviews.rules.draw.pool import digest
from reviews.tasks import draw_after_silence
from tests.reviews.test_documents import Job, text_of
from tests.scenes.registry import reload
from tests.scenes.reviewing import drawn, member_of

pytestmark = pytest.mark.django_db
SECRET = bytes(range(100, 132))


def stands(scenes):
    scenes.filed(scenes.noticed("张三"))


@pytest.fixture
def library(bureaus, actor):
    """`library("甲", "乙")` → their entries by name."""

    def enrol(*names):
        facts = {"employer": "示例研究院", "rank": "senior", "title": "高级工程师", "term_until": dt.date(2028, 12, 31)}
        speciality = Speciality.objects.get(name="机械设计")
        return {
            name: actions.enrol_expert(
                bureaus["city"],
                actor=actor("city_clerk", "city"),
                user=actor("library_member", "city", name).user,
                speciality=speciality,
                **facts,
            )
            for name in names
        }

    return enrol


@pytest.fixture
def filing(noticed, filed, actor):
    clerk = actor("city_clerk", "city")
    found = actions.acknowledge_filing(filed(noticed("张三")), actor=clerk, opinion="同意")
    actions.decide_guidance(found, actor=clerk, assign=True, reason="随机抽查。")
    return reload(found)


def belonged(user, organisation, left):
    facts = {"since": left - timedelta(days=900), "ended_at": left}
    Membership.objects.create(user=user, organisation=organisation, role="ent_hr", **facts)


def test_each_reason_to_leave_an_expert_out_has_its_code(filing, library, city, actor):
    experts = library("甲", "乙", "丙", "丁", "戊", "己")
    now, place, clerk = clock.now(), city["A"], actor("city_clerk", "city")
    belonged(experts["甲"].user, place, now - timedelta(days=365 * 3 - 1))
    belonged(experts["乙"].user, place, now - timedelta(days=365 * 3 + 1))
    seat = member_of(filing.meeting, 1)
    seat.pk, seat.user, seat.post = None, experts["丙"].user, "member"
    seat.save()
    Recusal.objects.create(
        item=filing.meeting.items.get(), member=seat, kind="kin", declared_by=seat.user, declared_at=now
    )
    until, past = clock.today(), clock.today() - timedelta(days=1)
    actions.suspend_expert(experts["丁"], actor=clerk, suspended_until=until, suspended_reason="多次缺席")
    actions.suspend_expert(experts["戊"], actor=clerk, suspended_until=past, suspended_reason="期满")
    found = expert_pool(filing)
    assert {expert.user.name: why.value for expert, why in found.excluded} == {
        "甲": "former",
        "丙": "kin",
        "丁": "suspended",
    }
    assert [expert.user.name for expert in found.candidates] == ["乙", "戊", "己"]
    filing.round.cycle.draw_former_years = 4
    assert "乙" in {expert.user.name for expert, _ in expert_pool(filing).excluded}


def test_who_was_sent_as_often_as_one_may_be_is_left_out(filing, library, city, actor):
    library("甲", "乙")
    sent = drawn(filing, actor).expert
    assert [(one.user, why.value) for one, why in expert_pool(filing).excluded] == [(sent, "drawn")]
    another = reload(filing)
    another.pk = 0  # a filing with no assignment of its own
    assert expert_pool(another).excluded == []
    another.round.cycle.draw_most = 1
    assert [(one.user, why.value) for one, why in expert_pool(another).excluded] == [(sent, "too_often")]


def test_a_blind_draw_shows_codes_until_its_hour_and_proves_the_names_afterwards(filing, library, actor, login, at):
    library("甲", "乙", "丙")
    clerk, hour = actor("city_clerk", "city"), filing.meeting.planned_at - timedelta(hours=1)
    draw = actions.prepare_draw(filing, actor=clerk, blind_until=hour)
    assert [set(one) for one in draw.pool["experts"]] == [{"code"}] * 3
    assert sorted(one["code"] for one in draw.pool["experts"]) == ["M001", "M002", "M003"]
    draw = actions.contribute_secret(draw, actor=actor("supervisor", "city"), supervisor_secret=SECRET)
    guest = actions.draw_expert(draw, actor=clerk, supervisor_secret=SECRET)
    name, member = guest.expert.name, actor("library_member", "city", guest.expert.name)
    guest = actions.accept_guidance(guest, actor=member)
    pages = (draw.get_absolute_url(), guest.console_url(), filing.console_url(), guest.get_absolute_url())
    desk, company = login("city_clerk", "city"), login("ent_hr", "A")
    for page in pages:
        assert name not in _main(desk.get(page)), page
    for page in (draw.get_absolute_url(), filing.get_absolute_url(), filing.meeting.get_absolute_url()):
        assert name not in _main(company.get(page)), page
    assert name not in text_of(documents.build_draw(Job(draw.pk), None)[1])
    assert name not in text_of(documents.build_filing(Job(filing.pk), None)[1])
    with pytest.raises(Blocked, match="已抽取M00"):
        actions.draw_expert(draw, actor=clerk, redraw_reason="想换人")
    record = draw_file(draw)
    assert (verify_draw.problems(record), "key" in json.loads(record)["record"]) == ([], False)
    at(hour.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"))
    assert name in _main(desk.get(draw.get_absolute_url()))
    assert name in text_of(documents.build_draw(Job(draw.pk), None)[1])
    record = draw_file(draw)
    key = json.loads(record)["record"]["key"]
    assert (verify_draw.problems(record), digest(key)) == ([], draw.pool["names_hash"])
    assert key["codes"][guest.run.chosen[0]] == guest.expert.library_entry.code
    assert names_in(draw)[guest.run.chosen[0]][0] == name


def _main(answer):
    assert answer.status_code == 200
    return answer.content.decode().split("</header>", 1)[-1]


def test_a_silent_expert_is_passed_over_after_a_day_and_then_a_second_official_is_asked(filing, library, actor, at):
    library("甲", "乙", "丙")
    first = drawn(filing, actor)
    assert draw_after_silence() == 0
    at((first.drawn_at + timedelta(hours=24)).astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"))
    assert draw_after_silence() == 1
    assert draw_after_silence() == 0
    first, second = GuidanceAssignment.objects.order_by("pk")
    assert (first.state, second.state, second.run.run_no) == ("lapsed", "drawn", 2)
    assert (second.run.drawn_by, second.run.reason) == (None, "专家逾期未答复。")
    assert second.run.unavailable == [{"code": first.run.chosen[0], "why": "逾期未答复"}]
    assert verify_draw.problems(draw_file(first.run.draw)) == []
    assert Notification.objects.filter(user=first.expert, text__contains="已改由他人到会").exists()
    at((second.drawn_at + timedelta(hours=25)).astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"))
    assert draw_after_silence() == 0
    assert reload(second).state == "lapsed"
    reviewer = actor("city_reviewer", "city")
    draw = actions.approve_redraw(reload(first.run.draw), actor=reviewer, reason="同意")
    third = actions.draw_expert(draw, actor=actor("city_clerk", "city"), redraw_reason="两名专家未答复")
    assert third.run.agreed_by == reviewer.user


def test_who_answered_is_not_passed_over(filing, library, actor, at):
    library("甲", "乙")
    guest = drawn(filing, actor)
    actions.accept_guidance(guest, actor=actor("library_member", "city", guest.expert.name))
    at((guest.drawn_at + timedelta(hours=30)).astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"))
    assert draw_after_silence() == 0
