"""What the plan linter says, to the letter: what is wrong and where, the clause, the fix."""

import re
from dataclasses import replace

import pytest

from enterprises.rules.plan_lint import PlanDraft, lint
from tests.enterprises.rules.test_plan_lint import criterion, only, plan


def of_row(text="能独立解决技术问题", **changes):
    return {"more": [criterion(text, **changes)]}


def choice_of(name):
    return f"请改为加分项，或改成“{name}或技术报告、专利、工法等业绩成果任选其一”。"


PAPERS, ROW = choice_of("论文、著作"), "第9条"
TOLD = [
    (of_row("须发表论文1篇"), f"{ROW}把论文、著作写成了必备条件：“须发表论文1篇”。", PAPERS, "text"),
    (of_row("论文情况", kind="paper"), f"{ROW}把论文、著作列为必备条件。", PAPERS, "text"),
    (
        of_row("论文情况", kind="paper", necessity="bonus", score_floor=10),
        f"{ROW}给论文、著作定了最低分10分，等于把它列为必备条件。",
        PAPERS,
        "text",
    ),
    (
        of_row("论文", kind="paper", necessity="alternative", option_group="A"),
        f"{ROW}的任选组里只有论文、著作，没有别的选择，等于把它列为必备条件。",
        PAPERS,
        "text",
    ),
    (
        of_row("须发表论文" + "，内容与申报专业一致" * 4),
        f"{ROW}把论文、著作写成了必备条件：“须发表论文{'，内容与申报专业一致' * 3}，内容与申…”。",
        PAPERS,
        "text",
    ),
    (
        of_row("职称外语考试合格"),
        f"{ROW}把外语成绩写成了必备条件：“职称外语考试合格”。",
        choice_of("外语成绩"),
        "text",
    ),
    (
        of_row("计算机等级考试二级以上"),
        f"{ROW}把计算机能力证书写成了必备条件：“计算机等级考试二级以上”。",
        choice_of("计算机能力证书"),
        "text",
    ),
    (of_row("须获市级以上奖项"), f"{ROW}把奖项写成了必备条件：“须获市级以上奖项”。", choice_of("奖项"), "text"),
    (
        of_row("须主持省级课题1项"),
        f"{ROW}把省、市级项目写成了必备条件：“须主持省级课题1项”。",
        choice_of("省、市级项目"),
        "text",
    ),
    (
        {"method": "评审后投票。\n申报人必须在刊物上发表论文。"},
        "方案正文把论文、著作写成了必备条件。",
        PAPERS,
        "method",
    ),
    (
        of_row(annex_item="附件五、1（3）"),
        f"{ROW}“附件五、1（3）”不是附件的条款。",
        "请写成“附件三、1（3）”的样子。",
        "annex_item",
    ),
    (
        of_row(annex_item="附件三、2（3）", years=4),
        f"{ROW}对应的附件三、2（3）不是工程师的条款。",
        "请选工程师的条款，或改正级别。",
        "annex_item",
    ),
    (
        of_row(annex_item="附件四、1（2）", years=2),
        f"{ROW}对应的附件四、1（2）与所选途径不一致。",
        "附件三用于评审，附件四用于初定，请改正。",
        "route",
    ),
    (
        of_row(annex_item="附件三、1（3）", years=3),
        f"{ROW}要求3年，低于附件三、1（3）的4年。",
        "请改为不少于4年。",
        "years",
    ),
    (of_row("本科毕业后工作满3年"), f"{ROW}写的是满3年，低于附件的满4年。", "请改为满4年。", "text"),
    (
        of_row("中专或高中毕业后工作满10年"),
        f"{ROW}允许中专、高中学历按年限申报工程师，附件没有这一条。",
        "请删去，或按附件所列学历填写。",
        "text",
    ),
    (
        of_row("继续教育不少于60学时", kind="continuing_education"),
        f"{ROW}继续教育要求60学时，低于附件的90学时。",
        "请改为当年不少于90学时。",
        "hours",
    ),
    (
        of_row("近3年考核基本合格以上", kind="assessment"),
        f"{ROW}年度考核放宽到“基本合格”，附件要求“合格”以上等次。",
        "请改为近3年均为合格以上等次。",
        "text",
    ),
    (
        {"procedure": "具有本科学历满3年的可以申报工程师"},
        "方案正文写的是满3年，低于附件的满4年（工程师）。",
        "请改为满4年。",
        "procedure",
    ),
    (
        {"procedure": "公示期为5天"},
        "公示期写的是5天，没有按工作日计算。",
        "请改为不少于5个工作日。",
        "procedure",
    ),
    (
        {"panel": "外聘专家占40%"},
        "外聘专家的比例超过三分之一：“外聘专家占40%”。",
        "请改为外聘专家不超过三分之一。",
        "panel",
    ),
    (
        {"panel": "评审机构共7人，其中外聘3人"},
        "评审机构7人中外聘3人，超过三分之一。",
        "7人中外聘不超过2人，请改正。",
        "panel",
    ),
    (
        {"method": "通过率不低于80%"},
        "方案正文定了通过率或通过名额。",
        "评审坚持宁缺勿滥，请删去通过率、名额的规定。",
        "method",
    ),
    ({"paid": ()}, "工程师还没有与岗位、薪酬挂钩。", "请在“薪酬挂钩表”中填写岗位和待遇。", ""),
]


LAWS = {
    "PR-1": ("办法五（一）", "写成了必备条件|列为必备条件"),
    "PR-6": ("办法五（一）", "不是附件的条款|不是工程师的条款|所选途径|低于|附件没有这一条|附件要求"),
    "PR-5": ("办法五（二）", "公示期"),
    "PR-10": ("办法五（二）", "通过率"),
    "R-5.2.8": ("办法五（二）", "外聘"),
    "R-1.2": ("办法五（一）", "薪酬"),
}


@pytest.mark.parametrize(("departure", "text", "remedy", "field"), TOLD, ids=[row[1] for row in TOLD])
def test_a_finding_says_what_is_wrong_where_and_the_fix(departure, text, remedy, field):
    departure = dict(departure)
    more = departure.pop("more", [])
    found = only(lint(plan(*more, **departure)))
    (law,) = [(clause, rule) for rule, (clause, words) in LAWS.items() if re.search(words, text)]
    assert (found.reason.clause, found.reason.rule) == law
    assert (found.reason.text, found.reason.remedy, found.reason.field) == (text, remedy, field)
    assert (found.criterion, found.section) == ((9, "") if more else (None, field))
    assert found.passage == (more[0].text if more else departure.get(field, ""))


CLAUSES = [
    ("外语考试合格", "error", "办法五（一）", "PR-1"),
    ("计算机考试合格", "warning", "办法五（一）", "PR-1"),
    ("本科毕业满3年", "error", "办法五（一）", "PR-6"),
]


@pytest.mark.parametrize(("text", "severity", "clause", "rule"), CLAUSES)
def test_a_finding_cites_its_clause(text, severity, clause, rule):
    found = only(lint(plan(criterion(text))))
    assert (found.severity, found.reason.clause, found.reason.rule) == (severity, clause, rule)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("morality", "职业道德"), ("ability", "创新能力"), ("performance", "业绩水平"), ("contribution", "实际贡献")],
)
def test_a_dimension_that_is_missing_or_only_a_bonus_is_named(kind, name):
    others = [row for row in plan().criteria if row.kind != kind]

    def told(*rows):
        one = only(lint(PlanDraft(["engineer"], rows, {}, frozenset({"engineer"}))))
        assert one.reason.rule == "R-5.2.5"
        return one.severity, one.reason.clause, one.reason.text, one.reason.remedy, one.criterion

    missing = ("error", "办法五（二）", f"工程师的标准缺少“{name}”。", f"请至少添加一条“{name}”的标准。", None)
    assert told(*others) == missing
    bonus = (
        "warning",
        "办法五（二）",
        f"工程师的“{name}”只作加分，不作要求。",
        f"建议把“{name}”列为必备或任选条件。",
        9,
    )
    assert told(*others, criterion("表现突出", kind=kind, necessity="bonus")) == bonus


@pytest.mark.parametrize("kinds", [["education"], ["paper"], ["education", "seniority", "held_title", "paper"]])
def test_papers_and_seniority_alone_are_no_standard(kinds):
    rows = [criterion("另行规定", number=n, kind=kind, necessity="bonus") for n, kind in enumerate(kinds, start=1)]
    found = only(lint(PlanDraft(["engineer"], rows, {}, frozenset({"engineer"}))))
    assert (found.reason.clause, found.reason.rule, found.reason.text, found.reason.remedy) == (
        "办法二1",
        "R-2.1",
        "工程师的标准只看学历、资历、论文，没有品德、能力、业绩。",
        "请补充职业道德、创新能力、业绩水平、实际贡献的标准。",
    )


def test_weights_that_slight_deeds_are_told_with_their_clause():
    reason = only(lint(replace(plan(), weights={"performance": 49}))).reason
    assert (reason.clause, reason.rule, reason.text, reason.remedy) == (
        "办法二1",
        "R-2.1",
        "业绩水平和实际贡献的评分权重合计49%，不到一半。",
        "坚持注重实绩，建议业绩水平和实际贡献合计不少于50%。",
    )


@pytest.mark.parametrize(
    ("kind", "name", "severity"),
    [
        ("paper", "论文、著作", "error"),
        ("language", "外语成绩", "error"),
        ("computer", "计算机能力证书", "warning"),
        ("award", "奖项", "warning"),
        ("project_level", "省、市级项目", "warning"),
    ],
)
def test_a_row_of_a_restricted_kind_must_not_be_required(kind, name, severity):
    found = only(lint(plan(criterion("另行规定", kind=kind))))
    assert (found.severity, found.reason.text) == (severity, f"第9条把{name}列为必备条件。")
    assert lint(plan(criterion("另行规定", kind=kind, necessity="bonus"))) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("须出版教材1部", "论文、著作"),
        ("雅思成绩6分以上", "外语成绩"),
        ("须通过职称计算机考试", "计算机能力证书"),
        ("须有科技进步奖", "奖项"),
    ],
)
def test_other_words_for_the_same(text, name):
    assert only(lint(plan(criterion(text)))).reason.text == f"第9条把{name}写成了必备条件：“{text}”。"


def test_one_way_among_others_may_ask_for_papers_and_a_row_of_another_kind_may_not():
    paper = criterion("须发表论文1篇", number=20, kind="paper", necessity="alternative", option_group="A")
    report = criterion("技术报告", number=21, necessity="alternative", option_group="A")
    assert lint(plan(paper, report)) == []
    hidden = criterion("须发表论文1篇", number=20, necessity="alternative", option_group="A")
    assert [one.criterion for one in lint(plan(hidden, report))] == [20]


@pytest.mark.parametrize("length", [40, 41])
def test_a_long_text_is_cut_in_the_sentence(length):
    text = "须发表论文".ljust(length, "一")
    shown = text if length == 40 else text[:40] + "…"
    assert only(lint(plan(criterion(text)))).reason.text == f"第9条把论文、著作写成了必备条件：“{shown}”。"


@pytest.mark.parametrize(
    "sections",
    [
        {"method": "论文由专家评阅。"},
        {"panel": "外聘专家3人。"},
        {"panel": "评审机构共7人。上年度外聘专家有3人。"},
        {"panel": "外聘专家占33%"},
    ],
)
def test_what_a_part_may_say(sections):
    assert lint(plan(**sections)) == []


@pytest.mark.parametrize("text", ["通过率不低于80%", "下达通过名额", "完成评审指标", "保证申报人员全部通过"])
def test_every_way_of_promising_a_pass(text):
    assert only(lint(plan(method=text))).reason.rule == "PR-10"
