"""The declared shape of a workbook: one source for the template, the reading and the export."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "date", "month", "decimal", "integer", "choice", "id"]

# Sheets of the template that hold no data.
GUIDE_SHEET = "填写说明"
DICTIONARY_SHEET = "字典"
# Appended to a workbook given back with error marks; ignored when that workbook is sent again.
REMARK_HEADER = "错误说明"


@dataclass(frozen=True)
class Column:
    """One column, found by its header wherever it stands.

    Values read: text and id → str, date → datetime.date, month → "YYYY-MM", decimal → Decimal, integer → int,
    choice → the label, or its value where `choices` is a tuple of (value, label) pairs. An empty optional cell
    reads as None. `id` is any number that must keep every digit (证件号码, 信用代码): a cell of Excel's number type
    is refused, never guessed. `unique` forbids the same value twice in the sheet; `refers_to` = (sheet, key)
    demands that the value stands in that column of another sheet. `check` gets the read value and returns a
    sentence when it is wrong, else "".
    """

    header: str
    key: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] | tuple[tuple[str, str], ...] = ()
    help: str = ""
    example: str = ""
    unique: bool = False
    refers_to: tuple[str, str] | None = None
    check: Callable[[Any], str] | None = None
    width: int = 0

    @property
    def labels(self) -> dict[str, str]:
        """Label as typed → value as read."""
        return {
            (pair if isinstance(pair, str) else pair[1]): (pair if isinstance(pair, str) else pair[0])
            for pair in self.choices
        }


@dataclass(frozen=True)
class Sheet:
    """`required` sheets must hold at least one row; a sheet that may be missing altogether is `optional`."""

    name: str
    columns: tuple[Column, ...]
    required: bool = True
    optional: bool = False
    help: str = ""


@dataclass(frozen=True)
class Schema:
    """`version` is stamped into the template and compared when it comes back."""

    title: str
    version: str
    sheets: tuple[Sheet, ...]
    max_rows: int = 5_000
    notes: tuple[str, ...] = ()
