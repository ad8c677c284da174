"""G7 and G8: what must hold before a person submits, and before HR says yes (domain 1.9)."""

from __future__ import annotations

from typing import Any

from applications.choices import ApplicationState, Employment, Finding, PresentTitle, RoundState
from applications.gates.facts import findings_of, has_complete_exceptional_file
from applications.gates.items import check_items
from applications.gates.parts import parts_of
from applications.rules.material import missing
from applications.rules.routes import against_route
from enterprises.queries import authority_of, standing
from enterprises.rules.scope import scope_reasons
from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date


def submission(application: Any) -> list[Reason]:
    """G7: window, standing, employment, scope, every part filled in and proven, eligibility."""
    return [
        *within_window(application),
        *enterprise_may_review(application),
        *employed_here(application),
        *in_scope(application),
        *not_held_already(application),
        *missing(parts_of(application), application.level, application.route),
        *against_route(application.route, findings_of(application, applied_on=clock.today())),
    ]


def within_window(application: Any) -> list[Reason]:
    """A draft within the dates of the round; a returned one until the notice opens (办法五（二））."""
    year, today = application.round, clock.today()
    if application.state == ApplicationState.RETURNED and year.state in (RoundState.OPEN, RoundState.CLOSED):
        return []
    if year.state != RoundState.OPEN:
        text = f"本单位的申报{'还没有开始' if year.state == RoundState.DRAFT else '已经截止'}。"
        return [_window(text, "请联系本单位人事。")]
    if today < year.opens_on:
        return [_window(f"申报从{cn_date(year.opens_on)}开始。", "到期后再提交，已填的内容不会丢失。")]
    if today > year.closes_on:
        return [_window(f"申报已于{cn_date(year.closes_on)} 24:00截止。", "请联系本单位人事。")]
    return []


def _window(text: str, remedy: str) -> Reason:
    return Reason(text, "办法五（二）", "R-5.2.1", "G7", remedy=remedy)


def enterprise_may_review(application: Any) -> list[Reason]:
    """Suspended, withdrawn or unlisted companies take no submission (C-2)."""
    return list(standing(application.enterprise, application.cycle, clock.today()).reasons)


def employed_here(application: Any) -> list[Reason]:
    """PR-3: only the company's own people; others' results would be void (办法六3)."""
    today = clock.today()
    terms = [one for one in application.person.employments.all() if one.enterprise_id == application.enterprise_id]
    running = [one for one in terms if one.employed_on(today)]
    if not running:
        return [
            Reason(
                f"{application.person}不在本单位在职人员名册中，面向其他单位人员的评审结果一律无效。",
                "办法六3",
                "PR-3",
                "G7",
                remedy="请人事核对人员名册（劳动合同或社会保险）。",
            )
        ]
    found = []
    if all(one.employment not in Employment.own_staff() for one in running):
        form = running[0].get_employment_display()
        text = f"用工形式为“{form}”，不是与本单位签订劳动合同或由本单位缴纳社会保险的人员。"
        advice = "请在签订劳动合同的单位申报；登记有误的请人事更正名册。"
        found.append(Reason(text, "办法六3", "PR-3", "G7", remedy=advice))
    return found


def in_scope(application: Any) -> list[Reason]:
    """PR-2 at application: level and speciality within the granted authority."""
    authority = authority_of(application.enterprise, application.cycle)
    if authority is None:
        return []  # `enterprise_may_review` has said so already
    codes = {one.code for one in authority.specialities.all()}
    return scope_reasons(application.level, application.speciality.code, levels=authority.levels, specialities=codes)


def not_held_already(application: Any) -> list[Reason]:
    """X-22: nobody applies for what he has, or for less."""
    if application.present_title in PresentTitle.at_or_above(application.level):
        held = PresentTitle(application.present_title).label
        text = f"已经具有{held}资格，不能再申报{application.get_level_display()}。"
        return [Reason(text, "办法序言", "R-0.4", "G7", "present_title", "核对“现专业技术资格”。")]
    return []


def exceptional_file_complete(file: Any) -> list[Reason]:
    """破格: a criterion of the approved plan, how it is met, two recommenders (办法五（一））."""
    if has_complete_exceptional_file(file.application):
        return []
    return [
        Reason(
            "破格材料不完整：须写明所依据的方案破格条件和符合情况，并有两名推荐人的意见。",
            "办法五（一）",
            "R-5.1.7",
            "G8",
            remedy="退回申报人补充。",
        )
    ]


def recall(application: Any) -> list[Reason]:
    """Only what the next hand has not opened can be taken back (decision 44)."""
    if application.review_began_at is None:
        return []
    return [Reason("人事已经开始核对，不能撤回修改。", remedy="需要修改的请联系人事退回。")]


def endorsement(application: Any) -> list[Reason]:
    """G8: every fact looked at, nothing doubtful, the special route's own papers, still employed and in scope."""
    return [
        *facts_settled(application),
        *against_route(application.route, findings_of(application)),
        *route_papers(application),
        *employed_here(application),
        *in_scope(application),
        *enterprise_may_review(application),
    ]


def facts_settled(application: Any) -> list[Reason]:
    """人事核实: each fact of the submitted version ticked, none in doubt."""
    checks = {one.fact_hash: one for one in application.checks.all()}
    unseen, doubtful = [], []
    for item in check_items(application):
        check = checks.get(item.fact_hash)
        if check is None:
            unseen.append(item.label)
        elif check.finding == Finding.DOUBT:
            doubtful.append(f"{item.label}（{check.note}）")
    found = []
    if unseen:
        text = f"还有{len(unseen)}项没有核实：{'、'.join(unseen[:6])}{'等' if len(unseen) > 6 else ''}。"
        found.append(Reason(text, "办法六2", "R-6.2.1", "G8", "facts", "逐项核对右侧材料后勾选。"))
    if doubtful:
        text = f"有疑问的事实：{'；'.join(doubtful)}。"
        found.append(Reason(text, "办法六2", "R-6.2.1", "G8", "facts", "退回补正，或核实后改为“核实无误”。"))
    return found


def route_papers(application: Any) -> list[Reason]:
    """初定 needs the company's own assessment (附件四), 破格 its file."""
    if application.route == "initial":
        check = getattr(application, "initial_check", None)
        if check is None:
            text = "还没有登记初定考核结果。"
            return [Reason(text, "附件四", "A-4.0c", "G8", remedy="先登记考核结论、考核人员和考核意见。")]
        if check.result != "qualified":
            return [Reason("初定考核结论为不合格。", "附件四", "A-4.0c", "G8", remedy="办理“不予推荐”。")]
    if application.route == "exceptional" and not has_complete_exceptional_file(application):
        return exceptional_file_complete(application.exceptional_file)
    return []


def reconsideration(application: Any) -> list[Reason]:
    """HR may look again until the notice opens."""
    if application.round.state in (RoundState.OPEN, RoundState.CLOSED):
        return []
    return [Reason("单位公示已经发布，不能再改动名单。", "办法五（二）", "PR-5", "G9")]
