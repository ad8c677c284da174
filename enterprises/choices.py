"""The closed lists of this stage: ownership, categories, materials, states, each with its Chinese word."""

from django.db.models import TextChoices


class Ownership(TextChoices):
    """企业类型; the pilot is for private companies (办法序言), whatever else is declared goes to a person (Q-1)."""

    PRIVATE = "private", "民营企业"
    PRIVATE_HOLDING = "private_holding", "民营控股企业"
    FOREIGN = "foreign", "外商投资企业"
    STATE = "state", "国有或国有控股企业"
    OTHER = "other", "其他类型"

    @classmethod
    def private_kinds(cls) -> frozenset[str]:
        return frozenset({cls.PRIVATE.value, cls.PRIVATE_HOLDING.value})


class Category(TextChoices):
    """办法三 names three kinds of company; each needs proof (R-3.1)."""

    BACKBONE = "backbone", "骨干民营企业"
    HIGH_TECH = "high_tech", "高新技术企业"
    LEADER = "leader", "行业龙头企业"


class Level(TextChoices):
    """中级及以下: nothing higher exists in the product (R-0.4)."""

    ENGINEER = "engineer", "工程师"
    ASSISTANT_ENGINEER = "assistant_engineer", "助理工程师"


class Dimension(TextChoices):
    """The four dimensions of 综合评价 (办法五（二）); the values are the names of a score pad's columns."""

    ETHICS = "ethics", "职业道德"
    INNOVATION = "innovation", "创新能力"
    PERFORMANCE = "performance", "业绩水平"
    CONTRIBUTION = "contribution", "实际贡献"


class Material(TextChoices):
    """申请材料 (办法四（一） names four and 等); the fifth proves 办法三's 评聘、考核机制."""

    REPORT = "report", "申请报告"
    TALENT = "talent", "单位人才结构情况"
    HR_SYSTEM = "hr_system", "现有人力资源管理制度"
    APPRAISAL = "appraisal", "专业技术人员评聘、考核机制"
    PAY_SYSTEM = "pay_system", "与职称挂钩的薪酬待遇体系"
    EXTRA = "extra", "其他材料"

    @classmethod
    def required(cls) -> tuple["Material", ...]:
        return (cls.REPORT, cls.TALENT, cls.HR_SYSTEM, cls.APPRAISAL, cls.PAY_SYSTEM)


class Condition(TextChoices):
    """试点企业须同时具备的条件 (办法三), the third read as its two halves so that each is judged by itself."""

    HR_SYSTEM = "a", "已建立规范完备的人力资源管理制度和企业内部专业技术人员评聘、考核机制"
    PAY_SYSTEM = "b", "建立与职称挂钩的薪酬待遇体系"
    TALENT = "c", "具有一定数量的专业技术人才"
    EXPERTS = "d", "具有符合条件的职称评审专家"


class Desk(TextChoices):
    """Whose judgement a condition check is."""

    ENTERPRISE = "enterprise", "企业自查"
    COUNTY = "county", "县(市、区)人社局"
    CITY = "city", "市人社局"


class Verdict(TextChoices):
    MET = "met", "符合"
    UNMET = "unmet", "不符合"
    UNCLEAR = "unclear", "待说明"


class PilotApplicationState(TextChoices):
    DRAFT = "draft", "还没有提交"
    AWAITING_LEAD = "awaiting_lead", "待负责人确认"
    SUBMITTED = "submitted", "待县局受理"
    RETURNED = "returned", "需要补正"
    ACCEPTED = "accepted", "县局已受理"
    RECOMMENDED = "recommended", "县局已推荐"
    ASSESSED = "assessed", "市局已评估"
    REVIEWED = "reviewed", "市局已复核"
    LISTED = "listed", "在拟核准名单中"
    APPROVED = "approved", "已核准"
    REFUSED = "refused", "不予核准"
    WITHDRAWN = "withdrawn", "已撤回"


class ApprovedListState(TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "待领导审定"
    DECIDED = "decided", "已审定"
    PUBLISHED = "published", "已公布"


class Outcome(TextChoices):
    APPROVE = "approve", "核准"
    REFUSE = "refuse", "不予核准"


class PilotPlanState(TextChoices):
    DRAFT = "draft", "起草中"
    RESOLVED = "resolved", "领导班子审议通过"
    SUBMITTED = "submitted", "待市局审核"
    RETURNED = "returned", "退回修改"
    REVIEWED = "reviewed", "待市局复核"
    APPROVED = "approved", "已审核通过"
    SUPERSEDED = "superseded", "已被新版本代替"


class Section(TextChoices):
    """试点工作方案的五个部分 (办法五（一）)."""

    STANDARDS = "standards", "评价标准"
    PROCEDURE = "procedure", "申报流程"
    METHOD = "method", "评审办法"
    PANEL = "panel", "评审机构"
    GUARANTEE = "guarantee", "职称与薪酬挂钩的保障措施"


class Route(TextChoices):
    """How a title is reached: 评审 (附件三), 初定 (附件四), 破格 (办法五（一）)."""

    REVIEW = "review", "评审"
    INITIAL = "initial", "初定"
    EXCEPTIONAL = "exceptional", "破格"


class CriterionKind(TextChoices):
    """What a criterion asks for; papers and their like may never restrict (PR-1)."""

    MORALITY = "morality", "职业道德"
    ABILITY = "ability", "创新能力、专业能力"
    PERFORMANCE = "performance", "业绩水平、履责绩效"
    CONTRIBUTION = "contribution", "创新成果、实际贡献"
    EDUCATION = "education", "学历学位"
    SENIORITY = "seniority", "专业工作年限"
    HELD_TITLE = "held_title", "现任职务年限"
    ASSESSMENT = "assessment", "年度考核"
    CONTINUING_EDUCATION = "continuing_education", "继续教育学时"
    PAPER = "paper", "论文、著作"
    LANGUAGE = "language", "外语"
    COMPUTER = "computer", "计算机"
    AWARD = "award", "奖项"
    PROJECT_LEVEL = "project_level", "项目级别"
    OTHER = "other", "其他"


EVERY_SPECIALITY = ("all", "全部授权专业")
"""What stands for a criterion that is for all of them, said and not left empty (R-5.1.4)."""


class Necessity(TextChoices):
    REQUIRED = "required", "必备"
    ALTERNATIVE = "alternative", "任选其一"
    BONUS = "bonus", "加分、参考"


class SanctionState(TextChoices):
    FOUND = "found", "已立案"
    NOTICED = "noticed", "已告知企业"
    ANSWERED = "answered", "待提出处置意见"
    PROPOSED = "proposed", "待审核"
    REVIEWED = "reviewed", "待领导决定"
    DECIDED = "decided", "已决定"
    EFFECTIVE = "effective", "已生效"
    DROPPED = "dropped", "不予处置"


class Measure(TextChoices):
    """信用档案和退出机制 (办法六（一）), 暂停直至收回 (办法六（三）)."""

    REMIND = "remind", "提醒"
    RECTIFY = "rectify", "限期整改"
    SUSPEND = "suspend", "暂停自主评审工作"
    WITHDRAW = "withdraw", "收回评审权"
    EXIT = "exit", "主动退出"


class CreditKind(TextChoices):
    PRAISE = "praise", "表彰"
    REMIND = "remind", "提醒"
    OVERDUE = "overdue", "逾期"
    RECTIFY = "rectify", "整改"
    OUT_OF_SCOPE = "out_of_scope", "越权评审"
    OUTSIDERS = "outsiders", "面向其他单位评审"
    PROCEDURE = "procedure", "违反标准、程序"
    FRAUD = "fraud", "弄虚作假、暗箱操作"
    SUSPEND = "suspend", "暂停"
    WITHDRAW = "withdraw", "收回评审权"
    EXIT = "exit", "主动退出"
    INSPECTION = "inspection", "监督检查"
    NOT_HONOURED = "not_honoured", "待遇未兑现"


class InspectionKind(TextChoices):
    RANDOM = "random", "随机抽查"
    DIRECTED = "directed", "专项检查"


class InspectionState(TextChoices):
    ORDERED = "ordered", "待检查"
    DONE = "done", "已检查"
    RECTIFIED = "rectified", "整改完成"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.ORDERED: "amber", cls.DONE: "blue", cls.RECTIFIED: "green"}


class CheckItem(TextChoices):
    """检查清单: what the 办法 asks of a company's own review, clause by clause (F-87)."""

    PLAN = "plan", "按审核通过的方案开展，评价标准没有擅自更改（办法五（一））"
    CONDITIONS = "conditions", "申报条件逐人核对，材料齐全（办法附件）"
    NOTICE = "notice", "评前公示不少于5个工作日，异议已核查（办法五（二））"
    FILING = "filing", "开评前已备案，评审专家与备案一致（办法五（二））"
    EXTERNALS = "externals", "外聘专家不超过三分之一或经市局同意（办法五（二））"
    MEETING = "meeting", "述职、综合考核、四个方面评价和投票有记录（办法五（二））"
    SCOPE = "scope", "只评授权范围内的系列、专业、级别和本单位人员（办法六（二））"
    HONOURED = "honoured", "评审通过人员已聘任、兑现待遇（办法五（四））"


class CheckResult(TextChoices):
    OK = "ok", "符合"
    FAULT = "fault", "不符合"
    NONE = "none", "未涉及"


# Colour of each state's tag; the words of ux §6.3.
PILOT_APPLICATION_TONES = {
    "draft": "red",
    "awaiting_lead": "blue",
    "submitted": "blue",
    "returned": "amber",
    "accepted": "blue",
    "recommended": "blue",
    "assessed": "blue",
    "reviewed": "blue",
    "listed": "purple",
    "approved": "green",
    "refused": "grey",
    "withdrawn": "grey",
}
APPROVED_LIST_TONES = {
    "draft": "grey",
    "submitted": "blue",
    "reviewed": "blue",
    "decided": "purple",
    "published": "green",
}
PILOT_PLAN_TONES = {
    "draft": "red",
    "resolved": "purple",
    "submitted": "blue",
    "returned": "amber",
    "reviewed": "blue",
    "approved": "green",
    "superseded": "grey",
}
SANCTION_TONES = {
    "found": "grey",
    "noticed": "amber",
    "answered": "blue",
    "proposed": "blue",
    "reviewed": "blue",
    "decided": "purple",
    "effective": "red",
    "dropped": "grey",
}
