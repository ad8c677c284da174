"""Deadlines of this stage that people are reminded of; found in the database, told once (办法五（三）; D-6 to D-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from applications.models import AnnualRound
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reached, reminder, until
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_datetime, cn_day, local_day
from reviews.choices import CommitteeState, InvitationState, MeetingState
from reviews.gates.report import standings
from reviews.models import CommitteeMeeting, ReviewMeeting
from reviews.queries import late_cycles, report_due
from reviews.queries.invitations import Sitting, answers_of, gaps_of, organiser, seats_in

holders = Membership.objects.holders

AHEAD = (60, 30, 14, 7, 3, 1)
ANSWER_WITHIN = dt.timedelta(days=3)
"""After so many days without an answer, or as near to the meeting, a member is asked once more."""
GAPS_AHEAD = dt.timedelta(days=3)
DESK = (Role.ENT_HR, Role.PANEL_SEC)
OF_PANEL = ("round__cycle", "round__enterprise__organisation", "panel", "filing")
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


def _ahead(today: dt.date) -> Iterable[tuple[Sitting, dt.date]]:
    """Meetings of panels and committee that are still to come, with their day."""
    panels = ReviewMeeting.objects.filter(state=MeetingState.PLANNED)
    sessions = CommitteeMeeting.objects.filter(state=CommitteeState.PLANNED)
    found: list[Sitting] = [*panels.select_related(*OF_PANEL), *sessions.select_related("cycle", "organisation")]
    for sitting in found:
        day = local_day(sitting.planned_at)
        if today <= day:
            yield sitting, day


@reminder("reviews.invitation")
def invitations_unanswered(today: dt.date) -> Iterable[Due]:
    """Members who have not said whether they come: asked once more, and the day before who said yes is told again."""
    for sitting, day in _ahead(today):
        where = f"{sitting}定于{cn_datetime(sitting.planned_at)}在{sitting.place}召开"
        asked = sitting.invitations.filter(replaced_by=None).exclude(user=None).select_related("user")
        for one in asked.filter(state__in=[InvitationState.WAITING, InvitationState.COMING]):
            assert one.user is not None
            url = one.get_absolute_url()
            if one.state == InvitationState.WAITING and today >= min(
                local_day(one.sent_at) + ANSWER_WITHIN, day - ANSWER_WITHIN
            ):
                key = f"reviews.invitation:{one.pk}:{one.sent_at:%Y%m%d%H%M}:{day}"
                yield Due(key, (one.user,), "请答复能否出席", f"{where}，您还没有答复。", url, sms=True)
            elif one.state == InvitationState.COMING and today == day - dt.timedelta(days=1):
                key = f"reviews.tomorrow:{one.pk}:{day}"
                title = f"明天召开{'中评委会议' if one.session_id is not None else '评审会'}"
                yield Due(key, (one.user,), title, f"{where}，请按时到会签到。", url, sms=True)


@reminder("reviews.gaps")
def meetings_with_gaps(today: dt.date) -> Iterable[Due]:
    """Three days ahead whoever runs the meeting learns who is missing and what it lacks (F-47), once for its day."""
    for sitting, day in _ahead(today):
        if today < day - GAPS_AHEAD:
            continue
        seats = seats_in(sitting)
        found = gaps_of(sitting, seats, answers_of(sitting, seats))
        if found:
            roles = DESK if isinstance(sitting, ReviewMeeting) else (Role.COMMITTEE_SEC,)
            people = holders(organiser(sitting).pk, *roles)
            told = f"{''.join(found)}没有答复不影响开会，到会以签到为准。"
            text = f"{sitting}定于{cn_datetime(sitting.planned_at)}召开。{told}"
            key = f"reviews.gaps:{sitting._meta.model_name}:{sitting.pk}:{day}"
            yield Due(key, people, "会议临近，到会还有缺口", text, sitting.get_absolute_url())
