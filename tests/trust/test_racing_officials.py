"""Two officials at the same moment: one wins, the other is told, nothing happens twice."""

import threading

import pytest
from django.db import connection, connections

from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked, Stale
from jiaxing_titles.audit.chain import broken_links
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.publicity import service
from jiaxing_titles.publicity.actions import investigate, receive_objection, reject, uphold
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from reviews import actions as reviews
from reviews.models import DrawRun, GuidanceAssignment
from tests.scenes.registry import reload
from tests.scenes.reviewing import enrol_in_library

pytestmark = pytest.mark.django_db(transaction=True)
FOUND = {"findings": "核查", "reply": "答复"}
ROUNDS = 20


def race(*calls) -> list[object]:
    """Run the calls at the same moment, each on its own connection; their results or exceptions, in order."""
    barrier = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(index: int) -> None:
        try:
            barrier.wait(timeout=10)
            results[index] = calls[index]()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.fixture
def period(city, actor, at):
    at("2026-09-28 09:00:00")
    period = PublicityPeriod.objects.create(kind="in_house", organisation=city["A"], cycle=city.cycle, title="公示")
    service.add_entries(period, [service.EntryDraft(f"第{n}人") for n in range(ROUNDS)])
    with_atomic(lambda: service.open_period(period, actor=actor("ent_hr", "A")))
    return period


def with_atomic(call):
    from django.db import transaction

    with transaction.atomic():
        return call()


def test_twenty_pairs_of_contrary_decisions_leave_one_each(period, actor):
    one, other = actor("ent_hr", "A"), actor("ent_hr", "A", "另一位经办")
    for entry in period.entries.order_by("number"):
        objection = receive_objection(
            period, actor=SYSTEM, complainant="甲", phone="13800000000", text="x", entry=entry
        )
        results = race(
            lambda objection=objection: reject(objection, actor=one, **FOUND),
            lambda objection=objection: uphold(objection, actor=other, **FOUND),
        )
        won = [result for result in results if isinstance(result, Objection)]
        lost = [result for result in results if isinstance(result, Blocked)]
        assert (len(won), len(lost)) == (1, 1), results
        events = events_of(objection).exclude(step="publicity.receive_objection")
        assert sorted(events.values_list("outcome", flat=True)) == ["done", "refused"]
    assert list(broken_links()) == []


def test_a_double_click_in_the_same_moment_is_one_step(period, actor):
    hr = actor("ent_hr", "A")
    objection = receive_objection(period, actor=SYSTEM, complainant="甲", phone="13800000000", text="x")
    click = lambda: investigate(objection, actor=hr, key="same", expected_version=objection.version)  # noqa: E731 -- one call, raced
    results = race(click, click)
    assert [type(result) for result in results] == [Objection, Objection]
    assert events_of(objection).filter(step="publicity.investigate").count() == 1


def test_two_stale_pages_of_one_person_are_one_step(period, actor):
    hr = actor("ent_hr", "A")
    objection = receive_objection(period, actor=SYSTEM, complainant="甲", phone="13800000000", text="x")
    results = race(
        lambda: investigate(objection, actor=hr, key="a", expected_version=objection.version),
        lambda: investigate(objection, actor=hr, key="b", expected_version=objection.version),
    )
    assert sorted(type(result).__name__ for result in results) == ["Objection", "Stale"]
    assert Notification.objects.filter(title="开始核查").count() == 0
    assert isinstance(next(r for r in results if not isinstance(r, Objection)), Stale)


def test_control_without_the_lock_the_race_does_happen(period, actor):
    """The test would notice: the same two decisions, read before either writes, both believe they may."""
    objection = receive_objection(period, actor=SYSTEM, complainant="甲", phone="13800000000", text="x")
    both_read = threading.Barrier(2)

    def without_lock(state: str):
        def decide() -> str:
            with connections["default"].cursor() as cursor:
                cursor.execute("SELECT state FROM publicity_objection WHERE id = %s", [objection.pk])
                [seen] = cursor.fetchone()
            both_read.wait(timeout=10)
            return seen

        return decide

    assert race(without_lock("upheld"), without_lock("rejected")) == ["received", "received"]
    assert connection.vendor == "postgresql"


def test_a_draw_clicked_by_two_at_once_is_one_run(noticed, filed, actor, bureaus):
    clerk, secret = actor("city_clerk", "city"), bytes(range(100, 132))
    filing = with_atomic(lambda: filed(noticed("张三")))
    filing = reviews.acknowledge_filing(filing, actor=clerk, opinion="同意")
    for name in ("甲", "乙", "丙"):
        enrol_in_library(bureaus, actor, actor("library_member", "city", name).user)
    reviews.decide_guidance(filing, actor=clerk, assign=True, reason="随机抽查。")
    draw = reviews.prepare_draw(reload(filing), actor=clerk)
    draw = reviews.contribute_secret(draw, actor=actor("supervisor", "city"), supervisor_secret=secret)
    clicks = [
        lambda key=key: reviews.draw_expert(draw, actor=clerk, key=key, supervisor_secret=secret)
        for key in ("once", "once", "twice", None)
    ]
    results = race(*clicks)
    drawn = {one.pk for one in results if isinstance(one, GuidanceAssignment)}
    assert len(drawn) == DrawRun.objects.count() == GuidanceAssignment.objects.count() == 1
    assert all(isinstance(one, GuidanceAssignment | Blocked) for one in results), results
