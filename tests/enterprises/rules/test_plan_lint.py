"""The plan linter: what must be found, and what an honest plan may say."""

from dataclasses import replace

import pytest

from applications.rules.eligibility import ANNEX_2019
from enterprises.rules.plan_lint import CriterionDraft, PlanDraft, annex, lint

SOUND = [
    ("morality", "required", "遵守职业道德，诚信履职"),
    ("ability", "required", "能独立承担本岗位的技术工作"),
    ("performance", "alternative", "完成技术改造项目2项以上，或制定企业标准1项"),
    ("contribution", "alternative", "成果投产后取得明显效益"),
    ("paper", "bonus", "发表论文的，每篇加2分"),
]


def criterion(text="能独立解决技术问题", **changes):
    values = {"number": 9, "level": "engineer", "route": "review", "kind": "performance", "necessity": "required"}
    return CriterionDraft(**(values | {"text": text} | changes))


def plan(*more, levels=("engineer",), paid=("engineer",), **sections):
    rows = [
        CriterionDraft(n, level, "review", kind, necessity, text)
        for level in levels
        for n, (kind, necessity, text) in enumerate(SOUND, start=1)
    ]
    return PlanDraft(levels, [*rows, *more], sections, frozenset(paid))


def rules(found):
    return [(finding.severity, finding.reason.rule) for finding in found]


def only(found):
    assert len(found) == 1, [str(finding.reason) for finding in found]
    return found[0]


def test_weights_that_slight_deeds_are_warned_of():
    weights = {"ethics": 26, "innovation": 25, "performance": 25, "contribution": 24}
    found = only(lint(replace(plan(), weights=weights)))
    assert (found.severity, found.reason.text) == ("warning", "业绩水平和实际贡献的评分权重合计49%，不到一半。")
    assert lint(replace(plan(), weights=weights | {"ethics": 25, "contribution": 25})) == []


def test_a_sound_plan_has_no_findings():
    sections = {
        "procedure": "评前公示不少于5个工作日。",
        "panel": "外聘专家不超过三分之一。",
        "method": "不得将论文等作为评审限制性条件。",
    }
    assert lint(plan(**sections)) == []


@pytest.mark.parametrize(
    "text",
    [
        "须发表论文1篇",
        "须发表论文１篇以上",
        "在省级或国家级期刊发表论文1篇",
        "发表论文或出版专著",
        "在核心期刊、学报上发表文章",
        "完成项目2个或以上，并发表论文1篇",
        "完成技术报告1份，同时须有 SCI 收录",
        "没有论文的不予评审",
        "发表论文和完成技术报告，或出版专著",
        "论文、专著任选其一",
        "必须发表论文1篇，多发表的加分",
        "论 文 至少一篇",
        "被ＥＩ收录的文章1篇",
        "职称外语考试合格",
        "须通过大学英语四级",
        "須發表論文一篇",
        "須在學報上發表文章",
        "论\u200b文至少１篇",
        "论-文至少一篇",
        "论．文、专·著至少一篇",
        "须有“论”文1篇",
        "须发表 paper 1篇",
        "职称外\u3000語考试合格",
    ],
)
def test_papers_and_languages_as_a_gate_are_found_in_free_text(text):
    finding = only(lint(plan(criterion(text))))
    assert finding.is_error
    assert (finding.reason.rule, finding.reason.clause, finding.criterion) == ("PR-1", "办法五（一）", 9)
    assert finding.reason.remedy


@pytest.mark.parametrize(
    "text",
    [
        "论文或技术报告等任选",
        "论文、技术报告、专利任选其一",
        "论文和专利均可",
        "发表论文1篇，或完成技术报告1份，或取得专利1项",
        "不要求论文",
        "论文不作为必备条件",
        "不得将论文、外语作为限制性条件",
        "取得软件著作权2项以上",
        "熟练使用计算机辅助设计软件完成项目设计2项",
        "从事计算机软件专业工作",
        "从事自动化控制系统设计，应用EIP协议",
        "应用新工艺",
        "論文或技術報告任選",
        "本岗位的无线-有线转换装置设计",
    ],
)
def test_honest_wordings_pass(text):
    assert lint(plan(criterion(text))) == []


@pytest.mark.parametrize("text", ["计算机等级考试二级以上", "须获市级以上奖项", "须主持省级课题1项"])
def test_other_restrictions_are_warned_of(text):
    found = lint(plan(criterion(text)))
    assert set(rules(found)) == {("warning", "PR-1")}


def test_a_paper_row_must_not_be_required():
    assert rules(lint(plan(criterion("论文情况", kind="paper")))) == [("error", "PR-1")]
    assert lint(plan(criterion("论文情况", kind="paper", necessity="bonus"))) == []


def test_a_lowest_score_for_papers_is_a_gate():
    found = only(lint(plan(criterion("论文情况", kind="paper", necessity="bonus", score_floor=10))))
    assert "最低分10分" in found.reason.text


def test_a_group_of_papers_only_is_no_choice():
    papers = [
        criterion(text, number=n, kind="paper", necessity="alternative", option_group="A")
        for n, text in ((20, "论文"), (21, "专著"))
    ]
    assert [finding.criterion for finding in lint(plan(*papers))] == [20, 21]
    report = criterion("技术报告", number=22, necessity="alternative", option_group="A")
    assert lint(plan(*papers, report)) == []


def test_a_bonus_row_that_demands_is_found():
    assert rules(lint(plan(criterion("须发表论文1篇", kind="other", necessity="bonus")))) == [("error", "PR-1")]


def test_a_section_that_demands_is_found():
    found = only(lint(plan(method="评审由评委会投票决定。\n申报人必须在刊物上发表论文。")))
    assert (found.section, found.reason.field, found.criterion) == ("method", "method", None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"annex_item": "附件三、1（3）", "years": 3}, "低于附件三、1（3）的4年"),
        ({"annex_item": "A-3.1(4)", "years": 5}, "低于A-3.1(4)的6年"),
        ({"annex_item": "附件三、2（3）", "years": 4}, "不是工程师的条款"),
        ({"annex_item": "附件四、1（2）", "years": 2}, "与所选途径不一致"),
        ({"text": "大学本科毕业后从事工程技术工作满3年"}, "低于附件的满4年"),
        ({"text": "大专毕业后从事工程技术工作满五年"}, "低于附件的满6年"),
        ({"text": "本科或大专学历，担任助理工程师职务满3年"}, "低于附件的满4年"),
        ({"text": "中专毕业后从事工程技术工作满10年"}, "附件没有这一条"),
        ({"kind": "continuing_education", "hours": 72, "text": "继续教育"}, "低于附件的90学时"),
        ({"kind": "continuing_education", "text": "继续教育不少于60学时"}, "低于附件的90学时"),
        ({"kind": "assessment", "text": "近3年考核基本合格以上"}, "放宽到“基本合格”"),
        ({"level": "assistant_engineer", "text": "高中毕业后从事工程技术工作满5年"}, "低于附件的满7年"),
        ({"level": "assistant_engineer", "text": "中专毕业后担任技术员职务满2年"}, "低于附件的满4年"),
        ({"level": "assistant_engineer", "text": "担任技术员职务满1年"}, "低于附件的满2年"),
        ({"level": "assistant_engineer", "text": "任职技术员满1年"}, "低于附件的满2年"),
        ({"level": "assistant_engineer", "text": "中职毕业后担任技术员职务满2年"}, "低于附件的满4年"),
        ({"level": "assistant_engineer", "annex_item": "附件三、1（3）"}, "不是助理工程师的条款"),
    ],
)
def test_looser_than_the_annex(changes, told):
    finding = only(lint(plan(criterion(**changes))))
    assert finding.is_error
    assert finding.reason.rule == "PR-6"
    assert told in finding.reason.text
    assert finding.reason.remedy


# What the annex asks, typed from its text: clause, level, who, years.
ANNEX_YEARS = [
    ("附件三、1（2）", "engineer", "硕士研究生毕业后从事工程技术工作", 2),
    ("附件三、1（3）", "engineer", "本科毕业后从事工程技术工作", 4),
    ("附件三、1（4）", "engineer", "大专毕业后从事工程技术工作", 6),
    ("附件三、1（5）", "engineer", "大专学历，担任助理工程师职务", 4),
    ("附件三、2（2）", "assistant_engineer", "大专毕业后从事工程技术工作", 2),
    ("附件三、2（2）", "assistant_engineer", "大专毕业后担任技术员职务", 2),
    ("附件三、2（3）", "assistant_engineer", "中专毕业后从事工程技术工作", 4),
    ("附件三、2（3）", "assistant_engineer", "中职毕业后从事工程技术工作", 4),
    ("附件三、2（3）", "assistant_engineer", "中专毕业后担任技术员职务", 4),
    ("附件三、2（4）", "assistant_engineer", "高中毕业后从事工程技术工作", 7),
]


@pytest.mark.parametrize(
    ("clause", "level", "who", "years"), ANNEX_YEARS, ids=[f"{row[0]} {row[2]}" for row in ANNEX_YEARS]
)
def test_the_years_of_the_annex_stand_and_one_fewer_does_not(clause, level, who, years):
    assert not [one for one in lint(plan(criterion(level=level, text=f"{who}满{years}年"))) if one.is_error]
    told = only(lint(plan(criterion(level=level, text=f"{who}满{years - 1}年"))))
    assert told.is_error and f"低于附件的满{years}年" in told.reason.text
    assert not [one for one in lint(plan(criterion(level=level, annex_item=clause, years=years))) if one.is_error]
    assert only(lint(plan(criterion(level=level, annex_item=clause, years=years - 1)))).is_error


@pytest.mark.parametrize(
    "changes",
    [
        {"annex_item": "附件三、1（3）", "years": 4},
        {"annex_item": "附件三、1（3）", "years": 6},
        {"annex_item": "附件三，1（3）", "years": 4},
        {"annex_item": "三.1(3)", "years": 4},
        {"text": "博士毕业后工作满1年"},
        *(
            {"level": "assistant_engineer", "text": f"{who}毕业后工作满1年"}
            for who in ("博士", "研究生", "硕士", "本科")
        ),
        {"annex_item": "附件三、1(3)", "years": None},
        {"annex_item": "附件三、1（1）", "years": 0},
        {"annex_item": "附件三、1（3）", "years": 2, "route": "exceptional"},
        {"annex_item": "附件四、1（2）", "years": 2, "route": "initial"},
        {"text": "大学本科毕业后从事工程技术工作满十年"},
        {"text": "本科或大专学历，担任助理工程师职务满4年"},
        {"text": "近5年完成项目2项"},
        {"kind": "continuing_education", "hours": 90, "text": "继续教育"},
        {"kind": "continuing_education", "text": "继续教育不少于60学时", "level": "assistant_engineer"},
        {"kind": "assessment", "text": "近3年考核均为合格以上，基本合格的不得申报"},
        {"level": "assistant_engineer", "text": "大专毕业后从事工程技术工作满2年"},
    ],
)
def test_as_strict_as_the_annex_or_stricter(changes):
    assert lint(plan(criterion(**changes))) == []


def test_the_years_are_those_of_the_eligibility_rules():
    """The two stages may not import each other's rules, so the figures are held together here."""
    clauses = [*ANNEX_2019.routes.values(), *ANNEX_2019.initial.values()]
    measured = {route.id: route.years for routes in clauses for route in routes if route.years}
    assert measured == annex.ITEM_YEARS
    assert ANNEX_2019.continuing_education_hours == annex.HOURS


def test_missing_dimensions_are_named():
    rows = [row for row in plan().criteria if row.kind != "morality"]
    found = only(lint(PlanDraft(["engineer"], rows, {}, frozenset({"engineer"}))))
    assert "职业道德" in found.reason.text and found.reason.clause == "办法五（二）"


def test_only_diploma_and_seniority_is_refused():
    rows = [criterion("本科学历", kind="education"), criterion("满4年", kind="seniority")]
    found = only(lint(PlanDraft(["engineer"], rows, {}, frozenset({"engineer"}))))
    assert (found.reason.rule, found.reason.clause) == ("R-2.1", "办法二1")


def test_a_level_without_pay_is_named():
    found = only(lint(plan(paid=())))
    assert found.reason.rule == "R-1.2" and "工程师" in found.reason.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("具有本科学历满3年的可以申报工程师", "低于附件的满4年"),
        ("大专毕业满5年，可参加工程师评审", "低于附件的满6年"),
        ("大专毕业从事工程技术工作满5年的可申报工程师", "低于附件的满6年"),
        ("高中毕业满5年可申报助理工程师", "低于附件的满7年"),
        ("中专毕业满8年即可申报工程师", "附件没有这一条"),
        ("大专毕业满3年、业绩突出的可破格申报工程师", ""),
        ("大专毕业满2年可申报助理工程师", ""),
        ("本科毕业满4年，任助理工程师满4年的可申报工程师", ""),
    ],
)
def test_looser_than_the_annex_in_one_of_the_parts(text, told):
    found = lint(plan(procedure=text))
    assert [(one.section, one.reason.rule) for one in found] == ([("procedure", "PR-6")] if told else [])
    assert all(told in one.reason.text and one.is_error and one.reason.remedy for one in found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("公示3个工作日", "公示期写的是3个工作日，少于5个工作日。"),
        ("评前公示四个工作日", "公示期写的是4个工作日，少于5个工作日。"),
        ("公示期为5天", "公示期写的是5天，没有按工作日计算。"),
        ("公示期不少于7日", "公示期写的是7日，没有按工作日计算。"),
        ("公示一周", "公示期写的是1周，没有按工作日计算。"),
        ("公示期为1个星期", "公示期写的是1星期，没有按工作日计算。"),
    ],
)
def test_a_short_notice_is_refused(text, told):
    found = lint(plan(procedure=text))
    assert rules(found) == [("error", "PR-5")]
    assert found[0].reason.text == told


@pytest.mark.parametrize("text", ["公示5个工作日", "公示期不少于五个工作日", "公示十个工作日", "公示材料3份"])
def test_a_notice_of_five_working_days_passes(text):
    assert lint(plan(procedure=text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "外聘专家不超过二分之一",
        "外聘专家占40%",
        "外聘专家不超过1/2",
        "外聘专家一般为一半",
        "评审机构共7人，其中外聘3人",
        "评委会由九名委员组成，外聘专家四名",
    ],
)
def test_too_many_external_experts_are_refused(text):
    assert rules(lint(plan(panel=text))) == [("error", "R-5.2.8")]


@pytest.mark.parametrize(
    "text",
    [
        "外聘专家不超过三分之一",
        "外聘专家占30%以下",
        "外聘专家不超过1/3",
        "外聘专家不超过四分之一",
        "评审机构共9人，其中外聘3人",
        "评审机构7人。外聘专家聘期3年",
    ],
)
def test_a_third_of_external_experts_passes(text):
    assert lint(plan(panel=text)) == []


def test_a_finding_is_named_by_what_it_says():
    """The sentence of a declared row does not repeat its text, yet another text wants another answer."""

    def found(text):
        return only(lint(plan(criterion(text, kind="project_level"))))

    first, same, other = found("须主持省级课题"), found("须主持省级课题"), found("须主持市级课题")
    assert first.reason == other.reason
    assert first.key == same.key != other.key
    assert len(first.key) == 32


def test_a_pass_quota_is_warned_of():
    assert rules(lint(plan(method="通过率不低于80%"))) == [("warning", "PR-10")]


def test_errors_stand_before_warnings_and_rows_in_their_order():
    rows = [
        criterion("须获市级以上奖项", number=7),
        criterion("须发表论文1篇", number=9),
        criterion("英语四级", number=8),
    ]
    found = lint(plan(*rows, method="须有外语成绩。"))
    assert [(one.severity, one.criterion) for one in found] == [
        ("error", None),
        ("error", 8),
        ("error", 9),
        ("warning", 7),
    ]
