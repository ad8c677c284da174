"""The city committee's meeting of 15 December on company A (办法五（三）)."""

import datetime as dt

from jiaxing_titles import clock
from reviews import actions
from tests.scenes.registry import reload, scene
from tests.scenes.reviewing import enrol_in_library, reported

SIZE = 11


@scene
def batch(noticed, concluded, actor, city, bureaus):
    """`batch("张三")` → company A reported and received, the year's consolidation complete."""

    def complete(*names):
        year = noticed(*names)
        concluded(year)
        clerk = actor("city_clerk", "city")
        actions.receive_report(reported(reload(year), actor), actor=clerk)
        whole = actions.open_consolidation(bureaus["city"], actor=clerk, cycle=city.cycle)
        return actions.complete_consolidation(whole, actor=actor("city_reviewer", "city"))

    return complete


@scene
def judge(actor):
    return lambda number: actor("committee", "city", f"评委{number}")


@scene
def convened(batch, actor, city, bureaus, judge, expert):
    """`convened("张三")` → a committee of eleven for 15 December, agenda built; judge 11 sat on company A's panel."""

    def prepare(*names, size=SIZE):
        batch(*names)
        sec, experts = actor("committee_sec", "city"), []
        for number in range(1, size + 1):
            user = judge(number).user
            works_at = city["A"] if number == 11 else None
            experts.append(enrol_in_library(bureaus, actor, user, works_at))
        meeting = actions.convene_committee(
            bureaus["city"],
            actor=sec,
            cycle=city.cycle,
            planned_at=dt.datetime(2026, 12, 15, 9, tzinfo=clock.SHANGHAI),
            place="市局八楼会议室",
        )
        meeting = actions.seat_members(meeting, actor=sec, experts=experts[:1], post="chair")
        meeting = actions.seat_members(meeting, actor=sec, experts=experts[1:])
        meeting = actions.build_agenda(meeting, actor=sec)
        first, second = actor("teller", "city", "计票甲"), actor("teller", "city", "计票乙")
        return actions.name_committee_tellers(meeting, actor=sec, first=first.user, second=second.user)

    return prepare


@scene
def sitting(convened, actor, judge, at):
    """`sitting("张三")` → in session with all eleven."""

    def start(*names, present=SIZE):
        meeting = convened(*names)
        at("2026-12-15 08:30:00")
        meeting = actions.open_committee_sign_in(meeting, actor=actor("committee_sec", "city"))
        for number in range(1, present + 1):
            meeting = actions.committee_sign_in(meeting, actor=judge(number), promised=True)
        return actions.start_committee(checked(meeting, actor), actor=actor("committee_sec", "city"))

    return start


def checked(meeting, actor):
    """Every seat seen by the secretary and, after her, by a teller."""
    for official in (actor("committee_sec", "city"), actor("teller", "city", "计票甲")):
        meeting = actions.check_roll(reload(meeting), actor=official, in_person=True)
    return meeting
