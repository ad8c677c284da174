"""Counting paper ballots: two tellers, one truth (办法五（三）：无记名投票表决).

Tellers key totals per name, never one member's sheet, so nothing here can say who chose what (PR-7).
A sheet is one page with at most thirty names; every signed-in seat is handed exactly one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

CLAUSE = "办法五（三）"
RULE = "R-5.3.6"
TELLERS = 2


@dataclass(frozen=True)
class LineCount:
    """Marks found beside one name, over all returned sheets."""

    yes: int
    no: int
    abstain: int
    invalid: int
    recused: int

    @property
    def total(self) -> int:
        return self.yes + self.no + self.abstain + self.invalid + self.recused


@dataclass(frozen=True)
class SheetCount:
    """What one teller counted. `lines` maps the number printed beside the name to its marks."""

    issued: int
    returned: int
    missing: int
    valid: int
    invalid: int
    lines: Mapping[int, LineCount]


@dataclass(frozen=True)
class Electorate:
    """What the sign-in already fixed: seats that got a sheet, and per name the seats that are recused.

    A recused seat gets its sheet with that name struck out, so `recused` is known before the count.
    """

    seats: int
    recused: Mapping[int, int]
    names: Mapping[int, str]


def check_count(count: SheetCount, electorate: Electorate) -> list[Reason]:
    """Every sentence that keeps this count from being accepted; empty when it adds up."""
    reasons = _check_sheets(count, electorate)
    for number, name in electorate.names.items():
        line = count.lines.get(number)
        if line is None:
            reasons.append(_reason(f"第{number}行 {name} 没有填票数。", f"line_{number}_yes"))
        else:
            reasons += _check_line(count, line, number, name, electorate.recused.get(number, 0))
    return reasons


def _check_sheets(count: SheetCount, electorate: Electorate) -> list[Reason]:
    reasons = []
    if count.issued != electorate.seats:
        reasons.append(
            _reason(f"发票 {count.issued} 张，与已签到 {electorate.seats} 席不一致；每席只发一张。", "issued")
        )
    if count.returned + count.missing != count.issued:
        reasons.append(
            _reason(
                f"收回 {count.returned} 张加未收回 {count.missing} 张等于 {count.returned + count.missing} 张，"
                f"应等于发票 {count.issued} 张。",
                "returned",
            )
        )
    if count.valid + count.invalid != count.returned:
        reasons.append(
            _reason(
                f"有效 {count.valid} 张加无效 {count.invalid} 张等于 {count.valid + count.invalid} 张，"
                f"应等于收回 {count.returned} 张。",
                "valid",
            )
        )
    return reasons


def _check_line(count: SheetCount, line: LineCount, number: int, name: str, recorded: int) -> list[Reason]:
    reasons = []
    if line.total != count.returned:
        reasons.append(
            _reason(
                f"第{number}行 {name}：同意 {line.yes}、反对 {line.no}、弃权 {line.abstain}、无效 {line.invalid}、"
                f"回避 {line.recused} 合计 {line.total}，应等于收回 {count.returned} 张。",
                f"line_{number}_yes",
            )
        )
    if line.invalid < count.invalid:
        reasons.append(
            _reason(
                f"第{number}行 {name}：整张无效的票有 {count.invalid} 张，本行无效不能少于这个数。",
                f"line_{number}_invalid",
            )
        )
    least = max(0, recorded - count.missing - count.invalid)
    if not least <= line.recused <= recorded:
        told = f"应为 {recorded}" if least == recorded else f"应在 {least} 至 {recorded} 之间"
        reasons.append(
            _reason(f"第{number}行 {name}：登记回避 {recorded} 席，本行回避{told}。", f"line_{number}_recused")
        )
    return reasons


def differences(first: SheetCount, second: SheetCount, names: Mapping[int, str]) -> list[str]:
    """Where two counts disagree, named without the figures, so that neither teller copies the other."""
    sheets = {"issued": "发票", "returned": "收回", "missing": "未收回", "valid": "有效", "invalid": "无效"}
    found = [label for field, label in sheets.items() if getattr(first, field) != getattr(second, field)]
    marks = {"yes": "同意", "no": "反对", "abstain": "弃权", "invalid": "无效", "recused": "回避"}
    for number, name in names.items():
        one, other = first.lines.get(number), second.lines.get(number)
        unequal = [label for field, label in marks.items() if getattr(one, field, None) != getattr(other, field, None)]
        if unequal:
            found.append(f"第{number}行 {name}（{'、'.join(unequal)}）")
    return found


def _reason(text: str, field: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule=RULE, gate="G18", field=field, remedy="请重新清点后再填。")
