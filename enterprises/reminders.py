"""Days of this stage that are near: the window, a correction, the plan (D-1, D-3); each told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from enterprises.choices import PilotApplicationState as S
from enterprises.choices import PilotPlanState
from enterprises.models import CorrectionNotice, PilotApplication, PilotPlan, ReviewAuthority
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reminder
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_date

WINDOW_DAYS = (30, 7, 1)
CORRECTION_DAYS = (3, 1)
PLAN_DAYS = (30, 7, 3, 1)


def _staff(organisation: int, *roles: Role) -> tuple[User, ...]:
    found = Membership.objects.current().filter(organisation_id=organisation, role__in=roles).select_related("user")
    return tuple(membership.user for membership in found.order_by("user_id"))


@reminder("enterprises.window")
def unfinished_applications(today: dt.date) -> Iterator[Due]:
    """Begun but not filed, while the window still runs."""
    for cycle in Cycle.objects.filter(apply_until__in=[today + dt.timedelta(days=days) for days in WINDOW_DAYS]):
        unfiled = PilotApplication.objects.filter(
            cycle=cycle, state__in=[S.DRAFT, S.AWAITING_LEAD], first_submitted_at=None
        ).select_related("enterprise__organisation", "cycle")
        for application in unfiled.order_by("pk"):
            text = f"{application}还没有提交，{cn_date(cycle.apply_until)}24:00截止。"
            key = f"enterprises.window:{application.pk}:{today:%Y%m%d}"
            staff = _staff(application.enterprise.organisation_id, Role.ENT_HR, Role.ENT_LEAD)
            yield Due(key, staff, "试点申请还没有提交", text, application.get_absolute_url(), sms=True)


@reminder("enterprises.corrections")
def corrections_due(today: dt.date) -> Iterator[Due]:
    near = [today + dt.timedelta(days=days) for days in CORRECTION_DAYS]
    open_notices = CorrectionNotice.objects.filter(
        answered_at=None, due_on__in=near, application__state__in=[S.RETURNED, S.AWAITING_LEAD]
    ).select_related("application__enterprise__organisation", "application__cycle")
    for notice in open_notices.order_by("pk"):
        application = notice.application
        text = f"{application}的补正期限是{cn_date(notice.due_on)}24:00，还没有重新提交。"
        key = f"enterprises.correction:{notice.pk}:{today:%Y%m%d}"
        staff = _staff(application.enterprise.organisation_id, Role.ENT_HR)
        yield Due(key, staff, "补正期限将到", text, application.get_absolute_url(), sms=True)


@reminder("enterprises.plans")
def plans_due(today: dt.date) -> Iterator[Due]:
    """Listed companies that have not sent a plan; the day after, the county is told as well (D-3)."""
    near = {today + dt.timedelta(days=days) for days in PLAN_DAYS}
    yesterday = today - dt.timedelta(days=1)
    for cycle in Cycle.objects.filter(plan_due_on__in=[*near, yesterday]):
        sent = PilotPlan.objects.filter(cycle=cycle).exclude(
            state__in=[PilotPlanState.DRAFT, PilotPlanState.RETURNED, PilotPlanState.RESOLVED]
        )
        waiting = ReviewAuthority.objects.filter(cycle=cycle, withdrawn_on=None, exited_on=None).exclude(
            enterprise__in=sent.values("enterprise")
        )
        for authority in waiting.select_related("enterprise__organisation").order_by("pk"):
            organisation = authority.enterprise.organisation
            staff = _staff(organisation.pk, Role.ENT_HR, Role.ENT_LEAD)
            end = cn_date(cycle.plan_due_on)
            key = f"enterprises.plan:{authority.pk}:{today:%Y%m%d}"
            if cycle.plan_due_on in near:
                yield Due(key, staff, "请报送试点工作方案", f"{cycle}试点工作方案请在{end}前报送。", "/ent/plan/")
            else:
                county = _staff(organisation.supervisor_id or 0, Role.COUNTY)
                text = f"{organisation}的试点工作方案逾期未报（期限{end}），请督促。"
                yield Due(key, (*staff, *county), "试点工作方案逾期", text)
