"""The library of experts, the year's consolidation and the meeting of the 中评委 (办法五（三）)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from enterprises.models import Speciality
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.demo.city import ballots
from jiaxing_titles.demo.city.meetings import count
from jiaxing_titles.demo.city.people import acting
from jiaxing_titles.demo.city.places import TERM_UNTIL, City
from jiaxing_titles.demo.city.timeline import Script
from reviews import actions
from reviews.models import CommitteeMeeting, LibraryExpert
from reviews.queries.committee import uncovered_specialities

DAY = dt.timedelta(days=1)
FIELDS = ("机械设计", "化纤", "电子信息", "化工工艺", "计算机软件", "新材料", "光伏与新能源", "汽车及零部件")


def enrol(city: City, day: dt.datetime, *, library: int, committee: int) -> Script:
    """专家入库: the first `committee` of them also sit on the committee's list."""
    yield day
    place = city.bureau.organisation
    for order in range(1, library + 1):
        name = city.registry.name(female=order % 4 == 0)
        login = f"cm{order:02d}" if order <= committee else f"lib{order - committee:02d}"
        member = city.registry.official(login, name, Role.LIBRARY_MEMBER, place)
        city.library.append(member)
        if order <= committee:
            city.registry.official(login, name, Role.COMMITTEE, place)
        city.do(
            actions.enrol_expert,
            city.bureau,
            city.clerk,
            user=member.user,
            employer=f"示例研究院{order % 7 + 1}所",
            rank="full_senior" if order % 3 == 0 else "senior",
            title="正高级工程师" if order % 3 == 0 else "高级工程师",
            speciality=Speciality.objects.get(name=FIELDS[order % len(FIELDS)]),
            term_until=TERM_UNTIL,
        )


def consolidate(city: City, opened_on: dt.datetime, completed_on: dt.datetime) -> Script:
    """全市汇总."""
    yield opened_on
    whole = city.do(actions.open_consolidation, city.bureau, city.clerk, cycle=city.cycle(opened_on.year))
    yield completed_on
    city.do(actions.complete_consolidation, whole, city.reviewer)


def convene(city: City, day: dt.datetime, meets_at: dt.datetime, *, members: int) -> Script:
    """Seats, agenda, tellers, invitations; everybody says that he comes."""
    yield day
    facts = {"cycle": city.cycle(day.year), "planned_at": meets_at, "place": "市人社局八楼会议室"}
    meeting = city.do(actions.convene_committee, city.bureau, city.secretary, **facts)
    listed = LibraryExpert.objects.filter(user__username__startswith="cm").order_by("user__username")
    experts = list(listed[:members])
    city.do(actions.seat_members, meeting, city.secretary, experts=experts[:1], post="chair")
    city.do(actions.seat_members, meeting, city.secretary, experts=experts[1:])
    city.do(actions.build_agenda, meeting, city.secretary)
    first, second = city.officials["teller1"].user, city.officials["teller2"].user
    meeting = city.do(actions.name_committee_tellers, meeting, city.secretary, first=first, second=second)
    if uncovered_specialities(meeting):
        reason = "该专业暂无库内专家，由相近专业评委评议。"
        meeting = city.do(actions.explain_uncovered, meeting, city.secretary, uncovered_reason=reason)
    city.do(actions.invite_members, meeting, city.secretary)
    yield day + 2 * DAY
    for one in meeting.invitations.select_related("user").order_by("pk"):
        assert one.user is not None
        city.do(actions.accept_invitation, one, acting(one.user, Role.COMMITTEE, city.bureau.organisation))


def sit(city: City, day: dt.datetime, *, absent: int, failed: Iterable[int] = ()) -> Script:
    """签到, 汇报, 审议, 无记名投票, 闭会; `failed` are application ids. The first sheet is voted on electronically."""
    yield day - dt.timedelta(minutes=30)
    meeting = CommitteeMeeting.objects.filter(cycle__year=day.year).latest("pk")
    meeting = city.do(actions.open_committee_sign_in, meeting, city.secretary)
    members = list(meeting.members.select_related("user").order_by("pk"))
    place = city.bureau.organisation
    for member in members[: len(members) - absent]:
        judge = acting(member.user, Role.COMMITTEE, place)
        city.do(actions.committee_sign_in, meeting, judge, promised=True)
    for official in (city.secretary, city.officials["teller1"]):
        meeting = city.do(actions.check_roll, meeting, official, in_person=True)
    yield day
    meeting = city.do(actions.start_committee, meeting, city.secretary)
    _hear(city, meeting)
    tellers = (city.officials["teller1"], city.officials["teller2"])
    typed = ballots.make_committee_key(city, meeting)
    first, *others = meeting.sheets.order_by("number")
    first = ballots.open_box(city, first, city.secretary)
    ballots.vote(city, first, failed=failed)
    ballots.count_box(city, first, city.secretary, tellers[0], typed[:2], city.secretary)
    for sheet in others:
        issued = city.do(actions.issue_sheet, sheet, city.secretary)
        count(city, issued, tellers, set(failed))
        city.do(actions.sign_tally, issued, city.secretary)
    city.do(actions.close_committee, meeting, city.secretary, minutes="听取汇报、审议并投票，结果如计票单。")


def _hear(city: City, meeting: CommitteeMeeting) -> None:
    hr_of = {one.enterprise.pk: one.hr for one in city.companies.values()}
    slots = list(meeting.slots.order_by("place"))
    if len(slots) > 2:  # one reporter is late: his company is put to the end
        slots.append(city.do(actions.defer_slot, slots.pop(1), city.secretary))
    for slot in slots:
        hr = hr_of[slot.enterprise_id]
        facts = {"reporter": hr.user.name if hr.user else "", "reporter_duty": "人力资源部经理"}
        slot = city.do(actions.name_reporter, slot, hr, **facts, brief="汇报评审组织过程和结果。")
        slot = city.do(actions.hear_slot, slot, city.secretary)
        city.do(actions.deliberate_slot, slot, city.secretary, deliberation="程序规范，同意提交表决。")
