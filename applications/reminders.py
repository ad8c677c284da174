"""Reminders of this stage: the last day of personal applications, the last day to put things right (ux §7.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from applications.choices import ApplicationState, RoundState
from applications.models import AnnualRound, TitleApplication
from jiaxing_titles.notifications.reminders import Due, reminder
from jiaxing_titles.ui.formats import cn_date

CLOSING_DAYS = {14: False, 7: False, 3: True, 1: True, 0: False}
"""Days before the last one → also by SMS."""
CORRECTION_DAYS = {3: True, 1: True, 0: False}


@reminder("applications.closing")
def rounds_closing(today: dt.date) -> Iterator[Due]:
    """Whoever has begun and not handed in, 14, 7, 3, 1 and 0 days before the round closes."""
    for days, by_sms in CLOSING_DAYS.items():
        closing = AnnualRound.objects.filter(state=RoundState.OPEN, closes_on=today + dt.timedelta(days=days))
        drafts = TitleApplication.objects.filter(round__in=closing, state=ApplicationState.DRAFT)
        for one in drafts.select_related("person", "round").order_by("pk"):
            last = one.round.closes_on
            yield Due(
                key=f"applications.closing:{one.pk}:{last}:{days}",
                users=(one.person,),
                title="申报还没有提交",
                text=f"{one.person}，职称申报{cn_date(last)} 24:00截止，您还没有提交。",
                url=one.get_absolute_url(),
                sms=by_sms,
            )


@reminder("applications.correction")
def corrections_due(today: dt.date) -> Iterator[Due]:
    """Whoever was asked to put something right, 3, 1 and 0 days before it is due."""
    days = {today + dt.timedelta(days=one): (one, by_sms) for one, by_sms in CORRECTION_DAYS.items()}
    returned = TitleApplication.objects.filter(
        state=ApplicationState.RETURNED, returns__due_on__in=list(days)
    ).distinct()
    for one in returned.select_related("person").prefetch_related("returns").order_by("pk"):
        notice = list(one.returns.all())[-1]
        if notice.due_on not in days:
            continue  # an earlier notice fell on that day
        left, by_sms = days[notice.due_on]
        yield Due(
            key=f"applications.correction:{one.pk}:{notice.number}:{left}",
            users=(one.person,),
            title="申报需要补正",
            text=f"{one.person}，您的申报有{len(notice.items)}处要改，{cn_date(notice.due_on)}前改好再提交。",
            url=one.get_absolute_url(),
            sms=by_sms,
        )
