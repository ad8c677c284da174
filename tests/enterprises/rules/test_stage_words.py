"""What the plain rules of the stage say, to the letter: sentence, clause, rule, gate, field and what to do."""

import datetime as dt
import hashlib

import pytest

from enterprises.rules import conditions, intake, listing, plan, scope, talent
from enterprises.rules.simulation import LevelOutlook
from enterprises.rules.standing import AuthorityFacts, Interval, standing_on
from jiaxing_titles.reasons import Reason
from tests.enterprises.rules.test_stage_rules import judged, line

OPENS, CLOSES, DAY = dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 5, 1)
ONE = dt.timedelta(days=1)
BEFORE = Reason(
    "试点申请从2026年1月1日（星期四）开始受理，现在还不能提交。",
    "办法四（一）",
    "R-4.1a",
    "G1",
    remedy="可以先填好并保存，开放后再提交。",
)
AFTER = Reason(
    "2026年3月31日（星期二）24:00已停止受理本年度试点申请。",
    "办法四（一）",
    "R-4.1a",
    "G1",
    remedy="草稿已保留，下一年度可以沿用；确有特殊情况的，请联系市人社局，由局领导同意后补报。",
)
CORRECTED_LATE = Reason(
    "补正期限2026年3月31日（星期二）已过。",
    "办法四（一）",
    "S-14",
    "G1",
    remedy="请联系县(市、区)人社局，由其延长补正期限后再提交。",
)


def test_outside_the_window_and_after_the_correction():
    assert intake.window_reasons(OPENS - ONE, opens_on=OPENS, closes_on=CLOSES) == [BEFORE]
    assert intake.window_reasons(CLOSES + ONE, opens_on=OPENS, closes_on=CLOSES) == [AFTER]
    assert intake.correction_reasons(CLOSES + ONE, CLOSES) == [CORRECTED_LATE]


def of_condition(text: str, remedy: str) -> Reason:
    return Reason(f"“薪酬待遇体系”{text}。", "办法三", "R-3.2b", "G2", remedy=remedy)


@pytest.mark.parametrize(
    ("judgement", "reason"),
    [
        (judged(""), of_condition("还没有自查", "请填写自查结论。")),
        (judged("unmet"), of_condition("自查不符合", "四项须同时具备，具备后再申请。")),
        (judged("unclear"), of_condition("自查不符合", "四项须同时具备，具备后再申请。")),
        (judged("met", proven=False), of_condition("没有指明证明材料", "请写明哪份材料、第几页可以证明。")),
    ],
)
def test_what_the_company_finds_of_itself(judgement, reason):
    assert conditions.self_check_reasons([judged("met"), judgement]) == [reason]


@pytest.mark.parametrize(
    ("verdict", "text", "remedy"),
    [
        ("", "还没有审查结论", "请逐项填写审查结论。"),
        ("unmet", "审查结论不是“符合”", "试点企业须同时具备全部条件。"),
        ("unclear", "审查结论不是“符合”", "试点企业须同时具备全部条件。"),
    ],
)
def test_what_keeps_the_county_from_recommending(verdict, text, remedy):
    found = conditions.recommendation_reasons([judged("met"), judged(verdict, proven=False)])
    assert found == [of_condition(text, remedy)]


def test_a_material_that_is_missing_is_named():
    required = [("licence", "营业执照"), ("report", "评审工作总结")]
    assert conditions.material_reasons({"licence": 1}, required) == [
        Reason(
            "还没有上传评审工作总结。",
            "办法四（一）",
            "R-4.1d",
            "G2",
            field="report",
            remedy="请在“材料上传”中补齐。",
        )
    ]


@pytest.mark.parametrize("sums", [(3, 2, 2), (2, 3, 2), (2, 2, 3)])
def test_sums_that_differ_are_told(sums):
    assert talent.mismatch(talent.Sums(*sums)) == (
        f"合计不符：按职称是{sums[0]}人，按学历是{sums[1]}人，按年龄是{sums[2]}人，同一批人的三种合计应当相等，请核对。"
    )


def test_technical_staff_are_part_of_the_staff():
    assert talent.headcount_problem(20, 20) == ""
    told = "人才结构表合计21人，多于职工总数20人，请核对职工总数或人才结构表。"
    assert talent.headcount_problem(20, 21) == told


def test_the_table_of_people_has_its_columns():
    assert (talent.TITLES, talent.DEGREES, talent.AGES) == (
        ("senior", "middle", "junior", "untitled"),
        ("doctor", "master", "bachelor", "associate", "secondary"),
        ("under_36", "under_51", "over_50"),
    )


AHEAD = "审议日期2026年5月2日（星期六）还没有到，审议通过后再登记。"
STALE = (
    "方案在2026年5月1日（星期五）还修改过，领导班子在2026年4月30日（星期四）审议的不是这一稿。"
    "请填写修改之后的审议日期，或重新审议。"
)


@pytest.mark.parametrize(("met_on", "told"), [(DAY, ""), (DAY + ONE, AHEAD), (DAY - ONE, STALE)])
def test_the_day_of_the_resolution(met_on, told):
    assert plan.resolution_problem(met_on, last_edited_on=DAY, today=DAY) == told
    found = plan.submission_reasons(met_on, last_edited_on=DAY, today=DAY)
    assert found == ([Reason(told, "办法五（一）", "R-5.1.8", "G5")] if told else [])


def test_no_resolution_at_all():
    remedy = "方案须经单位领导班子集体讨论、审议通过后再报送。"
    assert plan.submission_reasons(None, last_edited_on=DAY, today=DAY) == [
        Reason("还没有登记领导班子集体审议情况。", "办法五（一）", "R-5.1.8", "G5", remedy=remedy)
    ]


LEVELS = [("engineer", "工程师"), ("assistant_engineer", "助理工程师")]


def test_what_a_plan_lacks():
    required = [("method", "评价方法"), ("panel", "评审机构")]
    assert plan.section_reasons({"method": " \n", "panel": "有"}, required) == [
        Reason(
            "方案的“评价方法”还没有填写。",
            "办法五（一）",
            "R-5.1.2",
            "G5",
            field="method",
            remedy="五个部分都要写好。",
        )
    ]
    assert plan.section_reasons({}, required[:1]) == plan.section_reasons({"method": ""}, required[:1])
    assert plan.criteria_reasons(LEVELS, {"engineer"}) == [
        Reason("助理工程师还没有评价标准。", "办法五（一）", "R-5.1.2", "G5", remedy="请在“评价标准”中至少添加一条。")
    ]
    assert plan.pay_reasons(LEVELS, {"assistant_engineer"}) == [
        Reason("工程师还没有与岗位、薪酬挂钩。", "办法五（一）", "R-1.2", "G5", remedy="请在“薪酬挂钩表”中填写。")
    ]
    assert plan.comment_reasons(0) == []
    assert plan.comment_reasons(2) == [
        Reason(
            "还有2条审核批注没有处理。",
            "办法五（一）",
            "R-5.1.9",
            "G6",
            remedy="请逐条标为已解决，或退回企业修改。",
        )
    ]


@pytest.mark.parametrize(
    ("speciality", "post", "missing"), [(False, True, "专业"), (True, False, "岗位"), (False, False, "专业、岗位")]
)
def test_whom_a_criterion_is_for(speciality, post, missing):
    remedy = "评价标准要以职业属性和岗位需求为基础，请在“评价标准”中补上。"
    assert plan.addressee_reasons([(1, True, True), (2, speciality, post)]) == [
        Reason(f"评价标准第2条没有写明适用{missing}。", "办法五（一）", "R-5.1.4", "G5", remedy=remedy)
    ]


def test_the_digest_of_a_plan_is_that_of_its_lines():
    assert plan.text_digest(["甲", "乙"]) == hashlib.sha256("甲\n乙".encode()).hexdigest()


GRANTED = dt.date(2026, 4, 20)
STANDINGS = [
    (
        None,
        Reason(
            "企业不在2026年度核准公布的自主评审企业名单中。",
            "办法四（二）",
            "R-4.2c",
            "G4",
            remedy="列入当年度名单后才能开展评审。",
        ),
    ),
    (
        AuthorityFacts(GRANTED, withdrawn_on=DAY),
        Reason("企业的评审权已于2026年5月1日（星期五）收回。", "办法六（三）", "C-3", "G4"),
    ),
    (
        AuthorityFacts(GRANTED, exited_on=DAY),
        Reason("企业已于2026年5月1日（星期五）主动退出试点。", "办法六（一）", "C-6", "G4"),
    ),
    (
        AuthorityFacts(GRANTED, suspensions=(Interval(DAY), Interval(DAY - ONE, DAY))),
        Reason(
            "企业的自主评审工作自2026年4月30日（星期四）起暂停。",
            "办法六（三）",
            "C-2",
            "G4",
            remedy="恢复后可以继续，已办的事项不会丢失。",
        ),
    ),
]


@pytest.mark.parametrize(("facts", "reason"), STANDINGS)
def test_why_a_company_may_not_review_today(facts, reason):
    assert standing_on(DAY, 2026, facts).reasons == [reason]


@pytest.mark.parametrize(("field", "status"), [("withdrawn_on", "withdrawn"), ("exited_on", "exited")])
def test_what_has_ended_stays_ended(field, status):
    assert standing_on(DAY + ONE, 2026, AuthorityFacts(GRANTED, **{field: DAY})).status == status


SCOPELESS = Reason(
    "示例公司拟核准，但还没有写明授予的级别和专业。",
    "办法六（二）",
    "R-6.2.3",
    "G4",
    remedy="请在名单中补上授权范围。",
)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], Reason("名单里还没有企业。", "办法四（二）", "R-4.2c", "G4", remedy="请先把已复核的企业列入名单。")),
        ([line(levels=[])], SCOPELESS),
        ([line(specialities=[])], SCOPELESS),
        (
            [line(outcome="refuse", reason=" ")],
            Reason(
                "示例公司拟不予核准，但没有写明理由。",
                "办法四（二）",
                "R-4.2b",
                "G4",
                remedy="请逐项写明哪一项条件不符合。",
            ),
        ),
    ],
)
def test_what_keeps_a_list_from_going_up(lines, reason):
    assert listing.completeness_reasons(lines) == [reason]


def test_anyone_can_redo_the_hash_of_a_list():
    row = '["91330481MA2B000012","示例公司","approve",["engineer"],["GC01","GC02"],""]'
    assert listing.digest([line(specialities=["GC02", "GC01"])]) == hashlib.sha256(row.encode()).hexdigest()
    both = listing.digest([line(), line(credit_code="1")])
    assert both == hashlib.sha256((row.replace("91330481MA2B000012", "1") + "\n" + row).encode()).hexdigest()


def test_a_list_that_changed_after_the_decision_is_not_published():
    assert listing.decision_reasons("a", "a") == []
    assert listing.decision_reasons("a", "b") == [
        Reason(
            "名单内容与审定时不一致，不能公布。",
            "办法四（二）",
            "R-4.2c",
            "G4",
            remedy="请退回重新起草、审核、审定。",
        )
    ]


def test_what_lies_outside_the_scope_is_void():
    clause = "办法六（二）、六（三）"
    assert scope.SERIES == "工程技术"
    assert scope.scope_reasons("engineer", "GC09", levels=[], specialities=[]) == [
        Reason("申报级别不在企业被授予的评审权限内，评审结果将一律无效。", clause, "PR-2", "G7", field="level"),
        Reason("申报专业不在企业被授予的评审权限内，评审结果将一律无效。", clause, "PR-2", "G7", field="speciality"),
    ]


def test_the_groups_of_an_outlook_have_their_headings():
    outlook = LevelOutlook("engineer", ("甲",), ("乙",), ("丙",), ("丁",), ("戊",), (), ())
    assert outlook.groups == [
        ("现在可以申报", ("甲",)),
        ("补充材料或学时后可能可以", ("乙",)),
        ("条件不够", ("丙",)),
        ("已有这一级或更高资格", ("丁",)),
        ("没有申报资料，测算不了", ("戊",)),
    ]
