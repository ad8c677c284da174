"""How the days of a notice come about: extension, correction, outage, a new calendar; kept, recorded, shown (F-38)."""

import datetime as dt

import pytest

from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.publicity import hooks, service
from jiaxing_titles.publicity.actions import extend_period, receive_objection, record_outage
from jiaxing_titles.publicity.models import Objection, PeriodChange, PublicityEntry, PublicityPeriod
from jiaxing_titles.publicity.tasks import close_due
from jiaxing_titles.workdays.actions import load_year
from jiaxing_titles.workdays.notice import read

pytestmark = pytest.mark.django_db
NOTICE_2027 = "2027-01-01 至 2027-01-03 放假 元旦\n2027-01-04 放假 元旦\n2027-02-05 至 2027-02-11 放假 春节"


@pytest.fixture
def notice(city, actor, at):
    """`notice("2026-09-28")` → a notice of three people, opened at nine that morning."""

    def opened(day: str, kind: str = "city", place: str = "city") -> PublicityPeriod:
        at(f"{day} 09:00:00")
        period = PublicityPeriod.objects.create(
            kind=kind, organisation=city[place], cycle=city.cycle, title=f"{day}公示"
        )
        service.add_entries(period, [service.EntryDraft(name, {"岗位": "工艺"}) for name in ("甲", "乙", "丙")])
        service.open_period(period, actor=actor("city_clerk", "city"))
        return again(period)

    return opened


@pytest.fixture
def arrives(city, actor):
    """`arrives(2027, lines)`: the State Council's notice is loaded."""

    def load(year: int = 2027, lines: str = NOTICE_2027):
        days = {day.isoformat(): [working, name] for day, (working, name) in read(lines, year).items()}
        return load_year(
            city["city"], actor=actor("city_clerk", "city"), year=year, number="国办发明电〔2026〕7号", lines=days
        )

    return load


def again(period: PublicityPeriod) -> PublicityPeriod:
    return PublicityPeriod.objects.get(pk=period.pk)


def ends(period: PublicityPeriod) -> dict[str, str]:
    return {one.name: f"{one.ends_on:%m-%d}" for one in PublicityEntry.objects.filter(period=period)}


def history(period: PublicityPeriod) -> list[tuple]:
    rows = PeriodChange.objects.filter(period=period).select_related("entry")
    return [(one.kind, one.entry.name if one.entry else "", f"{one.ends_after:%m-%d}") for one in rows]


def test_extension_correction_and_outage_are_told_one_after_the_other(notice, actor, at, client, login):
    period, clerk = notice("2026-09-28"), actor("city_clerk", "city")
    extend_period(period, actor=clerk, days=1, reason="台风停工")
    at("2026-09-30 09:00:00")
    wrong = PublicityEntry.objects.get(period=period, name="乙")
    service.correct_entry(wrong, name="乙一", columns={}, reason="姓名录错", actor=clerk)
    assert ends(period) == {"甲": "10-12", "乙一": "10-14", "丙": "10-12"}
    record_outage(period, actor=clerk, day="2026-09-29", hours=6, reason="机房断电")
    assert ends(period) == {"甲": "10-13", "乙一": "10-15", "丙": "10-13"}
    assert history(period) == [
        ("opened", "", "10-10"),
        ("extended", "", "10-12"),
        ("corrected", "乙一", "10-14"),
        ("outage", "", "10-13"),
        ("outage", "乙一", "10-15"),
    ]
    page = client.get(f"/notices/{period.pk}/").content.decode()
    for words in ("台风停工", "2026年9月29日（星期二）网站中断6小时，机房断电（2人）", "姓名录错", "10月15日"):
        assert words in page
    days = again(period).counted_days
    assert days[:3] == ["2026-09-29", "2026-09-30", "2026-10-08"] and len(days) == 9
    assert all(f'datetime="{day}"' in page for day in days)
    console = login("city_clerk", "city").get(period.console_url()).content.decode()
    for words in ("计入的工作日", "公示期变更", "原截止日", "台风停工", "2026年10月15日（星期四）"):
        assert words in console
    steps = AuditEvent.objects.filter(step="publicity.recount").values_list("facts__kind", flat=True)
    assert sorted(steps) == ["extended", "outage", "outage"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"day": "2026-09-29", "hours": 3}, "不满4小时"),
        ({"day": "2026-10-08", "hours": 6}, "还没有到"),
    ],
)
def test_an_outage_counts_from_the_hours_of_the_year_and_only_once(notice, actor, at, facts, told):
    period, clerk = notice("2026-09-28"), actor("city_clerk", "city")
    at("2026-09-30 09:00:00")
    with pytest.raises(Blocked, match=told):
        record_outage(period, actor=clerk, reason="断电", **facts)
    record_outage(period, actor=clerk, day="2026-09-29", hours=4, reason="断电")
    with pytest.raises(Blocked, match="已经登记并补足"):
        record_outage(period, actor=clerk, day="2026-09-29", hours=8, reason="断电")
    assert again(period).extra_days == 1


def test_the_city_prolongs_in_house_notices_too_and_nobody_else_does(notice, actor):
    period = notice("2026-09-28", "in_house", "A")
    for who in (actor("ent_hr", "A"), actor("county", "haining"), actor("city_lead", "city")):
        with pytest.raises(NotPermitted):
            extend_period(period, actor=who, days=1, reason="台风")
    extend_period(period, actor=actor("city_clerk", "city"), days=2, reason="台风")
    assert set(ends(period).values()) == {"10-13"}


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("publicity.extend_period", {"days": 1, "reason": "台风"}),
        ("publicity.record_outage", {"day": "2026-12-25", "hours": 6, "reason": "断电"}),
    ],
)
def test_the_console_refuses_what_would_need_an_unconfirmed_year(notice, at, login, step, typed):
    period = notice("2026-12-24")
    at("2026-12-28 09:00:00")
    answer = login("city_clerk", "city").post(f"/console/do/{step}/{period.pk}/", typed)
    assert answer.status_code == 409 and "2027年的放假调休通知还没有导入" in answer.content.decode()
    assert (again(period).extra_days, set(ends(period).values())) == (0, {"12-31"})
    assert history(period) == [("opened", "", "12-31")]


def test_a_correction_that_would_need_an_unconfirmed_year_is_refused(notice, actor, at):
    period = notice("2026-12-24")
    at("2026-12-28 09:00:00")
    with pytest.raises(Blocked, match="2027年"):
        service.correct_entry(
            period.entries.get(name="乙"), name="乙一", columns={}, reason="录错", actor=actor("city_clerk", "city")
        )
    assert ends(period) == {"甲": "12-31", "乙": "12-31", "丙": "12-31"}


def test_the_task_passes_nobody_on_while_the_count_needs_an_unconfirmed_year(notice, arrives, at, monkeypatch, client):
    """A standstill pushes the end over the year: it cannot be refused, so the end waits for the notice."""
    passed: list[str] = []
    monkeypatch.setitem(hooks.passed, "city", lambda period, entries, actor: passed.extend(e.name for e in entries))
    period = notice("2026-12-24")
    monkeypatch.setitem(hooks.frozen, "city", lambda period: [(dt.date(2026, 12, 28), dt.date(2026, 12, 29))])
    at("2027-01-05 00:05:00")
    assert close_due() == 0
    assert (again(period).awaits_year, again(period).state, passed) == (2027, "running", [])
    assert "2027年放假通知还没有导入，截止日待定" in client.get(f"/notices/{period.pk}/").content.decode()
    arrives()
    assert again(period).awaits_year is None
    assert set(ends(period).values()) == {"01-06"}
    assert history(period)[-1] == ("calendar", "", "01-06")
    at("2027-01-07 00:05:00")
    assert close_due() == 3
    assert passed == ["甲", "乙", "丙"]


def test_a_notice_that_arrives_moves_ends_later_and_says_so(notice, arrives, at, login, city):
    """2027-01-04 turns out to be free; the reply to an objection was provisional."""
    arrives(2027, "2027-01-01 至 2027-01-03 放假 元旦")
    period = notice("2026-12-28")
    objection = receive_objection(period, actor=SYSTEM, complainant="甲某", phone="13800000000", text="不实")
    assert set(ends(period).values()) == {"01-05"}
    typed = {"year": 2027, "number": "国办发明电〔2026〕9号", "lines": NOTICE_2027, "key": "k"}
    clerk, url = login("city_clerk", "city"), f"/console/do/workdays.load_year/{city['city'].pk}/"
    asked = clerk.post(url, typed)
    words = "2026-12-28公示：3人的截止日由2027年1月5日（星期二）改为2027年1月6日（星期三）"
    assert words in asked.content.decode()
    assert set(ends(period).values()) == {"01-05"}  # only shown
    assert not AuditEvent.objects.filter(step="publicity.recount").exists()
    assert clerk.post(url, {**typed, "seen": asked.context["form"]["seen"].value()}).status_code == 302
    assert set(ends(period).values()) == {"01-06"}
    assert again(period).counted_days[0] == "2026-12-29" and again(period).ends_on == dt.date(2027, 1, 6)
    assert history(period)[-1] == ("calendar", "", "01-06")
    kinds = set(AuditEvent.objects.filter(step__startswith="publicity.re").values_list("step", flat=True))
    assert {"publicity.recount", "publicity.reply_due"} <= kinds
    assert Objection.objects.get(pk=objection.pk).reply_due_on > objection.reply_due_on


def test_a_notice_that_arrives_never_brings_an_end_forward(notice, arrives):
    arrives(2027, "2027-01-01 至 2027-01-05 放假 元旦")
    period = notice("2026-12-28")
    assert set(ends(period).values()) == {"01-07"}
    arrives(2027, "2027-01-01 放假 元旦\n2027-01-02 上班 元旦")
    assert set(ends(period).values()) == {"01-07"}
    assert [day for day in again(period).counted_days if day >= "2027"] == [
        "2027-01-02", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07",
    ]  # fmt: skip


def test_a_provisional_reply_day_becomes_certain(notice, arrives, at):
    period = notice("2026-12-24")
    objection = receive_objection(period, actor=SYSTEM, complainant="甲某", phone="13800000000", text="不实")
    assert objection.provisional
    arrives(2027, "2027-01-01 放假 元旦")
    objection.refresh_from_db()
    assert not objection.provisional
