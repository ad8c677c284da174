"""Where things really stand in the sheets of an xlsx: found by streaming, before a parser builds a table."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO

from jiaxing_titles.sheets.guard import Refused, parse_xml

_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Layout:
    """One sheet. Rows and columns count from 1; `last_row`/`last_column` are those with content, not format."""

    last_row: int = 0
    last_column: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


MAX_COLUMNS = 60


def layouts(file: IO[bytes], names: set[str], max_rows: int) -> dict[str, Layout]:
    """Sheet name → layout of those of the named sheets that exist, after guard.check_package.

    Raises Refused as soon as a sheet holds more than max_rows rows below its head or MAX_COLUMNS columns: a parser
    would build the whole rectangle in memory.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            parts = {name: part for name, part in _parts(package).items() if name in names}
            return {name: _scan(package, part, name, max_rows) for name, part in parts.items()}
    except (KeyError, zipfile.BadZipFile) as error:
        raise Refused("文件已损坏，无法读取。请用 Excel 或 WPS 重新另存一份再上传。") from error
    finally:
        file.seek(0)


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("Relationship"):
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
            )

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.split(":")[-1] == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            sheets[attributes.get("name", "")] = targets.get(key, "")

    parse_xml(package.open("xl/_rels/workbook.xml.rels"), relation)
    parse_xml(package.open("xl/workbook.xml"), sheet)
    return {name: part for name, part in sheets.items() if "worksheets/" in part}


class _Scan:
    """Handlers of one pass over a sheet's XML."""

    def __init__(self, name: str, max_rows: int) -> None:
        self.name = name
        self.max_rows = max_rows
        self.layout = Layout()
        self.hidden = False
        self.row = 0
        self.column = 0
        self.cell_type = ""
        self.in_value = False
        self.value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.split(":")[-1]
        if tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self.row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self.row + 1
            self.column = 0
            self.hidden = attributes.get("hidden") in ("1", "true")
        elif tag in ("v", "t"):
            self._content()
            self.in_value, self.value = True, ""
        elif tag == "f":
            self._content()
            self.layout.formulas.add((self.row, self.column))
        elif tag == "mergeCell":
            self.layout.merged.append(attributes.get("ref", ""))

    def _cell(self, attributes: dict[str, str]) -> None:
        match = _REF.fullmatch(attributes.get("r", ""))
        self.column = column_number(match[1]) if match else self.column + 1
        if match:
            self.row = int(match[2])
        self.cell_type = attributes.get("t", "")

    def _content(self) -> None:
        self.layout.last_row = max(self.layout.last_row, self.row)
        self.layout.last_column = max(self.layout.last_column, self.column)
        if self.row > self.max_rows + 1:
            raise Refused(f"工作表“{self.name}”超过 {self.max_rows} 行的上限。请拆成几个文件分别上传。")
        if self.column > MAX_COLUMNS:
            raise Refused(
                f"工作表“{self.name}”超过 {MAX_COLUMNS} 列的上限（{column_letter(self.column)} 列有内容）。"
                "请使用模板填写。"
            )
        if self.hidden:
            self.layout.hidden_rows.add(self.row)

    def text(self, data: str) -> None:
        if self.in_value and self.cell_type == "e":
            self.value += data

    def end(self, tag: str) -> None:
        if self.in_value and tag.split(":")[-1] in ("v", "t"):
            self.in_value = False
            if self.cell_type == "e":
                self.layout.errors[(self.row, self.column)] = self.value


def _scan(package: zipfile.ZipFile, part: str, name: str, max_rows: int) -> Layout:
    scan = _Scan(name, max_rows)
    parse_xml(package.open(part), scan.start, scan.end, scan.text)
    return scan.layout
