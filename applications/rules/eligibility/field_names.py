"""Field paths of the facts (`work[0].from`) in the words of the form."""

import re

_LABELS = {
    "id": "编号",
    "level": "申报级别",
    "as_of": "计算截止日",
    "applied_on": "申报日",
    "education": "学历学位",
    "education.level": "学历层次",
    "education.award": "证书种类",
    "education.outcome": "学业结果",
    "education.mode": "学习形式",
    "education.awarded_on": "取得日期",
    "education.started_on": "入学日期",
    "work": "工作经历",
    "work.from": "开始日期",
    "work.to": "结束日期",
    "work.engineering": "是否从事工程技术工作",
    "work.relation": "与申报专业的关系",
    "work.full_time": "是否全职",
    "posts": "担任职务",
    "posts.title": "职务名称",
    "posts.appointed_from": "聘任日期",
    "posts.appointed_to": "聘任终止日期",
    "assessments": "年度考核",
    "continuing_education": "继续教育学时",
    "evidence_closed": "补充材料是否截止",
    "courses_match": "符合本专业系列的课程门数",
    "initial_check": "初定考核",
    "exceptional_file": "是否有破格材料",
}
_PATH = re.compile(r"(\w+)(?:\[(.*)\])?(?:\.(\w+))?", re.DOTALL)


def named(path: str) -> str:
    """The path with its Chinese name, for whoever writes facts: `work[0].from（工作经历第1条：开始日期）`."""
    label = label_of(path)
    return f"{path}（{label}）" if label else path


def label_of(path: str) -> str:
    """The Chinese name alone, for whoever reads the findings; empty for a path that is none of the facts."""
    parts = _PATH.fullmatch(path)
    if parts is None:
        return ""
    table, row, key = parts.groups()
    label = _LABELS.get(f"{table}.{key}" if key else table, "")
    if row is None:
        return label
    place = f"第{int(row) + 1}条" if table in ("education", "work", "posts") else f"{row}年"
    return f"{_LABELS[table]}{place}{'：' + label if key else ''}"
