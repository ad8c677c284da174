"""Deadlines of this stage that people are reminded of; found in the database, told once (办法五（三）; D-6 to D-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from applications.models import AnnualRound
from jiaxing_titles import clock
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reached, reminder, until
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_datetime, cn_day
from reviews.choices import CommitteeState, InvitationState, MeetingState
from reviews.gates.report import standings
from reviews.models import CommitteeInvitation, ReviewMeeting
from reviews.queries import late_cycles, report_due

holders = Membership.objects.holders

AHEAD = (60, 30, 14, 7, 3, 1)
ANSWER_WITHIN = dt.timedelta(days=3)
"""After so many days without an answer, or as near to the meeting, a member is asked once more."""
ALARM = (-60, -30, -16, 0, 1)
"""1 November, 1 and 15 December, the last day and the day after it, for a limit of 31 December (D-8)."""


@reminder("reviews.report")
def reports_due(today: dt.date) -> Iterable[Due]:
    """Companies that have not reported: on fixed days before the reminder date, daily from there to the last day."""
    for cycle in Cycle.objects.filter(year=today.year):
        left = (cycle.report_reminder_on - today).days
        daily = cycle.report_reminder_on <= today <= cycle.report_due_on
        if left not in AHEAD and not daily:
            continue
        for one in standings(cycle):
            if one["status"] == "missing":
                users = holders(one["enterprise"].organisation_id, Role.ENT_HR)
                text = f"{cycle.year}年度评审结果请于{cn_day(cycle.report_due_on)} 24:00 前上报市局。"
                key = f"reviews.report:{one['enterprise'].pk}:{today.isoformat()}"
                yield Due(key, users, "评审结果尚未上报", text, "/ent/meetings/", sms=daily)


@reminder("reviews.overdue")
def reports_overdue(today: dt.date) -> Iterable[Due]:
    """After the last day: the company, its county and the city (D-6)."""
    for cycle in late_cycles():
        mark = reached(today, cycle.report_due_on)
        for one in standings(cycle):
            if one["status"] != "missing":
                continue
            organisation = one["enterprise"].organisation
            text = f"{organisation}没有上报{cycle.year}年度评审结果，{until(cycle.report_due_on, today)}。"
            people = (
                *holders(organisation.pk, Role.ENT_HR, Role.ENT_LEAD),
                *holders(organisation.supervisor_id, Role.COUNTY),
                *holders(cycle.bureau.pk, Role.CITY_CLERK),
            )
            yield Due(f"reviews.overdue:{one['enterprise'].pk}:{cycle.year}:{mark}", people, "评审结果逾期未报", text)


@reminder("reviews.after_meeting")
def reports_after_meetings(today: dt.date) -> Iterable[Due]:
    """Every meeting concluded and nothing sent: around the third working day after the last (D-7)."""
    running = ReviewMeeting.objects.exclude(state=MeetingState.CONCLUDED).values("round")
    done = ReviewMeeting.objects.filter(state=MeetingState.CONCLUDED).values("round")
    waiting = AnnualRound.objects.filter(pk__in=done, report__submitted_at=None).exclude(pk__in=running)
    for round_ in waiting.select_related("cycle", "enterprise__organisation").order_by("pk"):
        due = report_due(round_).on
        mark = reached(today, due)
        if mark is not None:
            text = f"{round_}的评审会已经结束，请上报评审结果，{until(due, today)}。"
            people = holders(round_.enterprise.organisation_id, Role.ENT_HR, Role.ENT_LEAD)
            key = f"reviews.after_meeting:{round_.pk}:{due}:{mark}"
            yield Due(key, people, "请上报评审结果", text, "/ent/meetings/", sms=today >= due)


@reminder("reviews.committee")
def committee_not_held(today: dt.date) -> Iterable[Due]:
    """The city's own alarm while no committee meeting of the year has closed (D-8)."""
    near = today - dt.timedelta(days=ALARM[0])
    last = today - dt.timedelta(days=ALARM[-1])
    for cycle in Cycle.objects.filter(committee_due_on__range=[last, near], authorities__isnull=False).distinct():
        if cycle.committee_meetings.filter(state=CommitteeState.CLOSED).exists():
            continue
        text = f"{cycle}中评委会议还没有召开，{until(cycle.committee_due_on, today)}。"
        roles = (Role.CITY_CLERK, Role.CITY_REVIEWER, Role.CITY_LEAD, Role.COMMITTEE_SEC)
        key = f"reviews.committee:{cycle.year}:{reached(today, cycle.committee_due_on, ALARM)}"
        yield Due(key, holders(cycle.bureau.pk, *roles), "中评委会议尚未召开", text, "/console/", sms=True)


@reminder("reviews.invitation")
def invitations_unanswered(today: dt.date) -> Iterable[Due]:
    """Members who have not said whether they come: asked once more, and the day before who said yes is told again."""
    standing = CommitteeInvitation.objects.filter(meeting__state=CommitteeState.PLANNED, replaced_by=None)
    asked = standing.filter(state__in=[InvitationState.WAITING, InvitationState.COMING])
    for one in asked.select_related("user", "meeting__cycle"):
        meeting, day = one.meeting, one.meeting.planned_at.astimezone(clock.SHANGHAI).date()
        sent = one.sent_at.astimezone(clock.SHANGHAI).date()
        where = f"{meeting}定于{cn_datetime(meeting.planned_at)}在{meeting.place}召开"
        url = one.get_absolute_url()
        if one.state == InvitationState.WAITING and today >= min(sent + ANSWER_WITHIN, day - ANSWER_WITHIN):
            key = f"reviews.invitation:{one.pk}:{one.sent_at:%Y%m%d%H%M}:{day}"
            yield Due(key, (one.user,), "请答复能否出席", f"{where}，您还没有答复。", url, sms=True)
        elif one.state == InvitationState.COMING and today == day - dt.timedelta(days=1):
            key = f"reviews.tomorrow:{one.pk}:{day}"
            yield Due(key, (one.user,), "明天召开中评委会议", f"{where}，请按时到会签到。", url, sms=True)
