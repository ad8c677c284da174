"""Which 途径 the machine's findings leave open. What needs judgement goes to a person, never to 通过 (decision 17)."""

from collections.abc import Mapping
from typing import Any

from applications.rules.eligibility.vocabulary import VERDICTS
from jiaxing_titles.reasons import Reason

CLAUSE = {"review": "附件三", "initial": "附件四", "exceptional": "附件三、1（6）"}
_OPEN = ("pass", "unknown")


def may_be_granted_initially(findings: Mapping[str, Any]) -> bool:
    """Whether some 初定 condition (附件四) is met or not yet ruled out."""
    return any(value in _OPEN for value in findings.get("initial", {}).values())


def against_route(route: str, findings: Mapping[str, Any]) -> list[Reason]:
    """What the eligibility findings hold against applying by this route (G7); empty when a person may go on.

    `findings` is the engine's output: verdict, gates, routes, initial. needs_evidence lets the person submit.
    """
    verdict = findings["verdict"]
    if route == "initial":
        return [] if may_be_granted_initially(findings) else [_no_initial_condition()]
    if route == "exceptional":
        return _against_exceptional(findings)
    if verdict == "not_eligible":
        return [
            Reason(
                "按您填写的情况，不符合所申报级别的任何一条申报条件。",
                CLAUSE["review"],
                rule="A-3",
                gate="G7",
                remedy="查看自查结果中每一条还差什么；填写有误的改正后再提交。",
            )
        ]
    if verdict == "refer":
        return [
            Reason(
                "一般条件都不符合，只能按破格申报，由人工审核。",
                CLAUSE["exceptional"],
                rule="R-5.1.7",
                gate="G7",
                remedy="在“级别和途径”中把申报途径改为“破格”。",
            )
        ]
    return []


def _no_initial_condition() -> Reason:
    return Reason(
        "按您填写的情况，不符合任何一条初定条件。",
        CLAUSE["initial"],
        rule="A-4",
        gate="G7",
        remedy="核对学历形式、岗位专业和工作年限；或改为“评审”途径。",
    )


def _against_exceptional(findings: Mapping[str, Any]) -> list[Reason]:
    if findings["level"] != "engineer":
        return [
            Reason(
                "破格只适用于申报工程师。", CLAUSE["exceptional"], rule="A-3.1(6)", gate="G7", remedy="改为“评审”途径。"
            )
        ]
    failed = [name for name, value in findings.get("gates", {}).items() if value == "fail"]
    if failed:
        names = {"A-1": "近3年年度考核", "A-2": "当年继续教育学时"}
        told = "、".join(names.get(name, name) for name in failed)
        return [Reason(f"{told}不符合要求，破格也须符合。", "附件一、二", rule=failed[0], gate="G7")]
    if findings["verdict"] == "not_eligible":
        return [
            Reason(
                "破格材料还不完整。",
                "办法五（一）",
                rule="R-5.1.7",
                gate="G7",
                remedy="写明所依据的方案破格条件，并由两名推荐人填写推荐意见。",
            )
        ]
    return []


def result_with(verdict: str, hours_pending: bool) -> str:
    """One line for lists: the verdict in Chinese, with what is still open."""
    return VERDICTS[verdict] + ("（学时待补）" if hours_pending else "")
