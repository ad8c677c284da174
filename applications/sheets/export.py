"""A round's people and facts in the shape of the template, so that it can be sent in again as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from applications.gates.parts import RELATIONS
from applications.models import AnnualRound, StaffMember
from applications.sheets import schema
from jiaxing_titles.sheets import Column, SheetData, write_xlsx


def write_round(year: AnnualRound, path: Path | str) -> int:
    """Write everybody of the round; returns the number of rows. Identity numbers in full: the caller records it."""
    people = list(
        year.applications.select_related("person", "speciality")
        .prefetch_related(*RELATIONS.values())
        .order_by("person__name_sort", "pk")
    )
    staff = {
        one.person_id: one
        for one in StaffMember.objects.filter(
            enterprise=year.enterprise, person__in=[one.person_id for one in people]
        ).order_by("joined_on")
    }
    sheets = [SheetData(schema.PEOPLE, schema.PEOPLE_COLUMNS, _people(people, staff))]
    for topic, name in schema.TOPIC_SHEETS.items():
        columns = (schema.OWNER, *schema.TOPIC_COLUMNS[topic])
        sheets.append(SheetData(name, columns, _records(people, topic, columns)))
    return write_xlsx(path, sheets)


def _people(people: Sequence[Any], staff: dict[int, StaffMember]) -> Iterator[list[Any]]:
    for one in people:
        term = staff.get(one.person_id)
        values = {key: getattr(one, key) for key in (*schema.PERSON_KEYS, "level", "route")}
        values |= {key: getattr(term, key) for key in schema.STAFF_KEYS} if term else {}
        values |= {key: getattr(one.person, key) for key in ("id_number", "id_kind", "name", "phone", "email")}
        values["speciality"] = one.speciality.name
        yield [_cell(column, values.get(column.key)) for column in schema.PEOPLE_COLUMNS]


def _records(people: Sequence[Any], topic: str, columns: Sequence[Column]) -> Iterator[list[Any]]:
    for one in people:
        for record in getattr(one, RELATIONS[topic]).all():
            values = {column.key: getattr(record, column.key) for column in columns if column.key != schema.KEY}
            values[schema.KEY] = one.person.id_number
            yield [_cell(column, values[column.key]) for column in columns]


def _cell(column: Column, value: Any) -> Any:
    if column.key in schema.BOOLEANS:
        return "是" if value else "否"
    if column.kind == "choice" and value:
        labels = {stored: label for label, stored in column.labels.items()}
        return labels.get(value, value)
    return value
