import datetime as dt

import pytest

from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.notifications.tasks import remind
from jiaxing_titles.publicity import hooks, service
from jiaxing_titles.publicity.actions import receive_objection, reject, uphold
from jiaxing_titles.publicity.models import PeriodChange, PublicityEntry, PublicityPeriod
from jiaxing_titles.publicity.tasks import close_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(city, at):
    """A notice of three people, not open yet; 2026-09-28 09:00."""
    at("2026-09-28 09:00:00")
    period = PublicityPeriod.objects.create(
        kind="in_house", organisation=city["A"], cycle=city.cycle, title="示例精密2026年度评前公示"
    )
    service.add_entries(period, [service.EntryDraft(name, {"岗位": "工艺"}) for name in ("甲", "乙", "丙")])
    return period


@pytest.fixture
def passed(monkeypatch):
    """Names passed on by the hook of in-house notices, in order."""
    names: list[str] = []
    monkeypatch.setitem(hooks.passed, "in_house", lambda period, entries, actor: names.extend(e.name for e in entries))
    return names


def opened(period, actor) -> PublicityPeriod:
    service.open_period(period, actor=actor("ent_hr", "A"))
    return PublicityPeriod.objects.get(pk=period.pk)


def object_to(period, name: str | None):
    entry = period.entries.get(name=name) if name else None
    return receive_objection(
        period, actor=SYSTEM, complainant="知情人", phone="13800000000", text="学历不实", entry=entry
    )


def test_opening_fixes_the_five_counted_days_over_the_national_holiday(period, actor):
    period = opened(period, actor)
    assert (period.state, period.ends_on) == ("running", dt.date(2026, 10, 10))
    assert period.counted_days == ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    assert {entry.ends_on for entry in period.entries.all()} == {dt.date(2026, 10, 10)}


def test_opening_after_five_counts_from_the_next_day(period, actor, at):
    at("2026-09-28 17:00:00")
    assert opened(period, actor).ends_on == dt.date(2026, 10, 12)


def test_opening_is_refused_while_the_next_year_is_unconfirmed(period, actor, at):
    at("2026-12-28 09:00:00")
    with pytest.raises(Blocked, match="2027年的放假调休通知还没有导入"):
        service.open_period(period, actor=actor("ent_hr", "A"))
    assert PublicityPeriod.objects.get(pk=period.pk).state == "draft"


def test_nobody_is_passed_on_before_midnight_of_the_last_day(period, actor, at, passed):
    opened(period, actor)
    at("2026-10-10 23:59:59")
    close_due()
    assert passed == []
    at("2026-10-11 00:05:00")
    close_due()
    assert passed == ["甲", "乙", "丙"]
    assert PublicityPeriod.objects.get(pk=period.pk).state == "closed"


def test_a_second_run_passes_nobody_on_again(period, actor, at, passed):
    opened(period, actor)
    at("2026-10-11 00:05:00")
    assert (close_due(), close_due()) == (3, 0)
    assert passed == ["甲", "乙", "丙"]


def test_an_objection_holds_one_person_and_lets_the_others_go_on(period, actor, at, passed):
    period = opened(period, actor)
    objection = object_to(period, "乙")
    at("2026-10-11 00:05:00")
    close_due()
    assert passed == ["甲", "丙"]
    reject(objection, actor=actor("ent_hr", "A"), findings="学历属实", reply="经核查属实")
    close_due()
    assert passed == ["甲", "丙", "乙"]


def test_an_upheld_objection_takes_the_person_off_for_good(period, actor, at, passed, monkeypatch):
    struck: list[str] = []
    monkeypatch.setitem(
        hooks.upheld, "in_house", lambda objection, entries, actor: struck.extend(e.name for e in entries)
    )
    period = opened(period, actor)
    uphold(object_to(period, "乙"), actor=actor("ent_hr", "A"), findings="学历不实", reply="成立")
    at("2026-10-11 00:05:00")
    close_due()
    assert (passed, struck) == (["甲", "丙"], ["乙"])


def test_an_objection_to_the_whole_notice_holds_everybody(period, actor, at, passed):
    period = opened(period, actor)
    object_to(period, None)
    at("2026-10-11 00:05:00")
    close_due()
    assert passed == []


def test_a_correction_restarts_only_the_corrected_person(period, actor, at, passed):
    period = opened(period, actor)
    at("2026-10-09 09:00:00")
    service.correct_entry(
        period.entries.get(name="乙"), name="乙一", columns={}, reason="姓名录错", actor=actor("ent_hr", "A")
    )
    ends = dict(PublicityEntry.objects.filter(period=period).values_list("name", "ends_on"))
    assert ends == {"甲": dt.date(2026, 10, 10), "乙一": dt.date(2026, 10, 15), "丙": dt.date(2026, 10, 10)}
    assert PublicityPeriod.objects.get(pk=period.pk).ends_on == dt.date(2026, 10, 15)
    at("2026-10-11 00:05:00")
    close_due()
    assert passed == ["甲", "丙"]
    at("2026-10-16 00:05:00")
    close_due()
    assert passed == ["甲", "丙", "乙一"]


def test_days_before_a_suspension_stay_counted_and_days_inside_it_do_not(period, actor, at, passed, monkeypatch):
    opened(period, actor)
    frozen: list[tuple[dt.date, dt.date | None]] = [(dt.date(2026, 9, 30), None)]
    monkeypatch.setitem(hooks.frozen, "in_house", lambda period: frozen)
    at("2026-10-12 09:00:00")
    close_due()
    assert passed == []
    entry = PublicityEntry.objects.filter(period=period).first()
    assert entry.counted_days == ["2026-09-29", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-16"]
    frozen[0] = (dt.date(2026, 9, 30), dt.date(2026, 10, 12))
    at("2026-10-17 09:00:00")
    close_due()
    assert passed == ["甲", "乙", "丙"]
    assert PeriodChange.objects.filter(period=period, kind="suspended").exists()


def test_an_outage_adds_working_days(period, actor):
    period = opened(period, actor)
    service.prolong(period, days=1, kind="outage", reason="机房断电", actor=actor("ent_hr", "A"))
    assert PublicityPeriod.objects.get(pk=period.pk).ends_on == dt.date(2026, 10, 12)


def test_a_late_objection_is_kept_and_marked(period, actor, at):
    period = opened(period, actor)
    at("2026-10-11 00:00:00")
    assert object_to(period, "甲").late is True


@pytest.mark.parametrize(("role", "place"), [("ent_lead", "A"), ("ent_hr", "B"), ("county", "haining")])
def test_only_the_company_s_own_hr_settles_an_in_house_objection(period, actor, role, place):
    from jiaxing_titles.actions import NotPermitted

    objection = object_to(opened(period, actor), "甲")
    with pytest.raises(NotPermitted):
        reject(objection, actor=actor(role, place), findings="x", reply="y")
    objection.refresh_from_db()
    assert objection.state == "received"


def test_the_last_day_and_the_end_are_told_once_to_the_desk(period, passed, actor, at):
    """The notice ends on Saturday, 10 October, a make-up working day."""
    period = opened(period, actor)
    object_to(period, "甲")
    for day, hour in (("10-09", 9), ("10-10", 0), ("10-10", 23), ("10-11", 9)):
        at(f"2026-{day} {hour:02}:00:00")
        close_due()
        remind()
        remind()
    found = Notification.objects.filter(title__startswith="公示").order_by("pk")
    assert [(one.user, one.title, one.text) for one in found] == [
        (
            actor("ent_hr", "A").user,
            "公示最后一天",
            "示例精密2026年度评前公示今天（10月10日（星期六））24:00结束，未办结的异议1条。",
        ),
        (
            actor("ent_hr", "A").user,
            "公示结束",
            "示例精密2026年度评前公示已结束，可以办理下一环节，未办结的异议1条。",
        ),
    ]
