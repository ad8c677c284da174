"""G7 by route: what the engine's findings leave open."""

import pytest

from applications.rules.routes import against_route, may_be_granted_initially, result_with

GATES = {"A-1": "pass", "A-2": "pass"}


def findings(verdict="eligible", level="engineer", gates=GATES, initial="fail"):
    return {"verdict": verdict, "level": level, "gates": gates, "initial": {"A-4.1(1)": initial}}


NO_CLAUSE = (
    "A-3",
    "附件三",
    "按您填写的情况，不符合所申报级别的任何一条申报条件。",
    "查看自查结果中每一条还差什么；填写有误的改正后再提交。",
)
BY_EXCEPTION = (
    "R-5.1.7",
    "附件三、1（6）",
    "一般条件都不符合，只能按破格申报，由人工审核。",
    "在“级别和途径”中把申报途径改为“破格”。",
)
UNFINISHED = (
    "R-5.1.7",
    "办法五（一）",
    "破格材料还不完整。",
    "写明所依据的方案破格条件，并由两名推荐人填写推荐意见。",
)
ENGINEERS_ONLY = ("A-3.1(6)", "附件三、1（6）", "破格只适用于申报工程师。", "改为“评审”途径。")
NO_GRANT = (
    "A-4",
    "附件四",
    "按您填写的情况，不符合任何一条初定条件。",
    "核对学历形式、岗位专业和工作年限；或改为“评审”途径。",
)


@pytest.mark.parametrize(
    ("route", "facts", "told"),
    [
        ("review", findings("eligible"), []),
        ("review", findings("needs_evidence"), []),
        ("review", findings("not_eligible"), [NO_CLAUSE]),
        ("review", findings("refer"), [BY_EXCEPTION]),
        ("exceptional", findings("refer"), []),
        ("exceptional", findings("not_eligible"), [UNFINISHED]),
        ("exceptional", findings("refer", level="assistant_engineer"), [ENGINEERS_ONLY]),
        (
            "exceptional",
            findings("not_eligible", gates={"A-1": "fail", "A-2": "pass"}),
            [("A-1", "附件一、二", "近3年年度考核不符合要求，破格也须符合。", "")],
        ),
        (
            "exceptional",
            findings("not_eligible", gates={"A-1": "fail", "A-2": "fail"}),
            [("A-1", "附件一、二", "近3年年度考核、当年继续教育学时不符合要求，破格也须符合。", "")],
        ),
        ("initial", findings("not_eligible", initial="pass"), []),
        ("initial", findings("not_eligible", initial="unknown"), []),
        ("initial", findings("eligible", initial="fail"), [NO_GRANT]),
    ],
)
def test_the_route_decides_what_stands_against_the_person(route, facts, told):
    reasons = against_route(route, facts)
    assert [(one.rule, one.clause, one.text, one.remedy) for one in reasons] == told
    assert {one.gate for one in reasons} <= {"G7"}


def test_initial_grant_is_open_while_one_condition_is():
    assert not may_be_granted_initially({})
    assert may_be_granted_initially({"initial": {"A-4.2(1)": "fail", "A-4.2(2)": "unknown"}})


def test_the_line_of_a_list_says_that_hours_are_open():
    assert result_with("needs_evidence", True) == "待补证（学时待补）"
    assert result_with("eligible", False) == "符合条件"
    assert result_with("not_eligible", False) == "不符合条件"
    assert result_with("refer", True) == "转人工（破格）（学时待补）"
