"""The configurable layout of the certificate data: which columns, in which order, under which codes (R-5.4.3).

The province's own template is not known to us and changes, so it is configured: one line a column,

    列名 | 字段 | 必填 | 代码对照

where 字段 is one of FIELDS, 「固定：…」 for a constant, or 「空列」 for a column that the office fills itself.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FIELDS: dict[str, str] = {
    "batch_number": "批次号",
    "serial": "序号",
    "year": "年度",
    "area_code": "行政区划代码",
    "county": "县市区",
    "enterprise": "工作单位",
    "credit_code": "统一社会信用代码",
    "name": "姓名",
    "birth_date": "出生日期",
    "gender": "性别",
    "id_kind": "证件类型",
    "id_number": "证件号码",
    "phone": "手机号码",
    "education": "学历",
    "school": "毕业院校",
    "major": "所学专业",
    "graduated_on": "毕业时间",
    "worked_since": "参加工作时间",
    "previous_title": "原资格",
    "previous_title_on": "原资格取得时间",
    "series": "系列",
    "level": "级别",
    "title": "资格名称",
    "speciality": "专业",
    "route": "途径",
    "committee": "评委会名称",
    "qualified_on": "取得资格时间",
    "document_number": "公布文号",
    "announced_on": "公布日期",
    "certificate_number": "证书编号",
    "annulment": "处理结果",
    "annulment_number": "处理文号",
    "annulled_on": "处理日期",
    "row_check": "行校验",
}
_BY_LABEL = {label: key for key, label in FIELDS.items()}
CONSTANT = "固定："
BLANK = "空列"
REQUIRED = "必填"
# Without these three the receipt cannot be matched to its row.
KEY_FIELDS = ("batch_number", "serial", "row_check")
MAX_COLUMNS = 60

DEFAULT_TEXT = """\
批次号 | 批次号 | 必填
序号 | 序号 | 必填
年度 | 年度 | 必填
行政区划代码 | 行政区划代码 | 必填
现工作单位 | 工作单位 | 必填
统一社会信用代码 | 统一社会信用代码 | 必填
姓名 | 姓名 | 必填
性别 | 性别
出生日期 | 出生日期
证件类型 | 证件类型 | 必填
身份证号码 | 证件号码 | 必填
学历 | 学历
毕业院校 | 毕业院校
所学专业 | 所学专业
毕业时间 | 毕业时间
参加工作时间 | 参加工作时间
原取得资格 | 原资格
原资格取得时间 | 原资格取得时间
系列 | 系列 | 必填
资格名称 | 资格名称 | 必填
专业名称 | 专业 | 必填
取得方式 | 途径 | 必填
评委会名称 | 评委会名称 | 必填
取得时间 | 取得资格时间 | 必填
公布文号 | 公布文号 | 必填
公布日期 | 公布日期 | 必填
证书编号 | 证书编号
处理结果 | 处理结果
处理文号 | 处理文号
处理日期 | 处理日期
备注 | 空列
行校验 | 行校验 | 必填
"""


@dataclass(frozen=True)
class Column:
    """`source` is a key of FIELDS, or "" for a blank column; `constant` wins over it when set."""

    title: str
    source: str = ""
    constant: str = ""
    required: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)

    def value(self, facts: Mapping[str, str]) -> str:
        if self.constant:
            return self.constant
        plain = facts.get(self.source, "") if self.source else ""
        return self.codes.get(plain, plain)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "source": self.source,
            "constant": self.constant,
            "required": self.required,
            "codes": dict(self.codes),
        }


def from_json(columns: Iterable[Mapping[str, Any]]) -> list[Column]:
    return [Column(**column) for column in columns]


def parse_profile(text: str) -> tuple[list[Column], list[str]]:
    """The columns that the lines describe, and a sentence for each line that is wrong."""
    columns: list[Column] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        column = _parse_line(line)
        if isinstance(column, str):
            problems.append(f"第{number}行：{column}")
        else:
            columns.append(column)
    return columns, problems + _problems_of(columns)


def _parse_line(line: str) -> Column | str:
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    if len(parts) < 2 or not all(parts[:2]):
        return "至少要写“列名 | 字段”两项，中间用竖线隔开。"
    title, source, *rest = parts
    required = REQUIRED in rest
    codes = _parse_codes([part for part in rest if part and part != REQUIRED])
    if isinstance(codes, str):
        return codes
    source = source.replace("固定:", CONSTANT)
    if source.startswith(CONSTANT):
        constant = source.removeprefix(CONSTANT).strip()
        return Column(title, constant=constant) if constant else "“固定：”后面要写内容。"
    if source == BLANK:
        return Column(title)
    if source not in _BY_LABEL:
        return f"没有“{source}”这个字段，可用的字段见下方清单。"
    return Column(title, _BY_LABEL[source], required=required, codes=codes)


def _parse_codes(parts: list[str]) -> dict[str, str] | str:
    codes: dict[str, str] = {}
    for pair in ";".join(parts).replace("；", ";").split(";"):
        if not pair.strip():
            continue
        plain, separator, code = (piece.strip() for piece in pair.replace("＝", "=").partition("="))
        if not separator or not plain or not code:
            return f"代码对照“{pair.strip()}”要写成“原文=代码”，多项用分号隔开。"
        codes[plain] = code
    return codes


def _problems_of(columns: list[Column]) -> list[str]:
    problems = []
    titles = [column.title for column in columns]
    repeated = sorted({title for title in titles if titles.count(title) > 1})
    if repeated:
        problems.append(f"列名重复：{'、'.join(repeated)}。每个列名只能出现一次。")
    if len(columns) > MAX_COLUMNS:
        problems.append(f"共{len(columns)}列，最多{MAX_COLUMNS}列。")
    sources = {column.source for column in columns}
    missing = [FIELDS[key] for key in KEY_FIELDS if key not in sources]
    if missing:
        problems.append(f"缺少“{'”“'.join(missing)}”，没有它们回执无法对账，请补上。")
    return problems


def profile_text(columns: Iterable[Column]) -> str:
    """The lines that parse back to the same columns."""
    lines = []
    for column in columns:
        source = CONSTANT + column.constant if column.constant else FIELDS.get(column.source, BLANK)
        codes = "；".join(f"{plain}={code}" for plain, code in column.codes.items())
        parts = [column.title, source, REQUIRED if column.required else "", codes]
        lines.append(" | ".join(part for part in parts if part))
    return "\n".join(lines) + "\n"


def row_of(columns: Iterable[Column], facts: Mapping[str, str]) -> list[str]:
    """One row in the order of the columns; 行校验 is a digest of all other columns of the row."""
    columns = list(columns)
    plain = [column.value(facts) for column in columns if column.source != "row_check"]
    check = row_check(plain)
    return [column.value(facts) if column.source != "row_check" else check for column in columns]


def row_check(values: Iterable[str]) -> str:
    """12 hex digits that change with any character of the row."""
    joined = "\x1f".join(values)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def problems_of_row(columns: Iterable[Column], facts: Mapping[str, str]) -> list[str]:
    """What the dry run says of one person: empty required columns, codes that the map does not know."""
    problems = []
    for column in columns:
        if column.source in KEY_FIELDS or column.constant:
            continue
        plain = facts.get(column.source, "")
        if column.required and not plain:
            problems.append(f"“{column.title}”没有内容")
        elif plain and column.codes and plain not in column.codes:
            problems.append(f"“{column.title}”的“{plain}”在代码对照里没有")
    return problems
