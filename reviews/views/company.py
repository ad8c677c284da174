"""The company's pages: 评审机构, 备案, 评审会, 上报."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from applications.models import AnnualRound
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, steps
from jiaxing_titles.actions.views import ActionView
from jiaxing_titles.ui.components import Button, Task
from jiaxing_titles.ui.formats import cn_date
from jiaxing_titles.workdays.calendar import Deadline
from reviews.choices import FilingState, MeetingState, PanelState, ReportState
from reviews.forms import MemberForm
from reviews.gates.panel import filing_advice, panel_advice, panel_composition, seats_of
from reviews.gates.report import ledger_of
from reviews.models import MeetingItem, Panel, ResultReport, ReviewFiling, ReviewMeeting
from reviews.queries import meeting_of, package_of, report_due, sending_due
from reviews.queries.floor import next_on_floor
from reviews.queries.invitations import answers_of, gaps_of, seats_in, uninvited
from reviews.rules import composition
from reviews.tables import panel as panel_tables
from reviews.tables import review as tables
from reviews.tables import scoring as score_tables
from reviews.tables import voting as tally_tables
from reviews.tables.invitations import expected, replaced
from reviews.views.case_page import CasePage

FILING_STAGES = ("评审机构", "会议安排", "负责人确认", "市局备案")
FIXED: dict[str, str] = {
    FilingState.AWAITING_LEAD: "名册已随备案定下；需要更换评审专家的，请先在备案页“取回修改”。",
    FilingState.SUBMITTED: "备案已报送市局；需要更换评审专家的，请联系市局退回备案。",
    FilingState.ACKNOWLEDGED: "名册已经备案，到会达到法定人数即可开会；"
    "需要更换评审专家的，请先在备案页“变更备案”，由市局重新备案。",
}
"""What a company may do about its list once the filing is on its way."""
HAS_SAT = "本年度已按这份名册开过评审会，名册不再更换；到会达到法定人数即可开会，达不到的请办理“延期”。"
COMPANY = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)
DESK = (Role.ENT_HR, Role.PANEL_SEC)


class ReviewHome(RoleRequired, View):
    """/ent/meetings/: the year's review from panel to report, one line each, with what comes next."""

    roles = COMPANY

    def get(self, request: Any) -> HttpResponse:
        rounds = AnnualRound.objects.visible_to(request.actor).select_related("cycle", "enterprise__organisation")
        newest = rounds.order_by("-cycle__year").first()
        context = {"round": newest, "title": "评审会"}
        if newest is not None:
            meetings = list(newest.meetings.select_related("round__cycle", "round__enterprise__organisation"))
            context |= {
                "tasks": round_tasks(newest, request.actor),
                "meetings": tables.meetings(meetings),
            }
        return render(request, "reviews/home.html", context)


def _link(step: str, round_: AnnualRound, actor: Any) -> str:
    one = steps[step]
    return one.url(round_, actor) if actor.role in one.by else ""


def round_tasks(round_: AnnualRound, actor: Any) -> list[Task]:
    """评审机构 → 评审会与备案 → 上报, each done, under way or not to be started yet."""
    panel, meeting = getattr(round_, "panel", None), meeting_of(round_)
    report = getattr(round_, "report", None)
    concluded = round_.meetings.filter(state=MeetingState.CONCLUDED).exists()
    first = (
        Task("组建评审机构", "未开始", _link("reviews.create_panel", round_, actor))
        if panel is None
        else Task(
            "评审机构",
            "已填好" if panel.state == PanelState.SETTLED else "填写中",
            panel.get_absolute_url(),
            str(panel),
        )
    )
    if meeting is not None:
        filed = meeting.filing.state == FilingState.ACKNOWLEDGED
        second = Task("会前备案", "已填好" if filed else "填写中", meeting.filing.get_absolute_url())
        third = Task("召开评审会", "填写中" if filed else "暂不能开始", meeting.get_absolute_url() if filed else "")
    else:
        again = "再安排一次评审会" if concluded else "安排评审会并备案"
        may = panel is not None
        second = Task(
            again, "未开始" if may else "暂不能开始", _link("reviews.plan_meeting", round_, actor) if may else ""
        )
        third = Task("召开评审会", "已填好" if concluded else "暂不能开始")
    return [first, second, third, _report_task(round_, report, actor)]


def _report_task(round_: AnnualRound, report: Any, actor: Any) -> Task:
    if report is None:
        return Task("结果上报", "未开始", _link("reviews.open_report", round_, actor), _by(report_due(round_)))
    if report.state in (ReportState.SUBMITTED, ReportState.RECEIVED):
        return Task("结果上报", "已填好", report.get_absolute_url())
    due = sending_due(report)
    return Task("结果上报", "填写中", report.get_absolute_url(), _by(due) if due else "")


def _by(due: Deadline) -> str:
    guessed = "（暂定）" if due.provisional else ""
    return f"请于{cn_date(due.on)}24:00前上报{guessed}"


class PanelPage(CasePage):
    model = Panel
    template_name = "reviews/panel.html"
    related = ("round__cycle", "round__enterprise__organisation")

    def context(self, request: Any, case: Panel) -> dict[str, Any]:
        seats = seats_of(case)
        meeting = meeting_of(case.round)
        if meeting is not None and meeting.state != MeetingState.PLANNED:
            meeting = None
        listed = list(case.members.all())
        answers = answers_of(meeting, listed) if meeting else None
        may_edit = case.state == PanelState.COMPOSING and request.actor.role in (Role.ENT_HR, Role.PANEL_SEC)
        return {
            "meter": composition.meter(seats, case.round.cycle.policy) if seats else None,
            "reasons": panel_composition(case),
            "advice": panel_advice(case),
            "members": panel_tables.members(case, may_edit=may_edit, answers=answers),
            "next": self._next(case, request.actor),
            "meeting": meeting,
            "invite": self._invite(meeting, request.actor),
            "gaps": gaps_of(meeting, listed, answers) if meeting and answers else [],
            "replaced": replaced(meeting) if meeting else None,
            "fixed": self._fixed(case, meeting),
        }

    @staticmethod
    def _fixed(panel: Panel, meeting: ReviewMeeting | None) -> str:
        if meeting is None:
            return ""
        return HAS_SAT if panel.has_sat else FIXED.get(meeting.filing.state, "")

    @staticmethod
    def _invite(meeting: ReviewMeeting | None, actor: Any) -> Button | None:
        """Whom nobody has asked yet is asked here."""
        invite = steps["reviews.invite_experts"]
        if meeting is None or actor.role not in invite.by or not uninvited(meeting):
            return None
        return Button(invite.label, invite.url(meeting, actor))

    @staticmethod
    def _next(panel: Panel, actor: Any) -> Button | None:
        """Where the desk goes from here: plan the meeting, or its filing."""
        meeting = meeting_of(panel.round)
        if meeting is not None:
            return Button("去备案", meeting.filing.get_absolute_url())
        plan = steps["reviews.plan_meeting"]
        return Button(plan.label, plan.url(panel.round, actor)) if actor.role in plan.by else None


class MemberPage(ActionView):
    """Change one listed expert; the same step as everywhere, with the seat taken from the address."""

    step_name = "reviews.edit_member"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.member_pk = kwargs.pop("member")
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, case: Case, request: Any, bound: bool = False) -> Form:
        panel: Any = case
        member = get_object_or_404(panel.members, pk=self.member_pk)
        data = (request.POST, request.FILES) if bound else ()
        return MemberForm(*data, case=panel, member=member)


class FilingPage(CasePage):
    model = ReviewFiling
    template_name = "reviews/filing.html"
    related = ("round__cycle", "round__enterprise__organisation__supervisor", "panel", "meeting")

    def context(self, request: Any, case: ReviewFiling) -> dict[str, Any]:
        package = case.frozen or package_of(case.meeting)
        stage = {FilingState.AWAITING_LEAD: 2, FilingState.SUBMITTED: 3, FilingState.ACKNOWLEDGED: 4}
        return {
            "package": package,
            "advice": filing_advice(case) if case.state != FilingState.ACKNOWLEDGED else [],
            "facts": tables.filing_facts(case, package),
            "people": tables.package_people(package),
            "experts": tables.package_experts(package),
            "stages": FILING_STAGES,
            "stage": stage.get(FilingState(case.state), 1),
            "assignments": list(case.assignments.select_related("expert", "filing__meeting__round__cycle")),
            "edit_url": self._edit(case, request.actor),
            "pdf_url": reverse("reviews:filing_pdf", args=[case.pk]),
        }

    @staticmethod
    def _edit(filing: ReviewFiling, actor: Any) -> str:
        """Where day and place are changed while nothing has gone out."""
        plan = steps["reviews.edit_plan"]
        may = filing.state == FilingState.DRAFT and actor.role in plan.by
        return plan.url(filing.meeting, actor) if may else ""


class MeetingPage(CasePage):
    model = ReviewMeeting
    template_name = "reviews/meeting.html"
    related = ("round__cycle", "round__enterprise__organisation", "panel", "filing")

    def context(self, request: Any, case: ReviewMeeting) -> dict[str, Any]:
        desk = request.actor.role in COMPANY or request.actor.is_official
        asked = desk and case.state == MeetingState.PLANNED
        seats = seats_in(case) if asked else []
        answers = answers_of(case, seats) if asked else {}
        return {
            "desk": desk,
            "attendance": expected(seats, answers) if answers else tables.attendance(case),
            "gaps": gaps_of(case, seats, answers) if answers else [],
            "replaced": replaced(case) if desk else None,
            "invitation": case.invitations.filter(user=request.actor.user).last(),
            "agenda": tables.agenda(case) if desk else None,
            "next": next_on_floor(case) if request.actor.role in DESK else None,
            "sheets": tally_tables.sheets(case),
            "tellers": list(case.tellers.all()),
            "assignments": list(case.filing.assignments.select_related("expert")) if desk else [],
        }


class ItemPage(CasePage):
    model = MeetingItem
    template_name = "reviews/item.html"
    related = (
        "meeting__round__cycle",
        "meeting__round__plan",
        "meeting__round__enterprise__organisation",
        "application__person",
        "application__speciality",
        "application__latest",
    )

    def context(self, request: Any, case: MeetingItem) -> dict[str, Any]:
        return {
            "facts": tables.item_facts(case),
            "materials": tables.materials(case),
            "recusals": tables.recusals(case),
            "assessments": score_tables.assessments(case, request.actor),
            "closed": case.meeting.scores_closed_at is not None,
            "next": next_on_floor(case.meeting) if request.actor.role in DESK else None,
        }


class ReportPage(CasePage):
    model = ResultReport
    template_name = "reviews/report.html"
    related = ("round__cycle", "round__enterprise__organisation__supervisor")

    def context(self, request: HttpRequest, case: ResultReport) -> dict[str, Any]:
        return {
            "ledger": ledger_of(case.round),
            "ends": tables.ledger(ledger_of(case.round)),
            "people": tables.report_people(case),
            "due": sending_due(case),
        }
