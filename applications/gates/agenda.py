"""What the later stages ask of a person at every step: notice, hours, 破格 acknowledgment, still employed."""

from __future__ import annotations

from typing import Any

from applications.choices import ApplicationState, Route
from applications.gates.application import employed_here, enterprise_may_review, in_scope
from applications.gates.facts import findings_of
from applications.gates.notice import finished
from applications.rules.routes import against_route
from jiaxing_titles.reasons import Reason


def entering(application: Any) -> list[Reason]:
    """The agenda of the panel's meeting: everything of `held`, and not a 初定 (no panel, 附件四)."""
    if application.route == Route.INITIAL:
        return [Reason(f"{application.person}按初定办理，不提交评审会。", "附件四", "A-4.0c", "G10")]
    return held(application)


def held(application: Any) -> list[Reason]:
    """Why this person may not go before the panel or be reported yet; empty when he may (G7–G9)."""
    return [
        *finished(application),
        *still_held(application),
        *eligibility_settled(application),
        *exceptional_settled(application),
    ]


def still_held(application: Any) -> list[Reason]:
    """R-6.3.2, R-6.2.3 and C-2, looked at again: employed here, in scope, company not suspended (X-24)."""
    return [*employed_here(application), *in_scope(application), *enterprise_may_review(application)]


def eligibility_settled(application: Any) -> list[Reason]:
    """待补证 may be submitted but not reviewed: hours of the year, dates, grades have to be in."""
    findings = findings_of(application)
    found = against_route(application.route, findings)
    if found:
        return found
    open_gates = [name for name, value in findings["gates"].items() if value in ("unknown", "pending")]
    if application.route == Route.INITIAL:
        # 附件一、二 speak of 评审; for 初定 they are shown, not enforced (domain ).
        passed = "pass" in findings["initial"].values()
        return [] if passed else [_open(findings, application, "A-4")]
    if application.route == Route.EXCEPTIONAL:
        return [_open(findings, application, name) for name in open_gates]
    if findings["verdict"] == "eligible":
        return []
    return [_open(findings, application, name) for name in open_gates or ["A-3"]]


def _open(findings: dict[str, Any], application: Any, name: str) -> Reason:
    told = [row for row in findings["reasons"] if row["id"].startswith(name) and row["value"] in ("unknown", "pending")]
    text = told[0]["text"] if told else "资格条件还没有核清。"
    clause = told[0]["clause"] if told else ""
    return Reason(f"{application.person}：{text}", clause, name, "G7", remedy="补充证明材料并由人事核实。")


def exceptional_settled(application: Any) -> list[Reason]:
    """破格 goes on only with the city's acknowledgment (Q-13)."""
    if application.route != Route.EXCEPTIONAL:
        return []
    file = getattr(application, "exceptional_file", None)
    if file is not None and file.state == "acknowledged":
        return []
    said = "不同意" if file is not None and file.state == "declined" else "还没有同意"
    text = f"市人力社保局{said}{application.person}的破格申报。"
    return [Reason(text, "办法五（一）", "R-5.1.7", "G7", remedy="等待市局审核意见；不同意的，终止其破格申报。")]


def reporting(application: Any) -> list[Reason]:
    """Upwards go those the panel passed, and 初定 straight from the notice (Q-27)."""
    if application.state == ApplicationState.NOTICED and application.route != Route.INITIAL:
        return [Reason(f"{application.person}还没有经评审会评审。", "办法五（二）", "R-5.2.4", "G12")]
    return held(application)


def was_reviewed(application: Any) -> list[Reason]:
    """A reported review or 破格 goes back to where the panel left it."""
    return [] if application.route != Route.INITIAL else [Reason("初定人员没有评审会结论。", "附件四")]


def was_initial(application: Any) -> list[Reason]:
    """A reported 初定 goes back to where the notice left it."""
    return [] if application.route == Route.INITIAL else [Reason("只有初定人员不经评审会。", "附件四")]


def city_notice(application: Any) -> list[Reason]:
    """PR-5 for the city: voted by the committee, or 初定 where the year's setting asks for no vote."""
    needs_vote = application.route != Route.INITIAL or application.cycle.initial_needs_committee
    if application.state == ApplicationState.REPORTED and needs_vote:
        return [Reason(f"{application.person}还没有经中评委审议表决。", "办法五（三）", "R-5.3.6", "G18")]
    return still_held(application)
