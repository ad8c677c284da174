"""The workbook that HR sends in: the company's people with what they declare, in the shape of the template."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.sheets import schema
from jiaxing_titles.demo.city.cases import Engineer
from jiaxing_titles.sheets import Column, SheetData, write_xlsx

Row = dict[str, Any]


def workbook(
    engineers: Sequence[Engineer], specialities: Sequence[str], spoil: Callable[[list[Row]], None] | None = None
) -> SimpleUploadedFile:
    """An upload with one row a person; `spoil` may put mistakes into the rows of the sheet 人员."""
    people = [_person(one, speciality) for one, speciality in zip(engineers, specialities, strict=True)]
    if spoil is not None:
        spoil(people)
    sheets = [SheetData(schema.PEOPLE, schema.PEOPLE_COLUMNS, _lines(people, schema.PEOPLE_COLUMNS))]
    for topic, name in schema.TOPIC_SHEETS.items():
        columns = (schema.OWNER, *schema.TOPIC_COLUMNS[topic])
        rows = [{**row, "id_number": one.id_number} for one in engineers for row in one.records[topic]]
        sheets.append(SheetData(name, columns, _lines(rows, columns)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.xlsx"
        write_xlsx(path, sheets)
        return SimpleUploadedFile("申报人员.xlsx", path.read_bytes())


def _person(one: Engineer, speciality: str) -> Row:
    return {
        **one.person,
        "id_number": one.id_number,
        "id_kind": one.id_kind,
        "name": one.name,
        "department": "技术部",
        "position": one.position,
        "employment": "contract",
        "joined_on": one.joined_on,
        "level": one.way.level,
        "route": one.way.route,
        "speciality": speciality,
        "present_work": speciality,
    }


def _lines(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_cell(column, row.get(column.key)) for column in columns]


def _cell(column: Column, value: Any) -> Any:
    if column.key in schema.BOOLEANS:
        return "是" if value else "否"
    if column.kind == "choice" and value:
        return {stored: label for label, stored in column.labels.items()}.get(value, value)
    return value


def seven_mistakes(people: list[Row]) -> None:
    """The kinds of mistakes that HR people make most, one a row."""
    people[0]["id_number"] = people[0]["id_number"][:17] + ("1" if people[0]["id_number"][17] != "1" else "2")
    people[1]["id_number"] = people[2]["id_number"]
    people[3]["name"] = ""
    people[4]["speciality"] = "园林"
    people[5]["joined_on"] = "2021-02-30"
    people[6]["employment"] = "长期工"
    people[7]["level"] = "高级工程师"
