"""What people of this stage are told of by day: last days (ux §7.4), and that their company had to stop (C-2, C-3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from applications.choices import ApplicationState, RoundState
from applications.models import AnnualRound, TitleApplication
from applications.queries.status import standstill
from enterprises.choices import Measure, SanctionState
from enterprises.models import SanctionCase
from enterprises.queries import standing
from jiaxing_titles.accounts.models import User
from jiaxing_titles.notifications.reminders import Due, reminder
from jiaxing_titles.ui.formats import cn_date

CLOSING_DAYS = {14: False, 7: False, 3: True, 1: True, 0: False}
"""Days before the last one → also by SMS."""
TOLD_WITHIN = dt.timedelta(days=30)
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


@reminder("applications.standstill")
def companies_stopped(today: dt.date) -> Iterator[Due]:
    """Everybody whose application stops with the company, once the measure is in effect and not sooner (C-2, C-3)."""
    stopping = {"suspended": Measure.SUSPEND, "withdrawn": Measure.WITHDRAW, "exited": Measure.EXIT}
    effective = SanctionCase.objects.filter(
        state=SanctionState.EFFECTIVE, measure__in=stopping.values(), effective_on__range=[today - TOLD_WITHIN, today]
    )
    for sanction in effective.select_related("enterprise__organisation__supervisor", "cycle").order_by("pk"):
        now = standing(sanction.enterprise, sanction.cycle, on=today)
        if stopping.get(now.status) != sanction.measure:
            continue  # resumed meanwhile, or overtaken by a heavier measure
        live = User.objects.filter(
            applications__enterprise=sanction.enterprise,
            applications__cycle=sanction.cycle,
            applications__state__in=ApplicationState.before_report(),
        )
        why = sanction.facts if sanction.measure == Measure.EXIT else sanction.decision
        text = f"{now.reasons[0].text}原因：{why.rstrip('。')}。{standstill(now.status, sanction.enterprise)}"
        people = tuple(live.distinct().order_by("pk"))
        yield Due(f"applications.standstill:{sanction.pk}", people, "本单位停止自主评审", text, "/my/")
