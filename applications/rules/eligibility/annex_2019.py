"""附件《工程技术中、初级资格申报条件》 of 2019 as data: its clauses in its own words, its figures, our settings."""

from datetime import date

from applications.rules.eligibility.conditions import (
    Checked,
    Clause,
    Earned,
    Route,
    Term,
    Years,
)
from applications.rules.eligibility.readings import (
    ANY_AWARD,
    ANY_SPECIALITY,
    ASSISTANT,
    DEGREE,
    DEGREE_AS_DIPLOMA,
    DIPLOMA,
    EARLIER_POSTS,
    ENGINEERING,
    NEAR,
    RELATED,
    SUITED_STUDY,
    TECHNICIAN,
)
from applications.rules.eligibility.rule_set import RuleSet, Setting
from applications.rules.eligibility.vocabulary import RANK

_DOCTOR = Earned(DEGREE, RANK["doctor"], "须具有博士学位")
_MASTER = Earned(ANY_AWARD, RANK["master"], "须具有研究生学历或硕士学位")
_BACHELOR = Earned(DIPLOMA, RANK["bachelor"], "须有大学本科及以上学历（毕业）")
_ASSOCIATE = Earned(DIPLOMA, RANK["associate"], "须有大专及以上学历（毕业）")
_SECONDARY = Earned(DIPLOMA, RANK["secondary"], "须有中专（中职）及以上学历（毕业）")
_HIGH_SCHOOL = Earned(DIPLOMA, RANK["high_school"], "须有高中及以上学历（毕业）")


def _worked(name: str, since: Earned, years: int) -> Years:
    return Years(f"{name}毕业后从事工程技术工作", ENGINEERING, years, since)


def _master_years(days: str) -> tuple[Term, Term]:
    """满2年 in all, of it 满1年 after the degree: the one year never replaces the two."""
    return (
        Years("本专业或相近专业工作年限（取得学历或学位前后相加）", days, 2),
        Years("其中取得学历或学位后的年限", days, 1, _MASTER),
    )


def _worked_or_held(name: str, since: Earned, years: int) -> tuple[tuple[Term, ...], ...]:
    """毕业后从事…满N年或担任技术员职务满N年: whether 毕业后 governs the second half is open."""
    held = "担任技术员职务"
    return (
        (_worked(name, since, years),),
        (since, Years(held, TECHNICIAN, years, question=EARLIER_POSTS)),
        (Years(held, TECHNICIAN, years, since),),
    )


def _initial(key: str, cite: str, words: str, rank: int, *terms: Term) -> Route:
    """附件四: 全日制大中专毕业生或成人教育毕业生, 本专业或相近专业岗位, 考核合格; and the clause's own condition."""
    study = Earned(SUITED_STUDY, rank, "须为全日制或成人教育毕业")
    return Route(key, cite, words, ((Checked("初定考核须为合格"), *terms, study),), working=NEAR)


_MASTER_WORDS = (
    "具有研究生学历或硕士学位者，从事工程技术工作满2年（学历或学位取得前后从事本专业或相近专业的工作年限"
    "可以相加，但学历或学位取得后从事专业工作须满1年）"
)
_ENGINEER = (
    Route("A-3.1(1)", "附件三、1（1）", "具有博士学位，从事工程技术工作", ((_DOCTOR,),), working=ENGINEERING),
    Route(
        "A-3.1(2)",
        "附件三、1（2）",
        _MASTER_WORDS,
        (
            (_MASTER, *_master_years(RELATED)),
            (Years("取得学历或学位后从事工程技术工作（不限专业）", ENGINEERING, 2, _MASTER, ANY_SPECIALITY),),
        ),
        open=True,
    ),
    Route("A-3.1(3)", "附件三、1（3）", "大学本科毕业后从事工程技术工作满4年", ((_worked("大学本科", _BACHELOR, 4),),)),
    Route("A-3.1(4)", "附件三、1（4）", "大专毕业后从事工程技术工作满6年", ((_worked("大专", _ASSOCIATE, 6),),)),
    Route(
        "A-3.1(5)",
        "附件三、1（5）",
        "具有大学本科或大专学历，担任助理工程师职务满4年",
        ((Years("担任助理工程师职务", ASSISTANT, 4), _ASSOCIATE),),
    ),
    Route("A-3.1(6)", "附件三、1（6）", "其他符合破格晋升条件的", refers=True),
)
_ASSISTANT_ENGINEER = (
    Route(
        "A-3.2(1)",
        "附件三、2（1）",
        "具有大学本科及以上学历，从事工程技术工作",
        ((_BACHELOR,),),
        working=ENGINEERING,
    ),
    Route(
        "A-3.2(2)",
        "附件三、2（2）",
        "大专毕业后从事工程技术工作满2年或担任技术员职务满2年",
        _worked_or_held("大专", _ASSOCIATE, 2),
        open=True,
    ),
    Route(
        "A-3.2(3)",
        "附件三、2（3）",
        "中专（中职）毕业后从事工程技术工作满4年或担任技术员职务满4年",
        _worked_or_held("中专（中职）", _SECONDARY, 4),
        open=True,
    ),
    Route("A-3.2(4)", "附件三、2（4）", "高中毕业后，从事工程技术工作满7年", ((_worked("高中", _HIGH_SCHOOL, 7),),)),
)
_INITIAL_ENGINEER = (
    _initial("A-4.1(1)", "附件四、1（1）", "具有博士学位，从事工程技术工作", RANK["doctor"], _DOCTOR),
    _initial("A-4.1(2)", "附件四、1（2）", _MASTER_WORDS, RANK["master"], _MASTER, *_master_years(NEAR)),
)
_INITIAL_ASSISTANT_ENGINEER = (
    _initial("A-4.2(1)", "附件四、2（1）", "具有大学本科及以上学历，从事工程技术工作", RANK["bachelor"], _BACHELOR),
    _initial(
        "A-4.2(2)",
        "附件四、2（2）",
        "大专毕业后从事工程技术工作满2年",
        RANK["associate"],
        Years("大专毕业后在本专业或相近专业岗位工作", NEAR, 2, _ASSOCIATE),
    ),
    _initial(
        "A-4.2(3)",
        "附件四、2（3）",
        "中专（中职）毕业后从事工程技术工作满4年",
        RANK["secondary"],
        Years("中专（中职）毕业后在本专业或相近专业岗位工作", NEAR, 4, _SECONDARY),
    ),
)

_OURS = "附件没有写明，按平台的统一算法"
_SETTINGS = {
    "counting_day": Setting("年限算到计算截止日为止，含当日", "年度设置“计算截止日”"),
    "whole_years": Setting("重叠的只计一次，断续的日数首尾相接，到周年才算满一年，不以30天进月", _OURS),
    "day_of_graduation": Setting("取得学历或学位的当日不计入其后的年限", _OURS),
    "higher_diploma": Setting("更高层次的学历也算具有本层次的学历，从最早取得的一个起算", _OURS),
    "full_time_study": Setting("全日制在读期间不计入工作年限，未毕业的也不计", _OURS),
    "full_time_work": Setting("非全职从事的工程技术工作不计入年限", _OURS),
    "appointment": Setting("职务年限从聘任之日起算", _OURS),
    "going_on": Setting("仍在岗、在任的算到计算截止日，其中申报日以后的为预计", _OURS),
    "day_of_application": Setting("从事工程技术工作，看申报日是否在岗", _OURS),
    "sufficient_grades": Setting("“合格”以上等次包含合格", _OURS),
    "worked_years": Setting("近3年指计算截止日所在年度之前的三个年度，没有在岗的年度不要求考核", _OURS),
    "hours_of_the_year": Setting(
        "申报当年指计算截止日所在年度，学时不取整；补充材料截止前未满的待补", "年度设置“学时截止日”"
    ),
    "matching_courses": Setting("相近专业指所学课程中三门及以上属于现专业资格系列", "附件四"),
}
_OPEN_POINTS = {
    DEGREE_AS_DIPLOMA: "只有学位没有学历证书的，是否视同具有学历",
    EARLIER_POSTS: "毕业前（含毕业当日）担任技术员的年限，是否计入",
    ANY_SPECIALITY: "取得学历或学位后满2年但不属本专业或相近专业的，是否符合",
}

ANNEX_2019 = RuleSet(
    code="annex-2019",
    version=1,
    title="嘉兴市民营企业工程技术中级及以下职称自主评审办法（试行）附件（2019年12月27日印发）",
    issued_on=date(2019, 12, 27),
    assessment=Clause("A-1", "附件一", "申报工程师、助理工程师资格的，近3年的年度考核应为“合格”以上等次"),
    continuing_education=Clause("A-2", "附件二", "申报工程师资格的，申报当年必须接受继续教育并取得不少于90学时"),
    routes={"engineer": _ENGINEER, "assistant_engineer": _ASSISTANT_ENGINEER},
    initial={"engineer": _INITIAL_ENGINEER, "assistant_engineer": _INITIAL_ASSISTANT_ENGINEER},
    settings=_SETTINGS,
    open_points=_OPEN_POINTS,
)
SHIPPED = {ANNEX_2019.code: ANNEX_2019}
