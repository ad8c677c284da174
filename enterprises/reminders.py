"""Days of this stage that are near or past: the window, a correction, the list, the plan (D-1 to D-3); told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from enterprises.choices import ApprovedListState, PilotPlanState
from enterprises.choices import PilotApplicationState as S
from enterprises.models import ApprovedList, CorrectionNotice, Enterprise, PilotApplication, PilotPlan, ReviewAuthority
from enterprises.queries.deadlines import list_due
from jiaxing_titles.accounts.models import Membership, Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import AROUND, Due, reached, reminder, until
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_date

holders = Membership.objects.holders

SEASON_AHEAD = dt.timedelta(days=-17)
WINDOW_DAYS = (30, 7, 1)
CORRECTION_DAYS = (3, 1)
PLAN_DAYS = (30, 7, 3, 1)


@reminder("enterprises.season")
def season_ahead(today: dt.date) -> Iterator[Due]:
    """From 15 December on: every registered company learns once that the next window is near (D-1)."""
    cycle = Cycle.objects.filter(year=today.year + 1).first() or Cycle.defaults_for(today.year + 1)
    if not SEASON_AHEAD <= today - cycle.apply_from < dt.timedelta(0):
        return
    registered = Membership.objects.filter(organisation__in=Enterprise.objects.values("organisation"))
    people = registered.people(Role.ENT_HR, Role.ENT_LEAD)
    text = (
        f"{cycle.year}年度试点申请{cn_date(cycle.apply_from)}至{cn_date(cycle.apply_until)}24:00受理。"
        "有意愿自主评审的，请先备好申请报告、人才结构、人力资源管理制度和薪酬待遇体系材料；往年的核准不自动延续。"
    )
    yield Due(f"enterprises.season:{cycle.year}", people, "试点申请即将开始", text, "/ent/")


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
            staff = holders(application.enterprise.organisation_id, Role.ENT_HR, Role.ENT_LEAD)
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
        staff = holders(application.enterprise.organisation_id, Role.ENT_HR)
        yield Due(key, staff, "补正期限将到", text, application.get_absolute_url(), sms=True)


@reminder("enterprises.forwarding")
def applications_to_forward(today: dt.date) -> Iterator[Due]:
    """Each county with applications that it has neither returned nor recommended; once late, the city as well (D-2)."""
    for cycle in Cycle.objects.filter(county_forward_on__lte=today - dt.timedelta(days=AROUND[0])):
        mark = reached(today, cycle.county_forward_on)
        kept = PilotApplication.objects.filter(cycle=cycle, state__in=[S.SUBMITTED, S.ACCEPTED])
        for county in Organisation.objects.filter(supervised__enterprise__pilot_applications__in=kept).distinct():
            count = kept.filter(enterprise__organisation__supervisor=county).count()
            text = f"{county}还有{count}家企业的{cycle}试点申请没有审查转报，{until(cycle.county_forward_on, today)}。"
            people = holders(county.pk, Role.COUNTY)
            if today > cycle.county_forward_on:
                people += holders(cycle.bureau.pk, Role.CITY_CLERK)
            key = f"enterprises.forward:{cycle.year}:{county.pk}:{mark}"
            yield Due(key, people, "请转报试点申请", text, "/console/")


@reminder("enterprises.publication")
def lists_to_publish(today: dt.date) -> Iterator[Due]:
    """A list that was decided and is not public yet; once late, the leadership as well (D-2, R-4.2d)."""
    decided = ApprovedList.objects.filter(state=ApprovedListState.DECIDED).select_related("cycle", "decision")
    for approved in decided.order_by("pk"):
        due = list_due(approved).on
        mark = reached(today, due)
        if mark is None:
            continue
        late = (Role.CITY_LEAD,) if today > due else ()
        people = holders(approved.organisation_id, Role.CITY_CLERK, *late)
        text = f"{approved}已研究确定，请及时公布，{until(due, today)}。"
        yield Due(f"enterprises.publish:{approved.pk}:{mark}", people, "请公布名单", text, approved.console_url())


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
            staff = holders(organisation.pk, Role.ENT_HR, Role.ENT_LEAD)
            end = cn_date(cycle.plan_due_on)
            key = f"enterprises.plan:{authority.pk}:{today:%Y%m%d}"
            if cycle.plan_due_on in near:
                yield Due(key, staff, "请报送试点工作方案", f"{cycle}试点工作方案请在{end}前报送。", "/ent/plan/")
            else:
                county = holders(organisation.supervisor_id, Role.COUNTY)
                text = f"{organisation}的试点工作方案逾期未报（期限{end}），请督促。"
                yield Due(key, (*staff, *county), "试点工作方案逾期", text)
