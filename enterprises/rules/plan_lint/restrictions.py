"""PR-1: «不得将论文等作为评审限制性条件» (办法五（一）), also where free text hides it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enterprises.rules.plan_lint import wording
from enterprises.rules.plan_lint.draft import ALTERNATIVE, REQUIRED, CriterionDraft, PlanDraft
from enterprises.rules.plan_lint.findings import ERROR, WARNING, Finding
from jiaxing_titles.reasons import Reason

CLAUSE, RULE = "办法五（一）", "PR-1"


@dataclass(frozen=True, slots=True)
class Restricted:
    """Something that may count in favour or as one way among others, never as a condition."""

    kind: str
    name: str
    severity: str
    mentioned: re.Pattern[str]


# 论文 is named by the 办法; «等» is read as 外语 too, and as a warning for the others.
RESTRICTED = (
    Restricted(
        "paper",
        "论文、著作",
        ERROR,
        re.compile(
            r"(?<!学位)(?<!毕业)论文|著作(?!权)|专著|译著|期刊|刊物|学报|S?SCI(?![A-Z])|CSSCI|(?<![A-Z])EI(?![A-Z])|ISSN|ISBN"
            r"|论著|CSCD|知网|(?<![A-Z])PAPERS?(?![A-Z])|发表.{0,8}文章|学术文章|出版.{0,6}(?:书|教材)"
        ),
    ),
    Restricted(
        "language", "外语成绩", ERROR, re.compile(r"外语|英语|日语|俄语|德语|法语|韩语|(?<![A-Z])CET|托福|雅思")
    ),
    Restricted(
        "computer",
        "计算机能力证书",
        WARNING,
        re.compile(r"计算机(?:应用)?(?:能力|水平|等级|考试|考核|模块|证书|合格)|职称计算机"),
    ),
    Restricted("award", "奖项", WARNING, re.compile(r"(?:获|得过?).{0,14}奖|奖项|[一二三]等奖|科技进步奖")),
    Restricted(
        "project_level", "省、市级项目", WARNING, re.compile(r"(?:国家级|省部?级|市级|厅级)[^，、]{0,8}(?:项目|课题)")
    ),
)
_BY_KIND = {restricted.kind: restricted for restricted in RESTRICTED}


def findings(plan: PlanDraft) -> Iterator[Finding]:
    """Every row and every sentence that makes a condition of what may not be one."""
    for row in plan.criteria:
        yield from _of_row(row, plan)
    for section, text in plan.sections.items():
        for restricted in RESTRICTED:
            if any(_is_gate(sentence, restricted, False) for sentence in wording.sentences(text)):
                yield _finding(restricted, f"方案正文把{restricted.name}写成了必备条件。", section=section)


def _of_row(row: CriterionDraft, plan: PlanDraft) -> Iterator[Finding]:
    own = _BY_KIND.get(row.kind)
    problem = _declared(row, own, plan) if own else ""
    if own and problem:
        yield _finding(own, problem, row)
    for restricted in RESTRICTED:
        if restricted is own and (problem or row.necessity == ALTERNATIVE):
            continue  # told above, or one way among others, as its group was just found to be
        required = row.necessity == REQUIRED or row.score_floor is not None
        if any(_is_gate(sentence, restricted, required) for sentence in wording.sentences(row.text)):
            yield _finding(restricted, f"第{row.number}条把{restricted.name}写成了必备条件：“{_cut(row.text)}”。", row)


def _declared(row: CriterionDraft, own: Restricted, plan: PlanDraft) -> str:
    """What the row's own columns make of it: 必备, a lowest score, or a choice without any other way."""
    if row.necessity == REQUIRED:
        other_way = wording.offers_another_way(wording.folded(row.text), own.mentioned)
        return "" if other_way else f"第{row.number}条把{own.name}列为必备条件。"
    if row.score_floor:
        return f"第{row.number}条给{own.name}定了最低分{row.score_floor}分，等于把它列为必备条件。"
    if row.necessity == ALTERNATIVE:
        group = [
            other for other in plan.criteria
            if (other.level, other.necessity, other.option_group) == (row.level, ALTERNATIVE, row.option_group)
        ]  # fmt: skip
        if all(other.kind == own.kind for other in group):
            return f"第{row.number}条的任选组里只有{own.name}，没有别的选择，等于把它列为必备条件。"
    return ""


def _is_gate(sentence: str, restricted: Restricted, required: bool) -> bool:
    if not restricted.mentioned.search(sentence) or wording.releases(sentence):
        return False
    if wording.offers_another_way(sentence, restricted.mentioned):
        return False
    return required or wording.demands(sentence)


def _finding(restricted: Restricted, text: str, row: CriterionDraft | None = None, section: str = "") -> Finding:
    remedy = f"请改为加分项，或改成“{restricted.name}或技术报告、专利、工法等业绩成果任选其一”。"
    reason = Reason(text, CLAUSE, RULE, field="text" if row else section, remedy=remedy)
    return Finding(restricted.severity, reason, row.number if row else None, section)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
