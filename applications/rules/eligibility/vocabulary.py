"""The enumerated words of the facts, with the Chinese that forms and explanations print."""

from collections.abc import Mapping
from typing import Final

TARGETS: Final[Mapping[str, str]] = {"engineer": "工程师", "assistant_engineer": "助理工程师"}

# In ascending order: the index of a level is its rank.
EDUCATION_LEVELS: Final[Mapping[str, str]] = {
    "high_school": "高中",
    "secondary": "中专（中职）",
    "associate": "大专",
    "bachelor": "大学本科",
    "master": "研究生（硕士）",
    "doctor": "博士",
}
RANK: Final[Mapping[str, int]] = {level: rank for rank, level in enumerate(EDUCATION_LEVELS)}

AWARDS: Final[Mapping[str, str]] = {"diploma": "学历", "degree": "学位", "both": "学历和学位"}
OUTCOMES: Final[Mapping[str, str]] = {"graduated": "毕业", "completed": "结业", "withdrawn": "肄业"}
MODES: Final[Mapping[str, str]] = {"full_time": "全日制", "adult": "成人教育", "in_service": "其他在职"}
RELATIONS: Final[Mapping[str, str]] = {"same": "本专业", "related": "相近专业", "other": "其他"}
POST_TITLES: Final[Mapping[str, str]] = {"technician": "技术员", "assistant_engineer": "助理工程师"}
GRADES: Final[Mapping[str, str]] = {
    "excellent": "优秀",
    "qualified": "合格",
    "basically_qualified": "基本合格",
    "unqualified": "不合格",
}
SUFFICIENT_GRADES: Final = frozenset({"excellent", "qualified"})  # “合格”以上等次 includes 合格
INITIAL_CHECKS: Final[Mapping[str, str]] = {"qualified": "合格", "unqualified": "不合格"}

# Values of gates and routes.
MET: Final = "pass"
FAIL: Final = "fail"
UNKNOWN: Final = "unknown"
PENDING: Final = "pending"
NOT_APPLICABLE: Final = "not_applicable"
REFER: Final = "refer"
VALUES: Final[Mapping[str, str]] = {
    MET: "符合",
    FAIL: "不符合",
    UNKNOWN: "待补充材料",
    PENDING: "待完成",
    NOT_APPLICABLE: "不适用",
    REFER: "转人工",
}

ELIGIBLE: Final = "eligible"
NOT_ELIGIBLE: Final = "not_eligible"
NEEDS_EVIDENCE: Final = "needs_evidence"
VERDICTS: Final[Mapping[str, str]] = {
    ELIGIBLE: "符合条件",
    NOT_ELIGIBLE: "不符合条件",
    NEEDS_EVIDENCE: "待补证",
    REFER: "转人工（破格）",
}
