"""PR-6: conditions may be stricter than the annex, never looser («制定的资格条件须符合有关规定», 办法五（一）)."""

import re
from collections.abc import Iterator

from enterprises.rules.plan_lint import wording
from enterprises.rules.plan_lint.draft import EXCEPTIONAL, INITIAL, LEVELS, CriterionDraft, PlanDraft
from enterprises.rules.plan_lint.findings import ERROR, WARNING, Finding
from jiaxing_titles.reasons import Reason

CLAUSE, RULE = "办法五（一）", "PR-6"
HOURS = 90

# 满N年 of each item of the annex; an item without years is not listed.
ITEM_YEARS = {
    "A-3.1(2)": 2, "A-3.1(3)": 4, "A-3.1(4)": 6, "A-3.1(5)": 4,
    "A-3.2(2)": 2, "A-3.2(3)": 4, "A-3.2(4)": 7,
    "A-4.1(2)": 2, "A-4.2(2)": 2, "A-4.2(3)": 4,
}  # fmt: skip
# By level and education: years of engineering work after graduation; who is not named cannot apply by years.
WORKED = {
    "engineer": {"研究生": 2, "硕士": 2, "本科": 4, "大专": 6},
    "assistant_engineer": {"大专": 2, "中专": 4, "中职": 4, "高中": 7},
}
HELD = {"engineer": {"助理工程师": 4}, "assistant_engineer": {"技术员": 2}}
_ANY_TIME = {"engineer": ("博士",), "assistant_engineer": ("博士", "研究生", "硕士", "本科")}
_EDUCATION = re.compile(r"博士|研究生|硕士|本科|大专|中专|中职|高中")
_TARGET = re.compile(
    r"(?:申报|评审|参评|评定|晋升|初定|认定)[^，。]{0,4}?(助理工程师|工程师)(?!职务|满)"
    r"|(助理工程师|工程师)(?:职称|资格)?(?:评审|申报|初定)"
)
_YEARS = re.compile(rf"满?({wording.NUMBER})年(?:以上|及以上)?")
_ITEM = re.compile(r"(?:附件)?([三四])[、.]?([12])[、.]?\(([1-6])\)|A-([34])\.([12])\(([1-6])\)")


def item_of(annex_item: str) -> str:
    """`附件三、1（3）` or `A-3.1(3)` as `A-3.1(3)`; empty when it names no item."""
    found = _ITEM.search(wording.folded(annex_item).replace("，", "、"))
    if found is None:
        return ""
    chapter = {"三": "3", "四": "4"}.get(found[1] or "", found[4])
    return f"A-{chapter}.{found[2] or found[5]}({found[3] or found[6]})"


def findings(plan: PlanDraft) -> Iterator[Finding]:
    """Rows that ask for less than the annex. 破格 may depart from years and diploma, not from the two gates."""
    for section, text in plan.sections.items():
        yield from _in_section(section, text)
    for row in plan.criteria:
        yield from _hours(row)
        yield from _grades(row)
        if row.route != EXCEPTIONAL:
            yield from _item(row)
            yield from _worded(row)


def _item(row: CriterionDraft) -> Iterator[Finding]:
    item = item_of(row.annex_item)
    if row.annex_item and not item:
        yield _finding(
            row, f"“{row.annex_item}”不是附件的条款", "请写成“附件三、1（3）”的样子。", "annex_item", WARNING
        )
        return
    wanted = "1" if row.level == "engineer" else "2"
    if item and item[4] != wanted:
        remedy = f"请选{LEVELS[row.level]}的条款，或改正级别。"
        yield _finding(row, f"对应的{row.annex_item}不是{LEVELS[row.level]}的条款", remedy, "annex_item")
    elif item and (item[2] == "4") != (row.route == INITIAL):
        yield _finding(
            row, f"对应的{row.annex_item}与所选途径不一致", "附件三用于评审，附件四用于初定，请改正。", "route"
        )
    elif row.years is not None and row.years < ITEM_YEARS.get(item, 0):
        need = ITEM_YEARS[item]
        yield _finding(row, f"要求{row.years}年，低于{row.annex_item}的{need}年", f"请改为不少于{need}年。", "years")


def _worded(row: CriterionDraft) -> Iterator[Finding]:
    """Years and diplomas written into the text."""
    for sentence in wording.sentences(row.text):
        if problem := _too_little(row.level, sentence):
            yield _finding(row, *problem, "text")


def _too_little(level: str, sentence: str) -> tuple[str, str] | None:
    """(what is wrong, the remedy) where the sentence lets somebody in earlier than the annex does."""
    years = _YEARS.search(sentence)
    if years is None or not re.search(r"毕业|学历|学位|担任|任职", sentence):
        return None
    stated, need = wording.number(years[1]), _needed(level, sentence)
    if need is None:
        named = "、".join(_EDUCATION.findall(sentence))
        return f"允许{named}学历按年限申报{LEVELS[level]}，附件没有这一条", "请删去，或按附件所列学历填写。"
    if stated < need:
        return f"写的是满{stated}年，低于附件的满{need}年", f"请改为满{need}年。"
    return None


def _in_section(section: str, text: str) -> Iterator[Finding]:
    """Conditions hidden in one of the five parts: only sentences that name the level they let people apply for."""
    for sentence in wording.sentences(text):
        target = _TARGET.search(sentence)
        if target is None or "破格" in sentence:
            continue
        level = "assistant_engineer" if (target[1] or target[2]).startswith("助理") else "engineer"
        if problem := _too_little(level, sentence[: target.start()]):
            what, remedy = problem
            reason = Reason(f"方案正文{what}（{LEVELS[level]}）。", CLAUSE, RULE, field=section, remedy=remedy)
            yield Finding(ERROR, reason, section=section)


def _needed(level: str, sentence: str) -> int | None:
    """The years that the annex asks for what the sentence describes; None when it has no such item."""
    education = _EDUCATION.findall(sentence)
    for title, years in HELD[level].items():
        if re.search(f"(?:担任|任).{{0,4}}{title}", sentence):
            return WORKED[level]["中专"] if title == "技术员" and {"中专", "中职"} & set(education) else years
    return _least_years(level, education)


def _least_years(level: str, education: list[str]) -> int | None:
    """What the annex asks of the lowest education named; None when it lets nobody with it apply by years."""
    needs: list[int | None] = [0 if name in _ANY_TIME[level] else WORKED[level].get(name) for name in education]
    if None in needs:
        return None
    return max((need for need in needs if need is not None), default=0)


def _hours(row: CriterionDraft) -> Iterator[Finding]:
    if row.level != "engineer" or row.kind != "continuing_education":
        return
    written = re.search(rf"({wording.NUMBER})个?学时", wording.folded(row.text))
    hours = row.hours if row.hours is not None else wording.number(written[1]) if written else None
    if hours is not None and hours < HOURS:
        text = f"继续教育要求{hours}学时，低于附件的{HOURS}学时"
        yield _finding(row, text, f"请改为当年不少于{HOURS}学时。", "hours")


def _grades(row: CriterionDraft) -> Iterator[Finding]:
    if row.kind == "assessment" and re.search(
        r"(?<!不含)基本合格(?:及以上|以上|即可|也可|可以|等次)", wording.folded(row.text)
    ):
        yield _finding(row, "年度考核放宽到“基本合格”，附件要求“合格”以上等次", "请改为近3年均为合格以上等次。", "text")


def _finding(row: CriterionDraft, text: str, remedy: str, field: str, severity: str = ERROR) -> Finding:
    return Finding(severity, Reason(f"第{row.number}条{text}。", CLAUSE, RULE, field=field, remedy=remedy), row.number)
