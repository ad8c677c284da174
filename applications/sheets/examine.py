"""Looking at an uploaded workbook: who can be taken in, and every cell that cannot. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, Any

from applications.choices import ApplicationState, RoundState
from applications.models import AnnualRound, StaffMember, TitleApplication
from applications.rules.partial_dates import read_partial_date
from applications.rules.plausible import impossible
from applications.sheets import schema
from enterprises.models import Enterprise
from enterprises.queries import authority_of
from jiaxing_titles import clock
from jiaxing_titles.accounts.models import User, identity_index
from jiaxing_titles.identity import names, papers, phones
from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.sheets import CellError, Column, Reading, Refused, Row, read_workbook

_PARTIAL = frozenset(
    {"first_worked_on", "started_on", "awarded_on", "began_on", "ended_on", "appointed_from", "appointed_to"}
)
_COLUMNS = {column.key: column for column in schema.PEOPLE_COLUMNS}


@dataclass
class Person:
    """One row of 人员 with the linked rows; `facts` are in model values."""

    row: int
    facts: dict[str, Any]
    topics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass
class Examination:
    """`people` can be taken in; `errors` and `warnings` name sheet, Excel row and column."""

    people: list[Person] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    rows: int = 0


def examine(file: IO[bytes], enterprise: Enterprise, year: AnnualRound | None) -> Examination:
    """Read, check against the register and this year's applications. Raises Refused for the file as a whole."""
    reading = read_workbook(file, schema.SCHEMA)
    lines = reading.rows.get(schema.PEOPLE, [])
    if len(lines) > schema.MAX_PEOPLE:
        raise Refused(f"一次最多导入{schema.MAX_PEOPLE}人，这份有{len(lines)}人。分成几份再上传。")
    found = Examination(errors=list(reading.errors), warnings=list(reading.warnings), rows=len(lines))
    for line in lines:
        _check_person(line, found)
    _check_against_city(lines, found, enterprise, year)
    _check_topics(reading, found)
    bad, today = _bad_keys(reading, found), clock.today()
    found.people = [
        Person(line.number, _facts(line.values, _COLUMNS), _topics(reading, line.values[schema.KEY]))
        for line in lines
        if line.complete and line.values[schema.KEY] not in bad
    ]
    for person in found.people:
        person.facts["id_number"] = papers.accept(person.facts["id_kind"], person.facts["id_number"], today=today)
    return found


def _error(found: Examination, line: Row, key: str, message: str) -> None:
    column = _COLUMNS[key]
    typed = "" if line.values.get(key) is None else str(line.values[key])
    found.errors.append(CellError(schema.PEOPLE, line.number, "", column.header, typed, message))


def _check_person(line: Row, found: Examination) -> None:
    values, today = line.values, clock.today()
    checks = (
        ("name", lambda text: names.accept(text)),
        (schema.KEY, lambda text: papers.accept(values["id_kind"], text, today=today)),
        ("phone", phones.accept_mobile),
    )
    for key, accept in checks:
        if values.get(key) is None or (key == schema.KEY and values.get("id_kind") is None):
            continue
        try:
            accepted = accept(values[key])
        except Unacceptable as wrong:
            _error(found, line, key, str(wrong))
        else:
            if key != schema.KEY:
                values[key] = accepted
    if values.get("joined_on") and values["joined_on"] > today:
        _error(found, line, "joined_on", "入职日期晚于今天，核对后重填。")
    for flag, basis, word in (
        ("front_line", "front_line_basis", "一线工作情况"),
        ("outstanding", "outstanding_basis", "突出贡献情况"),
    ):
        if values.get(flag) == "yes" and not values.get(basis):
            _error(found, line, basis, f"填“是”的须写明{word}。")
    if values.get("level") and not (values.get("speciality") and values.get("route")):
        missing = "speciality" if not values.get("speciality") else "route"
        _error(found, line, missing, "填了申报级别的，申报专业和申报途径也要填。")


def _check_against_city(
    lines: Iterable[Row], found: Examination, enterprise: Enterprise, year: AnnualRound | None
) -> None:
    index = _by_identity(lines, found)
    known = {user.id_index: user for user in User.objects.filter(id_index__in=index)}
    authority = authority_of(enterprise, year.cycle) if year else None
    specialities = {one.name for one in authority.specialities.all()} if authority else set()
    live = _live_by_person(known.values(), year)
    mine = set(
        StaffMember.objects.filter(enterprise=enterprise, left_on=None, person__in=known.values()).values_list(
            "person_id", flat=True
        )
    )
    for key, line in index.items():
        user = known.get(key)
        if user is not None and line.values.get("name") and user.name != line.values["name"]:
            _error(found, line, "name", "这个证件号码已登记在另一个姓名下，核对姓名和证件号码。")
        if line.values.get("level"):
            _check_scope(line, found, year, authority, specialities)
            if user is not None:
                _check_live(line, found, live.get(user.pk), year)
        if user is not None and user.pk in mine:
            found.warnings.append(
                CellError(schema.PEOPLE, line.number, "", "姓名", "", "已在人员名册中，按表中内容更新部门、岗位等。")
            )


def _by_identity(lines: Iterable[Row], found: Examination) -> dict[str, Row]:
    """Keyed hash → row; an old 15-digit number and its 18-digit one are the same person."""
    index: dict[str, Row] = {}
    for line in lines:
        number, kind = line.values.get(schema.KEY), line.values.get("id_kind")
        if not number or not kind:
            continue
        try:
            key = identity_index(kind, papers.accept(kind, number, today=clock.today()))
        except Unacceptable:
            continue  # said already, beside the cell
        first = index.setdefault(key, line)
        if first is not line:
            _error(found, line, schema.KEY, f"与第{first.number}行是同一个人，删去一行。")
    return index


def _live_by_person(users: Iterable[User], year: AnnualRound | None) -> dict[int, TitleApplication]:
    if year is None:
        return {}
    live = TitleApplication.objects.filter(cycle=year.cycle, person__in=list(users))
    return {one.person_id: one for one in live.exclude(state__in=ApplicationState.given_up())}


def _check_scope(line: Row, found: Examination, year: Any, authority: Any, specialities: set[str]) -> None:
    if year is None or year.state not in (RoundState.DRAFT, RoundState.OPEN):
        _error(found, line, "level", "本年度评审没有启动或已截止，不能导入申报；只列入名册的把申报级别留空。")
        return
    if authority is None or line.values["level"] not in authority.levels:
        _error(found, line, "level", "不在本单位评审权限内，评审结果无效（办法六3）。")
    if line.values.get("speciality") and line.values["speciality"] not in specialities:
        _error(found, line, "speciality", f"不在本单位评审权限内，可填：{'、'.join(sorted(specialities))}。")


def _check_live(line: Row, found: Examination, live: TitleApplication | None, year: AnnualRound | None) -> None:
    if live is None:
        return
    if year is None or live.round_id != year.pk:
        _error(found, line, "level", "该人员本年度已有一份申报在办理，同一人一年只能申报一次，由本人登录处理。")
    elif live.state != ApplicationState.DRAFT:
        found.warnings.append(
            CellError(schema.PEOPLE, line.number, "", "申报级别", "", "本人已提交申报，申报内容不会改动。")
        )


def _check_topics(reading: Reading, found: Examination) -> None:
    """What one cell cannot show: a year twice, an end before its beginning."""
    order = {"work": ("began_on", "ended_on"), "posts": ("appointed_from", "appointed_to")}
    order |= {"education": ("started_on", "awarded_on"), "achievements": ("began_on", "ended_on")}
    for topic, (start, end) in order.items():
        sheet = schema.TOPIC_SHEETS[topic]
        for line in reading.good_rows.get(sheet, []):
            began, ended = (_partial(line.values.get(key)) for key in (start, end))
            if began and ended and ended < began[: len(ended)]:
                header = next(one.header for one in schema.TOPIC_COLUMNS[topic] if one.key == end)
                sentence = "早于开始时间，核对这两个日期。"
                found.errors.append(CellError(sheet, line.number, "", header, ended, sentence))
    _check_days(reading, found)
    seen: set[tuple[str, int]] = set()
    for line in reading.good_rows.get("年度考核", []):
        key = (line.values[schema.KEY], line.values["year"])
        if key in seen:
            found.errors.append(
                CellError("年度考核", line.number, "", "年度", str(key[1]), "同一人同一年度填了两次，删去一行。")
            )
        seen.add(key)


def _check_days(reading: Reading, found: Examination) -> None:
    """Days that cannot be, on every sheet."""
    today = clock.today()
    people = reading.good_rows.get(schema.PEOPLE, [])
    born = {line.values[schema.KEY]: line.values.get("born_on") for line in people}
    sheets: dict[str, tuple[Column, ...]] = {schema.PEOPLE: schema.PEOPLE_COLUMNS}
    sheets |= {sheet: schema.TOPIC_COLUMNS[topic] for topic, sheet in schema.TOPIC_SHEETS.items()}
    for sheet, columns in sheets.items():
        named = {column.key: column for column in columns}
        for line in reading.good_rows.get(sheet, []):
            values = _facts(line.values, named)
            for key, wrong in impossible(values, today=today, born_on=born.get(line.values[schema.KEY])).items():
                found.errors.append(CellError(sheet, line.number, "", named[key].header, str(values[key]), wrong))


def _bad_keys(reading: Reading, found: Examination) -> set[str]:
    """Numbers of the persons with an error anywhere: a half-imported person helps nobody."""
    by_place = {
        (sheet, line.number): line.values.get(schema.KEY) for sheet, lines in reading.rows.items() for line in lines
    }
    return {str(key) for error in found.errors if (key := by_place.get((error.sheet, error.row)))}


def _topics(reading: Reading, key: str) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for topic, sheet in schema.TOPIC_SHEETS.items():
        columns = {column.key: column for column in schema.TOPIC_COLUMNS[topic]}
        found[topic] = [
            _facts(line.values, columns) for line in reading.rows.get(sheet, []) if line.values.get(schema.KEY) == key
        ]
    return found


def _facts(values: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    facts = {}
    for key, column in columns.items():
        value = values.get(key)
        if key in schema.BOOLEANS:
            facts[key] = value == "yes"
        elif key in _PARTIAL:
            facts[key] = _partial(value)
        elif value is None and column.kind in ("text", "id", "choice"):
            facts[key] = ""
        else:
            facts[key] = value
    return facts


def _partial(value: str | None) -> str:
    return read_partial_date(value) if value else ""
