"""The desk of an official on an application: files beside the checklist, one page, one form (ux S2, S3).

County: 受理 and the check of the conditions. City: the assessment sheet DOC-5. What is typed is saved before anything
is decided on it, so a refusal loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from enterprises import actions, forms
from enterprises.choices import Desk
from enterprises.choices import PilotApplicationState as S
from enterprises.models import PilotApplication
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.doing import run
from jiaxing_titles.reasons import Reason


@dataclass
class Office:
    """The forms of one desk on one application, and what came of pressing a button."""

    case: PilotApplication
    desk: Desk
    table: Any
    form: Any
    title: str
    buttons: tuple[tuple[str, str], ...]
    reasons: list[Reason] = field(default_factory=list)
    done: str = ""

    @property
    def has_errors(self) -> bool:
        return bool(self.table.is_bound and not (self.table.is_valid() and self.form.is_valid()))


def office_of(case: PilotApplication, actor: Any, data: Any = None) -> Office | None:
    """The desk that this actor has on the application now; None when it is somebody else's turn."""
    if actor.role == Role.COUNTY and case.state in (S.SUBMITTED, S.ACCEPTED):
        return Office(
            case,
            Desk.COUNTY,
            forms.condition_table(case, Desk.COUNTY, data),
            forms.CountyOpinionForm(data, initial={"opinion": case.county_opinion}),
            "审查要点",
            (("recommend", "受理并推荐到市局" if case.state == S.SUBMITTED else "推荐到市局"), ("save", "只保存意见")),
        )
    if actor.role == Role.CITY_CLERK and case.state == S.RECOMMENDED:
        initial = {"proposed_outcome": case.proposed_outcome, "assessment": case.assessment}
        return Office(
            case,
            Desk.CITY,
            forms.condition_table(case, Desk.CITY, data),
            forms.AssessmentForm(data, initial=initial),
            "评估表",
            (("assess", "提交复核"), ("save", "只保存评估")),
        )
    return None


def handle(office: Office, request: Any) -> Office:
    """Save what was typed, then do what the pressed button says; `done` tells what was reached."""
    if office.has_errors:
        return office
    save = actions.save_county_check if office.desk == Desk.COUNTY else actions.save_assessment
    office.case, office.reasons = run(
        save, office.case, request, checks=office.table.checks(), **office.form.cleaned_data
    )
    if office.reasons:
        return office
    act = request.POST.get("act")
    office.done = "已保存。"
    if act == "recommend":
        _decide(office, request, [actions.accept_application, actions.recommend_application])
    elif act == "assess":
        _decide(office, request, [actions.assess_application])
    return office


def _decide(office: Office, request: Any, steps: list[Any]) -> None:
    for step in steps:
        if not step.fits(office.case):
            continue  # 受理 was done before
        # The save above made a new version; the reader has seen what is decided on, because it is his own form.
        posted = request.POST.copy()
        posted["version"] = str(office.case.version)
        request.POST = posted
        office.case, office.reasons = run(step, office.case, request)
        if office.reasons:
            return
        office.done = f"已办理：{step.label}。现在是“{office.case.get_state_display()}”。"
