"""The closed lists of this stage, each word in Chinese as the 办法 or its annex writes it."""

from django.db.models import TextChoices

from enterprises.choices import Level

__all__ = ["Level"]


class RoundState(TextChoices):
    DRAFT = "draft", "准备中"
    OPEN = "open", "申报中"
    CLOSED = "closed", "已截止，待公示"
    NOTICING = "noticing", "单位公示中"
    NOTICED = "noticed", "单位公示结束"
    DONE = "done", "已完成"


class ApplicationState(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "单位审核中"
    RETURNED = "returned", "需要补正"
    ENDORSED = "endorsed", "单位审核通过"
    NOT_ENDORSED = "not_endorsed", "不予推荐"
    NOTICING = "noticing", "单位公示中"
    NOTICED = "noticed", "单位公示通过"
    IN_REVIEW = "in_review", "评审中"
    PANEL_PASSED = "panel_passed", "评审通过"
    PANEL_FAILED = "panel_failed", "评审未通过"
    REPORTED = "reported", "已上报"
    COMMITTEE_PASSED = "committee_passed", "审议通过"
    COMMITTEE_FAILED = "committee_failed", "审议未通过"
    CITY_NOTICING = "city_noticing", "市级公示中"
    ANNOUNCED = "announced", "已公布"
    APPOINTED = "appointed", "已聘任兑现"
    WITHDRAWN = "withdrawn", "已撤回"
    DISQUALIFIED = "disqualified", "已终止"
    VOIDED = "voided", "结果无效"
    REVOKED = "revoked", "已撤销"

    @classmethod
    def given_up(cls) -> tuple["ApplicationState", ...]:
        """Ends after which the same person may apply anew in the same year."""
        return (cls.WITHDRAWN, cls.DISQUALIFIED, cls.VOIDED)

    @classmethod
    def editable(cls) -> tuple["ApplicationState", ...]:
        """States in which the applicant may change what he declares."""
        return (cls.DRAFT, cls.RETURNED)

    @classmethod
    def panel_passed(cls) -> tuple["ApplicationState", ...]:
        """Whoever the company's panel passed (初定: whom the company reported), whatever the city decided after it."""
        return (
            cls.PANEL_PASSED,
            cls.REPORTED,
            cls.COMMITTEE_PASSED,
            cls.COMMITTEE_FAILED,
            cls.CITY_NOTICING,
            cls.ANNOUNCED,
            cls.APPOINTED,
        )

    @classmethod
    def before_report(cls) -> tuple["ApplicationState", ...]:
        """Live states in which the application is still the company's, so that it stops when the company must."""
        return (
            cls.DRAFT,
            cls.SUBMITTED,
            cls.RETURNED,
            cls.ENDORSED,
            cls.NOTICING,
            cls.NOTICED,
            cls.IN_REVIEW,
            cls.PANEL_PASSED,
        )

    @classmethod
    def undecided(cls) -> tuple["ApplicationState", ...]:
        """States in which HR still owes a decision, so that the in-house notice cannot open."""
        return (cls.SUBMITTED, cls.RETURNED)


class ExceptionalFileState(TextChoices):
    DRAFT = "draft", "填写中"
    SENT = "sent", "待市局审核"
    EXAMINED = "examined", "待市局复核"
    ACKNOWLEDGED = "acknowledged", "市局同意破格申报"
    DECLINED = "declined", "市局不同意破格申报"


class ImportState(TextChoices):
    CHECKED = "checked", "待确认"
    DONE = "done", "已导入"
    DISCARDED = "discarded", "已放弃"


class Route(TextChoices):
    """途径; the annex knows 评审 (三), 初定 (四) and 破格 (三、1（6）)."""

    REVIEW = "review", "评审"
    INITIAL = "initial", "初定"
    EXCEPTIONAL = "exceptional", "破格"


class Verdict(TextChoices):
    """自查结论 of the eligibility engine; never the result of a review."""

    ELIGIBLE = "eligible", "符合条件"
    NEEDS_EVIDENCE = "needs_evidence", "待补证"
    REFER = "refer", "转人工（破格）"
    NOT_ELIGIBLE = "not_eligible", "不符合条件"


class Gender(TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class EducationLevel(TextChoices):
    DOCTOR = "doctor", "博士"
    MASTER = "master", "研究生（硕士）"
    BACHELOR = "bachelor", "大学本科"
    ASSOCIATE = "associate", "大专"
    SECONDARY = "secondary", "中专（中职）"
    HIGH_SCHOOL = "high_school", "高中"


class Award(TextChoices):
    BOTH = "both", "学历和学位"
    DIPLOMA = "diploma", "学历"
    DEGREE = "degree", "学位"


class Outcome(TextChoices):
    GRADUATED = "graduated", "毕业"
    COMPLETED = "completed", "结业"
    WITHDRAWN = "withdrawn", "肄业"


class StudyMode(TextChoices):
    FULL_TIME = "full_time", "全日制"
    ADULT = "adult", "成人教育"
    IN_SERVICE = "in_service", "其他在职"


class Relation(TextChoices):
    SAME = "same", "本专业"
    RELATED = "related", "相近专业"
    OTHER = "other", "其他"


class PostTitle(TextChoices):
    TECHNICIAN = "technician", "技术员"
    ASSISTANT_ENGINEER = "assistant_engineer", "助理工程师"


class Grade(TextChoices):
    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    BASICALLY_QUALIFIED = "basically_qualified", "基本合格"
    UNQUALIFIED = "unqualified", "不合格"


class CheckResult(TextChoices):
    """初定考核 (附件四)."""

    QUALIFIED = "qualified", "合格"
    UNQUALIFIED = "unqualified", "不合格"


class HoursKind(TextChoices):
    PUBLIC = "public", "公需科目"
    TRADE = "trade", "行业公需科目"
    SPECIAL = "special", "专业科目"


class AchievementKind(TextChoices):
    """业绩; a paper is one kind among many and never a condition (办法五（一）)."""

    PROJECT = "project", "工程项目"
    PRODUCT = "product", "产品研发"
    PROCESS = "process", "工艺技术改进"
    PATENT = "patent", "专利或软件著作权"
    STANDARD = "standard", "标准、工法、规程"
    AWARD = "award", "获奖"
    REPORT = "report", "技术报告或论文"
    OTHER = "other", "其他"


class PresentTitle(TextChoices):
    """现专业技术资格; whoever holds the level applied for, or a higher one, does not apply for it again."""

    NONE = "none", "无"
    TECHNICIAN = "technician", "技术员"
    ASSISTANT_ENGINEER = "assistant_engineer", "助理工程师"
    ENGINEER = "engineer", "工程师"
    SENIOR = "senior", "高级工程师及以上"
    OTHER = "other", "其他系列"

    @classmethod
    def at_or_above(cls, level: str) -> tuple["PresentTitle", ...]:
        higher = (cls.ENGINEER, cls.SENIOR)
        return higher if level == Level.ENGINEER else (cls.ASSISTANT_ENGINEER, *higher)


class Employment(TextChoices):
    """How the person belongs to the company (R-6.3.2: no review for other units' staff)."""

    CONTRACT = "contract", "劳动合同"
    INSURANCE = "insurance", "社会保险"
    DISPATCHED = "dispatched", "劳务派遣"
    PART_TIME = "part_time", "兼职"
    RETIRED = "retired", "退休返聘"
    GROUP = "group", "集团其他公司人员"

    @classmethod
    def own_staff(cls) -> tuple["Employment", ...]:
        return (cls.CONTRACT, cls.INSURANCE)


class Topic(TextChoices):
    """The parts of an application; each is one page, one heading of HR's checklist, one group of files."""

    PERSON = "person", "个人信息"
    EDUCATION = "education", "学历学位"
    WORK = "work", "工作经历"
    POSTS = "posts", "聘任职务"
    ASSESSMENTS = "assessments", "年度考核"
    HOURS = "hours", "继续教育"
    ACHIEVEMENTS = "achievements", "业绩成果"
    EXCEPTIONAL = "exceptional", "破格申报"


class Trust(TextChoices):
    """Who stands behind a fact (F-25)."""

    SELF = "self", "本人填报"
    UNIT = "unit", "单位已核实"
    DOUBTED = "doubted", "单位有疑问"


class Finding(TextChoices):
    """HR's word on one fact."""

    TRUE = "true", "核实无误"
    DOUBT = "doubt", "有疑问"


class DisqualifyGround(TextChoices):
    OBJECTION = "objection", "公示异议成立"
    LEFT = "left", "已离开本单位"
    FALSE = "false", "材料弄虚作假"
    SCOPE = "scope", "超出评审权限范围"
    OTHER = "other", "其他"


ROUND_TONES = {
    "draft": "grey",
    "open": "blue",
    "closed": "blue",
    "noticing": "amber",
    "noticed": "green",
    "done": "green",
}
APPLICATION_TONES = {
    "draft": "red",
    "submitted": "blue",
    "returned": "amber",
    "endorsed": "blue",
    "not_endorsed": "grey",
    "noticing": "amber",
    "noticed": "blue",
    "in_review": "blue",
    "panel_passed": "blue",
    "panel_failed": "grey",
    "reported": "blue",
    "committee_passed": "blue",
    "committee_failed": "grey",
    "city_noticing": "amber",
    "announced": "green",
    "appointed": "green",
    "withdrawn": "grey",
    "disqualified": "grey",
    "voided": "red",
    "revoked": "red",
}
EXCEPTIONAL_FILE_TONES = {
    "draft": "grey",
    "sent": "blue",
    "examined": "blue",
    "acknowledged": "green",
    "declined": "grey",
}
IMPORT_TONES = {"checked": "amber", "done": "green", "discarded": "grey"}
