"""One sentence for the applicant: where it stands and what comes next (ux §2.3). No votes, no scores, no experts."""

from __future__ import annotations

from dataclasses import dataclass

from applications.choices import ApplicationState, Route
from applications.models import TitleApplication
from enterprises.models import Enterprise
from enterprises.queries import standing
from jiaxing_titles.ui.formats import cn_date

S = ApplicationState

STAGES = ("填写申报", "单位审核", "单位公示", "评审", "市级公示", "公布")
_STAGE = {
    S.DRAFT: 0,
    S.SUBMITTED: 1,
    S.RETURNED: 1,
    S.ENDORSED: 1,
    S.NOT_ENDORSED: 1,
    S.NOTICING: 2,
    S.NOTICED: 3,
    S.IN_REVIEW: 3,
    S.PANEL_PASSED: 3,
    S.PANEL_FAILED: 3,
    S.REPORTED: 3,
    S.COMMITTEE_PASSED: 3,
    S.COMMITTEE_FAILED: 3,
    S.CITY_NOTICING: 4,
    S.ANNOUNCED: 6,
    S.APPOINTED: 6,
}
_UNFINISHED_RESULTS = (S.IN_REVIEW, S.PANEL_PASSED, S.PANEL_FAILED, S.REPORTED, S.COMMITTEE_PASSED, S.COMMITTEE_FAILED)


STANDSTILL = {"suspended": ("暂停", "red"), "withdrawn": ("未评", "grey"), "exited": ("未评", "grey")}
"""Standing of the company → (tag word, tone) of an application that is still the company's."""


@dataclass(frozen=True)
class Status:
    """`word` is one of the agreed tag words, `stage` a place in STAGES (len = all done)."""

    word: str
    tone: str
    sentence: str
    stage: int


def status_of(application: TitleApplication) -> Status:
    """What the person himself may know; results of panel and committee stay 评审中 until the city publishes."""
    state = ApplicationState(application.state)
    word, tone = _tag(state)
    if state in S.before_report():
        now = standing(application.enterprise, application.cycle)
        if now.status in STANDSTILL:
            said = f"{now.reasons[0].text}{standstill(now.status, application.enterprise)}"
            return Status(*STANDSTILL[now.status], said, _STAGE.get(state, 1))
    return Status(word, tone, _sentence(application, state), _STAGE.get(state, 1))


def standstill(status: str, enterprise: Enterprise) -> str:
    """What becomes of the application while the company may not review, and that it may be withdrawn (C-2, C-3)."""
    if status == "suspended":
        return (
            "您的申报材料保留，暂停期间不提交、不上会、不上报，公示期停算，恢复后接着办；还没有上会的，也可以撤回申报。"
        )
    return (
        "您的申报没有完成评审，按“未评”处理，不是评审未通过；"
        f"还没有上会的可以撤回申报。您可以通过{enterprise.bureau.name}申请参加市里的普通评审。"
    )


def _tag(state: ApplicationState) -> tuple[str, str]:
    if state == S.DRAFT:
        return "还没有提交", "red"
    if state in (S.SUBMITTED, S.ENDORSED):
        return "审核中", "blue"
    if state == S.RETURNED:
        return "需要补正", "amber"
    if state in (S.NOTICING, S.CITY_NOTICING):
        return "公示中", "amber"
    if state == S.NOTICED or state in _UNFINISHED_RESULTS:
        return "审核中", "blue"
    if state in (S.ANNOUNCED, S.APPOINTED):
        return "已通过", "green"
    return state.label, "red" if state in (S.REVOKED, S.VOIDED) else "grey"


def _sentence(application: TitleApplication, state: ApplicationState) -> str:
    if state in _UNFINISHED_RESULTS:
        return "已进入评审和审议环节。结果公布前不显示票数和分数。"
    if state == S.DRAFT:
        return f"材料只有您和本单位人事能看到。请在{cn_date(application.round.closes_on)} 24:00前提交。"
    if state in (S.SUBMITTED, S.ENDORSED):
        return (
            f"正由{application.enterprise.organisation.short_name}人事审核。"
            if state == S.SUBMITTED
            else ("单位审核已通过，等待单位公示。")
        )
    if state == S.RETURNED:
        last = application.returns.last()
        if last is None:
            return "需要补正。"
        return f"有{len(last.items)}处要改，请在{cn_date(last.due_on)}前改好再提交。"
    if state == S.NOTICING:
        return _notice(application)
    if state == S.NOTICED:
        return (
            "单位公示已结束，等待上报市局。" if application.route == Route.INITIAL else "单位公示已结束，等待评审会。"
        )
    fixed = {
        S.CITY_NOTICING: "您在市级公示名单中。公示无异议后行文公布。",
        S.ANNOUNCED: "市人力社保局已行文公布。电子证书由省系统生成，可在浙江政务服务网下载。",
        S.APPOINTED: "单位已聘任并兑现待遇。",
        S.WITHDRAWN: "您已撤回本年度申报。",
        S.VOIDED: "评审结果无效。",
        S.REVOKED: "职称已被撤销。",
    }
    return fixed.get(state) or f"原因：{application.decision_reason}{_cited(application)}"


def _notice(application: TitleApplication) -> str:
    line = getattr(application, "roster_entry", None)
    if line is None or line.entry is None or line.entry.ends_on is None:
        return "您的材料正在单位公示。"
    return f"您的材料正在单位公示，{cn_date(line.entry.ends_on)} 24:00结束。"


def _cited(application: TitleApplication) -> str:
    return f"（{application.decision_clause}）" if application.decision_clause else ""
